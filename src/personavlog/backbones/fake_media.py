"""The media that simulated backbones and the fake server make: real pictures, clips and sounds that follow the seed."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from personavlog.media.arrays import Pixels, Samples
from personavlog.media.encode import encoding

RATE = 24_000
"""Hz of every sound."""


def painted(reference: Pixels, width: int, height: int, seed: tuple[int, ...]) -> Pixels:
    """(height, width, 3) RGB: the (h, w, 3) ``reference`` on a ground whose colour, and a place that, follow the
    seed."""
    rng = np.random.default_rng(seed)
    ground = np.full((height, width, 3), rng.integers(40, 215, 3), np.uint8)
    scale = 0.8 * min(width / reference.shape[1], height / reference.shape[0])
    size = max(int(reference.shape[1] * scale), 1), max(int(reference.shape[0] * scale), 1)
    person = cv2.resize(reference, size, interpolation=cv2.INTER_AREA)
    x = int(rng.integers(0, width - person.shape[1] + 1))
    ground[height - person.shape[0] :, x : x + person.shape[1]] = person
    return ground


def filmed(picture: Pixels, target: Path, *, width: int, height: int, frames: int, fps: float) -> None:
    """Write an MP4 to ``target``: a slow zoom into the (h, w, 3) RGB ``picture``. Sides must be even."""
    first = np.asarray(cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    with encoding(target, width, height, fps) as pipe:
        for number in range(frames):
            pipe.write(_zoomed(first, 1 + 0.1 * number / frames))
        pipe.finish()


def _zoomed(picture: Pixels, factor: float) -> Pixels:
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), 0.0, factor)
    moved = cv2.warpAffine(picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(np.dstack([moved, np.full((height, width), 255, np.uint8)]), np.uint8)


def sounded(seconds: float, pitch: float) -> Samples:
    """(n,) mono at ``RATE``: a chord over ``pitch`` Hz that swells and falls."""
    time = np.arange(round(seconds * RATE)) / RATE
    swell = 0.2 + 0.1 * np.sin(2 * np.pi * 3 * time)
    return np.asarray(swell * sum(np.sin(2 * np.pi * pitch * n * time) / n for n in (1, 1.5, 2)), np.float32)


def spoken_seconds(text: str, language: str) -> float:
    """About how long a line takes to say."""
    syllables = len(text) if language == "zh" else 2 * len(text.split())
    return max(syllables / 5.2, 0.4)


def speech_pitch(seed: int) -> float:
    """Hz of the hum that stands for a voice."""
    return 130.0 + seed % 60


def music_pitch(seed: int) -> float:
    """Hz of the chord that stands for music."""
    return float(220.0 * 2 ** (seed % 12 / 12))
