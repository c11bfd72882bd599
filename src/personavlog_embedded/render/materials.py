"""What surfaces are made of: flat tiles of plaster, boards, stones, roof tiles, glass, cloth, to be set into
perspective."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.light import Light
from personavlog_embedded.render.noise import Rng, fractal

SNOW: Colour = (0.95, 0.97, 1.0)
LAMP: Colour = (1.0, 0.80, 0.46)


@dataclass(frozen=True)
class Facet:
    """How one face of a solid is lit: ``lit`` 0..1, ``depth`` for the haze, ``metre`` in px of the tile."""

    rng: Rng
    light: Light
    lit: float
    depth: float
    metre: float

    @property
    def clear(self) -> float:
        """How much of the surface's own grain the haze leaves, 0..1."""
        return 1 - self.light.veil(self.depth)

    def colour(self, own: Colour, lit: float | None = None) -> Colour:
        """An own colour as seen on this face."""
        return self.light.colour(own, self.lit if lit is None else lit, self.depth)


Skin = Callable[[Surface, Facet], None]
"""Paints a whole tile."""


def ground(tile: Surface, face: Facet, own: Colour, grain: float = 0.3, fall: float = 0.72) -> None:
    """The tile's base: one colour with stains, darker towards its foot."""
    stain = 1 + (fractal(face.rng, tile.height, tile.width, max(6.0, face.metre * 1.4), 5, 0.6) - 0.5) * np.float32(
        grain * face.clear
    )
    corners = [(0, 0), (tile.width, 0), (tile.width, tile.height), (0, tile.height)]
    tile.patch(corners, face.colour(scaled(own, 1.05)), face.colour(scaled(own, fall), face.lit * 0.85), stain)


def plain(own: Colour, grain: float = 0.25, fall: float = 0.8) -> Skin:
    """Plaster, concrete, cloth, sand."""
    return lambda tile, face: ground(tile, face, own, grain, fall)


def boards(own: Colour, size: float = 0.22, level: bool = False) -> Skin:
    """Upright (or ``level``) boards ``size`` metres wide, each of its own tone."""

    def paint(tile: Surface, face: Facet) -> None:
        ground(tile, face, own, 0.2)
        step, long = max(3.0, size * face.metre), tile.height if level else tile.width
        for at in np.arange(0, long, step):
            tone, seam = (
                face.colour(scaled(own, face.rng.uniform(0.78, 1.12))),
                face.colour(scaled(own, 0.5), face.lit * 0.6),
            )
            box = (
                [(0, at), (tile.width, at), (tile.width, at + step), (0, at + step)]
                if level
                else [(at, 0), (at + step, 0), (at + step, tile.height), (at, tile.height)]
            )
            tile.patch(box, tone, scaled(tone, 0.86), alpha=0.55)
            tile.stroke(
                [(0, at), (tile.width, at)] if level else [(at, 0), (at, tile.height)], seam, max(1, step * 0.08)
            )

    return paint


def stones(own: Colour, size: float = 0.42, moss: float = 0.0) -> Skin:
    """Courses of hewn stones about ``size`` metres tall; ``moss`` greens some."""

    def paint(tile: Surface, face: Facet) -> None:
        ground(tile, face, scaled(own, 0.72), 0.3)
        step = max(4.0, size * face.metre)
        for row, y in enumerate(np.arange(0, tile.height, step)):
            x = -step * face.rng.uniform(0, 1.5) * (row % 2 + 0.3)
            while x < tile.width:
                wide = step * face.rng.uniform(1.1, 2.3)
                tone = mix(scaled(own, face.rng.uniform(0.8, 1.14)), (0.42, 0.48, 0.28), moss * face.rng.random() ** 2)
                gap = max(0.6, step * 0.05)
                corners = [
                    (x + gap, y + gap),
                    (x + wide - gap, y + gap),
                    (x + wide - gap, y + step - gap),
                    (x + gap, y + step - gap),
                ]
                if step < 22:
                    tile.polygon(corners, face.colour(scaled(tone, 0.94)))
                else:
                    tile.patch(
                        corners,
                        face.colour(scaled(tone, 1.08)),
                        face.colour(scaled(tone, 0.84), face.lit * 0.8),
                        alpha=0.85,
                    )
                x += wide
        tile.multiply(
            1
            + (fractal(face.rng, tile.height, tile.width, max(8.0, face.metre * 2), 5, 0.6) - 0.5)
            * np.float32(0.4 * face.clear)
        )

    return paint


def tiles(own: Colour, size: float = 0.3) -> Skin:
    """Roof tiles in rows; under snow a white blanket with a few rows showing at the eaves."""

    def paint(tile: Surface, face: Facet) -> None:
        if face.light.weather == "snow":
            blanket(tile, face)
            return
        ground(tile, face, own, 0.35, 0.82)
        step = max(3.0, size * face.metre)
        for y in np.arange(step, tile.height, step):
            tile.stroke([(0, y), (tile.width, y)], face.colour(scaled(own, 0.62), face.lit * 0.7), max(1, step * 0.14))
            for x in np.arange((y / step % 2) * step * 0.6, tile.width, step * 1.2):
                if face.rng.random() < 0.5:
                    tile.patch(
                        [
                            (x, y - step * 0.9),
                            (x + step * 1.1, y - step * 0.9),
                            (x + step * 1.1, y - step * 0.1),
                            (x, y - step * 0.1),
                        ],
                        face.colour(scaled(own, face.rng.uniform(0.8, 1.25))),
                        alpha=0.6,
                    )
        if face.light.weather == "rain":
            tile.blend(face.light.sky[2], 0.16)

    return paint


def blanket(tile: Surface, face: Facet) -> None:
    """A cover of snow."""
    ground(tile, face, SNOW, 0.1, 0.9)


def windows(
    under: Skin,
    spots: tuple[tuple[float, float, float, float], ...],
    frame: Colour = (0.93, 0.90, 0.84),
    always: bool = False,
) -> Skin:
    """``under`` with windows: middle x, middle y, width, height as shares of the tile. Most burn after dark."""

    def paint(tile: Surface, face: Facet) -> None:
        under(tile, face)
        for x, y, wide, tall in spots:
            _window(
                tile,
                face,
                (x * tile.width, y * tile.height),
                (wide * tile.width / 2, tall * tile.height / 2),
                frame,
                always,
            )

    return paint


def _window(
    tile: Surface, face: Facet, at: tuple[float, float], half: tuple[float, float], frame: Colour, always: bool
) -> None:
    (x, y), (w, h), bar = at, half, max(1.0, 0.06 * face.metre)
    burning = face.light.dark and (always or face.rng.random() < 0.8)
    tile.rect(x - w - bar, y - h - bar, x + w + bar, y + h + bar, face.colour(frame))
    upper: Colour = (
        mix(LAMP, (1, 0.92, 0.7), 0.4) if burning else mix(face.light.sky[1], face.colour((0.12, 0.16, 0.22), 0.4), 0.5)
    )
    lower: Colour = scaled(LAMP, 0.82) if burning else face.colour((0.14, 0.18, 0.24), 0.35)
    tile.patch([(x - w, y - h), (x + w, y - h), (x + w, y + h), (x - w, y + h)], upper, lower)
    if not burning:
        tile.patch(
            [(x - w, y + h * 0.3), (x + w * 0.1, y - h), (x + w * 0.7, y - h), (x - w, y + h)],
            face.light.sky[2],
            alpha=0.3,
        )
    tile.stroke([(x, y - h), (x, y + h)], face.colour(frame), max(1, bar * 0.7))
    tile.stroke([(x - w, y - h * 0.15), (x + w, y - h * 0.15)], face.colour(frame), max(1, bar * 0.7))
    tile.rect(
        x - w - bar * 1.6, y + h + bar * 0.6, x + w + bar * 1.6, y + h + bar * 1.7, face.colour(scaled(frame, 0.85))
    )
    if face.light.weather == "snow":
        tile.rect(x - w - bar * 1.6, y + h - bar * 0.4, x + w + bar * 1.6, y + h + bar * 0.7, face.colour(SNOW))


def door(under: Skin, x: float, wide: float, tall: float, own: Colour = (0.42, 0.28, 0.18)) -> Skin:
    """``under`` with a boarded door on its foot: middle and size as shares of the tile."""

    def paint(tile: Surface, face: Facet) -> None:
        under(tile, face)
        half, top = wide * tile.width / 2, tile.height * (1 - tall)
        left, right, bar = x * tile.width - half, x * tile.width + half, max(1.0, 0.08 * face.metre)
        tile.rect(left - bar, top - bar, right + bar, tile.height, face.colour((0.9, 0.86, 0.78)))
        tile.patch(
            [(left, top), (right, top), (right, tile.height), (left, tile.height)],
            face.colour(own),
            face.colour(scaled(own, 0.7), face.lit * 0.8),
        )
        for at in np.linspace(left, right, 5)[1:-1]:
            tile.stroke([(at, top), (at, tile.height)], face.colour(scaled(own, 0.6)), max(1, bar * 0.3))

    return paint
