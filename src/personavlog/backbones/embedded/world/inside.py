"""Places indoors: cafe, kitchen, living room, library, train compartment."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from personavlog.backbones.embedded.world import buildings, land, plants, rooms
from personavlog.backbones.embedded.world.light import Light
from personavlog.backbones.embedded.world.noise import fractal
from personavlog.backbones.embedded.world.rooms import WOOD, Room, indoor
from personavlog.backbones.embedded.world.setting import Painted, Setting
from personavlog.backbones.embedded.world.sky import sky
from personavlog.backbones.embedded.world.surface import Colour, Surface, mix, scaled


def _room(setting: Setting, left: float, top: float, right: float, foot: float) -> Room:
    back = (setting.x(left), setting.y(top), setting.x(right), setting.below(foot))
    return Room(replace(setting, light=indoor(setting.light)), back, indoor(setting.light))


def _outside(setting: Setting, town: bool) -> list[Painted]:
    """What is seen through a window."""
    unit, horizon = setting.unit, setting.horizon
    layers = sky(setting, 0.8)
    far = land.hills(setting, "outside hills", horizon + unit * 0.02, unit * 0.2, 0.75, trees=0.6)
    layers.append(Painted("outside far", "far", 0.88, far))
    view = setting.sheet()
    if town:
        buildings.across(setting, view, horizon + unit * 0.13, unit * 0.42)
        view.rect(0, horizon + unit * 0.12, setting.width, setting.height, setting.light.colour((0.7, 0.66, 0.6), 0.6, 0.3))
    else:
        view.rect(0, horizon + unit * 0.02, setting.width, setting.height, setting.light.colour((0.42, 0.58, 0.28), 0.7, 0.3))
        for x in (0.22, 0.42, 0.62, 0.8):
            plants.tree(setting, view, setting.rng(f"garden {x}"), setting.x(x), horizon + unit * 0.1, unit * 0.42, (0.36, 0.55, 0.25), 0.45, 0.5)
    layers.append(Painted("outside", "mid", 0.72, view))
    return layers


def cafe(setting: Setting) -> list[Painted]:
    """A warm cafe: a wide window to the street, a bar with shelves, pendant lamps, small tables."""
    room = _room(setting, 0.1, 0.10, 0.9, 0.36)
    s, light, unit = room.setting, room.light, setting.unit
    layers = _outside(setting, town=True)
    shell_ = s.sheet()
    rooms.shell(room, shell_, (0.62, 0.66, 0.58), (0.56, 0.40, 0.28), (0.82, 0.78, 0.70))
    x0, y0, x1, y1 = room.back
    wide = x1 - x0
    glass = (x0 + wide * 0.40, y0 + (y1 - y0) * 0.14, x0 + wide * 0.95, y0 + (y1 - y0) * 0.72)
    rooms.pane(shell_, light, glass, 4, 1, (0.34, 0.27, 0.22), 0.018)
    _panels(s, shell_, x0, x1, y0 + (y1 - y0) * 0.80, y1, (0.42, 0.30, 0.22))
    rooms.shaft(shell_, light, glass, s.below(0.9), -light.side * wide * 0.3)
    layers.append(Painted("cafe", "mid", 0.6, shell_))
    bar = s.sheet()
    rng = s.rng("bar")
    rooms.shelf(bar, rng, light, (x0 + wide * 0.02, y0 + (y1 - y0) * 0.12, x0 + wide * 0.33, y0 + (y1 - y0) * 0.62), 4, things=1.0)
    top, left, right = y0 + (y1 - y0) * 0.70, 0.0, x0 + wide * 0.37
    bar.patch(
        [(left, top), (right, top), (right, s.below(0.5)), (left, s.below(0.62))], light.colour((0.30, 0.40, 0.38), 0.75), light.colour((0.2, 0.26, 0.25), 0.25)
    )
    for x in np.linspace(left, right, 9):
        bar.stroke([(x, top + unit * 0.03), (x, s.below(0.56))], light.colour((0.16, 0.22, 0.21), 0.4), unit * 0.006)
    bar.patch(
        [(left, top - unit * 0.022), (right + unit * 0.03, top - unit * 0.022), (right + unit * 0.03, top + unit * 0.02), (left, top + unit * 0.02)],
        light.colour(scaled(WOOD, 1.15), 1.0),
        light.colour(scaled(WOOD, 0.7), 0.3),
    )
    rooms.jars(bar, rng, light, x0 + wide * 0.06, right - unit * 0.12, top - unit * 0.02, unit * 0.085)
    _machine(bar, light, x0 + wide * 0.3, top - unit * 0.022, unit * 0.15)
    layers.append(Painted("bar", "mid", 0.45, bar))
    near = s.sheet()
    for x, y, size in ((0.58, 0.5, 0.24), (0.83, 0.55, 0.28), (0.28, 0.74, 0.3), (0.93, 0.86, 0.4)):
        for way in (-1, 1):
            rooms.chair(near, light, s.x(x) + way * unit * size * 0.72, s.below(y) + unit * 0.04, unit * size * 0.62)
        rooms.table(near, rng, light, s.x(x), s.below(y), unit * size, unit * size * 0.75)
        near.ellipse(s.x(x) - unit * 0.03, s.below(y) - unit * 0.012, unit * 0.017, unit * 0.014, light.colour((0.95, 0.92, 0.86), 0.9))
    for x, y, size in ((0.22, 0.30, 0.05), (0.42, 0.26, 0.055), (0.64, 0.22, 0.065), (0.87, 0.17, 0.08)):
        rooms.pendant(near, light, s.x(x), s.y(y), unit * size)
    rooms.plant(near, rng, light, s.x(0.985), s.y(0.06), unit * 0.34, hang=True)
    layers.append(Painted("tables", "near", 0.28, near))
    return layers


def _panels(setting: Setting, sheet: Surface, x0: float, x1: float, top: float, foot: float, wood: Colour) -> None:
    light = setting.light
    sheet.patch([(x0, top), (x1, top), (x1, foot), (x0, foot)], light.colour(wood, 0.7), light.colour(scaled(wood, 0.75), 0.4))
    step = (x1 - x0) / 16
    for number in range(16):
        left = x0 + number * step
        sheet.patch(
            [
                (left + step * 0.14, top + (foot - top) * 0.2),
                (left + step * 0.86, top + (foot - top) * 0.2),
                (left + step * 0.86, foot - (foot - top) * 0.12),
                (left + step * 0.14, foot - (foot - top) * 0.12),
            ],
            light.colour(scaled(wood, 0.82), 0.5),
            light.colour(scaled(wood, 0.95), 0.6),
        )
    sheet.stroke([(x0, top), (x1, top)], light.colour(scaled(wood, 1.3), 1.0), max(2, setting.unit * 0.006))


def _machine(sheet: Surface, light: Light, x: float, foot: float, size: float) -> None:
    steel: Colour = (0.74, 0.74, 0.74)
    sheet.patch(
        [(x - size * 0.5, foot - size * 0.75), (x + size * 0.5, foot - size * 0.75), (x + size * 0.5, foot), (x - size * 0.5, foot)],
        light.colour(steel, 1.0),
        light.colour(scaled(steel, 0.5), 0.3),
    )
    sheet.rect(x - size * 0.42, foot - size * 0.45, x + size * 0.42, foot - size * 0.1, light.colour((0.2, 0.2, 0.2), 0.4))
    sheet.rect(x - size * 0.54, foot - size * 0.84, x + size * 0.54, foot - size * 0.72, light.colour((0.72, 0.3, 0.24), 0.8))
    for at in (-0.2, 0.2):
        sheet.rect(x + at * size - size * 0.08, foot - size * 0.45, x + at * size + size * 0.08, foot - size * 0.33, light.colour(steel, 0.9))
        sheet.rect(x + at * size - size * 0.06, foot - size * 0.2, x + at * size + size * 0.06, foot - size * 0.08, light.colour((0.95, 0.93, 0.9), 0.9))


def kitchen(setting: Setting) -> list[Painted]:
    """A country kitchen: window over the sink, tiles, shelves of jars, hanging pans."""
    room = _room(setting, 0.06, 0.06, 0.94, 0.42)
    s, light, unit = room.setting, room.light, setting.unit
    layers = _outside(setting, town=False)
    wall = s.sheet()
    rooms.shell(room, wall, (0.92, 0.86, 0.74), (0.70, 0.52, 0.38))
    x0, y0, x1, y1 = room.back
    wide, tall = x1 - x0, y1 - y0
    _tiles(s, wall, x0, x1, y0 + tall * 0.44, y0 + tall * 0.72)
    glass = (x0 + wide * 0.36, y0 + tall * 0.10, x0 + wide * 0.66, y0 + tall * 0.58)
    rooms.pane(wall, light, glass, 2, 2)
    for side, (a, b) in enumerate(((glass[0] - wide * 0.045, glass[0] + wide * 0.02), (glass[2] - wide * 0.02, glass[2] + wide * 0.045))):
        rooms.curtain(wall, light, a, b, glass[1] - tall * 0.05, glass[3] - tall * 0.02, (0.93, 0.78, 0.50) if side >= 0 else WOOD, 4)
    rooms.shaft(wall, light, glass, s.below(0.85), -light.side * wide * 0.3)
    layers.append(Painted("kitchen", "mid", 0.6, wall))
    units = s.sheet()
    rng = s.rng("units")
    for a, b in ((0.05, 0.3), (0.72, 0.96)):
        for share in (0.17, 0.36):
            y = y0 + tall * share
            rooms.jars(units, rng, light, x0 + wide * (a + 0.01), x0 + wide * (b - 0.01), y, tall * 0.12)
            units.patch(
                [(x0 + wide * a, y), (x0 + wide * b, y), (x0 + wide * b, y + tall * 0.022), (x0 + wide * a, y + tall * 0.022)],
                light.colour(scaled(WOOD, 1.1), 0.95),
                light.colour(scaled(WOOD, 0.6), 0.3),
            )
    _counter(s, units, x0, x1, y0 + tall * 0.72, y1, rng)
    _pans(s, units, x0 + wide * 0.1, x0 + wide * 0.27, y0 + tall * 0.44, tall * 0.15)
    rooms.pot(units, rng, light, x0 + wide * 0.40, y0 + tall * 0.59, tall * 0.16)
    rooms.pot(units, rng, light, x0 + wide * 0.62, y0 + tall * 0.59, tall * 0.14)
    layers.append(Painted("units", "mid", 0.48, units))
    near = s.sheet()
    rooms.pendant(near, light, s.x(0.3), s.y(0.19), unit * 0.075, (0.62, 0.3, 0.24))
    rooms.pendant(near, light, s.x(0.72), s.y(0.17), unit * 0.08, (0.62, 0.3, 0.24))
    for x, seat in ((0.14, 0.7), (0.88, 0.74)):
        rooms.chair(near, light, s.x(x), s.below(seat), unit * 0.3)
    rooms.plant(near, rng, light, s.x(0.04), s.y(0.02), unit * 0.3, hang=True)
    layers.append(Painted("lamps", "near", 0.28, near))
    return layers


def _tiles(setting: Setting, sheet: Surface, x0: float, x1: float, top: float, foot: float) -> None:
    light, rng, size = setting.light, setting.rng("tiles"), setting.unit * 0.042
    for y in np.arange(top, foot, size):
        for x in np.arange(x0, x1, size):
            own = scaled(mix((0.80, 0.88, 0.86), (0.50, 0.68, 0.70), float(rng.random() < 0.22)), rng.uniform(0.93, 1.05))
            sheet.patch(
                [(x + 1, y + 1), (min(x + size - 1, x1), y + 1), (min(x + size - 1, x1), min(y + size - 1, foot)), (x + 1, min(y + size - 1, foot))],
                light.colour(own, 0.9),
                light.colour(own, 0.6),
            )


def _counter(setting: Setting, sheet: Surface, x0: float, x1: float, top: float, foot: float, rng: np.random.Generator) -> None:
    light, unit, paint = setting.light, setting.unit, (0.46, 0.60, 0.56)
    left, right = x0 - unit * 0.3, x1 + unit * 0.3
    sheet.patch(
        [(left, top), (right, top), (right, foot + unit * 0.02), (left, foot + unit * 0.02)], light.colour(paint, 0.75), light.colour(scaled(paint, 0.7), 0.35)
    )
    step = (right - left) / 11
    for number in range(11):
        a = left + number * step
        if number == 7:
            sheet.patch([(a, top), (a + step, top), (a + step, foot), (a, foot)], light.colour((0.3, 0.3, 0.32), 0.7), light.colour((0.16, 0.16, 0.18), 0.3))
            sheet.patch(
                [
                    (a + step * 0.12, top + unit * 0.06),
                    (a + step * 0.88, top + unit * 0.06),
                    (a + step * 0.88, foot - unit * 0.03),
                    (a + step * 0.12, foot - unit * 0.03),
                ],
                (0.95, 0.5, 0.2),
                (0.35, 0.14, 0.1),
            )
            continue
        sheet.patch(
            [
                (a + step * 0.08, top + unit * 0.045),
                (a + step * 0.92, top + unit * 0.045),
                (a + step * 0.92, foot - unit * 0.015),
                (a + step * 0.08, foot - unit * 0.015),
            ],
            light.colour(scaled(paint, 1.12), 0.85),
            light.colour(scaled(paint, 0.8), 0.4),
        )
        sheet.ellipse(a + step * 0.8, (top + foot) / 2, unit * 0.007, unit * 0.007, light.colour((0.82, 0.68, 0.4), 1.0))
    sheet.patch(
        [(left, top - unit * 0.024), (right, top - unit * 0.024), (right, top + unit * 0.018), (left, top + unit * 0.018)],
        light.colour(scaled(WOOD, 1.2), 1.0),
        light.colour(scaled(WOOD, 0.7), 0.3),
    )
    rooms.jars(sheet, rng, light, x0 + unit * 0.05, x0 + (x1 - x0) * 0.3, top - unit * 0.022, unit * 0.1)
    rooms.jars(sheet, rng, light, x0 + (x1 - x0) * 0.72, x1 - unit * 0.05, top - unit * 0.022, unit * 0.09)


def _pans(setting: Setting, sheet: Surface, x0: float, x1: float, y: float, size: float) -> None:
    light = setting.light
    sheet.stroke([(x0, y), (x1, y)], light.colour((0.3, 0.26, 0.22), 0.5), max(2, size * 0.05))
    for number, x in enumerate(np.linspace(x0 + size * 0.3, x1 - size * 0.3, 4)):
        reach = size * (0.26 + 0.05 * (number % 2))
        own: Colour = (0.76, 0.46, 0.30) if number % 2 else (0.36, 0.36, 0.38)
        sheet.stroke([(x, y), (x, y + size * 0.5)], light.colour(scaled(own, 0.7), 0.5), max(2, size * 0.06))
        sheet.ellipse(x, y + size * 0.5 + reach, reach, reach, light.colour(scaled(own, 0.75), 0.4))
        sheet.ellipse(x + light.side * reach * 0.12, y + size * 0.48 + reach, reach * 0.8, reach * 0.82, light.colour(own, 0.9))


def living(setting: Setting) -> list[Painted]:
    """A living room with a bed of cushions, books, plants and fairy lights."""
    room = _room(setting, 0.12, 0.07, 0.88, 0.4)
    s, light, unit = room.setting, room.light, setting.unit
    layers = _outside(setting, town=False)
    wall = s.sheet()
    own: Colour = (0.80, 0.74, 0.72) if setting.seed % 2 else (0.66, 0.74, 0.72)
    rooms.shell(room, wall, own, (0.66, 0.48, 0.34))
    x0, y0, x1, y1 = room.back
    wide, tall = x1 - x0, y1 - y0
    glass = (x0 + wide * 0.36, y0 + tall * 0.12, x0 + wide * 0.68, y0 + tall * 0.64)
    rooms.pane(wall, light, glass, 3, 2)
    for a, b in ((glass[0] - wide * 0.09, glass[0] + wide * 0.01), (glass[2] - wide * 0.01, glass[2] + wide * 0.09)):
        rooms.curtain(wall, light, a, b, glass[1] - tall * 0.06, glass[3] + tall * 0.14, (0.90, 0.72, 0.52))
    wall.stroke(
        [(glass[0] - wide * 0.11, glass[1] - tall * 0.06), (glass[2] + wide * 0.11, glass[1] - tall * 0.06)], light.colour((0.4, 0.28, 0.2), 0.6), unit * 0.008
    )
    rooms.shaft(wall, light, glass, s.below(0.9), -light.side * wide * 0.3)
    _rug(s, wall)
    layers.append(Painted("room", "mid", 0.6, wall))
    things = s.sheet()
    rng = s.rng("things")
    rooms.shelf(things, rng, light, (x0 + wide * 0.03, y0 + tall * 0.2, x0 + wide * 0.23, y1 + unit * 0.02), 5)
    for box in ((0.79, 0.14, 0.88, 0.32), (0.905, 0.2, 0.975, 0.34), (0.80, 0.38, 0.87, 0.48)):
        rooms.picture(things, rng, light, (x0 + wide * box[0], y0 + tall * box[1], x0 + wide * box[2], y0 + tall * box[3]))
    _couch(s, things, x0 + wide * 0.30, x0 + wide * 0.76, y1 + unit * 0.07, unit * 0.26)
    rooms.pot(things, rng, light, x0 + wide * 0.26, y1 + unit * 0.06, unit * 0.42)
    _floor_lamp(s, things, x0 + wide * 0.82, y1 + unit * 0.05, unit * 0.5)
    buildings.string_lights(s, things, "fairy", (x0, y0 + tall * 0.05), (x1, y0 + tall * 0.05), unit * 0.035, 16)
    layers.append(Painted("furniture", "mid", 0.46, things))
    near = s.sheet()
    rooms.pot(near, rng, light, s.x(0.05), s.below(0.98), unit * 0.72)
    rooms.plant(near, rng, light, s.x(0.97), s.y(0.03), unit * 0.34, hang=True)
    rooms.table(near, rng, light, s.x(0.62), s.below(0.72), unit * 0.46, unit * 0.2)
    layers.append(Painted("plants", "near", 0.27, near))
    return layers


def _rug(setting: Setting, sheet: Surface) -> None:
    rng, light, unit = setting.rng("rug"), setting.light, setting.unit
    x, y = setting.x(0.54), setting.below(0.7)
    base = rooms.cloth(rng)
    for ring, share in enumerate((1.0, 0.9, 0.7, 0.6, 0.36)):
        own = mix(base, (0.93, 0.87, 0.76), 0.75 if ring % 2 else 0.25)
        sheet.ellipse(x, y, unit * 0.62 * share, unit * 0.17 * share, light.colour(own, 0.7))


def _couch(setting: Setting, sheet: Surface, x0: float, x1: float, foot: float, tall: float) -> None:
    rng, light = setting.rng("couch"), setting.light
    own = mix(rooms.cloth(rng), (0.72, 0.64, 0.56), 0.35)
    texture = 0.9 + 0.2 * fractal(rng, setting.height, setting.width, setting.unit * 0.03, 4)
    sheet.patch([(x0, foot), (x1, foot), (x1, foot + tall * 0.08), (x0, foot + tall * 0.08)], (0.1, 0.06, 0.06), (0.1, 0.06, 0.06), alpha=0.35)
    back = [(x0 + (x1 - x0) * t, foot - tall + tall * 0.3 * (2 * t - 1) ** 8) for t in np.linspace(0.03, 0.97, 30)]
    sheet.patch([*back, (x1, foot), (x0, foot)], light.colour(own, 0.85), light.colour(scaled(own, 0.7), 0.3), texture)
    seat = foot - tall * 0.42
    sheet.patch([(x0, seat), (x1, seat), (x1, foot), (x0, foot)], light.colour(scaled(own, 1.12), 0.95), light.colour(scaled(own, 0.65), 0.25), texture)
    for x in (x0, x1):
        sheet.ellipse(x, foot - tall * 0.4, tall * 0.16, tall * 0.36, light.colour(scaled(own, 1.05), 0.8))
    for number in range(3):
        px, size, tone = x0 + (x1 - x0) * (0.2 + 0.28 * number + rng.uniform(-0.05, 0.05)), tall * 0.22, rooms.cloth(rng)
        sheet.patch(
            [(px - size, seat - size * 1.4), (px + size, seat - size * 1.5), (px + size * 1.05, seat + size * 0.25), (px - size * 1.05, seat + size * 0.2)],
            light.colour(mix(tone, (0.95, 0.9, 0.8), 0.3), 0.95),
            light.colour(scaled(tone, 0.75), 0.3),
        )


def _floor_lamp(setting: Setting, sheet: Surface, x: float, foot: float, tall: float) -> None:
    light = setting.light
    if light.dark:
        sheet.glow(x, foot - tall * 0.88, tall * 0.75, buildings.LAMP, 0.6)
    sheet.stroke([(x, foot), (x, foot - tall * 0.8)], light.colour((0.26, 0.2, 0.16), 0.5), max(2, tall * 0.018))
    own: Colour = (1.0, 0.88, 0.62) if light.dark else light.colour((0.93, 0.86, 0.72), 0.9)
    sheet.patch(
        [(x - tall * 0.1, foot - tall), (x + tall * 0.1, foot - tall), (x + tall * 0.17, foot - tall * 0.76), (x - tall * 0.17, foot - tall * 0.76)],
        own,
        scaled(own, 0.85),
    )


def library(setting: Setting) -> list[Painted]:
    """A long library between high bookcases, an arched window at its end."""
    room = _room(setting, 0.36, 0.16, 0.64, 0.2)
    s, light, unit = room.setting, room.light, setting.unit
    layers = _outside(setting, town=False)
    hall = s.sheet()
    rooms.shell(room, hall, (0.74, 0.62, 0.48), (0.58, 0.38, 0.25), (0.55, 0.44, 0.34))
    x0, y0, x1, y1 = room.back
    wide, tall = x1 - x0, y1 - y0
    _arch(s, hall, (x0 + x1) / 2, y0 + tall * 0.1, y0 + tall * 0.82, wide * 0.26)
    _carpet(s, hall, room)
    layers.append(Painted("hall", "mid", 0.66, hall))
    far, near = s.sheet(), s.sheet()
    for side in (-1, 1):
        _stacks(s, far, room, side, 1.05, 2.9, 3)
        _stacks(s, near, room, side, 0.5, 1.05, 2)
    rng = s.rng("library things")
    for x, y, size in ((0.415, 0.24, 0.03), (0.585, 0.24, 0.03), (0.37, 0.16, 0.05), (0.63, 0.16, 0.05)):
        rooms.pendant(far, light, s.x(x), s.y(y), unit * size, (0.5, 0.36, 0.2))
    layers.append(Painted("far stacks", "mid", 0.5, far))
    _ladder(s, near, s.x(0.27), s.y(0.12), s.x(0.31), s.below(0.62))
    rooms.pot(near, rng, light, s.x(0.69), s.below(0.5), unit * 0.26)
    layers.append(Painted("near stacks", "near", 0.28, near))
    _dust(s, layers)
    return layers


def _arch(setting: Setting, sheet: Surface, x: float, top: float, foot: float, half: float) -> None:
    light = setting.light
    bow = [(x + half * np.cos(a), top + half * 1.1 - half * 1.1 * np.sin(a)) for a in np.linspace(0, np.pi, 24)]
    frame = [(x + (px - x) * 1.14, top + (py - top) * 1.0 - half * 0.14) for px, py in bow]
    sheet.patch(
        [*frame, (x - half * 1.14, foot + half * 0.1), (x + half * 1.14, foot + half * 0.1)],
        light.colour((0.9, 0.86, 0.78), 0.9),
        light.colour((0.7, 0.64, 0.56), 0.5),
    )
    rooms.hole(sheet, [*bow, (x - half, foot), (x + half, foot)])
    for at in (-0.5, 0.0, 0.5):
        sheet.stroke([(x + at * half, top + half * 0.15), (x + at * half, foot)], light.colour((0.5, 0.42, 0.34), 0.5), max(2, half * 0.05))
    for share in (0.35, 0.6, 0.82):
        sheet.stroke(
            [(x - half, top + (foot - top) * share), (x + half, top + (foot - top) * share)], light.colour((0.5, 0.42, 0.34), 0.5), max(2, half * 0.05)
        )
    if not light.night:
        sheet.glow(x, (top + foot) / 2, half * 3.0, mix(light.key, (1, 0.97, 0.88), 0.4), 0.45)


def _carpet(setting: Setting, sheet: Surface, room: Room) -> None:
    light, middle = room.light, setting.width / 2
    x0, _, x1, y1 = room.back
    for share, own in ((0.62, (0.56, 0.20, 0.18)), (0.54, (0.80, 0.62, 0.36)), (0.51, (0.60, 0.23, 0.20))):
        near, far = setting.unit * share * 0.75, (x1 - x0) * share * 0.42
        sheet.patch(
            [(middle - far, y1), (middle + far, y1), (middle + near, setting.height), (middle - near, setting.height)],
            light.colour(own, 0.5),
            light.colour(own, 0.85),
        )


def _stacks(setting: Setting, sheet: Surface, room: Room, side: int, near: float, far: float, count: int) -> None:
    """Bookcases along a wall, each set into the perspective of the hall."""
    x0, y0, x1, y1 = room.back
    vanish, eye = (setting.width / 2, (y0 + y1) / 2 + (y1 - y0) * 0.12), 3.0
    corner = (x0 if side < 0 else x1, y0, y1)
    cuts = np.geomspace(near, far, count + 1)
    for number in range(count - 1, -1, -1):
        rng = setting.rng(f"stack {side} {near} {number}")
        tile = Surface(560, 420)
        lit = 0.72 if side * room.light.side < 0 else 0.5
        rooms.shelf(tile, rng, room.light, (8, 12, 412, 556), 7, (0.48, 0.32, 0.21), lit + 0.05 * number, 0.06)
        at = [eye / cuts[number], eye / cuts[number + 1]]
        xs = [vanish[0] + (corner[0] - vanish[0]) * k for k in at]
        tops = [vanish[1] + (corner[1] - vanish[1]) * k for k in at]
        feet = [vanish[1] + (corner[2] - vanish[1]) * k for k in at]
        order = (
            [(xs[0], tops[0]), (xs[1], tops[1]), (xs[1], feet[1]), (xs[0], feet[0])]
            if side < 0
            else [(xs[1], tops[1]), (xs[0], tops[0]), (xs[0], feet[0]), (xs[1], feet[1])]
        )
        buildings.onto(sheet, tile, order)


def _ladder(setting: Setting, sheet: Surface, x0: float, top: float, x1: float, foot: float) -> None:
    light, wide = setting.light, setting.unit * 0.075
    for at in (0, wide):
        sheet.stroke([(x0 + at, top), (x1 + at, foot)], light.colour((0.56, 0.40, 0.26), 0.8), setting.unit * 0.012)
    for share in np.linspace(0.08, 0.95, 9):
        x, y = x0 + (x1 - x0) * share, top + (foot - top) * share
        sheet.stroke([(x, y), (x + wide, y)], light.colour((0.62, 0.45, 0.3), 0.9), setting.unit * 0.01)


def _dust(setting: Setting, layers: list[Painted]) -> None:
    """Light from the end window hanging in the air."""
    light = setting.light
    if light.night:
        return
    sheet = setting.sheet()
    grid_y, grid_x = np.mgrid[0 : setting.height, 0 : setting.width].astype(np.float32)
    middle = setting.width / 2
    ray = np.arctan2(grid_x - middle, grid_y - setting.horizon * 0.45)
    spokes = np.interp(ray.ravel(), np.linspace(-1.2, 1.2, 60), setting.rng("dust").random(60)).reshape(ray.shape).astype(np.float32)
    fade = np.exp(-np.hypot(grid_x - middle, grid_y - setting.horizon * 0.6) / (setting.unit * 0.5))
    sheet.blend(scaled(mix(light.key, (1.0, 0.93, 0.75), 0.5), 1.0), fade * spokes * (grid_y > setting.horizon * 0.5) * 0.36)
    layers.append(Painted("light in the air", "near", 0.26, sheet))


def train(setting: Setting) -> list[Painted]:
    """A compartment by a wide window, the land passing outside."""
    unit, horizon = setting.unit, setting.horizon
    layers = sky(setting, 0.9)
    layers.append(Painted("mountains", "far", 0.94, land.mountains(setting, "passing range", horizon, unit * 0.24, 0.88, snow=0.4)))
    fields = land.hills(setting, "fields a", horizon + unit * 0.03, unit * 0.11, 0.62, (0.56, 0.66, 0.32), 0.3)
    fields.over(land.hills(setting, "fields b", horizon + unit * 0.12, unit * 0.12, 0.42, (0.66, 0.68, 0.34), 0.35))
    layers.append(Painted("land", "mid", 0.8, fields))
    passing = land.hills(setting, "fields c", horizon + unit * 0.22, unit * 0.1, 0.2, (0.48, 0.62, 0.28), 0.15)
    for x in (0.18, 0.42, 0.71, 0.93):
        plants.bush(setting, passing, setting.rng(f"passing {x}"), setting.x(x), horizon + unit * 0.22, unit * 0.2, (0.34, 0.5, 0.24), 0.2)
    layers.append(Painted("passing land", "mid", 0.66, passing))
    inner = replace(setting, light=indoor(setting.light))
    cabin = inner.sheet()
    _cabin(inner, cabin)
    layers.append(Painted("cabin", "near", 0.4, cabin))
    seats = inner.sheet()
    _seats(inner, seats)
    layers.append(Painted("seats", "near", 0.26, seats))
    return layers


def _cabin(setting: Setting, sheet: Surface) -> None:
    light, unit, rng = setting.light, setting.unit, setting.rng("cabin")
    wood: Colour = (0.68, 0.50, 0.35)
    texture = 0.86 + 0.28 * fractal(rng, setting.height, setting.width, unit * 0.07, 5, 0.6, stretch=7)
    sheet.patch(
        [(0, 0), (setting.width, 0), (setting.width, setting.height), (0, setting.height)],
        light.colour(wood, 0.62),
        light.colour(scaled(wood, 0.7), 0.4),
        texture,
    )
    top, foot = setting.y(0.2), setting.below(0.42)
    half = min(unit * 0.78, setting.width * 0.40)
    middle = setting.width / 2
    rooms.pane(sheet, light, (middle - half, top, middle + half, foot), 2, 1, (0.50, 0.36, 0.26), 0.02)
    sheet.stroke([(middle - half, top + (foot - top) * 0.24), (middle + half, top + (foot - top) * 0.24)], light.colour((0.5, 0.36, 0.26), 0.7), unit * 0.013)
    cloth: Colour = (0.42, 0.50, 0.44)
    for a, b in ((-half - unit * 0.06, -half + unit * 0.09), (half - unit * 0.09, half + unit * 0.06)):
        rooms.curtain(sheet, light, middle + a, middle + b, top - unit * 0.03, foot - unit * 0.02, cloth, 4)
    sheet.patch(
        [
            (middle - half * 1.15, top - unit * 0.05),
            (middle + half * 1.15, top - unit * 0.05),
            (middle + half * 1.15, top - unit * 0.025),
            (middle - half * 1.15, top - unit * 0.025),
        ],
        light.colour((0.82, 0.68, 0.42), 1.0),
        light.colour((0.5, 0.38, 0.22), 0.4),
    )
    for y in (setting.y(0.08), setting.y(0.095)):
        sheet.stroke([(0, y), (setting.width, y)], light.colour((0.78, 0.64, 0.4), 0.9), unit * 0.008)
    for x in (0.12, 0.26, 0.74, 0.87):
        own, wide, tall = rooms.BOOKS[int(rng.integers(len(rooms.BOOKS)))], unit * rng.uniform(0.2, 0.28), unit * rng.uniform(0.08, 0.12)
        left, low = setting.x(x) - wide / 2, setting.y(0.08)
        sheet.patch(
            [(left, low - tall), (left + wide, low - tall), (left + wide, low), (left, low)],
            light.colour(scaled(own, 1.1), 0.85),
            light.colour(scaled(own, 0.6), 0.3),
        )
        sheet.stroke([(left + wide * 0.2, low - tall), (left + wide * 0.2, low)], light.colour((0.8, 0.66, 0.4), 0.8), unit * 0.006)
    for x in (-1, 1):
        at = middle + x * half * 1.14
        if light.dark:
            sheet.glow(at, setting.y(0.3), unit * 0.3, buildings.LAMP, 0.55)
        sheet.ellipse(at, setting.y(0.3), unit * 0.026, unit * 0.036, (1.0, 0.93, 0.74) if light.dark else light.colour((0.92, 0.88, 0.78), 0.9))


def _seats(setting: Setting, sheet: Surface) -> None:
    light, unit, rng = setting.light, setting.unit, setting.rng("seats")
    texture = 0.88 + 0.24 * fractal(rng, setting.height, setting.width, unit * 0.025, 4)
    own: Colour = (0.36, 0.46, 0.40) if setting.seed % 2 else (0.58, 0.26, 0.24)
    for way, at in ((-1, 0.0), (1, float(setting.width))):
        reach = min(unit * 0.36, setting.width * 0.24)
        top = setting.y(0.36)
        back = [
            (at, top),
            (at - way * reach * 0.45, top - unit * 0.02),
            (at - way * reach * 0.62, top + unit * 0.06),
            (at - way * reach * 0.8, setting.below(0.52)),
            (at - way * reach * 1.35, setting.below(0.54)),
            (at - way * reach * 1.4, setting.below(0.72)),
            (at - way * reach, setting.height),
            (at, setting.height),
        ]
        sheet.patch(back, light.colour(scaled(own, 1.15), 0.9), light.colour(scaled(own, 0.6), 0.25), texture)
        for share in (0.28, 0.52):
            sheet.stroke(
                [(at - way * reach * share, top), (at - way * reach * (share + 0.18), setting.below(0.5))], light.colour(scaled(own, 0.6), 0.3), unit * 0.008
            )
        sheet.patch(
            [
                (at - way * reach * 0.05, top - unit * 0.015),
                (at - way * reach * 0.5, top - unit * 0.03),
                (at - way * reach * 0.58, top + unit * 0.12),
                (at - way * reach * 0.05, top + unit * 0.13),
            ],
            light.colour((0.95, 0.92, 0.86), 0.95),
            light.colour((0.85, 0.81, 0.74), 0.5),
        )
        sheet.patch(
            [
                (at - way * reach * 0.8, setting.below(0.52)),
                (at - way * reach * 1.35, setting.below(0.54)),
                (at - way * reach * 1.38, setting.below(0.62)),
                (at - way * reach * 0.74, setting.below(0.62)),
            ],
            light.colour(scaled(own, 1.3), 1.0),
            light.colour(own, 0.7),
            texture,
        )
