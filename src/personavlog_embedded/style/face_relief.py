"""A face lit like a solid: the mesh's depth gives every place its slope, one soft lamp gives it light, sheen and the
warm border of a shadow."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Plane

GRID = 96
"""Cells along the face on which its depth is worked out; the mesh has about one point in twenty of them."""
REACH = 5.0
"""How far, in cells, depth is evened out: the mesh's own facets must not show."""
LAMP = np.array([-0.40, -0.34, 0.85], np.float32)
"""Direction to the lamp: to the upper left, towards the viewer."""
SHEEN = 14.0
"""How narrow the sheen is: its exponent."""


def shade_face(lab: Plane, points: Plane, share: Plane, strength: float) -> None:
    """Model the skin of L*a*b* ``lab`` (h, w, 3) in place; ``share`` (h, w) says where, ``strength`` how much lighter
    or darker it becomes, in L*."""
    x0, y0 = np.floor(points[:, :2].min(0)).astype(int)
    x1, y1 = np.ceil(points[:, :2].max(0)).astype(int)
    left, top = max(x0, 0), max(y0, 0)
    part = np.s_[top : min(y1, lab.shape[0]), left : min(x1, lab.shape[1])]
    normal = cv2.resize(_normals(points, x0, y0, x1, y1), (x1 - x0, y1 - y0), interpolation=cv2.INTER_CUBIC)[
        top - y0 :, left - x0 :
    ]
    normal = normal[: lab[part].shape[0], : lab[part].shape[1]]
    normal /= np.linalg.norm(normal, axis=2, keepdims=True) + 1e-6
    where, face = share[part], lab[part]
    facing = normal @ LAMP
    light = facing - float((facing * where).sum() / (where.sum() + 1e-3))
    half = (LAMP + np.array([0, 0, 1], np.float32)) / np.linalg.norm(LAMP + np.array([0, 0, 1], np.float32))
    sheen = np.clip(normal @ half, 0, 1) ** SHEEN
    border = np.exp(-(((facing - 0.42) / 0.16) ** 2))
    face[..., 0] += where * strength * (1.5 * light + 0.5 * (sheen - 0.45))
    face[..., 1] += where * 0.22 * strength * border
    face[..., 2] += where * 0.22 * strength * border


def _normals(points: Plane, x0: int, y0: int, x1: int, y1: int) -> Plane:
    """(GRID, GRID, 3): which way the skin faces over the mesh's box; x right, y down, z towards the viewer."""
    cell = np.array([(x1 - x0) / GRID, (y1 - y0) / GRID], np.float32)
    at = np.clip(((points[:, :2] - (x0, y0)) / cell).astype(int), 0, GRID - 1)
    depth, known = np.zeros((GRID, GRID), np.float32), np.zeros((GRID, GRID), np.float32)
    np.add.at(depth, (at[:, 1], at[:, 0]), -points[:, 2])
    np.add.at(known, (at[:, 1], at[:, 0]), 1)
    depth = _spread(depth, REACH) / (_spread(known, REACH) + 1e-4)
    depth = cv2.GaussianBlur(depth, (0, 0), 0.6 * REACH)
    slope_x = cv2.Sobel(depth, cv2.CV_32F, 1, 0) / (8 * cell[0])
    slope_y = cv2.Sobel(depth, cv2.CV_32F, 0, 1) / (8 * cell[1])
    return np.dstack([-slope_x, -slope_y, np.ones_like(depth)]).astype(np.float32)


def _spread(plane: NDArray[np.float32], sigma: float) -> Plane:
    return np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma, borderType=cv2.BORDER_CONSTANT), np.float32)
