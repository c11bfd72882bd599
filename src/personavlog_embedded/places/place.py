"""A painted place: what the catalogue knows about it, and who paints it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, ConfigDict, Field

from personavlog_embedded import data
from personavlog_embedded.places.fronts import FRONTS, Front
from personavlog_embedded.places.painters import PAINTERS, PlacePainter

Seat = Literal["wood", "stone", "cloth"]
Part = Literal[
    "airlock",
    "dunes",
    "finish arch",
    "glass",
    "houses",
    "mountains",
    "people",
    "railing",
    "road",
    "stage",
    "statues",
    "trees",
    "water",
]
"""What a place may show besides the sky or a room's walls."""


def _painted(key: str) -> str:
    if key not in PAINTERS:
        raise ValueError("no function in places/painters.py paints this place")
    return key


def _known_front(name: str) -> str:
    if name not in FRONTS:
        raise ValueError(f"the fronts are {', '.join(FRONTS)}")
    return name


@dataclass(frozen=True)
class Place:
    """``names`` are what people call it, the first for the record; ``horizon`` is its height as a share of the frame.

    ``front`` names what stands before the person, ``seat`` says what a bench is made of. ``shows`` are the parts that
    a board's props may ask for.
    ``turns`` is False where the painter has one angle only, which every other shot sees mirrored.
    ``faces`` tells that it is not known by what lies behind the first view: nobody looks back there.
    ``firm`` is where solid ground begins, as a share of the ground: 0 at the horizon, 1 at the lower edge. On
    ``open_water`` boats float; where it is ``airless``, nobody goes without a suit.
    """

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    key: Annotated[str, AfterValidator(_painted)]
    names: Annotated[tuple[str, ...], Field(min_length=1)]
    front: Annotated[str, AfterValidator(_known_front)]
    inside: bool = False
    horizon: float = 0.5
    firm: float = 0.2
    turns: bool = True
    faces: bool = False
    seat: Seat = "wood"
    airless: bool = False
    open_water: bool = False
    shows: frozenset[Part] = frozenset()

    @property
    def paint(self) -> PlacePainter:
        """The function that paints it."""
        return PAINTERS[self.key]

    @property
    def foreground(self) -> Front:
        """What stands before the person."""
        return FRONTS[self.front]
