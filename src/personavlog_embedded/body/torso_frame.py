"""The torso's own coordinates."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Plane
from personavlog_embedded.body.part_sheet import Sheet, curve
from personavlog_embedded.body.skeleton import Skeleton


class Frame:
    """The torso's own coordinates: heads across from the middle, heads down from the base of the neck, turned with the
    torso."""

    def __init__(self, skeleton: Skeleton) -> None:
        up = skeleton.neck - skeleton.hips
        self.unit = skeleton.head_px
        self.origin = skeleton.neck
        self.down = -up / max(float(np.hypot(*up)), 1e-6)
        self.across = np.array([self.down[1], -self.down[0]])
        self.width = skeleton.width

    def points(self, local: list[tuple[float, float]]) -> NDArray[np.float64]:
        """Canvas px of points in torso coordinates."""
        p = np.asarray(local, np.float64)
        return np.asarray(self.origin + self.unit * (p[:, :1] * self.width * self.across + p[:, 1:] * self.down))

    def local(self, sheet: Sheet) -> tuple[Plane, Plane]:
        """Torso coordinates of every px of a sheet."""
        x, y = sheet.grid()
        dx, dy = (x - self.origin[0]) / self.unit, (y - self.origin[1]) / self.unit
        across = (dx * self.across[0] + dy * self.across[1]) / self.width
        return across.astype(np.float32), (dx * self.down[0] + dy * self.down[1]).astype(np.float32)

    def both(self, side: list[tuple[float, float]]) -> NDArray[np.float64]:
        """A smooth outline in canvas px from its right half, given in torso coordinates."""
        smooth = curve(side, 60)
        mirrored = smooth[::-1] * np.array([-1, 1])
        return self.points([tuple(p) for p in np.vstack([smooth, mirrored])])
