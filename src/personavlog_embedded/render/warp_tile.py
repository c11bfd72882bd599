"""A flat tile set into perspective."""

from __future__ import annotations

import cv2
import numpy as np

from personavlog_embedded.render.canvas import Points, Surface


def warp_tile(sheet: Surface, tile: Surface, corners: Points) -> None:
    """Set a flat tile into the sheet; ``corners`` are its upper left, upper right, lower right and lower left in px."""
    target = np.asarray(corners, np.float32)
    x0, y0 = np.floor(np.maximum(target.min(0) - 1, 0)).astype(int)
    x1, y1 = np.ceil(np.minimum(target.max(0) + 2, [sheet.width, sheet.height])).astype(int)
    if x1 - x0 < 2 or y1 - y0 < 2:
        return
    source = np.array([(0, 0), (tile.width, 0), (tile.width, tile.height), (0, tile.height)], np.float32)
    matrix = cv2.getPerspectiveTransform(source, (target - [x0, y0]).astype(np.float32))
    part = cv2.warpPerspective(tile.pixels, matrix, (int(x1 - x0), int(y1 - y0)), flags=cv2.INTER_AREA)
    below = sheet.pixels[y0:y1, x0:x1]
    inverse = (255 - part[..., 3:4]).astype(np.uint16)
    below[:] = np.minimum(part + (below * inverse + 127) // 255, 255).astype(np.uint8)
