"""Somebody whom the board names stands beside the person, smaller if a child, and nobody else does."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from personavlog.script import Act, Board, Emotion, Framing, TimeOfDay
from personavlog_embedded.body.companion import together_with
from personavlog_embedded.body.company import completed, person_of
from personavlog_embedded.body.looks import companions
from personavlog_embedded.body.poses import POSES
from personavlog_embedded.figure.outfit import DrawnHead, Outfit
from personavlog_embedded.figure.shape import Shape
from personavlog_embedded.figure.shot import Performer
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec

OUTFIT = Outfit("tee", False, *[(0.5, 0.4, 0.3)] * 5)


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


def cast(on: KeyframeSpec, x: float = -0.6) -> tuple[Performer, ...]:
    person = Performer(Shape(), OUTFIT, POSES["stand"], x, head=DrawnHead())
    return together_with(on, person, (0.2, 0.15, 0.1), outdoors=True)


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
    assert person_of(named) == who


def test_nobody_is_guessed_from_the_action() -> None:
    board = spec().board.model_copy(update={"action": "Hugs her grandmother"})
    assert companions(replace(spec(), board=board)) == ((), ())


@pytest.mark.weights
def test_an_animal_is_a_thing_to_be_drawn_and_a_person_is_not() -> None:
    board = completed(spec("a small dog", "his uncle").board)
    assert board.props == ("a small dog",) and companions(replace(spec(), board=board))[0] == ("his uncle",)


@pytest.mark.parametrize("x", [-0.6, 0.6])
def test_a_companion_stands_on_the_person_s_ground_on_the_roomier_side(x: float) -> None:
    person, other = cast(spec("grandmother"), x)
    assert (other.x > person.x) == (x < 0) and other.yaw * x > 0, "turned to the person"
    assert other.lift == person.lift == 0 and abs(other.z - person.z) < 0.5


def test_no_two_stand_in_one_place() -> None:
    xs = sorted(who.x for who in cast(spec("mother", "grandfather", "a friend")))
    assert all(right - left > 0.5 for left, right in pairwise(xs))


@pytest.mark.parametrize("act", [Act.LAUGH, Act.HUG])
def test_who_hugs_comes_near_and_who_only_laughs_does_not(act: Act) -> None:
    on = replace(spec("friend"), board=spec("friend").board.model_copy(update={"act": act}))
    person, other = cast(on)
    assert (abs(other.x - person.x) < 0.5) == (act is Act.HUG)
