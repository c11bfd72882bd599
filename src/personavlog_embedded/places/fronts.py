"""What is known of the fronts: how far below its upper edge things stand on each, and at which of them somebody can
work."""

from __future__ import annotations

from personavlog_embedded.places.fronts_indoors import counter, desk, sofa, table, velvet, workbench
from personavlog_embedded.places.fronts_outdoors import clouds, glass, meadow, pier, railing, stall, wall
from personavlog_embedded.render.front_top import FrontPainter

SURFACE: dict[FrontPainter, float] = {
    meadow: 0.06,
    clouds: 0.06,
    stall: 0.05,
    table: 0.075,
    desk: 0.07,
    pier: 0.024,
    railing: 0.02,
    wall: 0.024,
    glass: 0.018,
    sofa: 0.016,
    counter: 0.05,
    velvet: 0.03,
    workbench: 0.07,
}
"""How far below a front's upper edge things stand on it, in units."""
TABLES: frozenset[FrontPainter] = frozenset((table, desk, counter, workbench, stall))
"""Fronts at which somebody can work, with their hands on them."""
