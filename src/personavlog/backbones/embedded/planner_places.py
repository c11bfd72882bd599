"""Where a beat can happen: how well a place suits it, and how welcome its picture is beside those of the other beats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from personavlog.backbones.embedded.planner_library import BeatTemplate, Place
from personavlog.backbones.embedded.planner_pictures import scenery

REUSED = 0.15
"""A first draft draws a place that it has used before this much less often."""
STAND_IN, AGAIN, SAME = 0.04, 0.03, 0.004
"""The same for a place that another painted one stands in for, for a painted place each time it has been seen, and for that of the shot before."""
LOOSE = 0.5
"""How well a place suits a beat that only asks to be indoors or out of doors."""


def suits(beat: BeatTemplate, place: Place) -> float:
    """How well a place suits a beat: the first tag says most, a beat for indoors does not go out, and "any" is a last resort."""
    tags = beat.tags
    indoors = "in" in tags or "bed" in tags
    wrong = ("in" in place.tags and "out" in tags and "in" not in tags) or ("out" in place.tags and indoors and "out" not in tags)
    shared = place.tags.intersection(tags)
    fit = 6.0 if tags[0] in place.tags else 2.0 if shared - {"in", "out"} else LOOSE if shared else 0.01
    return fit * (0.05 if wrong else 1.0)


def fresh(place: Place, others: Sequence[Place], beside: Sequence[Place]) -> float:
    """How welcome a place is beside those of the other beats: one that the painter really paints, and that no other beat, least of all a neighbour, has."""
    picture = scenery(place.noun)
    seen = Counter(scenery(other.noun).key for other in others)
    neighbour = any(scenery(other.noun).key == picture.key for other in beside)
    used = any(other.phrase == place.phrase for other in others)
    return (1.0 if picture.shows else STAND_IN) * AGAIN ** min(3, seen[picture.key]) * (SAME if neighbour else 1.0) * (REUSED if used else 1.0)
