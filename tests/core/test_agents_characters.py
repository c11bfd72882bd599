"""The real agents and their rounds with models that approve all, approve nothing, ignore notes, chat, refuse, break off
and repeat themselves."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from pydantic_ai.messages import BinaryContent

from personavlog.agents import Refined, Rounds, refine, seg, story, task_of
from personavlog.agents.instance import Answer, ask
from personavlog.agents.loop import CHECKED
from personavlog.agents.refusals import NEUTRAL, named, softened
from personavlog.backbones import forgiving_chat
from personavlog.backbones.chat_limits import answer_tokens
from personavlog.backbones.chat_retries import CUT_OFF
from personavlog.backbones.drafts import ConsideredStory, Storyboards
from personavlog.backbones.forgiving_chat import schema_of
from personavlog.backbones.reviews import RUBRIC
from personavlog.backbones.tasks import SegTask, StoryTask, fence
from personavlog.errors import InvalidReplyError, RefusedError
from personavlog.runs.blobs import Blobs
from personavlog.script import StoryDraft
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
from tests.core.test_agents_loop import draft
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


def marked(value: int) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """An answer that gives every criterion this mark."""
    return lambda answer: {**answer, "scores": [{**score, "value": value} for score in answer["scores"]]}


def test_a_reviewer_that_approves_all_with_marks_of_two_approves_nothing() -> None:
    refined, writer, reader = rounds(as_they_come, fields(marked(2)))
    assert not refined.approved and len(refined.rounds) == 3 and len(reader.asked) == 3, "and is not asked again for it"
    asked = [change["wanted"] for change in task_of(writer.asked[1][0])["notes"]]
    assert asked == [criterion.passes for criterion in RUBRIC["story"].values()]


def test_an_approval_with_a_mark_missing_is_sent_back_and_then_counts_for_nothing() -> None:
    refined, writer, reader = rounds(as_they_come, fields(lambda answer: {**answer, "scores": answer["scores"][1:]}))
    assert not refined.approved and len(reader.asked) == 3 and len(writer.asked) == 1
    assert all("Score each of these criteria exactly once" in text for text in reader.texts[1:])
    assert refined.draft == refined.rounds[0].draft and refined.rounds[0].review is None
    assert refined.note.startswith("No review came, so the first draft stands as it is. ")


@pytest.mark.parametrize("reader", [said(PROSE), refuses], ids=["prose", "refusal"])
def test_a_first_draft_stands_where_its_reviewer_never_says_anything_that_fits(reader: Change) -> None:
    refined, writer, _ = rounds(as_they_come, reader)
    assert refined.draft.story.beats and not refined.approved and len(writer.asked) == 1 and refined.stopped


def test_the_best_draft_stands_where_a_later_round_fails() -> None:
    falls_silent = Character(lambda answer, number: said(PROSE)(answer, number) if number > 1 else answer, "writer")
    pair = story.pair(served(falls_silent), served(Character(fields(rejecting), "reader")), TASK)
    refined = anyio.run(lambda: refine("story", pair, TASK, Rounds(Steps(), Blobs(Path("/nowhere")), 3)))
    assert refined.taken == 1 and "Round 2 could not be made" in refined.note


def cut(writer: Change, most: int = 3) -> tuple[Refined[Storyboards], Character, Character]:
    """Boards by a writer that makes this of its answers; its reviewer rejects all."""
    one, other = Character(writer, "writer"), Character(fields(rejecting_boards), "reader")
    task = SegTask(theme="a night shift", shots=4, story=draft(beats=4))
    pair = seg.pair(served(one), served(other), task)
    return anyio.run(lambda: refine("seg", pair, task, Rounds(Steps(), Blobs(Path("/nowhere")), most))), one, other


def rejecting_boards(answer: dict[str, Any]) -> dict[str, Any]:
    return {**answer, "approved": False, "changes": [{"target": "board 1", "problem": "dark", "wanted": "a lamp"}]}


def framed(answer: dict[str, Any]) -> dict[str, Any]:
    return {"boards": [{**board, "framing": "wide"} for board in answer["boards"]]}


def test_a_fault_that_code_sees_goes_back_before_a_reviewer_is_paid() -> None:
    refined, writer, reader = cut(first(fields(framed)), most=1)
    assert len(writer.asked) == 2 and len(reader.asked) == 1 and len(refined.rounds) == 1
    one = refined.rounds[0]
    assert [change.target for change in one.checked] == ["board 3"] and not one.left
    assert task_of(writer.asked[1][0])["notes"] == [change.model_dump() for change in one.checked]
    assert one.draft == Storyboards.model_validate(task_of(reader.asked[0][0])["draft"]), "the second is reviewed"
    assert CHECKED in writer.texts[1] and "wide" in writer.texts[1], "and its writer sees the first"


def test_a_writer_that_ignores_the_checks_is_asked_twice_a_round_and_reviewed_all_the_same() -> None:
    refined, writer, reader = cut(fields(framed))
    assert len(refined.rounds) == 3 and len(writer.asked) == 6 and len(reader.asked) == 3
    assert all(one.checked == one.left != () for one in refined.rounds)
    notes = task_of(writer.asked[2][0])["notes"]
    assert [note["target"] for note in notes] == ["board 1", "board 3"], "the reviewer's wish and what was left"


def test_a_second_draft_that_is_worse_is_not_taken() -> None:
    """The first has one fault, the second three."""

    def doubled(answer: dict[str, Any]) -> dict[str, Any]:
        return {"boards": [{**board, "place": "a pier"} for board in framed(answer)["boards"]]}

    refined, writer, _ = cut(lambda answer, number: fields(framed if number == 1 else doubled)(answer, number), most=1)
    assert len(writer.asked) == 2 and len({board.place for board in refined.draft.boards}) == 4
    assert refined.rounds[0].checked == refined.rounds[0].left


@pytest.mark.parametrize("fault", [said(PROSE), refuses, breaks_off], ids=["prose", "refusal", "cut off"])
def test_a_second_draft_that_does_not_come_costs_no_film(fault: Change) -> None:
    writer = first(fields(framed))
    refined, _, reader = cut(lambda answer, number: writer(answer, 1) if number == 1 else fault(answer, number), most=1)
    assert len(reader.asked) == 1 and refined.rounds[0].left == refined.rounds[0].checked != ()


def test_what_was_thought_of_a_theme_is_in_the_record_and_neither_reviewed_nor_filmed() -> None:
    refined, _, reader = rounds(as_they_come, as_they_come)
    thought = refined.rounds[0].draft
    assert thought.readings == ("A walk", "A search", "A return") and thought.chosen == 1
    assert set(task_of(reader.asked[0][0])["draft"]) == {"character", "story"}
    assert type(thought.story_draft) is StoryDraft and not hasattr(thought.story_draft, "readings")


def test_a_writer_that_thinks_nothing_writes_all_the_same() -> None:
    hasty = fields(lambda answer: {key: value for key, value in answer.items() if key not in ("readings", "chosen")})
    assert written(Character(hasty)).output.readings == ()


@pytest.mark.parametrize(
    ("thought", "kept"),
    [
        ({"readings": ["x" * 5000]}, (400,)),
        ({"readings": ["ab"] * 9, "chosen": 9}, (2,) * 4),
        ({"readings": [None, {"a": 1}, "ab"], "chosen": "2"}, (2,)),
        ({"readings": "a text", "chosen": -1}, ()),
        ({"readings": None, "chosen": 1.5}, ()),
    ],
)
def test_a_story_is_not_asked_for_again_because_of_the_thoughts_before_it(
    thought: dict[str, Any], kept: tuple[int, ...]
) -> None:
    character = Character(fields(lambda answer: answer | thought))
    story = written(character).output
    assert tuple(map(len, story.readings)) == kept and 0 <= story.chosen <= len(kept) and len(character.asked) == 1
