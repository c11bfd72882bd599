"""Files of the media that the server makes."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import cv2
import numpy as np
import PIL.Image
import soundfile

from personavlog.backbones.fake_media import RATE, filmed, painted, sounded
from personavlog.fake_server.wire import BadRequestError
from personavlog.media.arrays import Pixels

LARGEST = 4096
"""Sides in px; more is refused, so that nobody's slip fills the memory."""


def picture_of(data: bytes) -> Pixels:
    """(h, w, 3) RGB of an uploaded picture; raises ``BadRequestError`` for what is none."""
    try:
        with PIL.Image.open(io.BytesIO(data)) as seen:
            largest = max(seen.size)
    except (OSError, ValueError, PIL.Image.DecompressionBombError) as error:
        raise BadRequestError("The image cannot be decoded.") from error
    decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if largest <= LARGEST else None
    if decoded is None:
        raise BadRequestError(f"The image cannot be decoded, or has more than {LARGEST} px on a side.")
    return np.asarray(cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB), np.uint8)


def size_of(text: str) -> tuple[int, int]:
    """(width, height) of "WxH"; raises ``BadRequestError``."""
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal() and 0 < int(width) <= LARGEST and 0 < int(height) <= LARGEST):
        raise BadRequestError(f"Invalid size {text!r}: expected WIDTHxHEIGHT with sides of at most {LARGEST}.")
    return int(width), int(height)


def png(reference: Pixels, width: int, height: int, seed: int) -> bytes:
    """A PNG file of that size in px."""
    drawn = painted(reference, width, height, (seed,))
    return cv2.imencode(".png", cv2.cvtColor(drawn, cv2.COLOR_RGB2BGR))[1].tobytes()


def mp4(first: Pixels, width: int, height: int, frames: int, fps: float) -> bytes:
    """An MP4 file that begins with ``first``."""
    with tempfile.TemporaryDirectory(prefix="personavlog-") as folder:
        target = Path(folder) / "clip.mp4"
        filmed(first, target, width=width, height=height, frames=frames, fps=fps)
        return target.read_bytes()


def wav(seconds: float, pitch: float, *, silent: bool = False) -> bytes:
    """A mono WAV file of 16 bits."""
    file, samples = io.BytesIO(), sounded(seconds, pitch)
    soundfile.write(file, np.zeros_like(samples) if silent else samples, RATE, format="WAV", subtype="PCM_16")
    return file.getvalue()
