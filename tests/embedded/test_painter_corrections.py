"""The painter's own vocabulary of corrections: cumulative, changing one thing only, honest about the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personavlog.backbones.corrections import CHOICES, THING, VOCABULARY, Correction, Remedy
from personavlog.script import Act, Board, Emotion, Framing, TimeOfDay
from personavlog_embedded.painting.corrections import (
    EXPOSURES,
    FARTHEST,
    MOST_NOTES,
    MOST_PROPS,
    SIZES,
    KeyframeChange,
    read_change,
)

BOARD = Board(
    place="lake", time_of_day=TimeOfDay.NOON, action="sits still", framing=Framing.MEDIUM, emotion=Emotion.CALM
)
THINGS = {
    Correction.ADD: "kite",
    Correction.REMOVE: "lamp",
    Correction.HOLD: "cup",
    Correction.PLACE: "beach",
    Correction.FRAMING: "wide",
    Correction.TIME: "night",
    Correction.WEATHER: "snow",
    Correction.EXPRESSION: "happy",
    Correction.POSE: "wave",
    Correction.AGAIN: "left hand",
}


def remedy(correction: Correction, thing: str = "") -> Remedy:
    return Remedy(correction=correction, thing=thing or THINGS.get(correction, ""))


def things(correction: Correction) -> st.SearchStrategy[str]:
    """Anything that may stand behind the correction."""
    if correction in CHOICES:
        return st.sampled_from(CHOICES[correction])
    letters = st.characters(blacklist_categories=("Cs", "Cc", "Cf"))
    named = st.text(letters, min_size=2, max_size=THING).filter(lambda thing: len(thing.strip()) > 1)
    return named if correction.names else st.just("")


REMEDIES = st.sampled_from(sorted(VOCABULARY - {Correction.REMOVE, Correction.ODD})).flatmap(
    lambda one: st.builds(Remedy, correction=st.just(one), thing=things(one))
)


@pytest.mark.weights
@pytest.mark.parametrize("correction", sorted(VOCABULARY), ids=lambda correction: correction.name)
def test_every_correction_of_the_vocabulary_is_followed(correction: Correction) -> None:
    board = BOARD.model_copy(update={"props": ("lamp",)})
    change = read_change(board, [remedy(correction)])
    assert change.notes == () or correction is Correction.ODD
    assert (change != KeyframeChange(board, things=board.props)) or correction is Correction.AGAIN


def test_each_further_pose_that_is_asked_for_is_another() -> None:
    said = [remedy(Correction.OTHER_POSE)] * 3
    assert len({read_change(BOARD, said[: count + 1]).pose for count in range(3)}) == 3


def test_an_act_that_is_asked_for_takes_the_place_of_a_pose_before() -> None:
    change = read_change(BOARD, [remedy(Correction.OTHER_POSE), remedy(Correction.POSE, "read")])
    assert change.board.act is Act.READ and change.pose == ""


def test_what_is_to_be_held_is_seen_too_and_is_not_when_it_is_removed() -> None:
    held = read_change(BOARD, [remedy(Correction.HOLD, "cup")])
    assert held.board.holds == held.board.props == ("cup",)
    more = read_change(BOARD, [remedy(Correction.HOLD, one) for one in ("cup", "map", "letter")])
    assert more.board.holds == ("map", "letter") and len(more.board.props) == 3
    out = read_change(held.board, [remedy(Correction.REMOVE, "cup")])
    assert out.board.props == () and out.board.holds == ("cup",), "the arm stays where it was"


def test_corrections_add_up_over_attempts() -> None:
    bigger, brighter = remedy(Correction.BIGGER), remedy(Correction.BRIGHTER)
    change = read_change(BOARD, [bigger, brighter, bigger])
    assert change.size == pytest.approx(1.18**2)
    assert change.exposure > 1
    assert change.board == BOARD


def test_left_and_right_cancel_out() -> None:
    assert read_change(BOARD, [remedy(Correction.LEFT), remedy(Correction.RIGHT)]).shift == pytest.approx(0)


def test_prose_changes_nothing_and_is_said() -> None:
    change = read_change(BOARD, [remedy(Correction.WORDS, "Give her a third arm.")])
    assert change == KeyframeChange(BOARD, notes=change.notes) and "third arm" in change.notes[0]


def test_more_things_than_fit_are_said() -> None:
    full = BOARD.model_copy(update={"props": tuple(f"thing {n}" for n in range(MOST_PROPS))})
    for correction in (Correction.ADD, Correction.HOLD):
        change = read_change(full, [remedy(correction, "cup")])
        assert change.board == full and "cup" in change.notes[0]


def test_a_framing_at_the_end_of_its_scale_is_said() -> None:
    board = BOARD.model_copy(update={"framing": Framing.CLOSE_UP})
    change = read_change(board, [remedy(Correction.CLOSER)])
    assert change.board == board
    assert "close-up" in change.notes[0]


@given(st.lists(REMEDIES, max_size=30))
def test_all_corrections_together_stay_within_bounds(asked: list[Remedy]) -> None:
    change = read_change(BOARD, asked)
    assert SIZES[0] <= change.size <= SIZES[1] and EXPOSURES[0] <= change.exposure <= EXPOSURES[1]
    assert abs(change.shift) <= FARTHEST and len(change.notes) <= MOST_NOTES
    assert Board.model_validate(change.board.model_dump()) == change.board
