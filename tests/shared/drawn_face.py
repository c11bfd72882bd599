"""A face as simple as the face network accepts."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray


def sketch(side: int = 300) -> NDArray[np.uint8]:
    """A drawn face that the detector accepts: skin oval, hair, brows, eyes, nose, mouth, softly shaded."""
    rgb = np.full((side, side, 3), (196, 205, 212), np.uint8)
    u = side / 300

    def oval(x: float, y: float, a: float, b: float, colour: tuple[int, int, int]) -> None:
        cv2.ellipse(
            rgb, (int(x * u), int(y * u)), (max(1, int(a * u)), max(1, int(b * u))), 0, 0, 360, colour, -1, cv2.LINE_AA
        )

    oval(150, 130, 92, 100, (64, 42, 30))
    oval(150, 160, 72, 92, (224, 178, 150))
    oval(150, 90, 70, 34, (64, 42, 30))
    for x in (122, 178):
        oval(x, 126, 18, 4, (74, 50, 38))
        oval(x, 144, 14, 8, (245, 245, 240))
        oval(x, 144, 7, 7, (58, 40, 30))
    oval(150, 172, 12, 16, (206, 154, 128))
    oval(150, 186, 14, 5, (176, 118, 100))
    oval(150, 212, 28, 9, (184, 84, 84))
    return np.asarray(cv2.GaussianBlur(rgb, (0, 0), 1.6 * u), np.uint8)
