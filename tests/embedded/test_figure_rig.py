"""Figures in poses: limbs keep their lengths, feet stand, faces look at us, and hands are where they are said to be,
for every build."""

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
from personavlog_embedded.figure.pose import LETTER, Arm, Grip, Pose, grips
from personavlog_embedded.figure.rig import posed
from personavlog_embedded.figure.shape import Shape, bare
from personavlog_embedded.figure.shot import Performer
from personavlog_embedded.figure.skeleton import Bones, skin_points
from personavlog_embedded.figure.stance import soles
from personavlog_embedded.figure.touch import aim, arms, held, reached, surface, touch_points, touches

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
POSES: Mapping[str, Pose] = data.read_rows(Pose, "poses", by="name")
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
        for (one, two), letter in itertools.product(LIMBS, LETTER.values()):
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


def _in_trunk(shape: str, name: str) -> dict[str, float]:
    """How deep (m) elbows, wrists and hands are inside the trunk, straight under the skin that is nearest; 0
    outside."""
    body, bones = bare(SHAPES[shape]), bones_of(shape, name)
    which = skin_points()[mesh().hangs_on("spine", "breast", "pelvis", "root")[skin_points()] > 0.8]
    trunk = bones.carried(body.points[which], which)
    deep = {}
    for bone, letter in itertools.product(("lowerarm01", "wrist", "finger3-1"), LETTER.values()):
        joint = bones.joints[f"{bone}.{letter}"]
        nearest = int(np.linalg.norm(trunk - joint, axis=1).argmin())
        spot, outwards = surface(body, bones, int(which[nearest]))
        under = float(outwards @ (spot - joint))
        inside = np.linalg.norm(spot - joint) < 0.06 * body.tall and under > 0.7 * np.linalg.norm(spot - joint)
        deep[f"{bone}.{letter}"] = under if inside else 0.0
    return deep


@every_pose
def test_no_joint_of_a_limb_is_inside_the_trunk(name: str) -> None:
    for shape in SHAPES:
        deep = _in_trunk(shape, name)
        assert max(deep.values()) < 0.025, (shape, deep)


@every_pose
def test_mirrored_twice_is_the_same_and_once_is_a_mirror(name: str) -> None:
    pose, body = POSES[name], bare(SHAPES["woman"])
    assert pose.mirrored().mirrored() == pose
    there, mirrored = posed(body, pose).joints, posed(body, pose.mirrored()).joints
    for bone in ("wrist", "lowerarm01", "foot", "finger2-3"):
        np.testing.assert_allclose(there[f"{bone}.L"], mirrored[f"{bone}.R"] * [-1, 1, 1], atol=1e-2)


def test_equal_poses_give_equal_meshes() -> None:
    def digest() -> str:
        posed.cache_clear()
        body = bare(SHAPES["man"])
        return hashlib.sha256(posed(body, POSES["think"]).carried(body.points).tobytes()).hexdigest()

    assert digest() == digest()


def test_the_table_of_acts_names_poses_that_are_there() -> None:
    acts = data.read_toml("acts.toml")["acts"]
    assert {pose for act in acts for pose in act["poses"]} <= set(POSES)


def test_every_grip_and_touch_point_named_is_there() -> None:
    both = [arm for pose in POSES.values() for arm in arms(pose).values()]
    assert {arm.grip for arm in both} <= set(grips())
    assert {arm.to for arm in both if arm.to} <= set(touch_points())
    laid = {spot.removeprefix("far ") for touch in touch_kinds().values() for hand in touch.hands for spot in hand.on}
    assert laid <= set(touch_points())


@pytest.mark.parametrize("radius", [0.01, 0.02, 0.04])
@pytest.mark.parametrize("shape", SHAPES)
def test_fingers_close_until_they_meet_what_is_held(shape: str, radius: float) -> None:
    body = bare(SHAPES[shape])
    bones = posed(body, Pose("hold", left=Arm(grip=closed(body, "left", radius))))
    middle, axis = held(bones.joints, "left", radius)
    palm = np.linalg.norm(bones.joints["finger3-1.L"] - bones.joints["wrist.L"])
    for finger in (2, 3, 4, 5):
        away = np.array([bones.joints[f"finger{finger}-{joint}.L"] - middle for joint in (2, 3)])
        room = np.linalg.norm(away - np.outer(away @ axis, axis), axis=1).min() - radius
        assert 0 < room < 0.5 * palm
    skin = skin_points()[mesh().hangs_on("finger2", "finger3", "finger4")[skin_points()] > 0.9]
    points = bones.carried(body.points[skin], skin)[body.points[skin, 0] > 0] - middle
    gap = np.linalg.norm(points - np.outer(points @ axis, axis), axis=1).min() - radius
    assert abs(gap) < 0.006


def test_a_fist_closes_further_around_a_thin_rod() -> None:
    body = bare(SHAPES["man"])
    thin, thick = (closed(body, "right", radius) for radius in (0.01, 0.04))
    assert isinstance(thin, Grip) and all(sum(getattr(thin, f)) > sum(getattr(thick, f)) for f in ("index", "middle"))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_hand_goes_to_any_point_in_reach(shape: str, side: str) -> None:
    body, sign, letter = bare(SHAPES[shape]), (1 if side == "left" else -1), side[0].upper()
    at = posed(body, POSES["stand"]).joints
    shoulder, elbow, wrist = (at[f"{bone}.{letter}"] for bone in ("upperarm01", "lowerarm01", "wrist"))
    length = np.linalg.norm(elbow - shoulder) + np.linalg.norm(wrist - elbow)
    for out, up, ahead in ((0.2, -0.7, 0.4), (-0.1, -0.1, 0.75), (0.5, 0.1, 0.5), (0.1, -0.3, 0.6)):
        target = shoulder + np.array([sign * out, up, ahead]) * length
        pose = reached(body, POSES["stand"], side, target)
        assert np.linalg.norm(touches(posed(body, pose), side, arms(pose)[side]) - target) < 0.01


@pytest.mark.parametrize("kind", touch_kinds())
@pytest.mark.parametrize(
    ("one", "two"), list(itertools.combinations(("man", "thin woman", "child of 6", "child of 11"), 2))
)
def test_hands_of_two_figures_meet_skin_and_do_not_go_in(kind: str, one: str, two: str) -> None:
    first, second = together(kind, _standing(one, -0.4, 20), _standing(two, 0.4, -20))
    spots = [_palm(who, near_side(who, other)) for who, other in ((first, second), (second, first))]
    if touch_kinds()[kind].meet:
        assert np.linalg.norm(spots[0] - spots[1]) < 0.03
    else:
        assert -0.015 < _over_skin(second, spots[0]) < 0.04


def _standing(shape: str, x: float, yaw: float) -> Performer:
    plain = (0.5, 0.5, 0.5)
    outfit = Outfit("sweater", True, plain, plain, plain, plain, plain)
    return Performer(SHAPES[shape], outfit, POSES["stand"], x, 0.0, yaw)


def _palm(who: Performer, side: str) -> Vectors:
    return world(who, touches(posed(bare(who.shape), who.pose), side, arms(who.pose)[side])[None])[0]


def _over_skin(who: Performer, spot: Vectors) -> float:
    """How far (m) a point of the world is over somebody's skin; below 0 inside."""
    body, skin = bare(who.shape), skin_points()
    bones = posed(body, who.pose)
    points = world(who, bones.carried(body.points[skin], skin).astype(float))
    nearest = int(np.linalg.norm(points - spot, axis=1).argmin())
    _, outwards = surface(body, bones, int(skin[nearest]))
    return float((spot - points[nearest]) @ (turn([0, 1, 0], who.yaw + who.pose.yaw) @ outwards))
