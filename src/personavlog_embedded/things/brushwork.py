"""A relief painted in the scene's light: soft steps from light to shade, colour that varies as pigment does, a drawn
line, worn edges."""

from __future__ import annotations

import cv2
import numpy as np

from personavlog.media.arrays import Pixels, Plane
from personavlog_embedded.render.light import Light
from personavlog_embedded.render.noise import Rng, fractal, smoothstep
from personavlog_embedded.things.relief import FINE, Relief

GREY = np.array([0.3, 0.59, 0.11], np.float32)
LINE = 0.62
"""How dark a drawn line is at its strongest."""
SLOPE = 0.035
"""Heights by which a surface's surroundings may be nearer because it slopes, not because it is hollow."""
UNEVEN = 0.006
"""How far a hand strays from the outline, as a share of the thing's size."""


def painted(relief: Relief, light: Light, depth: float, rng: Rng) -> Pixels:
    """(h, w, 4) uint8 straight alpha at the size asked for (the relief is ``FINE`` times larger); ``depth`` 0 near .. 1
    far hazes it."""
    lit = _lit(relief, light, rng)
    own = _pigment(relief, rng)
    rgb = light.paint(own, lit, depth)
    rgb = _shine(relief, light, rgb)
    rgb = _own_light(relief, own, rgb)
    rgb = rgb * (1 - LINE * (1 - 0.75 * depth) * _lines(relief, rng) * (1 - relief.glow))[..., None]
    return _brought_down(np.dstack([rgb, relief.cover]), rng)


def _toward(light: Light) -> Plane:
    """Where the light comes from, as the lens sees it."""
    way = np.array([light.side * 0.85, 0.35 + 0.55 * light.height, 0.62], np.float32)
    return np.asarray(way / np.linalg.norm(way), np.float32)


def _lit(relief: Relief, light: Light, rng: Rng) -> Plane:
    """0 in shade to 1 in full light: three tones that run into each other along a brush's edge, less in hollows and at
    the foot."""
    height, width = relief.cover.shape
    facing = np.asarray(_soft_normals(relief) @ _toward(light), np.float32)
    hand = fractal(rng, height, width, max(height, width) * 0.16, 4, 0.6) - 0.5
    tone = facing + 0.13 * hand
    steps = (
        0.38 * smoothstep(-0.12, 0.16, tone) + 0.34 * smoothstep(0.34, 0.58, tone) + 0.16 * smoothstep(0.78, 0.95, tone)
    )
    smooth = np.clip(0.5 * facing + 0.42, 0, 1)
    rows = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    return np.asarray(
        np.clip(0.12 + 0.6 * steps + 0.42 * smooth - 0.5 * _hollow(relief) - 0.1 * rows, 0, 1), np.float32
    )


def _soft_normals(relief: Relief) -> Plane:
    """Directions that run into each other a little where parts meet, as in something grown or sewn, not assembled."""
    solid = (relief.part > 0).astype(np.float32)[..., None]
    soft = cv2.GaussianBlur(relief.normal * solid, (0, 0), max(1.0, 0.008 * max(solid.shape)))
    return np.asarray(soft / (np.linalg.norm(soft, axis=2, keepdims=True) + 1e-6) * solid, np.float32)


def _hollow(relief: Relief) -> Plane:
    """How much nearer the surroundings are, 0 to 1: insides, gaps and where parts meet."""
    sigma = max(1.5, 0.05 * max(relief.cover.shape))
    solid = (relief.part > 0).astype(np.float32)
    around = cv2.GaussianBlur(relief.nearness * solid, (0, 0), sigma) / np.maximum(
        cv2.GaussianBlur(solid, (0, 0), sigma), 0.05
    )
    return np.asarray(np.clip((around - relief.nearness - SLOPE) * 5.5, 0, 1) * solid, np.float32)


def _pigment(relief: Relief, rng: Rng) -> Plane:
    """The own colours, a little less pure than a factory's, in uneven washes."""
    height, width = relief.cover.shape
    size = max(height, width)
    wash = fractal(rng, height, width, size * 0.3, 3)[..., None] - 0.5
    bristle = fractal(rng, height, width, max(4.0, size * 0.05), 3, 0.65, stretch=2.4)[..., None] - 0.5
    grey = (relief.own @ GREY)[..., None]
    own = grey + (relief.own - grey) * (0.92 + 0.16 * wash)
    warm = np.array([0.03, 0.0, -0.035], np.float32) * wash
    return np.asarray(np.clip(own * (1.02 + 0.11 * bristle + 0.1 * wash) + warm, 0, 1), np.float32)


def _shine(relief: Relief, light: Light, rgb: Plane) -> Plane:
    """Highlights where glossy surfaces mirror the light, and a thin bright rim on the light's side."""
    half = _toward(light) + np.array([0, 0, 1], np.float32)
    mirror = relief.normal @ (half / np.linalg.norm(half))
    spot = smoothstep(0.93, 0.985, mirror) * relief.gloss
    edge = (1 - np.clip(relief.normal[..., 2], 0, 1)) ** 2 * np.clip(relief.normal @ _toward(light), 0, 1)
    amount = np.clip(0.75 * spot + 0.35 * edge, 0, 1)[..., None] * (relief.part > 0)[..., None]
    key = np.clip(np.asarray(light.key, np.float32), 0, 1)
    return np.asarray(rgb + (np.maximum(key, rgb) - rgb) * amount, np.float32)


def _own_light(relief: Relief, own: Plane, rgb: Plane) -> Plane:
    """What gives light is as bright at night as by day."""
    bright = np.clip(own * 1.12 + 0.06, 0, 1)
    return np.asarray(rgb + (bright - rgb) * relief.glow[..., None], np.float32)


def _lines(relief: Relief, rng: Rng) -> Plane:
    """Where a pen goes, 0 to 1: around the thing, around what stands before other parts of it, faintly along its
    edges."""
    height, width = relief.cover.shape
    near, normal = relief.nearness, _soft_normals(relief)
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    solid = (relief.part > 0).astype(np.float32)
    rim = solid - cv2.erode(solid, cross, borderValue=0)
    jump = np.clip((cv2.dilate(near, cross) - near) * 14, 0, 1) * solid
    seam = np.clip((cv2.dilate(relief.own, cross) - cv2.erode(relief.own, cross)).max(axis=2) * 6, 0, 1) * solid
    fold = np.clip(sum(np.abs(cv2.Laplacian(normal[..., k], cv2.CV_32F)) for k in range(3)) * 0.35 - 0.1, 0, 1) * solid
    pen = np.maximum.reduce([rim, 0.85 * jump, 0.4 * seam, 0.38 * fold]).astype(np.float32)
    wide = float(np.clip(max(height, width) / 260, 0.7, 2.4))
    soft = np.clip(cv2.GaussianBlur(pen, (0, 0), wide) * (1.2 + 1.5 * wide), 0, 1)
    pressure = 0.45 + 0.75 * fractal(rng, height, width, max(height, width) * 0.22, 3)
    return np.asarray(np.clip(soft * pressure, 0, 1), np.float32)


def _brought_down(fine: Plane, rng: Rng) -> Pixels:
    """At the size asked for, the outline a little uneven."""
    height, width = fine.shape[:2]
    stray = UNEVEN * max(height, width)
    grid_y, grid_x = np.mgrid[0:height, 0:width].astype(np.float32)
    for grid in (grid_x, grid_y):
        grid += (fractal(rng, height, width, max(height, width) * 0.3, 2) - 0.5) * np.float32(2 * stray)
    fine = np.dstack([fine[..., :3] * fine[..., 3:], fine[..., 3:]])
    moved = cv2.remap(fine, grid_x, grid_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    small = cv2.resize(moved, (width // FINE, height // FINE), interpolation=cv2.INTER_AREA)
    rgb = small[..., :3] / np.maximum(small[..., 3:], 1e-3)
    return np.asarray(np.clip(np.dstack([rgb, small[..., 3:]]) * 255 + 0.5, 0, 255), np.uint8)
