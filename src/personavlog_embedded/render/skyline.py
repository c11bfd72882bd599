"""Towers far away, their windows lit after dark."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.light import Light
from personavlog_embedded.render.noise import Rng
from personavlog_embedded.render.palette import LAMP
from personavlog_embedded.render.setting import Setting


def skyline(
    setting: Setting,
    tag: str,
    foot: float,
    tall: float,
    depth: float,
    own: Colour = (0.62, 0.64, 0.70),
    slim: float = 1.0,
    neon: bool = False,
) -> Surface:
    """A row of towers standing on ``foot`` px, up to ``tall`` px, windows lit after dark."""
    rng, light, sheet = setting.rng(tag), setting.light, setting.sheet()
    x = -0.02 * setting.width
    while x < setting.width * 1.02:
        width = setting.unit * rng.uniform(0.05, 0.13) * (0.5 + 0.7 * (1 - depth)) * slim
        high = tall * rng.uniform(0.3, 1.0) ** 1.2
        _tower(sheet, rng, light, x, foot, width, high, mix(own, scaled(own, 0.75), rng.random()), depth, neon)
        x += width * rng.uniform(0.72, 1.12)
    return sheet


def _tower(
    sheet: Surface,
    rng: Rng,
    light: Light,
    x: float,
    foot: float,
    width: float,
    tall: float,
    own: Colour,
    depth: float,
    neon: bool,
) -> None:
    split = 0.34 if light.side < 0 else 0.66
    lit, dim = light.colour(own, 0.85, depth), light.colour(own, 0.22, depth)
    left, right = (lit, dim) if light.side < 0 else (dim, lit)
    top = foot - tall
    haze = mix(right, light.haze, 0.3)
    sheet.patch(
        [(x, top), (x + width * split, top), (x + width * split, foot), (x, foot)], left, mix(left, light.haze, 0.35)
    )
    sheet.patch([(x + width * split, top), (x + width, top), (x + width, foot), (x + width * split, foot)], right, haze)
    if rng.random() < 0.45:
        sheet.rect(x + width * 0.2, top - width * 0.18, x + width * 0.7, top, dim)
        sheet.stroke(
            [(x + width * 0.45, top - width * 0.18), (x + width * 0.45, top - width * rng.uniform(0.4, 0.9))],
            dim,
            max(1, width * 0.03),
        )
    step = max(3.5, width * 0.13)
    for row in np.arange(top + step, foot, step * 1.15):
        for column in np.arange(x + step * 0.5, x + width - step * 0.6, step):
            shine = light.dark and rng.random() < (0.42 if light.night else 0.2)
            if not shine and rng.random() < 0.3:
                continue
            glass = (
                mix(LAMP, (0.55, 0.9, 1.0), float(rng.random() < (0.6 if neon else 0.12)))
                if shine
                else mix(dim, light.sky[1], 0.35 if column < x + width * split else 0.15)
            )
            sheet.rect(
                column,
                row,
                column + step * 0.58,
                row + step * 0.62,
                mix(glass, light.haze, light.veil(depth) * (0.45 if shine else 0.6)),
            )
    if neon and rng.random() < 0.6:
        stripe: Colour = ((0.3, 0.95, 1.0), (1.0, 0.4, 0.75), (0.75, 0.6, 1.0), (1.0, 0.8, 0.35))[int(rng.integers(4))]
        at = x + width * rng.choice([0.06, 0.5, 0.92])
        sheet.stroke(
            [(at, top + tall * 0.04), (at, foot - tall * 0.2)],
            mix(stripe, light.haze, light.veil(depth) * (0.4 if light.dark else 0.75)),
            max(1.5, width * 0.04),
        )
