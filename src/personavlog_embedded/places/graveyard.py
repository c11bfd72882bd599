"""An old graveyard before a crooked house: leaning stones, bare trees, an iron fence, mist over the ground."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import beams, land, materials, plants, vegetation
from personavlog_embedded.render.buildings import Masses, facing, shadows
from personavlog_embedded.render.canvas import Colour, Surface, mix
from personavlog_embedded.render.floors import GroundPlane
from personavlog_embedded.render.noise import fractal
from personavlog_embedded.render.outdoor_camera import OutdoorCamera
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.sky import sky

STONE: Colour = (0.76, 0.76, 0.74)
SLATE: Colour = (0.30, 0.30, 0.35)
IRON: Colour = (0.15, 0.15, 0.17)
TREES = (
    (-6.4, 11.0, 6.5),
    (7.6, 14.0, 7.0),
    (-12.0, 20.0, 8.0),
    (13.0, 23.0, 8.0),
    (-7.0, -8.0, 6.0),
    (8.0, -11.0, 7.0),
)


def graveyard(setting: Setting) -> list[Painted]:
    """The path between the stones, the old house ahead."""
    view, unit, horizon = OutdoorCamera(setting, 6.0), setting.unit, setting.horizon
    layers = sky(setting, 0.7)
    hill = land.hills(setting, "grave hill", horizon + 3, unit * 0.14, 0.75, (0.36, 0.44, 0.32), 0.3)
    hill.over(land.treeline(setting, "grave wood", horizon + 3, unit * 0.09, 0.6, (0.26, 0.34, 0.28), 0.6))
    layers.append(Painted("hills", "far", 0.86, hill))
    floor, house, stones = _ground(view), _house(view), _stones(view)
    shadows(floor.sheet, view, [house, stones])
    standing = setting.sheet()
    house.draw(standing)
    for number, (x, z, tall) in sorted(enumerate(TREES), key=lambda entry: -view.far(entry[1][0], entry[1][1])):
        _dead_tree(view, standing, number, x, z, tall)
    floor.wet(layers, standing, 0.4)
    layers.append(Painted("grass", "ground", 0.52, floor.sheet))
    layers.append(Painted("house and trees", "mid", 0.48, standing))
    layers.append(Painted("mist", "mid", 0.44, _mist(view)))
    near = setting.sheet()
    stones.draw(near)
    for way in ([(-14, 16), (-2.2, 16)], [(2.2, 16), (14, 16)], [(-12, -6), (12, -6)]):
        beams.fence(view, near, way, 1.3, IRON, 0.4, (0.25, 0.85))
    for x, z in ((-2.4, 16.0), (2.4, 16.0), (-1.8, -6.0)):
        beams.pool_of_light(view, floor.sheet, x, z - 0.4, 2.4)
        beams.lamp_post(view, near, x, z, 2.4, IRON)
    vegetation.turf(view, near, "graves", 420, (0.40, 0.48, 0.30), 0.16, 0.3)

    layers.append(Painted("gravestones and fence", "near", 0.3, near))
    return layers


def _ground(view: OutdoorCamera) -> GroundPlane:
    floor = GroundPlane(view, "graveyard")
    floor.soil((0.36, 0.44, 0.28), (0.44, 0.46, 0.33), 1.0, 0.75)
    grit = floor.grain("path", 0.25, 4)
    path = floor.track([(0.2, -20), (0, 6), (0.3, 16), (0, 24)], 0.95, 0.35)
    floor.lay(np.asarray((0.72 + 0.45 * grit)[..., None] * np.asarray((0.58, 0.54, 0.48)), np.float32), path, 0.7, grit)
    return floor


def _house(view: OutdoorCamera) -> Masses:
    """A tall house with steep gables and one tower, its windows lit; a chapel behind the viewer."""
    house, wall = Masses(view, "old house"), materials.boards((0.40, 0.38, 0.42), 0.26, level=True)
    spots = (
        (0.22, 0.18, 0.12, 0.16),
        (0.5, 0.18, 0.12, 0.16),
        (0.78, 0.18, 0.12, 0.16),
        (0.2, 0.62, 0.14, 0.2),
        (0.8, 0.62, 0.14, 0.2),
    )
    front = materials.door(materials.windows(wall, spots, (0.26, 0.25, 0.28)), 0.5, 0.15, 0.34, (0.24, 0.18, 0.16))
    roof = materials.tiles(SLATE, 0.35)
    house.gable((1.5, 33.0), (9.0, 6.0, 8.0), 4.4, wall, roof, front=front, side=front, turn=0.12)
    house.gable((8.8, 35.0), (5.0, 5.0, 6.0), 4.0, wall, roof, front=front, side=front, turn=0.3)
    house.box(
        (-4.2, 32.0),
        (3.4, 8.6, 3.4),
        materials.windows(wall, ((0.5, 0.14, 0.3, 0.12), (0.5, 0.45, 0.3, 0.12)), (0.26, 0.25, 0.28)),
        turn=0.1,
    )
    house.tower((-4.2, 32.0), 2.8, 4.6, roof, base=8.6, top=0.05, sides=4)
    chapel = materials.stones(STONE, 0.4, 0.2)
    house.gable(
        (1.0, -19.0),
        (6.0, 4.5, 8.0),
        4.0,
        chapel,
        roof,
        front=materials.door(chapel, 0.5, 0.26, 0.6),
        turn=facing(1.0, -19.0),
    )
    return house


def _stones(view: OutdoorCamera) -> Masses:
    """Headstones in rows, some crosses, a few leaning."""
    stones, rng = Masses(view, "stones"), view.setting.rng("stones")
    for z in (5.6, 8.4, 11.4, 14.2, -3.0, -8.0, -12.0):
        for x in (-7.8, -5.4, -3.1, 2.6, 4.7, 7.2):
            at, turn = (x + float(rng.normal(0, 0.25)), z + float(rng.normal(0, 0.2))), float(rng.normal(0, 0.22))
            tall, wide = float(rng.uniform(0.7, 1.15)), float(rng.uniform(0.55, 0.8))
            if rng.random() < 0.3:
                stones.box(at, (0.18, tall + 0.35, 0.16), materials.stones(STONE, 2.0, 0.5), turn=turn)
                stones.box(at, (wide, 0.18, 0.16), materials.stones(STONE, 2.0, 0.5), turn=turn, base=tall * 0.75)
            else:
                stones.box(at, (wide, tall, 0.18), materials.stones(STONE, 2.0, 0.5), turn=turn, front=_slab)
    return stones


def _slab(tile: Surface, face: materials.Facet) -> None:
    """A headstone's face with a rounded top and worn writing."""
    w, h = tile.width, tile.height
    materials.plain(STONE, 0.35)(tile, face)
    for y in (0.3, 0.42, 0.54):
        tile.stroke([(w * 0.22, h * y), (w * 0.78, h * y)], face.colour((0.34, 0.34, 0.34)), max(1, h * 0.02))
    rows, columns = np.mgrid[0:h, 0:w].astype(np.float32)
    tile.erase(
        np.asarray((rows < w / 2) * np.clip(np.hypot(columns - w / 2, rows - w / 2) - w / 2 + 0.5, 0, 1), np.float32)
    )


def _dead_tree(view: OutdoorCamera, sheet: Surface, number: int, x: float, z: float, tall: float) -> None:
    if not view.visible(x, z, tall / 2) or view.far(x, z) < 3:
        return
    setting, (px, foot), depth = view.setting, view.ground(x, z), view.depth(view.far(x, z))
    high, rng = tall * view.scale(x, z), setting.rng(f"dead {number}")
    plants.trunk(sheet, rng, setting.light, px, foot, high * 0.6, high * 0.035, depth, (0.28, 0.24, 0.22))
    boughs = [(px + rng.normal(0, 1) * high * 0.16, foot - high * rng.uniform(0.6, 0.85)) for _ in range(6)]
    plants.twigs(sheet, rng, setting.light, (px, foot - high * 0.5), boughs, high, depth)


def _mist(view: OutdoorCamera) -> Surface:
    """A veil that lies on the ground before the house."""
    setting = view.setting
    sheet, rng = setting.sheet(), setting.rng("grave mist")
    rows = np.arange(setting.height, dtype=np.float32)[:, None]
    band = np.exp(-(((rows - setting.horizon - setting.unit * 0.035) / (setting.unit * 0.05)) ** 2))
    veil = band * (0.35 + 0.65 * fractal(rng, setting.height, setting.width, setting.unit * 0.2, 4, 0.5, 4.0))
    sheet.blend(mix(setting.light.haze, (0.8, 0.85, 0.95), 0.25), np.asarray(veil * 0.6, np.float32))
    return sheet
