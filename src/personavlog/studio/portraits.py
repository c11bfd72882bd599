"""Small pictures of photos: the whole one, and the faces in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import cv2

from personavlog.benchmark import dataset
from personavlog.media.arrays import Pixels
from personavlog.media.file import read_bytes
from personavlog.media.jpeg import encode
from personavlog.media.picture import decode
from personavlog.metrics import face

EXAMPLE = "portrait"
SIDE, FACE_SIDE = 560, 160
"""Px of the longer side of a photo, and of both sides of a face."""
QUALITY = 86
AROUND = 1.7
"""A face is shown with so much of its size around it."""


@dataclass(frozen=True)
class ExampleFace:
    """A face that anybody may try; ``real`` where it is somebody's."""

    name: str
    photo: Path
    real: bool


@cache
def examples() -> Mapping[str, ExampleFace]:
    """The example portrait and the people of the benchmark, who do not exist."""
    portrait = ExampleFace(EXAMPLE, Path(str(files("personavlog.example") / "portrait.png")), real=True)
    people = (ExampleFace(name, photo, real=False) for name, photo in dataset.load().photos.items())
    return {one.name: one for one in (portrait, *people)}


@cache
def example_picture(name: str) -> bytes:
    """The JPEG of an example's face; raises ``KeyError``."""
    return face_picture(decode(read_bytes(examples()[name].photo, "photo"), name).rgb, 0)


def whole_picture(rgb: Pixels) -> bytes:
    """The JPEG of a photo, its longer side at most ``SIDE`` px."""
    scale = min(1.0, SIDE / max(rgb.shape[:2]))
    return encode(cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), QUALITY)


def face_picture(rgb: Pixels, number: int) -> bytes:
    """The JPEG of a face with something around it, counted from the left, 0 first; the middle where there is none."""
    height, width = rgb.shape[:2]
    found = face.detect(rgb)
    x0, y0, x1, y1 = found[number].box if number < len(found) else (0.0, 0.0, float(width), float(height))
    half = min(AROUND * max(x1 - x0, y1 - y0), min(width, height)) / 2
    x = min(max((x0 + x1) / 2, half), width - half)
    y = min(max((y0 + y1) / 2, half), height - half)
    cut = rgb[round(y - half) : round(y + half), round(x - half) : round(x + half)]
    return encode(cv2.resize(cut, (FACE_SIDE, FACE_SIDE), interpolation=cv2.INTER_AREA), QUALITY)
