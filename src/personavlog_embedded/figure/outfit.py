"""What a figure wears, and the head of one that no photo shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Colour = tuple[float, float, float]
"""RGB, 0 to 1."""
Top = Literal["tee", "sweater", "shirt", "photo", "coat", "raincoat", "suit", "space suit", "dress"]
Hat = Literal["", "beanie", "straw", "sun", "cap", "hood", "helmet"]
Hair = Literal["bald", "fringe", "crop", "short", "parting", "child", "bob", "long", "bun", "tail", "curly"]
Beard = Literal["", "moustache", "short", "full"]
Glasses = Literal["", "round", "square"]


@dataclass(frozen=True)
class Outfit:
    """``top`` (``data/garments.toml``) "photo" is a shirt on which the photo's chest is shown. ``long`` sleeves reach
    the wrist. None is not worn. ``throat`` is the neck's colour, ``under`` the shirt that coats and suits show;
    ``open`` coats hang open."""

    top: Top
    long: bool
    skin: Colour
    throat: Colour
    cloth: Colour
    legs: Colour
    shoes: Colour
    hat: Hat = ""
    hat_colour: Colour = (0.0, 0.0, 0.0)
    scarf: Colour | None = None
    gloves: Colour | None = None
    apron: Colour | None = None
    skirt: Colour | None = None
    under: Colour = (0.9, 0.89, 0.87)
    tie: Colour | None = None
    open: bool = False
    shorts: bool = False
    boots: bool = False


@dataclass(frozen=True)
class DrawnHead:
    """A head that is drawn: hair, and what the face shows. ``smile`` and ``brows`` (down to up) -1 to 1, ``mouth``
    (open) and ``lids`` (closed) 0 to 1; ``gaze`` right and down in the picture, -1 to 1. ``plain`` has no features:
    seen from behind, or too small."""

    hair: Hair = "short"
    hair_colour: Colour = (0.27, 0.19, 0.15)
    eyes: Colour = (0.26, 0.19, 0.16)
    smile: float = 0.0
    brows: float = 0.0
    mouth: float = 0.0
    lids: float = 0.0
    gaze: tuple[float, float] = (0.0, 0.0)
    plain: bool = False
    beard: Beard = ""
    glasses: Glasses = ""

    def calm(self) -> DrawnHead:
        """Without what its face does: what a figure is dressed by."""
        return replace(self, smile=0.0, brows=0.0, mouth=0.0, lids=0.0, gaze=(0.0, 0.0))
