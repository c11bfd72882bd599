"""Bodies: what boards ask for is done, limbs keep their length, parts turn about their joints without a gap."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import cv2
import numpy as np
import pytest

from personavlog.script import Board, Emotion, Framing, TimeOfDay
from personavlog_embedded.body import arms_and_legs, torso
from personavlog_embedded.body.body_layers import grips
from personavlog_embedded.body.build import ADULT, CHILD, Build
from personavlog_embedded.body.hand import hand
from personavlog_embedded.body.outfit import Outfit
from personavlog_embedded.body.part_sheet import Sheet
from personavlog_embedded.body.pose import Pose
from personavlog_embedded.body.pose_choice import MOODS, NEEDS_A_THING, WORDS, chosen
from personavlog_embedded.body.poses import POSES
from personavlog_embedded.body.skeleton import Skeleton, skeleton
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec

GREY = np.array([0.5, 0.5, 0.5], np.float32)


def spec(
    action: str, turn: int = 0, framing: Framing = Framing.WIDE, emotion: Emotion = Emotion.CALM, pose: str = ""
) -> KeyframeSpec:
    board = Board(place="park", time_of_day=TimeOfDay.NOON, action=action, framing=framing, emotion=emotion)
    return KeyframeSpec(board, 640, 360, "cinematic", 1, 2, turn, pose=pose)


def dressed(long: bool) -> Outfit:
    return Outfit("sweater" if long else "tee", long, GREY, GREY, GREY, GREY, GREY)


def posed(name: str, size: float = 100.0) -> Skeleton:
    return skeleton(ADULT, POSES[name]).placed(0, 0, size)


def test_the_library_is_large_and_every_word_leads_to_a_pose_in_it() -> None:
    assert len(POSES) >= 20
    assert {name for _, names in WORDS for name in names} <= set(POSES)
    assert {name for names in MOODS.values() for name in names} <= set(POSES)


@pytest.mark.parametrize(
    "action, name",
    [
        ("Walks slowly along the shore", "walk"),
        ("Waves at the fishermen", "wave"),
        ("Reads an old letter aloud", "read"),
        ("Sits on the grass and laughs", "sit ground"),
        ("Sits down on a bench", "sit"),
        ("Points at a strange bird", "point"),
        ("Takes a photo of the bridge", "photo"),
        ("Sips hot tea", "drink"),
        ("Cheers with raised arms", "cheer"),
        ("Crouches down beside the cat", "crouch"),
        ("Dances in the rain", "dance"),
        ("Holds a lantern", "hold"),
        ("Paints the harbour", "paint"),
        ("Digs a hole for the tree", "dig"),
        ("Plants the first seedlings", "plant"),
        ("Lies in the grass", "lie"),
        ("Looks around for the dragon", "search"),
        ("Makes a wish", "pray"),
        ("Stirs the soup", "cook"),
        ("Writes a postcard", "write"),
        ("Carries the bags home", "carry"),
        ("Rows across the bay", "row"),
        ("Plays the guitar", "play"),
        ("她在海边散步", "walk"),
    ],
)
def test_the_body_does_what_the_board_says(action: str, name: str) -> None:
    assert chosen(replace(spec(action), props=("a thing",))).name == name


def test_empty_hands_hold_nothing() -> None:
    assert chosen(spec("Holds a lantern")).name not in NEEDS_A_THING


def test_a_pose_that_a_correction_names_counts_more_than_the_board() -> None:
    assert chosen(spec("Walks along the shore", pose="hands on hips")).name == "hands on hips"


@pytest.mark.weights
def test_neighbours_never_stand_alike_where_the_words_say_nothing() -> None:
    for first, second, turn in product(Emotion, Emotion, range(6)):
        one, other = (
            chosen(spec("Hmm", turn + n, Framing.MEDIUM, mood)).name for n, mood in enumerate((first, second))
        )
        assert one != other


def test_limbs_keep_their_length_and_mirroring_twice_changes_nothing() -> None:
    for pose in POSES.values():
        bones = skeleton(CHILD, pose)
        for limb, arm in zip(bones.arms, (pose.left, pose.right), strict=True):
            seen = np.hypot(*(limb.end - limb.middle)) / CHILD.forearm
            assert 0.4 < seen <= 1 + 1e-6 if arm.to else seen == pytest.approx(arm.fore_seen)
        other = skeleton(CHILD, pose.mirrored())
        assert np.allclose(other.arms[0].end * (-1, 1), bones.arms[1].end)
        assert pose.mirrored().mirrored() == pose


@pytest.mark.parametrize("build", [ADULT, CHILD], ids=["adult", "child"])
@pytest.mark.parametrize("pose", [pose for pose in POSES.values() if pose.right.to], ids=lambda pose: pose.name)
def test_a_hand_gets_to_where_its_pose_sends_it_whatever_the_build(build: Build, pose: Pose) -> None:
    assert pose.right.to
    bones = skeleton(build, pose)
    turn = np.radians(pose.lean + (pose.head if pose.right.to[1] < 0.4 else 0.0))
    (x, y), (c, s) = pose.right.to, (np.cos(turn), np.sin(turn))
    goal = bones.chin + np.array([c * x - s * y, s * x + c * y])
    assert np.hypot(*(bones.arms[1].end - goal)) < 0.12


def test_hands_stay_near_enough_to_the_body_and_heads_are_above_feet() -> None:
    for pose in POSES.values():
        bones = skeleton(ADULT, pose)
        assert bones.chin[1] < bones.hips[1] < bones.lowest
        assert max(np.hypot(*(arm.end - arm.root)) for arm in bones.arms) <= ADULT.upper_arm + ADULT.forearm + 1e-6


def test_a_pointing_hand_reaches_further_than_a_fist() -> None:
    wrist = np.array([100.0, 100.0])
    far = {shape: np.flatnonzero(_row(hand(shape, wrist, 0, 80, 1, GREY)))[-1] for shape in ("fist", "point")}
    assert far["point"] > far["fist"] + 20


def _row(sheet: Sheet) -> np.ndarray:
    out = np.zeros(400)
    out[sheet.left : sheet.left + sheet.alpha.shape[1]] = sheet.alpha.max(axis=0) > 0.5
    return out


@pytest.mark.parametrize("long, angle", [(long, angle) for long in (True, False) for angle in (-40, -20, 20, 40)])
def test_a_forearm_turns_about_the_elbow_without_a_gap(long: bool, angle: int) -> None:
    bones = posed("stand", 120.0).placed(300, 300, 1.0)
    limb = bones.arms[1]
    canvas = Sheet(0, 0, 700, 900)
    upper = arms_and_legs.upper_arm(bones, limb, dressed(long), None).cover_on(canvas)
    lower = arms_and_legs.forearm(bones, limb, dressed(long)).cover_on(canvas)
    turn = cv2.getRotationMatrix2D(tuple(float(v) for v in limb.middle), angle, 1.0)
    both = 1 - (1 - upper) * (1 - cv2.warpAffine(lower, turn, lower.shape[::-1]))
    way = turn[:, :2] @ (limb.end - limb.middle)
    line = [limb.middle + share * way for share in np.linspace(-0.1, 0.8, 40)] + [
        limb.middle + share * (limb.root - limb.middle) for share in np.linspace(0, 0.8, 40)
    ]
    assert min(both[round(y), round(x)] for x, y in line) > 0.97


def test_sleeves_and_skin_are_drawn_as_dressed() -> None:
    bones = posed("stand")
    red = Outfit("tee", False, np.array([0.9, 0.1, 0.1], np.float32), *[GREY] * 4)
    bare = arms_and_legs.forearm(bones, bones.arms[0], red)
    sleeve = arms_and_legs.forearm(bones, bones.arms[0], Outfit("sweater", True, red.skin, *[GREY] * 4))
    assert np.ptp(bare.rgb[bare.alpha > 0.9].mean(axis=0)) > 0.4
    assert np.ptp(sleeve.rgb[sleeve.alpha > 0.9].mean(axis=0)) < 0.1


def test_a_neckline_leaves_the_throat_bare() -> None:
    bones = posed("stand")
    skin, cloth = np.array([0.9, 0.6, 0.5], np.float32), np.array([0.1, 0.2, 0.6], np.float32)
    drawn = torso.torso(bones, Outfit("tee", False, skin, skin, cloth, GREY, GREY), None, 3)
    x, y = round(bones.neck[0]) - drawn.left, round(bones.neck[1]) - drawn.top
    assert drawn.rgb[y, x, 0] > drawn.rgb[y, x, 2]
    assert drawn.rgb[y + 40, x, 2] > drawn.rgb[y + 40, x, 0]


def test_hands_that_hold_are_told_and_lie_at_the_end_of_the_arms() -> None:
    for pose in POSES.values():
        bones = posed(pose.name)
        for grip, limb, arm in zip(grips(bones), bones.arms, (pose.left, pose.right), strict=True):
            assert grip.holds == arm.holds
            assert np.hypot(grip.x - limb.end[0], grip.y - limb.end[1]) < grip.size


def test_a_seat_is_only_under_who_sits() -> None:
    assert {pose.name for pose in POSES.values() if pose.seat} == {"sit", "sit ground", "lie", "row"}
    assert isinstance(POSES["sit"], Pose) and posed("sit ground").lowest > posed("sit ground").hips[1]
