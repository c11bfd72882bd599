"""How long every shot is to be, from what its line will about take, so that the film has the wanted length before a
word is spoken (``fit`` places the spoken lines). A shot that had a length keeps it, because a clip of that length may
have been paid for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from personavlog.backbones.capabilities import DurationRule

LEAD_IN = 0.35
"""Seconds of a shot before its line; a longer crossfade is waited for."""

TAIL = 0.3
"""Seconds of a shot after its line and before the next crossfade, at least."""

SHORTEST = 2.0
"""Seconds of a shot, at least."""

TOLERANCE = 0.1
"""Of the wanted length: within it lengths that shots had are kept."""

_SAME = 1e-6


@dataclass(frozen=True)
class Line:
    """A spoken line: its length in seconds and in words (characters in Chinese). No line: 0 and 0."""

    seconds: float
    words: int


@dataclass(frozen=True)
class Slot:
    """The time of one shot, in seconds: ``duration`` in the film; before its line ``lead``, after its line's tail
    ``out``, the next crossfade."""

    duration: float
    lead: float
    out: float

    @property
    def around(self) -> float:
        """What a shot needs besides its line."""
        return self.lead + TAIL + self.out

    @property
    def room(self) -> float:
        """How long a line may be in it."""
        return max(self.duration - self.around, 0.0)


@dataclass(frozen=True)
class Before:
    """How long a shot was, in seconds, and which line was expected in it."""

    line: Line
    duration: float


def slots(
    lines: Sequence[Line],
    length: float,
    video: DurationRule,
    *,
    crossfade: float = 1 / 3,
    may_rewrite: bool = True,
    before: Sequence[Before | None] = (),
) -> tuple[Slot, ...]:
    """Slots for ``lines`` as they are expected to be, in a film of about ``length`` seconds.

    Each is a legal length of the video backbone and holds its expected line where the backbone can; what is left of the
    film is spread so that the rhythm becomes even. Where the lines together need more, the longest of them are to be
    rewritten, or, without ``may_rewrite``, the film gets longer.

    A shot that has a ``before`` (as many as lines, or none) keeps that length where its line is no longer than it was,
    or fits in it. Where the film would not be within ``TOLERANCE`` of ``length`` then, and would be with other lengths,
    as few shots as needed get others.
    """
    count = len(lines)
    bare = [
        Slot(0.0, max(LEAD_IN, crossfade if number else 0.0), crossfade if number < count - 1 else 0.0)
        for number in range(count)
    ]
    shortest, longest = video.bounds
    needs = [
        min(max(SHORTEST, shortest, slot.around + line.seconds), longest)
        for slot, line in zip(bare, lines, strict=True)
    ]
    wanted = length + crossfade * (count - 1)
    if may_rewrite and sum(needs) > wanted:
        most = _level([0.0] * count, needs, wanted)
        floors = [min(max(shortest, slot.around), longest) for slot in bare]
        needs = [max(min(need, most), floor) for need, floor in zip(needs, floors, strict=True)]
    kept = [
        _stays(was, line, need, video) for was, line, need in zip(before or [None] * count, lines, needs, strict=True)
    ]
    durations = _kept_or_spread(needs, kept, wanted, TOLERANCE * length, video)
    return tuple(Slot(duration, slot.lead, slot.out) for duration, slot in zip(durations, bare, strict=True))


def _stays(was: Before | None, line: Line, need: float, video: DurationRule) -> float | None:
    """The length that a shot keeps; None where it gets a new one."""
    if was is None or abs(video.at_least(was.duration) - was.duration) > _SAME:
        return None
    return was.duration if line.seconds <= was.line.seconds or need <= was.duration + _SAME else None


def _kept_or_spread(
    needs: Sequence[float], kept: Sequence[float | None], wanted: float, tolerance: float, video: DurationRule
) -> list[float]:
    even = _spread(needs, [None] * len(needs), wanted, video)
    stay, durations = list(kept), _spread(needs, kept, wanted, video)
    if abs(sum(even) - wanted) > tolerance:
        return durations  # to make clips again would not bring the film to its length
    while abs(sum(durations) - wanted) > tolerance:
        off = {number: abs(one - even[number]) for number, one in enumerate(stay) if one is not None}
        stay[max(off, key=off.__getitem__)] = None
        durations = _spread(needs, stay, wanted, video)
    return durations


def _spread(needs: Sequence[float], kept: Sequence[float | None], wanted: float, video: DurationRule) -> list[float]:
    """Legal lengths that add up to about ``wanted``: those that are kept, and the others as even as they can be."""
    longest = video.bounds[1]
    lows = [need if one is None else one for need, one in zip(needs, kept, strict=True)]
    highs = [longest if one is None else one for one in kept]
    level = _level(lows, highs, wanted)
    owed, result = 0.0, []
    for low, high, one in zip(lows, highs, kept, strict=True):
        duration = min(max(level, low), high)
        # What rounding takes from one shot, the next gets.
        legal = one if one is not None else video.at_least(max(low, duration + owed - video.step / 2))
        owed += duration - legal
        result.append(legal)
    return result


def _level(lows: Sequence[float], highs: Sequence[float], total: float) -> float:
    """The level at which values held between their lows and highs add up to ``total``, or the nearest there is."""
    low, high = 0.0, max([*highs, *lows, 0.0])
    for _ in range(60):
        middle = (low + high) / 2
        filled = sum(min(max(middle, a), b) for a, b in zip(lows, highs, strict=True))
        low, high = (middle, high) if filled < total else (low, middle)
    return high
