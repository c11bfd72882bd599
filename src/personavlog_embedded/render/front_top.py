"""What all fronts share: a flat top with its side, and snow on it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from personavlog_embedded.render.canvas import Colour, Surface, scaled
from personavlog_embedded.render.noise import fractal, line
from personavlog_embedded.render.setting import Setting

FrontPainter = Callable[[Setting, float], Surface]
"""Paints a front whose upper edge lies at about the given px from the top, over the whole width and down to the lower
edge."""


def slab(setting: Setting, sheet: Surface, top: float, edge: float, own: Colour, grain: float = 0.14) -> None:
    """A flat top of ``edge`` px seen from slightly above, and the side below it."""
    light, texture = (
        setting.light,
        1
        - grain / 2
        + grain * fractal(setting.rng("slab"), setting.height, setting.width, setting.unit * 0.05, 5, 0.6, stretch=7),
    )
    width, height = setting.width, setting.height
    sheet.patch(
        [(0, top), (width, top), (width, top + edge), (0, top + edge)],
        light.colour(own, 0.75),
        light.colour(scaled(own, 1.08), 1.0),
        texture,
    )
    sheet.patch(
        [(0, top + edge), (width, top + edge), (width, height), (0, height)],
        light.colour(scaled(own, 0.74), 0.5),
        light.colour(scaled(own, 0.5), 0.25),
        texture,
    )
    sheet.patch(
        [(0, top + edge), (width, top + edge), (width, top + edge * 1.5), (0, top + edge * 1.5)],
        (0, 0, 0),
        (0, 0, 0),
        alpha=0.22,
    )
    sheet.stroke(
        [(0, top + edge), (width, top + edge)], light.colour(scaled(own, 1.25), 1.0), max(1, setting.unit * 0.003)
    )


def snow_cap(setting: Setting, sheet: Surface, top: float) -> None:
    """A bumpy cover of snow along an upper edge at ``top`` px."""
    xs = np.linspace(0, setting.width, 80)
    bumps = line(setting.rng("cap"), 80, 9, 3) * setting.unit * 0.03
    outline = [
        (0.0, top + setting.unit * 0.02),
        *zip(xs.tolist(), (top - bumps).tolist(), strict=True),
        (float(setting.width), top + setting.unit * 0.02),
    ]
    sheet.patch(outline, setting.light.colour((0.97, 0.98, 1.0), 1.0), setting.light.colour((0.9, 0.93, 1.0), 0.5))


def rail(setting: Setting, sheet: Surface, top: float, tall: float, own: Colour = (0.50, 0.36, 0.26)) -> None:
    """A wooden rail ``tall`` px high along an upper edge at ``top`` px."""
    light = setting.light
    texture = 0.85 + 0.3 * fractal(
        setting.rng("rail"), setting.height, setting.width, setting.unit * 0.03, 4, 0.6, stretch=9
    )
    sheet.patch(
        [(0, top), (setting.width, top), (setting.width, top + tall), (0, top + tall)],
        light.colour(scaled(own, 1.2), 1.0),
        light.colour(scaled(own, 0.7), 0.35),
        texture,
    )
    sheet.patch(
        [(0, top + tall), (setting.width, top + tall), (setting.width, top + tall * 1.7), (0, top + tall * 1.7)],
        (0, 0, 0),
        (0, 0, 0),
        alpha=0.3,
    )
