"""The whole script by one prompt, without agents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from personavlog.agents import whole
from personavlog.agents.prompts import render
from personavlog.backbones import fake_chat
from personavlog.backbones.fake_chat import FakeChat
from personavlog.backbones.tasks import StoryTask
from personavlog.estimate.film import estimate_film
from personavlog.estimate.numbers import EstimateStage
from tests.core import doubles
from tests.core.prompt_texts import WORDS

TASK = StoryTask(theme="a day at the lake", style="plain", shots=3, length=15.0)
CHAT = {"writer": "fake:writer", "image_quality": "fake:none", "video_quality": "fake:none"}


def film(folder: Any, **chat: Any) -> doubles.Film:
    return doubles.Film(folder, changes={"chat": {**CHAT, **chat}})


def test_one_request_writes_a_whole_film_and_nobody_reviews_it(tmp_path: Any, one_face: None) -> None:
    made = film(tmp_path, single_prompt=True)
    assert len(made.make().script.boards) == doubles.SHOTS
    rounds = [event.data for event in made.events if event.kind == "round"]
    assert [(one["pair"], one["review"]) for one in rounds] == [("whole", None)]
    writer: Any = made.production.agents.of("story.generate")
    while not isinstance(writer, FakeChat):
        writer = writer.wrapped
    assert writer.calls == 1


def test_a_script_of_another_number_of_shots_goes_back() -> None:
    script = fake_chat.answer(whole.ROLE, {"role": whole.ROLE, **TASK.model_dump()})
    assert whole.complaints(script, TASK) == []  # type: ignore[arg-type]
    said = whole.complaints(script, TASK.model_copy(update={"shots": 4}))  # type: ignore[arg-type]
    assert said == [
        "There are 3 beats; write exactly 4, one per shot.",
        "There are 3 boards; write exactly 4, one per shot.",
    ]


def test_the_form_holds_every_list_to_the_shots() -> None:
    schema: Mapping[str, Any] = whole._schema(3)["properties"]
    lists = [schema["boards"], schema["videos"], schema["monologues"], schema["story"]["properties"]["beats"]]
    assert all((one["minItems"], one["maxItems"]) == (3, 3) for one in lists)


def test_the_prompt_knows_no_rubric_and_no_example() -> None:
    told = render(whole.ROLE, WORDS[whole.ROLE])
    assert "reviewer" not in told and "example" not in told.casefold() and "at most 12 words" in told


@pytest.mark.parametrize("reviewer", [True, False])
def test_it_is_estimated_as_one_request_whatever_is_said_of_reviewers(tmp_path: Any, reviewer: bool) -> None:
    profile = doubles.profile(chat={**CHAT, "single_prompt": True, "reviewer": reviewer})
    stages = {one.stage: one for one in estimate_film(doubles.Film(tmp_path).brief, profile).stages}
    assert stages[EstimateStage.SCRIPT].calls[0] == 1
