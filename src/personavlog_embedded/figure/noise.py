"""Smooth noise that lies on the body, and blurs of what is only seen in places."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np

from personavlog_embedded.figure.mesh import Floats

TILE = 512
"""Px of a tile of noise, which repeats."""
ROW = 1 << 12
"""Places that OpenCV reads at once: its pictures are at most 32767 px wide."""


@lru_cache(maxsize=8)
def tile(seed: int, across: float, down: float) -> Floats:
    """(TILE, TILE) of deviation 1 about 0; spots are ``across`` and ``down`` px wide; opposite sides meet."""
    room = round(4 * max(across, down))
    rough = np.random.default_rng(seed).standard_normal((TILE, TILE)).astype(np.float32)
    soft = cv2.GaussianBlur(np.pad(rough, room, mode="wrap"), (0, 0), across, sigmaY=down)[room:-room, room:-room]
    return np.asarray(soft / soft.std(), np.float32)


def on_tile(picture: Floats, x: Floats, y: Floats) -> Floats:
    """(n,): a picture (h, w) that repeats, read at places in px (n,)."""
    return read_at(picture, x, y, cv2.BORDER_WRAP)


def read_at(picture: Floats, x: Floats, y: Floats, border: int) -> Floats:
    """(n, ...): a picture (h, w, ...) read at places in px (n,); ``border`` is OpenCV's for what lies outside."""
    rows = -(-len(x) // ROW)
    across, down = (np.resize(np.asarray(v, np.float32), (rows, ROW)) for v in (x, y))
    read = cv2.remap(picture, across, down, cv2.INTER_LINEAR, borderMode=border)
    return np.asarray(read.reshape(-1, *picture.shape[2:])[: len(x)], np.float32)


def blurred(plane: Floats, sigma: float) -> Floats:
    """A Gaussian blur; wide ones on a smaller copy."""
    k = 1 << max(0, int(np.log2(max(sigma, 1) / 2)))
    if k == 1:
        return np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma), np.float32)
    small = cv2.resize(plane, (-(-plane.shape[1] // k), -(-plane.shape[0] // k)), interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), sigma / k)
    return np.asarray(cv2.resize(soft, plane.shape[1::-1], interpolation=cv2.INTER_LINEAR), np.float32)


def blurred_inside(plane: Floats, inside: Floats, sigma: float) -> Floats:
    """The same of what is ``inside`` (0 or 1) only: what lies outside neither darkens nor lightens it."""
    return np.asarray(blurred(plane * inside, sigma) / np.maximum(blurred(inside, sigma), 1e-3), np.float32)
