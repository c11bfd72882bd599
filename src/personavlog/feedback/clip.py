"""Clip feedback and rollback (Eq. 9, 10 and 11)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from personavlog.backbones.findings import ClipFinding
from personavlog.backbones.roles import AnimateResult
from personavlog.feedback.attempts import Attempt, Callbacks, Corrected, correct
from personavlog.metrics.score import Score
from personavlog.script import VideoDescription

CORRECTIONS = 1

ClipAttempt = Attempt[AnimateResult, ClipFinding, VideoDescription]
CorrectedClip = Corrected[AnimateResult, ClipFinding, VideoDescription]

Animate = Callable[[int, VideoDescription], Awaitable[AnimateResult]]
"""``animate(number, description)``: Eq. 9 for number 0, Eq. 11 afterwards."""
Measure = Callable[[AnimateResult, VideoDescription], Awaitable[Sequence[Score]]]
"""m_video: the scores of a clip, and of how it follows the description it was made from."""
Inspect = Callable[[AnimateResult, VideoDescription, Sequence[Score]], Awaitable[ClipFinding | None]]
"""A_quality^video, Eq. 10."""


async def correct_clip(
    description: VideoDescription,
    *,
    animate: Animate,
    measure: Measure,
    inspect: Inspect,
    rule: str = "measured",
    corrections: int = CORRECTIONS,
) -> CorrectedClip:
    """One shot's clip, corrected at most ``corrections`` times; raises what the first ``animate``, ``measure`` or
    ``inspect`` raises."""

    async def make(number: int, order: VideoDescription | None, previous: AnimateResult | None) -> AnimateResult:
        return await animate(number, order or description)

    async def score(made: AnimateResult, order: VideoDescription | None) -> Sequence[Score]:
        return await measure(made, order or description)

    async def look(made: AnimateResult, order: VideoDescription | None, scores: Sequence[Score]) -> ClipFinding | None:
        return await inspect(made, order or description, scores)

    async def revise(finding: ClipFinding, tried: Sequence[VideoDescription]) -> VideoDescription | None:
        """The finding brings its own revision; one that was rolled back already is not made again."""
        return None if finding.revised in tried else finding.revised

    callbacks = Callbacks[AnimateResult, ClipFinding, VideoDescription](
        make=make, measure=score, inspect=look, revise=revise
    )
    return await correct(CorrectedClip, ClipAttempt, callbacks, first=description, rule=rule, corrections=corrections)
