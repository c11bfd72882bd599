"""Properties of the published measures that hold whatever the networks say, and what becomes of clips that VBench's
rules do not fit."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

torch = pytest.importorskip("torch", reason="the extra 'metrics' is not installed")
pytest.importorskip("av", reason="the extra 'metrics' is not installed")

from personavlog.metrics.pose import DetectedPose  # noqa: E402
from personavlog.metrics.published import dynamic  # noqa: E402
from personavlog.metrics.published.character import PoseRule, character_consistency, pose_variety  # noqa: E402
from personavlog.metrics.published.consistency import SUBJECT, consistency  # noqa: E402
from personavlog.metrics.published.measured import Measured, mean_of  # noqa: E402
from personavlog.metrics.published.smoothness import smoothness  # noqa: E402
from personavlog.metrics.published.summary import means  # noqa: E402

NUMBERS = st.floats(0, 1, allow_nan=False)
CLIPS = st.lists(st.lists(NUMBERS, max_size=6), max_size=12)
RADII = st.lists(st.floats(0, 200), min_size=2, max_size=40)


@given(CLIPS, st.randoms(use_true_random=False))
def test_the_order_of_the_clips_changes_nothing_in_the_summary(clips: list[list[float]], chance: random.Random) -> None:
    measures = [mean_of(SUBJECT, parts) for parts in clips]
    shuffled = chance.sample(measures, len(measures))
    assert means(measures) == means(shuffled)


def test_both_means_are_offered_under_their_names() -> None:
    (mean,) = means([mean_of(SUBJECT, [1.0] * 9), mean_of(SUBJECT, [0.0]), mean_of(SUBJECT, [])])
    assert (mean.video_weighted, mean.frame_weighted, mean.clips, mean.missing) == (0.5, 0.9, 2, 1)
    assert means([mean_of(SUBJECT, [])])[0].video_weighted is None


@given(st.integers(3, 200), st.integers(128, 1000), st.integers(128, 1000))
def test_a_frozen_clip_is_not_dynamic(samples: int, height: int, width: int) -> None:
    clip = dynamic.ClipShape(samples, height, width)
    still = [0.0] * (samples - 1)
    assert (
        dynamic.degree(still, clip).value
        == 0
        == dynamic.degree(still, clip, compat=True).value
        == dynamic.ratio(still, clip).value
    )


@given(RADII, st.integers(128, 900), st.integers(128, 900))
def test_dynamic_degree_is_a_yes_or_a_no_and_grows_with_the_radii(radii: list[float], height: int, width: int) -> None:
    clip = dynamic.ClipShape(len(radii) + 1, height, width)
    now, faster = (dynamic.degree([factor * value for value in radii], clip).value for factor in (1, 2))
    assert now in (0.0, 1.0)
    assert faster >= now
    assert dynamic.ratio(radii, clip).value >= 0


@given(st.integers(2, 6), st.integers(0, 2**32 - 1))
def test_consistency_lies_between_0_and_1_and_is_1_for_equal_frames(frames: int, seed: int) -> None:
    features = torch.randn(frames, 8, generator=torch.Generator().manual_seed(seed))
    assert 0 <= consistency(features).value <= 1 + 1e-6
    assert consistency(features[:1].expand(frames, -1)).value == pytest.approx(1, abs=1e-6)


@given(st.lists(st.floats(0, 255), min_size=1, max_size=20))
def test_smoothness_lies_between_0_and_1(errors: list[float]) -> None:
    assert 0 <= smoothness(errors).value <= 1


def test_one_frame_has_no_number_and_says_why() -> None:
    clip = dynamic.ClipShape(1, 480, 832)
    for measured in (consistency(torch.ones(1, 4)), smoothness([]), dynamic.degree([], clip), dynamic.ratio([], clip)):
        assert measured.value is None
        assert measured.note


def test_two_samples_are_dynamic_for_vbench_only() -> None:
    clip = dynamic.ClipShape(2, 480, 832)
    assert dynamic.degree([0.0], clip).value is None
    assert dynamic.degree([0.0], clip, compat=True).value == 1.0
    assert dynamic.ratio([0.0], clip).value == 0


def test_a_side_below_128_px_is_static_for_vbench_only() -> None:
    clip = dynamic.ClipShape(9, 96, 832)
    assert "128" in dynamic.degree([], clip).note
    assert dynamic.degree([], clip, compat=True).value == 0.0


def test_without_a_frame_rate_motion_has_no_speed_but_vbench_takes_every_frame() -> None:
    clip = dynamic.ClipShape(9, 480, 832, fps=0.0)
    assert "frame rate" in dynamic.degree([50.0] * 8, clip).note
    assert "frame rate" in dynamic.ratio([50.0] * 8, clip).note
    assert dynamic.degree([50.0] * 8, clip, compat=True).value == 1.0
    assert [dynamic.step(fps) for fps in (0.0, 5, 8, 12, 16, 20, 24, 30, 60)] == [1, 1, 1, 2, 2, 2, 3, 4, 8]


def test_frames_too_large_for_raft_are_refused_in_words_not_by_running_out_of_memory() -> None:
    clip = dynamic.ClipShape(9, 2160, 3840)
    assert "GB" in dynamic.degree([], clip).note
    assert dynamic.degree([], clip, compat=True).value is None


def test_a_number_that_is_none_is_never_hidden_in_a_mean() -> None:
    clip = dynamic.ClipShape(4, 480, 832)
    wrong = [1.0, math.nan, 3.0]
    for measured in (
        mean_of(SUBJECT, wrong),
        smoothness(wrong),
        dynamic.degree(wrong, clip),
        consistency(torch.full((3, 4), math.nan)),
    ):
        assert measured.value is None
        assert "finite" in measured.note


def _figure(turn: float, place: float = 0.0, size: float = 1.0) -> DetectedPose:
    """A seeded figure whose left arm is turned; the same at any place and size."""
    points = np.random.default_rng(3).uniform(0, 100, (17, 2)).astype(np.float32)
    points[9] = points[7] + 40 * np.array([math.cos(turn), math.sin(turn)], np.float32)
    return DetectedPose(
        points * np.float32(size) + np.float32(place), np.full(17, 0.9, np.float32), (0.0, 0.0, 1.0, 1.0)
    )


def test_character_consistency_keeps_its_terms_apart_and_is_none_without_poses() -> None:
    keyframes = torch.eye(4)[:2] * 0.6 + torch.eye(4)[2] * 0.8
    found = character_consistency(keyframes, torch.eye(4)[2], [_figure(0), None])
    assert found.s_clip.value == pytest.approx(0.8)
    assert found.s_pose.value is None
    assert found.cc.value is None
    assert found.s_pose.coverage == 0.5
    as_zero = character_consistency(keyframes, torch.eye(4)[2], [_figure(0), None], rule=PoseRule(missing="zero"))
    assert as_zero.cc.value == pytest.approx(0.4)
    both = character_consistency(keyframes, torch.eye(4)[2], [_figure(0), _figure(1)], alpha=0.25)
    assert both.cc.value == pytest.approx(0.25 * both.s_clip.value + 0.75 * both.s_pose.value)


def test_only_the_norm_image_rewards_moving_the_same_pose_about() -> None:
    moved = [_figure(0), _figure(0, place=200, size=2)]
    values = {
        norm: pose_variety(moved, PoseRule(norm=norm, image=(640, 360))).value
        for norm in ("procrustes", "bbox", "torso", "image")
    }
    assert values.pop("image") > 0.2
    assert max(values.values()) < 1e-4
    assert all(pose_variety([_figure(0), _figure(2)], PoseRule(norm=norm)).value > 0.01 for norm in values)


def test_measured_is_frozen_and_says_its_coverage() -> None:
    none = mean_of(SUBJECT, [])
    assert none.coverage == 0
    assert Measured.model_validate_json(none.model_dump_json()) == none
