"""Round, lit volumes made of many spheres: cumulus clouds, tree crowns and bushes are all painted from them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from personavlog_embedded.render.noise import Field, Rng, fractal, warp


def spheres(height: int, width: int, puffs: NDArray[np.floating], towards: tuple[float, float]) -> tuple[Field, Field]:
    """Cover and light of spheres, both (height, width) 0..1.

    ``puffs`` is (n, 4): x, y, radius in px and lift (which sphere is in front, px); ``towards`` points to the light, x
    right and y up, length up to 1.
    """
    best = np.full((height, width), -1e9, np.float32)
    lit = np.zeros((height, width), np.float32)
    lx, ly = towards
    lz = float(np.sqrt(max(0.05, 1 - lx * lx - ly * ly)))
    for x, y, radius, lift in puffs:
        x0, x1 = max(0, int(x - radius)), min(width, int(x + radius) + 2)
        y0, y1 = max(0, int(y - radius)), min(height, int(y + radius) + 2)
        if x1 <= x0 or y1 <= y0:
            continue
        dx = (np.arange(x0, x1, dtype=np.float32) - x)[None, :] / radius
        dy = (np.arange(y0, y1, dtype=np.float32) - y)[:, None] / radius
        rest = 1 - dx * dx - dy * dy
        rise = np.sqrt(np.maximum(rest, 0))
        z = np.where(rest > 0, rise * radius + lift, -1e9)
        front = z > best[y0:y1, x0:x1]
        light = dx * lx - dy * ly + rise * lz
        best[y0:y1, x0:x1] = np.where(front, z, best[y0:y1, x0:x1])
        lit[y0:y1, x0:x1] = np.where(front, light, lit[y0:y1, x0:x1])
    return (best > -1e8).astype(np.float32), np.clip(lit * 0.5 + 0.5, 0, 1)


def fluffy(rng: Rng, cover: Field, lit: Field, cell: float, reach: float) -> tuple[Field, Field]:
    """The same with frayed edges: warped by noise of grain ``cell`` px over ``reach`` px."""
    height, width = cover.shape
    dx = (fractal(rng, height, width, cell, 3) - 0.5) * 2 * reach
    dy = (fractal(rng, height, width, cell, 3) - 0.5) * 2 * reach
    return warp(cover, dx, dy), warp(lit, dx, dy)
