"""A face measured: its own axes and unit, so that everything else is written for one upright face of width 1."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

EARS = (234, 454)
"""Where the face meets the ears, image-left first; the numbers are points of MediaPipe's face mesh."""
EYE_CORNERS = (33, 133, 362, 263)
LIP_CORNERS = (61, 291)
CHIN, FOREHEAD, NOSE = 152, 10, 1
PUPILS = (468, 473)


@dataclass(frozen=True, eq=False)
class Anatomy:
    """``points`` (478, 3) px of the picture, z away from the lens, as ``metrics.face.mesh`` gives them.

    Its axes are ``right`` (along the eyes, unit vector in px) and down, square to it; the unit is ``size``, the width
    from ear to ear in px (measured through the head, so that a face in half profile has the same); the origin is
    half-way between the eyes.
    """

    points: NDArray[np.float32]

    @cached_property
    def right(self) -> Floats:
        """(2,), px."""
        corners = self.points[list(EYE_CORNERS), :2].astype(np.float64)
        along = corners[2:].mean(0) - corners[:2].mean(0)
        return np.asarray(along / max(float(np.hypot(*along)), 1e-6))

    @cached_property
    def axes(self) -> Floats:
        """(2, 2): rows are right and down."""
        return np.array([self.right, (-self.right[1], self.right[0])])

    @cached_property
    def origin(self) -> Floats:
        """(2,) px."""
        return np.asarray(self.points[list(EYE_CORNERS), :2].astype(np.float64).mean(0))

    @cached_property
    def size(self) -> float:
        """Px; at least 1."""
        left, right = self.points[list(EARS)].astype(np.float64)
        return max(float(np.linalg.norm(right - left)), 1.0)

    @cached_property
    def local(self) -> Floats:
        """(478, 3): the points in the face's own axes and unit."""
        return np.column_stack([self.inward(self.points[:, :2].astype(np.float64)), self.points[:, 2] / self.size])

    def inward(self, px: Floats) -> Floats:
        """(..., 2) px of the picture to the face's own coordinates."""
        return np.asarray((px - self.origin) @ self.axes.T / self.size)

    def outward(self, own: Floats) -> Floats:
        """(..., 2) the face's own coordinates to px."""
        return np.asarray(own @ self.axes * self.size + self.origin)


def smoothstep(u: NDArray[np.floating[Any]] | float) -> Floats:
    """0 below 0, 1 above 1, with zero slope at both ends."""
    v = np.clip(u, 0.0, 1.0)
    return np.asarray(v * v * (3 - 2 * v), np.float64)


def bump(own: Floats, centre: Floats, across: float, down: float) -> Floats:
    """(...): 1 at ``centre``, falling smoothly to 0 on an ellipse with these half axes."""
    away = (own - centre[:2]) / np.array([across, down])
    return np.asarray(np.clip(1 - (away**2).sum(axis=-1), 0, 1) ** 2)
