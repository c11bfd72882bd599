"""A piece of measuring: which numbers it gives, what they depend on, and how they are taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import JsonValue

from personavlog.benchmark.outputs import Vlog
from personavlog.benchmark.rows import Unit
from personavlog.benchmark.scoring.networks import NetworkStore
from personavlog.errors import MediaError
from personavlog.media.arrays import Pixels
from personavlog.media.file import read_bytes
from personavlog.media.picture import decode
from personavlog.metrics.published.measured import Measured

MOST_PARTS = 2000
"""Parts of one number that its row keeps."""


@dataclass(frozen=True)
class Value:
    """A number, or None and why. ``failed``: not because of what was measured, so it is tried again."""

    value: float | None
    note: str = ""
    detail: JsonValue = None
    failed: bool = False


Values = Mapping[str, Value]


@dataclass(frozen=True)
class Work:
    """What is measured together, because it is read or computed together.

    ``needs`` names every measure with the networks that it is taken with; ``files`` are all that the numbers depend
    on (None for one that is not there), ``settings`` what else, ``source`` what rows say of that. ``run`` is asked for
    the measures that are wanted and whose networks are there, and may give fewer.
    """

    unit: Unit
    shot: int | None
    needs: Mapping[str, tuple[str, ...]]
    version: str
    files: tuple[Path | None, ...]
    run: Callable[[Sequence[str]], Values]
    settings: str = ""
    source: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    """One vlog that is scored; ``photo`` is the person's, where it is known."""

    vlog: Vlog
    photo: Path | None
    networks: NetworkStore
    units: frozenset[str]


Group = Callable[[Task], Iterable[Work]]


def nothing(measures: Iterable[str], why: str) -> Values:
    """No number for any of them, and why."""
    return {name: Value(None, why) for name in measures}


def of(measured: Measured) -> Value:
    """A published measure's number with its parts."""
    parts: JsonValue = [round(part, 6) for part in measured.per_frame[:MOST_PARTS]]
    kept: dict[str, JsonValue] = {"parts": parts} if parts else {}
    return Value(measured.value, measured.note, kept | {"coverage": measured.coverage})


def pixels_of(path: Path, what: str) -> Pixels:
    """A picture as (h, w, 3) uint8 RGB, its longer side at most 2048 px; raises ``BriefError`` or ``MediaError``."""
    return decode(read_bytes(path, what), f"The {what} {path.name!r}").rgb


def there(path: Path | None, what: str) -> Path:
    """The file; raises ``MediaError`` where there is none."""
    if path is None:
        raise MediaError(f"There is no {what}.")
    return path
