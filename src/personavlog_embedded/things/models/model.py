"""What is known about a thing that we draw ourselves: its names, its solids, where such things are and how a hand holds
them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict

from personavlog_embedded import data
from personavlog_embedded.render.canvas import Colour
from personavlog_embedded.things.models.solid import Point, Solid

Build = Callable[[Colour], list[Solid]]
Where = Literal["surface", "ground", "air", "water", "overhead"]
"""On a table, wall or the ground; on the ground only; in the air; on water or the ground; held over the head."""
Hold = Literal["", "level", "rod", "flat", "string", "both"]
"""Never in a hand; kept level (a cup); leaning with the forearm (a torch); turned with it (a letter); on a string; in
two hands."""


def rgb(code: str) -> Colour:
    """A colour from its six digits."""
    return int(code[0:2], 16) / 255, int(code[2:4], 16) / 255, int(code[4:6], 16) / 255


def _colour(code: object) -> Colour:
    if not isinstance(code, str) or not re.fullmatch("[0-9a-f]{6}", code):
        raise ValueError("a colour is six digits of 0-9 and a-f")
    return rgb(code)


@dataclass(frozen=True)
class Model:
    """What ``data/things.toml`` says of a thing: ``name`` for the record and what it is ``also`` called; ``colour`` is
    its main one where no words name another.

    ``grip`` is where a hand closes around it, metres from its origin, the middle of its foot. ``yaw`` shows it best, in
    degrees.
    """

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    name: str
    colour: Annotated[Colour, BeforeValidator(_colour)]
    also: tuple[str, ...] = ()
    where: Where = "surface"
    hold: Hold = ""
    grip: Point = (0.0, 0.0, 0.0)
    yaw: float = 28.0

    @property
    def names(self) -> tuple[str, ...]:
        """All that people call it, the first for the record."""
        return (self.name, *self.also)

    @property
    def build(self) -> Build:
        """The function that makes its solids in a colour."""
        return BUILDERS[self.name]


_KNOWN: Mapping[str, Model] = data.read_rows(Model, "things", by="name")
MODELS: Mapping[str, Model] = {name: model for model in _KNOWN.values() for name in model.names}
"""Every thing that we draw, by each of its names."""
BUILDERS: dict[str, Build] = {}
"""The functions that draw them, by the name in the record."""


def thing(name: str) -> Callable[[Build], Build]:
    """Enter a building function as that of the thing with this name."""

    def entered(build: Build) -> Build:
        BUILDERS[name] = build
        return build

    return entered
