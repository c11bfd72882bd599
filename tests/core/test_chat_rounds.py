"""The rounds of a writer pair as steps: what was answered is never paid again, a late failure keeps what there is, and
approval is held to the rubric."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

import anyio
import numpy as np
import pytest
from pydantic import BaseModel
from pydantic_ai.messages import BinaryContent

from personavlog.agents import Refined, Rounds, Transcript, refine, story, task_of
from personavlog.agents.loop import WriterPair
from personavlog.agents.reviewing import held
from personavlog.backbones.drafts import ConsideredStory
from personavlog.backbones.reviews import MOST_CHANGES, RUBRIC, Change, CriterionScore, Review
from personavlog.backbones.scripted import Reply, ScriptedModel
from personavlog.backbones.tasks import StoryTask
from personavlog.errors import InvalidReplyError, UnavailableError
from personavlog.runs.engine import Engine, StepRun
from personavlog.runs.folder import open_store
from personavlog.runs.keys import Input
from personavlog.script import Beat, Character, Story, StoryDraft
from personavlog.steps import StepName

T = TypeVar("T", bound=BaseModel)
TASK = StoryTask(theme="a beach day", style="anime", shots=3, length=18)
LATER = UnavailableError("The server is down.")


def draft(title: str) -> StoryDraft:
    events = ("She arrives at the pier.", "The kite tears off.", "A dog brings it back.")
    return StoryDraft(
        character=Character(appearance="a yellow coat", personality="curious"),
        story=Story(
            title=f"Story {title}", logline="A windy day.", beats=tuple(Beat(role="turn", event=one) for one in events)
        ),
    )


def review(*, approved: bool = False, low: float = 4.0, changes: int = 1) -> Review:
    scores = [CriterionScore(criterion=name, value=4) for name in RUBRIC["story"]]
    scores[0] = CriterionScore(criterion=scores[0].criterion, value=low)
    wanted = (Change(target="beat 2", problem="dull", wanted="wind"),) * (0 if approved else changes)
    return Review(approved=approved, scores=tuple(scores), changes=wanted)


def failing(error: BaseException) -> Reply:
    def reply(messages: object) -> BaseModel:
        raise error

    return reply


class Room:
    """An engine with a store, and how often each model was asked in it."""

    def __init__(self, folder: Path) -> None:
        self.store, self.index = open_store(folder)
        self.picture = self.store.put_image(np.full((8, 8, 3), 120, np.uint8))

    def run(self, writer: ScriptedModel, reader: ScriptedModel | None, rounds: int = 3) -> Refined[ConsideredStory]:
        engine = Engine(self.store, self.index, "film", {"chat": 2, "keep": 8})

        async def step(
            name: StepName,
            work: Callable[[], Awaitable[T]],
            *,
            uses: Literal["chat", "keep"],
            fingerprint: str,
            inputs: Mapping[str, Input],
            returns: type[T],
        ) -> T:
            async def alone(run: StepRun) -> T:
                return await work()

            return await engine.step(
                str(name), alone, version=1, fingerprint=fingerprint, uses=uses, inputs=inputs, returns=returns
            )

        pair = story.pair(writer, reader, TASK)

        async def made() -> Refined[ConsideredStory]:
            return await refine("story", pair, TASK, Rounds(step, self.store, rounds), [self.picture])

        with engine.making():
            return anyio.run(made)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


REJECTIONS = [review(low=2), review(low=3), review(low=3)]


class Killed(BaseException):
    """What a signal does to a process."""


@pytest.mark.parametrize("error", [Killed(), LATER])
def test_what_ends_in_round_three_repeats_nothing_of_the_rounds_before(room: Room, error: BaseException) -> None:
    first = ScriptedModel([draft("1"), draft("2"), failing(error)])
    try:
        room.run(first, ScriptedModel(REJECTIONS[:2]))
    except Killed:
        assert isinstance(error, Killed)
    again, reader = ScriptedModel([draft("3")]), ScriptedModel([review(approved=True)])
    refined = room.run(again, reader)
    assert len(again.seen) == len(reader.seen) == 1
    assert (
        refined.approved
        and refined.taken == 3
        and [one.draft.story.title for one in refined.rounds] == ["Story 1", "Story 2", "Story 3"]
    )


def test_the_history_that_is_read_back_is_what_was_said_with_its_picture(room: Room) -> None:
    straight = ScriptedModel([draft("1"), draft("2")], "m")
    room.run(straight, ScriptedModel([review(low=2), review(approved=True)], "r"))
    shown = straight.seen[1]
    pictures = [item for part in shown[0].parts for item in part.content if isinstance(item, BinaryContent)]  # type: ignore[union-attr]
    assert [item.data for item in pictures] == [room.store.get(room.picture)]
    titles = [str(message) for message in shown]
    assert any("'title': 'Story 1'" in text for text in titles), "the first draft is in the history"
    assert Transcript.of(Transcript.of(shown).read(room.store)) == Transcript.of(shown)


def test_a_review_that_fails_does_not_pay_the_draft_again(room: Room) -> None:
    with pytest.raises(UnavailableError):
        room.run(ScriptedModel([draft("1")]), ScriptedModel([failing(LATER)]))
    nobody = ScriptedModel([])
    assert room.run(nobody, ScriptedModel([review(approved=True)])).approved and not nobody.seen


@pytest.mark.parametrize(
    ("drafts", "reviews"),
    [
        ([failing(LATER)], []),
        ([{"nonsense": True}] * 3, []),
        ([draft("2")], [failing(LATER)]),
        ([draft("2")], [{"nonsense": True}] * 3),
    ],
)
def test_a_later_failure_keeps_the_best_draft_and_says_so(
    room: Room, drafts: Iterable[Reply], reviews: Iterable[Reply]
) -> None:
    writer, reader = ScriptedModel([draft("1"), *drafts]), ScriptedModel([review(low=2), *reviews])
    refined = room.run(writer, reader)
    assert (refined.draft.story.title, refined.taken, refined.approved) == ("Story 1", 1, False)
    assert "Round 2 could not be made; the best draft before it was taken (round 1, 3.6 of 5)." in refined.note
    assert refined.stopped in refined.note


def test_a_first_round_that_fails_is_a_failure(room: Room) -> None:
    with pytest.raises(InvalidReplyError, match=r"after 3 attempts: .*nonsense"):
        room.run(ScriptedModel([{"nonsense": True}] * 3), ScriptedModel([]))


def test_eight_rounds_with_all_their_retries_meet_no_limit(room: Room) -> None:
    writer = ScriptedModel([reply for n in range(8) for reply in ({"no": 1}, {"no": 2}, draft(str(n)))])
    reader = ScriptedModel([reply for _ in range(8) for reply in ({"no": 1}, {"no": 2}, review(low=2))])
    refined = room.run(writer, reader, rounds=8)
    assert len(refined.rounds) == 8 and len(writer.seen) == len(reader.seen) == 24


def test_an_approval_below_the_rubric_is_a_rejection_that_asks_for_what_a_four_means(room: Room) -> None:
    careless = Review(approved=True, scores=review(low=2).scores)
    writer, reader = ScriptedModel([draft("1"), draft("2")]), ScriptedModel([careless, review(approved=True)])
    refined = room.run(writer, reader)
    assert [one.review.approved for one in refined.rounds if one.review] == [False, True] and refined.taken == 2
    (note,) = task_of(writer.seen[1])["notes"]
    assert note["problem"] == "story interest: 2 of 5."
    assert note["wanted"] == RUBRIC["story"]["story interest"].passes
    assert len(reader.seen) == 2, "no request is paid for the contradiction"


def test_a_rejection_by_code_can_be_stored_and_read_back_whatever_it_asks_for() -> None:
    many = review(low=3, changes=MOST_CHANGES).model_copy(update={"approved": True})
    assert not held("story", many).approved
    assert Review.model_validate_json(held("story", many).model_dump_json()) == held("story", many)


def test_an_approval_below_the_rubric_that_names_changes_is_a_rejection(room: Room) -> None:
    stubborn = review(low=3).model_copy(update={"approved": True})
    writer = ScriptedModel([draft("1"), draft("2")])
    refined = room.run(writer, ScriptedModel([stubborn, stubborn]), rounds=2)
    assert not refined.approved and len(writer.seen) == 2
    assert [one.review.approved for one in refined.rounds if one.review] == [False, False]


def test_without_a_reviewer_one_draft_is_written_and_nothing_else_is_asked(room: Room) -> None:
    writer = ScriptedModel([draft("1")])
    refined = room.run(writer, None)
    assert len(writer.seen) == 1 and refined.draft.story.title == "Story 1" and refined.note == ""
    assert refined.rounds[0].review is None and Refined[ConsideredStory].model_validate_json(refined.model_dump_json())


def test_equal_answers_to_other_rounds_are_other_steps(room: Room) -> None:
    """A reviewer that repeats itself must not be taken for the round before."""
    writer = ScriptedModel([draft("1")] * 3)
    reader = ScriptedModel([review(low=2)] * 3)
    assert len(room.run(writer, reader).rounds) == 3 and len(writer.seen) == len(reader.seen) == 3


def test_pairs_are_built_without_a_reviewer_too() -> None:
    pair: WriterPair[Any, Any] = story.pair(ScriptedModel([]), None, TASK)
    assert pair.reviewer is None
