"""Scores as they are kept: one line of JSON a number, with what it was taken from."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import Field, JsonValue, ValidationError

from personavlog.errors import ConfigurationError
from personavlog.frozen import Frozen

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


def read(path: Path) -> list[Row]:
    """The rows of a scores file, each key once (the last one counts); a last line that a crash cut off is passed over.

    Raises ``ConfigurationError`` naming a line that is no score.
    """
    if not path.exists():
        return []
    found: dict[str, Row] = {}
    text = path.read_bytes().decode("utf-8", "replace")
    for number, line in enumerate(text.split("\n")[:-1], 1):  # other line ends stand in texts
        try:
            row = Row.model_validate_json(line)
        except ValidationError as error:
            raise ConfigurationError(
                f"Line {number} of {str(path)!r} is no score: {error.errors()[0]['msg']}. Remove the line; what it "
                "held is measured again."
            ) from error
        found[row.key] = row
    return list(found.values())


def append(path: Path, rows: Iterable[Row]) -> None:
    """Add rows; a last line that a crash cut off goes first."""
    if path.exists() and (content := path.read_bytes()) and not content.endswith(b"\n"):
        os.truncate(path, content.rfind(b"\n") + 1)
    with path.open("a", encoding="utf-8") as stream:
        stream.writelines(row.model_dump_json() + "\n" for row in rows)
