"""Means over many clips; which mean it is, is part of its name, because VBench uses both."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

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


def means(measures: Sequence[Measured]) -> tuple[Mean, ...]:
    """One ``Mean`` per measure, in the order in which they first appear."""
    names = dict.fromkeys(one.definition.name for one in measures)
    return tuple(_mean(name, [one for one in measures if one.definition.name == name]) for name in names)


def _mean(name: str, all_of_it: Sequence[Measured]) -> Mean:
    known = [(one.value, max(len(one.per_frame), 1)) for one in all_of_it if one.value is not None]
    reasons = tuple(dict.fromkeys(one.note for one in all_of_it if one.value is None and one.note))
    if not known:
        return Mean(name, None, None, 0, len(all_of_it), reasons)
    weight = sum(frames for _, frames in known)
    # fsum: the order of the clips changes not even the last digit.
    frame_weighted = math.fsum(value * frames for value, frames in known) / weight
    return Mean(
        name,
        math.fsum(value for value, _ in known) / len(known),
        frame_weighted,
        len(known),
        len(all_of_it) - len(known),
        reasons,
    )
