"""Emotions and words become faces."""

from __future__ import annotations

from dataclasses import astuple
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from personavlog.script import Emotion
from personavlog_embedded.face.acting import within_bounds
from personavlog_embedded.face.mood import expression_of, plus, read_expression
from personavlog_embedded.scene.expression import AS_IN_PHOTO, Expression


def test_every_two_emotions_show_different_faces() -> None:
    faces = {emotion: np.array(astuple(expression_of(emotion, "walks", seed=3, toward=1)))[:4] for emotion in Emotion}
    assert min(float(np.abs(faces[a] - faces[b]).max()) for a, b in combinations(Emotion, 2)) > 0.1


def test_shots_differ_and_the_same_shot_does_not() -> None:
    faces = {expression_of(Emotion.JOYFUL, "walks", seed=seed) for seed in range(8)}
    assert len(faces) == 8 and expression_of(Emotion.JOYFUL, "walks", seed=3) == expression_of(
        Emotion.JOYFUL, "walks", seed=3
    )


@given(
    st.sampled_from(Emotion),
    st.text(max_size=80),
    st.integers(0, 2**40),
    st.sampled_from([-1.0, 0.0, 0.4, 1.0]),
    st.booleans(),
)
def test_any_words_give_a_face_within_its_ranges(
    emotion: Emotion, words: str, seed: int, toward: float, lens: bool
) -> None:
    face = expression_of(emotion, words, seed=seed, toward=toward, lens=lens)
    assert face == within_bounds(face)


@pytest.mark.parametrize("toward", [-1.0, 1.0])
def test_a_person_turns_towards_what_they_look_at(toward: float) -> None:
    face = expression_of(Emotion.CALM, "Looks at the old clock on the wall", seed=5, toward=toward)
    assert face.turn * toward > 0 and face.gaze_x * toward > 0


def test_a_named_side_beats_the_place_of_things() -> None:
    assert (
        expression_of(Emotion.CALM, "Looks left", seed=1, toward=1.0).turn
        < 0
        < expression_of(Emotion.CALM, "向右看", seed=1, toward=-1.0).turn
    )


def test_who_speaks_to_the_lens_looks_into_it() -> None:
    face = expression_of(Emotion.NOSTALGIC, "Looks back at the street", seed=2, lens=True)
    assert face.gaze_x == face.gaze_y == 0 and abs(face.turn) <= 6


@pytest.mark.parametrize(
    ("words", "value", "sign"),
    [
        ("looking left", "turn", -1),
        ("look to the right", "turn", 1),
        ("looking up", "nod", -1),
        ("looks down", "nod", 1),
        ("happier", "smile", 1),
        ("smiling", "smile", 1),
        ("sad", "smile", -1),
        ("serious", "smile", -1),
        ("surprised", "brows", 1),
        ("eyes closed", "eyes", -1),
        ("with her eyes shut", "eyes", -1),
        ("laughing", "mouth", 1),
        ("angry", "brows", -1),
        ("向左看", "turn", -1),
        ("更开心", "smile", 1),
        ("闭上眼睛", "eyes", -1),
        ("惊讶", "eyes", 1),
        ("难过", "smile", -1),
    ],
)
def test_instructions_are_read(words: str, value: str, sign: int) -> None:
    face = read_expression(words)
    assert face is not None and sign * getattr(face, value) > 0.1


@pytest.mark.parametrize(
    "words", ["add a red umbrella", "another place: the beach", "make it brighter", "加一只猫", ""]
)
def test_what_is_not_about_the_face_is_not_read(words: str) -> None:
    assert read_expression(words) is None


def test_instructions_add_up_and_the_camera_takes_turning_back() -> None:
    left = read_expression("looking left")
    both = read_expression("smiling", left or AS_IN_PHOTO)
    assert left is not None and both is not None and both.turn == left.turn and both.smile > 0
    back = read_expression("look at the camera", both)
    assert back is not None and back.turn == back.gaze_x == 0 and back.smile == both.smile


@given(st.floats(-3, 3), st.floats(-90, 90))
def test_sums_stay_within_the_ranges(smile: float, turn: float) -> None:
    face = plus(Expression(smile=smile, turn=turn), Expression(smile=smile, turn=turn))
    assert -1 <= face.smile <= 1 and -25 <= face.turn <= 25
