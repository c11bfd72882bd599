"""The shadow under a cut-out that stands whole."""

from __future__ import annotations

import cv2
import numpy as np

from personavlog_embedded.body.cast import shade_layer
from personavlog_embedded.scene.stage import Layer


def shadow_under(layer: Layer) -> Layer:
    """Soft, and as wide as the cut-out's lowest tenth."""
    alpha = layer.rgba[..., 3]
    _, y, _, h = cv2.boundingRect((alpha > 100).astype(np.uint8))
    columns = np.flatnonzero((alpha[y + round(0.9 * h) : y + h] > 100).any(axis=0))
    mask = np.zeros(alpha.shape, np.float32)
    if columns.size:
        middle, half = float(columns.mean()), max(2.0, float(np.ptp(columns)) / 2)
        for wide, flat, strength in ((1.15, 0.2, 0.3), (0.92, 0.08, 0.55)):
            one = np.zeros_like(mask)
            cv2.ellipse(
                one,
                (round(middle), round(y + h - 0.03 * half)),
                (round(wide * half), max(1, round(flat * half))),
                0,
                0,
                360,
                strength,
                -1,
                cv2.LINE_AA,
            )
            mask = np.maximum(mask, cv2.GaussianBlur(one, (0, 0), max(0.8, 0.07 * half)))
    return shade_layer(mask, follows="")
