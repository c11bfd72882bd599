"""Where a person lies inside recorded outlines, and which px have the colour of their face."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Box, Mask

Line = tuple[tuple[float, float], ...]
SKIN = 14.0
"""Distance from the face's colour in a*b* that still is skin."""


def filled(lines: tuple[Line, ...], shape: tuple[int, int]) -> Mask:
    """(h, w): the inside of the lines."""
    mask = np.zeros(shape, np.uint8)
    for line in lines:
        cv2.fillPoly(mask, [np.round(np.array(line)).astype(np.int32)], 1)
    return np.asarray(mask, np.bool_)


def skin_distance(picture: NDArray[np.uint8], face: Box) -> NDArray[np.float32]:
    """(h, w): how far every px lies from the face's colour in a*b*, slightly smoothed."""
    lab = cv2.GaussianBlur(cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2Lab), (0, 0), 2.0)
    x0, y0, x1, y1 = face
    tall, wide = y1 - y0, x1 - x0
    cheeks = lab[
        int(max(y0 + 0.45 * tall, 0)) : int(y0 + 0.8 * tall) + 1,
        int(max(x0 + 0.2 * wide, 0)) : int(x0 + 0.8 * wide) + 1,
    ].reshape(-1, 3)
    usual = np.median(cheeks, axis=0) if len(cheeks) else np.zeros(3, np.float32)
    return np.asarray(np.hypot(lab[..., 1] - usual[1], lab[..., 2] - usual[2]), np.float32)
