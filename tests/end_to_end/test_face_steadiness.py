"""A face in a clip is followed by what it looks like: itself, another one, none, or too small to tell."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

import personavlog
from personavlog.metrics.face import detect, largest
from personavlog.metrics.steadiness import FLOOR, face_steadiness

pytestmark = pytest.mark.weights
Pixels = NDArray[np.uint8]


def portrait(height: int) -> Pixels:
    """The shipped example photo, upright, on grey."""
    photo = Path(personavlog.__file__).parent / "example" / "portrait.png"
    rgb = cv2.cvtColor(cv2.imread(str(photo)), cv2.COLOR_BGR2RGB)
    scale = height / rgb.shape[0]
    return np.asarray(cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def box_of(sample: Pixels) -> tuple[float, float, float, float]:
    face = largest(detect(sample))
    assert face is not None
    return face.box


def melted(sample: Pixels, box: tuple[float, float, float, float]) -> Pixels:
    """The face bent by waves."""
    height, width = sample.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    size, inside = box[3] - box[1], (x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])
    bent = inside * 0.16 * size
    across, down = (
        np.asarray(one, np.float32) for one in (x + bent * np.sin(y / size * 14), y + bent * np.sin(x / size * 14))
    )
    return np.asarray(cv2.remap(sample, across, down, cv2.INTER_LINEAR), np.uint8)


def test_a_face_that_only_moves_stays_itself_and_one_that_melts_does_not() -> None:
    still = portrait(360)
    box = box_of(still)
    moved = [np.roll(still, step, axis=1) for step in (0, 3, 6)]
    steady, bent = face_steadiness(moved, box), face_steadiness([still, melted(still, box)], box)
    assert steady.value is not None and steady.value > 0.9 > FLOOR
    assert bent.value is not None and bent.value < FLOOR


def test_a_face_that_is_gone_counts_as_none() -> None:
    still = portrait(360)
    assert face_steadiness([still, np.full_like(still, 128)], box_of(still)).value == 0


def test_a_small_face_one_frame_and_no_face_are_not_judged() -> None:
    still = portrait(360)
    small = np.full((360, 360, 3), 128, np.uint8)
    little = portrait(100)
    small[40 : 40 + little.shape[0], 40 : 40 + little.shape[1]] = little
    said = [
        face_steadiness([small, small], box_of(small)),
        face_steadiness([still], box_of(still)),
        face_steadiness([still, still], None),
    ]
    assert [one.value for one in said] == [None] * 3
    assert [one.note for one in said] == ["the face is too small", "one frame", "no face in the first frame"]
