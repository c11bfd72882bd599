"""A report to show elsewhere: the page with the film and the clips beside it, as any host of plain files serves it."""

from __future__ import annotations

import re
import shutil
from contextlib import closing
from pathlib import Path

from personavlog.errors import ConfigurationError, RunError
from personavlog.runs import RUNS
from personavlog.runs.folder import find_run, make_folder, open_store
from personavlog.runs.machine import explained, machine_errors

PAGE = "index.html"
_BESIDE = re.compile(r'(?:src|href)="((?:attempts/|shots/\d\d/)?[a-z0-9-]+\.mp4)"')


@machine_errors()
def export_report(run: str, to: Path, *, runs: Path = RUNS) -> Path:
    """Copy a run's report to the folder ``to`` as ``index.html``, with every file that it plays; returns the page.

    Raises ``RunError`` where there is no such run or no report of it yet, ``ConfigurationError`` for a folder that
    holds something already, ``MachineError``.
    """
    with closing(open_store()[1]) as index:
        folder = find_run(runs, run, index.begun.times())
    if not folder.report.is_file():
        raise RunError(f"The run {folder.run!r} has no report yet. Make its film with: personavlog resume {folder.run}")
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise ConfigurationError(f"{str(to)!r} holds something already. Name a folder that is empty or not there yet.")
    page = folder.report.read_text(encoding="utf-8")
    make_folder(to)
    for name in sorted(set(_BESIDE.findall(page))):
        if (folder.path / name).is_file():  # a clip that somebody took away is missing there as it is here
            _copy(folder.path / name, to / name)
    _copy(folder.report, to / PAGE)
    return to / PAGE


def _copy(source: Path, place: Path) -> None:
    with explained(place):
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)
