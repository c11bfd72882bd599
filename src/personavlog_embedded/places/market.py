"""A market street: stalls with awnings and heaps of fruit on both sides, lanterns above."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.places.street import entry, far_town, heading, strollers
from personavlog_embedded.render import facades, ground, room_parts
from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.light import Light, lamplit
from personavlog_embedded.render.palette import CLOTHS, LAMP
from personavlog_embedded.render.setting import Painted, Setting, composite
from personavlog_embedded.render.sky import sky


def market(setting: Setting) -> list[Painted]:
    """A market street: stalls with awnings and fruit on both sides, lanterns above."""
    unit, horizon, light, way = setting.unit, setting.horizon, setting.light, heading(setting)
    layers = sky(setting, 0.9)
    layers.append(Painted("far town", "far", 0.85, far_town(setting)))
    houses = setting.sheet()
    for side in (-1, 1):
        facades.street(setting, f"row {way} {side}", side, entry(setting, 1.5, side), 6.5, houses, 1.5, 6, rise=1.9)
    square = ground.paving(
        setting, "square", horizon + unit * 0.07, (0.76, 0.68, 0.58), 0.26, depth=0.35, centre=setting.vanish
    )
    if light.weather == "rain":
        ground.wet(
            setting, square, composite(setting, [*layers, Painted("", "mid", 0.5, houses)]), horizon + unit * 0.05
        )
    layers.append(Painted("square", "ground", 0.5, square))
    layers.append(Painted("houses", "mid", 0.48, houses))
    far = setting.sheet()
    for z in (4.2, 3.2, 2.5):
        for side in (-1, 1):
            _stall(setting, far, f"stall {way} {z} {side}", side, z)
    layers.append(Painted("far stalls", "mid", 0.45, far))
    people = setting.sheet()
    strollers(setting, people, "market")
    layers.append(Painted("crowd", "mid", 0.38, people))
    near = setting.sheet()
    for z in (1.95, 1.5):
        for side in (-1, 1):
            _stall(setting, near, f"stall {way} {z} {side}", side, z)
    layers.append(Painted("near stalls", "near", 0.28, near))
    wires = setting.sheet()
    for number in range(3):
        z = (4.0, 2.6, 1.7)[number]
        y = horizon - unit * 0.78 / z
        _lanterns(setting, wires, f"lanterns {number}", y, unit * 0.75 / z * 1.5, unit * 0.05 / z, 7)
    layers.append(Painted("lanterns", "near", 0.25, wires))
    return layers


def _lanterns(setting: Setting, sheet: Surface, tag: str, y: float, half: float, size: float, count: int) -> None:
    rng, light, middle = setting.rng(tag), setting.light, setting.vanish
    ts = np.linspace(-1, 1, count)
    points = [(middle + half * t, y + size * 1.6 * (1 - t * t)) for t in ts]
    sheet.stroke(points, light.colour((0.2, 0.16, 0.15), 0.3), max(1, size * 0.06))
    for x, top in points:
        own = CLOTHS[int(rng.integers(len(CLOTHS)))] if rng.random() < 0.5 else (0.88, 0.32, 0.24)
        if light.dark:
            sheet.glow(x, top + size, size * 3.2, mix(own, LAMP, 0.6), 0.6)
        body = mix(own, LAMP, 0.62) if light.dark else light.colour(own, 0.9)
        sheet.ellipse(x, top + size * 0.9, size * 0.62, size * 0.72, scaled(body, 0.82))
        sheet.ellipse(x + light.side * size * 0.12, top + size * 0.84, size * 0.42, size * 0.6, body)
        sheet.rect(
            x - size * 0.22,
            top + size * 0.14,
            x + size * 0.22,
            top + size * 0.28,
            light.colour((0.25, 0.18, 0.14), 0.4),
        )


def _stall(setting: Setting, sheet: Surface, tag: str, side: int, z: float) -> None:
    """One stall at distance ``z``: posts, a counter with crates, a striped awning."""
    rng, light, unit = setting.rng(tag), setting.light, setting.unit
    across = 1.02 if setting.width > setting.height else 0.84
    middle, foot = setting.vanish + side * unit * across / z, setting.horizon + (setting.height - setting.horizon) / z
    half, tall, depth = unit * 0.46 / z, unit * 0.94 / z, min(0.5, 0.11 * (z - 1))
    x0, x1, lit = middle - half, middle + half, 0.85 if side * light.side < 0 else 0.4
    if light.dark:
        # Every stall has a lamp of its own, whichever side the moon shines on.
        light, lit = lamplit(light), 0.9
    ground.shadow(setting, sheet, middle, foot, half * 1.05, 0.4)
    sheet.patch(
        [(x0, foot - tall * 0.86), (x1, foot - tall * 0.86), (x1, foot), (x0, foot)],
        light.colour((0.34, 0.25, 0.2), 0.3, depth),
        light.colour((0.26, 0.2, 0.17), 0.15, depth),
    )
    if light.dark:
        sheet.glow(middle, foot - tall * 0.62, half * 1.1, LAMP, 0.75)
    room_parts.jars(sheet, rng, light, x0 + half * 0.15, x1 - half * 0.15, foot - tall * 0.5, tall * 0.18)
    cloth = CLOTHS[int(rng.integers(len(CLOTHS)))]
    sheet.patch(
        [(x0, foot - tall * 0.4), (x1, foot - tall * 0.4), (x1, foot), (x0, foot)],
        light.colour(mix(cloth, (0.9, 0.86, 0.76), 0.5), lit, depth),
        light.colour(scaled(cloth, 0.6), lit * 0.5, depth),
    )
    _crates(sheet, rng, light, x0, x1, foot - tall * 0.42, tall, lit, depth)
    for x in (x0, x1):
        sheet.stroke([(x, foot), (x, foot - tall)], light.colour((0.56, 0.42, 0.3), lit, depth), max(1, half * 0.05))
    facades.awning(sheet, light, x0 - half * 0.16, x1 + half * 0.16, foot - tall * 1.02, tall * 0.24, cloth, lit, depth)


def _crates(
    sheet: Surface,
    rng: np.random.Generator,
    light: Light,
    x0: float,
    x1: float,
    foot: float,
    tall: float,
    lit: float,
    depth: float,
) -> None:
    count = 3
    wide = (x1 - x0) / count
    fruits: tuple[Colour, ...] = (
        (0.90, 0.28, 0.22),
        (0.98, 0.66, 0.18),
        (0.55, 0.70, 0.26),
        (0.96, 0.84, 0.30),
        (0.62, 0.26, 0.42),
        (0.95, 0.5, 0.6),
    )
    for number in range(count):
        left, own = x0 + number * wide, fruits[int(rng.integers(len(fruits)))]
        _heap(sheet, rng, light, (left, foot - tall * 0.01, wide), own, lit, depth)
        sheet.patch(
            [
                (left + wide * 0.03, foot + tall * 0.02),
                (left + wide * 0.97, foot + tall * 0.02),
                (left + wide * 0.93, foot + tall * 0.11),
                (left + wide * 0.07, foot + tall * 0.11),
            ],
            light.colour((0.76, 0.58, 0.38), lit, depth),
            light.colour((0.5, 0.36, 0.24), lit * 0.5, depth),
        )


def _heap(
    sheet: Surface,
    rng: np.random.Generator,
    light: Light,
    crate: tuple[float, float, float],
    own: Colour,
    lit: float,
    depth: float,
    rows: int = 5,
) -> None:
    """Fruit heaped high over a crate: its left edge, foot and width in px; the rows narrow upwards, the lowest is in
    front."""
    left, foot, wide = crate
    size = wide * 0.118
    for row in range(rows - 1, -1, -1):
        count = 5 - max(row - 1, 0)
        for column in range(count):
            x = left + wide * 0.5 + (column - (count - 1) / 2) * size * 1.65 + rng.normal(0, size * 0.15)
            y, tone = foot - row * size * 1.25, scaled(own, rng.uniform(0.82, 1.15))
            sheet.ellipse(x, y, size, size, light.colour(scaled(tone, 0.66), lit * 0.6, depth))
            sheet.ellipse(
                x + light.side * size * 0.2, y - size * 0.2, size * 0.72, size * 0.72, light.colour(tone, lit, depth)
            )
