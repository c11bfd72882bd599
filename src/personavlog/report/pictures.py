"""Pictures as data URIs, so that the page needs no other file to show them."""

from __future__ import annotations

import base64
from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media import Clip, Image
from personavlog.media.jpeg import encode
from personavlog.runs.blobs import Blobs

STRIP_FRAMES = 6
QUALITY = 82


def shown(store: Blobs, image: Image, width: int) -> str:
    """A stored picture, ``width`` px wide."""
    return jpeg(store.pixels(image), width)


def preview_frames(store: Blobs, clip: Clip) -> Iterable[NDArray[np.uint8]]:
    """A few frames, evenly spread, RGB."""
    capture = cv2.VideoCapture(str(store.path(clip)))
    try:
        for number in range(STRIP_FRAMES):
            capture.set(cv2.CAP_PROP_POS_FRAMES, round(number * (clip.frames - 1) / (STRIP_FRAMES - 1)))
            there, frame = capture.read()
            if there:
                yield np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB), np.uint8)
    finally:
        capture.release()


def jpeg(pixels: NDArray[np.uint8], width: int) -> str:
    """A picture as a data URI, ``width`` px wide."""
    height = max(1, round(pixels.shape[0] * width / pixels.shape[1]))
    small = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
    return "data:image/jpeg;base64," + base64.b64encode(encode(small, QUALITY)).decode()
