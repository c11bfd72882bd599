"""How long measuring keyframes and clips takes."""

from __future__ import annotations

from personavlog.brief import Brief
from personavlog.estimate.numbers import Span
from personavlog.production.building import MEASURES_AT_ONCE
from personavlog.profiles import Profile

SECONDS = {"proxy": ((1.5, 8.0), (4.0, 18.0)), "published": ((1.0, 6.0), (100.0, 600.0))}
"""Of one keyframe and of one clip of five seconds at 480p, on two cores (``docs/measures.md``)."""
ON_A_GPU = ((0.2, 2.0), (2.0, 30.0))
"""Assumed, not measured."""


def measuring_seconds(brief: Brief, profile: Profile) -> Span:
    """All measures of a film; none where nothing may be corrected."""
    feedback = profile.feedback
    on_gpu = feedback.measures == "published" and feedback.device != "cpu"
    spans = [
        Span(low=low, high=high).times(brief.shots, brief.shots * (1 + corrections))
        for (low, high), corrections in zip(
            ON_A_GPU if on_gpu else SECONDS[feedback.measures],
            (feedback.keyframe_corrections, feedback.clip_corrections),
            strict=True,
        )
        if corrections
    ]
    share = 1 / MEASURES_AT_ONCE
    return sum(spans, Span()).times(share, share)
