"""The real agents and their rounds with models that approve all, approve nothing, ignore notes, chat, refuse, break off
and repeat themselves."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from pydantic_ai.messages import BinaryContent

from personavlog.agents import Refined, Rounds, refine, story
from personavlog.agents.instance import Answer, ask
from personavlog.agents.refusals import NEUTRAL, named, softened
from personavlog.backbones import forgiving_chat
from personavlog.backbones.chat_limits import answer_tokens
from personavlog.backbones.chat_retries import CUT_OFF
from personavlog.backbones.drafts import ConsideredStory
from personavlog.backbones.forgiving_chat import schema_of
from personavlog.backbones.tasks import StoryTask, fence
from personavlog.errors import InvalidReplyError, RefusedError
from personavlog.runs.blobs import Blobs
from tests.core.characters import (
    PROSE,
    Change,
    Character,
    breaks_off,
    fields,
    first,
    refuses,
    said,
    served,
    thinks_too_long,
)
from tests.shared.scripts import Steps

TASK = StoryTask(theme="a night shift", style="anime", shots=3, length=15)
LADDER = ("native", "tool", "prompted")


@pytest.fixture(autouse=True)
def nothing_learned() -> Iterator[None]:
    forgiving_chat._learned.clear()
    yield
    forgiving_chat._learned.clear()


def as_they_come(answer: Any, number: int) -> Any:
    return answer


def written(character: Character, *ways: Any, self_hosted: bool = False) -> Answer[ConsideredStory]:
    who = story.generator(served(character, *ways, self_hosted=self_hosted), TASK)
    return anyio.run(lambda: ask(who, ["Write this.", fence(who.role, TASK)], TASK))


def rounds(writer: Change, reader: Change) -> tuple[Refined[ConsideredStory], Character, Character]:
    one, other = Character(writer, "writer"), Character(reader, "reader")
    pair = story.pair(served(one), served(other), TASK)
    how = Rounds(Steps(), Blobs(Path("/nowhere")), 3)
    return anyio.run(lambda: refine("story", pair, TASK, how)), one, other


def rejecting(answer: dict[str, Any]) -> dict[str, Any]:
    change = {"target": "beat 2", "problem": "Nothing is lost.", "wanted": "Let the kite tear off."}
    return {**answer, "approved": False, "changes": [change]}


def test_a_reviewer_that_approves_all_ends_the_rounds_at_once() -> None:
    refined, writer, reader = rounds(as_they_come, as_they_come)
    assert refined.approved and len(writer.asked) == len(reader.asked) == 1


def test_a_reviewer_that_approves_nothing_is_asked_three_times_and_no_more() -> None:
    refined, writer, reader = rounds(as_they_come, fields(rejecting))
    assert not refined.approved and len(writer.asked) == len(reader.asked) == 3
    assert "No draft was approved in 3 rounds" in refined.note


def test_a_writer_that_ignores_the_notes_does_not_go_on_for_ever() -> None:
    refined, writer, _ = rounds(as_they_come, fields(rejecting))
    assert len({one.draft.model_dump_json() for one in refined.rounds}) == 1, "it hands in the same each time"
    assert "Let the kite tear off" in writer.texts[1] and refined.taken == 3


def test_a_reviewer_that_approves_with_a_low_mark_does_not_approve() -> None:
    low = fields(lambda answer: {**rejecting(answer), "approved": True, "scores": _low(answer["scores"])})
    refined, _, _ = rounds(as_they_come, low)
    assert not refined.approved and len(refined.rounds) == 3


def _low(scores: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**score, "value": 2} for score in scores]


def test_prose_ends_after_a_bounded_number_of_requests() -> None:
    character = Character(said(PROSE))
    with pytest.raises(InvalidReplyError, match="words without the JSON"):
        written(character)
    assert len(character.asked) == 3


def test_prose_from_a_server_that_ignores_every_way_of_asking_ends_too() -> None:
    character = Character(said(PROSE))
    with pytest.raises(InvalidReplyError):
        written(character, *LADDER)
    assert character.ways == ["native", "tool", "prompted", "prompted", "prompted"]


def test_what_a_server_ignored_once_is_not_asked_of_it_again() -> None:
    first_time = Character(first(said(PROSE), 1), "same")
    assert written(first_time, *LADDER).output.story.beats
    assert first_time.ways == ["native", "tool"]
    later = Character(as_they_come, "same")
    written(later, *LADDER)
    assert later.ways == ["tool"], "the process remembers the server"


def test_a_server_that_once_held_to_the_schema_is_not_given_up_for_one_slip() -> None:
    character = Character(lambda answer, number: said(PROSE)(answer, number) if number == 2 else answer)
    written(character, *LADDER)
    written(character, *LADDER)
    assert character.ways == ["native"] * 3


def test_a_request_that_was_refused_once_is_asked_again_in_neutral_words() -> None:
    character = Character(first(refuses))
    assert written(character).output.story.beats
    assert [NEUTRAL in text for text in character.texts] == [False, True]


def test_a_request_that_is_always_refused_is_asked_twice_and_names_the_input() -> None:
    character = Character(refuses)
    with pytest.raises(RefusedError, match=r"'character'.*'story\.generate' refused.*Change the theme\.$") as caught:
        written(character)
    assert len(character.asked) == 2 and caught.value.refused == "theme"


def test_a_refused_photo_is_left_out_of_the_softened_request() -> None:
    refusal = RefusedError("The person in this image cannot be processed.", provider="x")
    photo = BinaryContent(b"png", media_type="image/png")
    error = named(refusal, "story.generate", ["Write this.", photo, "<task>"])
    assert error.refused == "photo" and str(error).endswith("Change the photo.")
    assert softened(["Write this.", photo, "<task>"], error.refused) == ["Write this.", NEUTRAL, "<task>"]
    unsure = named(RefusedError("No."), "story.generate", [photo, "<task>"])
    assert unsure.refused == "theme or photo" and softened([photo, "<task>"], unsure.refused)[0] is photo


@pytest.mark.parametrize(
    ("role", "what"), [("seg.generate", "story"), ("mono.review", "board"), ("music.generate", "theme")]
)
def test_a_refusal_names_what_the_agent_works_from(role: str, what: str) -> None:
    assert named(RefusedError("Photo refused."), role, ["<task>"]).refused == what


def test_an_answer_that_was_cut_off_is_asked_for_once_more_and_shorter() -> None:
    character = Character(first(breaks_off))
    answer = written(character)
    assert [CUT_OFF in text for text in character.texts] == [False, True] and answer.output.story.beats


def test_an_answer_that_is_always_cut_off_ends_with_what_to_change() -> None:
    character = Character(breaks_off)
    with pytest.raises(InvalidReplyError, match=r"cut off twice before its answer was whole.*Raise max_tokens"):
        written(character)
    assert len(character.asked) == 2


def test_a_server_of_ones_own_is_given_an_end_by_the_schemas_size_and_more_after_a_cut() -> None:
    character = Character(first(breaks_off))
    written(character, *LADDER, self_hosted=True)
    limits = [settings["max_tokens"] for _, settings, _ in character.asked]
    schema = schema_of(character.asked[0][2])
    assert schema is not None and limits == [answer_tokens(schema), 2 * answer_tokens(schema)]
    assert answer_tokens(schema) < 2000, "a story of three beats is short"


def test_a_model_that_thinks_first_gets_room_for_it_and_no_complaint() -> None:
    character = Character(first(thinks_too_long))
    written(character, *LADDER, self_hosted=True)
    limits = [settings["max_tokens"] for _, settings, _ in character.asked]
    assert limits[1] > 4096 + limits[0] and CUT_OFF not in character.texts[1]


@pytest.mark.parametrize("ways", [(), LADDER], ids=["tool", "schema"])
def test_a_model_that_repeats_itself_is_told_plainly_and_no_longer_shown_its_answer(ways: tuple[str, ...]) -> None:
    mark = "a wrong beat that is too short"
    short = fields(lambda answer: answer | {"story": answer["story"] | {"beats": _two(answer, mark)}})
    character = Character(short)
    with pytest.raises(InvalidReplyError, match="write exactly 3"):
        written(character, *ways)
    shown = [text.count(mark) for text in character.texts]
    assert shown == [0, 1, 0], "the second request shows the answer, the third only says what was wrong"
    assert all("The story has 2 beats; write exactly 3" in text for text in character.texts[1:])


def _two(answer: dict[str, Any], mark: str) -> list[dict[str, Any]]:
    beats = answer["story"]["beats"]
    return [{**beats[0], "event": mark}, beats[1]]


@pytest.mark.parametrize("order", list(itertools.permutations(("prose", "cut", "refusal"))))
def test_one_of_each_in_any_order_still_ends_in_an_answer(order: tuple[str, ...]) -> None:
    what: dict[str, Change] = {"prose": said(PROSE), "cut": breaks_off, "refusal": refuses}
    faults = [what[name] for name in order]
    character = Character(lambda answer, number: faults[number - 1](answer, number) if number <= 3 else answer)
    assert written(character, *LADDER).output.story.beats and len(character.asked) <= 6
