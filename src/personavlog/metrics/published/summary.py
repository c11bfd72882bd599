"""Means over many clips; which mean it is, is part of its name, because VBench uses both."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import mul

from personavlog.metrics.published.measured import Measured


@dataclass(frozen=True)
class Mean:
    """``video_weighted``: every clip counts once. ``frame_weighted``: every frame (or pair) does, as in VBench's
    single-process consistency scores.

    ``missing`` clips had no number, for ``reasons``; both means are None where all had none.
    """

    name: str
    video_weighted: float | None
    frame_weighted: float | None
    clips: int
    missing: int
    reasons: tuple[str, ...] = ()


@dataclass
class _Sums:
    """What the means of one measure are made of: a number and its weight per clip."""

    values: array[float] = field(default_factory=lambda: array("d"))
    frames: array[int] = field(default_factory=lambda: array("q"))
    missing: int = 0
    reasons: dict[str, None] = field(default_factory=dict)

    def add(self, one: Measured) -> None:
        if one.value is None:
            self.missing += 1
            self.reasons.update({one.note: None} if one.note else {})
        else:
            self.values.append(one.value)
            self.frames.append(max(len(one.per_frame), 1))

    def mean(self, name: str) -> Mean:
        count, reasons = len(self.values), tuple(self.reasons)
        if not count:
            return Mean(name, None, None, 0, self.missing, reasons)
        # fsum: the order of the clips changes not even the last digit.
        frame_weighted = math.fsum(map(mul, self.values, self.frames)) / sum(self.frames)
        return Mean(name, math.fsum(self.values) / count, frame_weighted, count, self.missing, reasons)


def means(measures: Iterable[Measured]) -> tuple[Mean, ...]:
    """One ``Mean`` per measure, in the order in which they first appear; of each clip two numbers are kept."""
    sums: dict[str, _Sums] = {}
    for one in measures:
        sums.setdefault(one.definition.name, _Sums()).add(one)
    return tuple(some.mean(name) for name, some in sums.items())
