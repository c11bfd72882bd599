"""Everything that Python callers and the command line use, in one place; each part lives in a module of its own
subject.

A name is loaded when it is first used: what makes films takes more than a second to load, and ``personavlog styles``
must not wait for it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from personavlog.backbones.workers.launching import WorkerStart, check_worker, run_worker
    from personavlog.benchmark.asked import BenchOptions
    from personavlog.benchmark.measuring import (
        MeasuredFilm,
        corrections_of,
        evaluate_run,
        judge_outputs,
        score_outputs,
        scores_of,
    )
    from personavlog.benchmark.running import Bench
    from personavlog.changes import (
        add_shot,
        expecting,
        keep_attempt,
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
    from personavlog.doctor.examination import examine
    from personavlog.estimate.asked import plan
    from personavlog.estimate.spent import estimated
    from personavlog.evaluation import Checked, check_judge, measure_clips
    from personavlog.export import Exported, export
    from personavlog.jobs import Draft, Job, Vlog, begin, make, reopen
    from personavlog.options import Options
    from personavlog.removing import delete, gc
    from personavlog.report.exported import export_report
    from personavlog.runs import RUNS
    from personavlog.runs.ledger import Cap
    from personavlog.views import RunView, costs, speaking, styles, summaries, view, voices

__all__ = [
    "RUNS",
    "Bench",
    "BenchOptions",
    "Cap",
    "Checked",
    "Draft",
    "Exported",
    "Job",
    "MeasuredFilm",
    "Options",
    "RunView",
    "Vlog",
    "WorkerStart",
    "add_shot",
    "begin",
    "check_judge",
    "check_worker",
    "corrections_of",
    "costs",
    "delete",
    "estimated",
    "evaluate_run",
    "examine",
    "expecting",
    "export",
    "export_report",
    "gc",
    "judge_outputs",
    "keep_attempt",
    "make",
    "measure_clips",
    "move_shot",
    "plan",
    "redo",
    "redo_music",
    "redo_person",
    "remove_shot",
    "remove_shots",
    "reopen",
    "replace_profile",
    "replace_script",
    "run_worker",
    "score_outputs",
    "scores_of",
    "speaking",
    "styles",
    "summaries",
    "undo",
    "unuse",
    "use",
    "view",
    "voices",
]

_NAMES = {
    "backbones.workers.launching": ("WorkerStart", "check_worker", "run_worker"),
    "benchmark.asked": ("BenchOptions",),
    "benchmark.measuring": (
        "MeasuredFilm",
        "corrections_of",
        "evaluate_run",
        "judge_outputs",
        "score_outputs",
        "scores_of",
    ),
    "benchmark.running": ("Bench",),
    "changes": (
        "add_shot",
        "expecting",
        "keep_attempt",
        "move_shot",
        "redo",
        "redo_music",
        "redo_person",
        "remove_shot",
        "remove_shots",
        "replace_profile",
        "replace_script",
        "undo",
        "unuse",
        "use",
    ),
    "doctor.examination": ("examine",),
    "estimate.asked": ("plan",),
    "estimate.spent": ("estimated",),
    "evaluation": ("Checked", "check_judge", "measure_clips"),
    "export": ("Exported", "export"),
    "jobs": ("Draft", "Job", "Vlog", "begin", "make", "reopen"),
    "options": ("Options",),
    "removing": ("delete", "gc"),
    "report.exported": ("export_report",),
    "runs": ("RUNS",),
    "runs.ledger": ("Cap",),
    "views": ("RunView", "costs", "speaking", "styles", "summaries", "view", "voices"),
}
_HOMES = {name: home for home, names in _NAMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'personavlog.api' has no attribute {name!r}")
    value = getattr(import_module(f"personavlog.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
