"""A fairground: ferris wheel, carousel, striped booths, a roller coaster, strings of bulbs and people."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import beams, land, materials, passers_by, vegetation
from personavlog_embedded.render.buildings import Masses, facing, shadows
from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.floors import GroundPlane
from personavlog_embedded.render.outdoor_camera import OutdoorCamera
from personavlog_embedded.render.rides import GAY, carousel, coaster, legs, striped, wheel
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.sky import sky


def fair(setting: Setting) -> list[Painted]:
    """The midway with the big wheel at its end."""
    view, unit, horizon = OutdoorCamera(setting, 9.0), setting.unit, setting.horizon
    layers = sky(setting, 0.9)
    back = land.hills(setting, "park", horizon + 3, unit * 0.10, 0.7, trees=0.7)
    back.over(land.treeline(setting, "park trees", horizon + 3, unit * 0.075, 0.6, pines=0.1))
    layers.append(Painted("park", "far", 0.84, back))
    rails = setting.sheet()
    coaster(view, rails)
    legs(view, rails)
    layers.append(Painted("roller coaster", "mid", 0.66, rails))
    big = setting.sheet()
    wheel(view, big)
    layers.append(Painted("ferris wheel", "mid", 0.62, big))
    floor, booths = _midway(view), _booths(view)
    shadows(floor.sheet, view, [booths])
    standing = setting.sheet()
    vegetation.trees(
        view,
        standing,
        "plane trees",
        [(-19, 24), (22, 30), (-20, 4), (21, 2), (-12, -15), (14, -14)],
        6.5,
        floor=floor.sheet,
    )
    booths.draw(standing)
    carousel(view, standing)
    floor.wet(layers, standing)
    layers.append(Painted("midway", "ground", 0.5, floor.sheet))
    layers.append(Painted("booths and carousel", "mid", 0.46, standing))
    people = setting.sheet()
    spots = [
        (-3.5, 19),
        (-2.2, 24),
        (3.8, 21),
        (5.2, 17.5),
        (-6.0, 16),
        (1.0, 29),
        (2.4, 33),
        (-4.5, 30),
        (7.5, 14.5),
        (-7.6, 12.5),
        (-3.2, -6),
        (2.4, -8),
        (5, -6.5),
        (-5.5, -9),
        (0.5, -12),
        (9.5, 7),
        (-9.4, 7.5),
    ]
    passers_by.crowd(view, people, "fair", spots)
    layers.append(Painted("crowd", "mid", 0.4, people))
    near = setting.sheet()
    _bulbs(view, near, floor.sheet)
    layers.append(Painted("lamps", "near", 0.3, near))
    balloons = setting.sheet()
    _balloons(view, balloons, 6.9, 12.4)
    _balloons(view, balloons, -6.6, -5.2)
    layers.append(Painted("flags and balloons", "near", 0.26, balloons))
    return layers


def _midway(view: OutdoorCamera) -> GroundPlane:
    floor = GroundPlane(view, "fair")
    floor.soil((0.46, 0.58, 0.30), (0.58, 0.60, 0.34), 0.9)
    way = np.maximum(floor.track([(0, -24), (0, 48)], 5.6, 0.5), floor.track([(-16, 8), (16, 8)], 5.0, 0.6))
    floor.paved((0.82, 0.72, 0.60), 0.55, 0.07, mask=way)
    if view.setting.light.dark:
        floor.tint(
            materials.LAMP,
            np.asarray(
                way * np.clip(1.2 - np.abs(floor.x) / 9, 0, 1) * (0.26 if view.setting.light.night else 0.1), np.float32
            ),
        )
    rng = view.setting.rng("confetti")
    for x, z in zip(rng.uniform(-7, 7, 70), rng.uniform(-6, 24, 70), strict=True):
        if view.far(x, z) > 1.6 and view.setting.light.weather != "snow":
            (px, py), size = view.ground(float(x), float(z)), max(0.7, 0.035 * view.scale(float(x), float(z)))
            floor.sheet.ellipse(px, py, size, size * 0.35, view.setting.light.colour(GAY[int(rng.integers(6))], 0.8))
    return floor


def _counter(own: Colour) -> materials.Skin:
    """A booth's open front: bright shelves with prizes above a striped counter."""

    def paint(tile: Surface, face: materials.Facet) -> None:
        w, h = tile.width, tile.height
        inner: Colour = (1.0, 0.84, 0.56) if face.light.dark else face.colour((0.50, 0.36, 0.28), 0.5)
        tile.patch([(0, 0), (w, 0), (w, h), (0, h)], inner, scaled(inner, 0.7))
        for row in (0.28, 0.5):
            tile.rect(0, h * row, w, h * (row + 0.025), face.colour((0.52, 0.38, 0.28)))
            for x in np.arange(w * 0.05, w * 0.97, w * 0.085):
                prize = GAY[int(face.rng.integers(6))]
                tone = mix(prize, (1, 0.9, 0.7), 0.25) if face.light.dark else face.colour(prize, 0.7)
                tile.ellipse(x, h * (row - 0.045), w * 0.03, h * 0.045, tone)
                tile.ellipse(x, h * (row - 0.105), w * 0.02, h * 0.03, scaled(tone, 1.08))
        striped(own, 0.3)(lower := Surface(max(2, int(h * 0.36)), w), face)
        tile.pixels[h - lower.height :] = lower.pixels
        tile.rect(0, h * 0.62, w, h * 0.66, face.colour((0.72, 0.54, 0.36)))

    return paint


def _booths(view: OutdoorCamera) -> Masses:
    booths = Masses(view, "booths")
    spots = [
        (-9.4, 17.5),
        (-9.6, 24.0),
        (-9.6, 30.5),
        (9.6, 34.5),
        (12.4, 14.5),
        (-14.5, 10.0),
        (17.0, 6.5),
        (-9.0, -6.0),
        (8.8, -5.5),
        (-9.0, -12.5),
        (8.8, -12.0),
        (0.0, -22.0),
        (17.5, 16.0),
    ]
    for number, (x, z) in enumerate(spots):
        if not view.visible(x, z, 4):
            continue
        own = GAY[number % 6]
        turn = facing(x, z, (0, z if abs(x) < 13 else 9)) if abs(x) > 4 else facing(x, z)
        booths.box((x, z), (4.2, 2.5, 2.6), striped(own), front=_counter(own), turn=turn)
        booths.gable((x, z), (4.4, 0.05, 2.8), 1.5, striped(own), striped(own, 0.6), turn=turn, base=2.5, eaves=0.5)
    for x, own in ((-3.6, GAY[0]), (3.6, GAY[2])):
        booths.tower((x, -17.5), 0.9, 4.6, striped(own, 0.4), sides=10)
        booths.tower((x, -17.5), 1.2, 1.8, materials.tiles(GAY[1]), base=4.6, top=0.05, sides=10)
    booths.box((0, -17.5), (6.4, 1.2, 0.5), striped(GAY[1], 0.35), base=4.0)
    return booths


def _bulbs(view: OutdoorCamera, sheet: Surface, floor: Surface) -> None:
    """Poles with strings of bulbs across the midway, far ones first."""
    for z in sorted((14.0, 21.0, 29.0, -4.0, -11.0), key=lambda z: -view.far(0, z)):
        ends = [(-6.6, 4.4, z), (6.6, 4.4, z)]
        if min(view.far(x, z) for x, _, z in ends) < 2.5:
            continue
        for x, tall, _ in ends:
            beams.strut(view, sheet, (x, 0, z), (x, tall, z), 0.1, (0.9, 0.88, 0.84))
            beams.flag(view, sheet, (x, tall + 0.5, z), (0.7, 0.4), GAY[int(abs(x + z)) % 6], int(z))
        ts = np.linspace(0, 1, 19)
        line = [(-6.6 + 13.2 * float(t), 4.4 - 3.4 * float(t) * (1 - float(t)), z) for t in ts]
        beams.chain(view, sheet, line, 0.025, (0.3, 0.28, 0.28))
        for number, at in enumerate(line[1:-1]):
            beams.glowing(view, sheet, at, 0.075, mix(GAY[number % 6], materials.LAMP, 0.6), 0.5)
        beams.pool_of_light(view, floor, 0, z, 5.0)


def _balloons(view: OutdoorCamera, sheet: Surface, x: float, z: float) -> None:
    """A bunch of balloons tied to a cart's post."""
    if not view.visible(x, z) or view.far(x, z) < 4:
        return
    rng = view.setting.rng(f"balloons {x}")
    beams.strut(view, sheet, (x, 0, z), (x, 1.3, z), 0.08, (0.5, 0.4, 0.34))
    for _ in range(11):
        at = (x + float(rng.normal(0, 0.42)), 2.9 + float(rng.uniform(-0.5, 0.7)), z + float(rng.normal(0, 0.2)))
        beams.strut(view, sheet, (x, 1.3, z), at, 0.012, (0.5, 0.48, 0.48))
        beams.ball(view, sheet, at, 0.24, GAY[int(rng.integers(6))], 0.95)
