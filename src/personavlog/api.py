"""Everything that Python callers and the command line use, in one place; each part lives in a module of its own
subject.

A name is loaded when it is first used: what makes films takes more than a second to load, and ``personavlog styles``
must not wait for it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from personavlog.changes import redo, replace_script
    from personavlog.evaluation import Checked, check_judge, measure_clips
    from personavlog.jobs import Job, Options, Vlog, begin, make, reopen
    from personavlog.runs.folder import RUNS
    from personavlog.views import RunView, styles, summaries, view, voices

__all__ = [
    "RUNS",
    "Checked",
    "Job",
    "Options",
    "RunView",
    "Vlog",
    "begin",
    "check_judge",
    "make",
    "measure_clips",
    "redo",
    "reopen",
    "replace_script",
    "styles",
    "summaries",
    "view",
    "voices",
]

_NAMES = {
    "changes": ("redo", "replace_script"),
    "evaluation": ("Checked", "check_judge", "measure_clips"),
    "jobs": ("Job", "Options", "Vlog", "begin", "make", "reopen"),
    "runs.folder": ("RUNS",),
    "views": ("RunView", "styles", "summaries", "view", "voices"),
}
_HOMES = {name: home for home, names in _NAMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'personavlog.api' has no attribute {name!r}")
    value = getattr(import_module(f"personavlog.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
