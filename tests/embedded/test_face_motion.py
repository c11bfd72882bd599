"""A face over time: alive, without jumps, and still where nothing is to move."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from personavlog.script import Camera
from personavlog_embedded.face.visemes import LipTrack
from personavlog_embedded.motion.blink import CLOSURE, schedule
from personavlog_embedded.motion.face_motion import Countenance, moving_face
from personavlog_embedded.motion.glance import Glances
from personavlog_embedded.motion.instructions import Instructions
from personavlog_embedded.motion.pace import Pace
from personavlog_embedded.scene.stage import FacePoints
from tests.embedded.test_face_acting import person

FRAMES, FPS = 120, 24.0


def plan(lips: LipTrack | None = None) -> Instructions:
    return Instructions(Camera.STATIC, FRAMES, FPS, 4, Pace(), lips=lips)


@cache
def talking() -> Countenance:
    """A face that says the same syllable over and over, from the first frame on at rest."""
    beat = 0.5 * np.clip(np.sin(np.arange(FRAMES) * 0.8), 0, 1)
    rgba, _, face = person()
    living = moving_face(rgba, (0, 0), face, plan(LipTrack(beat, 0 * beat, 0 * beat)))
    assert living is not None
    return living


def test_glances_jump_within_two_frames_and_the_head_follows_later() -> None:
    glances = Glances.draw(480, FPS, np.random.default_rng(3), calm=False)
    assert glances.at(0) == (0, 0) and glances.head(0.0) == 0
    assert 0.3 < np.abs(glances.across).max() <= 0.75
    changing = np.abs(np.diff(glances.across)) > 0
    runs = np.diff(np.flatnonzero(np.diff(np.concatenate([[False], changing, [False]]).astype(int))))[::2]
    assert runs.size >= 4 and runs.max() <= 2
    assert np.abs(np.diff(glances.turned)).max() < 0.35 * np.abs(np.diff(glances.across)).max()
    first = int(np.flatnonzero(glances.across)[0])
    assert not glances.turned[:first].any()


def test_who_speaks_to_the_viewer_looks_away_less() -> None:
    away = [
        [
            float(np.abs(Glances.draw(480, FPS, np.random.default_rng(seed), calm=calm).across).mean())
            for seed in range(12)
        ]
        for calm in (False, True)
    ]
    assert np.mean(away[1]) < 0.6 * np.mean(away[0])


def test_blinks_are_whole_and_never_at_the_start() -> None:
    lids = schedule(480, FPS, np.random.default_rng(2))
    assert not lids[: int(0.9 * FPS)].any() and (lids == 1).sum() >= 3
    assert lids.sum() == pytest.approx((lids == 1).sum() * sum(CLOSURE))


@pytest.mark.weights
def test_the_first_frame_is_the_keyframe() -> None:
    rgba, living = person()[0], talking()
    assert living.retouch(rgba, 0) is rgba
    x, y = np.meshgrid(np.arange(0.0, 400, 20), np.arange(0.0, 420, 20))
    assert all(np.abs(shift).max() == 0 for shift in living.turning(x, y, 0.0))


@pytest.mark.weights
def test_the_head_turns_smoothly_and_the_shoulders_stay() -> None:
    living, (_, mesh, _) = talking(), person()
    x, y = np.array([[mesh[1, 0], 200.0]]), np.array([[mesh[1, 1], 415.0]])
    path = np.array([living.turning(x, y, number / FPS)[0][0] for number in range(FRAMES)])
    assert np.ptp(path[:, 0]) > 3 and np.abs(np.diff(path[:, 0], 2)).max() < 0.5
    assert not path[:, 1].any()


@pytest.mark.weights
def test_speech_moves_the_mouth_and_not_the_brows() -> None:
    rgba, mesh, _ = person()
    number = next(n for n in range(FRAMES) if talking().retouch(rgba, n) is not rgba and np.sin(n * 0.8) > 0.9)
    change = np.abs(talking().retouch(rgba, number).astype(int) - rgba).sum(axis=2)
    assert change[int(mesh[13, 1]) : int(mesh[152, 1])].max() > 60
    assert not change[: int(mesh[105, 1])].any() and not change[int(mesh[152, 1]) + 70 :].any()


@pytest.mark.weights
def test_every_blink_covers_the_iris() -> None:
    rgba, mesh, face = person()
    living = moving_face(rgba, (0, 0), face, plan())
    assert living is not None
    x, y = (int(v) for v in mesh[468, :2])
    seen = np.array([living.retouch(rgba, n)[y - 3 : y + 3, x - 3 : x + 3, :3].mean() for n in range(FRAMES)])
    assert seen[0] < 110 and seen.max() > 130


@pytest.mark.weights
@pytest.mark.parametrize("shrunk", [True, False])
def test_a_small_face_and_one_elsewhere_are_left_alone(shrunk: bool) -> None:
    rgba, _, face = person()
    x0, y0 = face.box[:2]
    other = (
        FacePoints((x0, y0, x0 + 20, y0 + 26), face.points)
        if shrunk
        else FacePoints(face.box, face.points + np.float32(80))
    )
    assert moving_face(rgba, (0, 0), other, plan()) is None
