"""A cut-out moved by a smooth field: the field says where things go, a coarse grid finds where they came from."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog_embedded.face.anatomy import Floats

CELLS = 44
"""Nodes of the grid across a face."""
ROUNDS = 12
AIR = 3
"""Px."""
STILL = 0.02
"""Px; what moves less is left as it is."""
Move = Callable[[Floats], Floats]
"""(..., 2) px to the (..., 2) px that what lies there moves by."""


def warped(rgba: Pixels, move: Move, size: float) -> Pixels:
    """A (h, w, 4) straight-alpha cut-out with everything moved; ``size`` is the face's width in px. What the field
    leaves alone is copied bit by bit."""
    cell = int(np.clip(size / CELLS, 1, 8))
    shift = _backward(rgba.shape[:2], move, cell)
    box = _moving(shift, rgba.shape[:2], cell)
    if box is None:
        return rgba
    x0, y0, x1, y1 = box
    fine = cv2.resize(shift, (shift.shape[1] * cell, shift.shape[0] * cell), interpolation=cv2.INTER_LINEAR)[
        cell + y0 : cell + y1, cell + x0 : cell + x1
    ]
    gx, gy = np.meshgrid(np.arange(x0, x1, dtype=np.float32), np.arange(y0, y1, dtype=np.float32))
    out = rgba.copy()
    out[y0:y1, x0:x1] = _drawn(rgba, gx + fine[..., 0], gy + fine[..., 1])
    return out


def _backward(shape: tuple[int, ...], move: Move, cell: int) -> NDArray[np.float32]:
    """(rows, columns, 2) float32: per node how far away its content comes from; one node more on every side than the
    picture needs."""
    rows, columns = (-(-side // cell) + 2 for side in shape)
    x, y = (np.arange(count) * cell - cell + (cell - 1) / 2 for count in (columns, rows))
    nodes = np.stack(np.meshgrid(x, y), axis=-1)
    forward = np.asarray(move(nodes) / cell, np.float32)
    target = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), axis=-1).astype(np.float32)
    back = np.zeros_like(forward)
    # The field is smooth and never folds, so that undoing it step by step converges.
    for _ in range(ROUNDS):
        back = 0.3 * back - 0.7 * cv2.remap(
            forward, target + back, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
    return np.asarray(back * cell, np.float32)


def _moving(shift: NDArray[np.float32], shape: tuple[int, ...], cell: int) -> tuple[int, int, int, int] | None:
    moving = np.abs(shift).max(axis=2) > STILL
    rows, columns = np.flatnonzero(moving.any(axis=1)), np.flatnonzero(moving.any(axis=0))
    if not rows.size:
        return None
    x0, y0 = (max(int(line[0] - 2) * cell, 0) for line in (columns, rows))
    x1, y1 = min(int(columns[-1] + 1) * cell, shape[1]), min(int(rows[-1] + 1) * cell, shape[0])
    return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None


def _drawn(rgba: Pixels, x: NDArray[np.float32], y: NDArray[np.float32]) -> Pixels:
    """Sampled with premultiplied alpha, so that no colour from outside the cut-out leaks into its edge."""
    x0, y0 = max(int(x.min()) - 4, 0), max(int(y.min()) - 4, 0)
    part = rgba[y0 : int(y.max()) + 5, x0 : int(x.max()) + 5].astype(np.float32)
    part[..., :3] *= part[..., 3:] / 255
    # Above the picture there is air, beside and below it the person goes on.
    part = cv2.copyMakeBorder(part, AIR, 0, 0, 0, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0))
    found = cv2.remap(part, x - x0, y - y0 + AIR, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    alpha = np.clip(found[..., 3:], 0, 255)
    colour = np.where(alpha > 0.5, found[..., :3] * 255 / np.maximum(alpha, 0.5), 0)
    return np.asarray(np.clip(np.dstack([colour, alpha]) + 0.5, 0, 255), np.uint8)
