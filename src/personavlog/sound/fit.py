"""Narration first: how long every shot lasts and when its line is spoken, so that no line is cut and none runs into the
next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from personavlog.backbones.roles import VideoCapabilities

LEAD_IN = 0.35
"""Seconds of a shot before its line; a longer crossfade is waited for."""

TAIL = 0.3
"""Seconds of a shot after its line and before the next crossfade, at least."""

LONGEST_STRETCH = 1.10
"""A line is never spoken faster than this by time stretching; more is heard."""

SLACK = 0.06
"""Share by which a film may be longer than wanted before lines are sent back."""

_UNHEARD = 1.015
_FEWEST_WORDS = 3

Verdict = Literal["fits", "rewrite", "stretch", "extend"]


@dataclass(frozen=True)
class Line:
    """A spoken line: its length in seconds and in words (characters in Chinese). No line: 0 and 0."""

    seconds: float
    words: int


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


@dataclass(frozen=True)
class Fit:
    """All shots and the film's length in seconds."""

    shots: tuple[ShotFit, ...]
    duration: float

    @property
    def rewrites(self) -> tuple[int, ...]:
        """The shots whose lines are too long, by number from 0."""
        return tuple(number for number, shot in enumerate(self.shots) if shot.verdict == "rewrite")


def fit(
    lines: Sequence[Line],
    length: float,
    video: VideoCapabilities,
    *,
    crossfade: float = 1 / 3,
    shortest: float = 2.0,
    longest: float = 12.0,
    may_rewrite: bool = True,
) -> Fit:
    """Give ``lines`` their shots in a film of about ``length`` seconds.

    A shot lasts between ``shortest`` and ``longest`` seconds, longer only for its line. A line that does not fit is to
    be rewritten while ``may_rewrite``; after that it is stretched by at most ``LONGEST_STRETCH``, and what is still too
    long makes its shot, and the film, longer.
    """
    bars = [_Bar.of(number, len(lines), crossfade) for number in range(len(lines))]
    wanted = length + crossfade * (len(lines) - 1)
    limits = _line_limits(lines, bars, wanted, video.legal_duration(video.max_duration))
    spoken = [
        line.seconds if may_rewrite else line.seconds / _stretch(line.seconds, limit)
        for line, limit in zip(lines, limits, strict=True)
    ]
    needs = [max(shortest, bar.around + seconds) for bar, seconds in zip(bars, spoken, strict=True)]
    durations = _legal(
        _filled(needs, [max(need, min(longest, video.max_duration)) for need in needs], wanted), needs, video
    )
    shots = tuple(
        _shot(line, bar, limit, seconds, duration, video, may_rewrite)
        for line, bar, limit, seconds, duration in zip(lines, bars, limits, spoken, durations, strict=True)
    )
    return Fit(shots, sum(durations) - crossfade * (len(lines) - 1))


@dataclass(frozen=True)
class _Bar:
    """What a shot needs around its line: ``lead`` before it, ``out`` (the next crossfade) after its tail."""

    lead: float
    out: float

    @classmethod
    def of(cls, number: int, count: int, crossfade: float) -> _Bar:
        return cls(max(LEAD_IN, crossfade if number else 0.0), crossfade if number < count - 1 else 0.0)

    @property
    def around(self) -> float:
        return self.lead + TAIL + self.out


def _line_limits(lines: Sequence[Line], bars: Sequence[_Bar], wanted: float, longest_clip: float) -> list[float]:
    """Seconds that every line may take: what the longest clip holds, and for the longest lines of a film that is too
    long a common limit."""
    holds = [longest_clip - bar.around for bar in bars]
    room = wanted * (1 + SLACK) - sum(bar.around for bar in bars)
    seconds = [min(line.seconds, hold) for line, hold in zip(lines, holds, strict=True)]
    if sum(seconds) <= room:
        return holds
    share = _level([0.0] * len(lines), seconds, max(room, 0.0))
    return [min(hold, max(share, 0.0)) for hold in holds]


def _level(lows: Sequence[float], highs: Sequence[float], total: float) -> float:
    """The level at which values held between their lows and highs add up to ``total``, or the nearest there is."""
    low, high = 0.0, max([*highs, *lows, 0.0])
    for _ in range(60):
        middle = (low + high) / 2
        filled = sum(min(max(middle, a), b) for a, b in zip(lows, highs, strict=True))
        low, high = (middle, high) if filled < total else (low, middle)
    return high


def _filled(needs: Sequence[float], most: Sequence[float], wanted: float) -> list[float]:
    """Durations that add up to ``wanted``: the shortest shots are lengthened first, so that the rhythm becomes even."""
    level = _level(needs, most, wanted)
    return [min(max(level, need), high) for need, high in zip(needs, most, strict=True)]


def _legal(durations: Sequence[float], needs: Sequence[float], video: VideoCapabilities) -> list[float]:
    """The nearest lengths that the backbone can make, none shorter than needed; what rounding takes from one shot, the
    next gets."""
    owed, result = 0.0, []
    for duration, need in zip(durations, needs, strict=True):
        step = video.frame_step / video.fps
        legal = video.legal_duration(max(need, duration + owed - step / 2))
        # Beyond the longest clip the last frame is held, in whole frames.
        legal = legal if legal >= need - 1e-9 else -(-need * video.fps // 1) / video.fps
        owed += duration - legal
        result.append(legal)
    return result


def _stretch(seconds: float, limit: float) -> float:
    if seconds <= limit * _UNHEARD or limit <= 0:
        return LONGEST_STRETCH if limit <= 0 < seconds else 1.0
    return min(LONGEST_STRETCH, seconds / limit)


def _shot(
    line: Line, bar: _Bar, limit: float, spoken: float, duration: float, video: VideoCapabilities, may_rewrite: bool
) -> ShotFit:
    clip = min(duration, video.legal_duration(duration))
    verdict = _verdict(line.seconds, spoken, limit, may_rewrite)
    return ShotFit(
        clip=clip,
        duration=duration,
        line_start=bar.lead,
        line_duration=spoken,
        tail=duration - bar.lead - spoken - bar.out,
        verdict=verdict,
        stretch=line.seconds / spoken if spoken else 1.0,
        max_words=_fewer_words(line, limit) if verdict == "rewrite" else None,
    )


def _verdict(seconds: float, spoken: float, limit: float, may_rewrite: bool) -> Verdict:
    if seconds <= limit * _UNHEARD:
        return "fits"
    if may_rewrite:
        return "rewrite"
    return "stretch" if spoken <= limit * _UNHEARD else "extend"


def _fewer_words(line: Line, limit: float) -> int:
    return max(_FEWEST_WORDS, min(int(line.words * max(limit, 0.0) / line.seconds), line.words - 1))
