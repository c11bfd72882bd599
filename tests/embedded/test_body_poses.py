"""Bodies: what boards ask for is done, limbs keep their length, parts turn about their joints without a gap."""

from __future__ import annotations

from itertools import product

import cv2
import numpy as np
import pytest

from personavlog.script import Act, Board, Emotion, Framing, TimeOfDay
from personavlog_embedded.body import arms_and_legs, torso
from personavlog_embedded.body.acts import ACTS, row_of
from personavlog_embedded.body.body_layers import grips
from personavlog_embedded.body.build import ADULT, CHILD, Build
from personavlog_embedded.body.company import completed
from personavlog_embedded.body.hand import hand
from personavlog_embedded.body.hand_props import first_prop
from personavlog_embedded.body.outfit import Outfit
from personavlog_embedded.body.part_sheet import Sheet
from personavlog_embedded.body.pose import Pose
from personavlog_embedded.body.pose_choice import MOODS, NEEDS_A_THING, chosen
from personavlog_embedded.body.poses import POSES
from personavlog_embedded.body.skeleton import Skeleton, skeleton
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec

GREY = np.array([0.5, 0.5, 0.5], np.float32)


def board_of(action: str, framing: Framing = Framing.WIDE, emotion: Emotion = Emotion.CALM) -> Board:
    return Board(place="park", time_of_day=TimeOfDay.NOON, action=action, framing=framing, emotion=emotion)


def spec(
    action: str, turn: int = 0, framing: Framing = Framing.WIDE, emotion: Emotion = Emotion.CALM, pose: str = ""
) -> KeyframeSpec:
    return KeyframeSpec(board_of(action, framing, emotion), 640, 360, "cinematic", 1, 2, turn, pose=pose)


def dressed(long: bool) -> Outfit:
    return Outfit("sweater" if long else "tee", long, GREY, GREY, GREY, GREY, GREY)


def posed(name: str, size: float = 100.0) -> Skeleton:
    return skeleton(ADULT, POSES[name]).placed(0, 0, size)


def test_every_act_is_shown_by_poses_of_the_library_in_every_frame_and_with_empty_hands() -> None:
    assert len(POSES) >= 20 and list(ACTS) == list(Act)
    for row in ACTS.values():
        poses = [POSES[name] for name in row.poses]
        assert any(pose.half and not pose.back for pose in poses), f"{row.name} is seen where the frame cuts the legs"
        assert row.thing or any(name not in NEEDS_A_THING for name in row.poses), f"{row.name} has something to hold"
    assert {name for names in MOODS.values() for name in names} <= set(POSES)


@pytest.mark.parametrize("framing", [Framing.WIDE, Framing.MEDIUM, Framing.CLOSE_UP])
@pytest.mark.parametrize("act", Act)
def test_the_body_does_what_the_board_says(act: Act, framing: Framing) -> None:
    for holds in ((), ("lantern",), ("map", "suitcase")):
        board = completed(
            board_of("Laughs with the hen asleep in the basket", framing).model_copy(
                update={"act": act, "holds": holds}
            )
        )
        on = KeyframeSpec(board, 640, 360, "cinematic", 1, 2, props=board.props)
        pose = chosen(on)
        assert pose.name in ACTS[act].poses
        assert pose.half or framing is Framing.WIDE
        assert pose.name not in NEEDS_A_THING or board.holds


@pytest.mark.weights
@pytest.mark.parametrize(
    "action, act",
    [
        ("Walks slowly along the shore", Act.WALK),
        ("Reads an old letter aloud", Act.READ),
        ("Sits on the grass and laughs", Act.SIT),
        ("Sips hot tea", Act.DRINK),
        ("Dances in the rain", Act.DANCE),
        ("Digs a hole for the tree", Act.DIG),
        ("Makes a wish", Act.PRAY),
        ("Writes a postcard", Act.WRITE),
    ],
)
def test_an_action_without_an_act_is_read_by_what_it_means(action: str, act: Act) -> None:
    row = row_of(board_of(action))
    assert row is not None and row.name is act


@pytest.mark.weights
@pytest.mark.parametrize("action", ["Hmm", "Anna is outside.", "?!?!", "她在海边散步"])
def test_an_action_that_means_no_act_is_none(action: str) -> None:
    assert row_of(board_of(action)) is None


def test_what_an_act_needs_is_held_and_seen() -> None:
    plain = board_of("Reads").model_copy(update={"act": Act.READ})
    assert completed(plain).holds == completed(plain).props == ("book",)
    letter = plain.model_copy(update={"props": ("lamp", "old letter")})
    assert completed(letter).holds == ("old letter",), "what the board has of that kind comes first"
    held = plain.model_copy(update={"holds": ("map",)})
    assert completed(held).props == ("map",)
    assert completed(board_of("Reads a book")).holds == (), "a board without an act is left as it is"


def test_what_stands_about_is_not_taken_into_the_hands() -> None:
    stands = board_of("Stands").model_copy(update={"act": Act.STAND, "props": ("lantern",)})
    untold = board_of("Stands").model_copy(update={"props": ("lantern",)})
    said, free = (KeyframeSpec(board, 640, 360, "cinematic", 1, 2, props=board.props) for board in (stands, untold))
    assert first_prop(said) is None and first_prop(free) is not None


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
