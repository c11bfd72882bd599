"""Poses: measured on a drawn figure, compared without regard to place and size, None where there is nothing to
compare."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from personavlog.metrics.pose import JOINTS, NAME, SEEN, DetectedPose, people, pose, pose_similarity, variety

STANDING = {
    "nose": (0, -150),
    "left eye": (9, -157),
    "right eye": (-9, -157),
    "left ear": (20, -152),
    "right ear": (-20, -152),
    "left shoulder": (38, -105),
    "right shoulder": (-38, -105),
    "left elbow": (52, -45),
    "right elbow": (-52, -45),
    "left wrist": (55, 10),
    "right wrist": (-55, 10),
    "left hip": (22, 15),
    "right hip": (-22, 15),
    "left knee": (24, 105),
    "right knee": (-24, 105),
    "left ankle": (24, 190),
    "right ankle": (-24, 190),
}
ARMS_UP = {
    **STANDING,
    "left elbow": (75, -155),
    "right elbow": (-75, -155),
    "left wrist": (60, -225),
    "right wrist": (-60, -225),
}
LIMBS = (("shoulder", "elbow", 22), ("elbow", "wrist", 18), ("hip", "knee", 34), ("knee", "ankle", 26))

Pixels = NDArray[np.uint8]


def figure(
    joints: Mapping[str, tuple[int, int]],
    size: float = 1.0,
    x: int = 320,
    y: int = 260,
    shape: tuple[int, int] = (520, 640),
) -> Pixels:
    """A softly drawn person in a shirt and trousers."""
    rgb = np.full((*shape, 3), (205, 212, 214), np.uint8)
    at = {name: (round(x + size * dx), round(y + size * dy)) for name, (dx, dy) in joints.items()}
    for a, b, width in LIMBS:
        for side in ("left", "right"):
            colour = (58, 66, 92) if a in ("hip", "knee") else (224, 178, 150) if b == "wrist" else (176, 62, 54)
            cv2.line(rgb, at[f"{side} {a}"], at[f"{side} {b}"], colour, max(1, round(size * width)), cv2.LINE_AA)
    torso = np.array(
        [
            at[f"{side} {part}"]
            for side, part in (("left", "shoulder"), ("right", "shoulder"), ("right", "hip"), ("left", "hip"))
        ]
    )
    cv2.fillPoly(rgb, [torso], (176, 62, 54), cv2.LINE_AA)
    cv2.polylines(rgb, [torso], True, (176, 62, 54), max(1, round(16 * size)), cv2.LINE_AA)
    head = (at["nose"][0], at["nose"][1])
    cv2.line(rgb, head, (head[0], head[1] + round(45 * size)), (214, 168, 140), max(1, round(18 * size)), cv2.LINE_AA)
    cv2.ellipse(
        rgb,
        (head[0], head[1] - round(12 * size)),
        (round(26 * size), round(30 * size)),
        0,
        0,
        360,
        (64, 42, 30),
        -1,
        cv2.LINE_AA,
    )
    cv2.ellipse(rgb, head, (round(20 * size), round(26 * size)), 0, 0, 360, (224, 178, 150), -1, cv2.LINE_AA)
    for eye in ("left eye", "right eye"):
        cv2.circle(rgb, at[eye], max(1, round(3 * size)), (40, 30, 30), -1, cv2.LINE_AA)
    for side in ("left", "right"):
        cv2.circle(rgb, at[f"{side} wrist"], max(1, round(11 * size)), (224, 178, 150), -1, cv2.LINE_AA)
        ankle = at[f"{side} ankle"]
        cv2.ellipse(
            rgb,
            (ankle[0], ankle[1] + round(8 * size)),
            (round(16 * size), round(9 * size)),
            0,
            0,
            360,
            (40, 36, 34),
            -1,
            cv2.LINE_AA,
        )
    return np.asarray(cv2.GaussianBlur(rgb, (0, 0), 1.1 * size), np.uint8)


def known(joints: Mapping[str, tuple[int, int]], confidence: float = 0.9) -> DetectedPose:
    """A pose as drawn."""
    points = np.array([joints[name] for name in JOINTS], np.float32)
    return DetectedPose(points, np.full(17, confidence, np.float32), (0.0, 0.0, 1.0, 1.0))


@pytest.mark.weights
def test_the_joints_of_a_drawn_person_are_found_where_they_were_drawn() -> None:
    found = pose(figure(STANDING))
    assert found is not None and found.coverage > 0.8
    wanted = np.array([STANDING[name] for name in JOINTS]) + np.array([320, 260])
    error = np.hypot(*(found.points - wanted).T)[found.seen]
    assert np.median(error) < 16 and error.max() < 50


@pytest.mark.weights
def test_raised_arms_are_another_pose_and_a_move_across_the_frame_is_not() -> None:
    here, up = pose(figure(STANDING)), pose(figure(ARMS_UP))
    there = pose(figure(STANDING, 0.6, 180, 330))
    assert here is not None and up is not None and there is not None
    same, other = pose_similarity(here, there), pose_similarity(here, up)
    assert same is not None and other is not None
    assert same > 0.93 and other < same - 0.08


@pytest.mark.weights
@pytest.mark.parametrize("shape", [(240, 320), (1, 400), (400, 2)])
def test_where_nobody_is_nobody_is_found(shape: tuple[int, int]) -> None:
    empty = np.full((*shape, 3), 150, np.uint8)
    assert people(empty) == () and pose(empty) is None
    assert variety([pose(empty), pose(empty)]).value is None


@pytest.mark.weights
def test_of_two_people_the_larger_is_measured_and_a_box_chooses_the_other() -> None:
    both = np.hstack([figure(STANDING, 0.7, 160, shape=(520, 320)), figure(ARMS_UP, 1.0, 160, shape=(520, 320))])
    large, small = pose(both), pose(both, (90, 120, 230, 410))
    assert large is not None and small is not None
    assert large.points[:, 0].mean() > 320 > small.points[:, 0].mean()


@given(st.floats(0.2, 5), st.floats(-900, 900), st.floats(-900, 900))
def test_similarity_knows_neither_place_nor_size(size: float, x: float, y: float) -> None:
    a = known(STANDING)
    b = DetectedPose(a.points * np.float32(size) + np.array([x, y], np.float32), a.confidence, a.box)
    assert pose_similarity(a, b) == pytest.approx(1, abs=1e-4)


def test_similarity_lies_between_nothing_and_one_and_is_the_same_both_ways() -> None:
    a, b, mirrored = known(STANDING), known(ARMS_UP), known({name: (dx, -dy) for name, (dx, dy) in STANDING.items()})
    values = [pose_similarity(a, b), pose_similarity(b, a), pose_similarity(a, mirrored)]
    assert values[0] == pytest.approx(values[1]) and all(value is not None and 0 <= value < 1 for value in values)
    assert values[2] is not None and values[0] is not None and values[2] < values[0]


def test_too_few_common_joints_cannot_be_compared() -> None:
    a = known(STANDING)
    few = DetectedPose(a.points, np.where(np.arange(17) < 5, 0.9, SEEN - 0.01).astype(np.float32), a.box)
    assert few.coverage == pytest.approx(5 / 17)
    assert pose_similarity(a, few) is None
    score = variety([a, few, None])
    assert score.value is None and "2 of 3 pictures; 0 of 3 pairs" in score.note


def test_the_pose_term_is_the_mean_distance_of_all_pairs() -> None:
    a, b = known(STANDING), known(ARMS_UP)
    likeness = pose_similarity(a, b)
    assert likeness is not None
    score = variety([a, b, a])
    assert score.name == NAME and score.value == pytest.approx(2 / 3 * (1 - likeness))
    assert variety([a, a]).value == pytest.approx(0, abs=1e-6)
