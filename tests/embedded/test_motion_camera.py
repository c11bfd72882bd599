from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from personavlog.script import Camera
from personavlog_embedded.motion.camera_path import poses
from personavlog_embedded.motion.layer_plane import Edges, LayerPlane, homographies, overshoot, within
from personavlog_embedded.motion.pace import Pace
from personavlog_embedded.motion.rhythm import Noise, travel

FACTORS = st.floats(0.2, 3.0)


def path(camera: Camera, frames: int = 60, seed: int = 0, temper: Pace | None = None) -> np.ndarray:
    return poses(camera, frames, 24, 720, 0.7, temper or Pace(), np.random.default_rng(seed))


@given(
    camera=st.sampled_from(Camera),
    frames=st.integers(2, 120),
    seed=st.integers(0, 2**31 - 1),
    margin=st.integers(0, 160),
    size=st.sampled_from([(1280, 720), (720, 1280), (720, 720)]),
    flat=st.floats(0, 0.002),
    temper=st.builds(Pace, camera=FACTORS, person=FACTORS, wind=FACTORS, bob=st.floats(0, 2)),
)
@settings(max_examples=60, deadline=None)
def test_no_camera_looks_past_the_margin(
    camera: Camera, frames: int, seed: int, margin: int, size: tuple[int, int], flat: float, temper: Pace
) -> None:
    planes = (LayerPlane(0.0), LayerPlane(0.35), LayerPlane(0.95), LayerPlane(0.4, flat))
    free = poses(camera, frames, 24, min(size), 0.7, temper, np.random.default_rng(seed))
    edges = tuple(Edges.around(plane, *size, margin) for plane in planes)
    bounded = within(free, edges, *size)
    assert all(overshoot(bounded, edge, *size) <= 1e-6 for edge in edges)
    for plane in planes:
        inverse = np.linalg.inv(homographies(bounded, plane))
        for corner in ((-size[0] / 2, -size[1] / 2), (size[0] / 2, size[1] / 2)):
            seen = inverse @ np.array([*corner, 1.0])
            assert (np.abs(seen[:, :2] / seen[:, 2:]) <= np.array(size) / 2 + margin + 1e-6).all()


@pytest.mark.parametrize("camera", Camera)
def test_every_path_starts_at_the_keyframe_and_starts_gently(camera: Camera) -> None:
    moved = path(camera, 120)
    step = np.abs(np.diff(moved, axis=0))
    assert not moved[0].any()
    assert (step[0] <= 0.5 * step.max(axis=0) + 1e-9).all()


@pytest.mark.parametrize("camera", Camera)
def test_paths_are_smooth(camera: Camera) -> None:
    moved = path(camera, 120, temper=Pace(bob=1.0))
    speed = np.abs(np.diff(moved, axis=0)).max(axis=0)
    jerk = np.abs(np.diff(moved, n=2, axis=0)).max(axis=0)
    assert (jerk <= 0.6 * speed + 1e-9).all()


def test_pans_are_opposite_and_near_things_move_more() -> None:
    left, right = (
        homographies(path(Camera.PAN_LEFT), LayerPlane(0.2))[-1],
        homographies(path(Camera.PAN_RIGHT), LayerPlane(0.2))[-1],
    )
    assert left[0, 2] > 20 and right[0, 2] < -20
    assert homographies(path(Camera.PAN_LEFT), LayerPlane(0.9))[-1][0, 2] > left[0, 2] + 10


def test_push_in_enlarges_near_things_more_than_far_ones() -> None:
    def scale(nearness: float) -> float:
        matrix = homographies(path(Camera.PUSH_IN), LayerPlane(nearness))[-1]
        return float(matrix[0, 0] / matrix[2, 2])

    assert scale(0.9) > scale(0.4) > scale(0.0) >= 1.0


def test_an_orbit_keeps_its_subject_in_place_and_moves_the_far_and_the_near_apart() -> None:
    moved = path(Camera.ORBIT)
    subject, far, near = (float(homographies(moved, LayerPlane(n))[-1][0, 2]) for n in (0.7, 0.1, 0.95))
    assert abs(subject) < 0.2 * abs(far)
    assert far * near < 0


def test_ground_meets_each_of_its_rows_at_that_rows_nearness() -> None:
    moved, plane = path(Camera.PAN_LEFT), LayerPlane(0.5, 0.001)
    for row in (-200.0, 0.0, 300.0):
        on_ground = homographies(moved, plane)[-1] @ np.array([40.0, row, 1.0])
        upright = homographies(moved, LayerPlane(plane.nearness(row)))[-1] @ np.array([40.0, row, 1.0])
        assert np.allclose(on_ground / on_ground[2], upright / upright[2], atol=1e-9)


def test_equal_seeds_give_equal_paths_and_other_seeds_others() -> None:
    assert np.array_equal(path(Camera.HANDHELD, seed=4), path(Camera.HANDHELD, seed=4))
    assert not np.array_equal(path(Camera.HANDHELD, seed=4), path(Camera.HANDHELD, seed=5))


@given(st.integers(2, 500))
def test_travel_runs_from_zero_to_one_without_turning_back(frames: int) -> None:
    way = travel(frames)
    assert len(way) == frames and way[0] == 0 and way[-1] == pytest.approx(1) and (np.diff(way) >= 0).all()


@given(st.integers(0, 2**31 - 1), st.floats(0.01, 1), st.floats(1, 3))
def test_noise_stays_within_its_bounds(seed: int, low: float, high: float) -> None:
    assert (np.abs(Noise.draw(np.random.default_rng(seed), low, high)(np.linspace(0, 30, 300))) <= 1).all()
