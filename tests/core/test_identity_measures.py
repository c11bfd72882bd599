"""Identity and picture measures: same is near, other is far, nothing is None."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
import pytest

from personavlog.metrics import identity, picture
from personavlog.script import Board, Emotion, Framing, TimeOfDay, Weather


@dataclass
class Item:
    asked: str
    similarity: float


@dataclass
class Scene:
    place_similarity: float = 1.0
    framing: str = "medium"
    time_of_day: str = "noon"
    weather: str = "clear"
    items: tuple[Item, ...] = field(default_factory=tuple)


BOARD = Board(
    place="a small harbour",
    time_of_day=TimeOfDay.NOON,
    weather=Weather.CLEAR,
    action="She waves.",
    framing=Framing.MEDIUM,
    emotion=next(iter(Emotion)),
    props=("a lighthouse", "gulls"),
)


def test_alignment_undoes_turn_scale_and_shift() -> None:
    turn = cv2.getRotationMatrix2D((20, 30), 25, 3.0)
    points = (np.column_stack([identity.TEMPLATE, np.ones(5)]) @ turn.T).astype(np.float32)
    back = np.column_stack([points, np.ones(5)]) @ identity._alignment(points).T
    assert np.abs(back - identity.TEMPLATE).max() < 1e-3


def test_blur_lowers_sharpness_and_contrast_does_not() -> None:
    rng = np.random.default_rng(0)
    noise = cv2.resize(rng.integers(0, 256, (60, 80, 3), dtype=np.uint8), (640, 480), interpolation=cv2.INTER_NEAREST)
    blurred, faint = cv2.GaussianBlur(noise, (0, 0), 4), (noise // 2 + 64).astype(np.uint8)
    assert picture.sharpness(blurred) < 0.3 * picture.sharpness(noise)
    assert abs(picture.sharpness(faint) - picture.sharpness(noise)) < 0.1 * picture.sharpness(noise)
    assert picture.sharpness(np.full((32, 32, 3), 9, np.uint8)) == 0


def test_exposure_counts_what_shows_nothing() -> None:
    halves = np.zeros((10, 10, 3), np.uint8)
    halves[:, 5:] = 255
    assert picture.exposure_of(halves) == picture.Exposure(0.5, 0.5, 0.5)


def test_gray_has_no_colour() -> None:
    gray = np.repeat(np.arange(64, dtype=np.uint8).reshape(8, 8, 1), 3, axis=2)
    vivid = np.random.default_rng(0).integers(0, 256, (16, 16, 3), dtype=np.uint8)
    assert picture.colourfulness(gray) == 0 and picture.colourfulness(vivid) > 80


def test_everything_shown_is_one_and_what_is_missing_counts() -> None:
    full = Scene(items=(Item("a lighthouse", 1.0), Item("gulls", 1.0)))
    assert picture.i2t(BOARD, full).value == 1
    assert picture.i2t(BOARD, Scene(items=(Item("gulls", 1.0),))).value == pytest.approx(1 - 1 / 5.5)
    assert (
        picture.i2t(BOARD, Scene(place_similarity=0.0, framing="wide", time_of_day="night", weather="rain")).value == 0
    )
    assert picture.i2t(BOARD, None).value is None
