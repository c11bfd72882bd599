"""A painted place as the catalogue has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from personavlog_embedded.render.front_top import FrontPainter
from personavlog_embedded.render.setting import Painted, Setting

STONY = frozenset(("castle", "desert", "graveyard", "lane", "moon", "reef", "river", "shrine", "summit"))
"""Places whose benches are hewn."""


@dataclass(frozen=True)
class Place:
    """``names`` are what people call it, the first for the record; ``horizon`` is its height as a share of the frame.

    ``turns`` is False where the painter has one angle only, which every other shot sees mirrored.
    ``faces`` tells that it is not known by what lies behind the first view: nobody looks back there.
    ``firm`` is where solid ground begins, as a share of the ground: 0 at the horizon, 1 at the lower edge.
    """

    key: str
    names: tuple[str, ...]
    paint: Callable[[Setting], list[Painted]]
    front: FrontPainter
    inside: bool = False
    horizon: float = 0.5
    firm: float = 0.2
    turns: bool = True
    faces: bool = False

    @property
    def seat(self) -> str:
        """What a bench is made of here: "cloth" in rooms, "stone" among old walls and rocks, "wood" elsewhere."""
        return "cloth" if self.inside else "stone" if self.key in STONY else "wood"
