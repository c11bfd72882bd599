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
    from personavlog.changes import (
        add_shot,
        move_shot,
        redo,
        redo_music,
        redo_person,
        remove_shot,
        remove_shots,
        replace_profile,
        replace_script,
        undo,
        unuse,
        use,
    )
    from personavlog.errors import PersonaVlogError
    from personavlog.jobs import Draft, Job, Vlog, begin, make, reopen
    from personavlog.options import Options
    from personavlog.removing import delete, gc
    from personavlog.runs.ledger import Cap
    from personavlog.script import Script
    from personavlog.steps import Until

__all__ = [
    "Aspect",
    "Brief",
    "Cap",
    "Draft",
    "Job",
    "Options",
    "PersonaVlogError",
    "Script",
    "Until",
    "Vlog",
    "add_shot",
    "begin",
    "delete",
    "gc",
    "make",
    "move_shot",
    "redo",
    "redo_music",
    "redo_person",
    "remove_shot",
    "remove_shots",
    "reopen",
    "replace_profile",
    "replace_script",
    "undo",
    "unuse",
    "use",
]

_HOMES = {
    "Aspect": "brief",
    "Brief": "brief",
    "Cap": "runs.ledger",
    "Options": "options",
    "PersonaVlogError": "errors",
    "Script": "script",
    "Until": "steps",
    "delete": "removing",
    "gc": "removing",
    **dict.fromkeys(("Draft", "Job", "Vlog", "begin", "make", "reopen"), "jobs"),
}
"""Where each name lives, if not in ``changes``."""


def __getattr__(name: str) -> object:
    """Names are loaded when they are first used: importing one part must not import all."""
    if name not in __all__:
        raise AttributeError(f"module 'personavlog' has no attribute {name!r}")
    value = getattr(import_module(f"personavlog.{_HOMES.get(name, 'changes')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
