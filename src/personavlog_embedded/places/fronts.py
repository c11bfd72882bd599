"""The fronts: what stands before the person, at the lower edge of a frame that cuts them off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from personavlog_embedded.places import fronts_indoors, fronts_outdoors
from personavlog_embedded.render.front_top import FrontPainter


@dataclass(frozen=True)
class Front:
    """``rest`` is how far below its upper edge things stand on it, in units; at a ``table`` somebody can work, with
    their hands on it."""

    paint: FrontPainter
    rest: float
    table: bool = False


FRONTS: Mapping[str, Front] = {
    "meadow": Front(fronts_outdoors.meadow, 0.06),
    "clouds": Front(fronts_outdoors.clouds, 0.06),
    "stall": Front(fronts_outdoors.stall, 0.05, table=True),
    "pier": Front(fronts_outdoors.pier, 0.024),
    "railing": Front(fronts_outdoors.railing, 0.02),
    "wall": Front(fronts_outdoors.wall, 0.024),
    "glass": Front(fronts_outdoors.glass, 0.018),
    "table": Front(fronts_indoors.table, 0.075, table=True),
    "desk": Front(fronts_indoors.desk, 0.07, table=True),
    "counter": Front(fronts_indoors.counter, 0.05, table=True),
    "workbench": Front(fronts_indoors.workbench, 0.07, table=True),
    "sofa": Front(fronts_indoors.sofa, 0.016),
    "velvet": Front(fronts_indoors.velvet, 0.03),
}
"""By the name that ``data/places.toml`` calls them."""
