"""Whose face it is, by the real networks: itself at another size and place, nobody where there is none."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from personavlog.metrics import identity, picture
from personavlog.metrics.face import Face
from tests.shared.drawn_face import sketch

pytestmark = pytest.mark.weights


def test_a_face_is_itself_at_another_size_and_place() -> None:
    small = np.full((300, 500, 3), 120, np.uint8)
    small[60:240, 200:380] = cv2.resize(sketch(), (180, 180), interpolation=cv2.INTER_AREA)
    score = identity.identity(sketch(), small)
    assert score.name == "proxy.identity" and score.value is not None and score.value > 0.8


def test_no_face_is_none_and_says_where() -> None:
    empty = np.zeros((64, 64, 3), np.uint8)
    for pair, where in (((empty, sketch()), "reference"), ((sketch(), empty), "keyframe")):
        for score in (identity.identity(*pair), picture.i2i(*pair)):
            assert score.value is None and where in score.note


def test_an_embedding_has_length_one() -> None:
    face = Face((0, 0, 112, 112), 1.0, identity.TEMPLATE.astype(np.float32))
    feature = identity.embedding(cv2.resize(sketch(), (112, 112)), face)
    assert feature.shape == (128,) and abs(float(np.linalg.norm(feature)) - 1) < 1e-5


def test_the_same_picture_is_most_alike_and_another_palette_less() -> None:
    same, other = picture.i2i(sketch(), sketch()).value, picture.i2i(sketch(), 255 - sketch()[..., ::-1] // 2).value
    assert same is not None and same > 0.98
    assert other is None or other < same - 0.1
