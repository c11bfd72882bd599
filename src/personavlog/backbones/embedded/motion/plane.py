"""The plane that a layer lies in, and where a moved camera sees it.

Nearness is the inverse of distance: 1 at the lens, 0 at infinity. A billboard has one nearness; on flat ground it grows linearly with the image
row, so a moving camera maps every layer by a homography: exact parallax, without slicing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from personavlog.backbones.embedded.motion.path import PAN_X, PAN_Y, ROLL, ZOOM, X, Y, Z
from personavlog.backbones.embedded.motion.rhythm import Floats


@dataclass(frozen=True)
class Plane:
    """Nearness ``at_centre`` of the frame and its ``slope`` per px downwards; ``reserve`` px of the margin are kept for the layer's own movement."""

    at_centre: float
    slope: float = 0.0
    reserve: float = 4.0

    def nearness(self, row: float) -> float:
        """The nearness at ``row`` px below the frame's centre."""
        return self.at_centre + self.slope * row


def homographies(poses: Floats, plane: Plane) -> Floats:
    """(frames, 3, 3): from canvas px to frame px at rest, both counted from the frame's centre."""
    a, b = plane.at_centre, plane.slope
    one, none = np.ones(len(poses)), np.zeros(len(poses))
    x, y, z = poses[:, X], poses[:, Y], poses[:, Z]
    shift = np.stack([one, x * b, x * a, none, 1 + y * b, y * a, none, -z * b, 1 - z * a], axis=1).reshape(-1, 3, 3)
    scale, roll = 1 + poses[:, ZOOM], poses[:, ROLL]
    cos, sin = scale * np.cos(roll), scale * np.sin(roll)
    view = np.stack([cos, -sin, poses[:, PAN_X], sin, cos, poses[:, PAN_Y], none, none, one], axis=1).reshape(-1, 3, 3)
    return np.asarray(view @ shift)


def centred(way: Floats, centre: tuple[float, float]) -> Floats:
    """A way (frames, 3, 3) in canvas px as one between points counted from the frame's ``centre``."""
    there = np.array([[1, 0, centre[0]], [0, 1, centre[1]], [0, 0, 1.0]])
    return np.asarray(np.linalg.inv(there) @ way @ there)


def overshoot(poses: Floats, plane: Plane, width: int, height: int, margin: int) -> float:
    """By how many px the frame would look past the layer's canvas at worst; negative: never."""
    corners = np.array([[-width / 2, -height / 2, 1], [width / 2, -height / 2, 1], [-width / 2, height / 2, 1], [width / 2, height / 2, 1]]).T
    seen = np.linalg.inv(homographies(poses, plane)) @ corners
    if (seen[:, 2] <= 0.2).any():
        return float("inf")
    reach = np.abs(seen[:, :2] / seen[:, 2:]) - np.array([width / 2, height / 2])[None, :, None]
    return float(reach.max() - (margin - min(plane.reserve, margin / 2)))


def within(poses: Floats, planes: tuple[Plane, ...], width: int, height: int, margin: int) -> Floats:
    """The poses, scaled down as far as needed for no plane's canvas to be left."""
    low, high = 0.0, 1.0

    def fits(gain: float) -> bool:
        return all(overshoot(poses * gain, plane, width, height, margin) <= 0 for plane in planes)

    if fits(high):
        return poses
    for _ in range(12):
        middle = (low + high) / 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return np.asarray(poses * low)
