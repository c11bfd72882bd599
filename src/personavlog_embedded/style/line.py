"""Drawn lines: where a picture turns dark across an edge, as a pen of even width would have set them.

Extended difference of Gaussians: Winnemoeller, Kyprianidis and Olsen, "XDoG", Computers & Graphics 2012.
"""

from __future__ import annotations

import cv2
import numpy as np

from personavlog.media.arrays import Pixels, Plane

SHARE = 0.978
"""Weight of the wider Gaussian: below 1, so that even places stay free of lines."""


def lines(rgb: Pixels, width: float) -> Plane:
    """(h, w), 1 on lines and 0 elsewhere; ``width`` is the pen's in px."""
    gray = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.float32) / 255
    sigma = max(0.5, width * 0.5)
    near, wide = cv2.GaussianBlur(gray, (0, 0), sigma), cv2.GaussianBlur(gray, (0, 0), sigma * 1.6)
    dark = SHARE * wide - near
    return np.asarray(np.clip(dark / (0.25 * wide + 0.03) * 9, 0, 1), np.float32)


def with_lines(rgb: Pixels, source: Pixels, width: float, strength: float, colour: tuple[int, int, int]) -> Pixels:
    """``rgb`` with the lines of ``source`` drawn over it in ``colour``; ``strength`` 0 to 1."""
    share = lines(source, width) * strength
    drawn = [own + (np.float32(ink) - own) * share for own, ink in zip(cv2.split(rgb), colour, strict=True)]
    return np.asarray(np.clip(cv2.merge(drawn) + 0.5, 0, 255), np.uint8)
