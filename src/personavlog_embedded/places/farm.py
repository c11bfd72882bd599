"""A farm: red barn, silo, farmhouse with a porch, wheat, hay, a wind pump; a yard to stand in."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import beams, land, materials, vegetation
from personavlog_embedded.render.buildings import Masses, shadows
from personavlog_embedded.render.canvas import Colour, Surface
from personavlog_embedded.render.floors import GroundPlane
from personavlog_embedded.render.noise import smoothstep
from personavlog_embedded.render.outdoor_camera import OutdoorCamera
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.sky import sky

RED: Colour = (0.66, 0.24, 0.19)
ROOF: Colour = (0.42, 0.36, 0.35)
CREAM: Colour = (0.93, 0.89, 0.80)
WHEAT: Colour = (0.90, 0.74, 0.38)
WOOD: Colour = (0.56, 0.45, 0.34)


def farm(setting: Setting) -> list[Painted]:
    """The yard between barn and house, with fields all around."""
    view, unit, horizon = OutdoorCamera(setting, 9.0), setting.unit, setting.horizon
    layers = sky(setting, 1.15)
    hills = land.hills(setting, "far hills", horizon + 3, unit * 0.13, 0.8, (0.46, 0.60, 0.32), 0.45)
    layers.append(Painted("hills", "far", 0.88, hills))
    woods = land.hills(setting, "fields", horizon + 4, unit * 0.05, 0.6, (0.74, 0.68, 0.36), 0.2)
    woods.over(land.treeline(setting, "woods", horizon + 2, unit * 0.055, 0.6, pines=0.2))
    layers.append(Painted("woods", "mid", 0.72, woods))
    floor = _yard(view)
    far, near = _buildings(view), _near(view)
    shadows(floor.sheet, view, [far, near])
    standing, close = setting.sheet(), setting.sheet()
    vegetation.trees(
        view,
        standing,
        "orchard",
        [(-19, 16), (-17, 24), (16, 27), (21, 22), (-8, -14), (-13, -9), (9, -13), (3, -20), (14, -6)],
        6.0,
        floor=floor.sheet,
    )
    far.draw(standing)
    _pump(view, standing)
    floor.wet(layers, standing)
    layers.append(Painted("yard", "ground", 0.5, floor.sheet))
    layers.append(Painted("barn and house", "mid", 0.45, standing))
    layers.append(Painted("smoke", "mid", 0.42, _smoke(view)))
    near.draw(close)
    beams.fence(view, close, [(-16, 9), (-7.5, 12.5), (-6.5, 19)], 1.15)
    beams.fence(view, close, [(6, 1.5), (9.5, 6), (10, 13)], 1.15)
    beams.fence(view, close, [(-9, -1), (-3, -4), (6, -5)], 1.15)
    layers.append(Painted("fences and hay", "near", 0.3, close))
    blades = setting.sheet()
    vegetation.turf(view, blades, "farm", 900, (0.46, 0.60, 0.28), 0.13, 0.3, 60)
    _swept(floor, blades)
    vegetation.bushes(
        view, blades, "hedge", [(-8.5, 5), (8.6, 3.4), (-4.5, -3.6), (6.8, 14.5)], 1.2, blossom=(0.95, 0.55, 0.6)
    )
    layers.append(Painted("grass", "near", 0.24, blades))
    return layers


def _yard(view: OutdoorCamera) -> GroundPlane:
    floor = GroundPlane(view, "farm")
    floor.soil((0.45, 0.60, 0.27), (0.60, 0.66, 0.32), 0.9)
    wheat = (
        smoothstep(-0.3, 0.3, floor.z - 30 + 3 * np.sin(floor.x / 14))
        + smoothstep(-0.4, 0.4, floor.x - 17)
        + smoothstep(-0.4, 0.4, -floor.z - 12)
    )
    rows = np.float32(0.82) + np.float32(0.3) * floor.stripes(floor.x + 0.2 * floor.z, 1.6, 0.5)
    floor.lay(
        np.asarray(rows[..., None] * np.asarray(WHEAT), np.float32), np.asarray(np.clip(wheat, 0, 1), np.float32), 0.85
    )
    dust = np.maximum(
        floor.track([(-1, -14), (0.5, 2), (0, 9), (3, 18), (6, 40)], 1.7, 0.5),
        floor.track([(0, 9), (-9, 19)], 1.2, 0.4),
    )
    yard = smoothstep(
        1.0, 0.82, np.hypot(floor.x / 6.2, (floor.z - 8.5) / 5.0) + (floor.grain("yard", 1.6) - 0.5) * 0.4
    )
    grit = floor.grain("grit", 0.35)
    floor.lay(
        np.asarray((0.80, 0.68, 0.50), np.float32) * (0.82 + 0.34 * grit[..., None]),
        np.asarray(np.maximum(dust, yard * 0.92), np.float32),
        0.55 + 0.4 * floor.grain("dust", 3.0, 3),
        grit,
    )
    ruts = np.maximum(
        floor.track([(-1.75, -14), (-0.25, 2), (-0.75, 9), (2.2, 18), (5.2, 40)], 0.16, 0.15),
        floor.track([(-0.2, -14), (1.25, 2), (0.75, 9), (3.8, 18), (6.8, 40)], 0.16, 0.15),
    )
    floor.lay((0.62, 0.50, 0.36), np.asarray(ruts * 0.6, np.float32), 0.4)
    return floor


def _barn_front(tile: Surface, face: materials.Facet) -> None:
    materials.boards(RED, 0.26)(tile, face)
    w, h, white = tile.width, tile.height, face.colour(CREAM)
    bar = max(1.5, w * 0.022)
    left, right, top = w * 0.3, w * 0.7, h * 0.26
    tile.patch(
        [(left, top), (right, top), (right, h), (left, h)],
        face.colour((0.5, 0.17, 0.14)),
        face.colour((0.36, 0.12, 0.1), 0.2),
    )
    for line in (
        [(left, h), (left, top), (right, top), (right, h)],
        [(left, top), (w / 2, h), (w / 2, top), (left, h)],
        [(w / 2, top), (right, h)],
        [(right, top), (w / 2, h)],
    ):
        tile.stroke(line, white, bar)
    for x in (0, w - bar):
        tile.rect(x, 0, x + bar, h, white)


def _buildings(view: OutdoorCamera) -> Masses:
    masses = Masses(view, "farm")
    wall, roof = materials.boards(RED, 0.26), materials.tiles(ROOF, 0.4)
    masses.gable((9.5, 23), (8.5, 4.2, 12), 3.6, wall, roof, front=_barn_front, turn=0.42, eaves=0.6)
    masses.tower((16.5, 24), 1.9, 9.0, materials.stones((0.78, 0.77, 0.74), 0.6))
    masses.tower((16.5, 24), 2.0, 1.9, materials.tiles((0.62, 0.64, 0.68), 0.5), base=9.0, top=0.1)
    white = materials.boards(CREAM, 0.24, level=True)
    front = materials.door(
        materials.windows(
            white,
            (
                (0.18, 0.24, 0.14, 0.22),
                (0.5, 0.24, 0.14, 0.22),
                (0.82, 0.24, 0.14, 0.22),
                (0.18, 0.72, 0.14, 0.24),
                (0.82, 0.72, 0.14, 0.24),
            ),
        ),
        0.5,
        0.14,
        0.4,
    )
    side = materials.windows(white, ((0.25, 0.25, 0.12, 0.2), (0.75, 0.25, 0.12, 0.2), (0.5, 0.72, 0.14, 0.22)))
    masses.gable(
        (-11.5, 25),
        (9, 5.2, 8),
        2.8,
        white,
        materials.tiles((0.46, 0.34, 0.30), 0.35),
        front=front,
        side=side,
        turn=-0.36,
    )
    masses.box((-9.0, 26.5), (0.9, 9.2, 0.9), materials.stones((0.60, 0.36, 0.30), 0.25))
    _porch(masses)
    masses.gable(
        (-9.5, -9),
        (4, 2.3, 3.2),
        1.3,
        materials.boards(WOOD),
        materials.tiles((0.5, 0.5, 0.5)),
        front=materials.door(materials.boards(WOOD), 0.5, 0.3, 0.8),
        turn=2.8,
    )
    masses.gable((7, -17), (7, 3.4, 9), 2.6, wall, roof, front=_barn_front, turn=2.75, eaves=0.5)
    return masses


def _porch(masses: Masses) -> None:
    """Boards, posts and a lean-to roof before the house's door, which looks at the yard."""
    cos, sin = float(np.cos(-0.36)), float(np.sin(-0.36))

    def at(x: float, z: float) -> tuple[float, float]:
        return -11.5 + x * cos + z * sin, 25 + z * cos - x * sin

    masses.box(at(0, -5.0), (9, 0.35, 2.2), materials.boards((0.72, 0.66, 0.58), 0.3, level=True), turn=-0.36)
    for x in (-4.2, -1.6, 1.6, 4.2):
        masses.box(at(x, -5.9), (0.2, 2.5, 0.2), materials.plain(CREAM), turn=-0.36, base=0.35)
    corners = [(*at(-4.7, -4.0), 3.6), (*at(4.7, -4.0), 3.6), (*at(4.7, -6.4), 2.8), (*at(-4.7, -6.4), 2.8)]
    masses.plate([(x, y, z) for x, z, y in corners], materials.tiles((0.46, 0.34, 0.30), 0.35), 0.2)


def _near(view: OutdoorCamera) -> Masses:
    masses = Masses(view, "hay")
    for x, z, turn in ((6.9, 11.5, 0.4), (8.2, 12.6, 0.9), (-6.6, 15.5, -0.2), (-5.4, -5.6, 0.3), (4.4, -7.0, 1.0)):
        masses.box((x, z), (1.3, 0.75, 0.8), materials.boards((0.88, 0.72, 0.36), 0.16, level=True), turn=turn)
    masses.box(
        (7.4, 12.0), (1.3, 0.7, 0.8), materials.boards((0.90, 0.74, 0.38), 0.16, level=True), turn=0.6, base=0.75
    )
    masses.box(
        (-7.4, 10.4),
        (1.7, 0.6, 0.7),
        materials.boards(WOOD, 0.2, level=True),
        roof=materials.plain((0.35, 0.45, 0.5)),
        turn=-0.5,
    )
    return masses


def _pump(view: OutdoorCamera, sheet: Surface) -> None:
    """A wind pump: a steel tower with a wheel of blades."""
    for x, z in ((-3.6, 36.0), (-2.0, -19.0)):
        if not view.visible(x, z, 3):
            continue
        for way, deep in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
            beams.strut(
                view, sheet, (x + way, 0, z + deep), (x + way * 0.15, 8.4, z + deep * 0.15), 0.12, (0.5, 0.52, 0.55)
            )
        for y in (2.2, 4.4, 6.4):
            half = 1 - y / 8.4 * 0.85
            beams.strut(view, sheet, (x - half, y, z - half), (x + half, y, z - half), 0.07, (0.5, 0.52, 0.55))
            beams.strut(
                view, sheet, (x - half, y, z - half), (x + half * 0.7, y + 1.8, z - half * 0.7), 0.05, (0.5, 0.52, 0.55)
            )
        for blade in np.linspace(0, 2 * np.pi, 15)[:-1]:
            beams.strut(
                view,
                sheet,
                (x, 9.0, z),
                (x + 1.7 * np.cos(blade), 9.0 + 1.7 * np.sin(blade), z),
                0.22,
                (0.78, 0.76, 0.72),
                0.5 + 0.4 * float(np.sin(blade)),
            )


def _smoke(view: OutdoorCamera) -> Surface:
    sheet = view.setting.sheet()
    if view.visible(-9.0, 26.5):
        beams.smoke(view, sheet, "chimney", (-9.0, 9.2, 26.5), 5.0, 0.55)
    return sheet


def _swept(floor: GroundPlane, blades: Surface) -> None:
    """No grass where people and carts go."""
    yard = np.maximum(
        smoothstep(1.05, 0.9, np.hypot(floor.x / 6.2, (floor.z - 8.5) / 5.0)),
        floor.track([(-1, -14), (0.5, 2), (0, 9), (3, 18)], 1.7, 0.3),
    )
    floor.cut(blades, yard)
