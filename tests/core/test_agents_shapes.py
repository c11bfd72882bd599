"""What the schemas hold: whatever is said by a model that is kept to them passes the record's bounds and the checks."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter

from personavlog.agents import image_quality, mono, music, seg, story, video, video_quality
from personavlog.agents.edit import Instruction, Remedies, _form
from personavlog.agents.instance import Instance
from personavlog.agents.loop import reviewer
from personavlog.agents.review_form import review_form
from personavlog.agents.shapes import form, inside, without_doubles
from personavlog.backbones.chat_limits import longest
from personavlog.backbones.corrections import VOCABULARY, Correction
from personavlog.backbones.reviews import RUBRIC, Review
from personavlog.backbones.scripted import ScriptedModel
from personavlog.backbones.tasks import MonoTask, MusicTask, SegTask, StoryTask, VideoTask
from personavlog.script import Act, MusicDescription, TimeOfDay
from tests.core.drawn_json import drawn
from tests.core.judge_cases import board
from tests.core.test_agents_loop import draft, review

BOARDS = tuple(board() for _ in range(4))


def asked(who: Instance[Any, Any]) -> TypeAdapter[Any]:
    """The type that the agent of a role asks for."""
    return TypeAdapter(who.asked)


def mono_task(language: str, words: int) -> MonoTask:
    told = {"boards": BOARDS, "character": draft().character, "story": draft().story}
    return MonoTask.model_validate({**told, "language": language, "max_words": (words,) * 4})


MODEL = ScriptedModel([])
STORY = StoryTask(theme="a beach day", style="anime", shots=5, length=25)
SEG = SegTask(theme="a beach day", shots=4, story=draft())
WRITERS: dict[str, tuple[Instance[Any, Any], Any, Any]] = {
    "story": (story.generator(MODEL, STORY), story.complaints, STORY),
    "seg": (seg.generator(MODEL, SEG), seg.complaints, SEG),
    "video": (video.generator(MODEL, VideoTask(boards=BOARDS)), video.complaints, VideoTask(boards=BOARDS)),
    "music": (music.generator(MODEL, MusicTask(theme="x", boards=BOARDS)), None, None),
    **{
        f"mono {language} {words}": (
            mono.generator(MODEL, mono_task(language, words)),
            mono.complaints,
            mono_task(language, words),
        )
        for language in ("en", "zh")
        for words in (3, 4, 12, 40)
    },
    "shorter": (mono.shortener(MODEL, mono_task("en", 1)), mono.too_long, mono_task("en", 1)),
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_draft_that_is_held_by_its_schema_passes_every_check(name: str) -> None:
    who, complaints, task = WRITERS[name]
    shape, dice = asked(who), random.Random(7)
    for _ in range(60):
        written = shape.validate_python(drawn(shape.json_schema(), dice))
        assert type(written) is who.output
        doubled = [said for said in (complaints(written, task) if complaints else ()) if "same" not in said]
        assert not doubled, "all but what no schema can say: that two texts differ"


@pytest.mark.parametrize("pair", list(RUBRIC))
def test_a_review_that_is_held_by_its_schema_passes_every_check(pair: Any) -> None:
    shape, dice = TypeAdapter(review_form(pair, 4)), random.Random(3)
    kinds = set()
    for _ in range(80):
        said = shape.validate_python(drawn(shape.json_schema(), dice))
        assert sorted(score.criterion for score in said.scores) == sorted(RUBRIC[pair])
        assert bool(said.changes) is not said.approved
        assert not said.approved or min(score.value for score in said.scores) >= 4
        kinds.add(said.approved)
    assert kinds == {True, False}, "both verdicts can be given"


@pytest.mark.parametrize("pair", list(RUBRIC))
def test_a_review_in_the_records_own_form_is_taken_too(pair: Any) -> None:
    shape = TypeAdapter(review_form(pair, 3))
    for approved in (True, False):
        said = review(pair, approved)
        assert shape.validate_json(said.model_dump_json()) == said == Review.model_validate(said)


@pytest.mark.parametrize("form_of", [image_quality._form, video_quality._form])
def test_a_verdict_that_is_held_by_its_schema_is_complete(form_of: Any) -> None:
    shape, dice = TypeAdapter(form_of()), random.Random(5)
    seen = set()
    for _ in range(60):
        verdict = shape.validate_python(drawn(shape.json_schema(), dice))
        check = (
            image_quality._incomplete if isinstance(verdict, image_quality.ImageVerdict) else video_quality._incomplete
        )
        assert not check(verdict, None)  # type: ignore[arg-type]
        seen.add(verdict.qualified)
    assert seen == {True, False}


@pytest.mark.parametrize(
    "vocabulary",
    [sorted(VOCABULARY), [Correction.ADD, Correction.AGAIN], [Correction.BRIGHTER], [Correction.AGAIN]],
)
def test_a_remedy_that_is_held_by_its_schema_is_one_that_the_painter_knows(vocabulary: list[Correction]) -> None:
    shape, dice = TypeAdapter(_form(vocabulary)), random.Random(2)
    for _ in range(60):
        remedies = shape.validate_python(drawn(shape.json_schema(), dice))
        assert isinstance(remedies, Remedies)
        assert {remedy.correction for remedy in remedies.remedies} <= set(vocabulary)
        assert vocabulary == [Correction.AGAIN] or all(r.correction != Correction.AGAIN for r in remedies.remedies)


def test_an_instrument_named_twice_is_taken_once() -> None:
    shape = asked(WRITERS["music"][0])
    piece = {"emotions": ["calm"], "instruments": ["Piano", " piano", "violin"], "style": "folk", "tempo": 80}
    assert shape.validate_python(piece).instruments == ("Piano", "violin")
    with pytest.raises(ValueError, match="instruments"):
        shape.validate_python({**piece, "instruments": "piano"})


@pytest.mark.parametrize("values", [[], ["a"], [1, 1, None, {"a": 1}, ["x"]], ["A", "a ", "b"]])
def test_doubles_are_found_among_anything(values: list[Any]) -> None:
    kept = without_doubles(values)
    assert len(kept) <= len(values) and all(value in values for value in kept)


@pytest.mark.parametrize(
    "shape", [*(asked(who) for who, _, _ in WRITERS.values()), *(TypeAdapter(review_form(p, 6)) for p in RUBRIC)]
)
def test_no_answer_is_longer_than_it_is_said_to_be(shape: TypeAdapter[Any]) -> None:
    schema, dice = shape.json_schema(), random.Random(11)
    for _ in range(30):
        assert len(json.dumps(drawn(schema, dice), ensure_ascii=False)) <= longest(schema, {})


@pytest.mark.parametrize("output", [Instruction, MusicDescription, Review])
def test_a_plain_form_asks_for_every_property_of_the_record(output: type[BaseModel]) -> None:
    schema = TypeAdapter(form(output)).json_schema()
    assert set(schema["required"]) == set(output.model_fields) and "$defs" not in schema


def test_what_a_record_may_leave_open_is_said_by_a_model() -> None:
    boards = inside(asked(WRITERS["seg"][0]).json_schema(), "boards", "[]")["properties"]
    beats = inside(asked(WRITERS["story"][0]).json_schema(), "story", "beats", "[]")["properties"]
    assert boards["act"]["enum"] == [act.value for act in Act] and beats["time_of_day"]["enum"] == list(TimeOfDay)
    assert {"holds", "company"} <= set(boards) and beats["place"]["minLength"] == 2


def test_a_draft_in_the_older_form_is_taken_too() -> None:
    shape = asked(WRITERS["seg"][0])
    known = board().model_dump(mode="json", exclude={"act", "holds", "company"})
    assert shape.validate_python({"boards": [known] * 4}).boards[0].act is None


def test_nobody_reviews_without_a_model() -> None:
    assert reviewer("story", None, 3) is None
