"""Random textures: fractal value noise, ridge lines and warps, all from a ``numpy`` generator so that equal seeds give
equal pictures."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]
Rng = np.random.Generator


def fractal(
    rng: Rng, height: int, width: int, cell: float, octaves: int = 4, gain: float = 0.5, stretch: float = 1.0
) -> Field:
    """Fractal value noise in 0..1, (height, width) float32; ``cell`` is the coarsest grain in px, ``stretch`` > 1
    lengthens it sideways."""
    total = np.zeros((height, width), np.float32)
    weight, scale, norm = 1.0, cell, 0.0
    for _ in range(octaves):
        rows, columns = max(2, int(height / scale) + 3), max(2, int(width / (scale * stretch)) + 3)
        grid = rng.random((rows, columns), dtype=np.float32)
        big = cv2.resize(
            grid,
            (max(width, int(columns * scale * stretch)), max(height, int(rows * scale))),
            interpolation=cv2.INTER_CUBIC,
        )
        total += weight * big[:height, :width]
        norm += weight
        weight, scale = weight * gain, max(scale / 2, 1.5)
    return np.asarray(np.clip((total / norm - 0.5) * 1.6 + 0.5, 0, 1), np.float32)


def line(rng: Rng, length: int, cell: float, octaves: int = 5, gain: float = 0.5) -> Field:
    """One-dimensional fractal noise in 0..1, (length,) float32."""
    return np.asarray(fractal(rng, 2, length, cell, octaves, gain)[0], np.float32)


def warp(image: Field, dx: Field, dy: Field) -> Field:
    """``image`` sampled at x + dx, y + dy (px), borders repeated."""
    height, width = dx.shape
    grid_y, grid_x = np.mgrid[0:height, 0:width].astype(np.float32)
    return np.asarray(
        cv2.remap(image, grid_x + dx, grid_y + dy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32
    )


def smoothstep(low: float, high: float, value: NDArray[np.floating]) -> Field:
    """Hermite step from 0 at ``low`` to 1 at ``high``."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)
