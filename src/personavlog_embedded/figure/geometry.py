"""Turns and directions."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

Vectors = NDArray[np.float64]


def unit(vectors: ArrayLike) -> Vectors:
    """Of length 1, along the last axis."""
    out = np.asarray(vectors, np.float64)
    if out.ndim == 1:
        return np.asarray(out / max(float(out @ out) ** 0.5, 1e-9))
    return np.asarray(out / np.maximum(np.linalg.norm(out, axis=-1, keepdims=True), 1e-9))


def cross(a: ArrayLike, b: ArrayLike) -> Vectors:
    """Of two vectors (3,): a tenth of the time that numpy's own takes for so few."""
    (ax, ay, az), (bx, by, bz) = np.asarray(a, np.float64).tolist(), np.asarray(b, np.float64).tolist()
    return np.array([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx])


def frame(along: ArrayLike, across: ArrayLike) -> Vectors:
    """(3, 3), columns: along, across made square to it, and the third."""
    a = unit(along)
    c = unit(cross(a, across))
    return np.stack([a, cross(c, a), c], 1)


def turn(axis: ArrayLike, degrees: float) -> Vectors:
    """The rotation about an axis."""
    return np.asarray(cv2.Rodrigues(unit(axis) * np.radians(degrees))[0], np.float64)


def euler(pitch: float, yaw: float, roll: float) -> Vectors:
    """Degrees: forwards, to the figure's left, to its right shoulder... applied roll first, yaw last."""
    return np.asarray(turn([0, 1, 0], yaw) @ turn([1, 0, 0], pitch) @ turn([0, 0, 1], roll))


def part(rotation: Vectors, share: float) -> Vectors:
    """A share of a rotation."""
    return np.asarray(cv2.Rodrigues(cv2.Rodrigues(rotation)[0] * share)[0], np.float64)


def swing(a: Vectors, b: Vectors) -> Vectors:
    """The shortest rotation from unit direction a to b."""
    axis, cosine = cross(a, b), float(np.clip(a @ b, -1, 1))
    return np.eye(3) if np.linalg.norm(axis) < 1e-6 else turn(axis, float(np.degrees(np.arccos(cosine))))
