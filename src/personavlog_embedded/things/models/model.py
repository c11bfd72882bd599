"""What is known about a thing that we draw ourselves: its names, its solids, where such things are and how a hand holds
them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from personavlog_embedded import data
from personavlog_embedded.render.canvas import Colour
from personavlog_embedded.things.models.solid import Point, Solid

Build = Callable[[Colour], list[Solid]]
Where = Literal["surface", "ground", "air", "water", "overhead"]
"""On a table, wall or the ground; on the ground only; in the air; on water or the ground; held over the head."""
Hold = Literal["", "level", "rod", "flat", "string", "both"]
"""Never in a hand; kept level (a cup); leaning with the forearm (a torch); turned with it (a letter); on a string; in
two hands."""


@dataclass(frozen=True)
class Model:
    """``names`` are what people call it, the first for the record; ``colour`` is its main one where no words name
    another.

    ``grip`` is where a hand closes around it, metres from its origin, the middle of its foot. ``yaw`` shows it best, in
    degrees.
    """

    names: tuple[str, ...]
    build: Build
    colour: Colour
    where: Where
    hold: Hold
    grip: Point
    yaw: float


MODELS: dict[str, Model] = {}
"""Every thing that we draw, by each of its names."""


def rgb(code: str) -> Colour:
    """A colour from its six digits."""
    return int(code[0:2], 16) / 255, int(code[2:4], 16) / 255, int(code[4:6], 16) / 255


@cache
def _also() -> dict[str, list[str]]:
    return data.read_toml("library", "things.toml")


def thing(
    name: str, colour: str, where: Where = "surface", hold: Hold = "", grip: Point = (0.0, 0.0, 0.0), yaw: float = 28.0
) -> Callable[[Build], Build]:
    """Enter a building function under a thing's name and all others in ``library/things.toml``."""

    def entered(build: Build) -> Build:
        model = Model((name, *_also()[name]), build, rgb(colour), where, hold, grip, yaw)
        MODELS.update(dict.fromkeys(model.names, model))
        return build

    return entered
