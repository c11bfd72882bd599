"""Deleting runs, and sweeping what nothing needs."""

from __future__ import annotations

import shutil
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from personavlog.errors import RunError
from personavlog.runs import RUNS
from personavlog.runs.blobs import Blobs
from personavlog.runs.folder import RunFolder, find_run, open_store
from personavlog.runs.index import Index
from personavlog.runs.lock import alone
from personavlog.runs.machine import explained, machine_errors
from personavlog.runs.removal import digests_in

AGE = 600.0
"""Seconds that a file must be old to be swept: somebody who is beginning a run may just have written it."""


@dataclass(frozen=True)
class Removed:
    """What was taken away: ``files`` of the run folder, ``blobs`` of the store, and ``size`` in bytes of both."""

    run: str
    files: int
    blobs: int
    size: int


@machine_errors()
def delete(run: str, *, runs: Path = RUNS) -> Removed:
    """Delete a run: its photo and voice sample first, then everything else in the store that only it uses, its rows in
    the index and its folder. The ledger keeps what was spent, under no name and without words.

    ``run`` is an id, the beginning of one or "last", or the whole id of a run whose folder is gone. Raises ``RunError``
    where there is none, or while it is being made.
    """
    store, index = open_store()
    with closing(index):
        folder = _found(run, runs, index)
        lock = index.lock_file(folder.run)
        with alone(lock, f"run {folder.run!r}"):
            blobs, freed = _delete_blobs(folder, store, index)
            index.removal.forget(folder.run)
            files, size = _delete_folder(folder)
        for place in lock.parent.glob(f"{folder.run}.*"):
            place.unlink(missing_ok=True)
    return Removed(folder.run, files, blobs, freed + size)


@machine_errors()
def gc(*, runs: Path = RUNS) -> tuple[int, int]:
    """Sweep what no run, own part or stored result needs: blobs, files of killed writers, locks of runs that are gone.
    Returns the number of files and their bytes.

    Raises ``RunError`` while anything is being made, and where a run of an earlier version is not found in ``runs``:
    its photo could not be told from waste.
    """
    store, index = open_store()
    with closing(index):
        _nothing_is_made(index)
        handed_over = _briefs(index, runs)
        count, freed = store.sweep(index.removal.needed() | handed_over, before=time.time() - AGE)
        more = [*_left_by_writers(index, runs), *_old_locks(index)]
        freed += sum(place.stat().st_size for place in more)
        for place in more:
            place.unlink()
    return count + len(more), freed


def _found(run: str, runs: Path, index: Index) -> RunFolder:
    try:
        return find_run(runs, run, index.begun.times())
    except RunError:
        if run in index.removal.runs():
            return RunFolder(runs, run)
        raise


def _delete_blobs(folder: RunFolder, store: Blobs, index: Index) -> tuple[int, int]:
    first = digests_in(_text(folder.brief))
    siblings = [place for place in folder.root.glob("*/brief.toml") if place != folder.brief]
    others = frozenset[str]().union(*(digests_in(_text(place)) for place in siblings))
    mine = index.removal.only_of(folder.run, first) - others
    sizes = [store.remove(digest) for digest in sorted(mine, key=lambda digest: digest not in first)]
    return sum(size > 0 for size in sizes), sum(sizes)


def _delete_folder(folder: RunFolder) -> tuple[int, int]:
    if not folder.path.is_dir():
        return 0, 0
    files = [place for place in folder.path.rglob("*") if place.is_file() and not place.is_symlink()]
    size = sum(place.stat().st_size for place in files)
    with explained(folder.path):
        shutil.rmtree(folder.path)
    return len(files), size


def _text(place: Path) -> str:
    """What a brief says, however damaged it is."""
    return place.read_text(encoding="utf-8", errors="replace") if place.is_file() else ""


def _nothing_is_made(index: Index) -> None:
    """Raise ``RunError`` while a run is made: it may have written what no result points at yet. What a making that
    begins now writes is too young to be swept."""
    for run in sorted(index.removal.runs()):
        with alone(index.lock_file(run), f"run {run!r}"):
            pass


def _briefs(index: Index, runs: Path) -> frozenset[str]:
    """The photos and voice samples of runs that were begun by an earlier version, which did not note them."""
    begun = index.begun.roots()
    roots = {runs, *begun.values()}
    unknown = [run for run in sorted(index.removal.runs()) if run not in begun]
    lost = [run for run in unknown if not any((root / run / "brief.toml").is_file() for root in roots)]
    if lost:
        raise RunError(
            f"The runs {', '.join(map(repr, lost))} were begun by an earlier version and are not in {str(runs)!r}, so "
            "their photos cannot be told from waste. Name their folder with --runs, or delete them with: personavlog "
            "delete RUN. Nothing was swept."
        )
    places = {place for root in roots for place in root.glob("*/brief.toml")}
    return frozenset[str]().union(*(digests_in(_text(place)) for place in places))


def _left_by_writers(index: Index, runs: Path) -> list[Path]:
    roots = {runs, *index.begun.roots().values()}
    return [place for root in roots for place in root.rglob(".new-*") if place.is_file() and _is_old(place)]


def _old_locks(index: Index) -> list[Path]:
    known = {*index.removal.runs(), "index"}
    locks = index.lock_file("x").parent
    return [place for place in locks.glob("*.*") if place.is_file() and place.stem not in known and _is_old(place)]


def _is_old(place: Path) -> bool:
    return place.stat().st_mtime < time.time() - AGE
