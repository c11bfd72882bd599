"""An old town: a narrow cobbled lane between low half-timbered houses, lamps on the walls, a gate tower at its end."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import beams, lanterns, materials, vegetation
from personavlog_embedded.render.buildings import Masses, shadows
from personavlog_embedded.render.canvas import Colour, Surface, scaled
from personavlog_embedded.render.floors import GroundPlane
from personavlog_embedded.render.outdoor_camera import OutdoorCamera
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.sky import sky

PLASTERS: tuple[Colour, ...] = (
    (0.92, 0.86, 0.72),
    (0.86, 0.72, 0.56),
    (0.90, 0.90, 0.84),
    (0.78, 0.60, 0.50),
    (0.84, 0.82, 0.66),
)
SHUTTERS: tuple[Colour, ...] = ((0.30, 0.42, 0.34), (0.46, 0.26, 0.22), (0.26, 0.36, 0.46))
BEAM: Colour = (0.34, 0.24, 0.17)
STONE: Colour = (0.62, 0.58, 0.53)
HALF = 2.7
"""Metres from the middle of the lane to its houses."""
LAMPS = (
    (-2.35, 6.6),
    (2.35, 10.2),
    (-2.35, 14.5),
    (2.35, 19.0),
    (-2.35, 25.0),
    (2.35, -4.0),
    (-2.35, -9.0),
    (2.35, 2.4),
)


def lane(setting: Setting) -> list[Painted]:
    """The lane from its middle; wet stones mirror the lamps in the rain."""
    view = OutdoorCamera(setting, 4.0, 0.36)
    layers = sky(setting, 0.7)
    floor, houses, small = _cobbles(view), _houses(view), _clutter(view)
    shadows(floor.sheet, view, [houses, small])
    far = setting.sheet()
    _tower(view).draw(far)
    layers.append(Painted("gate tower", "far", 0.82, far))
    rows = setting.sheet()
    houses.draw(rows)
    lit = setting.sheet()
    for x, z in LAMPS:
        beams.pool_of_light(view, floor.sheet, x * 0.6, z, 2.6)
        _wall_lamp(view, lit, x, z)
    shown = setting.sheet()
    shown.over(rows)
    shown.over(lit)
    floor.wet(layers, shown, 0.85)
    layers.append(Painted("cobbles", "ground", 0.5, floor.sheet))
    layers.append(Painted("old houses", "mid", 0.45, rows))
    layers.append(Painted("lanterns on the walls", "mid", 0.4, lit))
    near = setting.sheet()
    small.draw(near)
    vegetation.bushes(
        view,
        near,
        "pots",
        [(-2.1, 8.6), (2.15, 12.4), (2.1, 6.0), (-2.15, 3.2), (-2.1, -6.5), (2.1, -7.0)],
        0.7,
        blossom=(0.93, 0.42, 0.46),
    )
    layers.append(Painted("barrels and pots", "near", 0.3, near))
    lines = setting.sheet()
    _across(view, lines)
    layers.append(Painted("lines across", "near", 0.26, lines))
    return layers


def _cobbles(view: OutdoorCamera) -> GroundPlane:
    floor = GroundPlane(view, "lane")
    floor.soil((0.52, 0.49, 0.46), (0.58, 0.55, 0.50), 0.6)
    floor.paved(STONE, 0.19, 0.16)
    gutter = floor.track([(0.0, -40), (0.0, 60)], 0.16, 0.03)
    floor.lay((0.36, 0.34, 0.33), gutter * np.float32(0.7), 0.4)
    return floor


def _timbered(own: Colour, shutter: Colour) -> materials.Skin:
    """Plaster between dark beams, two windows with shutters."""
    spots = ((0.28, 0.45, 0.16, 0.42), (0.72, 0.45, 0.16, 0.42))

    def paint(tile: Surface, face: materials.Facet) -> None:
        w, h, beam, dark = tile.width, tile.height, max(1.5, 0.14 * face.metre), face.colour(BEAM)
        materials.plain(own, 0.18)(tile, face)
        for x in (0, 0.5, 1):
            tile.stroke([(w * x, 0), (w * x, h)], dark, beam)
        for y in (0.02, 0.98):
            tile.stroke([(0, h * y), (w, h * y)], dark, beam)
        for a, b in ((0.02, 0.13), (0.48, 0.38), (0.52, 0.62), (0.98, 0.87)):
            tile.stroke([(w * a, h), (w * b, 0)], dark, beam * 0.7)
        materials.windows(lambda *_: None, spots)(tile, face)
        for x, y, wide, tall in spots:
            for way in (-1, 1):
                left = (x + way * wide * 0.82) * w
                tile.rect(
                    left - wide * w * 0.2,
                    (y - tall / 2) * h,
                    left + wide * w * 0.2,
                    (y + tall / 2) * h,
                    face.colour(shutter),
                )

    return paint


def _ground_floor(shutter: Colour, shop: bool) -> materials.Skin:
    """Stones with a door, and a shop's window or a small one."""
    window = (0.68, 0.52, 0.36, 0.42) if shop else (0.7, 0.45, 0.17, 0.3)
    return materials.door(
        materials.windows(materials.stones((0.70, 0.65, 0.58), 0.3, 0.1), (window,), scaled(shutter, 1.1)),
        0.27,
        0.24,
        0.82,
        shutter,
    )


def _houses(view: OutdoorCamera) -> Masses:
    houses, rng = Masses(view, "lane"), view.setting.rng("lane houses")
    for side in (-1, 1):
        z = -26.0 + side
        while z < 44:
            wide, tall = float(rng.uniform(4.6, 6.0)), float(rng.uniform(2.2, 3.0))
            own, shutter = PLASTERS[int(rng.integers(5))], SHUTTERS[int(rng.integers(3))]
            x, middle, turn = side * (HALF + 3.0), z + wide / 2, side * np.pi / 2
            upper, roof = _timbered(own, shutter), materials.tiles((0.58, 0.32, 0.25), 0.3)
            if view.far(x - side * 3, middle) > -4:
                houses.box(
                    (x, middle),
                    (wide, 2.6, 6.0),
                    materials.stones(STONE, 0.3),
                    front=_ground_floor(shutter, bool(rng.integers(2))),
                    turn=turn,
                )
                houses.gable(
                    (x - side * 0.12, middle),
                    (wide, tall, 6.3),
                    wide * 0.52,
                    materials.plain(own),
                    roof,
                    front=upper,
                    turn=turn,
                    eaves=0.3,
                    base=2.6,
                )
            z += wide + 0.04
    return houses


def _tower(view: OutdoorCamera) -> Masses:
    """The town gate ahead, a church behind the viewer: low, with a pointed roof and a clock."""
    tower, wall = Masses(view, "gate"), materials.stones((0.68, 0.62, 0.55), 0.5, 0.1)

    def front(tile: Surface, face: materials.Facet) -> None:
        wall(tile, face)
        w, h = tile.width, tile.height
        tile.ellipse(w / 2, h * 0.75, w * 0.22, w * 0.22, (0.05, 0.05, 0.08))
        tile.rect(w * 0.28, h * 0.75, w * 0.72, h, (0.05, 0.05, 0.08))
        tile.ellipse(
            w / 2,
            h * 0.22,
            w * 0.15,
            w * 0.15,
            (1.0, 0.90, 0.66) if face.light.dark else face.colour((0.95, 0.93, 0.86)),
        )
        tile.stroke(
            [(w / 2, h * 0.16), (w / 2, h * 0.22), (w * 0.57, h * 0.24)], (0.1, 0.08, 0.08), max(1, 0.1 * face.metre)
        )

    for z, turn in ((48.0, 0.0), (-34.0, np.pi)):
        tower.box((0.0, z), (6.0, 11.0, 5.0), wall, front=front, turn=turn)
        tower.tower((0.0, z), 4.2, 6.0, materials.tiles((0.52, 0.30, 0.25), 0.4), base=11.0, top=0.05, sides=4)
    return tower


def _wall_lamp(view: OutdoorCamera, sheet: Surface, x: float, z: float) -> None:
    """A lantern on an iron arm."""
    if not view.visible(x, z) or view.far(x, z) < 1.8:
        return
    iron: Colour = (0.16, 0.15, 0.16)
    beams.strut(view, sheet, (np.sign(x) * HALF, 2.75, z), (x * 0.86, 2.85, z), 0.05, iron)
    beams.strut(view, sheet, (x * 0.86, 2.85, z), (x * 0.86, 2.6, z), 0.04, iron)
    beams.glowing(view, sheet, (x * 0.86, 2.46, z), 0.15)
    beams.strut(view, sheet, (x * 0.86 - 0.16, 2.64, z), (x * 0.86 + 0.16, 2.64, z), 0.07, iron)


def _clutter(view: OutdoorCamera) -> Masses:
    """Barrels, crates and a bench along the walls."""
    things, wood = Masses(view, "lane things"), materials.boards((0.50, 0.37, 0.26), 0.14)
    for x, z in ((2.2, 8.2), (-2.2, 11.6), (-2.15, -3.2), (2.15, -10.0)):
        things.tower((x, z), 0.34, 0.85, wood, sides=12)
    for x, z in ((-2.15, 6.0), (2.1, 14.2), (2.1, -5.2)):
        things.box((x, z), (0.6, 0.5, 0.8), materials.boards((0.62, 0.48, 0.32), 0.14, level=True))
    return things


def _across(view: OutdoorCamera, sheet: Surface) -> None:
    """Lanterns strung from house to house where the board speaks of them; laundry by day else."""
    for z in (9.0, 16.0, -6.0):
        if "lanterns" in view.setting.motifs:
            lanterns.hung(view, sheet, (-HALF, 4.1, z), (HALF, 4.1, z), 6, 0.4, 0.17)
        elif not view.setting.light.dark and view.setting.light.weather in ("clear", "cloud") and z > 10:
            beams.strut(view, sheet, (-HALF, 4.3, z), (HALF, 4.3, z), 0.02, (0.3, 0.28, 0.26))
            for x, own in zip(np.linspace(-1.9, 1.9, 6), (*PLASTERS, (0.56, 0.66, 0.78)), strict=True):
                beams.flag(view, sheet, (float(x), 4.3, z), (0.5, 0.7), own, int(x * 7))
