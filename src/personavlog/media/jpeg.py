"""Pictures as JPEG."""

from __future__ import annotations

import cv2

from personavlog.media.arrays import Pixels


def encode(rgb: Pixels, quality: int) -> bytes:
    """(h, w, 3) RGB uint8 pixels as the bytes of a JPEG; ``quality`` 1 to 100."""
    pixels = cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR)
    return cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
