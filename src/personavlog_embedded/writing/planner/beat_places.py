"""Where a beat can happen: how well a place suits it, and how welcome it is beside the places of the other beats."""

from __future__ import annotations

from collections.abc import Sequence

from personavlog_embedded.writing.planner.library import BeatTemplate, StoryPlace

REUSED, SAME = 0.15, 0.02
"""A place that the film has used before is drawn this much less often, and that of the shot before even less."""
LOOSE, WELL = 0.5, 2.0
"""How well a place suits a beat that only asks to be indoors or out of doors, and one that finds there what it asks
for."""


def suits(beat: BeatTemplate, place: StoryPlace) -> float:
    """How well a place suits a beat: the first tag says most, a beat for indoors does not go out, and "any" is a last
    resort."""
    tags = beat.tags
    indoors = "in" in tags or "bed" in tags
    wrong = ("in" in place.tags and "out" in tags and "in" not in tags) or (
        "out" in place.tags and indoors and "out" not in tags
    )
    shared = place.tags.intersection(tags)
    fit = 6.0 if tags[0] in place.tags else WELL if shared - {"in", "out"} else LOOSE if shared else 0.01
    return fit * (0.05 if wrong else 1.0)


def fresh(place: StoryPlace, others: Sequence[StoryPlace], beside: Sequence[StoryPlace]) -> float:
    """How welcome a place is beside those of the other beats: one that no other beat, least of all a neighbour, has."""
    used = any(other.phrase == place.phrase for other in others)
    neighbour = any(other.phrase == place.phrase for other in beside)
    return (REUSED if used else 1.0) * (SAME if neighbour else 1.0)
