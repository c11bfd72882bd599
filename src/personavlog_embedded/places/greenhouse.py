"""A kitchen garden: glasshouse, a house with a porch, a shed, beds, rose arch, a table in the sun."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.places.harbour import birds
from personavlog_embedded.render import beams, land, materials, plants, season_colours, vegetation
from personavlog_embedded.render.buildings import Masses, facing, shadows
from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.floors import GroundPlane
from personavlog_embedded.render.noise import Field, smoothstep
from personavlog_embedded.render.outdoor_camera import OutdoorCamera
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.sky import sky

CREAM: Colour = (0.95, 0.93, 0.87)
SAGE: Colour = (0.56, 0.66, 0.56)
SLATE: Colour = (0.42, 0.44, 0.50)
WOOD: Colour = (0.58, 0.44, 0.32)
APPLES = ((-17, 18), (15.5, 28), (20, 12), (-16, -3), (14, -13), (-5, -17), (-6.6, 8.8), (8.2, 11.6), (7.5, -4))
"""World x and z of the apple trees."""
BEDS = (
    (-3.1, 7.4, 1.5, 3.2),
    (3.2, 7.0, 1.5, 3.2),
    (-6.4, 14.0, 1.6, 4.0),
    (-9.0, 14.0, 1.6, 4.4),
    (6.2, 14.2, 1.6, 4.0),
    (9.0, 14.0, 1.6, 4.4),
    (-6.4, -4.0, 1.6, 4.0),
    (6.6, -5.0, 1.6, 4.2),
    (9.2, -4.0, 1.6, 4.2),
)
"""World x and z of the raised beds' middles, width and length."""


def greenhouse(setting: Setting) -> list[Painted]:
    """The gravel cross between the beds, the glasshouse ahead."""
    view, unit, horizon = OutdoorCamera(setting, 8.0), setting.unit, setting.horizon
    layers = sky(setting, 1.1)
    layers.append(
        Painted("hills", "far", 0.9, land.hills(setting, "far", horizon + 3, unit * 0.14, 0.8, (0.46, 0.60, 0.36), 0.5))
    )
    wood = land.hills(setting, "near hill", horizon + 4, unit * 0.07, 0.6, trees=0.7)
    wood.over(land.treeline(setting, "orchard", horizon + 3, unit * 0.09, 0.56, pines=0.1))
    layers.append(Painted("orchard trees", "mid", 0.74, wood))
    floor, houses, small = _garden(view), _houses(view), _small(view)
    shadows(floor.sheet, view, [houses, small])
    standing = setting.sheet()
    vegetation.trees(view, standing, "apple", APPLES, 5.0, floor=floor.sheet)
    houses.draw(standing)
    floor.wet(layers, standing, 0.45)
    layers.append(Painted("garden", "ground", 0.5, floor.sheet))
    layers.append(Painted("glasshouse and house", "mid", 0.46, standing))
    beds = setting.sheet()
    small.draw(beds)
    for number, bed in sorted(enumerate(BEDS), key=lambda entry: -view.far(entry[1][0], entry[1][1])):
        _planted(view, beds, number, bed)
    if setting.light.season == "autumn":
        plants.flowers(
            setting, beds, setting.rng("fallen"), setting.below(0.12), setting.height, 260, unit * 0.016, 0.4
        )
    layers.append(Painted("flower beds", "mid", 0.38, beds))
    near = setting.sheet()
    for z in (16.5, -8.5):
        _arch(view, near, z)
    vegetation.bushes(
        view,
        near,
        "rose",
        [(-3.0, 18.5), (3.2, 18.0), (-13.0, 8.0), (13.0, 6.0), (-3.4, -10.0), (3.6, -10.0), (4.6, 21), (-12, 3)],
        1.3,
        (0.30, 0.48, 0.26),
        (0.93, 0.46, 0.55),
        floor.sheet,
    )
    layers.append(Painted("rose bushes", "near", 0.3, near))
    wings = setting.sheet()
    birds(setting, wings, "swallows", 5, (0.25, 0.27, 0.33))
    layers.append(Painted("birds", "near", 0.24, wings))
    return layers


def _garden(view: OutdoorCamera) -> GroundPlane:
    floor = GroundPlane(view, "garden")
    floor.soil((0.42, 0.60, 0.27), (0.52, 0.66, 0.31), 0.8, 0.88)
    floor.lay((0.36, 0.54, 0.24), floor.stripes(floor.x, 2.2, 0.5) * np.float32(0.25), 0.8)
    ways = [
        floor.track([(0, -26), (0, 26)], 1.05, 0.15),
        floor.track([(-13, 10.5), (14, 10.5)], 0.9, 0.15),
        floor.track([(0, 20), (8, 23)], 1.2, 0.2),
        floor.track([(0, 21), (-8, 22)], 1.2, 0.2),
    ]
    gravel = floor.grain("gravel", 0.13, 4)
    way: Field = np.maximum.reduce(ways)
    floor.lay(
        np.asarray((0.8 + 0.36 * gravel)[..., None] * np.asarray((0.84, 0.77, 0.64)), np.float32),
        way,
        0.6 + 0.35 * floor.grain("dapple", 2.6, 3),
        gravel,
    )
    edge = np.asarray(smoothstep(0.12, 0.5, way) * smoothstep(0.95, 0.6, way), np.float32)
    floor.lay((0.52, 0.44, 0.34), edge * np.float32(0.6), 0.5)
    return floor


def _glass(tile: Surface, face: materials.Facet) -> None:
    """Panes in white bars; green behind them, a warm glow after dark."""
    w, h, light = tile.width, tile.height, face.light
    inside: Colour = (
        mix((1.0, 0.84, 0.54), (0.50, 0.66, 0.34), 0.35)
        if light.dark
        else mix(face.colour((0.42, 0.56, 0.38), 0.8), light.sky[2], 0.45)
    )
    tile.patch([(0, 0), (w, 0), (w, h), (0, h)], mix(inside, (1, 1, 1), 0.25), inside)
    for _ in range(int(60 + w * h / 900)):
        x, y = face.rng.uniform(0, w), h * (1 - face.rng.random() ** 1.7 * 0.8)
        leaf = mix((0.26, 0.48, 0.24), (0.66, 0.76, 0.36), float(face.rng.random()))
        tone = mix(leaf, (1.0, 0.85, 0.5), 0.3) if light.dark else face.colour(leaf, 0.75)
        tile.ellipse(
            x, y, max(1.0, face.metre * 0.16), max(0.8, face.metre * 0.09), tone, float(face.rng.uniform(0, 180))
        )
    for share in (0.15, 0.55):
        tile.patch(
            [(w * share, 0), (w * (share + 0.14), 0), (w * (share - 0.1), h), (w * (share - 0.2), h)],
            light.sky[3],
            alpha=0.16 if light.dark else 0.3,
        )
    bar, step = face.colour(CREAM), max(4.0, 0.75 * face.metre)
    for x in np.arange(0, w + 1, w / max(1, round(w / step))):
        tile.stroke([(x, 0), (x, h)], bar, max(1, face.metre * 0.05))
    for y in (0, h * 0.5, h - 1):
        tile.stroke([(0, y), (w, y)], bar, max(1, face.metre * 0.06))


def _snowed(tile: Surface, face: materials.Facet) -> None:
    _glass(tile, face)
    if face.light.weather == "snow":
        tile.blend(face.colour(materials.SNOW), 0.7)


def _houses(view: OutdoorCamera) -> Masses:
    """The glasshouse on its brick foot, the house with its porch, a shed, a cottage behind the viewer."""
    houses, brick = Masses(view, "houses"), materials.stones((0.68, 0.44, 0.36), 0.16)
    turn = -0.32
    houses.box((-8.6, 24.0), (6.2, 0.7, 9.0), brick, turn=turn)
    houses.gable(
        (-8.6, 24.0), (6.0, 2.2, 8.8), 2.0, _glass, _snowed, front=_glass, side=_glass, turn=turn, base=0.7, eaves=0.1
    )
    wall = materials.boards(CREAM, 0.24, level=True)
    upper = (
        (0.22, 0.24, 0.15, 0.2),
        (0.5, 0.24, 0.15, 0.2),
        (0.78, 0.24, 0.15, 0.2),
        (0.2, 0.72, 0.16, 0.24),
        (0.8, 0.72, 0.16, 0.24),
    )
    front = materials.door(materials.windows(wall, upper, SAGE), 0.5, 0.13, 0.38, (0.30, 0.46, 0.44))
    x, z, way = 10.2, 26.0, 0.4
    houses.gable(
        (x, z),
        (8.4, 5.2, 8.0),
        2.8,
        wall,
        materials.tiles(SLATE, 0.35),
        front=front,
        side=materials.windows(wall, upper[:3], SAGE),
        turn=way,
    )
    cos, sin = float(np.cos(way)), float(np.sin(way))

    def at(across: float, high: float, out: float) -> tuple[float, float, float]:
        return x + across * cos - (4.0 + out) * sin, high, z - (4.0 + out) * cos - across * sin

    deck = at(0, 0, 1.2)
    houses.box((deck[0], deck[2]), (8.4, 0.4, 2.4), materials.boards((0.72, 0.64, 0.54), 0.2, level=True), turn=way)
    houses.plate(
        [at(-4.5, 3.4, 0), at(4.5, 3.4, 0), at(4.5, 2.8, 2.6), at(-4.5, 2.8, 2.6)], materials.tiles(SLATE, 0.3), 0.2
    )
    for across in (-4.0, -1.4, 1.4, 4.0):
        post = at(across, 0, 2.2)
        houses.box((post[0], post[2]), (0.16, 2.5, 0.16), materials.plain(CREAM), turn=way, base=0.4)
    shed = materials.door(materials.boards(SAGE, 0.2), 0.5, 0.34, 0.8, (0.42, 0.52, 0.44))
    houses.gable(
        (-15.0, 11.0),
        (3.0, 2.1, 3.0),
        1.1,
        materials.boards(SAGE, 0.2),
        materials.tiles((0.48, 0.40, 0.36)),
        front=shed,
        turn=facing(-15.0, 11.0),
    )
    houses.gable(
        (9.5, -16.0),
        (6.0, 3.0, 5.0),
        2.2,
        wall,
        materials.tiles((0.60, 0.36, 0.28)),
        front=front,
        turn=facing(9.5, -16.0),
    )
    houses.gable(
        (-10.5, -13.0),
        (5.0, 2.4, 4.0),
        1.8,
        _glass,
        _snowed,
        front=_glass,
        side=_glass,
        turn=facing(-10.5, -13.0),
        eaves=0.1,
    )
    return houses


def _small(view: OutdoorCamera) -> Masses:
    """Raised beds' boards, a table with benches, pots, a barrow's box."""
    small = Masses(view, "garden things")
    for x, z, wide, long in BEDS:
        small.box(
            (x, z), (wide, 0.4, long), materials.boards(WOOD, 0.2, level=True), roof=materials.plain((0.34, 0.25, 0.19))
        )
    for x, z in ((5.4, 16.0), (-4.8, 2.5)):
        small.box((x, z), (1.8, 0.08, 0.9), materials.boards((0.72, 0.58, 0.42), 0.18), base=0.72, turn=0.3)
        for way in (-0.9, 0.9):
            small.box(
                (x + way * 0.3, z + way),
                (1.8, 0.07, 0.32),
                materials.boards((0.72, 0.58, 0.42), 0.16),
                base=0.42,
                turn=0.3,
            )
        for dx in (-0.7, 0.7):
            small.box((x + dx, z - dx * 0.3), (0.1, 0.72, 0.7), materials.plain((0.60, 0.47, 0.34)), turn=0.3)
    for x, z in ((-2.6, 14.0), (2.7, 13.2), (-2.5, -5.0), (2.6, -6.0), (-5.0, 19.5)):
        small.tower((x, z), 0.24, 0.42, materials.plain((0.76, 0.44, 0.31)), top=0.32, sides=12)
    return small


def _planted(view: OutdoorCamera, sheet: Surface, number: int, bed: tuple[float, float, float, float]) -> None:
    """Rows of cabbages, flowers, beans on canes in one bed, far rows first."""
    x, z, wide, long = bed
    if not view.visible(x, z, long) or view.far(x, z) < 2.8:
        return
    rng, light, winter = view.setting.rng(f"bed {number}"), view.setting.light, view.setting.light.season == "winter"
    fall = light.season == "autumn"
    own = season_colours.AUTUMN[number % 5] if fall else plants.BLOSSOMS[number % 6]
    spots = [(x + float(rng.uniform(-0.42, 0.42)) * wide, z + float(t) * long * 0.46) for t in np.linspace(-1, 1, 44)]
    for px_, pz in sorted(spots, key=lambda at: -view.far(*at)):
        if view.far(px_, pz) < 1.8:
            continue
        (px, py), m, depth = view.ground(px_, pz, 0.4), view.scale(px_, pz), view.depth(view.far(px_, pz))
        tall = m * float(rng.uniform(0.2, 0.5)) * (1.9 if number % 3 == 1 else 1.0)
        for _ in range(5):
            dx = float(rng.normal(0, 0.13)) * m
            leaf = mix((0.24, 0.46, 0.22), (0.56, 0.70, 0.30), float(rng.random()))
            leaf = mix(leaf, materials.SNOW, 0.7) if winter else mix(leaf, (0.72, 0.48, 0.20), 0.6) if fall else leaf
            sheet.ellipse(
                px + dx,
                py - tall * float(rng.uniform(0.2, 0.9)),
                m * 0.11,
                m * 0.07,
                light.colour(leaf, float(rng.uniform(0.3, 1.0)), depth),
                float(rng.uniform(0, 180)),
            )
        if number % 3 != 2 and not winter:
            plants.blossom(
                sheet, rng, light, px + float(rng.normal(0, 0.08)) * m, py - tall, max(1.0, m * 0.07), own, depth
            )


def _arch(view: OutdoorCamera, sheet: Surface, z: float) -> None:
    """A rose arch over the path."""
    if view.far(0, z) < 4:
        return
    ring = [
        (1.5 * float(np.cos(a)), 0.0 + 2.75 * float(np.sin(a)) ** 0.55, z) for a in np.linspace(0.02, np.pi - 0.02, 21)
    ]
    beams.chain(view, sheet, ring, 0.08, CREAM, 0.85)
    rng, light, m, depth = (
        view.setting.rng(f"arch {z}"),
        view.setting.light,
        view.scale(0, z),
        view.depth(view.far(0, z)),
    )
    for x, y, _ in ring:
        for _ in range(9):
            px, py = view.ground(x + float(rng.normal(0, 0.12)), z, max(0.0, y + float(rng.normal(0, 0.14))))
            rose = rng.random() < 0.4 and light.season in ("spring", "summer")
            tone = (0.94, 0.50, 0.58) if rose else season_colours.vine(light, float(rng.random()))
            size = m * (0.06 if rose else 0.09)
            sheet.ellipse(
                px,
                py,
                size,
                size * 0.75,
                light.colour(scaled(tone, float(rng.uniform(0.85, 1.1))), float(rng.uniform(0.4, 1.0)), depth),
            )
