"""A stadium: red running track around a lawn, stands full of people, floodlights, a score board, flags."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from personavlog_embedded.render import beams, land, materials
from personavlog_embedded.render.buildings import Masses, shadows
from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.floors import GroundPlane
from personavlog_embedded.render.noise import Field, smoothstep
from personavlog_embedded.render.outdoor_camera import OutdoorCamera
from personavlog_embedded.render.passers_by import TOPS, crowd
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.sky import sky

RED: Colour = (0.78, 0.34, 0.26)
CONCRETE: Colour = (0.74, 0.73, 0.72)
LANE, INNER = 1.22, 31.6
"""Metres of a lane, and of the track's inner radius."""
MIDDLE = (-36.5, 30.0)
"""World x and z of the lawn's middle; the straight with the viewer runs along z at x = 0."""


def stadium(setting: Setting) -> list[Painted]:
    """On the straight before the main stand."""
    if setting.light.night:
        setting = replace(setting, light=replace(setting.light, key=(0.98, 1.02, 1.10), shade=(0.34, 0.38, 0.50)))
    view, unit, horizon = OutdoorCamera(setting, 7.0), setting.unit, setting.horizon
    layers = sky(setting, 1.0)
    back = land.hills(setting, "town hills", horizon + 3, unit * 0.09, 0.8, trees=0.6)
    back.over(land.treeline(setting, "park", horizon + 3, unit * 0.05, 0.65, pines=0.1))
    layers.append(Painted("trees", "far", 0.86, back))
    floor, stands, things = _track(view), _stands(view), _things(view)
    shadows(floor.sheet, view, [stands, things], 0.8)
    standing = setting.sheet()
    stands.draw(standing)
    floor.wet(layers, standing)
    layers.append(Painted("track", "ground", 0.5, floor.sheet))
    layers.append(Painted("stands", "mid", 0.47, standing))
    seats = setting.sheet()
    _people(view, seats)
    layers.append(Painted("crowd", "mid", 0.45, seats))
    runners = setting.sheet()
    crowd(
        view,
        runners,
        "runners",
        [
            (-2.6, 26.0),
            (-1.3, 31.0),
            (2.6, 38.0),
            (-8.5, 20.0),
            (-12.0, 26.0),
            (6.8, 15.0),
            (-9.0, -6.0),
            (1.4, -12.0),
            (6.7, -3.0),
        ],
    )
    layers.append(Painted("runners", "mid", 0.4, runners))
    masts = setting.sheet()
    _floodlights(view, masts)
    layers.append(Painted("lamps", "mid", 0.38, masts))
    near = setting.sheet()
    things.draw(near)
    layers.append(Painted("hurdles", "near", 0.32, near))
    cloths = setting.sheet()
    for number, z in enumerate(range(-20, 62, 8)):
        if view.visible(10.4, z):
            beams.strut(view, cloths, (10.4, 12.6, z), (10.4, 15.6, z), 0.1, (0.85, 0.85, 0.86))
            beams.flag(view, cloths, (10.4, 15.5, z), (1.8, 1.0), TOPS[number % 6], number)
    layers.append(Painted("flags", "near", 0.28, cloths))
    return layers


def _away(floor: GroundPlane) -> Field:
    """Metres from the lawn's long axis, so that every lane is a line of equal distance."""
    return np.asarray(np.hypot(np.maximum(np.abs(floor.z - MIDDLE[1]) - 42.0, 0), floor.x - MIDDLE[0]), np.float32)


def _track(view: OutdoorCamera) -> GroundPlane:
    floor = GroundPlane(view, "stadium")
    floor.soil((0.40, 0.58, 0.28), (0.46, 0.63, 0.31), 0.7, 0.9)
    mown = floor.stripes(floor.z, 11.0, 0.5)
    floor.lay((0.34, 0.52, 0.24), np.asarray(mown * 0.4, np.float32), 0.75)
    away = _away(floor)
    soft = np.maximum(0.03, floor.ahead / view.focal * 1.2)
    band = np.clip((away - INNER + 1.0) / soft, 0, 1) * np.clip((INNER + 8 * LANE + 1.4 - away) / soft, 0, 1)
    grit, worn = floor.grain("tartan", 0.12, 3), floor.grain("worn", 3.0, 3)
    floor.lay(
        np.asarray((0.84 + 0.16 * grit + 0.16 * worn)[..., None] * np.asarray(RED), np.float32),
        np.asarray(band, np.float32),
        0.85,
        grit,
    )
    inside = (away > INNER - 0.2) * (away < INNER + 8 * LANE + 0.2)
    lines = floor.stripes(away - np.float32(INNER), LANE, 0.045) * inside
    start = smoothstep(0.12, 0.05, np.abs(floor.z - 6.2)) * inside * (floor.x > -20)
    floor.lay((0.95, 0.94, 0.92), np.asarray(np.maximum(lines, start), np.float32), 0.95)
    apron = np.clip((away - INNER - 8 * LANE - 1.4) / soft, 0, 1)
    floor.lay(
        np.asarray((0.92 + 0.12 * grit)[..., None] * np.asarray((0.62, 0.64, 0.66)), np.float32),
        np.asarray(apron, np.float32),
        0.8,
        grit,
    )
    return floor


def _rows(tile: Surface, face: materials.Facet) -> None:
    """Rows of seats, seen from below as stripes of colour."""
    materials.plain(CONCRETE, 0.2)(tile, face)
    w, h = tile.width, tile.height
    for row in np.linspace(0.02, 0.96, 13):
        own: Colour = (0.28, 0.46, 0.64) if face.light.weather != "snow" else (0.80, 0.85, 0.92)
        tile.rect(0, h * row, w, h * (row + 0.035), face.colour(own))
        tile.rect(0, h * (row + 0.035), w, h * (row + 0.05), face.colour(scaled(CONCRETE, 0.6), 0.3))
    for x in np.linspace(0.0, 1.0, 3):
        tile.rect(w * x - w * 0.012, 0, w * x + w * 0.012, h, face.colour(CONCRETE))


def _banner(tile: Surface, face: materials.Facet) -> None:
    for number, x in enumerate(np.linspace(0, tile.width, 7)[:-1]):
        own = TOPS[(number * 3 + 1) % 8]
        tile.rect(x, 0, x + tile.width / 6 + 1, tile.height, face.colour(own))
        tile.rect(
            x + tile.width / 40,
            tile.height * 0.35,
            x + tile.width / 8,
            tile.height * 0.62,
            face.colour((0.95, 0.94, 0.9)),
        )


def _stands(view: OutdoorCamera) -> Masses:
    """The main stand with its roof along the straight, and banks on the other sides."""
    stands = Masses(view, "stands")
    for z in np.arange(-28.0, 75.0, 9.0):
        z = float(z)
        stands.plate([(20.0, 8.0, z + 9), (20.0, 8.0, z), (9.6, 1.3, z), (9.6, 1.3, z + 9)], _rows, 0.15)
        stands.plate([(9.5, 1.3, z + 9), (9.5, 1.3, z), (9.5, 0.0, z), (9.5, 0.0, z + 9)], _banner)
        stands.plate(
            [(20.0, 11.5, z + 9), (20.0, 11.5, z), (20.0, 8.0, z), (20.0, 8.0, z + 9)],
            materials.plain(scaled(CONCRETE, 0.6)),
        )
        stands.plate(
            [(10.5, 12.2, z + 9), (10.5, 12.2, z), (21.0, 11.4, z), (21.0, 11.4, z + 9)],
            materials.plain((0.90, 0.91, 0.93), 0.1),
            -0.1,
        )
        stands.plate(
            [(10.4, 12.7, z + 9), (10.4, 12.7, z), (10.4, 12.0, z), (10.4, 12.0, z + 9)],
            materials.plain((0.92, 0.92, 0.94), 0.1),
        )
    for x in np.arange(-80.0, 8.0, 11.0):
        for z, way in ((112.0, 1), (-52.0, -1)):
            stands.plate(
                [
                    (float(x), 7.0, z + 9 * way),
                    (float(x) + 11, 7.0, z + 9 * way),
                    (float(x) + 11, 1.2, z),
                    (float(x), 1.2, z),
                ],
                _rows,
                0.1,
            )
    for z in np.arange(-28.0, 92.0, 12.0):
        stands.plate(
            [(-92.0, 6.5, float(z)), (-92.0, 6.5, float(z) + 12), (-83.0, 1.2, float(z) + 12), (-83.0, 1.2, float(z))],
            _rows,
            0.1,
        )
    stands.box((-36.0, 124.0), (22.0, 8.0, 1.5), _board, base=7.0)
    stands.box((-36.0, -62.0), (22.0, 8.0, 1.5), materials.plain((0.2, 0.22, 0.26)), base=7.0)
    return stands


def _board(tile: Surface, face: materials.Facet) -> None:
    """A score board with rows of lights."""
    materials.plain((0.14, 0.16, 0.19), 0.1)(tile, face)
    for y in (0.2, 0.4, 0.6, 0.8):
        for x in np.linspace(0.08, 0.92, 22):
            if face.rng.random() < 0.62:
                tile.ellipse(tile.width * x, tile.height * y, tile.width * 0.013, tile.height * 0.05, (1.0, 0.82, 0.36))


def _people(view: OutdoorCamera, sheet: Surface) -> None:
    """Spectators on the stand, far ones first: a head over a coloured coat each."""
    rng, light = view.setting.rng("spectators"), view.setting.light
    spots = [(float(rng.uniform(-26, 74)), float(rng.integers(0, 13)) / 13) for _ in range(460)]
    for z, row in sorted(spots, key=lambda at: -view.far(15, at[0])):
        x, y = 9.9 + 10.1 * row, 1.5 + 6.7 * row
        if view.far(x, z) < 5 or not view.visible(x, z):
            continue
        (px, py), m, depth = view.ground(x, z, y), view.scale(x, z), view.depth(view.far(x, z))
        own = TOPS[int(rng.integers(len(TOPS)))]
        sheet.ellipse(px, py - m * 0.3, m * 0.23, m * 0.36, light.colour(own, 0.6, depth))
        sheet.ellipse(
            px,
            py - m * 0.78,
            m * 0.13,
            m * 0.16,
            light.colour(mix((0.90, 0.72, 0.60), (0.45, 0.31, 0.24), float(rng.random())), 0.7, depth),
        )
        sheet.ellipse(px, py - m * 0.86, m * 0.13, m * 0.1, light.colour((0.2, 0.15, 0.13), 0.5, depth))


def _floodlights(view: OutdoorCamera, sheet: Surface) -> None:
    for x, z in ((-80.0, 100.0), (8.0, 112.0), (-84.0, -30.0), (8.0, -48.0), (-40.0, 118.0)):
        if not view.visible(x, z, 6):
            continue
        for dx in (-0.8, 0.8):
            beams.strut(view, sheet, (x + dx, 0, z), (x + dx * 0.4, 26, z), 0.5, (0.66, 0.68, 0.7))
        for row in range(3):
            for column in range(-2, 3):
                beams.glowing(view, sheet, (x + column * 1.5, 26.0 + row * 1.4, z), 0.6, (0.95, 0.97, 1.0), 0.35)


def _things(view: OutdoorCamera) -> Masses:
    """Hurdles on two lanes, a bench, a start box."""
    things, white = Masses(view, "hurdles"), materials.plain((0.94, 0.93, 0.9), 0.05)
    for x in (-4.2, 3.3):
        for z in (17.0, 26.0, 35.0, -7.0, -16.0):
            things.box((x, z), (1.1, 0.14, 0.05), _banner, base=0.92)
            for dx in (-0.5, 0.5):
                things.box((x + dx, z), (0.05, 0.95, 0.05), white)
                things.box((x + dx, z - 0.3), (0.05, 0.06, 0.6), white)
    for z in (12.5, 20.0, -5.0):
        things.box((7.9, z), (0.5, 0.12, 2.2), materials.boards((0.70, 0.56, 0.40), 0.14), base=0.42)
        for dz in (-0.8, 0.8):
            things.box((7.9, z + dz), (0.4, 0.42, 0.12), materials.plain((0.4, 0.4, 0.42)))
    return things
