"""Smooth noise and wide blurs, made small and enlarged."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np

from personavlog_embedded.figure.mesh import Floats


def blurred(plane: Floats, sigma: float) -> Floats:
    """A Gaussian blur; wide ones on a smaller copy."""
    k = max(1, int(sigma / 3))
    if k == 1:
        return np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma), np.float32)
    small = cv2.resize(plane, (max(1, plane.shape[1] // k), max(1, plane.shape[0] // k)), interpolation=cv2.INTER_AREA)
    return np.asarray(
        cv2.resize(cv2.GaussianBlur(small, (0, 0), sigma / k), plane.shape[1::-1], interpolation=cv2.INTER_LINEAR),
        np.float32,
    )


@lru_cache(maxsize=16)
def noise(shape: tuple[int, int], seed: int, x: float, y: float) -> Floats:
    """(h, w) of deviation about 1, ``x`` and ``y`` px wide."""
    k = max(1, int(min(x, y) / 2))
    small = np.random.default_rng(seed).standard_normal((shape[0] // k + 2, shape[1] // k + 2)).astype(np.float32)
    soft = cv2.GaussianBlur(small, (0, 0), x / k, sigmaY=y / k) * np.sqrt(4 * np.pi * x * y) / k
    return np.asarray(cv2.resize(soft, shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32)
