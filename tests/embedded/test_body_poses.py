"""Poses: what boards ask for is done, in every frame, with what is held."""

from __future__ import annotations

from itertools import product

import pytest

from personavlog.script import Act, Board, Emotion, Framing, TimeOfDay
from personavlog_embedded.body.acts import ACTS, row_of
from personavlog_embedded.body.company import completed
from personavlog_embedded.body.hand_props import first_prop, with_prop
from personavlog_embedded.body.pose_choice import MOODS, NEEDS_A_THING, chosen
from personavlog_embedded.body.poses import POSES
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec

BOTH_HANDS = {Act.STRETCH, Act.HUG, Act.PRAY, Act.SWIM, Act.DRIVE, Act.RIDE}
"""Acts that leave no hand for a thing."""


def board_of(action: str, framing: Framing = Framing.WIDE, emotion: Emotion = Emotion.CALM) -> Board:
    return Board(place="park", time_of_day=TimeOfDay.NOON, action=action, framing=framing, emotion=emotion)


def spec(
    action: str, turn: int = 0, framing: Framing = Framing.WIDE, emotion: Emotion = Emotion.CALM, pose: str = ""
) -> KeyframeSpec:
    return KeyframeSpec(board_of(action, framing, emotion), 640, 360, "cinematic", 1, 2, turn, pose=pose)


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


@pytest.mark.parametrize("framing", [Framing.WIDE, Framing.MEDIUM])
@pytest.mark.parametrize("act", sorted(set(Act) - BOTH_HANDS))
def test_what_is_held_has_a_hand_whatever_is_done(act: Act, framing: Framing) -> None:
    board = completed(board_of("Does it", framing).model_copy(update={"act": act, "holds": ("cup",)}))
    on = KeyframeSpec(board, 640, 360, "cinematic", 1, 2, props=board.props)
    pose = chosen(on)
    done = with_prop(pose, on)
    assert done.left.holds or done.right.holds or pose.seat == "ground"


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


def test_mirroring_twice_changes_nothing() -> None:
    assert all(pose.mirrored().mirrored() == pose for pose in POSES.values())


def test_seats_are_for_who_sits() -> None:
    seated = {name for name, pose in POSES.items() if pose.seat}
    assert {"sit", "sit ground", "row"} <= seated and not seated & {"stand", "walk", "run", "wave"}
