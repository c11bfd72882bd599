"""Faces: found wherever they stand, in order, and never where there is none."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from personavlog.metrics import face


def sketch(side: int = 300) -> NDArray[np.uint8]:
    """A drawn face that the detector accepts: skin oval, hair, brows, eyes, nose, mouth, softly shaded."""
    rgb = np.full((side, side, 3), (196, 205, 212), np.uint8)
    u = side / 300

    def oval(x: float, y: float, a: float, b: float, colour: tuple[int, int, int]) -> None:
        cv2.ellipse(
            rgb, (int(x * u), int(y * u)), (max(1, int(a * u)), max(1, int(b * u))), 0, 0, 360, colour, -1, cv2.LINE_AA
        )

    oval(150, 130, 92, 100, (64, 42, 30))
    oval(150, 160, 72, 92, (224, 178, 150))
    oval(150, 90, 70, 34, (64, 42, 30))
    for x in (122, 178):
        oval(x, 126, 18, 4, (74, 50, 38))
        oval(x, 144, 14, 8, (245, 245, 240))
        oval(x, 144, 7, 7, (58, 40, 30))
    oval(150, 172, 12, 16, (206, 154, 128))
    oval(150, 186, 14, 5, (176, 118, 100))
    oval(150, 212, 28, 9, (184, 84, 84))
    return np.asarray(cv2.GaussianBlur(rgb, (0, 0), 1.6 * u), np.uint8)


@pytest.mark.weights
def test_a_face_is_found_where_it_is_with_its_points_in_order() -> None:
    (found,) = face.detect(sketch())
    x0, y0, x1, y1 = found.box
    assert 60 < x0 < 110 and 190 < x1 < 240 and y0 < 120 and 210 < y1 < 280
    left_eye, right_eye, nose, left_mouth, right_mouth = found.points
    assert left_eye[0] < nose[0] < right_eye[0] and left_mouth[0] < right_mouth[0]
    assert left_eye[1] < nose[1] < left_mouth[1]
    assert np.hypot(*(left_eye - (122, 144))) < 14 and np.hypot(*(right_eye - (178, 144))) < 14


@pytest.mark.weights
def test_faces_are_ordered_from_left_to_right() -> None:
    row = np.hstack([sketch(), sketch(), sketch()])
    centres = [(f.box[0] + f.box[2]) / 2 for f in face.detect(row)]
    assert len(centres) == 3 and centres == sorted(centres)


@pytest.mark.weights
def test_a_small_face_in_a_large_photo_is_found() -> None:
    wide = np.full((2400, 3600, 3), 128, np.uint8)
    wide[300:540, 3000:3240] = sketch(240)
    (found,) = face.detect(wide)
    assert 3000 < found.box[0] < 3120 and 300 < found.box[1] < 420


@pytest.mark.weights
@pytest.mark.parametrize("shape", [(1, 500), (500, 1), (2, 2), (97, 61)])
def test_a_picture_without_a_face_has_none(shape: tuple[int, int]) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (*shape, 3), dtype=np.uint8)
    assert face.detect(noise) == ()


@pytest.mark.weights
def test_the_mesh_follows_the_face() -> None:
    picture = sketch()
    (found,) = face.detect(picture)
    points = face.mesh(picture, found)
    moved = np.pad(picture, ((40, 0), (25, 0), (0, 0)), mode="edge")
    (there,) = face.detect(moved)
    assert points.shape == (478, 3)
    assert np.abs(face.mesh(moved, there)[:, :2] - points[:, :2] - (25, 40)).mean() < 4
    assert np.hypot(*(points[468, :2] - (122, 144))) < 14
