"""Narration first: how long every shot lasts and when its line is spoken, so that no line is cut and none runs into the
next.

Every shot gets a slot from what its line will about take (``slots``), so that the film has the wanted length before a
word is spoken; a spoken line is then fitted into its own slot (``placed``), whatever its neighbours do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from personavlog.backbones.capabilities import DurationRule

LEAD_IN = 0.35
"""Seconds of a shot before its line; a longer crossfade is waited for."""

TAIL = 0.3
"""Seconds of a shot after its line and before the next crossfade, at least."""

LONGEST_STRETCH = 1.10
"""A line is never spoken faster than this by time stretching; more is heard."""

SHORTEST = 2.0
"""Seconds of a shot, at least."""

_UNHEARD = 1.015
_FEWEST_WORDS = 3

Verdict = Literal["fits", "rewrite", "stretch", "extend"]


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
class ShotFit:
    """One shot's time, in seconds.

    ``duration`` is the shot's in the film. ``clip`` is what to ask the video backbone for; where the backbone cannot
    make it long enough, ``duration`` is more than ``clip`` and the last frame is held for the rest. ``line_start``
    counts from the shot's begin, ``line_duration`` is after stretching, ``tail`` what is left between the line and the
    next crossfade. ``max_words`` is set where the verdict is "rewrite"; ``stretch`` is how much faster to play.
    """

    clip: float
    duration: float
    line_start: float
    line_duration: float
    tail: float
    verdict: Verdict
    stretch: float = 1.0
    max_words: int | None = None


def slots(
    lines: Sequence[Line], length: float, video: DurationRule, *, crossfade: float = 1 / 3, may_rewrite: bool = True
) -> tuple[Slot, ...]:
    """Slots for ``lines`` as they are expected to be, in a film of about ``length`` seconds.

    Each is a legal length of the video backbone and holds its expected line where the backbone can; what is left of the
    film is spread so that the rhythm becomes even. Where the lines together need more, the longest of them are to be
    rewritten, or, without ``may_rewrite``, the film gets longer.
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
    level = _level(needs, [longest] * count, wanted)
    durations = _legal([min(max(level, need), longest) for need in needs], needs, video)
    return tuple(Slot(duration, slot.lead, slot.out) for duration, slot in zip(durations, bare, strict=True))


def placed(line: Line, slot: Slot, video: DurationRule, *, may_rewrite: bool) -> ShotFit:
    """A spoken line in its slot.

    A line that does not fit is to be rewritten while ``may_rewrite``; after that it is stretched by at most
    ``LONGEST_STRETCH``, and what is still too long makes its shot, and the film, longer.
    """
    if line.seconds <= slot.room * _UNHEARD:
        return _fit(line, slot, slot.duration, line.seconds, video, "fits")
    if may_rewrite:
        return _fit(line, slot, slot.duration, line.seconds, video, "rewrite", _fewer_words(line, slot.room))
    stretch = min(LONGEST_STRETCH, line.seconds / slot.room) if slot.room > 0 else LONGEST_STRETCH
    spoken = line.seconds / stretch
    if spoken <= slot.room * _UNHEARD:
        return _fit(line, slot, slot.duration, spoken, video, "stretch")
    needed = slot.around + spoken
    longer = video.at_least(needed)
    # Beyond the longest clip the last frame is held, in whole frames.
    duration = longer if longer >= needed - 1e-9 else -(-needed * video.fps // 1) / video.fps
    return _fit(line, slot, duration, spoken, video, "extend")


def _fit(
    line: Line,
    slot: Slot,
    duration: float,
    spoken: float,
    video: DurationRule,
    verdict: Verdict,
    max_words: int | None = None,
) -> ShotFit:
    return ShotFit(
        clip=min(duration, video.at_least(duration)),
        duration=duration,
        line_start=slot.lead,
        line_duration=spoken,
        tail=duration - slot.lead - spoken - slot.out,
        verdict=verdict,
        stretch=line.seconds / spoken if spoken else 1.0,
        max_words=max_words,
    )


def _level(lows: Sequence[float], highs: Sequence[float], total: float) -> float:
    """The level at which values held between their lows and highs add up to ``total``, or the nearest there is."""
    low, high = 0.0, max([*highs, *lows, 0.0])
    for _ in range(60):
        middle = (low + high) / 2
        filled = sum(min(max(middle, a), b) for a, b in zip(lows, highs, strict=True))
        low, high = (middle, high) if filled < total else (low, middle)
    return high


def _legal(durations: Sequence[float], needs: Sequence[float], video: DurationRule) -> list[float]:
    """The nearest lengths that the backbone can make, none shorter than needed; what rounding takes from one shot, the
    next gets."""
    owed, result = 0.0, []
    for duration, need in zip(durations, needs, strict=True):
        legal = video.at_least(max(need, duration + owed - video.step / 2))
        owed += duration - legal
        result.append(legal)
    return result


def _fewer_words(line: Line, room: float) -> int:
    return max(_FEWEST_WORDS, min(int(line.words * room / line.seconds), line.words - 1))
