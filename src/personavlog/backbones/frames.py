"""Frames of a stored clip, decoded one at a time."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.errors import MediaError
from personavlog.media import Clip
from personavlog.runs.blobs import Blobs

Pixels = NDArray[np.uint8]


def sampled(blobs: Blobs, clip: Clip, count: int, short_side: int | None = None) -> Iterator[tuple[float, Pixels]]:
    """``count`` frames spread evenly from first to last: seconds from the start, and (h, w, 3) RGB uint8 pixels.

    ``short_side`` in px makes larger frames smaller. Raises ``MediaError`` for a clip that has no frame that decodes.
    """
    wanted = set(np.linspace(0, clip.frames - 1, min(count, clip.frames)).round().astype(int).tolist())
    stream, given = cv2.VideoCapture(str(blobs.path(clip))), 0
    try:
        for number in range(clip.frames):
            if not stream.grab():
                break
            ok, frame = stream.retrieve() if number in wanted else (False, None)
            if ok and frame is not None:
                given += 1
                yield number / clip.fps, _fitted(np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB), np.uint8), short_side)
    finally:
        stream.release()
    if not given:
        raise MediaError(f"The stored clip {clip.digest!r} has no frame that decodes. Make the step that wrote it again.")


def _fitted(pixels: Pixels, short_side: int | None) -> Pixels:
    scale = 1.0 if short_side is None else short_side / min(pixels.shape[:2])
    return pixels if scale >= 1 else np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
