"""What stands between the lens and the person in a room: a table, a sofa, a desk, a counter, velvet seats, a bench;
opaque below its upper edge."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import plants, room_parts
from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.front_top import slab
from personavlog_embedded.render.noise import fractal
from personavlog_embedded.render.setting import Setting


def table(setting: Setting, top: float) -> Surface:
    """The near edge of a wooden table or bar with a cup on it."""
    rng, sheet, light = setting.rng("front table"), setting.sheet(), setting.light
    wood: Colour = (0.60, 0.41, 0.27)
    slab(setting, sheet, top, max(setting.unit * 0.1, (setting.height - top) * 0.42), wood, 0.34)
    cup(setting, sheet, setting.x(0.14 + 0.1 * rng.random()), top + setting.unit * 0.07, setting.unit * 0.1)
    _vase(setting, sheet, setting.x(0.86), top + setting.unit * 0.06, setting.unit * 0.16)
    del light
    return sheet


def cup(setting: Setting, sheet: Surface, x: float, foot: float, size: float, own: Colour = (0.93, 0.90, 0.84)) -> None:
    """A cup on a saucer."""
    light = setting.light
    sheet.ellipse(x, foot, size * 0.85, size * 0.2, light.colour(scaled(own, 0.6), 0.3))
    sheet.ellipse(x, foot - size * 0.04, size * 0.8, size * 0.18, light.colour(own, 0.85))
    left, right = (
        (light.colour(own, 1.0), light.colour(own, 0.2))
        if light.side < 0
        else (light.colour(own, 0.2), light.colour(own, 1.0))
    )
    sheet.stroke(
        [
            (x + size * 0.42, foot - size * 0.5),
            (x + size * 0.72, foot - size * 0.48),
            (x + size * 0.62, foot - size * 0.2),
            (x + size * 0.36, foot - size * 0.16),
        ],
        light.colour(own, 0.6),
        size * 0.09,
    )
    sheet.patch(
        [
            (x - size * 0.5, foot - size * 0.66),
            (x + size * 0.5, foot - size * 0.66),
            (x + size * 0.34, foot - size * 0.06),
            (x - size * 0.34, foot - size * 0.06),
        ],
        left,
        right,
        sideways=True,
    )
    sheet.ellipse(x, foot - size * 0.66, size * 0.5, size * 0.13, light.colour(own, 1.0))
    sheet.ellipse(x, foot - size * 0.65, size * 0.42, size * 0.1, light.colour((0.42, 0.26, 0.16), 0.7))


def _vase(setting: Setting, sheet: Surface, x: float, foot: float, size: float) -> None:
    rng, light = setting.rng("vase"), setting.light
    own = plants.BLOSSOMS[int(rng.integers(len(plants.BLOSSOMS)))]
    for _ in range(9):
        px, py = x + rng.normal(0, size * 0.24), foot - size * rng.uniform(0.7, 1.25)
        sheet.stroke(
            [(x, foot - size * 0.4), ((x + px) / 2, foot - size * 0.7), (px, py)],
            light.colour((0.3, 0.46, 0.24), 0.5),
            max(1, size * 0.02),
        )
        plants.blossom(sheet, rng, light, px, py, size * 0.1, own, 0.0)
    glass: Colour = (0.62, 0.74, 0.76)
    sheet.patch(
        [
            (x - size * 0.14, foot - size * 0.5),
            (x + size * 0.14, foot - size * 0.5),
            (x + size * 0.2, foot),
            (x - size * 0.2, foot),
        ],
        light.colour(glass, 1.0),
        light.colour(scaled(glass, 0.6), 0.2),
        sideways=True,
    )


def sofa(setting: Setting, top: float) -> Surface:
    """The rounded back of a sofa with a folded blanket."""
    rng, sheet, light = setting.rng("front sofa"), setting.sheet(), setting.light
    own = mix(room_parts.cloth(rng), (0.7, 0.62, 0.54), 0.5)
    texture = 0.88 + 0.24 * fractal(rng, setting.height, setting.width, setting.unit * 0.025, 4)
    round_ = setting.unit * 0.06
    for number in range(3):
        x0, x1 = setting.width * (number / 3 - 0.02), setting.width * ((number + 1) / 3 + 0.02)
        outline = [
            (x0 + (x1 - x0) * t, top + round_ * (2 * t - 1) ** 6 + setting.unit * 0.01 * np.sin(t * 3.14))
            for t in np.linspace(0, 1, 25)
        ]
        sheet.patch(
            [*outline, (x1, setting.height), (x0, setting.height)],
            light.colour(scaled(own, 1.15), 0.95),
            light.colour(scaled(own, 0.7), 0.25),
            texture,
        )
        sheet.stroke(
            [(x1 - setting.width * 0.02, top + round_), (x1 - setting.width * 0.02, setting.height)],
            light.colour(scaled(own, 0.5), 0.2),
            setting.unit * 0.01,
        )
    throw = room_parts.cloth(rng)
    x, wide = setting.x(0.78), setting.unit * 0.24
    for stripe in range(7):
        left = x + wide * stripe / 7
        sheet.patch(
            [
                (left, top - setting.unit * 0.012),
                (left + wide / 7, top - setting.unit * 0.012),
                (left + wide / 7, top + setting.unit * 0.3),
                (left, top + setting.unit * 0.3),
            ],
            light.colour(mix(throw, (0.95, 0.9, 0.8), 0.6 * (stripe % 2)), 0.95),
            light.colour(scaled(throw, 0.6), 0.3),
            texture,
        )
    return sheet


def desk(setting: Setting, top: float) -> Surface:
    """A reading table with piles of books."""
    rng, sheet, light = setting.rng("front desk"), setting.sheet(), setting.light
    slab(setting, sheet, top, max(setting.unit * 0.09, (setting.height - top) * 0.4), (0.46, 0.30, 0.20), 0.34)
    for x in (0.1, 0.27, 0.9):
        y = top + setting.unit * rng.uniform(0.04, 0.08)
        for _ in range(int(rng.integers(2, 6))):
            own, wide, tall = (
                room_parts.BOOKS[int(rng.integers(len(room_parts.BOOKS)))],
                setting.unit * rng.uniform(0.17, 0.23),
                setting.unit * rng.uniform(0.022, 0.036),
            )
            left = setting.x(x) - wide / 2 + rng.normal(0, wide * 0.05)
            sheet.patch(
                [(left, y - tall), (left + wide, y - tall), (left + wide, y), (left, y)],
                light.colour(scaled(own, 1.15), 0.95),
                light.colour(scaled(own, 0.6), 0.3),
            )
            sheet.rect(
                left + wide * 0.9,
                y - tall * 0.85,
                left + wide * 1.0,
                y - tall * 0.15,
                light.colour((0.93, 0.88, 0.76), 0.8),
            )
            y -= tall
    return sheet


def counter(setting: Setting, top: float) -> Surface:
    """A pale counter with a rounded stone edge, panels below and a shade under the edge."""
    rng, sheet, light, unit = setting.rng("front counter"), setting.sheet(), setting.light, setting.unit
    panel = mix(room_parts.cloth(rng), (0.82, 0.82, 0.80), 0.72)
    slab(setting, sheet, top, unit * 0.075, (0.86, 0.84, 0.80), 0.10)
    foot = top + unit * 0.075
    sheet.patch(
        [(0, foot), (setting.width, foot), (setting.width, setting.height), (0, setting.height)],
        light.colour(panel, 0.7),
        light.colour(panel, 0.3),
    )
    for x in np.arange(-unit * 0.1, setting.width, unit * 0.34):
        sheet.patch(
            [
                (x, foot + unit * 0.05),
                (x + unit * 0.3, foot + unit * 0.05),
                (x + unit * 0.3, setting.height),
                (x, setting.height),
            ],
            light.colour(scaled(panel, 1.08), 0.85),
            light.colour(scaled(panel, 0.85), 0.35),
        )
    for share in (0.05, 0.03, 0.015):
        sheet.patch(
            [(0, foot), (setting.width, foot), (setting.width, foot + unit * share), (0, foot + unit * share)],
            (0, 0, 0),
            alpha=0.12,
        )
    return sheet


def velvet(setting: Setting, top: float) -> Surface:
    """The padded velvet rail of a box in the theatre, gilded below."""
    sheet, light, unit = setting.sheet(), setting.light, setting.unit
    own, gold = (0.62, 0.12, 0.16), (0.86, 0.68, 0.36)
    texture = 0.9 + 0.2 * fractal(setting.rng("front velvet"), setting.height, setting.width, unit * 0.05, 4)
    edge = top + unit * 0.07
    sheet.patch(
        [(0, top), (setting.width, top), (setting.width, edge), (0, edge)],
        light.colour(scaled(own, 1.35), 1.0),
        light.colour(scaled(own, 0.6), 0.3),
        texture,
    )
    sheet.patch(
        [(0, edge), (setting.width, edge), (setting.width, setting.height), (0, setting.height)],
        light.colour((0.88, 0.82, 0.68), 0.8),
        light.colour((0.6, 0.5, 0.38), 0.3),
        texture,
    )
    for x in np.arange(unit * 0.04, setting.width, unit * 0.4):
        box = [
            (x, edge + unit * 0.06),
            (x + unit * 0.34, edge + unit * 0.06),
            (x + unit * 0.34, setting.height),
            (x, setting.height),
        ]
        sheet.patch(box, light.colour(scaled(gold, 0.8), 0.7), light.colour(scaled(gold, 0.5), 0.3))
        inner = [
            (x + unit * 0.015, edge + unit * 0.075),
            (x + unit * 0.325, edge + unit * 0.075),
            (x + unit * 0.325, setting.height),
            (x + unit * 0.015, setting.height),
        ]
        sheet.patch(inner, light.colour((0.90, 0.85, 0.72), 0.8), light.colour((0.66, 0.56, 0.42), 0.3), texture)
    sheet.patch(
        [(0, edge), (setting.width, edge), (setting.width, edge + unit * 0.022), (0, edge + unit * 0.022)],
        light.colour(scaled(gold, 1.2), 1.0),
        light.colour(scaled(gold, 0.6), 0.3),
    )
    return sheet


def workbench(setting: Setting, top: float) -> Surface:
    """A worn bench: thick planks, shavings, a few tools lying about."""
    rng, sheet, light, unit = setting.rng("front workbench"), setting.sheet(), setting.light, setting.unit
    slab(setting, sheet, top, max(unit * 0.1, (setting.height - top) * 0.45), (0.64, 0.47, 0.31), 0.34)
    for _ in range(26):
        x, y = rng.uniform(0, setting.width), top + unit * rng.uniform(0.01, 0.08)
        turn = rng.uniform(0, 6.3)
        sheet.stroke(
            [(x + unit * 0.012 * np.cos(turn + t), y + unit * 0.006 * np.sin(turn + t)) for t in np.linspace(0, 3, 6)],
            light.colour((0.90, 0.76, 0.54), 0.9),
            unit * 0.004,
        )
    for x in (0.12, 0.8):
        left, y = setting.x(x), top + unit * 0.05
        sheet.stroke(
            [(left, y), (left + unit * 0.1, y + unit * 0.006)], light.colour((0.62, 0.30, 0.20), 0.8), unit * 0.02
        )
        sheet.stroke(
            [(left + unit * 0.1, y + unit * 0.006), (left + unit * 0.2, y + unit * 0.014)],
            light.colour((0.70, 0.72, 0.74), 0.9),
            unit * 0.009,
        )
    return sheet
