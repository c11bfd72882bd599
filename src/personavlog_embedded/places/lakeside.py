"""A mountain lake: a grassy bank with a jetty before the water, a hut and firs in the meadow behind."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from personavlog_embedded.places.harbour import birds
from personavlog_embedded.render import beams, land, lanterns, materials, ranges, vegetation, water
from personavlog_embedded.render.boats import reflect
from personavlog_embedded.render.buildings import Masses, facing, shadows
from personavlog_embedded.render.canvas import Colour, Surface, scaled
from personavlog_embedded.render.floors import GroundPlane
from personavlog_embedded.render.noise import Field, smoothstep
from personavlog_embedded.render.outdoor_camera import OutdoorCamera
from personavlog_embedded.render.setting import Painted, Setting, composite
from personavlog_embedded.render.sky import sky

SHORE = 7.4
"""Metres ahead at which the bank ends."""


def lake(setting: Setting) -> list[Painted]:
    """A grassy bank with a jetty before the water and high mountains; a hut in the meadow behind."""
    view, unit, horizon = OutdoorCamera(setting, 3.2), setting.unit, setting.horizon
    layers = sky(setting, 0.7)
    layers.append(Painted("mountains", "far", 0.9, ranges.mountains(setting, "far range", horizon, unit * 0.36, 0.85)))
    shore = land.hills(setting, "shore", horizon + 3, unit * 0.13, 0.62, trees=0.7)
    shore.over(land.treeline(setting, "woods", horizon + unit * 0.006, unit * 0.085, 0.5, pines=0.7))
    _cabins(setting, shore)
    layers.append(Painted("shore trees", "mid", 0.7, shore))
    lit = "lanterns" in setting.motifs and setting.light.dark
    if lit:
        aloft = setting.sheet()
        lanterns.rising(view, aloft)
        layers.append(Painted("sky lanterns", "mid", 0.66, aloft))
    surface = water.water(setting, "lake", horizon + unit * 0.004, composite(setting, layers), calm=0.75)
    if lit:
        lanterns.afloat(view, surface, SHORE, 60.0)
    row = setting.sheet()
    for number, (x, z, turn) in enumerate(((-2.4, 13.5, 0.5), (-15.0, 26.0, 2.0))):
        if view.visible(x, z, 4):
            _rowing_boat(view, row, number, (x, z, turn))
            reflect(view, surface, row, view.ground(x, z)[1])
    layers.append(Painted("water", "water", 0.6, surface))
    layers.append(Painted("boat", "mid", 0.56, row))
    floor, things = _bank(view), _jetty(view)
    shadows(floor.sheet, view, [things])
    standing = setting.sheet()
    vegetation.trees(
        view, standing, "bank", [(-8.5, 5.4), (8.4, 6.2), (-14, 3), (-7, -15), (17, -2)], 7.0, floor=floor.sheet
    )
    vegetation.trees(
        view,
        standing,
        "firs",
        [(16, -14), (11, -20), (-14, -18), (-19, -9), (3, -26), (-3, -24)],
        10.0,
        (0.26, 0.42, 0.28),
        1.0,
        floor.sheet,
    )
    layers.append(Painted("bank", "ground", 0.5, floor.sheet))
    things.draw(standing)
    _lights(view, standing, floor.sheet)
    layers.append(Painted("jetty and trees", "mid", 0.44, standing))
    growing = setting.sheet()
    _reeds(view, growing)
    vegetation.bushes(
        view,
        growing,
        "bank bush",
        [(-6.2, 5.6), (7.4, 6.4), (-9.5, 2.5), (9.5, 3.0), (-5.4, -6.5), (6.4, -7.5)],
        1.2,
        blossom=(0.95, 0.66, 0.74),
    )
    vegetation.turf(view, growing, "bank", 900, (0.42, 0.58, 0.26), 0.15, 0.3, 90)
    floor.cut(growing, np.maximum(floor.track([(0.6, -20), (2.0, 1), (3.0, 7)], 1.0, 0.2), 1 - _dry(floor)))
    layers.append(Painted("grass", "near", 0.3, growing))
    wings = setting.sheet()
    birds(setting, wings, "birds", 5, (0.3, 0.32, 0.38))
    layers.append(Painted("birds", "near", 0.26, wings))
    return layers


def _cabins(setting: Setting, shore: Surface) -> None:
    """Small houses on the far shore; their windows burn after dark and say where land ends and water begins."""
    light, unit, rng = setting.light, setting.unit, setting.rng("far cabins")
    foot = setting.horizon + unit * 0.006
    for bearing in rng.uniform(-np.pi, np.pi, 13):
        x, wide = setting.column(float(bearing)), unit * rng.uniform(0.022, 0.034)
        wall, roof = (
            light.colour((0.52, 0.38, 0.28), 0.6, 0.45),
            light.colour(materials.SNOW if light.weather == "snow" else (0.42, 0.33, 0.30), 0.7, 0.45),
        )
        shore.rect(x - wide / 2, foot - wide * 0.55, x + wide / 2, foot, wall)
        shore.polygon(
            [(x - wide * 0.66, foot - wide * 0.5), (x, foot - wide), (x + wide * 0.66, foot - wide * 0.5)], roof
        )
        if light.dark:
            shore.glow(x, foot - wide * 0.28, wide * 1.1, materials.LAMP, 0.5)
        pane = materials.LAMP if light.dark else light.colour((0.3, 0.34, 0.4), 0.5, 0.45)
        for way in (-0.22, 0.22):
            shore.rect(x + wide * (way - 0.1), foot - wide * 0.42, x + wide * (way + 0.1), foot - wide * 0.18, pane)


def _lights(view: OutdoorCamera, standing: Surface, floor: Surface) -> None:
    """A lamp where the jetty begins; lanterns strung along it when the board speaks of lanterns."""
    beams.pool_of_light(view, floor, 1.9, 6.4, 2.2)
    beams.lamp_post(view, standing, 1.9, 6.4, 2.3, (0.30, 0.24, 0.20))
    if "lanterns" in view.setting.motifs:
        for x, z in ((3.9, 6.8), (3.9, 10.8), (3.9, 14.0), (-5.2, 6.2), (-1.6, 6.9)):
            beams.strut(view, standing, (x, 0, z), (x, 2.5, z), 0.07, (0.42, 0.33, 0.26))
        lanterns.hung(view, standing, (3.9, 2.5, 14.0), (3.9, 2.5, 10.8), 5, 0.25, 0.14)
        lanterns.hung(view, standing, (3.9, 2.5, 10.8), (3.9, 2.5, 6.8), 5, 0.3, 0.14)
        lanterns.hung(view, standing, (-5.2, 2.5, 6.2), (-1.6, 2.5, 6.9), 5, 0.3, 0.14)


def _dry(floor: GroundPlane) -> Field:
    """Mask of the bank: it ends in a winding shore."""
    return smoothstep(-0.15, 0.15, _inland(floor) + (floor.grain("shore", 0.7, 3) - 0.5))


def _inland(floor: GroundPlane) -> Field:
    """Metres from the waterline, negative out in the lake."""
    return np.asarray(
        SHORE + 0.9 * np.sin(floor.x / 6.0) + 0.4 * np.sin(floor.x / 2.1) - 0.012 * floor.x**2 - floor.z, np.float32
    )


def _bank(view: OutdoorCamera) -> GroundPlane:
    floor = GroundPlane(view, "bank")
    floor.soil((0.42, 0.58, 0.26), (0.55, 0.64, 0.31), 0.8)
    dry, grit = _dry(floor), floor.grain("pebbles", 0.2, 4)
    floor.lay(
        np.asarray((0.7 + 0.5 * grit)[..., None] * np.asarray((0.70, 0.66, 0.58)), np.float32),
        floor.track([(0.6, -30), (2.0, 1), (3.0, 8)], 0.8, 0.5),
        0.8,
        grit,
    )
    line = _inland(floor)
    floor.lay(
        np.asarray((0.62 + 0.5 * grit)[..., None] * np.asarray((0.62, 0.58, 0.50)), np.float32),
        smoothstep(1.5, 0.5, line + (grit - 0.5)),
        0.7,
        grit,
    )
    floor.lay((0.34, 0.30, 0.26), smoothstep(0.5, 0.1, line) * np.float32(0.6), 0.4)
    floor.cut(floor.sheet, 1 - dry)
    return floor


def _jetty(view: OutdoorCamera) -> Masses:
    """Planks on posts out into the water; a boathouse; a hut behind the viewer."""
    things, wood = Masses(view, "jetty"), materials.boards((0.62, 0.50, 0.38), 0.2)
    for z in np.arange(6.8, 14.8, 1.6):
        things.box((3.0, float(z)), (1.8, 0.14, 1.6), wood, base=0.42)
        for x in (2.15, 3.85):
            things.box((x, float(z)), (0.16, 1.0, 0.16), materials.plain((0.46, 0.37, 0.29)), base=-0.4)
    things.gable(
        (-9.0, 12.5),
        (4.0, 2.4, 5.0),
        1.5,
        materials.boards((0.50, 0.33, 0.25), 0.24),
        materials.tiles((0.40, 0.36, 0.34)),
        front=materials.door(materials.boards((0.50, 0.33, 0.25), 0.24), 0.5, 0.5, 0.75),
        turn=facing(-9.0, 12.5),
    )
    front = materials.door(
        materials.windows(
            materials.boards((0.56, 0.40, 0.27), 0.26, level=True), ((0.22, 0.55, 0.18, 0.3), (0.8, 0.55, 0.16, 0.3))
        ),
        0.52,
        0.18,
        0.72,
    )
    things.gable(
        (8.5, -15.0),
        (6.0, 2.7, 5.5),
        2.2,
        materials.boards((0.56, 0.40, 0.27), 0.26, level=True),
        materials.tiles((0.42, 0.36, 0.33)),
        front=front,
        turn=facing(8.5, -15.0),
        eaves=0.6,
    )
    things.box((-4.4, 4.9), (1.7, 0.1, 0.45), wood, turn=0.5, base=0.45)
    for dx in (-0.6, 0.6):
        things.box((-4.4 + dx * 0.88, 4.9 - dx * 0.48), (0.14, 0.45, 0.4), wood, turn=0.5)
    return things


def _rowing_boat(view: OutdoorCamera, sheet: Surface, number: int, spot: tuple[float, float, float]) -> None:
    """A small open boat with thwarts."""
    x, z, turn = spot
    cos, sin, hull = float(np.cos(turn)), float(np.sin(turn)), Masses(view, f"rowing boat {number}")
    own: Colour = ((0.78, 0.26, 0.22), (0.30, 0.46, 0.56))[number % 2]

    def at(along: float, up: float, side: float) -> tuple[float, float, float]:
        return x + along * cos + side * sin, up, z + side * cos - along * sin

    stations = ((-1.8, 0.48, 0.42), (-0.9, 0.42, 0.66), (0.2, 0.42, 0.68), (1.2, 0.5, 0.46), (1.95, 0.66, 0.03))
    for (a0, h0, b0), (a1, h1, b1) in pairwise(stations):
        hull.plate(
            [at(a0, 0.12, b0 * 0.8), at(a1, 0.12, b1 * 0.8), at(a1, 0.12, -b1 * 0.8), at(a0, 0.12, -b0 * 0.8)],
            materials.boards((0.60, 0.46, 0.32), 0.14),
        )
        for side in (-1, 1):
            hull.plate(
                [
                    at(a0, h0, b0 * side),
                    at(a1, h1, b1 * side),
                    at(a1, 0.0, b1 * side * 0.75),
                    at(a0, 0.0, b0 * side * 0.75),
                ],
                materials.boards(own, 0.14, level=True),
            )
    hull.plate(
        [at(-1.8, 0.48, -0.42), at(-1.8, 0.48, 0.42), at(-1.8, 0.0, 0.3), at(-1.8, 0.0, -0.3)],
        materials.boards(own, 0.14, level=True),
    )
    for along in (-0.9, 0.3):
        hull.plate(
            [
                at(along - 0.14, 0.36, -0.62),
                at(along + 0.14, 0.36, -0.62),
                at(along + 0.14, 0.36, 0.62),
                at(along - 0.14, 0.36, 0.62),
            ],
            materials.boards((0.72, 0.58, 0.42), 0.14),
            0.2,
        )
    hull.draw(sheet)


def _reeds(view: OutdoorCamera, sheet: Surface) -> None:
    """Reeds and cat-tails in the shallows."""
    rng, light = view.setting.rng("reeds"), view.setting.light
    spots = [
        (float(x + rng.normal(0, 0.7)), float(SHORE + 0.4 + 0.9 * np.sin(x / 6.0) - 0.012 * x * x + rng.normal(0, 0.3)))
        for x in (-11, -9, -7, -5.6, 5.8, 7.0, 9, 12)
        for _ in range(9)
    ]
    for _, (x, z) in vegetation.in_view(view, spots, 2.0):
        (px, foot), m, depth = view.ground(x, z), view.scale(x, z), view.depth(view.far(x, z))
        tall, bend = m * float(rng.uniform(0.8, 1.7)), m * float(rng.normal(0, 0.14))
        own: Colour = (0.46, 0.56, 0.26) if light.weather != "snow" else (0.78, 0.76, 0.66)
        sheet.stroke(
            [(px, foot), (px + bend * 0.4, foot - tall * 0.6), (px + bend, foot - tall)],
            light.colour(scaled(own, float(rng.uniform(0.7, 1.2))), float(rng.uniform(0.4, 1)), depth),
            max(1, m * 0.025),
        )
        if rng.random() < 0.3:
            sheet.ellipse(
                px + bend * 0.9,
                foot - tall * 0.92,
                max(1.0, m * 0.035),
                m * 0.11,
                light.colour((0.40, 0.26, 0.17), 0.6, depth),
            )
