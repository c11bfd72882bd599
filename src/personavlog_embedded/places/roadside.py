"""A road trip: an endless road, a small petrol station with pumps, a camper van, telegraph poles, hills; a forecourt to
stand on."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from personavlog_embedded.render import beams, land, materials, ranges, road_vehicles, vegetation
from personavlog_embedded.render.buildings import Masses, facing, shadows
from personavlog_embedded.render.canvas import Colour, Surface, mix
from personavlog_embedded.render.floors import GroundPlane
from personavlog_embedded.render.noise import Field, smoothstep
from personavlog_embedded.render.outdoor_camera import OutdoorCamera
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.sky import sky

TEAL: Colour = (0.30, 0.58, 0.58)
RED: Colour = (0.82, 0.28, 0.22)
CREAM: Colour = (0.94, 0.90, 0.80)
ROAD = -8.5
"""World x of the road's middle; it runs along z."""
STATION = (9.5, 21.0)


def roadside(setting: Setting) -> list[Painted]:
    """The forecourt beside the road."""
    view, unit, horizon = OutdoorCamera(setting, 8.5), setting.unit, setting.horizon
    layers = sky(setting, 1.2)
    layers.append(
        Painted(
            "mountains",
            "far",
            0.92,
            ranges.mountains(setting, "range", horizon + 3, unit * 0.19, 0.92, (0.56, 0.50, 0.54), 0.2),
        )
    )
    hills = land.hills(setting, "dry hills", horizon + 4, unit * 0.10, 0.68, (0.72, 0.64, 0.38), 0.25)
    layers.append(Painted("hills", "mid", 0.76, hills))
    floor, station, signs = _land(view), _station(view), Masses(view, "signs")
    signs.box((-3.4, 27.0), (0.3, 6.0, 0.3), materials.plain((0.8, 0.8, 0.8)))
    signs.box((-3.4, 27.0), (2.6, 2.0, 0.4), _sign, base=5.4, turn=-0.1)
    signs.box((-15.5, -14.0), (7.0, 3.2, 0.3), _poster, base=2.4, turn=facing(-15.5, -14.0))
    parked = road_vehicles.parked(
        view, ((4.6, 14.6, 0.75), (-4.8, -6.4, 2.4), (11.6, 13.6, 1.2), (ROAD - 1.6, 46.0, 0.0))
    )
    shadows(floor.sheet, view, [station, signs, parked])
    standing = setting.sheet()
    _poles(view, standing)
    vegetation.trees(
        view,
        standing,
        "road trees",
        [(19, 30), (24, 19), (-19, 34), (16, -14), (21, -6), (-17, 8)],
        5.6,
        (0.44, 0.52, 0.28),
        floor=floor.sheet,
    )
    station.draw(standing)
    signs.draw(standing)
    _canopy(view, standing, floor.sheet)
    for x, z in ((-3.6, 19.0), (13.5, 12.0), (-3.4, -11.0), (7.0, -13.5)):
        beams.pool_of_light(view, floor.sheet, x, z, 5.5)
        beams.lamp_post(view, standing, x, z, 5.2)
    road_vehicles.car(view, standing, (ROAD - 1.6, 46.0, 0.0), road_vehicles.PAINTS[0])
    road_vehicles.car(view, standing, (11.6, 13.6, 1.2), road_vehicles.PAINTS[4])
    floor.wet(layers, standing)
    layers.append(Painted("road and forecourt", "ground", 0.5, floor.sheet))
    layers.append(Painted("station", "mid", 0.46, standing))
    near = setting.sheet()
    road_vehicles.van(view, near, (4.6, 14.6, 0.75), TEAL, 4.6, 2.15)
    road_vehicles.van(view, near, (-4.8, -6.4, 2.4), RED, 4.6, 2.15)
    beams.fence(view, near, [(-4.0, 34), (-4.0, 20), (-4.0, 13)], 0.8, (0.9, 0.9, 0.88), 2.6, (0.8,))
    beams.fence(view, near, [(-4.0, -4), (-4.0, -30)], 0.8, (0.9, 0.9, 0.88), 2.6, (0.8,))
    layers.append(Painted("camper van", "near", 0.34, near))
    tufts = setting.sheet()
    vegetation.turf(view, tufts, "road", 700, (0.66, 0.62, 0.34), 0.12, 0.22)
    floor.cut(tufts, _hard(floor))
    vegetation.bushes(
        view,
        tufts,
        "sage",
        [(-5.4, 16.5), (12.5, 8.0), (7.4, -6.0), (13.2, 3.0), (-3.0, -12.0)],
        0.9,
        (0.52, 0.56, 0.38),
    )
    layers.append(Painted("grass", "near", 0.28, tufts))
    return layers


def _hard(floor: GroundPlane) -> Field:
    road = smoothstep(3.9, 3.6, np.abs(floor.x - ROAD))
    apron = smoothstep(1.06, 0.98, np.maximum(np.abs(floor.x - 3.6) / 8.6, np.abs(floor.z - 9.5) / 13.0))
    return np.asarray(np.maximum(road, apron), np.float32)


def _land(view: OutdoorCamera) -> GroundPlane:
    floor = GroundPlane(view, "roadside")
    floor.soil((0.74, 0.66, 0.42), (0.60, 0.60, 0.36), 1.0)
    grit, worn = floor.grain("asphalt", 0.16, 3), floor.grain("worn", 3.0, 3)
    apron = np.asarray(
        smoothstep(
            1.06,
            0.98,
            np.maximum(np.abs(floor.x - 3.6) / 8.6, np.abs(floor.z - 9.5) / 13.0)
            + (floor.grain("rim", 1.4, 3) - 0.5) * 0.06,
        ),
        np.float32,
    )
    seams = np.maximum(floor.stripes(floor.x, 3.4, 0.015), floor.stripes(floor.z, 3.4, 0.015))
    floor.lay(
        np.asarray(
            (0.66 + 0.1 * grit + 0.1 * worn - 0.2 * seams)[..., None] * np.asarray((1.0, 0.97, 0.92)), np.float32
        ),
        apron,
        0.82,
        grit,
    )
    road = floor.track([(ROAD, -400), (ROAD, 500)], 3.7, 0.06)
    floor.lay(
        np.asarray((0.34 + 0.06 * grit + 0.1 * worn)[..., None] * np.asarray((1.0, 1.0, 1.04)), np.float32),
        road,
        0.85,
        grit,
    )
    floor.lay(
        (0.95, 0.78, 0.28),
        floor.track([(ROAD, -400), (ROAD, 500)], 0.09, 0.0) * floor.stripes(floor.z, 6.0, 0.55),
        0.95,
    )
    for side in (-3.3, 3.3):
        floor.lay((0.93, 0.92, 0.88), floor.track([(ROAD + side, -400), (ROAD + side, 500)], 0.07, 0.0), 0.95)
    return floor


def _front(tile: Surface, face: materials.Facet) -> None:
    """A shop's glass front under a band in colour."""
    materials.plain(CREAM, 0.2)(tile, face)
    w, h = tile.width, tile.height
    warm: tuple[Colour, Colour] = (
        ((1.0, 0.88, 0.6), (0.92, 0.68, 0.4))
        if face.light.dark
        else (mix(face.light.sky[1], face.colour((0.3, 0.36, 0.4)), 0.6), face.colour((0.28, 0.28, 0.28), 0.5))
    )
    for x in (0.05, 0.29, 0.71):
        tile.rect(w * x - 2, h * 0.3, w * (x + 0.22) + 2, h * 0.86, face.colour((0.3, 0.32, 0.34)))
        tile.patch(
            [(w * x, h * 0.32), (w * (x + 0.22), h * 0.32), (w * (x + 0.22), h * 0.84), (w * x, h * 0.84)], *warm
        )
        for shelf in (0.55, 0.7, 0.82):
            for spot in np.linspace(x + 0.02, x + 0.2, 9):
                tile.ellipse(
                    w * spot,
                    h * shelf - h * 0.03,
                    w * 0.008,
                    h * 0.035,
                    face.colour(road_vehicles.PAINTS[int(face.rng.integers(6))], 0.7),
                )
    tile.patch([(w * 0.54, h * 0.28), (w * 0.68, h * 0.28), (w * 0.68, h), (w * 0.54, h)], *warm)
    tile.rect(0, h * 0.06, w, h * 0.2, face.colour(TEAL))
    for x in np.arange(w * 0.08, w * 0.6, w * 0.035):
        if face.rng.random() < 0.82:
            tile.rect(x, h * 0.09, x + w * 0.022, h * 0.17, CREAM if face.light.dark else face.colour(CREAM))


def _sign(tile: Surface, face: materials.Facet) -> None:
    """A round-cornered board with a shell of rays, lit after dark."""
    w, h, lit = tile.width, tile.height, face.light.dark
    tile.rect(0, 0, w, h, RED if lit else face.colour(RED))
    tile.ellipse(w / 2, h * 0.5, w * 0.3, h * 0.36, (1.0, 0.93, 0.72) if lit else face.colour(CREAM))
    for a in np.linspace(np.pi * 1.05, np.pi * 1.95, 7):
        tile.stroke(
            [(w / 2, h * 0.78), (w / 2 + w * 0.26 * np.cos(a), h * 0.78 + h * 0.56 * np.sin(a))],
            RED if lit else face.colour(RED),
            max(1, w * 0.02),
        )


def _poster(tile: Surface, face: materials.Facet) -> None:
    """A bleached billboard: sun over hills."""
    w, h = tile.width, tile.height
    tile.patch([(0, 0), (w, 0), (w, h), (0, h)], face.colour((0.62, 0.78, 0.82)), face.colour((0.95, 0.85, 0.64)))
    tile.ellipse(w * 0.7, h * 0.45, h * 0.2, h * 0.2, face.colour((0.98, 0.72, 0.35)))
    tile.polygon(
        [(0, h), (0, h * 0.7), (w * 0.3, h * 0.5), (w * 0.62, h * 0.8), (w * 0.85, h * 0.62), (w, h * 0.75), (w, h)],
        face.colour((0.48, 0.58, 0.46)),
    )
    tile.stroke(
        [(1, 1), (w - 1, 1), (w - 1, h - 1), (1, h - 1), (1, 1)], face.colour((0.5, 0.42, 0.34)), max(2, w * 0.02)
    )


def _station(view: OutdoorCamera) -> Masses:
    """The shop, pumps on their island, a motel behind the viewer."""
    station, (x, z) = Masses(view, "station"), STATION
    turn = 0.42
    station.box(
        (x, z + 5),
        (11.0, 3.8, 6.0),
        materials.plain(CREAM, 0.25),
        roof=materials.tiles((0.5, 0.5, 0.52)),
        front=_front,
        turn=turn,
    )
    station.box((x, z + 5), (11.6, 0.5, 6.6), materials.plain(RED), turn=turn, base=3.8)
    for dx in (-2.0, 0.4):
        spot = (x - 2.2 + dx * 0.91, z - 2.0 - dx * 0.41)
        station.box(
            spot,
            (0.8, 1.7, 0.5),
            materials.windows(materials.plain(RED, 0.1), ((0.5, 0.3, 0.6, 0.24),), CREAM),
            turn=turn,
        )
    station.box((x - 2.9, z - 1.7), (5.4, 0.18, 1.3), materials.plain((0.8, 0.79, 0.76)), turn=turn)
    wall = materials.door(
        materials.windows(materials.plain((0.90, 0.70, 0.58)), ((0.25, 0.45, 0.2, 0.3), (0.62, 0.45, 0.0, 0.0))),
        0.7,
        0.16,
        0.68,
        TEAL,
    )
    for number in range(4):
        station.box(
            (13.0 - 5.6 * number, -19.0),
            (5.6, 3.2, 5.0),
            materials.plain((0.90, 0.70, 0.58)),
            roof=materials.tiles((0.5, 0.34, 0.3)),
            front=wall,
            turn=np.pi,
        )
    return station


def _canopy(view: OutdoorCamera, sheet: Surface, floor: Surface) -> None:
    """The roof over the pumps on two posts, with lamps under it."""
    x, z = STATION[0] - 2.9, STATION[1] - 1.7
    if not view.visible(x, z, 5):
        return
    for dx in (-2.2, 2.2):
        beams.strut(
            view, sheet, (x + dx * 0.91, 0, z - dx * 0.41), (x + dx * 0.91, 4.3, z - dx * 0.41), 0.3, CREAM, 0.85
        )
    roof = Masses(view, "canopy")
    roof.box((x, z), (8.0, 0.55, 5.0), _band, roof=materials.plain(CREAM), turn=0.42, base=4.3)
    roof.draw(sheet)
    for dx in (-1.8, 1.8):
        beams.glowing(view, sheet, (x + dx * 0.91, 4.2, z - dx * 0.41), 0.16, (1.0, 0.94, 0.78))
    beams.pool_of_light(view, floor, x, z, 6.0, (1.0, 0.9, 0.66))


def _band(tile: Surface, face: materials.Facet) -> None:
    materials.plain(CREAM, 0.1)(tile, face)
    tile.rect(0, tile.height * 0.35, tile.width, tile.height * 0.7, TEAL if face.light.dark else face.colour(TEAL))


def _poles(view: OutdoorCamera, sheet: Surface) -> None:
    """Telegraph poles along the road with their wires."""
    spots = sorted(((ROAD - 5.5, float(z)) for z in range(-60, 120, 15)), key=lambda at: -view.far(*at))
    tops = [at for at in spots if view.far(*at) > 2.5]
    for (x0, z0), (x1, z1) in pairwise(tops):
        for dx in (-0.8, 0.8):
            ts = np.linspace(0, 1, 7)
            beams.chain(
                view,
                sheet,
                [
                    (x0 + (x1 - x0) * float(t) + dx, 6.3 - 1.6 * float(t * (1 - t)), z0 + (z1 - z0) * float(t))
                    for t in ts
                ],
                0.02,
                (0.3, 0.3, 0.32),
            )
    for x, z in tops:
        beams.strut(view, sheet, (x, 0, z), (x, 6.9, z), 0.22, (0.48, 0.38, 0.30))
        beams.strut(view, sheet, (x - 1.0, 6.3, z), (x + 1.0, 6.3, z), 0.14, (0.48, 0.38, 0.30))
