"""The cut-out: the whole person, nothing else, completed where the photo ends."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from personavlog.errors import BriefError
from personavlog.metrics.face import Face
from personavlog.metrics.person import matte
from personavlog_embedded.body.actor import actor
from personavlog_embedded.photo import cutout
from tests.shared.drawn_face import sketch


def portrait(crop: int = 0) -> NDArray[np.uint8]:
    """The drawn face on a body before a wall; ``crop`` px are cut off above."""
    rgb = np.full((420, 400, 3), (196, 205, 212), np.uint8)
    rgb[60:360, 50:350] = sketch()
    cv2.ellipse(rgb, (200, 420), (150, 95), 0, 180, 360, (60, 80, 130), -1)
    cv2.rectangle(rgb, (176, 290), (224, 340), (214, 168, 140), -1)
    return np.ascontiguousarray(rgb[crop:])


@pytest.mark.weights
def test_the_cut_out_holds_the_face_and_not_the_wall() -> None:
    human = cutout.cut_out(portrait())
    assert human.face is not None and human.skin is not None
    x, y = (int(v) for v in human.face.points[2])
    assert human.rgba[y, x, 3] > 240 and (human.rgba[..., 3] == 0).mean() > 0.05
    assert "bottom" in human.cut and human.headroom_ok


@pytest.mark.weights
def test_a_face_that_is_not_there_is_refused() -> None:
    with pytest.raises(BriefError, match="number 7"):
        cutout.cut_out(portrait(), 7)


@pytest.mark.weights
def test_cut_hair_gets_a_rounded_top() -> None:
    human = cutout.cut_out(portrait(crop=105))
    assert not human.headroom_ok
    whole = cutout.complete_top(human)
    grown = whole.rgba.shape[0] - human.rgba.shape[0]
    assert whole.headroom_ok and grown > 1
    assert np.array_equal(whole.rgba[grown:], human.rgba)
    widths = (whole.rgba[: grown + 1, :, 3] > 128).sum(axis=1)
    assert widths[0] < widths[-1] and (np.diff(widths) >= -3).all()
    assert (
        whole.face is not None
        and human.face is not None
        and np.allclose(whole.face.points - human.face.points, (0, grown), atol=1e-3)
    )


@pytest.mark.weights
def test_shoulders_are_drawn_below_a_head() -> None:
    human = cutout.complete_top(cutout.cut_out(portrait()[:340]))
    grown, _ = actor(human)
    assert grown.face is not None and grown.cut <= {"bottom", "top"}
    below = (grown.rgba[-20:, :, 3] > 200).mean(axis=0)
    assert below.mean() > 0.5 and grown.rgba.shape[0] > grown.face.box[3] + 1.5 * (
        grown.face.box[3] - grown.face.box[1]
    )


@pytest.mark.weights
def test_a_photo_without_a_face_is_cut_by_colour_and_says_so() -> None:
    rgb = np.full((200, 260, 3), (120, 180, 90), np.uint8)
    cv2.circle(rgb, (130, 100), 55, (230, 120, 40), -1)
    human = cutout.cut_out(rgb)
    assert human.face is None and human.framing == "unknown"
    assert human.notes or (human.rgba[..., 3] == 0).mean() > 0.05
    assert cutout.complete_top(human) is human


def test_islands_go_and_the_face_stays() -> None:
    alpha = np.zeros((200, 200), np.float32)
    alpha[60:200, 60:140] = 1
    alpha[5:60, 150:200] = 1
    face = Face((80, 80, 120, 130), 1.0, np.zeros((5, 2), np.float32))
    cleaned = matte._clean(alpha, face)
    assert cleaned[100, 100] == 1 and cleaned[20, 180] == 0


def test_what_shines_through_is_taken_out() -> None:
    ramp = np.clip((np.arange(240, dtype=np.float32) - 112) / 16, 0, 1)
    alpha = np.tile(ramp, (120, 1))
    red, green = np.array([200.0, 30.0, 30.0]), np.array([20.0, 220.0, 40.0])
    mixed = np.asarray(red * alpha[..., None] + green * (1 - alpha[..., None]), np.uint8)
    front = matte.foreground(mixed, alpha)
    edge = (slice(40, 80), slice(116, 127))
    assert np.abs(front[edge].astype(float) - red).mean() < 0.4 * np.abs(mixed[edge].astype(float) - red).mean()
