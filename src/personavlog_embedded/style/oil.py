"""Oil paint: curved brush strokes along the picture's edges, coarse first and finer where the picture asks for it, lit
like ridges of paint.

After Hertzmann, "Painterly Rendering with Curved Brush Strokes of Multiple Sizes", SIGGRAPH 1998; the direction of
strokes is a smoothed structure tensor's, so that flat places are painted in sweeps and not in noise.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels, Plane

BRUSHES = (0.028, 0.0135, 0.0065, 0.0036)
"""Widths of the brushes over the picture's unit."""
STEPS = 7
"""Points of a stroke; each is about a brush's width from the one before."""
MISS = (0.0, 17.0, 13.0, 15.0)
"""How far, of 255, the canvas must be off before a brush is set down: the first one covers everything."""
SEED = 11
MARKED = 7.0
"""Px; narrower brushes leave a flatter relief, so that faces are not scratched."""
DETAIL = 0.5
"""How much of what the finest brush missed is drawn with its tip."""


def oil(rgb: Pixels, unit: float, relief_share: float = 1.0, detail: float = DETAIL) -> Pixels:
    """A (h, w, 3) picture painted in strokes; ``unit`` is the px that a screen-filling thing measures in it."""
    target = np.asarray(cv2.bilateralFilter(rgb, 7, 30, 4), np.uint8)
    canvas, relief = target.copy(), np.full(rgb.shape[:2], 127, np.uint8)
    along = _directions(target, unit)
    rng = np.random.default_rng(SEED)
    for number, share in enumerate(BRUSHES):
        _pass(canvas, relief, target, along, max(2.0, share * unit), MISS[number], rng)
    fine = target - cv2.GaussianBlur(target.astype(np.float32), (0, 0), BRUSHES[-2] * unit * 0.5)
    return _lit(np.asarray(np.clip(canvas + detail * fine, 0, 255), np.uint8), relief, unit, relief_share)


def portrait(rgb: Pixels, unit: float) -> Pixels:
    """People in oil: strokes that follow the face, with less relief and more of the features; deep ridges across a
    cheek would be wrinkles."""
    return oil(rgb, unit, relief_share=0.45, detail=0.75)


def _directions(rgb: Pixels, unit: float) -> tuple[Plane, Plane]:
    """Unit vectors along edges: x and y."""
    gray = cv2.GaussianBlur(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.float32), (0, 0), 1.2)
    dx, dy = cv2.Sobel(gray, cv2.CV_32F, 1, 0), cv2.Sobel(gray, cv2.CV_32F, 0, 1)
    broad = unit * 0.012
    xx, yy, xy = (cv2.GaussianBlur(part, (0, 0), broad) for part in (dx * dx, dy * dy, dx * dy))
    swirl = 0.02 * float(xx.mean() + yy.mean()) + 1e-3
    angle = 0.5 * np.arctan2(2 * xy, xx - yy + swirl) + np.float32(np.pi / 2)
    return np.asarray(np.cos(angle), np.float32), np.asarray(np.sin(angle), np.float32)


def _pass(
    canvas: Pixels,
    relief: Pixels,
    target: Pixels,
    along: tuple[Plane, Plane],
    brush: float,
    miss: float,
    rng: np.random.Generator,
) -> None:
    """One brush over the whole picture."""
    soft = np.asarray(cv2.GaussianBlur(target, (0, 0), brush * 0.35), np.uint8)
    x, y = _starts(canvas, soft, brush, miss, rng)
    paths = _paths(x, y, along, brush, target.shape[:2])
    colours = soft[y.astype(int), x.astype(int)].astype(np.float32)
    colours += rng.normal(0, 4.0, (len(x), 1)) + rng.normal(0, 2.2, (len(x), 3))
    heights = 127 + rng.integers(-58, 62, len(x)) * min(1.0, brush / MARKED)
    width = max(1, round(brush))
    for points, colour, height in zip(paths, np.clip(colours, 0, 255).tolist(), heights.tolist(), strict=True):
        cv2.polylines(canvas, [points], False, colour, width, cv2.LINE_AA, 3)
        cv2.polylines(relief, [points], False, height, width, cv2.LINE_AA, 3)


def _starts(canvas: Pixels, soft: Pixels, brush: float, miss: float, rng: np.random.Generator) -> tuple[Plane, Plane]:
    """Where strokes begin, in random order: a jittered grid, where the canvas is still ``miss`` off the picture."""
    height, width = canvas.shape[:2]
    step = max(2.0, brush * 0.75)
    gx, gy = np.meshgrid(np.arange(step / 2, width, step), np.arange(step / 2, height, step))
    x = np.clip(gx.ravel() + rng.uniform(-step / 2, step / 2, gx.size), 0, width - 1)
    y = np.clip(gy.ravel() + rng.uniform(-step / 2, step / 2, gx.size), 0, height - 1)
    if miss:
        off = cv2.blur(cv2.absdiff(canvas, soft).max(axis=2), (max(1, round(step)),) * 2)
        wrong = off[y.astype(int), x.astype(int)] > miss
        x, y = x[wrong], y[wrong]
    order = rng.permutation(len(x))
    return x[order].astype(np.float32), y[order].astype(np.float32)


def _paths(x: Plane, y: Plane, along: tuple[Plane, Plane], brush: float, shape: tuple[int, int]) -> NDArray[np.int32]:
    """Strokes as (n, STEPS, 2) in eighths of a px, following the field without turning back."""
    out = np.empty((len(x), STEPS, 2), np.float32)
    last_x, last_y = np.zeros_like(x), np.zeros_like(y)
    for step in range(STEPS):
        out[:, step, 0], out[:, step, 1] = x, y
        column, row = np.clip(x, 0, shape[1] - 1).astype(int), np.clip(y, 0, shape[0] - 1).astype(int)
        dx, dy = along[0][row, column], along[1][row, column]
        turn = np.where(dx * last_x + dy * last_y < 0, -1, 1).astype(np.float32)
        last_x, last_y = dx * turn, dy * turn
        x, y = x + last_x * brush * 0.8, y + last_y * brush * 0.8
    return np.asarray(out * 8, np.int32)


def _lit(canvas: Pixels, relief: Pixels, unit: float, share: float) -> Pixels:
    """Paint stands up from the canvas: light from the upper left on ridges, shade behind them."""
    ridge = cv2.GaussianBlur(relief.astype(np.float32), (0, 0), max(0.6, unit * 0.0011))
    slope = ridge - cv2.warpAffine(
        ridge,
        np.array([[1, 0, unit * 0.002], [0, 1, unit * 0.002]], np.float32),
        ridge.shape[::-1],
        borderMode=cv2.BORDER_REPLICATE,
    )
    slope = slope * np.float32(share)
    light = np.clip(1 + slope * 0.0036, 0.82, 1.2)
    return np.asarray(
        np.clip(canvas * light[..., None] + np.clip(slope - 30, 0, 40)[..., None] * 0.3, 0, 255), np.uint8
    )
