"""Figures in poses: limbs keep their lengths, feet stand, faces look at us, and hands are where they are said to be, for every build."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import pytest

from personavlog_embedded import data
from personavlog_embedded.figure.company import near_side, together, touch_kinds, world
from personavlog_embedded.figure.geometry import Vectors, turn
from personavlog_embedded.figure.grasp import closed
from personavlog_embedded.figure.mesh import mesh
from personavlog_embedded.figure.outfit import Outfit
from personavlog_embedded.figure.pose import Arm, Grip, Pose, grips
from personavlog_embedded.figure.rig import posed, settled
from personavlog_embedded.figure.shape import Shape, bare
from personavlog_embedded.figure.shot import Performer
from personavlog_embedded.figure.skeleton import SIDES, Bones, skin_points
from personavlog_embedded.figure.stance import seat_height, seated, soles
from personavlog_embedded.figure.touch import aim, arms, held, reached, touch_points, touches

SHAPES = {
    "man": Shape(0.9, 35),
    "woman": Shape(0.1, 30),
    "heavy man": Shape(0.8, 50, 0.9, 0.2),
    "thin woman": Shape(0.2, 25, -0.8, -0.3),
    "strong man": Shape(1, 28, 0, 0.9),
    "child of 6": Shape(0.4, 6),
    "child of 11": Shape(0.5, 11),
    "old woman": Shape(0.1, 80),
}
POSES: Mapping[str, Pose] = data.read_rows(Pose, "figure_poses", by="name")
LIMBS = (("upperarm01", "lowerarm01"), ("lowerarm01", "wrist"), ("upperleg01", "lowerleg01"), ("lowerleg01", "foot"))
every_pose = pytest.mark.parametrize("name", POSES)


@lru_cache(maxsize=len(POSES) * len(SHAPES))
def bones_of(shape: str, name: str) -> Bones:
    return posed(bare(SHAPES[shape]), POSES[name])


@every_pose
def test_no_point_is_lost_and_limbs_keep_their_lengths(name: str) -> None:
    for shape in SHAPES:
        body, bones = bare(SHAPES[shape]), bones_of(shape, name)
        assert np.isfinite(bones.carried(body.points)).all()
        rest = dict(zip(mesh().bones, body.heads, strict=True))
        for (one, two), (letter, *_) in itertools.product(LIMBS, SIDES):
            ends = f"{one}.{letter}", f"{two}.{letter}"
            was, now = (np.linalg.norm(at[ends[1]] - at[ends[0]]) for at in (rest, bones.joints))
            assert now == pytest.approx(was, rel=0.01), (shape, ends)


@every_pose
def test_the_face_looks_at_us(name: str) -> None:
    pose = POSES[name]
    for shape in SHAPES:
        bones = bones_of(shape, name)
        way = turn([0, 1, 0], pose.yaw) @ bones.turns[mesh().bones.index("head")] @ [0, 0, 1]
        assert (np.degrees(np.arccos(way[2])) < 40) != pose.back


@every_pose
def test_planted_feet_stand_on_one_ground_and_nothing_is_under_it(name: str) -> None:
    pose = POSES[name]
    for shape in SHAPES:
        body = bare(SHAPES[shape])
        lows = soles(body, bones_of(shape, name))
        ground = min(lows.values())
        assert all(lows[side] - ground < 0.01 for side in pose.planted), (shape, lows)


def test_who_stands_has_planted_feet() -> None:
    lifted = {"run", "jump", "lie", "sleep", "swim", "ride"}
    for name, pose in POSES.items():
        legs = pose.left_leg, pose.right_leg
        assert pose.planted or pose.seat or name in lifted or legs[0] == legs[1], name


@every_pose
def test_hands_reach_what_they_touch(name: str) -> None:
    for shape in SHAPES:
        body, bones = bare(SHAPES[shape]), bones_of(shape, name)
        for side, arm in arms(POSES[name]).items():
            if arm.to:
                miss = np.linalg.norm(touches(bones, side, arm) - aim(body, bones, side, arm))
                assert miss < 0.02, (shape, side, miss)


@every_pose
def test_no_arm_goes_through_the_trunk(name: str) -> None:
    for shape in SHAPES:
        for joint, deep in _in_trunk(bones_of(shape, name), bare(SHAPES[shape]).tall):
            assert deep < 0.0, (shape, joint, deep)
