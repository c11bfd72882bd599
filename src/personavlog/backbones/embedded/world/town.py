"""Places in a town: street, market, rooftop over the city."""

from __future__ import annotations

import numpy as np

from personavlog.backbones.embedded.world import buildings, ground, land, passers, plants, ranges, rooms
from personavlog.backbones.embedded.world.buildings import CLOTHS, LAMP, string_lights
from personavlog.backbones.embedded.world.light import Light, lamplit
from personavlog.backbones.embedded.world.outlook import Outlook
from personavlog.backbones.embedded.world.setting import Painted, Setting, composite
from personavlog.backbones.embedded.world.sky import sky
from personavlog.backbones.embedded.world.surface import Colour, Surface, mix, scaled

STONE: Colour = (0.72, 0.68, 0.62)
WIDE, RISE = 0.95, 1.85
"""Half a street's width, and the height of its houses, as ``buildings.street`` takes them."""
STROLLERS = ((-1.1, 6.8), (0.9, 7.8), (-0.4, 9.2), (1.2, 10.4), (-1.2, 11.6), (0.3, 13.0), (1.0, 14.5), (-0.8, 16.0))
"""Metres from the middle of the street and ahead."""


def street(setting: Setting) -> list[Painted]:
    """An old-town street between shops, with lamps, wires and a tower at its end."""
    unit, horizon, way = setting.unit, setting.horizon, _way(setting)
    layers = sky(setting, 1.0)
    layers.append(Painted("far town", "far", 0.85, _far_town(setting)))
    rows = setting.sheet()
    for side in (-1, 1):
        buildings.street(setting, f"row {way} {side}", side, 1.75, 6.5, rows, WIDE, 4, rise=RISE)
    road = ground.paving(setting, "road", horizon + unit * 0.07, STONE, 0.22, depth=0.35, centre=setting.vanish)
    _pavements(setting, road)
    if setting.light.weather == "rain":
        ground.wet(setting, road, composite(setting, [*layers, Painted("", "mid", 0.5, rows)]), horizon + unit * 0.05)
    layers.append(Painted("road", "ground", 0.5, road))
    layers.append(Painted("far houses", "mid", 0.46, rows))
    people = setting.sheet()
    _strolling(setting, people, "street")
    layers.append(Painted("crowd", "mid", 0.38, people))
    near = setting.sheet()
    for side in (-1, 1):
        buildings.street(setting, f"near row {way} {side}", side, min(1.4, _edge(setting, WIDE, side)), 1.75, near, WIDE, 3, rise=RISE)
    rng = setting.rng(f"street things {way}")
    for x, foot, size in ((0.2, 0.6, 0.14), (0.805, 0.56, 0.13), (0.1, 0.86, 0.2), (0.92, 0.9, 0.22)):
        ground.shadow(setting, near, setting.beside(x), setting.below(foot), unit * size * 0.5)
        rooms.pot(near, rng, setting.light, setting.beside(x), setting.below(foot), unit * size)
    for x, foot, size in ((0.35, 0.36, 0.46), (0.65, 0.36, 0.46), (0.17, 0.74, 0.92)):
        buildings.lamp(near, setting.light, setting.beside(x), setting.below(foot), unit * size, 0.15)
    layers.append(Painted("near houses", "near", 0.28, near))
    wires = setting.sheet()
    for number, (y, sag) in enumerate(((0.16, 0.05), (0.29, 0.035))):
        string_lights(
            setting,
            wires,
            f"wire {number}",
            (setting.beside(0.12 + 0.13 * number), setting.y(y)),
            (setting.beside(0.88 - 0.12 * number), setting.y(y + 0.02)),
            unit * sag,
            13,
            flags=not setting.light.dark,
        )
    layers.append(Painted("garlands", "near", 0.24, wires))
    return layers


def _strolling(setting: Setting, sheet: Surface, tag: str) -> None:
    """People in the street, far ones first, at the scale at which the viewer's subject fills two thirds of the frame."""
    view, rng = Outlook(setting), setting.rng(f"{tag} {setting.angle}")
    for x, far in STROLLERS[::-1]:
        scale = view.focal / far
        at = passers.Body(setting.vanish + x * scale, setting.horizon + view.eye * scale, 1.7 * scale, int(rng.integers(-1, 2)), view.depth(far))
        passers.passer(sheet, np.random.default_rng(int(rng.integers(1 << 30))), view, at)


def _way(setting: Setting) -> str:
    """Which way along the street the viewer looks: other houses stand when one looks back."""
    return "back" if setting.angle == 3 else "ahead"


def _edge(setting: Setting, wide: float, side: int) -> float:
    """The distance at which a wall ``wide`` units beside the viewer enters the sheet."""
    return setting.unit * wide / (setting.vanish if side < 0 else setting.width - setting.vanish) * 0.92


def _far_town(setting: Setting) -> Surface:
    light, unit, sheet = setting.light, setting.unit, setting.sheet()
    sheet.over(land.hills(setting, "town hill", setting.horizon + unit * 0.05, unit * 0.2, 0.8, trees=0.6))
    rng = setting.rng("church")
    if setting.angle == 3:
        sheet.over(land.treeline(setting, "lower town", setting.horizon + unit * 0.06, unit * 0.16, 0.6, pines=0.3))
        return sheet
    x, foot, wide, tall = setting.vanish, setting.horizon + unit * 0.09, unit * 0.055, unit * 0.34
    own: Colour = (0.86, 0.78, 0.66)
    for left, width, high in ((-2.4, 1.7, 0.34), (0.9, 1.9, 0.42), (-4.2, 1.8, 0.28), (2.9, 1.9, 0.3), (-0.9, 1.8, 1.0)):
        x0, top = x + left * wide, foot - tall * high
        sheet.patch(
            [(x0, top), (x0 + width * wide, top), (x0 + width * wide, foot), (x0, foot)],
            light.colour(own, 0.85, 0.6),
            light.colour(own, 0.3, 0.6),
            sideways=True,
        )
        roof: Colour = (0.56, 0.34, 0.28) if light.weather != "snow" else (0.94, 0.95, 1.0)
        peak = tall * (0.42 if high == 1.0 else 0.14)
        sheet.patch(
            [(x0 - wide * 0.15, top), (x0 + width * wide / 2, top - peak), (x0 + width * wide + wide * 0.15, top)],
            light.colour(roof, 0.9, 0.55),
            light.colour(roof, 0.35, 0.55),
            sideways=True,
        )
        for _ in range(5):
            px, py = x0 + rng.uniform(0.2, 0.8) * width * wide, top + rng.uniform(0.1, 0.8) * (foot - top)
            glow = light.dark and rng.random() < 0.6
            sheet.rect(px - wide * 0.09, py - wide * 0.16, px + wide * 0.09, py + wide * 0.16, LAMP if glow else light.colour((0.3, 0.32, 0.38), 0.5, 0.6))
    return sheet


def _pavements(setting: Setting, sheet: Surface) -> None:
    light, vanish = setting.light, setting.vanish
    for side in (-1, 1):
        kerb, house = setting.unit * WIDE * 0.66, setting.unit * WIDE * 1.06
        top, eye = setting.horizon, setting.height - setting.horizon
        far = 8.0
        outer = [(vanish + side * house / 0.7, top + eye / 0.7), (vanish + side * house / far, top + eye / far)]
        inner = [(vanish + side * kerb / far, top + eye / far), (vanish + side * kerb / 0.7, top + eye / 0.7)]
        lit = 0.85 if side * light.side < 0 else 0.25
        sheet.patch([*outer, *inner], light.colour(STONE, lit, 0.4), light.colour(scaled(STONE, 1.12), lit), alpha=0.55)
        sheet.stroke(inner, light.colour(scaled(STONE, 1.25), 0.9), max(2, setting.unit * 0.006))


def market(setting: Setting) -> list[Painted]:
    """A market street: stalls with awnings and fruit on both sides, lanterns above."""
    unit, horizon, light, way = setting.unit, setting.horizon, setting.light, _way(setting)
    layers = sky(setting, 0.9)
    layers.append(Painted("far town", "far", 0.85, _far_town(setting)))
    houses = setting.sheet()
    for side in (-1, 1):
        buildings.street(setting, f"row {way} {side}", side, _edge(setting, 1.5, side), 6.5, houses, 1.5, 6, rise=1.9)
    square = ground.paving(setting, "square", horizon + unit * 0.07, (0.76, 0.68, 0.58), 0.26, depth=0.35, centre=setting.vanish)
    if light.weather == "rain":
        ground.wet(setting, square, composite(setting, [*layers, Painted("", "mid", 0.5, houses)]), horizon + unit * 0.05)
    layers.append(Painted("square", "ground", 0.5, square))
    layers.append(Painted("houses", "mid", 0.48, houses))
    far = setting.sheet()
    for z in (4.2, 3.2, 2.5):
        for side in (-1, 1):
            _stall(setting, far, f"stall {way} {z} {side}", side, z)
    layers.append(Painted("far stalls", "mid", 0.45, far))
    people = setting.sheet()
    _strolling(setting, people, "market")
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
        sheet.rect(x - size * 0.22, top + size * 0.14, x + size * 0.22, top + size * 0.28, light.colour((0.25, 0.18, 0.14), 0.4))


def _stall(setting: Setting, sheet: Surface, tag: str, side: int, z: float) -> None:
    """One stall at distance ``z``: posts, a counter with crates, a striped awning."""
    rng, light, unit = setting.rng(tag), setting.light, setting.unit
    middle, foot = setting.vanish + side * unit * 1.02 / z, setting.horizon + (setting.height - setting.horizon) / z
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
    rooms.jars(sheet, rng, light, x0 + half * 0.15, x1 - half * 0.15, foot - tall * 0.5, tall * 0.18)
    cloth = CLOTHS[int(rng.integers(len(CLOTHS)))]
    sheet.patch(
        [(x0, foot - tall * 0.4), (x1, foot - tall * 0.4), (x1, foot), (x0, foot)],
        light.colour(mix(cloth, (0.9, 0.86, 0.76), 0.5), lit, depth),
        light.colour(scaled(cloth, 0.6), lit * 0.5, depth),
    )
    _crates(sheet, rng, light, x0, x1, foot - tall * 0.42, tall, lit, depth)
    for x in (x0, x1):
        sheet.stroke([(x, foot), (x, foot - tall)], light.colour((0.56, 0.42, 0.3), lit, depth), max(1, half * 0.05))
    buildings.awning(sheet, light, x0 - half * 0.16, x1 + half * 0.16, foot - tall * 1.02, tall * 0.24, cloth, lit, depth)


def _crates(sheet: Surface, rng: np.random.Generator, light: Light, x0: float, x1: float, foot: float, tall: float, lit: float, depth: float) -> None:
    count = 4
    wide = (x1 - x0) / count
    fruits: tuple[Colour, ...] = ((0.90, 0.28, 0.22), (0.98, 0.66, 0.18), (0.55, 0.70, 0.26), (0.96, 0.84, 0.30), (0.62, 0.26, 0.42), (0.95, 0.5, 0.6))
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
    sheet: Surface, rng: np.random.Generator, light: Light, crate: tuple[float, float, float], own: Colour, lit: float, depth: float, rows: int = 6
) -> None:
    """Fruit heaped high over a crate: its left edge, foot and width in px; the rows narrow upwards, the lowest is in front."""
    left, foot, wide = crate
    size = wide * 0.085
    for row in range(rows - 1, -1, -1):
        count = 7 - row
        for column in range(count):
            x = left + wide * 0.5 + (column - (count - 1) / 2) * size * 1.65 + rng.normal(0, size * 0.15)
            y, tone = foot - row * size * 1.25, scaled(own, rng.uniform(0.82, 1.15))
            sheet.ellipse(x, y, size, size, light.colour(scaled(tone, 0.66), lit * 0.6, depth))
            sheet.ellipse(x + light.side * size * 0.2, y - size * 0.2, size * 0.72, size * 0.72, light.colour(tone, lit, depth))


def rooftop(setting: Setting) -> list[Painted]:
    """A planted roof terrace high over the city."""
    unit, horizon, light = setting.unit, setting.horizon, setting.light
    layers = sky(setting, 0.9)
    far = ranges.mountains(setting, "ridge", horizon + unit * 0.02, unit * 0.13, 0.96, snow=0.0)
    far.over(buildings.skyline(setting, "far city", horizon + unit * 0.1, unit * 0.34, 0.86))
    layers.append(Painted("far city", "far", 0.9, far))
    layers.append(Painted("city", "mid", 0.68, buildings.skyline(setting, "city", horizon + unit * 0.3, unit * 0.5, 0.55, (0.70, 0.66, 0.64), 1.2)))
    roofs = setting.sheet()
    _roofs(setting, roofs)
    layers.append(Painted("roofs", "mid", 0.5, roofs))
    deck = ground.paving(setting, "deck", setting.below(0.52), (0.66, 0.52, 0.40), 0.16, planks=True, depth=0.1)
    deck.pixels[: int(setting.below(0.62))] = 0
    layers.append(Painted("deck", "ground", 0.38, deck))
    near = setting.sheet()
    _parapet(setting, near)
    rng = setting.rng("pots")
    for x, foot, size in ((0.06, 0.95, 0.52), (0.17, 0.84, 0.32), (0.87, 0.84, 0.34), (0.96, 0.97, 0.56), (0.76, 0.78, 0.2)):
        ground.shadow(setting, near, setting.x(x), setting.below(foot), unit * size * 0.32)
        rooms.pot(near, rng, light, setting.x(x), setting.below(foot), unit * size)
    for x in (0.02, 0.98):
        near.stroke([(setting.x(x), setting.below(0.9)), (setting.x(x), setting.y(0.14))], light.colour((0.3, 0.26, 0.24), 0.5), unit * 0.014)
    string_lights(setting, near, "terrace a", (setting.x(0.02), setting.y(0.15)), (setting.x(0.98), setting.y(0.15)), unit * 0.13, 17)
    string_lights(setting, near, "terrace b", (setting.x(0.02), setting.y(0.15)), (setting.x(0.55), setting.y(-0.02)), unit * 0.08, 9)
    layers.append(Painted("terrace", "near", 0.25, near))
    return layers


def _parapet(setting: Setting, sheet: Surface) -> None:
    light, unit, top, foot = setting.light, setting.unit, setting.below(0.42), setting.below(0.64)
    for x in np.arange(0, setting.width, unit * 0.055):
        sheet.stroke([(x, top), (x, foot)], light.colour((0.26, 0.27, 0.3), 0.5), max(1, unit * 0.005))
    sheet.patch(
        [(0, top - unit * 0.012), (setting.width, top - unit * 0.012), (setting.width, top + unit * 0.012), (0, top + unit * 0.012)],
        light.colour((0.56, 0.42, 0.32), 1.0),
        light.colour((0.42, 0.3, 0.24), 0.3),
    )
    sheet.patch(
        [(0, foot - unit * 0.02), (setting.width, foot - unit * 0.02), (setting.width, foot + unit * 0.01), (0, foot + unit * 0.01)],
        light.colour((0.7, 0.66, 0.62), 0.9),
        light.colour((0.5, 0.47, 0.45), 0.3),
    )


def _roofs(setting: Setting, sheet: Surface) -> None:
    """Nearer houses seen from above: walls, tiled roofs, tanks and aerials."""
    rng, light, unit = setting.rng("roofs"), setting.light, setting.unit
    for row in range(3):
        foot, x = setting.below(0.32 + 0.2 * row), -unit * rng.uniform(0, 0.2)
        while x < setting.width:
            wide, tall, depth = unit * rng.uniform(0.2, 0.36), unit * rng.uniform(0.1, 0.2), 0.4 - 0.12 * row
            wall = buildings.WALLS[int(rng.integers(len(buildings.WALLS)))]
            front = buildings.Front(0.7, depth, wall, buildings.TRIMS[int(rng.integers(5))], 2, False)
            body = buildings.facade(rng, light, int(tall * 1.6), int(wide), front)
            buildings.onto(sheet, body, [(x, foot - tall), (x + wide, foot - tall), (x + wide, foot + tall * 0.6), (x, foot + tall * 0.6)])
            tiles: Colour = ((0.66, 0.36, 0.28), (0.44, 0.44, 0.48), (0.36, 0.46, 0.46), (0.60, 0.46, 0.36))[int(rng.integers(4))]
            tiles = mix(tiles, plants.SNOW, 0.85) if light.weather == "snow" else tiles
            rise = tall * rng.uniform(0.35, 0.7)
            sheet.patch(
                [(x - wide * 0.04, foot - tall), (x + wide * 0.12, foot - tall - rise), (x + wide * 0.88, foot - tall - rise), (x + wide * 1.04, foot - tall)],
                light.colour(tiles, 0.95, depth),
                light.colour(scaled(tiles, 0.8), 0.55, depth),
            )
            for share in np.linspace(0.15, 0.9, 5):
                y = foot - tall - rise * share
                sheet.stroke([(x - wide * (0.04 - 0.16 * share), y), (x + wide * (1.04 - 0.16 * share), y)], light.colour(scaled(tiles, 0.75), 0.6, depth), 1)
            _aerial(sheet, rng, setting, x + wide * rng.uniform(0.3, 0.7), foot - tall - rise * 0.6, unit * 0.09, depth)
            x += wide * rng.uniform(1.0, 1.25)


def _aerial(sheet: Surface, rng: np.random.Generator, setting: Setting, x: float, foot: float, tall: float, depth: float) -> None:
    light = setting.light
    if rng.random() < 0.4:
        own: Colour = (0.62, 0.48, 0.38)
        sheet.patch(
            [
                (x - tall * 0.3, foot - tall * 0.9),
                (x + tall * 0.3, foot - tall * 0.9),
                (x + tall * 0.3, foot - tall * 0.25),
                (x - tall * 0.3, foot - tall * 0.25),
            ],
            light.colour(own, 0.95, depth),
            light.colour(own, 0.2, depth),
            sideways=True,
        )
        sheet.polygon(
            [(x - tall * 0.34, foot - tall * 0.9), (x, foot - tall * 1.2), (x + tall * 0.34, foot - tall * 0.9)], light.colour(scaled(own, 0.8), 0.7, depth)
        )
        for at in (-0.24, 0.24):
            sheet.stroke([(x + at * tall, foot - tall * 0.25), (x + at * tall, foot)], light.colour(scaled(own, 0.5), 0.4, depth), max(1, tall * 0.05))
        return
    sheet.stroke([(x, foot), (x, foot - tall)], light.colour((0.3, 0.3, 0.33), 0.4, depth), 1)
    for share in (0.7, 0.82, 0.94):
        sheet.stroke([(x - tall * 0.25, foot - tall * share), (x + tall * 0.25, foot - tall * share)], light.colour((0.3, 0.3, 0.33), 0.4, depth), 1)
