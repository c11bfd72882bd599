"""A country halt: a train with bright windows at a platform, a small station, firs and mountains behind; deep in snow
in winter."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import beams, land, materials, ranges, vegetation
from personavlog_embedded.render.buildings import Masses, shadows
from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.floors import GroundPlane
from personavlog_embedded.render.noise import smoothstep
from personavlog_embedded.render.outdoor_camera import OutdoorCamera
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.sky import sky

TRACK, EDGE = 15.6, 13.4
"""Metres ahead of the track's middle and of the platform's edge."""
LIVERIES: tuple[Colour, ...] = ((0.20, 0.32, 0.46), (0.56, 0.20, 0.18), (0.22, 0.38, 0.30))


def halt(setting: Setting) -> list[Painted]:
    """The platform, the train across the view; the station when one looks back."""
    view, unit, horizon = OutdoorCamera(setting, 4.0, 0.8), setting.unit, setting.horizon
    layers = sky(setting, 0.8)
    layers.append(
        Painted(
            "mountains", "far", 0.92, ranges.mountains(setting, "halt range", horizon + 3, unit * 0.34, 0.85, snow=0.7)
        )
    )
    slope = land.hills(setting, "slope", horizon + 4, unit * 0.1, 0.62, trees=0.3)
    slope.over(land.treeline(setting, "firs", horizon + 3, unit * 0.12, 0.55, (0.24, 0.38, 0.30), pines=1.0))
    layers.append(Painted("firs", "mid", 0.74, slope))
    floor, house, train = _platform(view), _station(view), _train(view)
    shadows(floor.sheet, view, [house, train])
    rolling, standing = setting.sheet(), setting.sheet()
    vegetation.trees(
        view,
        rolling,
        "pines",
        [(-13, 23), (12, 24), (-24, 21), (24, 26), (1, 30)],
        11.0,
        (0.24, 0.40, 0.31),
        1.0,
        floor.sheet,
    )
    train.draw(rolling)
    _window_light(view, floor.sheet)
    vegetation.trees(view, standing, "near pines", [(-13, -10), (13, -11)], 9.0, (0.24, 0.40, 0.31), 1.0, floor.sheet)
    house.draw(standing)
    shown = setting.sheet()
    shown.over(rolling)
    shown.over(standing)
    floor.wet(layers, shown)
    layers.append(Painted("platform", "ground", 0.56, floor.sheet))
    layers.append(Painted("waiting train", "mid", 0.52, rolling))
    layers.append(Painted("station and firs", "mid", 0.46, standing))
    near = setting.sheet()
    _furniture(view, near, floor.sheet)
    layers.append(Painted("platform lamps", "near", 0.3, near))
    return layers


def _platform(view: OutdoorCamera) -> GroundPlane:
    """Paving up to the edge, then ballast, sleepers and rails, then grass."""
    floor = GroundPlane(view, "halt")
    floor.soil((0.42, 0.56, 0.28), (0.52, 0.60, 0.32), 1.0)
    soft = np.maximum(0.03, floor.ahead / view.focal * 1.2)
    grit = floor.grain("ballast", 0.25, 4)
    ballast = np.clip((3.4 - np.abs(floor.z - TRACK - 1.2)) / soft + 0.5, 0, 1).astype(np.float32)
    floor.lay(
        np.asarray((0.62 + 0.5 * grit)[..., None] * np.asarray((0.52, 0.49, 0.46)), np.float32), ballast, 0.6, grit
    )
    near = np.abs(floor.z - TRACK) < 1.3
    floor.lay((0.34, 0.27, 0.22), floor.stripes(floor.x, 0.65, 0.36) * near.astype(np.float32), 0.5, winter=False)
    for z in (TRACK - 0.72, TRACK + 0.72):
        floor.lay(
            (0.66, 0.64, 0.62),
            np.clip((0.07 - np.abs(floor.z - z)) / soft + 0.5, 0, 1).astype(np.float32),
            0.9,
            winter=False,
        )
    deck = np.clip((EDGE - floor.z) / soft + 0.5, 0, 1).astype(np.float32) * (floor.z > -9)
    floor.paved((0.68, 0.66, 0.64), 0.7, 0.05, mask=deck.astype(np.float32))
    line = np.clip((0.12 - np.abs(floor.z - EDGE + 0.6)) / soft + 0.5, 0, 1).astype(np.float32)
    floor.lay((0.92, 0.84, 0.52), line, 0.9, winter=False)
    floor.lay(
        (0.30, 0.29, 0.29),
        np.asarray(smoothstep(EDGE, EDGE + 0.05, floor.z) * smoothstep(EDGE + 0.8, EDGE + 0.5, floor.z), np.float32),
        0.3,
    )
    return floor


def _side(own: Colour) -> materials.Skin:
    """A carriage's side: a row of windows, doors, a pale band."""
    spots = tuple((x, 0.36, 0.055, 0.34) for x in (*np.arange(0.13, 0.47, 0.085), *np.arange(0.56, 0.9, 0.085)))

    def paint(tile: Surface, face: materials.Facet) -> None:
        w, h = tile.width, tile.height
        materials.plain(own, 0.08, 0.7)(tile, face)
        tile.rect(0, h * 0.66, w, h * 0.72, face.colour((0.90, 0.84, 0.66)))
        tile.rect(0, h * 0.93, w, h, face.colour((0.16, 0.16, 0.17)))
        materials.windows(lambda *_: None, spots, (0.80, 0.78, 0.72), always=True)(tile, face)
        for x in (0.045, 0.515, 0.955):
            tile.rect(w * (x - 0.018), h * 0.12, w * (x + 0.018), h * 0.92, face.colour(scaled(own, 0.72)))
            tile.rect(
                w * (x - 0.011),
                h * 0.2,
                w * (x + 0.011),
                h * 0.5,
                materials.LAMP if face.light.dark else face.colour((0.2, 0.24, 0.3)),
            )

    return paint


def _train(view: OutdoorCamera) -> Masses:
    train, own = Masses(view, "train"), LIVERIES[view.setting.seed % 3]
    roof = materials.blanket if view.setting.light.weather == "snow" else materials.plain((0.46, 0.46, 0.48), 0.1)
    for x in (-33.5, -12.3, 8.9, 30.1):
        train.box((x, TRACK), (20.6, 3.0, 2.9), _side(own), roof=roof, base=1.0)
        train.box((x, TRACK), (20.2, 0.34, 2.3), materials.plain((0.5, 0.5, 0.52)), roof=roof, base=4.0)
        for dx in (-7.0, 7.0):
            train.box((x + dx, TRACK), (3.2, 0.7, 2.2), materials.plain((0.15, 0.15, 0.16)), base=0.25)
    return train


def _window_light(view: OutdoorCamera, sheet: Surface) -> None:
    """Light from the windows on the platform before the train."""
    if view.setting.light.dark:
        for x in np.arange(-20, 21, 3.2):
            beams.pool_of_light(view, sheet, float(x), EDGE - 0.4, 1.5)


def _station(view: OutdoorCamera) -> Masses:
    """The small station behind the viewer and a shelter at the platform's end."""
    house, wall = Masses(view, "station"), materials.boards((0.66, 0.46, 0.32), 0.24, level=True)
    spots = ((0.15, 0.45, 0.12, 0.36), (0.36, 0.45, 0.12, 0.36), (0.86, 0.45, 0.12, 0.36))
    front = materials.door(materials.windows(wall, spots), 0.62, 0.14, 0.74)
    house.gable(
        (1.0, -12.0),
        (13.0, 3.4, 5.0),
        2.4,
        wall,
        materials.tiles((0.48, 0.32, 0.28)),
        front=front,
        side=front,
        turn=np.pi,
        eaves=0.8,
    )
    house.gable(
        (10.5, 8.5), (4.0, 2.5, 3.0), 1.1, wall, materials.tiles((0.46, 0.32, 0.28)), front=front, turn=0.9, eaves=0.5
    )
    return house


def _furniture(view: OutdoorCamera, sheet: Surface, floor: Surface) -> None:
    """Lamps, a sign with the halt's name, a clock, a bench."""
    for x, z in ((-5.5, 10.6), (4.6, 10.6), (13.0, 10.6), (-14.0, 10.6), (-5.0, -4.5), (6.5, -4.5)):
        beams.pool_of_light(view, floor, x, z, 3.0)
        beams.lamp_post(view, sheet, x, z, 3.4, (0.20, 0.26, 0.26))
    for x, z in ((-2.2, 11.4), (7.6, 11.4)):
        if view.visible(x, z, 2) and view.far(x, z) > 2:
            board = Masses(view, f"sign {x}")
            for dx in (-0.9, 0.9):
                board.box((x + dx, z), (0.09, 2.4, 0.09), materials.plain((0.3, 0.3, 0.32)))
            board.box((x, z), (2.2, 0.6, 0.08), _name, base=1.8)
            board.draw(sheet)
    bench = Masses(view, "halt bench")
    for x, z in ((-4.2, 8.6), (3.4, -2.8)):
        bench.box((x, z), (1.9, 0.08, 0.5), materials.boards((0.56, 0.40, 0.26), 0.14), base=0.43)
        bench.box((x, z - 0.26), (1.9, 0.4, 0.06), materials.boards((0.56, 0.40, 0.26), 0.14, level=True), base=0.6)
        for dx in (-0.8, 0.8):
            bench.box((x + dx, z), (0.08, 0.45, 0.45), materials.plain((0.2, 0.2, 0.22)))
    bench.draw(sheet)


def _name(tile: Surface, face: materials.Facet) -> None:
    """A blue board with a line of white letters that nobody can read."""
    w, h = tile.width, tile.height
    materials.plain((0.16, 0.28, 0.46), 0.05)(tile, face)
    white = mix(face.colour((0.95, 0.95, 0.92)), (1, 1, 1), 0.3)
    x = w * 0.12
    while x < w * 0.86:
        wide = w * float(face.rng.uniform(0.03, 0.06))
        tile.rect(x, h * 0.32, x + wide, h * 0.68, white)
        x += wide * 1.5
