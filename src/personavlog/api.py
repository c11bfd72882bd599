"""Everything that Python callers and the command line use, in one place; each part lives in a module of its own
subject."""

from __future__ import annotations

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
