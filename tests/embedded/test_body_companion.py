"""Somebody whom the board names stands beside the person, smaller if a child, and nobody else does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from personavlog_embedded.body.skeleton import Skeleton, skeleton

from personavlog.script import Act, Board, Emotion, Framing, TimeOfDay
from personavlog_embedded.body.build import ADULT
from personavlog_embedded.body.companion import companion, companion_name
from personavlog_embedded.body.company import completed, person_of
from personavlog_embedded.body.poses import POSES
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec


def spec(*company: str, framing: Framing = Framing.WIDE) -> KeyframeSpec:
    board = Board(
        place="village",
        time_of_day=TimeOfDay.NOON,
        action="Laughs",
        act=Act.LAUGH,
        framing=framing,
        emotion=Emotion.CALM,
        company=company,
    )
    return KeyframeSpec(board, 320, 180, "cinematic", 5, 2)


def person(on: KeyframeSpec, share: float = 0.3) -> Skeleton:
    bones = skeleton(ADULT, POSES["stand"]).placed(0, 0, 0.11 * on.height)
    return bones.placed(on.margin + share * on.width, on.margin + 0.93 * on.height - bones.lowest, 1.0)


@pytest.mark.weights
@pytest.mark.parametrize(
    "named, who",
    [
        ("her grandmother", "grandmother"),
        ("the old fisherman", "grandfather"),
        ("a little girl", "child"),
        ("the baker's wife", "woman"),
        ("an old friend", "friend"),
        ("a midwife", "woman"),
        ("a blacksmith", "friend"),
        ("an old dog", ""),
        ("two ducks", ""),
        ("a falcon", ""),
        ("a falconer", "friend"),
    ],
)
def test_whom_the_company_names(named: str, who: str) -> None:
    assert companion_name(spec(named)) == person_of(named) == who


def test_nobody_is_guessed_from_the_action() -> None:
    board = spec().board.model_copy(update={"action": "Hugs her grandmother"})
    assert companion_name(replace(spec(), board=board)) == ""


@pytest.mark.weights
def test_an_animal_is_a_thing_to_be_drawn_and_a_person_is_not() -> None:
    board = completed(spec("a small dog", "his uncle").board)
    assert board.props == ("a small dog",) and companion_name(replace(spec(), board=board)) == "man"


def test_close_shots_show_only_the_person() -> None:
    assert companion_name(spec("grandmother", framing=Framing.CLOSE_UP)) == ""


@pytest.mark.parametrize("share", [0.3, 0.7])
def test_a_companion_stands_on_the_person_s_ground_on_the_roomier_side(share: float) -> None:
    on = spec("grandmother")
    bones = person(on, share)
    other = companion(on, bones, outdoors=True)
    assert other is not None
    middle = (other.box[0] + other.box[2]) / 2
    assert (middle > bones.hips[0]) == (share < 0.5)
    assert abs(other.box[3] - bones.lowest) < 0.05 * on.height
    assert other.rgba.shape == (*on.canvas, 4) and other.rgba.dtype == np.uint8


def test_a_child_is_smaller_than_a_friend() -> None:
    child, friend = (companion(spec(who), person(spec()), outdoors=True) for who in ("child", "friend"))
    assert child is not None and friend is not None
    assert child.box[3] - child.box[1] < 0.9 * (friend.box[3] - friend.box[1])
