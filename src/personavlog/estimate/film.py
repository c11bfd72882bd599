"""The estimate of a whole film: its stages, and how long they take beside each other."""

from __future__ import annotations

from collections import defaultdict

from personavlog.brief import Brief
from personavlog.estimate.chat import inspections, script_stage
from personavlog.estimate.measuring import measuring_seconds
from personavlog.estimate.media import media_stages
from personavlog.estimate.numbers import EstimateStage, FilmEstimate, Span, StageEstimate, total
from personavlog.profiles import Profile

CUT = (0.3, 1.5)
"""Seconds of cutting for a second of film, two cores (``benchmarks/cut.py``: 0.4)."""
ROLES = {
    EstimateStage.PICTURES: "image",
    EstimateStage.CLIPS: "video",
    EstimateStage.SPEECH: "speech",
    EstimateStage.MUSIC: "music",
}


def estimate_film(brief: Brief, profile: Profile) -> FilmEstimate:
    """Low and high of money and time for each stage and for the film. Nothing is sent and no model is loaded; what a
    failing server makes us send again is not in it.

    ``brief.photo`` need not exist: only its size is looked at.
    """
    measured = _with_measures(inspections(brief, profile), brief, profile)
    stages = (script_stage(brief, profile), *media_stages(brief, profile), measured)
    return FilmEstimate(
        profile=profile.name,
        shots=brief.shots,
        length=brief.length,
        stages=stages,
        wall=_wall(stages, brief, profile),
    )


def _with_measures(asked: StageEstimate, brief: Brief, profile: Profile) -> StageEstimate:
    """The agents' inspections, and the measures before them."""
    return asked.model_copy(update={"seconds": asked.seconds + measuring_seconds(brief, profile)})


def _wall(stages: tuple[StageEstimate, ...], brief: Brief, profile: Profile) -> Span:
    """At least the script, the device that has most to do, and the cut; at most everything in turn."""
    cut = Span(low=CUT[0] * brief.length, high=CUT[1] * brief.length)
    beside: dict[str, float] = defaultdict(float)
    for one in stages[1:]:
        role = ROLES.get(one.stage)
        beside[profile.backbones[role].device or role if role else one.stage] += one.seconds.low  # type: ignore[index]
    low = stages[0].seconds.low + max(beside.values()) + cut.low
    return Span(low=low, high=total([*(one.seconds for one in stages), cut]).high)
