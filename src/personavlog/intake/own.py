"""A keyframe, clip or voice of a person's own, hostile until read, as the result that stands in a backbone's place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from personavlog.backbones.roles import OWN, AnimateResult, EditResult, SpeechResult
from personavlog.errors import RunError
from personavlog.intake.clip import SAME_SHAPE, read_clip
from personavlog.intake.voice import read_line
from personavlog.media.arrays import Pixels
from personavlog.media.file import read_bytes
from personavlog.media.picture import decode
from personavlog.runs.blobs import Blobs

BLUR = 24.0
"""Sigma in px of what fills a picture of another shape; the cut's own."""


@dataclass(frozen=True)
class OwnPart:
    """What a step is pinned to; ``notes`` are sentences for the user."""

    result: EditResult | AnimateResult | SpeechResult
    notes: tuple[str, ...] = ()


def read_part(part: str, path: Path, size: tuple[int, int], fps: int, blobs: Blobs) -> OwnPart:
    """The file at ``path`` as a shot's ``part`` ("keyframe", "clip" or "voice") in a film of ``size`` (width, height)
    px and ``fps`` frames a second.

    Raises ``BriefError`` or ``MediaError`` for a file that does not fit, ``RunError`` for another part; nothing is
    stored then.
    """
    if part == "keyframe":
        return _keyframe(path, size, blobs)
    if part == "clip":
        clip = read_clip(path, size, fps, blobs)
        return OwnPart(AnimateResult(clip=clip.clip, prompt=OWN), clip.notes)
    if part == "voice":
        voice = read_line(path, blobs)
        return OwnPart(SpeechResult(audio=voice.audio, voice=OWN))
    raise RunError(f"A shot has the parts keyframe, clip, voice; received {part!r}.")


def _keyframe(path: Path, size: tuple[int, int], blobs: Blobs) -> OwnPart:
    picture = decode(read_bytes(path, "keyframe"), f"The keyframe {str(path)!r}")
    height, width = picture.rgb.shape[:2]
    same = abs(width / height * size[1] / size[0] - 1) <= SAME_SHAPE
    pixels = _scaled(picture.rgb, *size) if same else _over_itself(picture.rgb, *size)
    notes = list(picture.notes)
    if not same:
        notes.append(
            f"The picture has another shape than the film ({width} x {height} px): it lies over a blurred copy of "
            "itself."
        )
    return OwnPart(EditResult(image=blobs.put_image(pixels), prompt=OWN), tuple(notes))


def _over_itself(rgb: Pixels, width: int, height: int) -> Pixels:
    """The whole picture in the middle, and around it a blurred copy that fills the rest, as the cut does it."""
    tall, wide = rgb.shape[:2]
    fill, fit = max(width / wide, height / tall), min(width / wide, height / tall)
    ground = _scaled(rgb, max(width, round(wide * fill)), max(height, round(tall * fill)))
    y, x = (ground.shape[0] - height) // 2, (ground.shape[1] - width) // 2
    result = cv2.GaussianBlur(ground[y : y + height, x : x + width], (0, 0), BLUR)
    inner = _scaled(rgb, min(width, max(1, round(wide * fit))), min(height, max(1, round(tall * fit))))
    y, x = (height - inner.shape[0]) // 2, (width - inner.shape[1]) // 2
    result[y : y + inner.shape[0], x : x + inner.shape[1]] = inner
    return np.asarray(result, np.uint8)


def _scaled(rgb: Pixels, width: int, height: int) -> Pixels:
    smaller = width * height < rgb.shape[0] * rgb.shape[1]
    how = cv2.INTER_AREA if smaller else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(rgb, (width, height), interpolation=how), np.uint8)
