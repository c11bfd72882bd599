"""From a catalogue entry to a complete folder: download, take out, check, join, rename.

Every source that was taken out completely is renamed into the entry's unfinished folder and found there by the next
try, so an interrupted fetch continues where it stopped. The entry's own folder appears by one rename at the end.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from personavlog.errors import MachineError, WeightsError
from personavlog.weights import cache
from personavlog.weights.clients import download
from personavlog.weights.unpack import CHUNK, unpack
from personavlog.weights.weight import Joined, Source, Weight

AT_ONCE = 2
"""Entries fetched side by side."""
ROOM = 3
"""Disk space wanted per byte of the entries: archive, unpacked file, and a joined copy."""

Progress = Callable[[str, int, int], None]
"""Called with an entry's name, its bytes that are there and all its bytes, after every package, from any thread."""


def fetch_all(weights: Sequence[Weight], progress: Progress) -> None:
    """Make every entry complete; all are tried before the first error is raised (``WeightsError``,
    ``MachineError``)."""
    _room_for(weights)
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="weights") as pool:
        jobs = [pool.submit(fetch_one, weight, progress) for weight in weights]
    for job in jobs:
        job.result()


def fetch_one(weight: Weight, progress: Progress) -> None:
    """Make one entry complete; does nothing if it is."""
    with cache.locked(weight):
        if not cache.complete(weight):
            try:
                _gather(weight, progress)
                _finish(weight)
            except OSError as error:
                raise MachineError(
                    f"Cannot write {weight.name!r} to the weights cache {str(cache.root())!r}: "
                    f"{error.strerror or error}."
                ) from error
        progress(weight.name, weight.size, weight.size)


def _room_for(weights: Sequence[Weight]) -> None:
    needed = ROOM * sum(weight.size for weight in weights if not cache.complete(weight))
    place = next(path for path in (cache.root(), *cache.root().absolute().parents) if path.is_dir())
    free = shutil.disk_usage(place).free
    if needed > free:
        raise MachineError(
            f"The weights need {needed / 1e9:.1f} GB of disk while they are fetched, and {str(place)!r} has "
            f"{free / 1e9:.1f} GB. "
            "Free some or set PERSONAVLOG_CACHE to a folder on another disk."
        )


def _gather(weight: Weight, progress: Progress) -> None:
    place = cache.unfinished(weight)
    place.mkdir(parents=True, exist_ok=True)
    for left_over in place.glob(".new-*"):
        shutil.rmtree(left_over)
    there = 0
    for number, source in enumerate(weight.sources):
        part = place / f"{number:02}"
        if not _taken(part, source):
            _take(source, part)
        there += sum(file.size for file in source.files)
        progress(weight.name, there, weight.size)


def _taken(part: Path, source: Source) -> bool:
    """A part was renamed into place after its digests were right; the sizes show whether the final move had begun
    to empty it."""
    return all((part / file.name).is_file() and (part / file.name).stat().st_size == file.size for file in source.files)


def _take(source: Source, part: Path) -> None:
    with tempfile.TemporaryDirectory(dir=part.parent, prefix=".new-") as fresh:
        archive = download(source, Path(fresh) / "archive", cache.root() / ".tools")
        files = Path(fresh) / "files"
        files.mkdir()
        unpack(archive, source, files)
        if part.exists():
            shutil.rmtree(part)
        files.replace(part)


def _finish(weight: Weight) -> None:
    whole = Path(tempfile.mkdtemp(dir=cache.unfinished(weight), prefix=".new-"))
    parts = [(cache.unfinished(weight) / f"{number:02}", source) for number, source in enumerate(weight.sources)]
    if weight.joined:
        _join([part / file.name for part, source in parts for file in source.files], whole, weight.joined)
    else:
        _move(parts, whole)
    whole.chmod(0o755)
    cache.write_marker(weight, whole)
    _put_in_place(whole, cache.folder(weight))
    shutil.rmtree(cache.unfinished(weight))


def _move(parts: Sequence[tuple[Path, Source]], whole: Path) -> None:
    for part, source in parts:
        for file in source.files:
            (whole / file.name).parent.mkdir(parents=True, exist_ok=True)
            _to_disk(part / file.name)
            (part / file.name).replace(whole / file.name)


def _join(pieces: Sequence[Path], whole: Path, joined: Joined) -> None:
    (whole / joined.name).parent.mkdir(parents=True, exist_ok=True)
    with (whole / joined.name).open("wb") as out:
        for piece in pieces:
            with piece.open("rb") as stream:
                shutil.copyfileobj(stream, out, CHUNK)
        out.flush()
        os.fsync(out.fileno())
    if not cache.sound(whole / joined.name, joined):
        shutil.rmtree(pieces[0].parent.parent)
        raise WeightsError(
            f"The joined file {joined.name!r} is not the one that the catalogue means (size or SHA-256 "
            "differ). Its parts were deleted; fetch again."
        )


def _to_disk(path: Path) -> None:
    with path.open("r+b") as stream:  # Windows brings to disk only what may be written
        os.fsync(stream.fileno())


def _put_in_place(whole: Path, place: Path) -> None:
    """The old folder, damaged or without a marker, goes out of the way first; a kill in between costs a fetch, never
    leaves a half folder."""
    if place.exists():
        place.replace(whole.parent / f"{whole.name}-old")
    whole.replace(place)
