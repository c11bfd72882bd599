"""A folder of clips measured one by one: every result is written when it is there, and what is there is not measured
again."""

from __future__ import annotations

import hashlib
import json
import os
import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, overload

from pydantic import BaseModel, ConfigDict

from personavlog.errors import MediaError, PersonaVlogError
from personavlog.metrics.published.clip_measures import Networks, measure
from personavlog.metrics.published.measured import Measured
from personavlog.runs.json_lines import cut_unfinished

SUFFIXES = (".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi", ".gif", ".mpg", ".mpeg", ".ts", ".ogv", ".flv")
"""In any case; VBench passes over ``.MP4``."""


class Row(BaseModel):
    """One line of the results: a file's measures, or why it has none. ``key`` changes with the file, the networks'
    weights and the mode."""

    model_config = ConfigDict(frozen=True)

    file: str
    key: str
    measures: tuple[Measured, ...] = ()
    frames: int = 0
    fps: float = 0.0
    width: int = 0
    height: int = 0
    compat: bool = False
    weights: dict[str, str] = {}
    error: str = ""


def clips(place: Path) -> list[Path]:
    """The video files of a folder and its folders, or the file itself; numbers in names count as numbers (``shot2``
    before ``shot10``).

    Links that lead nowhere are among them, so that a run says that it passed over them.
    Raises ``MediaError`` where there is none.
    """
    if place.is_file():
        return [place]
    found = (
        [path for path in place.rglob("*") if path.suffix.lower() in SUFFIXES and (path.is_file() or path.is_symlink())]
        if place.is_dir()
        else []
    )
    if not found:
        raise MediaError(
            f"There is no clip at {str(place)!r}. Give a video file or a folder with some ({', '.join(SUFFIXES)})."
        )
    return sorted(found, key=lambda path: _natural(path.relative_to(place).as_posix()))


def passed_by(place: Path, target: Path) -> list[str]:
    """The files of a folder that are no clips by their names (pictures, sounds, texts), in natural order; hidden ones
    and the results themselves are not counted."""
    if not place.is_dir():
        return []
    files = [path for path in place.rglob("*") if path.is_file() and path.suffix.lower() not in SUFFIXES]
    names = [path.relative_to(place).as_posix() for path in files if path.resolve() != target.resolve()]
    return sorted((name for name in names if not any(part.startswith(".") for part in name.split("/"))), key=_natural)


def _natural(name: str) -> list[tuple[int, int, str]]:
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"([0-9]+)", name) if part]


class Rows(Sequence[Row]):
    """Rows of a results file, each read when it is asked for: of every clip only the place of its line is kept."""

    def __init__(self, target: Path) -> None:
        self._target, self._places = target, array("q")

    def append(self, place: int) -> None:
        """The row whose line begins at this byte."""
        self._places.append(place)

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        """Raises ``MediaError`` where the file was changed meanwhile."""
        if isinstance(index, slice):
            return [self[number] for number in range(len(self))[index]]
        return row_at(self._target, self._places[index])


def measure_all(
    place: Path,
    networks: Networks,
    target: Path,
    *,
    compat: bool = False,
    on_row: Callable[[Row], None] = lambda row: None,
) -> Rows:
    """Every clip's row, in natural order; rows that ``target`` (JSON lines) holds already for the same file, weights
    and mode are taken from it.

    A clip that cannot be measured gets a row with ``error``; the others are measured. Of a clip that is done only its
    name, its key and the place of its line stay in memory.
    """
    known, twins = _known(target)
    done = Rows(target)
    for path in clips(place):
        key, name = _key(path, networks, compat), _name(path, place)
        at = known.get((key, name))
        if at is None:
            twin = twins.get(key)
            row = _measured(path, name, key, networks, compat) if twin is None else row_at(target, twin)
            row = row.model_copy(update={"file": name})
            at = _append(target, row)
            twins.update({} if row.error else {key: at})
        else:
            row = row_at(target, at)
        on_row(row)
        done.append(at)
    return done


def _known(target: Path) -> tuple[dict[tuple[str, str], int], dict[str, int]]:
    """Where the lines of a results file begin, by key and file, and by key alone: an error names its own file, so its
    row stands for no other. A last line that a crash cut off is removed: its clip is measured again."""
    known: dict[tuple[str, str], int] = {}
    twins: dict[str, int] = {}
    cut_unfinished(target)
    for at, row in _lines(target):
        known[row.key, row.file] = at
        twins.update({} if row.error else {row.key: at})
    return known, twins


def read(target: Path) -> Iterator[Row]:
    """The rows of a results file; raises ``MediaError`` for a file that holds something else."""
    return (row for _, row in _lines(target))


def row_at(target: Path, place: int) -> Row:
    """The row whose line begins at this byte; raises ``MediaError`` where none does."""
    with target.open("rb") as stream:
        stream.seek(place)
        return _parsed(stream.readline(), f"The line at byte {place}", target)


def _lines(target: Path) -> Iterator[tuple[int, Row]]:
    """Every line's first byte and row."""
    if not target.exists():
        return
    with target.open("rb") as stream:
        at = 0
        for number, line in enumerate(stream, 1):
            yield at, _parsed(line, f"Line {number}", target)
            at += len(line)


def _parsed(line: bytes, which: str, target: Path) -> Row:
    try:
        return Row.model_validate_json(line)
    except ValueError as error:
        raise MediaError(
            f"{which} of {target.name!r} is no result of this program. Give another results file."
        ) from error


def _name(path: Path, place: Path) -> str:
    """Below the folder; bytes that are no text are spelled out."""
    name = path.name if place.is_file() else path.relative_to(place).as_posix()
    return name.encode("utf-8", "backslashreplace").decode()


def _measured(path: Path, name: str, key: str, networks: Networks, compat: bool) -> Row:
    common: dict[str, Any] = {"file": name, "key": key, "compat": compat, "weights": networks.weights}
    try:
        found = measure(path, networks, compat=compat)
    except PersonaVlogError as error:
        return Row(**common, error=str(error))
    return Row(
        **common, measures=found.measures, frames=found.frames, fps=found.fps, width=found.width, height=found.height
    )


def _key(path: Path, networks: Networks, compat: bool) -> str:
    try:
        with path.open("rb") as stream:
            content = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:  # opening the video says why
        content = f"unreadable {_name(path, path.parent)}"
    return hashlib.sha256(json.dumps([content, networks.weights, compat], sort_keys=True).encode()).hexdigest()


def _append(target: Path, row: Row) -> int:
    """One line, on disk before the next clip begins; the byte at which it does."""
    with target.open("ab") as stream:
        at = stream.tell()
        stream.write(row.model_dump_json().encode() + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    return at
