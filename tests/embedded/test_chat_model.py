"""The embedded writers behind pydantic-ai's interface."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Sequence
from pathlib import Path

import anyio
import pytest
from pydantic import BaseModel

from personavlog.agents import Rounds, mono, refine, story
from personavlog.agents.instance import ask, instance
from personavlog.backbones.chat import chat_model
from personavlog.backbones.reviews import RUBRIC, Change, CriterionScore, Review
from personavlog.backbones.tasks import MonoTask, MusicTask, SegTask, StoryTask, Task, VideoTask
from personavlog.errors import BackboneError, ConfigurationError, InvalidReplyError
from personavlog.runs.blobs import Blobs
from personavlog.script import Beat, Board, Character, Monologue, MusicDescription, Story, StoryDraft, VideoDescription
from personavlog_embedded.writing.chat import RETRY_STRIDE, EmbeddedModel
from personavlog_embedded.writing.writers import MODULES, WriterFunctions
from tests.shared.scripts import Steps

NOWHERE = Blobs(Path("/nowhere"))
ROUNDS = Rounds(Steps(), NOWHERE)
STORY = StoryTask(theme="a beach day", style="anime", shots=3, length=18)


def story_draft() -> StoryDraft:
    events = ("She arrives.", "The kite tears off.", "A dog brings it back.")
    return StoryDraft(
        character=Character(appearance="a yellow coat", personality="curious"),
        story=Story(
            title="Salt", logline="A windy day.", beats=tuple(Beat(role="turn", event=event) for event in events)
        ),
    )


def review(pair: str, approved: bool) -> Review:
    changes = () if approved else (Change(target="beat 2", problem="dull", wanted="wind"),)
    scores = tuple(CriterionScore(criterion=name, value=4) for name in RUBRIC[pair])  # type: ignore[index]
    return Review(approved=approved, scores=scores, changes=changes)


def test_an_unknown_writer_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ConfigurationError, match="planner"):
        chat_model("embedded:poet")


class TinyWriter:
    """Writes by rule; remembers the tasks that it was given."""

    fingerprint = "tiny-1"

    def __init__(self, approve: bool = True) -> None:
        self.tasks: list[Task] = []
        self.approve = approve

    def write_story(self, task: StoryTask) -> StoryDraft:
        self.tasks.append(task)
        draft = story_draft()
        return (
            draft
            if any(note.target == "draft" for note in task.notes)
            else draft.model_copy(update={"story": draft.story.model_copy(update={"beats": draft.story.beats[:2]})})
        )

    def write_boards(self, task: SegTask) -> tuple[Board, ...]:
        raise NotImplementedError

    def write_videos(self, task: VideoTask) -> tuple[VideoDescription, ...]:
        raise NotImplementedError

    def write_monologues(self, task: MonoTask) -> tuple[Monologue, ...]:
        self.tasks.append(task)
        return tuple(Monologue(text="I " + "walk " * 9) for _ in task.boards)

    def write_music(self, task: MusicTask) -> MusicDescription:
        raise NotImplementedError

    def review(self, task: Task, draft: BaseModel) -> Review:
        return review(task.pair, self.approve)


def test_the_embedded_model_hears_what_was_refused_and_gets_another_seed() -> None:
    writer = TinyWriter()
    model = EmbeddedModel(writer)
    pair = story.pair(model, model, STORY)
    refined = anyio.run(lambda: refine("story", pair, STORY, ROUNDS))
    assert refined.approved and len(refined.draft.story.beats) == 3
    first, second = writer.tasks
    assert second.seed == first.seed + RETRY_STRIDE and "write exactly 3" in second.notes[-1].problem
    assert refined.rounds[0].writer.startswith("embedded:tiny-1")
    assert refined.rounds[0].usage.input_tokens == 0


def test_the_reviewers_changes_reach_the_embedded_writer_as_typed_notes() -> None:
    writer = TinyWriter(approve=False)
    pair = story.pair(EmbeddedModel(writer), EmbeddedModel(writer), STORY)
    refined = anyio.run(lambda: refine("story", pair, STORY, Rounds(Steps(), NOWHERE, 2)))
    assert not refined.approved and writer.tasks[-1].notes[0].wanted == "wind"


def test_an_embedded_writer_that_repeats_itself_is_reply_unfit() -> None:
    board = Board.model_validate(
        {"place": "a pier", "time_of_day": "noon", "action": "She waits.", "framing": "medium", "emotion": "calm"}
    )
    draft = story_draft()
    task = MonoTask(boards=(board,), character=draft.character, story=draft.story, max_words=(4,))
    model = EmbeddedModel(TinyWriter())
    pair = mono.pair(model, model, task)
    with pytest.raises(InvalidReplyError, match=r"'mono\.generate'"):
        anyio.run(lambda: refine("mono", pair, task, ROUNDS))


@pytest.mark.parametrize(
    "prompt",
    [
        ["no block here"],
        ["<task>{}</task> and more"],
        ['<task>{"role": "story.generate"}</task>'],
        ['<task>{"role": "nobody.generate", "pair": "x"}</task>'],
    ],
)
def test_the_embedded_model_refuses_messages_without_a_task_it_knows(prompt: Sequence[str]) -> None:
    who = instance(
        "story.generate",
        EmbeddedModel(TinyWriter()),
        StoryDraft,
        {"shots": 3, "length": 18, "language": "en", "readings": 3},
    )
    with pytest.raises(BackboneError):
        anyio.run(lambda: ask(who, prompt, STORY))


def test_a_writer_whose_own_draft_does_not_fit_is_a_backbone_error() -> None:
    class Empty(TinyWriter):
        def write_story(self, task: StoryTask) -> StoryDraft:
            return StoryDraft.model_validate(
                {
                    "character": {"appearance": "", "personality": "bold"},
                    "story": {"title": "", "logline": "", "beats": []},
                }
            )

    pair = story.pair(EmbeddedModel(Empty()), EmbeddedModel(Empty()), STORY)
    with pytest.raises(BackboneError, match=r"has no story for this brief .*title"):
        anyio.run(lambda: refine("story", pair, STORY, ROUNDS))


@pytest.mark.parametrize("name", sorted(MODULES))
def test_an_embedded_writer_has_every_function_with_the_arguments_that_it_is_given(name: str) -> None:
    module = importlib.import_module(MODULES[name])
    for function in ("write_story", "write_boards", "write_videos", "write_monologues", "write_music"):
        given = {key for key in inspect.signature(getattr(WriterFunctions, function)).parameters if key != "self"}
        taken = inspect.signature(getattr(module, function)).parameters
        assert given == set(taken), function
    assert chat_model(f"embedded:{name}").model_name == f"{name}-{module.VERSION}"
