"""A spoken line in its slot: when it begins, how much faster it is played, how long its clip is; no line is cut and
none runs into the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from personavlog.backbones.capabilities import DurationRule
from personavlog.sound.slots import Line, Slot

LONGEST_STRETCH = 1.10
"""A line is never spoken faster than this by time stretching; more is heard."""

_UNHEARD = 1.015
_FEWEST_WORDS = 3

Verdict = Literal["fits", "rewrite", "stretch", "extend"]


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


def _fewer_words(line: Line, room: float) -> int:
    return max(_FEWEST_WORDS, min(int(line.words * room / line.seconds), line.words - 1))
