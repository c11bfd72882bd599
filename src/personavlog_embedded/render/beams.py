"""Thin and round things in metres: beams, posts, fences, wires, lamps on poles, flags, smoke."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np

from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.materials import LAMP, SNOW
from personavlog_embedded.render.noise import fractal
from personavlog_embedded.render.outdoor_camera import NEAREST, OutdoorCamera

Point = tuple[float, float, float]


def strut(
    view: OutdoorCamera, sheet: Surface, start: Point, end: Point, thick: float, own: Colour, lit: float = 0.65
) -> None:
    """A round beam ``thick`` metres across from one world point to another, lit along one side."""
    seen = view.seen([start, end])
    if seen[:, 2].min() < NEAREST:
        return
    px, light = view.projected(seen), view.setting.light
    wide = np.maximum(thick * view.focal / seen[:, 2] / 2, 0.45)[:, None]
    along = px[1] - px[0]
    length = float(np.linalg.norm(along))
    if length < 0.3:
        return
    across = np.array([-along[1], along[0]]) / length
    across = across if across[0] * light.side >= 0 else -across
    depth = view.depth(float(seen[:, 2].mean()))
    sheet.polygon(
        [px[0] + across * wide[0], px[1] + across * wide[1], px[1] - across * wide[1], px[0] - across * wide[0]],
        light.colour(scaled(own, 0.8), lit * 0.45, depth),
    )
    if wide.max() > 1.2:
        sheet.polygon(
            [
                px[0] + across * wide[0],
                px[1] + across * wide[1],
                px[1] + across * wide[1] * 0.1,
                px[0] + across * wide[0] * 0.1,
            ],
            light.colour(own, min(1.0, lit + 0.2), depth),
        )
    if light.weather == "snow" and abs(along[0]) > abs(along[1]) and wide.max() > 0.9:
        lift = np.array([0, -1.0])
        sheet.polygon(
            [
                px[0] + lift * wide[0] * 1.6,
                px[1] + lift * wide[1] * 1.6,
                px[1] + lift * wide[1] * 0.4,
                px[0] + lift * wide[0] * 0.4,
            ],
            light.colour(SNOW, 0.85, depth),
        )


def chain(
    view: OutdoorCamera, sheet: Surface, points: Sequence[Point], thick: float, own: Colour, lit: float = 0.65
) -> None:
    """Beams through several points."""
    for start, end in pairwise(points):
        strut(view, sheet, start, end, thick, own, lit)


def fence(
    view: OutdoorCamera,
    sheet: Surface,
    way: Sequence[tuple[float, float]],
    tall: float = 1.1,
    own: Colour = (0.62, 0.50, 0.38),
    step: float = 2.0,
    rails: tuple[float, ...] = (0.5, 0.9),
) -> None:
    """Posts and rails along world points, far parts first."""
    for (x0, z0), (x1, z1) in sorted(pairwise(way), key=lambda part: -max(view.far(*part[0]), view.far(*part[1]))):
        count = max(1, round(float(np.hypot(x1 - x0, z1 - z0)) / step))
        at = [(x0 + (x1 - x0) * t, z0 + (z1 - z0) * t) for t in np.linspace(0, 1, count + 1)]
        at = at if view.far(*at[0]) > view.far(*at[-1]) else at[::-1]
        for here, there in pairwise(at):
            for share in rails:
                strut(
                    view, sheet, (here[0], tall * share, here[1]), (there[0], tall * share, there[1]), tall * 0.09, own
                )
            strut(view, sheet, (here[0], 0, here[1]), (here[0], tall, here[1]), tall * 0.12, own)


def ball(view: OutdoorCamera, sheet: Surface, at: Point, radius: float, own: Colour, lit: float = 0.85) -> None:
    """A lit ball."""
    x, y = view.ground(at[0], at[2], at[1])
    size, light, depth = radius * view.scale(at[0], at[2]), view.setting.light, view.depth(view.far(at[0], at[2]))
    if view.far(at[0], at[2]) < NEAREST:
        return
    sheet.ellipse(x, y, size, size, light.colour(scaled(own, 0.75), lit * 0.25, depth))
    for share, tone in ((0.82, 0.5), (0.55, 0.8), (0.3, 1.0)):
        sheet.ellipse(
            x + light.side * size * (1 - share) * 0.55,
            y - size * (1 - share) * 0.6,
            size * share,
            size * share,
            light.colour(own, lit * tone, depth),
        )


def glowing(
    view: OutdoorCamera, sheet: Surface, at: Point, radius: float, own: Colour = LAMP, strength: float = 0.75
) -> None:
    """A lamp's halo and body after dark, its glass by day; ``radius`` of the glass in metres."""
    if view.far(at[0], at[2]) < NEAREST:
        return
    (x, y), size, light = (
        view.ground(at[0], at[2], at[1]),
        max(1.0, radius * view.scale(at[0], at[2])),
        view.setting.light,
    )
    if light.dark:
        sheet.glow(x, y, max(6.0, size * 7), own, strength * (1.0 if light.night else 0.7))
    sheet.ellipse(
        x,
        y,
        size,
        size,
        mix(own, (1.0, 0.97, 0.9), 0.6)
        if light.dark
        else light.colour(mix(own, (0.9, 0.9, 0.86), 0.6), 0.85, view.depth(view.far(at[0], at[2]))),
    )


def lamp_post(
    view: OutdoorCamera, sheet: Surface, x: float, z: float, tall: float = 3.6, own: Colour = (0.22, 0.24, 0.26)
) -> None:
    """A lantern on a pole."""
    if not view.visible(x, z):
        return
    strut(view, sheet, (x, 0, z), (x, 0.4, z), 0.2, own)
    strut(view, sheet, (x, 0, z), (x, tall, z), 0.09, own)
    glowing(view, sheet, (x, tall + 0.16, z), 0.17)
    strut(view, sheet, (x - 0.22, tall + 0.36, z), (x + 0.22, tall + 0.36, z), 0.1, own)


def pool_of_light(view: OutdoorCamera, sheet: Surface, x: float, z: float, radius: float, own: Colour = LAMP) -> None:
    """What a lamp throws on the ground after dark."""
    light = view.setting.light
    if not light.dark or view.far(x, z) < 1.5:
        return
    (px, py), size = view.ground(x, z), radius * view.scale(x, z)
    flat = max(0.08, view.eye / max(view.far(x, z), 1.0))
    wide, tall = int(size) + 1, int(size * flat) + 1
    grid_y, grid_x = np.mgrid[-tall : tall + 1, -wide : wide + 1].astype(np.float32)
    away = np.clip(1 - np.hypot(grid_x / max(size, 1), grid_y / max(size * flat, 1)), 0, 1) ** 1.5
    sheet.blend(own, away * (0.58 if light.night else 0.3), int(py) - tall, int(px) - wide)


def flag(view: OutdoorCamera, sheet: Surface, at: Point, size: tuple[float, float], own: Colour, seed: int = 0) -> None:
    """A cloth waving to the right of its pole's top ``at``, ``size`` metres long and tall, with a swallow's tail."""
    if view.far(at[0], at[2]) < NEAREST:
        return
    (x, y), metre, light = view.ground(at[0], at[2], at[1]), view.scale(at[0], at[2]), view.setting.light
    long, tall, depth = size[0] * metre, size[1] * metre, view.depth(view.far(at[0], at[2]))
    ts = np.linspace(0, 1, 12)
    wave = np.sin(ts * 6 + seed) * tall * 0.14 * ts
    upper, lower = (
        np.stack([x + long * ts, y + wave], 1),
        np.stack([x + long * ts, y + wave + tall * (1 - 0.25 * ts)], 1),
    )
    for number, (lit, (a, b)) in enumerate(zip(0.6 + 0.4 * np.cos(ts * 6 + seed), pairwise(range(12)), strict=False)):
        del number
        sheet.polygon([upper[a], upper[b], lower[b], lower[a]], light.colour(own, float(np.clip(lit, 0.2, 1)), depth))


def smoke(
    view: OutdoorCamera,
    sheet: Surface,
    tag: str,
    at: Point,
    tall: float,
    strength: float = 0.5,
    own: Colour = (0.9, 0.9, 0.92),
) -> None:
    """A plume of smoke or steam rising ``tall`` metres from a world point."""
    if view.far(at[0], at[2]) < NEAREST * 2:
        return
    (x, y), metre, setting = view.ground(at[0], at[2], at[1]), view.scale(at[0], at[2]), view.setting
    high, rng = int(tall * metre) + 2, setting.rng(f"smoke {tag}")
    wide = max(4, high // 2)
    if high < 6:
        return
    grid_y, grid_x = np.mgrid[0:high, -wide : wide + 1].astype(np.float32)
    rise = 1 - grid_y / high
    middle = wide * (0.12 * np.sin(rise * 7 + rng.uniform(0, 6)) + 0.42 * rise**1.6)
    puff = fractal(rng, high, 2 * wide + 1, max(4.0, high * 0.16), 4, 0.6)
    body = (
        np.clip(1 - np.abs(grid_x - middle) / (wide * (0.06 + 0.36 * rise)), 0, 1)
        * np.clip(puff * 1.9 - 0.35, 0, 1)
        * np.clip(1.25 - rise, 0, 1)
        * np.clip(rise * 12, 0, 1)
    )
    tone = setting.light.colour(own, 0.75, view.depth(view.far(at[0], at[2])))
    sheet.blend(tone, cv2.GaussianBlur(body, (0, 0), max(0.8, high * 0.012)) * strength, int(y) - high, int(x) - wide)
