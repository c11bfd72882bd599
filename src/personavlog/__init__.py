"""PersonaVlog: a finished vlog from one photo, a theme and a style.

    import personavlog

    vlog = personavlog.make("me.jpg", "A day in Lisbon", "Hayao Miyazaki", i_may_use_this_likeness=True)
    print(vlog.path, vlog.duration)

What is listed in ``__all__`` is the public surface; everything else may change. Errors are in ``personavlog.errors``.
"""

from personavlog.api import Job, Vlog, Wish, begin, make, redo, reopen, replace_script
from personavlog.brief import Aspect, Brief
from personavlog.errors import PersonaVlogError
from personavlog.script import Script

__all__ = ["Aspect", "Brief", "Job", "PersonaVlogError", "Script", "Vlog", "Wish", "begin", "make", "redo", "reopen", "replace_script"]
