"""The names of a film's steps: what is built is read back, and what is no step of a film is said to be none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personavlog import steps
from personavlog.runs.keys import step_key
from personavlog.steps import Section, Stage, StepName, Work

shots = st.integers(1, 99)
DIGEST = "0123456789abcdef" * 4


@given(shots, st.integers(0, 9))
def test_every_name_is_read_back_as_it_was_built(shot: int, number: int) -> None:
    built = [
        steps.STYLISE,
        steps.SCRIPT,
        steps.NARRATION,
        steps.MUSIC,
        steps.SOUND,
        steps.CUT,
        steps.FILM,
        steps.write("story"),
        steps.draft("story", shot),
        steps.review("story", shot),
        steps.voice(shot),
        steps.shorten(shot),
        steps.segment(number),
        steps.judge(Work.PAINT, DIGEST),
        steps.judge(Work.ANIMATE, DIGEST),
        *(step(shot) for step in steps.RETAKES.values()),
    ]
    for part in (steps.keyframe(shot), steps.clip(shot)):
        built += [part, part.measure(DIGEST), part.inspect(DIGEST), part.instruct(number)]
    assert [StepName.parse(str(name)) for name in built] == built
    assert len({str(name) for name in built}) == len(set(built))


@pytest.mark.parametrize("text", ["", "keyframe", "keyframe/x", "keyframe/1/dance/0", "board/1", "cut/oven", "clip//x"])
def test_other_text_is_no_step_of_a_film(text: str) -> None:
    assert StepName.parse(text) is None


def test_names_say_whose_time_they_are() -> None:
    part = steps.keyframe(3)
    assert [str(part.paint(1)), str(part.measure(DIGEST))] == ["keyframe/3/paint/1", "keyframe/3/measure/01234567"]
    assert (part.paint(1).stage, part.measure(DIGEST).stage, part.paint(1).section) == (
        Stage.PAINT,
        Stage.FEEDBACK,
        Section.KEYFRAMES,
    )
    assert part.paint(1).whole == part and steps.shorten(2).section is Section.VOICES
    assert all(StepName(one, 1 if one in steps.PER_SHOT else None).section for one in steps.Part)


@given(shots, shots)
def test_a_shots_number_is_no_part_of_a_key(one: int, other: int) -> None:
    def key(name: StepName) -> str:
        return step_key(str(name), version=1, fingerprint="", inputs={}, take=0)

    assert key(steps.voice(one)) == key(steps.voice(other)) != key(steps.shorten(one))
