"""A beach: palms and parasols before the sea, a promenade with white houses behind."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.places.forest_and_meadow import palm
from personavlog_embedded.places.harbour import birds
from personavlog_embedded.render import beams, land, materials, passers_by, vegetation, water
from personavlog_embedded.render.boats import boat, reflect
from personavlog_embedded.render.buildings import Masses, facing, shadows
from personavlog_embedded.render.canvas import Colour, Surface, scaled
from personavlog_embedded.render.floors import GroundPlane
from personavlog_embedded.render.noise import Field, smoothstep
from personavlog_embedded.render.outdoor_camera import OutdoorCamera
from personavlog_embedded.render.setting import Painted, Setting, composite
from personavlog_embedded.render.sky import sky

SAND: Colour = (0.93, 0.83, 0.62)
CLOTHS: tuple[Colour, ...] = ((0.86, 0.32, 0.28), (0.28, 0.52, 0.66), (0.94, 0.72, 0.30), (0.44, 0.62, 0.50))
PALMS = (
    (-8.0, 13.0, 6.4, 0.11),
    (-5.8, 15.5, 5.0, 0.06),
    (11.5, 14.0, 6.8, -0.09),
    (-13.0, 4.0, 6.0, 0.08),
    (-9.5, -9.5, 7.0, 0.04),
    (3.0, -11.0, 6.4, -0.04),
    (10.0, -9.0, 7.2, 0.06),
    (16.0, 2.0, 6.2, -0.1),
)
PARASOLS = ((5.6, 13.2), (8.6, 16.0), (-10.2, 10.0), (7.5, -3.2), (-5.6, -3.6))


def beach(setting: Setting) -> list[Painted]:
    """Sand with palms; the sea ahead, a promenade with white houses behind."""
    view, unit, horizon = OutdoorCamera(setting, 8.0), setting.unit, setting.horizon
    layers = sky(setting, 0.95)
    isles = land.hills(setting, "isles", horizon + unit * 0.03, unit * 0.15, 0.82, trees=0.5, gaps=0.9)
    isles.pixels[int(horizon) + 2 :] = 0
    layers.append(Painted("islands", "far", 0.88, isles))
    sea = water.water(setting, "sea", horizon, composite(setting, layers), (0.10, 0.46, 0.56), 0.32)
    water.waves(setting, sea, "waves", setting.below(0.03), setting.below(0.24), 6)
    sail = setting.sheet()
    for number, (x, z, turn, long) in enumerate(
        ((-16.0, 62.0, 0.5, 9.0), (34.0, 48.0, 2.6, 8.0), (-44.0, 34.0, 1.0, 8.0))
    ):
        if view.visible(x, z, long):
            boat(view, sail, number * 2, (x, z, turn, long))
            reflect(view, sea, sail, view.ground(x, z)[1])
    layers.append(Painted("water", "water", 0.62, sea))
    layers.append(Painted("boats", "mid", 0.58, sail))
    floor, houses = _sand(view), _promenade(view)
    shadows(floor.sheet, view, [houses, *_shades(view)])
    standing = setting.sheet()
    houses.draw(standing)
    for x in (-18.0, -9.0, 0.0, 9.0, 18.0):
        beams.pool_of_light(view, floor.sheet, x, -9.6, 5.0)
        beams.lamp_post(view, standing, x, -10.8, 3.8, (0.86, 0.86, 0.84))
    layers.append(Painted("sand", "ground", 0.5, floor.sheet))
    layers.append(Painted("promenade", "mid", 0.46, standing))
    people = setting.sheet()
    passers_by.crowd(
        view,
        people,
        "beach",
        [
            (-3.4, 18.2),
            (3.2, 19.0),
            (11.0, 16.5),
            (-12.5, 13.0),
            (-4.0, -12.0),
            (5.5, -12.5),
            (1.0, -12.2),
            (14.0, -1.0),
        ],
    )
    layers.append(Painted("crowd", "mid", 0.42, people))
    palms = setting.sheet()
    for number, (x, z, tall, lean) in sorted(enumerate(PALMS), key=lambda entry: -view.far(entry[1][0], entry[1][1])):
        if view.visible(x, z, 3) and view.far(x, z) > 4:
            px, foot = view.ground(x, z)
            palm(setting, palms, setting.rng(f"palm {number}"), px, foot, tall * view.scale(x, z), lean)
    layers.append(Painted("palms", "near", 0.34, palms))
    near = setting.sheet()
    for number, (x, z) in sorted(enumerate(PARASOLS), key=lambda entry: -view.far(*entry[1])):
        if view.visible(x, z, 2) and view.far(x, z) > 4.5:
            _parasol(view, near, (x, z), CLOTHS[number % 4])
    vegetation.bushes(
        view,
        near,
        "scrub",
        [(-9.4, 12.6), (12.6, 13.0), (-12.6, 2.0), (-10.6, -8.8), (11.4, -8.2)],
        1.0,
        (0.46, 0.56, 0.32),
    )
    layers.append(Painted("parasols", "near", 0.3, near))
    wings = setting.sheet()
    birds(setting, wings, "gulls", 7)
    layers.append(Painted("birds", "near", 0.26, wings))
    return layers


def _sand(view: OutdoorCamera) -> GroundPlane:
    """Sand up to a waving line of foam, wet and dark before it; a paved walk behind."""
    floor = GroundPlane(view, "sand")
    floor.soil(SAND, (0.86, 0.72, 0.52), 0.7, 0.88)
    line: Field = np.asarray(
        20.5
        + 1.1 * np.sin(floor.x / 5.3)
        + 0.5 * np.sin(floor.x / 1.9 + 1)
        + 0.012 * floor.x**2 * -1
        + (floor.grain("line", 1.2, 3) - 0.5) * 0.8
        - floor.z,
        np.float32,
    )
    floor.lay((0.70, 0.58, 0.42), smoothstep(3.4, 0.4, line) * np.float32(0.75), 0.7)
    floor.tint(
        view.setting.light.sky[2],
        np.asarray(smoothstep(2.0, 0.2, line) * 0.35 * floor.grain("sheen", 1.8, 3, 3.0), np.float32),
    )
    lace = floor.grain("lace", 0.5, 4, 2.0)
    foam = smoothstep(0.34, 0.1, np.abs(line)) + smoothstep(0.12, 0.02, np.abs(line - 0.9 - 0.5 * lace)) * 0.6
    floor.lay(
        (0.98, 0.99, 1.0),
        np.asarray(np.clip(foam, 0, 1) * (0.65 + 0.5 * lace), np.float32).clip(0, 1),
        0.95,
        winter=False,
    )
    walk = smoothstep(-10.2, -10.6, floor.z)
    floor.paved((0.80, 0.74, 0.66), 0.6, 0.07, mask=np.asarray(walk, np.float32))
    prints = floor.stripes(floor.z, 0.75, 0.3) * floor.track([(0.5, -10), (0.7, 9), (-2.0, 18)], 0.09, 0.02)
    floor.lay(scaled(SAND, 0.66), np.asarray(prints * 0.2, np.float32), 0.4)
    floor.cut(floor.sheet, smoothstep(-0.15, -0.55, line))
    return floor


def _shades(view: OutdoorCamera) -> list[Masses]:
    """What throws the parasols' and palms' shadows."""
    shades = Masses(view, "shades")
    for x, z in PARASOLS:
        ring = [(x + 1.15 * float(np.cos(a)), z + 1.15 * float(np.sin(a))) for a in np.linspace(0, 2 * np.pi, 11)[:-1]]
        shades.shade(ring, 0.9)
    for x, z, _, _ in PALMS:
        shades.shade([(x - 0.2, z - 0.2), (x + 0.2, z - 0.2), (x + 0.2, z + 0.2), (x - 0.2, z + 0.2)], 3.0)
    return [shades]


def _promenade(view: OutdoorCamera) -> Masses:
    """White houses with blue shutters and a low wall along the walk behind the beach, a bathing hut, loungers."""
    houses, white, blue = Masses(view, "promenade"), materials.plain((0.94, 0.91, 0.85), 0.08), (0.30, 0.48, 0.62)
    spots = tuple((a, b, 0.13, 0.2) for a in (0.2, 0.5, 0.8) for b in (0.22, 0.52))
    for number, x in enumerate(np.arange(-30.0, 31.0, 7.2)):
        front = materials.door(
            materials.windows(
                materials.plain(((0.95, 0.92, 0.86), (0.95, 0.82, 0.68), (0.90, 0.86, 0.80))[number % 3], 0.08),
                spots,
                blue,
            ),
            0.5,
            0.16,
            0.32,
            blue,
        )
        if view.visible(float(x), -20.0, 6):
            houses.box((float(x), -20.0), (6.9, 6.0 + 1.6 * (number % 3), 6.0), white, front=front, turn=np.pi)
    for x in np.arange(-27.0, 28.0, 6.0):
        houses.box((float(x), -10.4), (5.9, 0.6, 0.4), materials.stones((0.82, 0.77, 0.68), 0.3))
    hut = materials.door(materials.boards((0.94, 0.92, 0.88), 0.3), 0.5, 0.4, 0.8, blue)
    for x, z, own in (
        (-14.5, 15.0, CLOTHS[1]),
        (-17.3, 14.2, CLOTHS[0]),
        (17.5, 14.5, CLOTHS[2]),
        (20.2, 13.6, CLOTHS[3]),
    ):
        houses.gable(
            (x, z),
            (2.3, 2.2, 2.4),
            1.0,
            materials.boards(own, 0.3),
            materials.tiles((0.85, 0.83, 0.8)),
            front=hut,
            turn=facing(x, z),
        )
    for x, z in PARASOLS:
        houses.box((x + 0.9, z + 0.3), (0.65, 0.3, 1.8), materials.boards((0.93, 0.90, 0.83), 0.15), turn=0.2)
    return houses


def _parasol(view: OutdoorCamera, sheet: Surface, at: tuple[float, float], own: Colour) -> None:
    (x, z), light = at, view.setting.light
    beams.strut(view, sheet, (x, 0, z), (x + 0.12, 2.3, z), 0.07, (0.92, 0.88, 0.8))
    top, ring = (x + 0.12, 2.5, z), np.linspace(0, 2 * np.pi, 13)
    rims = [(x + 0.12 + 1.25 * float(np.cos(a)), 1.85, z + 1.25 * float(np.sin(a))) for a in ring]
    parts = sorted(range(12), key=lambda n: -view.far(rims[n][0] + rims[n + 1][0] - x, rims[n][2] + rims[n + 1][2] - z))
    peak, depth = view.ground(top[0], top[2], top[1]), view.depth(view.far(x, z))
    for number in parts:
        a, b = (view.ground(p[0], p[2], p[1]) for p in (rims[number], rims[number + 1]))
        lit = 0.55 + 0.4 * light.side * (1 if (a[0] + b[0]) / 2 > peak[0] else -1)
        sheet.polygon([peak, a, b], light.colour(own if number % 2 else (0.96, 0.93, 0.87), lit, depth))
