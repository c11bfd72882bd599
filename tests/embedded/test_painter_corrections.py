"""The painter's own vocabulary of corrections: cumulative, changing one thing only, honest about the rest."""

from __future__ import annotations

import pytest

from personavlog.backbones.corrections import Correction, Remedy
from personavlog.script import Board, Emotion, Framing, TimeOfDay
from personavlog_embedded.painting.corrections import KeyframeChange, phrases, read_change

BOARD = Board(
    place="lake", time_of_day=TimeOfDay.NOON, action="sits still", framing=Framing.MEDIUM, emotion=Emotion.CALM
)


THINGS = {
    Correction.ADD: "kite",
    Correction.REMOVE: "lamp",
    Correction.PLACE: "beach",
    Correction.FRAMING: "wide",
    Correction.TIME: "night",
    Correction.WEATHER: "snow",
    Correction.EXPRESSION: "smiling",
    Correction.POSE: "wave",
    Correction.AGAIN: "left hand",
}


@pytest.mark.weights
@pytest.mark.parametrize("correction", Correction, ids=lambda correction: correction.name)
def test_every_correction_of_the_vocabulary_is_followed(correction: Correction) -> None:
    board = BOARD.model_copy(update={"props": ("lamp",)})
    change = read_change(board, [Remedy(correction=correction, thing=THINGS.get(correction, "")).text])
    assert change.notes == () or correction is Correction.ODD
    assert (change != KeyframeChange(board)) or correction is Correction.AGAIN


@pytest.mark.weights
@pytest.mark.parametrize(
    "correction", [Correction.FRAMING, Correction.TIME, Correction.WEATHER, Correction.EXPRESSION, Correction.POSE]
)
def test_a_value_that_there_is_not_is_said(correction: Correction) -> None:
    change = read_change(BOARD, [Remedy(correction=correction, thing="lying qwertz").text])
    assert change == KeyframeChange(BOARD, notes=change.notes) and len(change.notes) == 1


def test_each_complaint_about_limbs_asks_for_another_pose() -> None:
    said = ["the hands have six fingers", "fix the deformed hand", "there is a third arm"]
    poses = [read_change(BOARD, said[: count + 1]).pose for count in range(3)]
    assert len(set(poses)) == 3


def test_corrections_add_up_over_attempts() -> None:
    said = phrases(["bigger person"], "brighter; bigger person ")
    change = read_change(BOARD, said)
    assert said == ["bigger person", "brighter", "bigger person"]
    assert change.size == pytest.approx(1.18**2)
    assert change.exposure > 1
    assert change.board == BOARD


def test_left_and_right_cancel_out() -> None:
    assert read_change(BOARD, ["move the person left", "move the person right"]).shift == pytest.approx(0)


@pytest.mark.weights
@pytest.mark.parametrize("phrase", ["give her a third arm", "add ", "mirror it"])
def test_what_cannot_be_followed_changes_nothing_and_is_said(phrase: str) -> None:
    change = read_change(BOARD, [phrase])
    assert (change.board, change.size, change.exposure) == (BOARD, 1.0, 1.0)
    assert len(change.notes) == 1


def test_a_framing_at_the_end_of_its_scale_is_said() -> None:
    board = BOARD.model_copy(update={"framing": Framing.CLOSE_UP})
    change = read_change(board, ["closer framing"])
    assert change.board == board
    assert "close-up" in change.notes[0]
