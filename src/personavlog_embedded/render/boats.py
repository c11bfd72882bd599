"""Boats on the water, and their mirror image in it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from personavlog_embedded.render import beams, materials
from personavlog_embedded.render.buildings import Masses
from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.outdoor_camera import OutdoorCamera

STATIONS = ((-1.0, 1.25, 0.62), (-0.55, 1.1, 0.95), (0.0, 1.1, 1.0), (0.55, 1.35, 0.72), (1.0, 1.9, 0.04))
"""Along a hull from stern to bow: how far from the middle (half lengths), how tall and how broad it is."""
HULLS: tuple[Colour, ...] = (
    (0.92, 0.90, 0.85),
    (0.26, 0.44, 0.60),
    (0.80, 0.30, 0.25),
    (0.94, 0.92, 0.88),
    (0.28, 0.48, 0.44),
)
At = Callable[[float, float, float], tuple[float, float, float]]
"""A world point from a boat's own coordinates: along it, up and to its side."""


def boat(view: OutdoorCamera, sheet: Surface, number: int, spot: tuple[float, float, float, float]) -> None:
    """A fishing boat or a sailing yacht: hull in strakes, cabin, mast and stays."""
    x, z, turn, long = spot
    cos, sin = float(np.cos(turn)), float(np.sin(turn))
    own = HULLS[number % 5]

    def at(along: float, up: float, side: float) -> tuple[float, float, float]:
        a, b = along * long / 2, side * long * 0.17
        return x + a * cos + b * sin, up * long * 0.1, z + b * cos - a * sin

    _hull(view, number, at, own).draw(sheet)
    cabin, foot = Masses(view, f"cabin {number}"), at(-0.25, 0, 0)
    cabin.box(
        (foot[0], foot[2]),
        (long * 0.3, long * 0.16, long * 0.17),
        materials.windows(materials.plain((0.95, 0.93, 0.88), 0.1), ((0.3, 0.4, 0.26, 0.36), (0.7, 0.4, 0.26, 0.36))),
        roof=materials.plain(scaled(own, 0.8)),
        turn=turn,
        base=long * 0.1,
    )
    cabin.draw(sheet)
    _rigging(view, sheet, at, sails=number % 2 == 0)


def _hull(view: OutdoorCamera, number: int, at: At, own: Colour) -> Masses:
    """Strakes, keel and deck from station to station, and the stern."""
    body, strakes = Masses(view, f"boat {number}"), materials.boards(own, 0.3, level=True)
    keel = materials.plain(mix(own, (0.5, 0.15, 0.12), 0.7))
    for (a0, h0, b0), (a1, h1, b1) in pairwise(STATIONS):
        for side in (-1, 1):
            upper = [at(a0, h0, b0 * side), at(a1, h1, b1 * side)]
            body.plate([*upper, at(a1, 0.25, b1 * side * 0.8), at(a0, 0.25, b0 * side * 0.8)], strakes)
            lower = [at(a0, 0.3, b0 * side * 0.8), at(a1, 0.3, b1 * side * 0.8)]
            body.plate([*lower, at(a1, -0.1, b1 * side * 0.7), at(a0, -0.1, b0 * side * 0.7)], keel)
        deck = [at(a0, h0 * 0.86, b0), at(a0, h0 * 0.86, -b0), at(a1, h1 * 0.86, -b1), at(a1, h1 * 0.86, b1)]
        body.plate(deck, materials.boards((0.70, 0.56, 0.40), 0.16), 0.2)
    stern = [at(-1.0, 1.25, -0.62), at(-1.0, 1.25, 0.62), at(-1.0, 0.1, 0.5), at(-1.0, 0.1, -0.5)]
    body.plate(stern, strakes)
    return body


def _rigging(view: OutdoorCamera, sheet: Surface, at: At, *, sails: bool) -> None:
    """Mast, stays, boom with a furled sail where it ``sails``, and a light at the top."""
    tall = 11.0 if sails else 6.5
    beams.strut(view, sheet, at(0.12, 0.9, 0), at(0.1, tall, 0), 0.09, (0.78, 0.66, 0.48))
    for end in (at(1.0, 1.9, 0), at(-1.0, 1.3, 0)):
        beams.strut(view, sheet, at(0.1, tall * 0.97, 0), end, 0.02, (0.42, 0.40, 0.40))
    own: Colour = (0.90, 0.86, 0.78) if sails else (0.78, 0.66, 0.48)
    beams.strut(view, sheet, at(0.1, 2.4, 0), at(-0.8, 2.9, 0), 0.12 if sails else 0.07, own)
    beams.glowing(view, sheet, at(0.1, tall, 0), 0.08)


def reflect(view: OutdoorCamera, sea: Surface, single: Surface, line: float) -> None:
    """The boat upside down in the water, broken and dimmed."""
    rows = np.flatnonzero(single.pixels[..., 3].any(axis=1))
    if not rows.size:
        return
    low, height = int(line), view.setting.height
    target = np.arange(low, min(height, 2 * low - int(rows[0])))
    source = np.clip(2 * low - target, 0, height - 1)
    wobble = np.round(np.sin(target * 0.7) * np.clip((target - low) * 0.05, 0, 3)).astype(int)
    for row, origin, shift in zip(target, source, wobble, strict=True):
        image = np.roll(single.pixels[origin], int(shift), axis=0).astype(np.float32) * 0.42
        sea.pixels[row] = np.clip(
            sea.pixels[row] * (1 - image[:, 3:] / 255) + image * (0.8, 0.85, 0.9, 1.0) + 0.5, 0, 255
        ).astype(np.uint8)
