"""Which frame of which clip is seen when; pure arithmetic in whole frames."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import Literal

from pydantic import Field

from personavlog.frozen import Frozen


class Shot(Frozen):
    """One clip in the film; times in seconds from the clip's own beginning. ``seconds`` is the clip's length, ``hold``
    how long its last frame stands still, ``chapter`` its title."""

    seconds: float = Field(gt=0)
    hold: float = Field(default=0, ge=0)
    line: str = ""
    line_start: float = Field(default=0, ge=0)
    line_duration: float = Field(default=0, ge=0)
    chapter: str = ""


class Segment(Frozen):
    """A stretch of the film that is encoded by itself: one shot's body, or the crossfade that joins a shot to the next.

    ``first`` and ``last`` are frames of shot ``shot``'s clip (last exclusive); ``start`` is the segment's first frame
    in the film.
    """

    kind: Literal["body", "join"]
    shot: int
    first: int
    last: int
    start: int

    @property
    def frames(self) -> int:
        """Number of frames."""
        return self.last - self.first

    @property
    def shots(self) -> tuple[int, ...]:
        """The shots that are seen in it, from 0."""
        return (self.shot, self.shot + 1) if self.kind == "join" else (self.shot,)


class Timeline(Frozen):
    """The film's plan; sizes in px, ``fps`` in frames per second, ``crossfade`` in frames between neighbouring
    shots."""

    width: int = Field(gt=0)
    height: int = Field(gt=0)
    fps: int = Field(default=24, gt=0)
    crossfade: int = Field(default=8, ge=0)
    shots: tuple[Shot, ...] = Field(min_length=1)

    @cached_property
    def lengths(self) -> tuple[int, ...]:
        """Frames of every shot at the film's rate."""
        return tuple(max(1, round((shot.seconds + shot.hold) * self.fps)) for shot in self.shots)

    @cached_property
    def fade(self) -> int:
        """Frames of every crossfade: what was asked, but never more than a third of the shortest shot."""
        return min(self.crossfade, min(self.lengths) // 3) if len(self.shots) > 1 else 0

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The film's frame at which every shot begins to appear."""
        starts = [0]
        for length in self.lengths[:-1]:
            starts.append(starts[-1] + length - self.fade)
        return tuple(starts)

    @property
    def frames(self) -> int:
        """Frames of the whole film."""
        return self.starts[-1] + self.lengths[-1]

    @property
    def duration(self) -> float:
        """Length of the film in seconds."""
        return self.frames / self.fps

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """Bodies and joins in the film's order; together they cover every frame exactly once."""
        result: list[Segment] = []
        last_shot = len(self.shots) - 1
        for number, (start, length) in enumerate(zip(self.starts, self.lengths, strict=True)):
            first = self.fade if number else 0
            last = length - (self.fade if number < last_shot else 0)
            result.append(Segment(kind="body", shot=number, first=first, last=last, start=start + first))
            if number < last_shot and self.fade:
                result.append(Segment(kind="join", shot=number, first=last, last=length, start=start + last))
        return tuple(result)

    def line_times(self) -> tuple[tuple[float, float], ...]:
        """When every shot's line is spoken: start and end in seconds of the film."""
        begins = [start / self.fps + shot.line_start for start, shot in zip(self.starts, self.shots, strict=True)]
        return tuple((begin, begin + shot.line_duration) for begin, shot in zip(begins, self.shots, strict=True))

    @cached_property
    def bounds(self) -> tuple[tuple[float, float], ...]:
        """Start and end of every shot in seconds of the film, without gaps: a crossfade is divided at its middle."""
        middle = self.fade / 2 / self.fps
        return tuple(pairwise([0.0, *(start / self.fps + middle for start in self.starts[1:]), self.duration]))

    def chapters(self) -> tuple[tuple[float, float, str], ...]:
        """Start and end in seconds and title of every chapter; one per shot that has a title, without gaps."""
        return tuple((a, b, shot.chapter) for (a, b), shot in zip(self.bounds, self.shots, strict=True) if shot.chapter)
