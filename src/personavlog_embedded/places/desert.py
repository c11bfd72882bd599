"""A desert: dunes, red buttes and a canyon wall, an oasis with a tent; rippled sand to stand on."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.places.forest_and_meadow import palm
from personavlog_embedded.render import beams, land, materials, ranges, vegetation
from personavlog_embedded.render.buildings import Masses, shadows
from personavlog_embedded.render.canvas import Colour, Surface, scaled
from personavlog_embedded.render.floors import GroundPlane
from personavlog_embedded.render.noise import Field, fractal, smoothstep
from personavlog_embedded.render.outdoor_camera import OutdoorCamera
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.sky import sky

SAND: Colour = (0.93, 0.74, 0.48)
DARK_SAND: Colour = (0.84, 0.60, 0.38)
ROCK: Colour = (0.72, 0.40, 0.28)
BUTTES = (
    (-0.62, 0.20, 0.24),
    (0.36, 0.3, 0.2),
    (0.78, 0.17, 0.36),
    (1.5, 0.26, 0.3),
    (-1.3, 0.22, 0.26),
    (2.4, 0.3, 0.34),
    (3.1, 0.2, 0.22),
    (-2.3, 0.2, 0.3),
)
"""Bearing, height and width in units of the table mountains all around."""


def desert(setting: Setting) -> list[Painted]:
    """Dunes in the middle, buttes behind, a striped tent under palms."""
    view, unit, horizon = OutdoorCamera(setting, 9.0), setting.unit, setting.horizon
    layers = sky(setting, 0.35)
    far = ranges.mountains(setting, "far range", horizon + 2, unit * 0.09, 0.93, (0.66, 0.48, 0.44), 0.0)
    layers.append(Painted("far range", "far", 0.93, far))
    rocks = setting.sheet()
    for number, (bearing, tall, wide) in enumerate(BUTTES):
        _butte(setting, rocks, number, setting.column(bearing), unit * tall, unit * wide)
    layers.append(Painted("buttes", "far", 0.84, rocks))
    dunes = setting.sheet()
    for number, (rise, depth) in enumerate(((0.10, 0.62), (0.07, 0.46))):
        _dune(setting, dunes, f"dune {number}", horizon + unit * (0.015 + 0.03 * number), unit * rise, depth)
    layers.append(Painted("dunes", "mid", 0.66, dunes))
    floor = _sand(view)
    camp = _camp(view)
    shadows(floor.sheet, view, [camp])
    standing = setting.sheet()
    for x, z, tall, lean in (
        (-9.5, 15.5, 6.0, 0.10),
        (-7.6, 17.5, 5.2, -0.05),
        (-11.6, 18.5, 6.6, 0.04),
        (10.5, -7.0, 6.2, 0.08),
        (7.5, -9.5, 5.4, -0.06),
    ):
        if view.visible(x, z, 3):
            px, foot = view.ground(x, z)
            palm(setting, standing, setting.rng(f"palm {x}"), px, foot, tall * view.scale(x, z), lean)
    camp.draw(standing)
    _guys(view, standing)
    layers.append(Painted("sand", "ground", 0.5, floor.sheet))
    layers.append(Painted("oasis and tent", "mid", 0.44, standing))
    fire = setting.sheet()
    _fire(view, fire, -3.2, 12.6)
    layers.append(Painted("fire", "mid", 0.38, fire))
    near = setting.sheet()
    _stones(view, near)
    vegetation.bushes(
        view,
        near,
        "thorn",
        [(6.4, 9.5), (-6.8, 6.0), (8.2, 4.0), (-5.2, -2.0), (3.5, -4.2)],
        0.7,
        (0.56, 0.56, 0.34),
        floor=floor.sheet,
    )
    layers.append(Painted("stones and scrub", "near", 0.28, near))
    return layers


def _butte(setting: Setting, sheet: Surface, number: int, x: float, tall: float, wide: float) -> None:
    """A table mountain: steep banded walls over a skirt of scree."""
    if x + wide < -wide or x - wide > setting.width + wide:
        return
    rng, light, base = setting.rng(f"butte {number}"), setting.light, setting.horizon + 4
    height, width = int(tall * 1.15) + 8, int(wide * 2.2) + 8
    u = np.linspace(-1.1, 1.1, width, dtype=np.float32)[None, :]
    v = np.linspace(1.12, 0, height, dtype=np.float32)[:, None]
    crag = fractal(rng, 2, width, wide * 0.14, 5, 0.6)[:1] - 0.5
    rib = fractal(rng, height, width, wide * 0.2, 4, 0.6, 0.35) - 0.5
    table = 0.9 + 0.12 * crag + 0.08 * np.sign(np.sin(u * 5 + number))
    cap = smoothstep(0.0, 0.02, table - v) * smoothstep(
        0.0, 0.02, 0.56 + 0.07 * crag - np.abs(u) - 0.12 * (v - 0.4) + 0.05 * rib
    )
    skirt = smoothstep(0.0, 0.02, 0.44 * (1 - np.clip((np.abs(u) - 0.48) / 0.62, 0, 1)) ** 0.8 + 0.05 * rib - v) * (
        np.abs(u) < 1.1
    )
    bands = 0.86 + 0.24 * fractal(rng, height, 2, tall * 0.12, 4, 0.6)[:, :1] + 0.12 * rib
    lit = np.clip(0.5 + rib * 1.5 + 0.4 * light.side * np.sign(u) * smoothstep(0.05, 0.5, np.abs(u)), 0.05, 1)
    lit = np.asarray(np.where(skirt > 0.5, 0.3 + 0.6 * lit, lit), np.float32)
    colour: Field = np.asarray(ROCK, np.float32) * np.broadcast_to(bands, (height, width))[..., None].astype(np.float32)
    if light.weather == "snow":
        colour = np.asarray(
            colour
            + (np.asarray(materials.SNOW) - colour) * np.clip(smoothstep(0.82, 0.9, v) + skirt * 0.7, 0, 1)[..., None],
            np.float32,
        )
    sheet.blend(
        light.paint(colour, np.asarray(lit, np.float32), 0.66),
        np.maximum(cap, skirt),
        int(base) - height,
        int(x) - width // 2,
    )


def _dune(setting: Setting, sheet: Surface, tag: str, base: float, rise: float, depth: float) -> None:
    """Crescent ridges with one lit and one shaded flank under a sharp crest."""
    rng, light = setting.rng(tag), setting.light
    profile = setting.panorama(rng, setting.unit * 0.7, 2, 0.35)
    ridge = base - rise * (1.6 * (1 - np.abs(2 * np.clip(profile * 0.8 + 0.1, 0, 1) - 1)) ** 1.3 + 0.25 * profile)
    swing = setting.panorama(setting.rng(tag + " crest"), setting.unit * 0.5, 3, 0.4)
    top, bottom = int(ridge.min()) - 2, min(setting.height, int(base + setting.unit * 0.08))
    rows = np.arange(top, bottom, dtype=np.float32)[:, None]
    fall = np.clip((rows - ridge[None]) / max(rise, 1), 0, 2)
    flank = np.gradient(np.convolve(np.pad(ridge, 12, mode="edge"), np.ones(25) / 25, "valid"))[None] * -light.side
    blade = smoothstep(-0.12, 0.12, flank + (swing[None] - 0.5) * 0.25 * fall).astype(np.float32)
    ripple = fractal(rng, bottom - top, setting.width, setting.unit * 0.03, 3, 0.5, 6.0)
    lit = np.clip(0.3 + 0.65 * blade + (ripple - 0.5) * 0.2 - 0.1 * fall, 0.05, 1)
    sheet.blend(
        light.paint(_winter(setting, SAND), np.asarray(lit, np.float32), depth),
        land.below_line(setting, ridge)[top:bottom],
        top,
    )
    sheet.pixels[bottom:] = sheet.pixels[bottom - 1]


def _winter(setting: Setting, own: Colour) -> Colour:
    return (
        (0.93, 0.93, 0.95)
        if setting.light.weather == "snow"
        else scaled(own, 0.84)
        if setting.light.weather == "rain"
        else own
    )


def _sand(view: OutdoorCamera) -> GroundPlane:
    floor = GroundPlane(view, "desert")
    floor.soil(SAND, DARK_SAND, 1.6, 0.85)
    wind: Field = np.asarray(
        floor.x * 0.5 + floor.z + 0.9 * np.sin(floor.x / 2.3 + floor.z / 7) + (floor.grain("wind", 2.4, 3) - 0.5) * 1.6,
        np.float32,
    )
    fade = np.clip(floor.near * 2.4 - 0.12, 0, 1)
    floor.lay(scaled(SAND, 0.7), floor.stripes(wind, 0.34, 0.4) * fade * 0.12, 0.4)
    floor.lay(scaled(SAND, 1.12), floor.stripes(wind + 0.13, 0.34, 0.3) * fade * 0.16, 1.0)
    prints = np.maximum(
        floor.stripes(floor.z, 0.7, 0.32) * floor.track([(0.35, -12), (0.6, 8), (-2.4, 13)], 0.1, 0.02),
        floor.stripes(floor.z + 0.35, 0.7, 0.32) * floor.track([(0.05, -12), (0.3, 8), (-2.7, 13)], 0.1, 0.02),
    )
    floor.fade()
    floor.lay(scaled(DARK_SAND, 0.6), prints * 0.3, 0.3)
    return floor


def _camp(view: OutdoorCamera) -> Masses:
    """A striped tent, a smaller one behind the viewer, chests."""
    camp = Masses(view, "camp")
    red, cream = (0.70, 0.26, 0.20), (0.93, 0.86, 0.70)

    def striped(tile: Surface, face: materials.Facet) -> None:
        materials.plain(cream, 0.2)(tile, face)
        for number, x in enumerate(np.linspace(0, tile.width, 12)[:-1]):
            if number % 2:
                wide = tile.width / 11
                tile.patch(
                    [(x, 0), (x + wide, 0), (x + wide, tile.height), (x, tile.height)],
                    face.colour(red),
                    face.colour(scaled(red, 0.8), face.lit * 0.8),
                )

    def mouth(tile: Surface, face: materials.Facet) -> None:
        striped(tile, face)
        w, h = tile.width, tile.height
        warm: Colour = (0.95, 0.66, 0.34) if face.light.dark else face.colour((0.25, 0.15, 0.11), 0.3)
        tile.patch([(w * 0.42, h * 0.1), (w * 0.58, h * 0.1), (w * 0.7, h), (w * 0.3, h)], scaled(warm, 0.75), warm)

    for x, z, turn, size in ((-7.4, 19.5, -0.3, 1.0), (9.0, 24.0, 0.4, 0.8), (8.6, -6.0, 2.5, 0.9)):
        camp.gable(
            (x, z),
            (4.6 * size, 1.7 * size, 4.4 * size),
            1.7 * size,
            striped,
            striped,
            front=mouth,
            turn=turn,
            eaves=0.35,
        )
    camp.box((-4.9, 16.2), (0.9, 0.5, 0.55), materials.boards((0.48, 0.31, 0.20), 0.2, level=True), turn=0.4)
    camp.box((-5.0, 15.2), (1.6, 0.12, 1.1), materials.plain((0.62, 0.24, 0.28)), turn=0.2)
    return camp


def _guys(view: OutdoorCamera, sheet: Surface) -> None:
    for x, z, dx in ((-9.8, 17.6, -1.6), (-5.0, 17.2, 1.4)):
        if view.visible(x, z):
            beams.strut(view, sheet, (x, 1.7, z), (x + dx, 0, z - 0.9), 0.035, (0.4, 0.32, 0.24))
    beams.strut(view, sheet, (-4.6, 0, 18.0), (-4.6, 3.6, 18.0), 0.08, (0.42, 0.32, 0.24))
    beams.flag(view, sheet, (-4.6, 3.6, 18.0), (1.0, 0.5), (0.86, 0.62, 0.22), 2)


def _fire(view: OutdoorCamera, sheet: Surface, x: float, z: float) -> None:
    """A small camp fire in a ring of stones; embers by day."""
    if not view.visible(x, z):
        return
    (px, foot), metre, light = view.ground(x, z), view.scale(x, z), view.setting.light
    rng = view.setting.rng("fire")
    for angle in np.linspace(0, 2 * np.pi, 10)[:-1]:
        beams.ball(view, sheet, (x + 0.42 * np.cos(angle), 0.06, z + 0.42 * np.sin(angle)), 0.11, (0.5, 0.44, 0.4))
    if light.dark:
        sheet.glow(px, foot - metre * 0.3, metre * 3.2, (1.0, 0.55, 0.2), 0.5)
        beams.pool_of_light(view, sheet, x, z, 3.6, (1.0, 0.6, 0.28))
    for number in range(9):
        at, high = px + rng.normal(0, 0.13) * metre, metre * rng.uniform(0.3, 0.75) * (1.0 - number / 14)
        tone: Colour = ((1.0, 0.45, 0.12), (1.0, 0.66, 0.2), (1.0, 0.9, 0.5))[number // 3]
        half = metre * 0.11 * (1 - number / 14)
        sheet.polygon(
            [
                (at - half, foot - metre * 0.05),
                (at - half * 0.9, foot - high * 0.4),
                (at + rng.normal(0, half * 0.5), foot - high),
                (at + half * 0.8, foot - high * 0.35),
                (at + half, foot - metre * 0.05),
            ],
            tone,
        )


def _stones(view: OutdoorCamera, sheet: Surface) -> None:
    rng = view.setting.rng("stones")
    for x, z in vegetation.scatter(view, "stones", 70, (4.6, 16.0)):
        size = float(0.05 + 0.2 * rng.random() ** 2)
        if view.visible(x, z) and view.far(x, z) > 2.4:
            (px, foot), metre, light = view.ground(x, z), view.scale(x, z) * size, view.setting.light
            own, depth = scaled(ROCK, float(rng.uniform(0.8, 1.2))), view.depth(view.far(x, z))
            jag = [
                (
                    px + metre * np.cos(a) * rng.uniform(0.8, 1.1),
                    foot - metre * 0.35 - metre * 0.5 * np.sin(a) * rng.uniform(0.8, 1.1),
                )
                for a in np.linspace(0, 2 * np.pi, 9)[:-1]
            ]
            sheet.ellipse(
                px - light.side * metre * 0.5,
                foot + metre * 0.02,
                metre * 1.3,
                metre * 0.22,
                light.colour(scaled(DARK_SAND, 0.55), 0.3, depth),
            )
            sheet.patch(jag, light.colour(own, 0.95, depth), light.colour(scaled(own, 0.7), 0.2, depth))
