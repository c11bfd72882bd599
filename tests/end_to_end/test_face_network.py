"""Faces: found wherever they stand, in order, and never where there is none."""

from __future__ import annotations

import numpy as np
import pytest

from personavlog.metrics import face
from tests.shared.drawn_face import sketch

pytestmark = pytest.mark.weights


def test_a_face_is_found_where_it_is_with_its_points_in_order() -> None:
    (found,) = face.detect(sketch())
    x0, y0, x1, y1 = found.box
    assert 60 < x0 < 110 and 190 < x1 < 240 and y0 < 120 and 210 < y1 < 280
    left_eye, right_eye, nose, left_mouth, right_mouth = found.points
    assert left_eye[0] < nose[0] < right_eye[0] and left_mouth[0] < right_mouth[0]
    assert left_eye[1] < nose[1] < left_mouth[1]
    assert np.hypot(*(left_eye - (122, 144))) < 14 and np.hypot(*(right_eye - (178, 144))) < 14


def test_faces_are_ordered_from_left_to_right() -> None:
    row = np.hstack([sketch(), sketch(), sketch()])
    centres = [(f.box[0] + f.box[2]) / 2 for f in face.detect(row)]
    assert len(centres) == 3 and centres == sorted(centres)


def test_a_small_face_in_a_large_photo_is_found() -> None:
    wide = np.full((2400, 3600, 3), 128, np.uint8)
    wide[300:540, 3000:3240] = sketch(240)
    (found,) = face.detect(wide)
    assert 3000 < found.box[0] < 3120 and 300 < found.box[1] < 420


@pytest.mark.parametrize("shape", [(1, 500), (500, 1), (2, 2), (97, 61)])
def test_a_picture_without_a_face_has_none(shape: tuple[int, int]) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (*shape, 3), dtype=np.uint8)
    assert face.detect(noise) == ()


def test_the_mesh_follows_the_face() -> None:
    picture = sketch()
    (found,) = face.detect(picture)
    points = face.mesh(picture, found)
    moved = np.pad(picture, ((40, 0), (25, 0), (0, 0)), mode="edge")
    (there,) = face.detect(moved)
    assert points.shape == (478, 3)
    assert np.abs(face.mesh(moved, there)[:, :2] - points[:, :2] - (25, 40)).mean() < 4
    assert np.hypot(*(points[468, :2] - (122, 144))) < 14
