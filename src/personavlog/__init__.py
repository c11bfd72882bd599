"""PersonaVlog: a finished vlog from one photo, a theme and a style.

    import personavlog

    vlog = personavlog.make("me.jpg", "A day in Lisbon", "Hayao Miyazaki", i_may_use_this_likeness=True)
    print(vlog.path, vlog.duration)

What is listed in ``__all__`` is the public surface; everything else may change. Errors are in ``personavlog.errors``.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from personavlog.brief import Aspect, Brief
    from personavlog.changes import redo, replace_script
    from personavlog.errors import PersonaVlogError
    from personavlog.jobs import Job, Options, Vlog, begin, make, reopen
    from personavlog.script import Script

__all__ = [
    "Aspect",
    "Brief",
    "Job",
    "Options",
    "PersonaVlogError",
    "Script",
    "Vlog",
    "begin",
    "make",
    "redo",
    "reopen",
    "replace_script",
]

_HOMES = {
    "Aspect": "brief",
    "Brief": "brief",
    "PersonaVlogError": "errors",
    "Script": "script",
    "redo": "changes",
    "replace_script": "changes",
}


def __getattr__(name: str) -> object:
    """Names are loaded when they are first used: importing one part must not import all."""
    if name not in __all__:
        raise AttributeError(f"module 'personavlog' has no attribute {name!r}")
    value = getattr(import_module(f"personavlog.{_HOMES.get(name, 'jobs')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
