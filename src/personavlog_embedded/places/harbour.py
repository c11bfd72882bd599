"""A harbour: quay and pier, fishing boats, gabled houses in colours, a lighthouse on its rock."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import beams, land, materials, passers_by, vegetation, water
from personavlog_embedded.render.boats import boat, reflect
from personavlog_embedded.render.buildings import Masses, facing, shadows
from personavlog_embedded.render.canvas import Colour, Surface, scaled
from personavlog_embedded.render.floors import GroundPlane
from personavlog_embedded.render.noise import Field, smoothstep
from personavlog_embedded.render.outdoor_camera import OutdoorCamera
from personavlog_embedded.render.setting import Painted, Setting, composite
from personavlog_embedded.render.sky import sky

HOUSES: tuple[Colour, ...] = (
    (0.80, 0.33, 0.27),
    (0.93, 0.80, 0.50),
    (0.36, 0.52, 0.60),
    (0.90, 0.88, 0.82),
    (0.52, 0.62, 0.48),
    (0.88, 0.58, 0.40),
)
BOATS = (
    (10.5, 19.5, 1.9, 6.0),
    (-2.6, 22.0, 0.35, 5.0),
    (-11.0, 27.0, 1.2, 7.0),
    (14.0, 31.0, 2.4, 8.0),
    (-22.0, 44.0, 0.4, 9.0),
    (22.5, 12.0, 0.2, 6.0),
    (24.0, 3.0, -0.5, 5.5),
)
"""World x and z, turn and length of the boats."""
LIGHTHOUSE = (17.0, 66.0)


def harbour(setting: Setting) -> list[Painted]:
    """The quay with the basin before it and the town behind it."""
    view, unit, horizon = OutdoorCamera(setting, 6.6), setting.unit, setting.horizon
    layers = sky(setting, 0.9)
    coast = land.hills(setting, "coast", horizon + 2, unit * 0.14, 0.8, trees=0.5, gaps=0.7)
    coast.pixels[int(horizon) + 2 :] = 0
    layers.append(Painted("coast", "far", 0.88, coast))
    beacon = setting.sheet()
    _lighthouse(view, beacon)
    layers.append(Painted("lighthouse", "far", 0.8, beacon))
    sea = water.water(setting, "harbour", horizon, composite(setting, layers), (0.12, 0.40, 0.48), 0.62)
    boats = setting.sheet()
    for number, (x, z, turn, long) in sorted(enumerate(BOATS), key=lambda entry: -view.far(entry[1][0], entry[1][1])):
        if view.visible(x, z, long) and view.far(x, z) > 5:
            single = setting.sheet()
            boat(view, single, number, (x, z, turn, long))
            reflect(view, sea, single, view.ground(x, z)[1])
            boats.over(single)
    layers.append(Painted("water", "water", 0.62, sea))
    layers.append(Painted("boats", "mid", 0.56, boats))
    floor, houses, things = _quay(view), _houses(view), _things(view)
    shadows(floor.sheet, view, [houses, things])
    standing = setting.sheet()
    houses.draw(standing)
    floor.wet(layers, standing)
    floor.cut(floor.sheet, 1 - _dry(floor))
    layers.append(Painted("quay", "ground", 0.5, floor.sheet))
    layers.append(Painted("houses", "mid", 0.46, standing))
    people = setting.sheet()
    passers_by.crowd(
        view,
        people,
        "quay",
        [
            (-8.5, 14),
            (-9.5, 9.5),
            (7.4, 24),
            (8.4, 27),
            (-7.5, 17),
            (9.5, 11.5),
            (-4, -9),
            (3.5, -11),
            (5, -10.4),
            (-8, -4),
            (12, 2),
        ],
    )
    layers.append(Painted("crowd", "mid", 0.4, people))
    near = setting.sheet()
    things.draw(near)
    _rail(view, near)
    for x, z in ((-6.4, 13.6), (9.6, 7.5), (-7.5, -3.5), (6.5, -5.5), (6.4, 29.0)):
        beams.pool_of_light(view, floor.sheet, x, z, 3.2)
        beams.lamp_post(view, near, x, z, 3.4)
    vegetation.bushes(
        view, near, "tub", [(-9.9, 12), (-9.9, 6), (-5.6, -7.6), (3.0, -8.2)], 0.8, blossom=(0.9, 0.4, 0.42)
    )
    layers.append(Painted("crates and bollards", "near", 0.3, near))
    gulls = setting.sheet()
    birds(setting, gulls, "gulls", 9)
    layers.append(Painted("birds", "near", 0.26, gulls))
    return layers


def birds(setting: Setting, sheet: Surface, tag: str, count: int, own: Colour = (0.95, 0.95, 0.96)) -> None:
    """A few birds on the wing; none in bad weather or at night."""
    light, rng = setting.light, setting.rng(f"{tag} {setting.angle}")
    if light.night or light.weather in ("rain", "snow", "fog"):
        return
    for _ in range(count):
        x, y, size = (
            rng.uniform(0.05, 0.95) * setting.width,
            setting.horizon * rng.uniform(0.2, 0.85),
            setting.unit * rng.uniform(0.006, 0.016),
        )
        lift = rng.uniform(0.2, 0.7)
        for way in (-1, 1):
            wing = [
                (x, y),
                (x + way * size * 0.8, y - size * lift),
                (x + way * size * 1.9, y - size * lift * 0.3),
                (x + way * size * 0.8, y - size * (lift - 0.2)),
            ]
            sheet.polygon(wing, light.colour(scaled(own, 0.9 if way * light.side > 0 else 0.62), 0.9, 0.25))
        sheet.ellipse(x, y + size * 0.05, size * 0.3, size * 0.16, light.colour(own, 0.7, 0.25))


def _dry(floor: GroundPlane) -> Field:
    """Mask of the quay and the pier; the rest is water."""
    soft = np.maximum(0.03, floor.ahead / floor.view.focal * 1.5)
    quay = np.clip((15.0 - floor.z) / soft + 0.5, 0, 1) * np.clip((15.5 - floor.x) / soft + 0.5, 0, 1)
    pier = (
        np.clip((1.7 - np.abs(floor.x - 7.2)) / soft + 0.5, 0, 1)
        * np.clip((33.0 - floor.z) / soft + 0.5, 0, 1)
        * (floor.z > 10)
    )
    return np.asarray(np.maximum(quay, pier), np.float32)


def _quay(view: OutdoorCamera) -> GroundPlane:
    floor = GroundPlane(view, "quay")
    floor.paved((0.70, 0.66, 0.60), 0.6, 0.09)
    plank = np.clip(1.75 - np.abs(floor.x - 7.2), 0, 1) * (floor.z > 15)
    tone = 0.82 + 0.3 * floor.grain("plank", 0.4) - 0.3 * floor.stripes(floor.z, 0.28, 0.14)
    floor.lay(
        np.asarray(tone[..., None] * np.asarray((0.62, 0.50, 0.38)), np.float32),
        np.asarray(smoothstep(0.0, 0.1, plank), np.float32),
        0.8,
    )
    kerb = np.maximum(
        smoothstep(0.62, 0.55, np.abs(floor.z - 14.5)), smoothstep(0.62, 0.55, np.abs(floor.x - 15.0)) * (floor.z < 15)
    )
    floor.lay((0.80, 0.77, 0.72), np.asarray(kerb, np.float32), 0.9)
    floor.lay((0.45, 0.42, 0.40), np.asarray(smoothstep(0.1, 0.03, np.abs(floor.z - 13.9)) * 0.6, np.float32), 0.4)
    return floor


def _lighthouse(view: OutdoorCamera, sheet: Surface) -> None:
    x, z = LIGHTHOUSE
    if not view.visible(x, z, 16):
        return
    rock, light = Masses(view, "lighthouse"), view.setting.light
    for dx, dz, radius, tall in ((-9, 2, 7, 1.6), (-3, 0, 9, 2.8), (5, 1, 8, 2.2), (11, 3, 5, 1.2)):
        rock.tower((x + dx, z + dz), radius, tall, materials.stones((0.46, 0.43, 0.40), 0.9, 0.3), top=radius * 0.6)
    for level in range(5):
        own: Colour = (0.84, 0.26, 0.22) if level % 2 else (0.95, 0.93, 0.89)
        rock.tower(
            (x, z),
            2.3 - 0.17 * level,
            3.0,
            materials.plain(own, 0.15),
            base=2.6 + 3.0 * level,
            top=2.3 - 0.17 * (level + 1),
        )
    rock.tower((x, z), 2.0, 0.3, materials.plain((0.3, 0.3, 0.33)), base=17.6)
    rock.tower(
        (x, z),
        1.1,
        1.9,
        materials.windows(materials.plain((0.92, 0.9, 0.84)), ((0.5, 0.5, 0.8, 0.8),), always=True),
        base=17.9,
    )
    rock.tower((x, z), 1.5, 1.3, materials.tiles((0.70, 0.22, 0.20)), base=19.8, top=0.05)
    rock.gable(
        (x - 6.5, z - 1),
        (5, 3, 5),
        1.8,
        materials.windows(materials.plain((0.95, 0.93, 0.88)), ((0.3, 0.5, 0.2, 0.3), (0.7, 0.5, 0.2, 0.3))),
        materials.tiles((0.66, 0.30, 0.24)),
        base=2.4,
    )
    rock.draw(sheet)
    if light.dark:
        px, py = view.ground(x, z, 18.8)
        for reach in np.linspace(0.1, 1.3, 12) * view.setting.unit:
            for way in (-1, 1):
                beam = [
                    (px, py - 2),
                    (px + way * reach, py - reach * 0.075),
                    (px + way * reach, py + reach * 0.02),
                    (px, py + 2),
                ]
                sheet.patch(beam, (1.0, 0.95, 0.75), alpha=0.03 if light.night else 0.014)
        sheet.glow(px, py, view.setting.unit * 0.09, (1.0, 0.92, 0.66), 0.9)


def _houses(view: OutdoorCamera) -> Masses:
    """Gabled fronts along the landward sides of the quay."""
    houses, rng = Masses(view, "houses"), view.setting.rng("houses")
    spots = (
        [(-15.5, z) for z in (13.0, 7.4, 1.8, -3.8)]
        + [(x, -16.0) for x in (-11.5, -5.6, 0.2, 6.0, 11.8)]
        + [(-22.0, 21.0), (-22.5, 28.0)]
    )
    for number, (x, z) in enumerate(spots):
        own, tall, kind = HOUSES[number % 6], float(rng.uniform(5.6, 8.2)), int(rng.integers(3))
        if not view.visible(x, z, 7):
            continue
        wall = materials.boards(own, 0.3, level=True) if kind else materials.plain(own, 0.3)
        upper = tuple((a, b, 0.15, 0.17) for a in (0.2, 0.5, 0.8) for b in (0.18, 0.46))
        front = materials.door(
            materials.windows(wall, (*upper, (0.22, 0.8, 0.22, 0.2))),
            0.68,
            0.2,
            0.3,
            ((0.25, 0.35, 0.38), (0.45, 0.22, 0.18), (0.30, 0.40, 0.28))[kind],
        )
        turn = facing(x, z, (0.0, z)) if abs(x) > 14 else facing(x, z, (x, 8.0))
        houses.gable(
            (x, z),
            (5.4, tall, 8.0),
            2.6,
            wall,
            materials.tiles((0.52, 0.30, 0.25) if kind else (0.36, 0.37, 0.42), 0.35),
            front=front,
            side=materials.windows(wall, upper),
            turn=turn,
            eaves=0.3,
        )
    return houses


def _things(view: OutdoorCamera) -> Masses:
    """Bollards, crates, barrels and coiled nets."""
    things = Masses(view, "quay things")
    for x, z in ((-7.0, 14.4), (-2.5, 14.4), (2.2, 14.4), (11.5, 14.4), (14.7, 9.0), (14.7, 4.0), (14.7, -2.0)):
        things.tower((x, z), 0.22, 0.55, materials.plain((0.22, 0.23, 0.26)), top=0.18, sides=10)
        things.tower((x, z), 0.3, 0.14, materials.plain((0.25, 0.26, 0.3)), base=0.5, sides=10)
    for x, z, size, turn in (
        (-8.6, 11.6, 0.8, 0.3),
        (-8.2, 12.7, 0.7, 0.7),
        (11.4, 10.6, 0.9, 0.2),
        (12.5, 11.2, 0.7, 0.9),
        (-7.4, -5.6, 0.8, 0.1),
        (9.0, -7.5, 0.9, 0.5),
    ):
        things.box(
            (x, z),
            (size, size * 0.7, size),
            materials.boards(
                ((0.66, 0.52, 0.36), (0.35, 0.50, 0.58), (0.80, 0.45, 0.30))[int(abs(x) * 7) % 3], 0.16, level=True
            ),
            turn=turn,
        )
    for x, z in ((-9.4, 10.2), (12.6, 9.6), (8.0, -6.4)):
        things.tower((x, z), 0.62, 0.5, materials.boards((0.34, 0.50, 0.46), 0.06), top=0.4, sides=12)
    return things


def _rail(view: OutdoorCamera, sheet: Surface) -> None:
    for z in np.arange(16.0, 33.1, 2.8):
        for x in (5.6, 8.8):
            if view.far(x, z) > 2:
                beams.strut(view, sheet, (x, -0.4, z), (x, 1.05, z), 0.16, (0.50, 0.40, 0.30))
    for x in (5.6, 8.8):
        beams.chain(view, sheet, [(x, 0.95, z) for z in np.arange(16.0, 33.1, 2.8)], 0.05, (0.82, 0.76, 0.62))
