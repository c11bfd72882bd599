"""The photo's own clothes, as a print for the figure's top."""

from __future__ import annotations

import cv2
import numpy as np

from personavlog.media.arrays import Pixels
from personavlog_embedded.body.photo_head import WITH_HAIR, PhotoHead, soft
from personavlog_embedded.figure.prints import CHIN, HALF_WIDE, HEAD, HIPS

METRE = 900
"""Px of a metre in the print."""


def chest_of(source: PhotoHead, rgba: Pixels) -> Pixels:
    """``figure.prints``' frame filled with what of the cut-out (h, w, 4) is below the head, fading out where the
    photo ends."""
    alpha = np.clip(rgba[..., 3].astype(np.float32) / 255 - source.keep, 0, 1)
    rows = np.arange(rgba.shape[0], dtype=np.float32)[:, None]
    ends = np.clip((min(source.floor, source.chin + 1.9 * source.unit) - rows) / (0.4 * source.unit), 0, 1)
    solid = soft((alpha > 0.9).astype(np.float32), 0.02 * source.unit) ** 2
    cover = (alpha * ends * solid)[..., None]
    scale = METRE * HEAD * WITH_HAIR / source.unit
    move = np.array([[scale, 0, METRE * HALF_WIDE - scale * source.middle], [0, scale, -scale * source.chin]])
    size = (round(2 * HALF_WIDE * METRE), round((CHIN - HIPS) * METRE))
    held = cv2.warpAffine(
        np.dstack([rgba[..., :3] * cover, cover * 255]).astype(np.float32), move, size, flags=cv2.INTER_AREA
    )
    rgb = held[..., :3] * 255 / np.maximum(held[..., 3:], 1)
    return np.asarray(np.clip(np.dstack([rgb, held[..., 3]]) + 0.5, 0, 255), np.uint8)
