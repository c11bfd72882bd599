"""Under water: a coral reef with shoals, jellyfish and shafts of light, seen from the arches of a glass tunnel with a
floor to stand on."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from personavlog_embedded.render import beams, land, materials, ranges, vegetation
from personavlog_embedded.render.buildings import Masses, shadows
from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.floors import GroundPlane
from personavlog_embedded.render.light import Light
from personavlog_embedded.render.noise import Rng, fractal, smoothstep
from personavlog_embedded.render.outdoor_camera import OutdoorCamera
from personavlog_embedded.render.setting import Painted, Setting

CORALS: tuple[Colour, ...] = (
    (0.92, 0.42, 0.46),
    (0.96, 0.66, 0.36),
    (0.72, 0.46, 0.78),
    (0.96, 0.82, 0.50),
    (0.42, 0.70, 0.62),
    (0.95, 0.58, 0.70),
)
STEEL: Colour = (0.62, 0.70, 0.74)


def reef(setting: Setting) -> list[Painted]:
    """The tunnel's walk through the reef. Weather stays above the surface, the hour does not."""
    setting = replace(setting, light=sunken(setting.light))
    view, unit, horizon = OutdoorCamera(setting, 6.0), setting.unit, setting.horizon
    layers = [Painted("deep water", "sky", 1.0, _deep(setting))]
    far = ranges.mountains(setting, "far reef", horizon + unit * 0.03, unit * 0.22, 0.82, (0.36, 0.46, 0.52), 0.0)
    layers.append(Painted("far reef", "far", 0.9, far))
    shoal = setting.sheet()
    _shoal(setting, shoal, "far fish", 90, (0.1, 0.95), 0.010, 0.55)
    layers.append(Painted("far fish", "mid", 0.8, shoal))
    rocks = land.hills(setting, "reef", horizon + unit * 0.05, unit * 0.16, 0.6, (0.44, 0.50, 0.46), 0.6, 0.3)
    layers.append(Painted("reef", "mid", 0.72, rocks))
    floor = _bed(view)
    walk = _walk(view)
    shadows(floor.sheet, view, [walk], 0.7)
    layers.append(Painted("sea bed", "ground", 0.5, floor.sheet))
    garden = setting.sheet()
    spots = [at for at in vegetation.scatter(view, "corals", 120, (4.2, 26.0), (0.0, 6.0)) if abs(at[0]) > 3.0]
    for number, at in vegetation.in_view(view, spots, 1.5):
        _coral(view, garden, number, at)
    layers.append(Painted("corals", "mid", 0.46, garden))
    swimmers = setting.sheet()
    _shoal(setting, swimmers, "near fish", 34, (0.12, 0.9), 0.026, 0.25)
    _turtle(setting, swimmers)
    layers.append(Painted("fish", "mid", 0.4, swimmers))
    drifting = setting.sheet()
    for number in range(7):
        _jelly(setting, drifting, number)
    layers.append(Painted("jellyfish", "mid", 0.36, drifting))
    near = setting.sheet()
    walk.draw(near)
    _arches(view, near)
    layers.append(Painted("tunnel", "near", 0.3, near))
    layers.append(Painted("light shafts", "near", 0.24, _shafts(setting)))
    return layers


def sunken(light: Light) -> Light:
    """Light under water: blue haze that thickens with distance, dim at night and lit by the tunnel's lamps."""
    bright = {"morning": 0.92, "noon": 1.0, "dusk": 0.74, "night": 0.42}[light.time]
    tint: Colour = (0.92, 0.80, 0.86) if light.time == "dusk" else (1.0, 1.0, 1.0)

    def of(red: float, green: float, blue: float) -> Colour:
        return red * bright * tint[0], green * bright * tint[1], blue * bright * tint[2]

    sky = (of(0.56, 0.90, 0.96), of(0.20, 0.66, 0.84), of(0.10, 0.46, 0.72), of(0.09, 0.38, 0.62))
    return replace(
        light,
        weather="clear",
        sky=sky,
        key=of(0.98, 1.08, 1.06),
        shade=of(0.26, 0.44, 0.62),
        haze=of(0.12, 0.46, 0.70),
        air=0.86,
    )


def _deep(setting: Setting) -> Surface:
    """Blue from the bright surface down, with the surface's own net of light on top."""
    sheet, light = setting.sheet(), setting.light
    share = np.clip(np.arange(setting.height, dtype=np.float32) / setting.horizon, 0, 1)
    ramp = np.stack(
        [np.interp(share, (0, 0.25, 0.65, 1.0), [stop[i] for stop in light.sky]) for i in range(3)], axis=1
    ).astype(np.float32)
    net = fractal(
        setting.rng(f"surface {setting.angle}"), setting.height, setting.width, setting.unit * 0.12, 4, 0.55, 3.0
    )
    glint = smoothstep(0.06, 0.0, np.abs(net - 0.5)) * np.clip(1 - share * 3.4, 0, 1)[:, None]
    field = np.repeat(ramp[:, None], setting.width, axis=1)
    sheet.blend(field + (np.asarray((0.95, 1.0, 1.0), np.float32) - field) * (glint * 0.5)[..., None], 1.0)
    return sheet


def _bed(view: OutdoorCamera) -> GroundPlane:
    floor = GroundPlane(view, "reef")
    floor.soil((0.84, 0.80, 0.62), (0.62, 0.66, 0.54), 1.0, 0.86)
    net = floor.grain("caustics", 1.1, 3)
    floor.lay(
        (1.0, 1.0, 0.88),
        np.asarray(smoothstep(0.05, 0.0, np.abs(net - 0.5)) * np.clip(floor.near * 1.6, 0, 1) * 0.42, np.float32),
        1.0,
    )
    floor.fade(0.03)
    path = floor.track([(0, -30), (0, 60)], 2.5, 0.0)
    floor.lay((0.36, 0.42, 0.46), path, 0.75)
    tiles = np.maximum(floor.stripes(floor.z, 1.5, 0.03), floor.stripes(floor.x + 1.25, 1.25, 0.03))
    floor.lay((0.20, 0.26, 0.32), np.asarray(path * tiles, np.float32), 0.6)
    shine = floor.grain("sheen", 2.4, 3, 2.0)
    floor.tint(view.setting.light.sky[1], np.asarray(path * np.clip(shine * 1.4 - 0.4, 0, 1) * 0.4, np.float32))
    for side in (-2.35, 2.35):
        floor.tint((0.72, 0.98, 1.0), floor.track([(side, -30), (side, 60)], 0.06, 0.0) * np.float32(0.9))
    return floor


def _walk(view: OutdoorCamera) -> Masses:
    """Kerbs along the walk, and benches."""
    walk = Masses(view, "walk")
    for side in (-2.6, 2.6):
        for z in np.arange(-21.0, 42.0, 3.0):
            if view.far(side, float(z)) > 2.6 and view.visible(side, float(z), 3):
                walk.box((side, float(z)), (0.3, 0.35, 3.0), materials.plain(STEEL, 0.15))
    for x, z in ((1.9, 11.5), (-1.9, -7.5)):
        walk.box((x, z), (0.5, 0.1, 1.7), materials.boards((0.66, 0.52, 0.38), 0.15), base=0.4)
        for dz in (-0.6, 0.6):
            walk.box((x, z + dz), (0.4, 0.4, 0.1), materials.plain(STEEL))
    return walk


def _arches(view: OutdoorCamera, sheet: Surface) -> None:
    """Ribs of the glass tunnel, far ones first, with a faint gleam on the glass between."""
    angles = np.linspace(0.08, np.pi - 0.08, 19)
    for z in sorted(np.arange(-24.0, 42.0, 6.0), key=lambda z: -view.far(0, float(z))):
        if view.far(0, float(z)) < 3.4:
            continue
        ring = [(2.7 * float(np.cos(a)), 0.3 + 3.3 * float(np.sin(a)) ** 0.8, float(z)) for a in angles]
        beams.chain(view, sheet, ring, 0.13, STEEL, 0.75)
        beams.glowing(view, sheet, (0, 3.5, float(z)), 0.07, (0.8, 0.98, 1.0), 0.5)
        gleam = view.px([ring[4], ring[7], (ring[7][0] * 0.92, ring[7][1], z), (ring[4][0] * 0.94, ring[4][1], z)])
        sheet.patch(gleam, (0.9, 1.0, 1.0), alpha=0.1)


def _shoal(
    setting: Setting, sheet: Surface, tag: str, count: int, rows: tuple[float, float], size: float, depth: float
) -> None:
    """Fish in schools that swim one way."""
    rng, light = setting.rng(f"{tag} {setting.angle}"), setting.light
    schools = [
        (rng.uniform(0, 1), rng.uniform(*rows), 1 if rng.random() < 0.5 else -1, CORALS[int(rng.integers(6))])
        for _ in range(5)
    ]
    for _ in range(count):
        x, y, way, own = schools[int(rng.integers(5))]
        px, py = (
            setting.x(float(x + rng.normal(0, 0.09))),
            setting.horizon * float(np.clip(y + rng.normal(0, 0.08), 0.04, 1.0)),
        )
        long = setting.unit * size * float(rng.uniform(0.7, 1.3))
        tone, dim = light.colour(own, 0.95, depth), light.colour(scaled(own, 0.7), 0.4, depth)
        sheet.polygon(
            [
                (px - way * long * 0.8, py),
                (px - way * long * 1.5, py - long * 0.4),
                (px - way * long * 1.35, py),
                (px - way * long * 1.5, py + long * 0.4),
            ],
            dim,
        )
        sheet.ellipse(px, py, long, long * 0.42, dim)
        sheet.ellipse(px, py - long * 0.08, long * 0.92, long * 0.32, tone)
        if long > 9:
            sheet.patch(
                [
                    (px - way * long * 0.1, py - long * 0.38),
                    (px + way * long * 0.12, py - long * 0.38),
                    (px + way * long * 0.08, py + long * 0.36),
                    (px - way * long * 0.1, py + long * 0.36),
                ],
                light.colour((0.96, 0.95, 0.9), 0.9, depth),
            )
            sheet.ellipse(px + way * long * 0.6, py - long * 0.1, long * 0.08, long * 0.08, (0.06, 0.08, 0.1))


def _coral(view: OutdoorCamera, sheet: Surface, number: int, at: tuple[float, float]) -> None:
    """Fans, tubes, brains and weed on a rock."""
    rng, light = view.setting.rng(f"coral {number}"), view.setting.light
    (x, foot), m, depth = (
        view.ground(*at),
        view.scale(*at) * float(rng.uniform(0.7, 1.5)),
        min(1.0, view.depth(view.far(*at)) * 1.6),
    )
    own, kind = CORALS[int(rng.integers(6))], int(rng.integers(4))
    sheet.ellipse(x, foot, m * 0.55, m * 0.2, light.colour((0.42, 0.42, 0.40), 0.45, depth))
    sheet.ellipse(x - m * 0.05, foot - m * 0.08, m * 0.45, m * 0.16, light.colour((0.55, 0.54, 0.48), 0.8, depth))
    if kind == 0:
        _fan(sheet, rng, (x, foot - m * 0.1), m * 0.75, -np.pi / 2, light.colour(own, 0.75, depth), 4)
    elif kind == 1:
        _tubes(sheet, rng, (x, foot), m, own, light, depth)
    elif kind == 2:
        _brain(sheet, rng, (x, foot), m, own, light, depth)
    else:
        _weed(sheet, rng, (x, foot), m, light, depth)


def _tubes(
    sheet: Surface, rng: Rng, at: tuple[float, float], m: float, own: Colour, light: Light, depth: float
) -> None:
    x, foot = at
    for _ in range(7):
        dx, tall = float(rng.normal(0, 0.2)) * m, m * float(rng.uniform(0.3, 0.85))
        tube = [
            (x + dx - m * 0.06, foot - m * 0.05),
            (x + dx - m * 0.08, foot - tall),
            (x + dx + m * 0.08, foot - tall),
            (x + dx + m * 0.06, foot - m * 0.05),
        ]
        sheet.patch(tube, light.colour(own, 0.95, depth), light.colour(scaled(own, 0.6), 0.3, depth))
        sheet.ellipse(x + dx, foot - tall, m * 0.08, m * 0.035, light.colour(scaled(own, 0.4), 0.4, depth))


def _brain(
    sheet: Surface, rng: Rng, at: tuple[float, float], m: float, own: Colour, light: Light, depth: float
) -> None:
    x, foot = at
    for share, lit in ((1.0, 0.25), (0.85, 0.55), (0.6, 0.85), (0.3, 1.0)):
        sheet.ellipse(
            x + light.side * m * 0.2 * (1 - share),
            foot - m * (0.2 + 0.14 * (1 - share)),
            m * 0.42 * share,
            m * 0.3 * share,
            light.colour(own, lit, depth),
        )
    furrow = light.colour(scaled(own, 0.7), 0.5, depth)
    for _ in range(16):
        angle, reach = float(rng.uniform(0, 6.28)), float(rng.random() ** 0.5) * 0.36
        level = foot - m * (0.22 - reach * 0.7 * np.sin(angle))
        sheet.ellipse(x + m * reach * np.cos(angle), level, m * 0.03, m * 0.022, furrow)


def _weed(sheet: Surface, rng: Rng, at: tuple[float, float], m: float, light: Light, depth: float) -> None:
    x, foot = at
    own, ts = (0.30, 0.56, 0.36), np.linspace(0, 1, 8)
    for _ in range(9):
        dx, tall, bend = (
            float(rng.normal(0, 0.18)) * m,
            m * float(rng.uniform(0.6, 1.7)),
            float(rng.normal(0, 0.2)) * m,
        )
        blade = [(x + dx + bend * t * t + m * 0.05 * np.sin(t * 9), foot - tall * t) for t in ts]
        tone = light.colour(scaled(own, float(rng.uniform(0.7, 1.3))), float(rng.uniform(0.4, 0.9)), depth)
        sheet.stroke(blade, tone, max(1, m * 0.05))


def _fan(
    sheet: Surface,
    rng: np.random.Generator,
    start: tuple[float, float],
    reach: float,
    angle: float,
    tone: Colour,
    left: int,
) -> None:
    end = (start[0] + np.cos(angle) * reach * 0.42, start[1] + np.sin(angle) * reach * 0.42)
    sheet.stroke([start, end], scaled(tone, 0.75 + 0.07 * (4 - left)), max(1, reach * 0.09))
    if left:
        for turn in (-0.5, 0.05, 0.55):
            _fan(sheet, rng, end, reach * 0.74, angle + turn + float(rng.normal(0, 0.12)), tone, left - 1)


def _jelly(setting: Setting, sheet: Surface, number: int) -> None:
    """A glowing bell with threads."""
    rng = setting.rng(f"jelly {number} {setting.angle}")
    x, y, size = (
        setting.x(float(rng.uniform(0.03, 0.97))),
        setting.horizon * float(rng.uniform(0.1, 0.8)),
        setting.unit * float(rng.uniform(0.016, 0.036)),
    )
    own = mix(CORALS[int(rng.choice([0, 2, 5]))], (0.85, 0.95, 1.0), 0.4)
    sheet.glow(x, y, size * 2.6, own, 0.4)
    for _ in range(7):
        dx, long = float(rng.uniform(-0.7, 0.7)) * size, size * float(rng.uniform(1.4, 3.2))
        ts = np.linspace(0, 1, 10)
        points = [(x + dx * (1 - 0.3 * t) + size * 0.14 * np.sin(t * 8 + dx), y + long * t) for t in ts]
        sheet.patch([*points, *[(a + max(1.2, size * 0.06), b) for a, b in points[::-1]]], own, alpha=0.55)
    bell = [
        (x + size * np.cos(a), y + size * 0.25 - size * 0.95 * max(np.sin(a), 0) ** 0.8)
        for a in np.linspace(np.pi, 0, 17)
    ]
    sheet.patch(
        [*bell, *[(x + size * t, y + size * (0.25 + 0.1 * abs(np.sin(t * 9)))) for t in np.linspace(1, -1, 13)]],
        mix(own, (1, 1, 1), 0.5),
        own,
        alpha=0.8,
    )


def _turtle(setting: Setting, sheet: Surface) -> None:
    light, m = setting.light, setting.unit * 0.06
    x, y = setting.column(0.3), setting.horizon * 0.36
    shell: Colour = (0.42, 0.46, 0.28)
    for dx, dy, angle in ((0.7, 0.5, 50), (0.75, -0.35, -40), (-0.85, 0.35, 120), (-0.8, -0.2, -130)):
        sheet.ellipse(x + dx * m, y + dy * m, m * 0.62, m * 0.2, light.colour((0.56, 0.60, 0.42), 0.7, 0.3), angle)
    sheet.ellipse(x + 1.25 * m, y - 0.12 * m, m * 0.3, m * 0.22, light.colour((0.56, 0.60, 0.42), 0.85, 0.3))
    sheet.ellipse(x, y, m, m * 0.62, light.colour(scaled(shell, 0.75), 0.4, 0.3))
    sheet.ellipse(x, y - m * 0.08, m * 0.88, m * 0.5, light.colour(shell, 0.9, 0.3))
    for a in np.linspace(-0.9, 0.9, 5):
        sheet.stroke(
            [(x + a * m * 0.8, y - m * 0.5), (x + a * m * 0.7, y + m * 0.38)],
            light.colour(scaled(shell, 0.7), 0.5, 0.3),
            max(1, m * 0.05),
        )


def _shafts(setting: Setting) -> Surface:
    """Slanting light from above."""
    sheet, rng = setting.sheet(), setting.rng(f"shafts {setting.angle}")
    mask = np.zeros((setting.height, setting.width), np.float32)
    for _ in range(9):
        top, wide = rng.uniform(0, setting.width), setting.unit * rng.uniform(0.015, 0.05)
        foot = top - setting.light.side * setting.unit * rng.uniform(0.15, 0.4)
        outline = np.array(
            [
                (top - wide, 0),
                (top + wide, 0),
                (foot + wide * 3, setting.height * 0.85),
                (foot - wide * 3, setting.height * 0.85),
            ],
            np.int32,
        )
        cv2.fillConvexPoly(mask, outline, float(rng.uniform(0.3, 1.0)))
    mask = (
        cv2.GaussianBlur(mask, (0, 0), setting.unit * 0.018)
        * np.linspace(1, 0, setting.height, dtype=np.float32)[:, None]
    )
    sheet.blend((0.85, 1.0, 1.0), mask * (0.1 if setting.light.night else 0.24))
    return sheet
