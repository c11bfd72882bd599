"""Sheets that a frame is printed on or seen through: paper, canvas, card, film, screens of dots and of strokes, the
same for every frame of one size.

A multiplier is (h, w) uint8 with ``ONE`` for "unchanged", a screen (h, w) uint8 is the lightness below which a place is
inked.
"""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Plane

ONE = 128
"""What leaves a pixel as it is in a multiplier; 255 all but doubles it."""

Sheet = NDArray[np.uint8]


def noise(height: int, width: int, sigma: float, seed: int = 7) -> Plane:
    """Gaussian noise of deviation 1, blurred by ``sigma`` px; coarse noise is made small and enlarged."""
    shrink = max(1.0, sigma / 2)
    small = (max(2, int(np.ceil(height / shrink)) + 2), max(2, int(np.ceil(width / shrink)) + 2))
    grain = np.random.default_rng(seed).standard_normal(small).astype(np.float32)
    grain = cv2.GaussianBlur(grain, (0, 0), sigma / shrink) if sigma > 0.3 else grain
    grain = (
        cv2.resize(grain, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_CUBIC)[:height, :width]
        if shrink > 1
        else grain[:height, :width]
    )
    return np.asarray(grain / (float(grain.std()) + 1e-6), np.float32)


def sheet(factor: Plane) -> Sheet:
    """A multiplier of factors 0 to 2."""
    return np.asarray(np.clip(factor * ONE + 0.5, 0, 255), np.uint8)


@lru_cache(maxsize=4)
def paper(height: int, width: int) -> Sheet:
    """Cold-pressed paper: dimples lit from the upper left, and long fibres."""
    unit = min(height, width)
    rough = noise(height, width, unit / 330) + 0.8 * noise(height, width, unit / 150, 8)
    lit = rough - np.roll(rough, (1, 1), (0, 1))
    return sheet(1 + 0.028 * lit / float(lit.std()) + 0.018 * noise(height, width, unit / 40, 9))


@lru_cache(maxsize=4)
def card(height: int, width: int) -> Sheet:
    """Construction paper: fine flecks and soft cloudiness."""
    unit = min(height, width)
    return sheet(1 + 0.02 * noise(height, width, max(0.5, unit / 700)) + 0.008 * noise(height, width, unit / 90, 8))


@lru_cache(maxsize=4)
def poster(height: int, width: int) -> Sheet:
    """The tooth of the board under poster colour: fine, with the paint a little uneven."""
    unit = min(height, width)
    return sheet(1 + 0.011 * noise(height, width, max(0.6, unit / 520)) + 0.012 * noise(height, width, unit / 70, 8))


@lru_cache(maxsize=4)
def canvas(height: int, width: int) -> Sheet:
    """Plain weave: threads over and under, each a little thicker or thinner."""
    pitch = 2 * np.pi * 190 / min(height, width)
    y, x = np.arange(height, dtype=np.float32)[:, None] * pitch, np.arange(width, dtype=np.float32)[None] * pitch
    weave = np.sin(x) * np.cos(y / 2) ** 2 + np.sin(y) * np.sin(x / 2) ** 2
    return sheet(1 + 0.06 * weave + 0.012 * noise(height, width, 1.0))


@lru_cache(maxsize=4)
def vignette(height: int, width: int, dark: float) -> Plane:
    """1 in the middle, 1 - ``dark`` in the corners."""
    y, x = np.linspace(-1, 1, height, dtype=np.float32)[:, None], np.linspace(-1, 1, width, dtype=np.float32)[None]
    away = np.clip((x * x + y * y - 0.3) / 1.7, 0, 1)
    return np.asarray(1 - dark * away ** np.float32(0.8), np.float32)


@lru_cache(maxsize=4)
def ragged(height: int, width: int, margin: float, rough: float) -> Plane:
    """How much of the paper a brush has covered, 0 to 1: all but an uneven margin of ``margin`` of the shorter side."""
    unit = min(height, width)
    y, x = np.arange(height, dtype=np.float32)[:, None] + 0.5, np.arange(width, dtype=np.float32)[None] + 0.5
    inside = np.minimum(np.minimum(x, width - x), np.minimum(y, height - y))
    wobble = (
        noise(height, width, unit / 22) * 0.55
        + noise(height, width, unit / 90, 8) * 0.3
        + noise(height, width, unit / 400, 9) * 0.12
    )
    return np.asarray(np.clip((inside - margin * unit * (1 + rough * wobble)) / (0.004 * unit) + 0.5, 0, 1), np.float32)


@lru_cache(maxsize=4)
def dots(height: int, width: int) -> Sheet:
    """A screen of round dots at 45 degrees, larger where the picture is darker; none in the lights."""
    pitch = np.pi / (min(height, width) / 92)
    y, x = np.arange(height, dtype=np.float32)[:, None] * pitch, np.arange(width, dtype=np.float32)[None] * pitch
    return np.asarray(np.clip(88 + 82 * np.cos(x + y) * np.cos(x - y), 0, 255), np.uint8)


@lru_cache(maxsize=4)
def hatching(height: int, width: int) -> Sheet:
    """A screen of pencil strokes: one direction in the half tones, a second across it in the shadows."""
    unit = min(height, width)
    y, x = np.arange(height, dtype=np.float32)[:, None], np.arange(width, dtype=np.float32)[None]
    sway = noise(height, width, unit / 12) * unit * 0.004
    pressure = 1 + 0.22 * noise(height, width, unit / 60, 8)
    pitch = 2 * np.pi * 105 / unit

    def strokes(across: Plane) -> Plane:
        return np.asarray((np.cos((across + sway) * pitch) * 0.5 + 0.5) ** 1.6, np.float32)

    first, second = (
        strokes(np.asarray(x * 0.80 + y * 0.60, np.float32)),
        strokes(np.asarray(x * 0.42 - y * 0.91, np.float32)),
    )
    return np.asarray(np.clip(np.maximum(first * 170, second * 96) * pressure, 0, 255), np.uint8)
