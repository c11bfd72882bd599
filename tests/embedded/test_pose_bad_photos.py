"""Photos that are not portraits: very dark, cut, of several people above each other, of an animal."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from personavlog.metrics import face
from personavlog.metrics.person.matte import matte
from personavlog_embedded.photo import cutout
from personavlog_embedded.photo.cutout import cut_out

pytestmark = pytest.mark.weights
Pixels = NDArray[np.uint8]


def portrait(shirt: tuple[int, int, int] = (60, 80, 150)) -> Pixels:
    """A drawn person that the face detector accepts, (300, 300, 3)."""
    rgb = np.full((300, 300, 3), (196, 205, 212), np.uint8)

    def oval(x: float, y: float, a: float, b: float, colour: tuple[int, int, int]) -> None:
        cv2.ellipse(rgb, (int(x), int(y)), (int(a), int(b)), 0, 0, 360, colour, -1, cv2.LINE_AA)

    oval(150, 310, 130, 80, shirt)
    oval(150, 120, 82, 90, (64, 42, 30))
    oval(150, 146, 62, 80, (224, 178, 150))
    oval(150, 84, 60, 30, (64, 42, 30))
    for x in (126, 174):
        oval(x, 116, 15, 4, (74, 50, 38))
        oval(x, 132, 12, 7, (245, 245, 240))
        oval(x, 132, 6, 6, (58, 40, 30))
    oval(150, 158, 10, 14, (206, 154, 128))
    oval(150, 170, 12, 4, (176, 118, 100))
    oval(150, 192, 24, 8, (184, 84, 84))
    return np.asarray(cv2.GaussianBlur(rgb, (0, 0), 1.4), np.uint8)


def test_a_very_dark_photo_is_made_brighter_and_that_is_said() -> None:
    photo = portrait()
    dark = np.asarray(np.round(255 * (photo / 255) ** 6), np.uint8)
    lifted, said = cutout._lifted(dark)
    assert dark.mean() + 25 < lifted.mean() < photo.mean() + 30 and "dark" in said[0]
    assert cutout._lifted(photo) == (photo, ()) or cutout._lifted(photo)[0] is photo


def test_dark_skin_in_good_light_is_left_as_it_is() -> None:
    photo = portrait()
    skin = (np.abs(photo.astype(int) - (224, 178, 150)).max(2) < 30)[..., None]
    dark = np.where(skin, photo * 0.3, photo).astype(np.uint8)
    assert cutout._lifted(dark)[0] is dark


def test_a_black_photo_is_not_stretched() -> None:
    black = np.zeros((64, 64, 3), np.uint8)
    assert cutout._lifted(black)[0] is black


def test_a_face_at_the_photos_border_is_said() -> None:
    photo = portrait()
    whole = face.largest(face.detect(photo))
    assert whole is not None and cutout._whole_face(whole, photo) == ()
    cut = cutout.moved_face(whole, -float(whole.points[:, 0].min()) - 2, 0)
    assert "border" in cutout._whole_face(cut, photo)[0]


def test_of_two_people_above_each_other_each_can_be_chosen() -> None:
    both = np.vstack([portrait((150, 40, 40)), portrait()])
    found = face.detect(both)
    assert len(found) == 2
    for number, one in enumerate(found):
        human = cut_out(both, number)
        assert human.face is not None and human.rgba.shape[0] < 0.75 * both.shape[0]
        x, y = (int(value) for value in human.face.points[2])
        assert human.rgba[y, x, 3] > 200, "the chosen face is there, not half transparent"
        assert human.face.size == pytest.approx(one.size, rel=0.05)


def test_people_beside_each_other_stay_whole() -> None:
    both = np.hstack([portrait((150, 40, 40)), portrait()])
    widths = [cut_out(both, number).rgba.shape[1] for number in (0, 1)]
    assert all(150 < width < 330 for width in widths)


def test_an_animal_has_no_holes_in_its_head() -> None:
    """A spotted head: what a network trained on people takes for background inside it is filled."""
    rng = np.random.default_rng(2)
    picture = np.full((300, 400, 3), (110, 140, 100), np.uint8)
    cv2.ellipse(picture, (200, 160), (120, 110), 0, 0, 360, (190, 150, 100), -1, cv2.LINE_AA)
    for x, y in rng.uniform((110, 80), (290, 240), (30, 2)).astype(int):
        cv2.ellipse(picture, (int(x), int(y)), (14, 9), 20, 0, 360, (240, 235, 225), -1, cv2.LINE_AA)
    alpha = matte(picture).alpha
    yy, xx = np.mgrid[:300, :400]
    inside = ((xx - 200) / 100.0) ** 2 + ((yy - 160) / 92.0) ** 2 < 1
    assert (alpha[inside] > 0.5).mean() > 0.97
