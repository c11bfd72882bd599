"""What stands between the lens and the person: a bank of flowers, a wall, a railing, a counter; opaque below its upper edge."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from personavlog.backbones.embedded.world import plants, rooms
from personavlog.backbones.embedded.world.buildings import CLOTHS, string_lights
from personavlog.backbones.embedded.world.noise import fractal, line
from personavlog.backbones.embedded.world.puffs import fluffy, spheres
from personavlog.backbones.embedded.world.setting import Setting
from personavlog.backbones.embedded.world.sky import towards
from personavlog.backbones.embedded.world.surface import Colour, Surface, mix, scaled

FrontPainter = Callable[[Setting, float], Surface]
"""Paints a front whose upper edge lies at about the given px from the top, over the whole width and down to the lower edge."""


def _slab(setting: Setting, sheet: Surface, top: float, edge: float, own: Colour, grain: float = 0.14) -> None:
    """A flat top of ``edge`` px seen from slightly above, and the side below it."""
    light, texture = setting.light, 1 - grain / 2 + grain * fractal(setting.rng("slab"), setting.height, setting.width, setting.unit * 0.05, 5, 0.6, stretch=7)
    width, height = setting.width, setting.height
    sheet.patch([(0, top), (width, top), (width, top + edge), (0, top + edge)], light.colour(own, 0.75), light.colour(scaled(own, 1.08), 1.0), texture)
    sheet.patch(
        [(0, top + edge), (width, top + edge), (width, height), (0, height)],
        light.colour(scaled(own, 0.74), 0.5),
        light.colour(scaled(own, 0.5), 0.25),
        texture,
    )
    sheet.patch([(0, top + edge), (width, top + edge), (width, top + edge * 1.5), (0, top + edge * 1.5)], (0, 0, 0), (0, 0, 0), alpha=0.22)
    sheet.stroke([(0, top + edge), (width, top + edge)], light.colour(scaled(own, 1.25), 1.0), max(1, setting.unit * 0.003))


def meadow(setting: Setting, top: float) -> Surface:
    """High grass with flowers."""
    rng, sheet, light = setting.rng("front meadow"), setting.sheet(), setting.light
    xs = np.arange(0, setting.width + 1, 8, dtype=np.float64)
    crest = top + (line(rng, len(xs), 20, 3) - 1.0) * setting.unit * 0.03
    ground = [(0.0, float(setting.height)), *zip(xs.tolist(), crest.tolist(), strict=True), (float(setting.width), float(setting.height))]
    texture = 0.75 + 0.5 * fractal(rng, setting.height, setting.width, setting.unit * 0.05, 4)
    own: Colour = (0.90, 0.93, 0.98) if light.weather == "snow" else (0.36, 0.54, 0.24)
    sheet.patch(ground, light.colour(own, 0.55), light.colour(scaled(own, 0.6), 0.2), texture)
    if light.weather == "snow":
        plants.grass(
            setting, sheet, rng, top + setting.unit * 0.05, setting.height * 1.02, round(setting.width / 12), (0.62, 0.60, 0.50), setting.unit * 0.07, 0.05
        )
        return sheet
    count = int(2300 * setting.width / 1400 * max(0.6, (setting.height - top) / (setting.unit * 0.42)))
    plants.grass(setting, sheet, rng, top + setting.unit * 0.05, setting.height * 1.05, count, own, setting.unit * 0.1, 0.05)
    plants.flowers(setting, sheet, rng, top + setting.unit * 0.02, setting.height * 1.02, count // 8, setting.unit * 0.019, 0.05)
    return sheet


def wall(setting: Setting, top: float) -> Surface:
    """A low wall of rough stones with a cap and some ivy."""
    rng, sheet, light = setting.rng("front wall"), setting.sheet(), setting.light
    stone: Colour = (0.66, 0.63, 0.58)
    _slab(setting, sheet, top, setting.unit * 0.04, stone, 0.3)
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
        rooms.plant(sheet, rng, light, x, top + setting.unit * 0.02, setting.unit * 0.14, hang=True)
    if light.weather == "snow":
        _snow_cap(setting, sheet, top)
    return sheet


def _snow_cap(setting: Setting, sheet: Surface, top: float) -> None:
    xs = np.linspace(0, setting.width, 80)
    bumps = line(setting.rng("cap"), 80, 9, 3) * setting.unit * 0.03
    outline = [(0.0, top + setting.unit * 0.02), *zip(xs.tolist(), (top - bumps).tolist(), strict=True), (float(setting.width), top + setting.unit * 0.02)]
    sheet.patch(outline, setting.light.colour((0.97, 0.98, 1.0), 1.0), setting.light.colour((0.9, 0.93, 1.0), 0.5))


def railing(setting: Setting, top: float) -> Surface:
    """A balcony parapet: planted boxes in front of a plastered wall with a wooden rail, bulbs hung along it."""
    rng, sheet, light = setting.rng("front railing"), setting.sheet(), setting.light
    plaster: Colour = (0.78, 0.73, 0.68)
    texture = 0.85 + 0.3 * fractal(rng, setting.height, setting.width, setting.unit * 0.08, 5, 0.6)
    sheet.patch(
        [(0, top + setting.unit * 0.03), (setting.width, top + setting.unit * 0.03), (setting.width, setting.height), (0, setting.height)],
        light.colour(plaster, 0.6),
        light.colour(scaled(plaster, 0.7), 0.3),
        texture,
    )
    _rail(setting, sheet, top, setting.unit * 0.035)
    for number in range(4):
        x = (number + rng.uniform(0.2, 0.8)) * setting.width / 4
        _planter(setting, sheet, x, top + setting.unit * 0.13, setting.unit * 0.26)
    string_lights(setting, sheet, "front bulbs", (-20, top + setting.unit * 0.05), (setting.width + 20, top + setting.unit * 0.04), setting.unit * 0.05, 18)
    if light.weather == "snow":
        _snow_cap(setting, sheet, top)
    return sheet


def _rail(setting: Setting, sheet: Surface, top: float, tall: float, own: Colour = (0.50, 0.36, 0.26)) -> None:
    light = setting.light
    texture = 0.85 + 0.3 * fractal(setting.rng("rail"), setting.height, setting.width, setting.unit * 0.03, 4, 0.6, stretch=9)
    sheet.patch(
        [(0, top), (setting.width, top), (setting.width, top + tall), (0, top + tall)],
        light.colour(scaled(own, 1.2), 1.0),
        light.colour(scaled(own, 0.7), 0.35),
        texture,
    )
    sheet.patch([(0, top + tall), (setting.width, top + tall), (setting.width, top + tall * 1.7), (0, top + tall * 1.7)], (0, 0, 0), (0, 0, 0), alpha=0.3)


def _planter(setting: Setting, sheet: Surface, x: float, y: float, width: float) -> None:
    rng, light = setting.rng(f"planter {x:.0f}"), setting.light
    clay: Colour = (0.62, 0.38, 0.28)
    sheet.patch(
        [(x - width / 2, y), (x + width / 2, y), (x + width * 0.46, y + width * 0.3), (x - width * 0.46, y + width * 0.3)],
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
        plants.blossom(sheet, rng, light, x + rng.uniform(-0.48, 0.48) * width, y - width * rng.uniform(-0.12, 0.2), width * 0.034, own, 0.0)


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
            [(x, low), (x + wide, low), (x + wide, setting.height), (x, setting.height)], light.colour(own, 0.7), light.colour(scaled(own, 0.75), 0.35), texture
        )
        sheet.stroke([(x + wide, low), (x + wide, setting.height)], light.colour(scaled(wood, 0.35), 0.3), max(2, setting.unit * 0.004))
        x += wide
    _rail(setting, sheet, top, setting.unit * 0.042, wood)
    knots = np.linspace(-0.1, 1.1, 60)
    rope = [(t * setting.width, top + setting.unit * (0.06 + 0.05 * abs(np.sin(t * 9)))) for t in knots]
    sheet.stroke(rope, light.colour((0.55, 0.46, 0.32), 0.3), setting.unit * 0.02)
    sheet.stroke([(px, py - setting.unit * 0.004) for px, py in rope], light.colour((0.88, 0.78, 0.58), 0.9), setting.unit * 0.008)
    if light.weather == "snow":
        _snow_cap(setting, sheet, top)
    return sheet


def table(setting: Setting, top: float) -> Surface:
    """The near edge of a wooden table or bar with a cup on it."""
    rng, sheet, light = setting.rng("front table"), setting.sheet(), setting.light
    wood: Colour = (0.60, 0.41, 0.27)
    _slab(setting, sheet, top, max(setting.unit * 0.1, (setting.height - top) * 0.42), wood, 0.34)
    cup(setting, sheet, setting.x(0.14 + 0.1 * rng.random()), top + setting.unit * 0.07, setting.unit * 0.1)
    _vase(setting, sheet, setting.x(0.86), top + setting.unit * 0.06, setting.unit * 0.16)
    del light
    return sheet


def cup(setting: Setting, sheet: Surface, x: float, foot: float, size: float, own: Colour = (0.93, 0.90, 0.84)) -> None:
    """A cup on a saucer."""
    light = setting.light
    sheet.ellipse(x, foot, size * 0.85, size * 0.2, light.colour(scaled(own, 0.6), 0.3))
    sheet.ellipse(x, foot - size * 0.04, size * 0.8, size * 0.18, light.colour(own, 0.85))
    left, right = (light.colour(own, 1.0), light.colour(own, 0.2)) if light.side < 0 else (light.colour(own, 0.2), light.colour(own, 1.0))
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
        sheet.stroke([(x, foot - size * 0.4), ((x + px) / 2, foot - size * 0.7), (px, py)], light.colour((0.3, 0.46, 0.24), 0.5), max(1, size * 0.02))
        plants.blossom(sheet, rng, light, px, py, size * 0.1, own, 0.0)
    glass: Colour = (0.62, 0.74, 0.76)
    sheet.patch(
        [(x - size * 0.14, foot - size * 0.5), (x + size * 0.14, foot - size * 0.5), (x + size * 0.2, foot), (x - size * 0.2, foot)],
        light.colour(glass, 1.0),
        light.colour(scaled(glass, 0.6), 0.2),
        sideways=True,
    )


def sofa(setting: Setting, top: float) -> Surface:
    """The rounded back of a sofa with a folded blanket."""
    rng, sheet, light = setting.rng("front sofa"), setting.sheet(), setting.light
    own = mix(rooms.cloth(rng), (0.7, 0.62, 0.54), 0.5)
    texture = 0.88 + 0.24 * fractal(rng, setting.height, setting.width, setting.unit * 0.025, 4)
    round_ = setting.unit * 0.06
    for number in range(3):
        x0, x1 = setting.width * (number / 3 - 0.02), setting.width * ((number + 1) / 3 + 0.02)
        outline = [(x0 + (x1 - x0) * t, top + round_ * (2 * t - 1) ** 6 + setting.unit * 0.01 * np.sin(t * 3.14)) for t in np.linspace(0, 1, 25)]
        sheet.patch(
            [*outline, (x1, setting.height), (x0, setting.height)], light.colour(scaled(own, 1.15), 0.95), light.colour(scaled(own, 0.7), 0.25), texture
        )
        sheet.stroke(
            [(x1 - setting.width * 0.02, top + round_), (x1 - setting.width * 0.02, setting.height)], light.colour(scaled(own, 0.5), 0.2), setting.unit * 0.01
        )
    throw = rooms.cloth(rng)
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


def stall(setting: Setting, top: float) -> Surface:
    """A market counter: sloping crates full of fruit over a cloth."""
    rng, sheet, light = setting.rng("front stall"), setting.sheet(), setting.light
    fruits: tuple[Colour, ...] = ((0.90, 0.28, 0.22), (0.98, 0.66, 0.18), (0.55, 0.70, 0.26), (0.96, 0.84, 0.30), (0.62, 0.26, 0.42), (0.95, 0.50, 0.34))
    unit = setting.unit
    cloth = CLOTHS[int(rng.integers(len(CLOTHS)))]
    sheet.patch(
        [(0, top + unit * 0.1), (setting.width, top + unit * 0.1), (setting.width, setting.height), (0, setting.height)],
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
                fx, fy = x + size + column * size * 1.55 + rng.normal(0, size * 0.2), top + unit * 0.02 + row * size * 1.05
                tone = scaled(own, rng.uniform(0.85, 1.1))
                sheet.ellipse(fx, fy, size, size, light.colour(scaled(tone, 0.6), 0.35))
                sheet.ellipse(fx + light.side * size * 0.16, fy - size * 0.12, size * 0.82, size * 0.8, light.colour(tone, 0.7))
                sheet.ellipse(fx + light.side * size * 0.32, fy - size * 0.36, size * 0.26, size * 0.2, light.colour(mix(tone, (1, 1, 1), 0.5), 1.0))
        for y in (top + unit * 0.17, top + unit * 0.215):
            sheet.patch(
                [(x, y), (x + wide, y), (x + wide, y + unit * 0.036), (x, y + unit * 0.036)],
                light.colour((0.76, 0.58, 0.38), 0.95),
                light.colour((0.58, 0.42, 0.28), 0.4),
            )
        x += wide + unit * 0.015
    return sheet


def desk(setting: Setting, top: float) -> Surface:
    """A reading table with piles of books."""
    rng, sheet, light = setting.rng("front desk"), setting.sheet(), setting.light
    _slab(setting, sheet, top, max(setting.unit * 0.09, (setting.height - top) * 0.4), (0.46, 0.30, 0.20), 0.34)
    for x in (0.1, 0.27, 0.9):
        y = top + setting.unit * rng.uniform(0.04, 0.08)
        for _ in range(int(rng.integers(2, 6))):
            own, wide, tall = rooms.BOOKS[int(rng.integers(len(rooms.BOOKS)))], setting.unit * rng.uniform(0.17, 0.23), setting.unit * rng.uniform(0.022, 0.036)
            left = setting.x(x) - wide / 2 + rng.normal(0, wide * 0.05)
            sheet.patch(
                [(left, y - tall), (left + wide, y - tall), (left + wide, y), (left, y)],
                light.colour(scaled(own, 1.15), 0.95),
                light.colour(scaled(own, 0.6), 0.3),
            )
            sheet.rect(left + wide * 0.9, y - tall * 0.85, left + wide * 1.0, y - tall * 0.15, light.colour((0.93, 0.88, 0.76), 0.8))
            y -= tall
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


def counter(setting: Setting, top: float) -> Surface:
    """A pale counter with a rounded stone edge, panels below and a shade under the edge."""
    rng, sheet, light, unit = setting.rng("front counter"), setting.sheet(), setting.light, setting.unit
    panel = mix(rooms.cloth(rng), (0.82, 0.82, 0.80), 0.72)
    _slab(setting, sheet, top, unit * 0.075, (0.86, 0.84, 0.80), 0.10)
    foot = top + unit * 0.075
    sheet.patch([(0, foot), (setting.width, foot), (setting.width, setting.height), (0, setting.height)], light.colour(panel, 0.7), light.colour(panel, 0.3))
    for x in np.arange(-unit * 0.1, setting.width, unit * 0.34):
        sheet.patch(
            [(x, foot + unit * 0.05), (x + unit * 0.3, foot + unit * 0.05), (x + unit * 0.3, setting.height), (x, setting.height)],
            light.colour(scaled(panel, 1.08), 0.85),
            light.colour(scaled(panel, 0.85), 0.35),
        )
    for share in (0.05, 0.03, 0.015):
        sheet.patch([(0, foot), (setting.width, foot), (setting.width, foot + unit * share), (0, foot + unit * share)], (0, 0, 0), alpha=0.12)
    return sheet


def velvet(setting: Setting, top: float) -> Surface:
    """The padded velvet rail of a box in the theatre, gilded below."""
    sheet, light, unit = setting.sheet(), setting.light, setting.unit
    own, gold = (0.62, 0.12, 0.16), (0.86, 0.68, 0.36)
    texture = 0.9 + 0.2 * fractal(setting.rng("front velvet"), setting.height, setting.width, unit * 0.05, 4)
    edge = top + unit * 0.07
    sheet.patch(
        [(0, top), (setting.width, top), (setting.width, edge), (0, edge)], light.colour(scaled(own, 1.35), 1.0), light.colour(scaled(own, 0.6), 0.3), texture
    )
    sheet.patch(
        [(0, edge), (setting.width, edge), (setting.width, setting.height), (0, setting.height)],
        light.colour((0.88, 0.82, 0.68), 0.8),
        light.colour((0.6, 0.5, 0.38), 0.3),
        texture,
    )
    for x in np.arange(unit * 0.04, setting.width, unit * 0.4):
        box = [(x, edge + unit * 0.06), (x + unit * 0.34, edge + unit * 0.06), (x + unit * 0.34, setting.height), (x, setting.height)]
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
    _slab(setting, sheet, top, max(unit * 0.1, (setting.height - top) * 0.45), (0.64, 0.47, 0.31), 0.34)
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
        sheet.stroke([(left, y), (left + unit * 0.1, y + unit * 0.006)], light.colour((0.62, 0.30, 0.20), 0.8), unit * 0.02)
        sheet.stroke([(left + unit * 0.1, y + unit * 0.006), (left + unit * 0.2, y + unit * 0.014)], light.colour((0.70, 0.72, 0.74), 0.9), unit * 0.009)
    return sheet


SURFACE: dict[FrontPainter, float] = {
    meadow: 0.06, clouds: 0.06, stall: 0.05, table: 0.075, desk: 0.07, pier: 0.024, railing: 0.02, wall: 0.024, glass: 0.018, sofa: 0.016,
    counter: 0.05, velvet: 0.03, workbench: 0.07
}  # fmt: skip
"""How far below a front's upper edge things stand on it, in units."""
TABLES: frozenset[FrontPainter] = frozenset((table, desk, counter, workbench, stall))
"""Fronts at which somebody can work, with their hands on them."""
