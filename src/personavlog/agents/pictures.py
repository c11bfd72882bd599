"""Pictures as messages carry them: no larger than hosted models look at and bill."""

from __future__ import annotations

import cv2
from pydantic_ai.messages import BinaryContent

from personavlog.media import Blob, Image
from personavlog.media.arrays import Pixels
from personavlog.media.jpeg import encode
from personavlog.runs.blobs import Blobs

LONGEST = 1024
"""Px of a picture's longer side. Hosted models bill by area or by tiles of 512 to 768 px and make larger pictures
smaller themselves; a film's 1280 x 720 becomes 1024 x 576, two thirds of the area.
"""
LONGEST_FRAME = 768
"""Of a clip's frame, one of several: one tile. A defect of a face in a medium shot is still visible."""
QUALITY = 92
"""Of the JPEG that a picture becomes where it is made smaller."""


def fitted(width: int, height: int, longest: int) -> tuple[int, int]:
    """Width and height in px with the longer side at most ``longest``, in the same shape; nothing is made larger."""
    scale = min(1.0, longest / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def picture(blobs: Blobs, image: Image) -> BinaryContent:
    """A stored picture as a message part: its own bytes, or a smaller JPEG of it where its longer side is over
    ``LONGEST`` px. The stored one is left as it is."""
    size = fitted(image.width, image.height, LONGEST)
    if size == (image.width, image.height):
        return whole(blobs, image)
    smaller = cv2.resize(blobs.pixels(image), size, interpolation=cv2.INTER_AREA)
    return jpeg(smaller)


def kept_picture(blobs: Blobs, image: Image) -> BinaryContent:
    """The same, and its bytes are in the store: a transcript names them by their digest and reads them back."""
    shown = picture(blobs, image)
    blobs.put(shown.data, shown.media_type)
    return shown


def whole(blobs: Blobs, media: Blob) -> BinaryContent:
    """Stored bytes as a message part, unchanged."""
    return BinaryContent(blobs.get(media), media_type=media.media_type)


def jpeg(pixels: Pixels) -> BinaryContent:
    """(h, w, 3) RGB uint8 pixels as a JPEG."""
    return BinaryContent(encode(pixels, QUALITY), media_type="image/jpeg")
