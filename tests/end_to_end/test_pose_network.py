"""Poses as the real network finds them: where they were drawn, and nobody where nobody is."""

from __future__ import annotations

import numpy as np
import pytest

from personavlog.metrics.pose import JOINTS, people, pose, pose_similarity, variety
from tests.shared.drawn_person import ARMS_UP, STANDING, figure

pytestmark = pytest.mark.weights


def test_the_joints_of_a_drawn_person_are_found_where_they_were_drawn() -> None:
    found = pose(figure(STANDING))
    assert found is not None and found.coverage > 0.8
    wanted = np.array([STANDING[name] for name in JOINTS]) + np.array([320, 260])
    error = np.hypot(*(found.points - wanted).T)[found.seen]
    assert np.median(error) < 16 and error.max() < 50


def test_raised_arms_are_another_pose_and_a_move_across_the_frame_is_not() -> None:
    here, up = pose(figure(STANDING)), pose(figure(ARMS_UP))
    there = pose(figure(STANDING, 0.6, 180, 330))
    assert here is not None and up is not None and there is not None
    same, other = pose_similarity(here, there), pose_similarity(here, up)
    assert same is not None and other is not None
    assert same > 0.93 and other < same - 0.08


@pytest.mark.parametrize("shape", [(240, 320), (1, 400), (400, 2)])
def test_where_nobody_is_nobody_is_found(shape: tuple[int, int]) -> None:
    empty = np.full((*shape, 3), 150, np.uint8)
    assert people(empty) == () and pose(empty) is None
    assert variety([pose(empty), pose(empty)]).value is None


def test_of_two_people_the_larger_is_measured_and_a_box_chooses_the_other() -> None:
    both = np.hstack([figure(STANDING, 0.7, 160, shape=(520, 320)), figure(ARMS_UP, 1.0, 160, shape=(520, 320))])
    large, small = pose(both), pose(both, (90, 120, 230, 410))
    assert large is not None and small is not None
    assert large.points[:, 0].mean() > 320 > small.points[:, 0].mean()
