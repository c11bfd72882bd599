"""A castle: gatehouse, round towers with banners, a well and a ruined wall around a courtyard."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from personavlog_embedded.render import beams, land, materials, ranges, vegetation
from personavlog_embedded.render.buildings import Masses, shadows
from personavlog_embedded.render.canvas import Colour, Surface, scaled
from personavlog_embedded.render.floors import GroundPlane
from personavlog_embedded.render.outdoor_camera import OutdoorCamera
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.sky import sky

STONE: Colour = (0.76, 0.69, 0.58)
PALE: Colour = (0.86, 0.79, 0.67)
SLATE: Colour = (0.30, 0.40, 0.50)
RED: Colour = (0.70, 0.20, 0.20)
TOWERS = (
    (-10.5, 35.0, 3.0, 11.0),
    (10.5, 35.0, 3.0, 12.5),
    (-23.0, 17.0, 2.6, 7.5),
    (24.0, 16.0, 2.8, 9.0),
    (-13.0, -17.0, 2.8, 8.0),
    (15.0, -16.0, 2.4, 6.0),
)
"""World x and z, radius and height of the round towers, metres."""


def castle(setting: Setting) -> list[Painted]:
    """The courtyard, with the keep beyond the gate and hills outside."""
    view, unit, horizon = OutdoorCamera(setting, 8.5), setting.unit, setting.horizon
    layers = sky(setting, 1.1)
    layers.append(
        Painted("mountains", "far", 0.92, ranges.mountains(setting, "range", horizon + 3, unit * 0.24, 0.9, snow=0.25))
    )
    hills = land.hills(setting, "hills", horizon + 4, unit * 0.12, 0.66, (0.44, 0.58, 0.32), 0.55)
    layers.append(Painted("hills", "mid", 0.76, hills))
    keep = setting.sheet()
    far = _keep(view)
    far.draw(keep)
    layers.append(Painted("keep", "mid", 0.6, keep))
    floor, walls = _court(view), _walls(view)
    shadows(floor.sheet, view, [walls])
    standing = setting.sheet()
    walls.draw(standing)
    floor.wet(layers, standing)
    layers.append(Painted("court", "ground", 0.5, floor.sheet))
    layers.append(Painted("walls and towers", "mid", 0.45, standing))
    banners = setting.sheet()
    for number, (x, z, _, tall) in enumerate(TOWERS):
        if view.visible(x, z, 2):
            beams.strut(view, banners, (x, tall + 3.4, z), (x, tall + 6.0, z), 0.09, (0.35, 0.28, 0.2))
            beams.flag(view, banners, (x, tall + 5.9, z), (2.0, 0.8), RED if number % 2 else (0.22, 0.36, 0.62), number)
    layers.append(Painted("flags", "mid", 0.42, banners))
    near = setting.sheet()
    _ivy(view, near)
    things = _things(view)
    shadows(floor.sheet, view, [things], 0.9)
    things.draw(near)
    _well_roof(view, near)
    _torches(view, near, floor.sheet)
    vegetation.turf(view, near, "castle", 120, (0.42, 0.52, 0.28), 0.08, 0.3, 6)
    layers.append(Painted("well and barrels", "near", 0.3, near))
    return layers


def _arch(own: Colour, dark: Colour, wide: float, tall: float, grate: bool = False) -> materials.Skin:
    """Stones with a round-headed gate; ``wide`` and ``tall`` are shares of the tile."""

    def paint(tile: Surface, face: materials.Facet) -> None:
        materials.stones(own, 0.42, 0.25)(tile, face)
        w, h = tile.width, tile.height
        half, top = wide * w / 2, h * (1 - tall)
        ring = [(w / 2 + half * np.cos(a), top + half - half * np.sin(a)) for a in np.linspace(np.pi, 0, 17)]
        outer = [
            (w / 2 + half * 1.22 * np.cos(a), top + half - half * 1.22 * np.sin(a)) for a in np.linspace(np.pi, 0, 17)
        ]
        tile.patch(
            [(w / 2 - half * 1.22, h), *outer, (w / 2 + half * 1.22, h)],
            face.colour(scaled(own, 1.12)),
            face.colour(scaled(own, 0.85)),
        )
        tile.patch(
            [(w / 2 - half, h), *ring, (w / 2 + half, h)], face.colour(dark, 0.4), face.colour(scaled(dark, 1.5), 0.7)
        )
        for a in np.linspace(np.pi, 0, 9):
            tile.stroke(
                [
                    (w / 2 + half * np.cos(a), top + half - half * np.sin(a)),
                    (w / 2 + half * 1.22 * np.cos(a), top + half - half * 1.22 * np.sin(a)),
                ],
                face.colour(scaled(own, 0.6)),
                max(1, w * 0.006),
            )
        if grate:
            for x in np.linspace(w / 2 - half, w / 2 + half, 8):
                tile.stroke(
                    [(x, top + half * 0.3), (x, top + half * 1.1)],
                    face.colour((0.16, 0.14, 0.13), 0.5),
                    max(1, w * 0.012),
                )

    return paint


def _slits(tile: Surface, face: materials.Facet) -> None:
    materials.stones(STONE, 0.42, 0.3)(tile, face)
    if face.rng.random() < 0.3:
        x, glow = tile.width / 2, face.light.dark
        for y in (0.3, 0.62):
            tile.rect(
                x - tile.width * 0.12,
                tile.height * (y - 0.05),
                x + tile.width * 0.12,
                tile.height * (y + 0.05),
                materials.LAMP if glow else face.colour((0.15, 0.14, 0.15), 0.4),
            )


def _keep(view: OutdoorCamera) -> Masses:
    """The great hall and its spires on a rise behind the gate."""
    keep, wall = (
        Masses(view, "keep"),
        materials.windows(
            materials.stones(PALE, 0.6), tuple((x, y, 0.07, 0.1) for x in (0.2, 0.5, 0.8) for y in (0.25, 0.55))
        ),
    )
    roof = materials.tiles(SLATE, 0.5)
    keep.box((0, 70), (44, 9, 14), materials.stones(STONE, 0.8, 0.4))
    keep.gable((1, 73), (17, 18, 10), 8, wall, roof, base=8)
    for x, z, radius, tall in (
        (-12, 68, 3.2, 24),
        (11.5, 69, 2.9, 20),
        (-19, 74, 2.6, 17),
        (6, 76, 2.8, 33),
        (20, 73, 2.4, 15),
    ):
        keep.tower((x, z), radius, tall, _slits, base=6, sides=10)
        keep.tower((x, z), radius * 1.25, radius * 3.0, roof, base=6 + tall, top=0.05, sides=10)
    return keep


def _walls(view: OutdoorCamera) -> Masses:
    walls = Masses(view, "walls")
    ring = [(-10.5, 35.0), (-23.0, 17.0), (-13.0, -17.0), (15.0, -16.0), (24.0, 16.0), (10.5, 35.0)]
    for number, (start, end) in enumerate(pairwise(ring)):
        _wall(walls, start, end, (3.4, 3.9, 2.2, 3.9, 3.4)[number])
    _wall(walls, (-10.5, 35.0), (10.5, 35.0), 4.6)
    walls.box(
        (0, 34.4),
        (7.4, 7.4, 4.0),
        materials.stones(STONE, 0.5, 0.35),
        front=_arch(STONE, (0.13, 0.12, 0.14), 0.44, 0.6, True),
    )
    _battlements(walls, (-3.7, 32.7), (3.7, 32.7), 7.4)
    for x, z, radius, tall in TOWERS:
        walls.tower((x, z), radius, tall, _slits)
        walls.tower((x, z), radius * 1.14, 0.9, materials.stones(PALE, 0.4), base=tall, top=radius * 1.14)
        walls.tower((x, z), radius * 1.25, 3.0, materials.tiles(SLATE, 0.4), base=tall + 0.7, top=0.05)
    return walls


def _wall(walls: Masses, start: tuple[float, float], end: tuple[float, float], tall: float) -> None:
    """A battlemented wall in lengths of about six metres, some of them broken down."""
    long = float(np.hypot(end[0] - start[0], end[1] - start[1]))
    turn, count, rng = (
        float(-np.arctan2(end[1] - start[1], end[0] - start[0])),
        max(1, round(long / 6)),
        walls.view.setting.rng(f"wall {start}"),
    )
    for t in (np.arange(count) + 0.5) / count:
        at, whole = (
            (float(start[0] + (end[0] - start[0]) * t), float(start[1] + (end[1] - start[1]) * t)),
            bool(rng.random() < 0.72),
        )
        if walls.view.visible(*at, 4.0):
            high = tall if whole else tall * float(rng.uniform(0.6, 0.85))
            walls.box(at, (long / count, high, 1.1), materials.stones(STONE, 0.5, 0.45), turn=turn)
            step = long / count / 2
            along = (np.cos(turn) * step, -np.sin(turn) * step)
            if whole:
                _battlements(walls, (at[0] - along[0], at[1] - along[1]), (at[0] + along[0], at[1] + along[1]), high)


def _battlements(walls: Masses, start: tuple[float, float], end: tuple[float, float], tall: float) -> None:
    long = float(np.hypot(end[0] - start[0], end[1] - start[1]))
    turn, count = float(-np.arctan2(end[1] - start[1], end[0] - start[0])), max(2, int(long / 2.1))
    for t in (np.arange(count) + 0.5) / count:
        at = (start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t)
        if walls.view.visible(*at, 1.0):
            walls.box(at, (1.05, 0.85, 0.6), materials.plain(STONE, 0.4), turn=float(turn), base=tall)


def _court(view: OutdoorCamera) -> GroundPlane:
    floor = GroundPlane(view, "castle")
    floor.soil((0.44, 0.54, 0.29), (0.56, 0.56, 0.34), 0.8)
    court = np.clip(
        1.5 - np.hypot(floor.x / 11.5, (floor.z - 9.0) / 15.5) * 1.2 + (floor.grain("edge", 2.2) - 0.5) * 0.7, 0, 1
    )
    way = floor.track([(0, -20), (0, 60)], 2.4, 0.4)
    floor.paved(
        (0.70, 0.65, 0.57), 0.62, 0.1, mask=np.asarray(np.maximum(np.clip(court * 2.4 - 0.6, 0, 1), way), np.float32)
    )
    return floor


def _things(view: OutdoorCamera) -> Masses:
    """The well, barrels, crates, a cart and hay."""
    things = Masses(view, "things")
    things.tower((-5.2, 12.5), 1.05, 0.95, materials.stones(PALE, 0.3), sides=16)
    things.tower((-5.2, 12.5), 0.8, 0.02, materials.plain((0.1, 0.12, 0.15)), base=0.86, top=0.02)
    for x, z in ((6.6, 14.5), (7.5, 13.8), (7.3, 15.4), (-7.6, 3.4), (-8.1, 4.4), (6.2, -3.4), (7.2, -3.0)):
        things.tower((x, z), 0.38, 0.95, materials.boards((0.52, 0.36, 0.24), 0.2), top=0.36, sides=10)
        things.tower((x, z), 0.36, 0.02, materials.plain((0.4, 0.28, 0.19)), base=0.95, top=0.02, sides=10)
    for x, z, size, turn in (
        (8.6, 9.6, 0.9, 0.3),
        (8.9, 10.6, 0.7, 0.8),
        (-6.9, 17.5, 0.9, 0.2),
        (-4.4, -4.2, 0.8, 0.5),
    ):
        things.box((x, z), (size, size, size), materials.boards((0.60, 0.46, 0.30), 0.22, level=True), turn=turn)
    return things


def _well_roof(view: OutdoorCamera, sheet: Surface) -> None:
    roof = Masses(view, "well roof")
    for way in (-1, 1):
        beams.strut(view, sheet, (-5.2 + way * 0.95, 0.5, 12.5), (-5.2 + way * 0.95, 2.4, 12.5), 0.14, (0.42, 0.3, 0.2))
        roof.plate(
            [(-6.6, 3.2, 12.5), (-3.8, 3.2, 12.5), (-3.8, 2.3, 12.5 + way * 1.1), (-6.6, 2.3, 12.5 + way * 1.1)],
            materials.tiles((0.46, 0.30, 0.22), 0.25),
            0.2,
        )
    beams.strut(view, sheet, (-6.2, 1.9, 12.5), (-4.2, 1.9, 12.5), 0.12, (0.42, 0.3, 0.2))
    beams.strut(view, sheet, (-5.2, 1.9, 12.5), (-5.2, 1.1, 12.5), 0.03, (0.75, 0.68, 0.5))
    roof.draw(sheet)


def _torches(view: OutdoorCamera, sheet: Surface, floor: Surface) -> None:
    for x, z in ((-2.8, 32.2), (2.8, 32.2), (-20.4, 17.0), (21.2, 15.0), (-11.0, -14.8), (13.0, -14.2)):
        if view.visible(x, z):
            beams.strut(view, sheet, (x, 2.0, z), (x, 2.7, z), 0.1, (0.3, 0.2, 0.14))
            beams.glowing(view, sheet, (x, 2.85, z), 0.16, (1.0, 0.62, 0.26))
            beams.pool_of_light(view, floor, x, z - 0.8, 3.2, (1.0, 0.6, 0.3))


def _ivy(view: OutdoorCamera, sheet: Surface) -> None:
    vegetation.bushes(
        view,
        sheet,
        "ivy",
        [(-6.4, 25.0), (5.6, 24.9), (-12.9, 17.2), (13.6, 16.4), (-11.6, 1.0), (12.6, 1.5), (-4.0, -9.4), (4.4, -9.2)],
        1.8,
        (0.32, 0.46, 0.24),
    )
