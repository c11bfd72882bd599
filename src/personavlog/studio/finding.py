"""Runs by the ids that requests name: looked up among those that there are, never joined to a path."""

from __future__ import annotations

from pathlib import Path

from personavlog.runs.folder import RunFolder, list_runs
from personavlog.studio.errors import NoSuchThingError


def found(run: str, runs: Path) -> RunFolder:
    """The folder of the run with exactly this id; raises ``NoSuchThingError``."""
    for name in list_runs(runs):
        if name == run:
            return RunFolder(runs, name)
    raise NoSuchThingError(f"There is no film {run[:100]!r} here; it may have been deleted.")
