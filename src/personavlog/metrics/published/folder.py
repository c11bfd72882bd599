"""A folder of clips measured one by one: every result is written when it is there, and what is there is not measured
again."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from personavlog.errors import MediaError, PersonaVlogError
from personavlog.metrics.published.clip_measures import Networks, measure
from personavlog.metrics.published.measured import Measured

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


def measure_all(
    place: Path,
    networks: Networks,
    target: Path,
    *,
    compat: bool = False,
    on_row: Callable[[Row], None] = lambda row: None,
) -> list[Row]:
    """Every clip's row, in natural order; rows that ``target`` (JSON lines) holds already for the same file, weights
    and mode are taken from it.

    A clip that cannot be measured gets a row with ``error``; the others are measured.
    """
    _mended(target)
    known = {(row.key, row.file): row for row in read(target)}
    twins = {row.key: row for row in known.values() if not row.error}  # an error names its own file
    done: list[Row] = []
    for path in clips(place):
        key, name = _key(path, networks, compat), _name(path, place)
        row = known.get((key, name))
        if row is None:
            twin = twins.get(key)
            row = twin.model_copy(update={"file": name}) if twin else _measured(path, name, key, networks, compat)
            twins.update({} if row.error else {key: row})
            _append(target, row)
        on_row(row)
        done.append(row)
    return done


def read(target: Path) -> Iterator[Row]:
    """The rows of a results file; raises ``MediaError`` for a file that holds something else."""
    for number, line in enumerate(target.read_text(encoding="utf-8").splitlines() if target.exists() else [], 1):
        try:
            yield Row.model_validate_json(line)
        except ValueError as error:
            raise MediaError(
                f"Line {number} of {target.name!r} is no result of this program. Give another results file."
            ) from error


def _mended(target: Path) -> None:
    """Without a last line that a crash cut off: its clip is measured again."""
    if target.exists() and (content := target.read_bytes()) and not content.endswith(b"\n"):
        os.truncate(target, content.rfind(b"\n") + 1)


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


def _append(target: Path, row: Row) -> None:
    """One line, on disk before the next clip begins."""
    with target.open("ab") as stream:
        stream.write(row.model_dump_json().encode() + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
