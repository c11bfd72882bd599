"""A city crossing at street level: zebra stripes, traffic lights, cars, shop fronts, signs and a crowd on its way."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import beams, facades, materials, passers_by, road_vehicles, skyline
from personavlog_embedded.render.buildings import Masses, shadows
from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.floors import GroundPlane
from personavlog_embedded.render.noise import Field, smoothstep
from personavlog_embedded.render.outdoor_camera import OutdoorCamera
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.sky import sky
from personavlog_embedded.render.vegetation import trees

ROAD, CROSS = 5.0, 16.0
"""Half the road's width, and where the cross street's middle lies along z; metres."""
TALL: tuple[Colour, ...] = (
    (0.72, 0.68, 0.66),
    (0.60, 0.64, 0.70),
    (0.80, 0.72, 0.62),
    (0.56, 0.58, 0.64),
    (0.78, 0.62, 0.54),
)
NEON: tuple[Colour, ...] = (
    (1.0, 0.42, 0.52),
    (0.36, 0.88, 0.98),
    (1.0, 0.80, 0.34),
    (0.60, 0.96, 0.56),
    (0.82, 0.58, 1.0),
)
CARS = (
    (-2.6, 27.0, 0.0),
    (-2.4, 33.5, 0.0),
    (2.6, 42.0, np.pi),
    (2.5, 29.0, np.pi),
    (-13.0, 14.0, -np.pi / 2),
    (13.0, 18.2, np.pi / 2),
    (20.5, 18.2, np.pi / 2),
    (-21.0, 14.0, -np.pi / 2),
    (2.4, -10.0, np.pi),
    (-2.4, -15.0, 0.0),
    (2.5, -21.0, np.pi),
)


def crossing(setting: Setting) -> list[Painted]:
    """The middle of the crossing, seen from the zebra stripes."""
    view, unit, horizon = OutdoorCamera(setting, 8.0, 0.85), setting.unit, setting.horizon
    layers = sky(setting, 0.7)
    layers.append(
        Painted(
            "far city", "far", 0.9, skyline.skyline(setting, f"skyline {setting.angle}", horizon + 4, unit * 0.36, 0.85)
        )
    )
    floor, blocks = _streets(view), _blocks(view)
    shadows(floor.sheet, view, [blocks, road_vehicles.parked(view, CARS)], 0.7)
    houses = setting.sheet()
    blocks.draw(houses)
    floor.wet(layers, houses, 0.75)
    layers.append(Painted("street", "ground", 0.5, floor.sheet))
    layers.append(Painted("buildings", "mid", 0.47, houses))
    traffic = setting.sheet()
    trees(
        view,
        traffic,
        "street trees",
        [(x, z) for z in (28.0, 37.0, 3.0, -8.0) for x in (-7.2, 7.2)],
        5.4,
        floor=floor.sheet,
    )
    for number, (x, z, turn) in sorted(enumerate(CARS), key=lambda entry: -view.far(entry[1][0], entry[1][1])):
        if number == 2:
            road_vehicles.van(view, traffic, (x, z, turn), (0.30, 0.50, 0.62), 10.0, 3.0)
        else:
            road_vehicles.car(view, traffic, (x, z, turn), road_vehicles.PAINTS[number % 6], taxi=number % 6 == 3)
    layers.append(Painted("cars", "mid", 0.44, traffic))
    people = setting.sheet()
    spots = [
        (-3.4, 21.8),
        (-1.2, 22.6),
        (1.5, 22.2),
        (3.6, 23.0),
        (-7.2, 18.0),
        (-6.6, 12.4),
        (6.8, 13.5),
        (7.0, 19.5),
        (-8.0, 26.0),
        (7.8, 31.0),
        (-7.6, 35.0),
        (6.2, 10.0),
        (-6.4, 9.2),
        (-7.0, -3.0),
        (6.9, -4.5),
        (-6.6, -11.0),
        (1.6, -5.0),
        (7.2, 25.0),
    ]
    passers_by.crowd(view, people, "crossing", spots)
    layers.append(Painted("crowd", "mid", 0.4, people))
    lights = setting.sheet()
    for x, z in sorted(
        ((-5.9, 10.2), (5.9, 10.2), (-5.9, 21.8), (5.9, 21.8), (-5.9, -1.5)), key=lambda at: -view.far(*at)
    ):
        _signal(view, lights, x, z)
    layers.append(Painted("traffic light", "near", 0.32, lights))
    near = setting.sheet()
    for x, z in ((-6.2, 29.0), (6.2, 36.0), (6.4, 5.5), (-6.4, -7.0), (6.4, -12.0)):
        beams.pool_of_light(view, floor.sheet, x, z, 4.0)
        beams.lamp_post(view, near, x, z, 4.6)
    layers.append(Painted("lamps", "near", 0.28, near))
    return layers


def _streets(view: OutdoorCamera) -> GroundPlane:
    """Pavements, asphalt, zebra stripes on all four arms, lane marks, manholes."""
    floor = GroundPlane(view, "crossing")
    floor.paved((0.66, 0.64, 0.62), 0.5, 0.08)
    soft = np.maximum(0.03, floor.ahead / view.focal * 1.2)
    u, v = np.abs(floor.x), np.abs(floor.z - CROSS)
    road: Field = np.asarray(np.clip((ROAD - np.minimum(u, v)) / soft + 0.5, 0, 1), np.float32)
    kerb: Field = np.asarray(np.clip((ROAD + 0.22 - np.minimum(u, v)) / soft + 0.5, 0, 1), np.float32)
    floor.lay((0.74, 0.72, 0.69), kerb, 0.95)
    grit, worn = floor.grain("asphalt", 0.14, 3), floor.grain("worn", 3.5, 3)
    floor.lay(
        np.asarray((0.30 + 0.07 * grit + 0.08 * worn)[..., None] * np.asarray((1.0, 1.02, 1.08)), np.float32),
        road,
        0.8,
        grit,
    )
    for across, along in ((floor.x, floor.z - CROSS), (floor.z - CROSS, floor.x)):
        arm = np.abs(np.abs(along) - ROAD - 3.6)
        zebra = smoothstep(1.75, 1.65, arm) * floor.stripes(across, 1.1, 0.5) * (np.abs(across) < ROAD - 0.3)
        stop = smoothstep(0.24, 0.18, np.abs(np.abs(along) - ROAD - 6.2)) * (np.abs(across) < ROAD - 0.3)
        lane = smoothstep(0.12, 0.06, np.abs(across)) * floor.stripes(along, 5.0, 0.5) * (np.abs(along) > ROAD + 6.4)
        paint = np.clip(zebra + stop + lane, 0, 1) * (0.72 + 0.3 * worn)
        floor.lay((0.93, 0.92, 0.88), np.asarray(np.clip(paint, 0, 1), np.float32), 0.92)
    if view.setting.light.dark:
        floor.tint(
            (1.0, 0.72, 0.46),
            np.asarray(smoothstep(3.0, 0.0, np.abs(u - 8.0)) * (0.2 if view.setting.light.night else 0.1), np.float32),
        )
    return floor


def _facade(wall: Colour, storeys: int, sign: Colour) -> materials.Skin:
    """A house front with shops, storeys of windows and now and then an upright sign."""

    def paint(tile: Surface, face: materials.Facet) -> None:
        trim = facades.TRIMS[int(face.rng.integers(len(facades.TRIMS)))]
        tile.over(
            facades.facade(
                face.rng, face.light, tile.height, tile.width, facades.Front(face.lit, face.depth, wall, trim, storeys)
            )
        )
        if face.rng.random() < 0.75:
            x, wide, top, low = (
                tile.width * float(face.rng.choice([0.1, 0.88])),
                tile.width * 0.045,
                tile.height * 0.2,
                tile.height * 0.62,
            )
            own = sign if face.light.dark else face.colour(sign, 0.8)
            tile.patch([(x - wide, top), (x + wide, top), (x + wide, low), (x - wide, low)], own, scaled(own, 0.85))
            for y in np.linspace(top, low, 7)[1:-1]:
                tile.ellipse(x, y, wide * 0.5, wide * 0.5, mix(own, (1, 1, 1), 0.75))

    return paint


def _blocks(view: OutdoorCamera) -> Masses:
    """Houses along both streets; at two corners towers with a screen."""
    blocks, rng = Masses(view, "blocks"), view.setting.rng("blocks")
    lots: list[tuple[float, float, float]] = []
    for side in (-1, 1):
        lots += [
            (side * 14.6, z, -side * np.pi / 2) for z in (30.0, 41.0, 52.0, 64.0, 78.0, 2.0, -9.0, -20.0, -32.0, -46.0)
        ]
        lots += [
            (side * x, CROSS + away, turn) for x in (26.0, 38.0, 52.0) for away, turn in ((13.0, 0.0), (-13.0, np.pi))
        ]
    for number, (x, z, turn) in enumerate(lots):
        storeys, own, sign = int(rng.integers(3, 7)), TALL[int(rng.integers(5))], NEON[int(rng.integers(5))]
        if view.visible(x, z, 9):
            skin = _facade(own, storeys, sign)
            corner = abs(z - 30.0) < 0.1 or abs(z - 2.0) < 0.1
            blocks.box(
                (x, z),
                (11.0, 3.6 * storeys, 12.0),
                skin,
                front=_screen(skin, sign) if corner and number % 2 else skin,
                turn=turn,
            )
    return blocks


def _screen(under: materials.Skin, own: Colour) -> materials.Skin:
    """A front with a big lit screen."""

    def paint(tile: Surface, face: materials.Facet) -> None:
        under(tile, face)
        x0, x1, y0, y1 = tile.width * 0.16, tile.width * 0.84, tile.height * 0.12, tile.height * 0.42
        tile.rect(x0 - 3, y0 - 3, x1 + 3, y1 + 3, face.colour((0.16, 0.17, 0.2)))
        tile.patch(
            [(x0, y0), (x1, y0), (x1, y1), (x0, y1)], mix(own, (0.9, 0.95, 1), 0.4), scaled(own, 0.7), sideways=True
        )
        for _ in range(5):
            spot = (float(face.rng.uniform(x0, x1)), float(face.rng.uniform(y0, y1)))
            size = min((x1 - x0) * 0.16, spot[0] - x0, x1 - spot[0], spot[1] - y0, y1 - spot[1])
            tile.ellipse(*spot, size, size, mix(NEON[int(face.rng.integers(5))], (1, 1, 1), 0.3))

    return paint


def _signal(view: OutdoorCamera, sheet: Surface, x: float, z: float) -> None:
    """A traffic light: three lamps for cars, a small one for walkers; one lamp burns at every hour."""
    if not view.visible(x, z) or view.far(x, z) < 4:
        return
    iron, body = (0.20, 0.22, 0.23), Masses(view, f"signal {x} {z}")
    beams.strut(view, sheet, (x, 0, z), (x, 3.9, z), 0.13, iron)
    reach = -np.sign(x) * 1.6
    beams.strut(view, sheet, (x, 3.7, z), (x + reach, 3.8, z), 0.09, iron)
    body.box((x + reach, z), (0.36, 1.0, 0.26), materials.plain(iron, 0.1), base=3.1)
    body.box((x, z), (0.3, 0.62, 0.24), materials.plain(iron, 0.1), base=2.1)
    body.draw(sheet)
    burning = 2 if x * (z - CROSS) > 0 else 0
    for number, own in enumerate(((1.0, 0.22, 0.16), (1.0, 0.76, 0.22), (0.30, 0.95, 0.50))):
        _lamp(view, sheet, (x + reach, 3.92 - 0.31 * number, z), 0.11, own, number == burning)
    for number, own in enumerate(((1.0, 0.22, 0.16), (0.30, 0.95, 0.50))):
        _lamp(view, sheet, (x, 2.58 - 0.28 * number, z), 0.09, own, number == (0 if burning == 2 else 1))


def _lamp(
    view: OutdoorCamera, sheet: Surface, at: tuple[float, float, float], radius: float, own: Colour, burning: bool
) -> None:
    (px, py), size = view.ground(at[0], at[2], at[1]), radius * view.scale(at[0], at[2])
    if burning:
        sheet.glow(px, py, size * (6 if view.setting.light.dark else 3), own, 0.7)
    sheet.ellipse(px, py, size, size, mix(own, (1, 1, 1), 0.25) if burning else scaled(own, 0.25))
