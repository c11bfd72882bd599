"""Scores as they are kept: one line of JSON a number, with what it was taken from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field, JsonValue, ValidationError

from personavlog.errors import ConfigurationError, MachineError
from personavlog.frozen import Frozen
from personavlog.runs.json_lines import cut_unfinished

SCORES = "scores.jsonl"
"""In a method's folder."""

Unit = Literal["vlog", "keyframe", "clip", "line"]


class Row(Frozen):
    """One number of one vlog, or of one of its shots.

    ``value`` is None, never 0, where it could not be measured; ``note`` then says why. ``key`` is a digest of all that
    the number depends on: the files, the measure's version, the networks' weights, the judge. ``source`` says what
    measured it (weights by digest, a judge's model, prompt digest and date); ``detail`` what it was made of: parts per
    frame, a judge's raw answers.
    """

    key: str
    method: str
    vlog: str
    person: str
    style: str
    theme: str
    unit: Unit
    shot: int | None = Field(default=None, ge=1)
    measure: str
    value: float | None = Field(allow_inf_nan=False)
    note: str = ""
    source: dict[str, str] = Field(default={})
    detail: JsonValue = None


def walk(path: Path) -> Iterator[tuple[int, Row]]:
    """Every row of a scores file and where its line begins, in bytes; a last line that a crash cut off is passed over.

    Raises ``ConfigurationError`` naming a line that is no score.
    """
    with path.open("rb") as stream:
        at = 0
        for number, line in enumerate(stream, 1):
            if not line.endswith(b"\n"):
                return
            try:
                row = Row.model_validate_json(line)
            except ValidationError as error:
                raise ConfigurationError(
                    f"Line {number} of {str(path)!r} is no score: {error.errors()[0]['msg']}. Remove the line; what it "
                    "held is measured again."
                ) from error
            yield at, row
            at += len(line)


def read(path: Path) -> list[Row]:
    """The rows of a scores file, each key once (the last one counts, and stands last); raises as ``walk`` does."""
    found: dict[str, Row] = {}
    for _, row in walk(path) if path.exists() else ():
        found.pop(row.key, None)
        found[row.key] = row
    return list(found.values())


def append(path: Path, rows: Iterable[Row]) -> int:
    """Add rows; a last line that a crash cut off goes first. Returns where the first one's line begins, in bytes.

    Raises ``MachineError`` where the disk is full.
    """
    try:
        cut_unfinished(path)
        with path.open("ab") as stream:
            at = stream.tell()
            stream.writelines(row.model_dump_json().encode() + b"\n" for row in rows)
            return at
    except OSError as error:
        raise MachineError(f"Cannot write {str(path)!r}: {error.strerror or error}. Free some disk space.") from error
