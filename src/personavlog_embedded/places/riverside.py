"""A river under an old stone bridge: green banks, willows, a mill upstream."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.places.harbour import birds
from personavlog_embedded.render import beams, land, materials, ranges, vegetation, water
from personavlog_embedded.render.boats import reflect
from personavlog_embedded.render.buildings import Masses, facing, shadows
from personavlog_embedded.render.canvas import Colour, Surface
from personavlog_embedded.render.floors import GroundPlane
from personavlog_embedded.render.noise import Field, smoothstep
from personavlog_embedded.render.outdoor_camera import OutdoorCamera
from personavlog_embedded.render.setting import Painted, Setting, composite
from personavlog_embedded.render.sky import sky

STONE: Colour = (0.66, 0.61, 0.54)
LEFT, RIGHT = 2.9, 10.6
"""World x of the river's banks."""
BRIDGES = (21.0, -19.0)
"""World z of the bridge ahead and of the one behind the viewer."""


def river(setting: Setting) -> list[Painted]:
    """The left bank, the river running towards the bridge."""
    view, unit, horizon = OutdoorCamera(setting, 4.0, 0.7), setting.unit, setting.horizon
    layers = sky(setting, 0.9)
    layers.append(
        Painted(
            "mountains", "far", 0.92, ranges.mountains(setting, "river range", horizon + 2, unit * 0.2, 0.92, snow=0.4)
        )
    )
    wood = land.hills(setting, "river hills", horizon + 3, unit * 0.12, 0.66, trees=0.4)
    wood.over(land.treeline(setting, "river wood", horizon + 3, unit * 0.08, 0.55, pines=0.2))
    layers.append(Painted("hills and trees", "mid", 0.76, wood))
    surface = water.water(
        setting, "river", horizon + unit * 0.004, composite(setting, layers), (0.20, 0.42, 0.46), calm=0.7
    )
    span = setting.sheet()
    for z in BRIDGES:
        if view.visible(6.5, z, 12):
            _bridge(view, z).draw(span)
            reflect(view, surface, span, view.ground(6.5, z)[1])
    layers.append(Painted("river water", "water", 0.62, surface))
    floor, mill = _banks(view), _mill(view)
    shadows(floor.sheet, view, [mill])
    standing = setting.sheet()
    vegetation.trees(
        view,
        standing,
        "bank",
        [(-7, 14), (-11, 9), (13.5, 15), (16, 9), (-9, 24), (14, 27), (-6, -13), (14, -8), (-10, -4)],
        6.5,
        floor=floor.sheet,
    )
    mill.draw(standing)
    layers.append(Painted("banks", "ground", 0.54, floor.sheet))
    layers.append(Painted("stone bridge", "mid", 0.5, span))
    layers.append(Painted("trees and mill", "mid", 0.44, standing))
    near = setting.sheet()
    beams.pool_of_light(view, floor.sheet, 0.7, 8.0, 2.4)
    beams.lamp_post(view, standing, 0.7, 8.0, 2.9, (0.22, 0.24, 0.24))
    vegetation.bushes(
        view,
        near,
        "river bush",
        [(-4.6, 7.5), (-7.5, 5.0), (11.6, 11), (1.8, 13.5), (-4.5, -5.5)],
        1.2,
        blossom=(0.90, 0.80, 0.92),
    )
    vegetation.turf(view, near, "river", 800, (0.42, 0.58, 0.26), 0.14, 0.25, 80)
    floor.cut(near, np.maximum(_wet(floor), floor.track([(-1.2, -30), (-0.6, 5), (-0.4, 20)], 0.9, 0.2)))
    layers.append(Painted("grass", "near", 0.3, near))
    wings = setting.sheet()
    birds(setting, wings, "river birds", 4, (0.3, 0.32, 0.38))
    layers.append(Painted("birds", "near", 0.26, wings))
    return layers


def _wet(floor: GroundPlane) -> Field:
    """Mask of the river, which winds."""
    bend = np.asarray(1.1 * np.sin(floor.z / 11.0), np.float32)
    fray = (floor.grain("shore", 0.8, 3) - 0.5) * 0.5
    return np.asarray(
        smoothstep(LEFT - 0.12, LEFT + 0.12, floor.x + bend + fray)
        * smoothstep(RIGHT + 0.12, RIGHT - 0.12, floor.x + bend + fray),
        np.float32,
    )


def _banks(view: OutdoorCamera) -> GroundPlane:
    floor = GroundPlane(view, "river banks")
    floor.soil((0.42, 0.58, 0.26), (0.54, 0.64, 0.31), 0.8)
    grit = floor.grain("pebbles", 0.2, 4)
    path = floor.track([(-1.2, -30), (-0.6, 5), (-0.4, 20), (1.5, 26)], 0.85, 0.25)
    floor.lay(np.asarray((0.72 + 0.45 * grit)[..., None] * np.asarray((0.74, 0.66, 0.54)), np.float32), path, 0.8, grit)
    bend = np.asarray(1.1 * np.sin(floor.z / 11.0), np.float32)
    rim = np.minimum(np.abs(floor.x + bend - LEFT), np.abs(floor.x + bend - RIGHT))
    floor.lay(
        np.asarray((0.62 + 0.5 * grit)[..., None] * np.asarray((0.62, 0.58, 0.50)), np.float32),
        smoothstep(0.9, 0.3, np.asarray(rim + grit - 0.5, np.float32)),
        0.7,
        grit,
    )
    floor.cut(floor.sheet, _wet(floor))
    return floor


def _arched(count: int) -> materials.Skin:
    """A wall of stones with round arches cut out."""

    def paint(tile: Surface, face: materials.Facet) -> None:
        w, h = tile.width, tile.height
        materials.stones(STONE, 0.4, 0.3)(tile, face)
        hole = np.zeros((h, w), np.float32)
        rows, columns = np.mgrid[0:h, 0:w].astype(np.float32)
        wide = w / count
        for number in range(count):
            middle = wide * (number + 0.5)
            radius = wide * 0.4
            ring = np.hypot(columns - middle, (rows - h) * radius / (h * 0.72))
            hole = np.maximum(hole, np.clip(radius - ring + 0.5, 0, 1))
            rim = np.clip(1 - np.abs(ring - radius) / max(0.3 * face.metre, 1), 0, 1)
            tile.tint(face.colour((0.78, 0.73, 0.66)), np.asarray(rim * 0.6, np.float32))
        tile.erase(hole)
        tile.rect(0, 0, w, max(2.0, 0.22 * face.metre), face.colour((0.74, 0.70, 0.63)))

    return paint


def _bridge(view: OutdoorCamera, z: float) -> Masses:
    """Three arches, a little higher in the middle, with a parapet."""
    bridge, arch = Masses(view, f"bridge {z}"), _arched(3)
    for side in (-1.6, 1.6):
        bridge.plate(
            [(-4.0, 4.1, z + side), (17.0, 4.1, z + side), (17.0, -0.1, z + side), (-4.0, -0.1, z + side)], arch
        )
    for x in (-4.0, 17.0):
        bridge.box((x, z), (1.4, 4.9, 3.6), materials.stones(STONE, 0.4, 0.3))
    return bridge


def _mill(view: OutdoorCamera) -> Masses:
    """A mill with a steep roof on the far bank, a cottage behind the viewer."""
    mill, wall = Masses(view, "mill"), materials.stones((0.76, 0.71, 0.63), 0.4, 0.1)
    spots = ((0.22, 0.3, 0.14, 0.2), (0.75, 0.3, 0.14, 0.2), (0.22, 0.72, 0.14, 0.22))
    front = materials.door(materials.windows(wall, spots), 0.65, 0.17, 0.42)
    for x, z in ((17.0, 20.0), (-8.0, 29.0), (-9.0, -15.0)):
        mill.gable(
            (x, z),
            (6.5, 4.6, 6.5),
            3.0,
            wall,
            materials.tiles((0.52, 0.34, 0.28)),
            front=front,
            side=front,
            turn=facing(x, z),
            eaves=0.5,
        )
    return mill
