"""Poses: compared without regard to place and size, None where there is nothing to compare."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from personavlog.metrics.pose import JOINTS, NAME, SEEN, DetectedPose, pose_similarity, variety
from tests.shared.drawn_person import ARMS_UP, STANDING


def known(joints: Mapping[str, tuple[int, int]], confidence: float = 0.9) -> DetectedPose:
    """A pose as drawn."""
    points = np.array([joints[name] for name in JOINTS], np.float32)
    return DetectedPose(points, np.full(17, confidence, np.float32), (0.0, 0.0, 1.0, 1.0))


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
