"""One look into a painted place: where the camera stands, how near it is, what is out of focus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from personavlog.media.arrays import Pixels
from personavlog_embedded.render.setting import Painted, Setting

WIDER = 1.2
"""A place is painted this much wider than the canvas, so that two shots can look at it from two spots."""


@dataclass(frozen=True)
class View:
    """``pan`` -1 left .. 1 right, ``zoom`` >= 1 towards the horizon, ``blur`` in px for the farthest layer, ``mirror``
    swaps left and right."""

    pan: float
    zoom: float = 1.0
    blur: float = 0.0
    mirror: bool = False


def seen_layers(setting: Setting, layers: Sequence[Painted], view: View, width: int) -> list[tuple[Painted, Pixels]]:
    """Every layer as the canvas of ``width`` px shows it, premultiplied RGBA; near layers shift more with ``pan`` than
    far ones."""
    seen = []
    for layer in layers:
        grow = view.zoom ** (1.15 - 0.5 * layer.depth)
        room = (setting.width - width / grow) / 2
        shift_x, shift_y = room * (1 + view.pan * (1 - 0.75 * layer.depth)), setting.horizon * (1 - 1 / grow)
        matrix = np.array([[1 / grow, 0, shift_x], [0, 1 / grow, shift_y]], np.float32)
        pixels = cv2.warpAffine(
            layer.surface.pixels,
            matrix,
            (width, setting.height),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        sigma = view.blur * (0.35 + 0.65 * layer.depth)
        if sigma > 0.4:
            pixels = cv2.GaussianBlur(pixels, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
        seen.append((layer, np.ascontiguousarray(pixels[:, ::-1] if view.mirror else pixels, np.uint8)))
    return seen
