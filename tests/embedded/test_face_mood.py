"""Emotions and words become faces."""

from __future__ import annotations

from dataclasses import astuple
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from personavlog.backbones.corrections import Face
from personavlog.script import Act, Emotion
from personavlog_embedded.body.acts import ACTS
from personavlog_embedded.face.acting import within_bounds
from personavlog_embedded.face.asked import FACES, asked
from personavlog_embedded.face.mood import expression_of, plus
from personavlog_embedded.scene.expression import AS_IN_PHOTO, Expression


def test_every_two_emotions_show_different_faces() -> None:
    faces = {emotion: np.array(astuple(expression_of(emotion, seed=3, toward=1)))[:4] for emotion in Emotion}
    assert min(float(np.abs(faces[a] - faces[b]).max()) for a, b in combinations(Emotion, 2)) > 0.1


def test_shots_differ_and_the_same_shot_does_not() -> None:
    faces = {expression_of(Emotion.JOYFUL, seed=seed) for seed in range(8)}
    assert len(faces) == 8 and expression_of(Emotion.JOYFUL, seed=3) == expression_of(Emotion.JOYFUL, seed=3)


@given(
    st.sampled_from(Emotion),
    st.sampled_from(Act),
    st.integers(0, 2**40),
    st.sampled_from([-1.0, 0.0, 0.4, 1.0]),
    st.booleans(),
)
def test_every_act_gives_a_face_within_its_ranges(
    emotion: Emotion, act: Act, seed: int, toward: float, lens: bool
) -> None:
    face = expression_of(emotion, ACTS[act].face, seed=seed, toward=toward, lens=lens)
    assert face == within_bounds(face)


@pytest.mark.parametrize("toward", [-1.0, 1.0])
def test_a_person_turns_towards_what_they_look_at(toward: float) -> None:
    face = expression_of(Emotion.CALM, ACTS[Act.LOOK].face, seed=5, toward=toward)
    assert face.turn * toward > 0 and face.gaze_x * toward > 0


@pytest.mark.parametrize(
    ("act", "value", "sign"),
    [
        (Act.LAUGH, "mouth", 1),
        (Act.SLEEP, "eyes", -1),
        (Act.CRY, "smile", -1),
        (Act.READ, "nod", 1),
        (Act.LOOK_UP, "nod", -1),
    ],
)
def test_the_face_goes_with_the_act(act: Act, value: str, sign: int) -> None:
    done, idle = (getattr(expression_of(Emotion.CALM, face, seed=4), value) for face in (ACTS[act].face, AS_IN_PHOTO))
    assert sign * (done - idle) > 0.1


def test_who_speaks_to_the_lens_looks_into_it() -> None:
    face = expression_of(Emotion.NOSTALGIC, ACTS[Act.LOOK].face, seed=2, lens=True)
    assert face.gaze_x == face.gaze_y == 0 and abs(face.turn) <= 6


@pytest.mark.parametrize(
    ("face", "value", "sign"),
    [
        ("looking left", "turn", -1),
        ("looking right", "turn", 1),
        ("looking up", "nod", -1),
        ("looking down", "nod", 1),
        ("happy", "smile", 1),
        ("sad", "smile", -1),
        ("serious", "smile", -1),
        ("surprised", "brows", 1),
        ("eyes closed", "eyes", -1),
        ("eyes open", "eyes", 1),
        ("angry", "brows", -1),
    ],
)
def test_a_face_that_is_asked_for_shows_it(face: str, value: str, sign: int) -> None:
    assert sign * getattr(asked(AS_IN_PHOTO, FACES[face]), value) > 0.1


def test_every_face_that_can_be_asked_for_is_in_the_table_and_another_one() -> None:
    assert set(FACES) == set(Face)
    assert len({(face.change, face.straight) for face in FACES.values()}) == len(Face)


def test_faces_add_up_and_the_camera_takes_turning_back() -> None:
    left = asked(AS_IN_PHOTO, FACES["looking left"])
    both = asked(left, FACES["happy"])
    assert both.turn == left.turn and both.smile > 0
    back = asked(both, FACES["looking at the camera"])
    assert back.turn == back.gaze_x == 0 and back.smile == both.smile


@given(st.floats(-3, 3), st.floats(-90, 90))
def test_sums_stay_within_the_ranges(smile: float, turn: float) -> None:
    face = plus(Expression(smile=smile, turn=turn), Expression(smile=smile, turn=turn))
    assert -1 <= face.smile <= 1 and -25 <= face.turn <= 25
