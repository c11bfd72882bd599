"""Keyframe feedback and rollback (Eq. 6, 7 and 8)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from personavlog.backbones.corrections import Corrections
from personavlog.backbones.findings import ImageFinding
from personavlog.backbones.roles import EditResult
from personavlog.feedback.attempts import Attempt, Callbacks, Corrected, correct
from personavlog.metrics.score import Score

CORRECTIONS = 2

KeyframeAttempt = Attempt[EditResult, ImageFinding, Corrections]
CorrectedKeyframe = Corrected[EditResult, ImageFinding, Corrections]

Paint = Callable[[int, Corrections | None, EditResult | None], Awaitable[EditResult]]
"""``paint(number, corrections, previous)``: Eq. 6 for number 0, Eq. 8 afterwards."""
Measure = Callable[[EditResult], Awaitable[Sequence[Score]]]
"""m_i2i and m_i2t of a keyframe."""
Inspect = Callable[[EditResult, Sequence[Score]], Awaitable[ImageFinding | None]]
"""A_quality^image, Eq. 7."""
Instruct = Callable[[ImageFinding, Sequence[Corrections]], Awaitable[Corrections]]
"""A_edit of Eq. 8: what to correct next, empty when nothing is left to try; the second argument is what did not
help."""


async def correct_keyframe(
    *,
    paint: Paint,
    measure: Measure,
    inspect: Inspect,
    instruct: Instruct,
    rule: str = "measured",
    corrections: int = CORRECTIONS,
) -> CorrectedKeyframe:
    """One shot's keyframe, corrected at most ``corrections`` times; raises what the first ``paint``, ``measure`` or
    ``inspect`` raises."""

    async def score(picture: EditResult, asked: Corrections | None) -> Sequence[Score]:
        return await measure(picture)

    async def look(picture: EditResult, asked: Corrections | None, scores: Sequence[Score]) -> ImageFinding | None:
        return await inspect(picture, scores)

    async def revise(finding: ImageFinding, tried: Sequence[Corrections]) -> Corrections | None:
        return await instruct(finding, tried) or None

    callbacks = Callbacks[EditResult, ImageFinding, Corrections](make=paint, measure=score, inspect=look, revise=revise)
    return await correct(CorrectedKeyframe, KeyframeAttempt, callbacks, first=None, rule=rule, corrections=corrections)
