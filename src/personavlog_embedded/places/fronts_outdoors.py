"""What stands between the lens and the person outdoors: flowers, a wall, a railing, a pier, a stall, glass, clouds;
opaque below its upper edge."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import plants, room_parts
from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.front_top import rail, slab, snow_cap
from personavlog_embedded.render.noise import fractal, line
from personavlog_embedded.render.palette import CLOTHS
from personavlog_embedded.render.puffs import fluffy, spheres
from personavlog_embedded.render.setting import Setting
from personavlog_embedded.render.sky import towards
from personavlog_embedded.render.streetlights import string_lights


def meadow(setting: Setting, top: float) -> Surface:
    """High grass with flowers."""
    rng, sheet, light = setting.rng("front meadow"), setting.sheet(), setting.light
    xs = np.arange(0, setting.width + 1, 8, dtype=np.float64)
    crest = top + (line(rng, len(xs), 20, 3) - 1.0) * setting.unit * 0.03
    ground = [
        (0.0, float(setting.height)),
        *zip(xs.tolist(), crest.tolist(), strict=True),
        (float(setting.width), float(setting.height)),
    ]
    texture = 0.75 + 0.5 * fractal(rng, setting.height, setting.width, setting.unit * 0.05, 4)
    own: Colour = (0.90, 0.93, 0.98) if light.weather == "snow" else (0.36, 0.54, 0.24)
    sheet.patch(ground, light.colour(own, 0.55), light.colour(scaled(own, 0.6), 0.2), texture)
    if light.weather == "snow":
        plants.grass(
            setting,
            sheet,
            rng,
            top + setting.unit * 0.05,
            setting.height * 1.02,
            round(setting.width / 12),
            (0.62, 0.60, 0.50),
            setting.unit * 0.07,
            0.05,
        )
        return sheet
    count = int(2300 * setting.width / 1400 * max(0.6, (setting.height - top) / (setting.unit * 0.42)))
    plants.grass(
        setting, sheet, rng, top + setting.unit * 0.05, setting.height * 1.05, count, own, setting.unit * 0.1, 0.05
    )
    plants.flowers(
        setting, sheet, rng, top + setting.unit * 0.02, setting.height * 1.02, count // 8, setting.unit * 0.019, 0.05
    )
    return sheet


def wall(setting: Setting, top: float) -> Surface:
    """A low wall of rough stones with a cap and some ivy."""
    rng, sheet, light = setting.rng("front wall"), setting.sheet(), setting.light
    stone: Colour = (0.66, 0.63, 0.58)
    slab(setting, sheet, top, setting.unit * 0.04, stone, 0.3)
    size = setting.unit * 0.085
    texture = 0.8 + 0.4 * fractal(rng, setting.height, setting.width, setting.unit * 0.03, 4)
    y, row = top + setting.unit * 0.05, 0
    while y < setting.height:
        x = -size * rng.uniform(0.2, 1.2)
        while x < setting.width:
            wide = size * rng.uniform(0.9, 1.9)
            own = scaled(mix(stone, (0.52, 0.50, 0.44), rng.random()), rng.uniform(0.8, 1.1))
            jig = rng.normal(0, size * 0.05, 8)
            corners = [
                (x + jig[0], y + jig[1]),
                (x + wide + jig[2], y + jig[3]),
                (x + wide + jig[4], y + size * 0.82 + jig[5]),
                (x + jig[6], y + size * 0.82 + jig[7]),
            ]
            sheet.patch(corners, light.colour(own, 0.8), light.colour(scaled(own, 0.8), 0.3), texture)
            x += wide + size * 0.1
        y, row = y + size * 0.92, row + 1
    for _ in range(4):
        x = rng.uniform(0, setting.width)
        room_parts.plant(sheet, rng, light, x, top + setting.unit * 0.02, setting.unit * 0.14, hang=True)
    if light.weather == "snow":
        snow_cap(setting, sheet, top)
    return sheet


def railing(setting: Setting, top: float) -> Surface:
    """A balcony parapet: planted boxes in front of a plastered wall with a wooden rail, bulbs hung along it."""
    rng, sheet, light = setting.rng("front railing"), setting.sheet(), setting.light
    plaster: Colour = (0.78, 0.73, 0.68)
    texture = 0.85 + 0.3 * fractal(rng, setting.height, setting.width, setting.unit * 0.08, 5, 0.6)
    sheet.patch(
        [
            (0, top + setting.unit * 0.03),
            (setting.width, top + setting.unit * 0.03),
            (setting.width, setting.height),
            (0, setting.height),
        ],
        light.colour(plaster, 0.6),
        light.colour(scaled(plaster, 0.7), 0.3),
        texture,
    )
    rail(setting, sheet, top, setting.unit * 0.035)
    for number in range(4):
        x = (number + rng.uniform(0.2, 0.8)) * setting.width / 4
        _planter(setting, sheet, x, top + setting.unit * 0.13, setting.unit * 0.26)
    string_lights(
        setting,
        sheet,
        "front bulbs",
        (-20, top + setting.unit * 0.05),
        (setting.width + 20, top + setting.unit * 0.04),
        setting.unit * 0.05,
        18,
    )
    if light.weather == "snow":
        snow_cap(setting, sheet, top)
    return sheet


def _planter(setting: Setting, sheet: Surface, x: float, y: float, width: float) -> None:
    rng, light = setting.rng(f"planter {x:.0f}"), setting.light
    clay: Colour = (0.62, 0.38, 0.28)
    sheet.patch(
        [
            (x - width / 2, y),
            (x + width / 2, y),
            (x + width * 0.46, y + width * 0.3),
            (x - width * 0.46, y + width * 0.3),
        ],
        light.colour(clay, 0.8),
        light.colour(scaled(clay, 0.7), 0.3),
    )
    own = plants.BLOSSOMS[int(rng.integers(len(plants.BLOSSOMS)))]
    plants.crown(
        setting,
        sheet,
        rng,
        [(x + rng.uniform(-0.36, 0.36) * width, y - width * rng.uniform(-0.02, 0.12)) for _ in range(5)],
        width * 0.17,
        (0.34, 0.52, 0.26),
        0.0,
        0.8,
    )
    for _ in range(30):
        plants.blossom(
            sheet,
            rng,
            light,
            x + rng.uniform(-0.48, 0.48) * width,
            y - width * rng.uniform(-0.12, 0.2),
            width * 0.034,
            own,
            0.0,
        )


def pier(setting: Setting, top: float) -> Surface:
    """The side of a wooden pier: two rails, posts and boards behind, a rope over them."""
    rng, sheet, light = setting.rng("front pier"), setting.sheet(), setting.light
    wood: Colour = (0.66, 0.56, 0.45)
    texture = 0.78 + 0.44 * fractal(rng, setting.height, setting.width, setting.unit * 0.04, 5, 0.6, stretch=0.12)
    step, x = setting.unit * 0.11, -5.0
    while x < setting.width:
        own, wide = scaled(wood, rng.uniform(0.78, 1.05)), step * rng.uniform(0.85, 1.1)
        low = top + setting.unit * rng.uniform(0.012, 0.028)
        sheet.patch(
            [(x, low), (x + wide, low), (x + wide, setting.height), (x, setting.height)],
            light.colour(own, 0.7),
            light.colour(scaled(own, 0.75), 0.35),
            texture,
        )
        sheet.stroke(
            [(x + wide, low), (x + wide, setting.height)],
            light.colour(scaled(wood, 0.35), 0.3),
            max(2, setting.unit * 0.004),
        )
        x += wide
    rail(setting, sheet, top, setting.unit * 0.042, wood)
    knots = np.linspace(-0.1, 1.1, 60)
    rope = [(t * setting.width, top + setting.unit * (0.06 + 0.05 * abs(np.sin(t * 9)))) for t in knots]
    sheet.stroke(rope, light.colour((0.55, 0.46, 0.32), 0.3), setting.unit * 0.02)
    sheet.stroke(
        [(px, py - setting.unit * 0.004) for px, py in rope],
        light.colour((0.88, 0.78, 0.58), 0.9),
        setting.unit * 0.008,
    )
    if light.weather == "snow":
        snow_cap(setting, sheet, top)
    return sheet


def stall(setting: Setting, top: float) -> Surface:
    """A market counter: sloping crates full of fruit over a cloth."""
    rng, sheet, light = setting.rng("front stall"), setting.sheet(), setting.light
    fruits: tuple[Colour, ...] = (
        (0.90, 0.28, 0.22),
        (0.98, 0.66, 0.18),
        (0.55, 0.70, 0.26),
        (0.96, 0.84, 0.30),
        (0.62, 0.26, 0.42),
        (0.95, 0.50, 0.34),
    )
    unit = setting.unit
    cloth = CLOTHS[int(rng.integers(len(CLOTHS)))]
    sheet.patch(
        [
            (0, top + unit * 0.1),
            (setting.width, top + unit * 0.1),
            (setting.width, setting.height),
            (0, setting.height),
        ],
        light.colour(cloth, 0.7),
        light.colour(scaled(cloth, 0.6), 0.25),
    )
    sheet.rect(0, top + unit * 0.02, setting.width, top + unit * 0.12, light.colour((0.26, 0.18, 0.13), 0.3))
    wide, x = unit * 0.3, -unit * 0.08
    while x < setting.width:
        own = fruits[int(rng.integers(len(fruits)))]
        size = unit * rng.uniform(0.02, 0.03)
        sheet.rect(x, top + unit * 0.03, x + wide, top + unit * 0.2, light.colour((0.3, 0.2, 0.14), 0.3))
        for row in range(7):
            for column in range(int(wide / size / 1.5)):
                fx, fy = (
                    x + size + column * size * 1.55 + rng.normal(0, size * 0.2),
                    top + unit * 0.02 + row * size * 1.05,
                )
                tone = scaled(own, rng.uniform(0.85, 1.1))
                sheet.ellipse(fx, fy, size, size, light.colour(scaled(tone, 0.6), 0.35))
                sheet.ellipse(
                    fx + light.side * size * 0.16, fy - size * 0.12, size * 0.82, size * 0.8, light.colour(tone, 0.7)
                )
                sheet.ellipse(
                    fx + light.side * size * 0.32,
                    fy - size * 0.36,
                    size * 0.26,
                    size * 0.2,
                    light.colour(mix(tone, (1, 1, 1), 0.5), 1.0),
                )
        for y in (top + unit * 0.17, top + unit * 0.215):
            sheet.patch(
                [(x, y), (x + wide, y), (x + wide, y + unit * 0.036), (x, y + unit * 0.036)],
                light.colour((0.76, 0.58, 0.38), 0.95),
                light.colour((0.58, 0.42, 0.28), 0.4),
            )
        x += wide + unit * 0.015
    return sheet


def glass(setting: Setting, top: float) -> Surface:
    """A dark metal parapet with a glowing edge."""
    rng, sheet, light = setting.rng("front glass"), setting.sheet(), setting.light
    steel: Colour = (0.34, 0.38, 0.46)
    texture = 0.9 + 0.2 * fractal(rng, setting.height, setting.width, setting.unit * 0.1, 4, stretch=6)
    sheet.patch(
        [(0, top), (setting.width, top), (setting.width, setting.height), (0, setting.height)],
        light.colour(steel, 0.6),
        light.colour(scaled(steel, 0.45), 0.3),
        texture,
    )
    sheet.patch(
        [(0, top), (setting.width, top), (setting.width, top + setting.unit * 0.03), (0, top + setting.unit * 0.03)],
        light.colour(scaled(steel, 1.7), 1.0),
        light.colour(steel, 0.5),
    )
    neon: Colour = (0.35, 0.92, 1.0)
    for reach, alpha in ((0.05, 0.12), (0.028, 0.22), (0.006, 1.0)):
        y = top + setting.unit * 0.05
        sheet.patch(
            [
                (0, y - setting.unit * reach),
                (setting.width, y - setting.unit * reach),
                (setting.width, y + setting.unit * reach),
                (0, y + setting.unit * reach),
            ],
            neon,
            neon,
            alpha=alpha,
        )
    for x in np.arange(0, setting.width, setting.unit * 0.42):
        sheet.patch(
            [
                (x, top + setting.unit * 0.08),
                (x + setting.unit * 0.02, top + setting.unit * 0.08),
                (x + setting.unit * 0.02, setting.height),
                (x, setting.height),
            ],
            light.colour(scaled(steel, 1.3), 0.8),
            light.colour(scaled(steel, 0.5), 0.3),
        )
    return sheet


def clouds(setting: Setting, top: float) -> Surface:
    """A bank of cloud that reaches over the lower edge."""
    rng, sheet, light = setting.rng("front clouds"), setting.sheet(), setting.light
    unit, height = setting.unit, int(setting.height - top + setting.unit * 0.1)
    puffs = np.array(
        [
            (
                rng.uniform(-0.05, 1.05) * setting.width,
                unit * rng.uniform(0.1, 0.2) + rng.random() ** 0.7 * height,
                unit * rng.uniform(0.05, 0.13),
                rng.normal(0, 20),
            )
            for _ in range(160)
        ],
        np.float32,
    )
    cover, lit = fluffy(rng, *spheres(height, setting.width, puffs, towards(light)), unit * 0.09, unit * 0.03)
    cover[int(unit * 0.11) :] = 1.0
    tone = np.clip(lit * 1.3 - 0.35, 0, 1) * np.linspace(1, 0.55, height, dtype=np.float32)[:, None]
    dark, bright = np.asarray(light.cloud_shade, np.float32), np.asarray(light.cloud_lit, np.float32)
    sheet.blend(dark + (bright - dark) * tone[..., None], cover, int(setting.height - height))
    return sheet
