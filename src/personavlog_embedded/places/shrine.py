"""A shrine garden: red gate, stone lanterns, the hall under its sweeping roof, a pond with a bridge, maples and
blossom."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from personavlog_embedded.render import beams, land, materials, ranges, vegetation
from personavlog_embedded.render.buildings import Masses, facing, shadows
from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.floors import GroundPlane
from personavlog_embedded.render.noise import smoothstep
from personavlog_embedded.render.outdoor_camera import OutdoorCamera
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.sky import sky

VERMILION: Colour = (0.84, 0.27, 0.18)
TILE: Colour = (0.33, 0.37, 0.40)
WOOD: Colour = (0.46, 0.31, 0.22)
STONE: Colour = (0.66, 0.66, 0.63)
MAPLE: Colour = (0.82, 0.34, 0.22)
BLOSSOM: Colour = (0.95, 0.68, 0.74)
LANTERNS = tuple((x, z) for z in (11.0, 17.0, 24.0, 31.0, -4.0, -11.0) for x in (-3.4, 3.4))


def shrine(setting: Setting) -> list[Painted]:
    """The stone way through the gate to the hall."""
    view, unit, horizon = OutdoorCamera(setting, 8.0), setting.unit, setting.horizon
    layers = sky(setting, 0.8)
    layers.append(
        Painted(
            "mountain",
            "far",
            0.92,
            ranges.mountains(setting, "far", horizon + 3, unit * 0.26, 0.92, (0.44, 0.52, 0.58), 0.2),
        )
    )
    wood = land.hills(setting, "wooded", horizon + 4, unit * 0.16, 0.7, trees=0.95)
    wood.over(land.treeline(setting, "cedars", horizon + 3, unit * 0.14, 0.6, (0.26, 0.42, 0.28), pines=0.8))
    layers.append(Painted("cedar wood", "mid", 0.74, wood))
    floor, halls, gates = _garden(view), _halls(view), Masses(view, "gates")
    for z in (19.5, -8.0):
        gate(gates, view, 0.0, z)
    shadows(floor.sheet, view, [halls, gates])
    standing = setting.sheet()
    vegetation.trees(
        view, standing, "maple", [(-9.5, 24), (11.5, 20), (-8.5, -10), (15, 9)], 6.0, MAPLE, floor=floor.sheet
    )
    vegetation.trees(
        view, standing, "cherry", [(8.5, 28), (-13, 15), (9.5, -8), (-15, 30)], 6.5, BLOSSOM, floor=floor.sheet
    )
    vegetation.trees(
        view,
        standing,
        "pines",
        [(-18, 22), (19, 26), (-12, -16), (14, -15), (21, 4)],
        10.0,
        (0.24, 0.42, 0.28),
        1.0,
        floor.sheet,
    )
    halls.draw(standing)
    floor.wet(layers, standing)
    layers.append(Painted("garden", "ground", 0.5, floor.sheet))
    layers.append(Painted("hall and trees", "mid", 0.46, standing))
    arch = setting.sheet()
    gates.draw(arch)
    _bridge(view, arch)
    layers.append(Painted("gate", "mid", 0.4, arch))
    lamps = setting.sheet()
    for x, z in sorted(LANTERNS, key=lambda at: -view.far(*at)):
        if view.visible(x, z) and view.far(x, z) > 2.6:
            beams.pool_of_light(view, floor.sheet, x, z, 2.4)
            _lantern(view, lamps, x, z)
    layers.append(Painted("stone lanterns", "near", 0.32, lamps))
    near = setting.sheet()
    vegetation.bushes(
        view,
        near,
        "azalea",
        [(-5.0, 13.5), (5.4, 15.0), (-5.6, 21), (5.6, 25), (-4.6, -6), (5.2, -3), (7.8, 7), (-8.8, 4)],
        1.3,
        (0.30, 0.46, 0.28),
        (0.90, 0.42, 0.56),
    )
    layers.append(Painted("azalea bushes", "near", 0.28, near))
    petals = setting.sheet()
    _petals(setting, petals)
    layers.append(Painted("leaves", "near", 0.22, petals))
    return layers


def _garden(view: OutdoorCamera) -> GroundPlane:
    floor = GroundPlane(view, "shrine")
    floor.soil((0.40, 0.52, 0.26), (0.52, 0.58, 0.30), 0.7)
    gravel = floor.grain("gravel", 0.16, 4)
    court = smoothstep(0.4, -0.4, np.abs(floor.x) - 6.0 + (floor.grain("rim", 2.5, 3) - 0.5) * 2.2)
    rake = np.float32(0.95) + np.float32(0.05) * floor.stripes(
        np.asarray(floor.x + 0.6 * np.sin(floor.z / 3), np.float32), 0.22, 0.5
    )
    floor.lay(
        np.asarray((rake * (0.86 + 0.26 * gravel))[..., None] * np.asarray((0.84, 0.81, 0.74)), np.float32),
        court,
        0.82,
        gravel,
    )
    floor.paved((0.66, 0.65, 0.62), 0.75, 0.08, 0.5, floor.track([(0, -30), (0, 44)], 1.9, 0.05))
    pond = smoothstep(
        1.04,
        0.98,
        np.hypot((floor.x + 10.5) / 4.6, (floor.z - 9.5) / 4.2)
        + 0.07 * np.sin(np.arctan2(floor.z - 9.5, floor.x + 10.5) * 3),
    )
    rim = smoothstep(
        1.16,
        1.08,
        np.hypot((floor.x + 10.5) / 4.6, (floor.z - 9.5) / 4.2)
        + 0.07 * np.sin(np.arctan2(floor.z - 9.5, floor.x + 10.5) * 3),
    )
    floor.lay((0.52, 0.51, 0.47), np.asarray(rim, np.float32), 0.7)
    sky_low, deep = np.asarray(view.setting.light.sky[2], np.float32), np.asarray((0.16, 0.34, 0.34), np.float32)
    shine = np.clip(0.35 + 0.4 * (1 - floor.near) + 0.35 * (floor.grain("pond", 1.4, 4, 3.0) - 0.5), 0, 1)[..., None]
    floor.tint(
        deep * np.asarray(view.setting.light.key, np.float32) * (1 - shine) + sky_low * shine,
        np.asarray(pond, np.float32),
    )
    return floor


def gate(gates: Masses, view: OutdoorCamera, x: float, z: float, tall: float = 5.2, wide: float = 4.6) -> None:
    """A torii: two round posts, a tie beam and a curved lintel."""
    red = materials.plain(VERMILION, 0.15)
    for way in (-1, 1):
        gates.tower((x + way * wide / 2, z), 0.26, tall, red, top=0.22, sides=12)
        gates.tower((x + way * wide / 2, z), 0.36, 0.4, materials.plain((0.16, 0.15, 0.16)), top=0.33, sides=12)
    gates.box((x, z), (wide + 1.0, 0.34, 0.26), red, base=tall * 0.76)
    gates.box((x, z), (0.5, tall * 0.13, 0.2), materials.plain((0.20, 0.17, 0.16)), base=tall * 0.83)
    steps = np.linspace(-1, 1, 9)
    for a, b in pairwise(steps):
        middle, lift = (a + b) / 2, 0.32 * ((a + b) / 2) ** 2
        half = (wide + 2.6) / 2
        gates.box((x + middle * half, z), ((b - a) * half * 1.04, 0.4, 0.5), red, base=tall + lift)
        gates.box(
            (x + middle * half, z),
            ((b - a) * half * 1.04, 0.14, 0.62),
            materials.plain((0.17, 0.16, 0.18)),
            roof=materials.tiles(TILE),
            base=tall + lift + 0.4,
        )


def _screens(tile: Surface, face: materials.Facet) -> None:
    """Timber posts with paper screens that glow after dark, a railing below."""
    materials.boards(WOOD, 0.3)(tile, face)
    w, h = tile.width, tile.height
    paper: Colour = (1.0, 0.83, 0.52) if face.light.dark else face.colour((0.93, 0.89, 0.79))
    for x in np.linspace(0.04, 0.84, 6):
        tile.patch(
            [(w * x, h * 0.2), (w * (x + 0.12), h * 0.2), (w * (x + 0.12), h * 0.82), (w * x, h * 0.82)],
            paper,
            scaled(paper, 0.85),
        )
        for share in (0.33, 0.66):
            tile.stroke(
                [(w * (x + 0.12 * share), h * 0.2), (w * (x + 0.12 * share), h * 0.82)],
                face.colour(WOOD),
                max(1, w * 0.004),
            )
        for row in (0.35, 0.5, 0.66):
            tile.stroke([(w * x, h * row), (w * (x + 0.12), h * row)], face.colour(WOOD), max(1, w * 0.004))
    for x in np.linspace(0, 1, 7):
        tile.rect(w * x - w * 0.014, 0, w * x + w * 0.014, h, face.colour(VERMILION))
    tile.rect(0, h * 0.08, w, h * 0.15, face.colour(VERMILION))


def _halls(view: OutdoorCamera) -> Masses:
    halls = Masses(view, "halls")
    for x, z, size in ((0.0, 42.0, 1.0), (-20.0, 12.0, 0.5), (13.0, -18.0, 0.55)):
        if view.visible(x, z, 12):
            _hall(halls, x, z, size, facing(x, z) if size < 1 else 0.0)
    for level, tall in enumerate((3.4, 3.0, 2.7)):
        half, base = 5.2 - 1.0 * level, 4.6 * level
        halls.box((19.0, 44.0), (half, tall, half), _screens, base=base)
        _roof(halls, (19.0, 44.0), (half * 1.0, half * 1.0), base + tall, 1.7, 0.0)
    halls.tower((19.0, 44.0), 0.12, 3.5, materials.plain((0.75, 0.6, 0.3)), base=14.6, top=0.03, sides=6)
    return halls


def _hall(halls: Masses, x: float, z: float, size: float, turn: float) -> None:
    halls.box((x, z - 0.6 * size), (17 * size, 1.1 * size, 12 * size), materials.stones(STONE, 0.5), turn=turn)
    halls.box((x, z), (13.5 * size, 4.4 * size, 8 * size), _screens, turn=turn, base=1.1 * size)
    _roof(halls, (x, z), (13.5 * size, 8 * size), 5.5 * size, 4.6 * size, turn)


def _roof(
    halls: Masses, middle: tuple[float, float], size: tuple[float, float], base: float, rise: float, turn: float
) -> None:
    """Four slopes in two pitches, the lower one flat and wide, so that the eaves sweep."""
    cos, sin = float(np.cos(turn)), float(np.sin(turn))

    def ring(wide: float, deep: float, high: float) -> list[tuple[float, float, float]]:
        spots = ((-wide, -deep), (wide, -deep), (wide, deep), (-wide, deep))
        return [(middle[0] + a * cos + b * sin, high, middle[1] + b * cos - a * sin) for a, b in spots]

    w, d = size[0] / 2, size[1] / 2
    eaves, knee, ridge = (
        ring(w * 1.32, d * 1.42, base - rise * 0.04),
        ring(w * 0.98, d * 0.9, base + rise * 0.34),
        ring(w * 0.72, d * 0.06, base + rise),
    )
    lower, dark = materials.tiles(TILE, 0.3), materials.plain(scaled(WOOD, 0.6))
    for low, high in ((eaves, knee), (knee, ridge)):
        for number in range(4):
            after = (number + 1) % 4
            halls.plate([high[number], high[after], low[after], low[number]], lower, 0.18)
    for number in range(4):
        after = (number + 1) % 4
        a, b = eaves[number], eaves[after]
        halls.plate([a, b, (b[0], b[1] - 0.22, b[2]), (a[0], a[1] - 0.22, a[2])], dark)
    halls.shade([(x, z) for x, _, z in eaves], base)


def _lantern(view: OutdoorCamera, sheet: Surface, x: float, z: float) -> None:
    """A stone lantern: foot, shaft, fire box, hat."""
    stone, body = materials.plain(STONE, 0.4), Masses(view, f"lantern {x} {z}")
    body.tower((x, z), 0.36, 0.24, stone, top=0.3, sides=6)
    body.tower((x, z), 0.15, 0.85, stone, base=0.24, sides=8)
    body.tower((x, z), 0.3, 0.14, stone, base=1.05, top=0.34, sides=6)
    body.tower((x, z), 0.24, 0.36, stone, base=1.19, sides=6)
    body.tower((x, z), 0.5, 0.34, materials.tiles((0.58, 0.59, 0.57), 0.5), base=1.52, top=0.08, sides=6)
    body.draw(sheet)
    beams.glowing(
        view,
        sheet,
        (x, 1.37, z - 0.2 if view.far(x, z - 0.2) < view.far(x, z) else z + 0.2),
        0.11,
        (1.0, 0.74, 0.38),
        0.8,
    )


def _bridge(view: OutdoorCamera, sheet: Surface) -> None:
    """An arched red footbridge over the pond."""
    deck, spots = Masses(view, "bridge"), np.linspace(-1, 1, 9)
    arc = [(-10.5 + 5.2 * float(t), 0.15 + 1.15 * (1 - float(t) ** 2), 9.5) for t in spots]
    for (x0, y0, z), (x1, y1, _) in pairwise(arc):
        deck.plate(
            [(x0, y0, z + 0.8), (x1, y1, z + 0.8), (x1, y1, z - 0.8), (x0, y0, z - 0.8)],
            materials.boards((0.60, 0.42, 0.30), 0.2),
            0.2,
        )
        for side in (-0.8, 0.8):
            deck.plate(
                [(x0, y0, z + side), (x1, y1, z + side), (x1, y1 - 0.3, z + side), (x0, y0 - 0.3, z + side)],
                materials.plain(VERMILION),
            )
    deck.draw(sheet)
    if view.far(-10.5, 9.5) < 3:
        return
    for side in (0.8, -0.8):
        for x, y, z in arc[::2]:
            beams.strut(view, sheet, (x, y, z + side), (x, y + 0.85, z + side), 0.14, VERMILION)
        for lift in (0.45, 0.82):
            beams.chain(view, sheet, [(x, y + lift, z + side) for x, y, z in arc], 0.1, VERMILION)


def _petals(setting: Setting, sheet: Surface) -> None:
    """Petals and leaves in the air; none in rain or snow."""
    light, rng = setting.light, setting.rng(f"petals {setting.angle}")
    if light.weather in ("rain", "snow"):
        return
    for _ in range(46):
        x, y, size = (
            rng.uniform(0, setting.width),
            rng.uniform(0.05, 0.95) * setting.height,
            setting.unit * rng.uniform(0.0028, 0.0075),
        )
        own = mix(BLOSSOM, MAPLE, float(rng.random() < 0.35))
        sheet.ellipse(
            x,
            y,
            size,
            size * rng.uniform(0.35, 0.7),
            light.colour(own, float(rng.uniform(0.6, 1.0))),
            float(rng.uniform(0, 180)),
        )
