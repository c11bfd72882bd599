"""The worked examples in the prompts: in the very form that is asked for, one of each kind, and about no film that is
made to measure with."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from personavlog.agents import image_quality, mono, music, seg, story, video, video_quality
from personavlog.agents.checks import board_checks, mono_checks, story_checks, video_checks
from personavlog.agents.edit import ChatEdit, Instruction, Remedies
from personavlog.agents.examples import drafts, examples, instructions, verdicts
from personavlog.agents.review_form import as_asked, review_form
from personavlog.agents.reviewing import _incomplete, held
from personavlog.agents.shapes import ONLY
from personavlog.backbones.corrections import VOCABULARY, Correction
from personavlog.backbones.reviews import RUBRIC
from personavlog.backbones.rubric import Pair
from personavlog.backbones.scripted import ScriptedModel
from personavlog.backbones.tasks import MonoTask, MusicTask, SegTask, StoryTask, VideoTask
from tests.core.test_agents_loop import boards, draft

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
MODEL = ScriptedModel([])
STORY, BOARDS = draft(), boards(2)
TASKS: dict[str, Any] = {
    "story": StoryTask(theme="x", style="x", shots=3, length=15),
    "seg": SegTask(theme="x", shots=2, story=STORY),
    "video": VideoTask(boards=BOARDS),
    "mono": MonoTask(boards=BOARDS, character=STORY.character, story=STORY.story, max_words=(12, 12)),
    "music": MusicTask(theme="x", boards=BOARDS),
}
AGENTS: dict[str, Any] = {"story": story, "seg": seg, "video": video, "mono": mono, "music": music}
CHECKS: dict[str, Any] = {"story": story_checks, "seg": board_checks, "video": video_checks, "mono": mono_checks}


def written(pair: Pair, number: int) -> Any:
    """The draft of a case, as the generator's answer is read."""
    who = AGENTS[pair].generator(MODEL, TASKS[pair])
    return TypeAdapter(who.asked).validate_python(drafts(pair)[number].draft)


@pytest.mark.parametrize("pair", list(RUBRIC))
@pytest.mark.parametrize("number", [0, 1])
def test_a_draft_is_one_that_its_agent_could_have_answered(pair: Pair, number: int) -> None:
    said = written(pair, number)
    raw = drafts(pair)[number].draft
    assert said.model_dump(mode="json") == raw, "nothing is left out and nothing is cleaned away"
    schema = TypeAdapter(AGENTS[pair].generator(MODEL, TASKS[pair]).asked).json_schema()
    assert list(raw) == list(schema["properties"]), "and it is written in the order in which it is asked for"


@pytest.mark.parametrize("pair", list(RUBRIC))
def test_the_first_draft_was_sent_back_and_the_second_passes_all_that_code_sees(pair: Pair) -> None:
    bad, good = (case.review for case in drafts(pair))
    assert not bad.approved and bad.changes and good.approved and held(pair, good) == good
    complaints = getattr(AGENTS[pair], "complaints", None)
    assert not (complaints and complaints(written(pair, 1), TASKS[pair]))
    assert not (pair in CHECKS and CHECKS[pair](written(pair, 1), TASKS[pair]))


@pytest.mark.parametrize("pair", list(RUBRIC))
@pytest.mark.parametrize("number", [0, 1])
def test_a_review_is_one_that_its_reviewer_could_have_answered(pair: Pair, number: int) -> None:
    review = drafts(pair)[number].review
    parts = 1 if pair == "music" else 3
    assert TypeAdapter(review_form(pair, parts)).validate_python(as_asked(pair, review)) == review
    assert not _incomplete(pair, review)


def test_boards_that_were_sent_back_for_places_and_hours_are_found_by_the_checks_too() -> None:
    found = " ".join(change.problem for change in board_checks(written("seg", 0), TASKS["seg"]))
    assert "no night lies between" in found
    assert "turns back" in " ".join(change.problem for change in video_checks(written("video", 0), TASKS["video"]))


def test_a_reviewer_is_not_shown_what_the_writer_thought() -> None:
    assert all("readings" not in one["given"] for one in examples("story.review"))
    assert all("readings" in one["answer"] for one in examples("story.generate"))


@pytest.mark.parametrize(("agent", "form"), [("image_quality", image_quality), ("video_quality", video_quality)])
def test_an_inspectors_examples_are_a_fault_and_a_sound_one(agent: str, form: Any) -> None:
    shape = TypeAdapter(form._form())
    said = [shape.validate_python({ONLY: case.answer}) for case in verdicts(agent)]
    assert [one.qualified for one in said] == [False, True]
    assert not any(form._incomplete(one, None) for one in said)


def test_the_edit_agents_examples_are_one_that_is_refused_and_one_that_is_not() -> None:
    bad, good = instructions()
    assert bad.sent_back and not good.sent_back
    known = ChatEdit(MODEL, vocabulary=VOCABULARY)
    assert TypeAdapter(known._agent.asked).validate_python({"remedies": [one.model_dump() for one in good.remedies]})
    assert Remedies(remedies=bad.remedies) and Instruction(text=good.prose)


def test_a_painter_is_not_shown_phrases_that_it_does_not_know() -> None:
    told = str(ChatEdit(MODEL, vocabulary=frozenset([Correction.BRIGHTER]))._agent.agents[0]._instructions)
    assert "brighter" in told and "red tape" not in told and "Worked examples" not in told


def test_no_example_is_near_a_theme_that_is_measured_with() -> None:
    """The words of the themes are compared and never printed: half of them is not to be read."""
    near = [theme for theme in _themes() if any(len(_content(theme) & one) >= 2 for one in _examples())]
    if near:
        pytest.fail("A worked example shares its words with a theme of the benchmarks; choose another example.")


def _examples() -> list[set[str]]:
    return [_content(str(case.given.get("theme", ""))) for pair in RUBRIC for case in drafts(pair)]


def _themes() -> list[str]:
    found: list[str] = []
    for file in BENCHMARKS.glob("*themes*.toml"):
        _collect(tomllib.loads(file.read_text(encoding="utf-8")), found)
    assert len(found) > 40
    return found


def _collect(value: object, found: list[str]) -> None:
    if isinstance(value, str):
        found.append(value)
    for part in [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else ():
        _collect(part, found)


def _content(text: str) -> set[str]:
    return {word for word in re.findall(r"\w{4,}", text.casefold()) if word not in {"with", "from", "that", "this"}}
