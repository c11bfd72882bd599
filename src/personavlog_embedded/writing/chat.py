"""The embedded chat role: a pydantic-ai model that reads the ``<task>`` block and lets a writer on this machine answer
it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import floor
from typing import Any, Protocol, assert_never

import anyio.to_thread
from pydantic import BaseModel, ValidationError
from pydantic_ai.messages import ModelMessage, ModelRequest, ModelResponse, UserPromptPart
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.settings import ModelSettings

from personavlog.backbones.drafts import Monologues, Storyboards, VideoDescriptions
from personavlog.backbones.reviews import Change, Review
from personavlog.backbones.scripted import as_tool_call
from personavlog.backbones.tasks import (
    MonoTask,
    MusicTask,
    SegTask,
    StoryTask,
    Task,
    VideoTask,
    block_of,
    read_task,
    task_of,
)
from personavlog.errors import BackboneError
from personavlog.languages import LANGUAGES
from personavlog.script import Board, Monologue, MusicDescription, Script, StoryDraft, VideoDescription

RETRY_STRIDE = 7919
"""Added to a task's seed per refused reply: a writer that only depends on its seed must not repeat the refused draft.
Any prime would do."""


WHOLE = "whole.generate"
"""The role of the whole script by one prompt, which is asked with a story's task."""


class Writer(Protocol):
    """Writes and reviews all five drafts from typed tasks; synchronous and free of side effects, called in a worker
    thread."""

    @property
    def fingerprint(self) -> str:
        """Name and version, for cache keys and the record."""
        ...

    def write_story(self, task: StoryTask) -> StoryDraft:
        """Eq. 1."""
        ...

    def write_boards(self, task: SegTask) -> tuple[Board, ...]:
        """Eq. 2, ``task.shots`` boards."""
        ...

    def write_videos(self, task: VideoTask) -> tuple[VideoDescription, ...]:
        """Eq. 3, one per board."""
        ...

    def write_monologues(self, task: MonoTask) -> tuple[Monologue, ...]:
        """Eq. 4, one per board."""
        ...

    def write_music(self, task: MusicTask) -> MusicDescription:
        """Eq. 5."""
        ...

    def review(self, task: Task, draft: BaseModel) -> Review:
        """The reviewer of the task's pair."""
        ...


_DRAFTS: dict[str, type[BaseModel]] = {
    "story": StoryDraft,
    "seg": Storyboards,
    "video": VideoDescriptions,
    "mono": Monologues,
    "music": MusicDescription,
}


class EmbeddedModel(Model):
    """A writer behind pydantic-ai's model interface; what an output validator refused reaches the writer as one more
    note and another seed.

    ``understood`` makes a sentence for the user of a theme, said before it writes.
    """

    price = 0.0
    languages = ("en", "zh")

    def __init__(self, writer: Writer, *, understood: Callable[[str], str] | None = None) -> None:
        super().__init__()
        self.writer = writer
        self._understood = understood

    def understood(self, theme: str) -> str:
        """What the writer will make of a theme, in a sentence; empty where it takes every theme as it is."""
        return self._understood(theme) if self._understood else ""

    @property
    def model_name(self) -> str:
        """The writer's fingerprint, so that another version is another model in keys and records."""
        return self.writer.fingerprint

    @property
    def system(self) -> str:
        """The provider's name in records."""
        return "embedded"

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """Answer the latest task; raises ``BackboneError`` for messages without one."""
        _, parameters = self.prepare_request(model_settings, model_request_parameters)
        sheet = task_of(messages)
        task = _with_refusals(read_task(sheet), _refusals(messages))
        answer = await anyio.to_thread.run_sync(self._answer, str(sheet.get("role", "")), task, sheet.get("draft"))
        return as_tool_call(answer, parameters, self.model_name)

    def _answer(self, role: str, task: Task, draft: Any) -> BaseModel:
        if role == WHOLE and isinstance(task, StoryTask):
            return whole(self.writer, task)
        if role == f"{task.pair}.generate":
            return self._written(task)
        if role == f"{task.pair}.review":
            return self.writer.review(task, _draft(task, draft))
        raise BackboneError(
            f"The embedded writers have no role {role!r}. Choose another chat model for it in the profile."
        )

    def _written(self, task: Task) -> BaseModel:
        try:
            return write(self.writer, task)
        except ValidationError as error:
            wrong = "; ".join(
                f"{'.'.join(map(str, one['loc']))}: {one['msg']}"
                for one in error.errors(include_url=False, include_input=False)
            )
            raise BackboneError(
                f"The embedded writer {self.model_name!r} has no {task.pair} for this brief ({wrong[:300]}). "
                "Say more in the theme."
            ) from error


def write(writer: Writer, task: Task) -> BaseModel:
    """The draft for a task, in the output type of its pair."""
    match task:
        case StoryTask():
            return writer.write_story(task)
        case SegTask():
            return Storyboards(boards=writer.write_boards(task))
        case VideoTask():
            return VideoDescriptions(videos=writer.write_videos(task))
        case MonoTask():
            return Monologues(monologues=writer.write_monologues(task))
        case MusicTask():
            return writer.write_music(task)
        case _:
            assert_never(task)


def whole(writer: Writer, task: StoryTask) -> Script:
    """The whole script in one go: every part as it is written first."""
    story, seed = writer.write_story(task), task.seed
    boards = writer.write_boards(SegTask(theme=task.theme, style=task.style, shots=task.shots, story=story, seed=seed))
    words = floor(task.length / task.shots * LANGUAGES[task.language].pace)
    lines = MonoTask(
        theme=task.theme,
        boards=boards,
        character=story.character,
        story=story.story,
        language=task.language,
        max_words=(words,) * len(boards),
        seed=seed,
    )
    return Script(
        character=story.character,
        story=story.story,
        boards=boards,
        videos=writer.write_videos(VideoTask(boards=boards, style=task.style, seed=seed)),
        monologues=writer.write_monologues(lines),
        music=writer.write_music(MusicTask(theme=task.theme, boards=boards, seed=seed)),
    )


def _draft(task: Task, draft: Any) -> BaseModel:
    try:
        return _DRAFTS[task.pair].model_validate(draft)
    except ValidationError as error:
        raise BackboneError(
            f"The review task of pair {task.pair!r} holds no valid draft: {error.error_count()} fields do not fit."
        ) from error


def _refusals(messages: Sequence[ModelMessage]) -> list[str]:
    """What was refused since the latest task was given, oldest first: every request after it is pydantic-ai's own
    feedback."""
    requests = [message for message in messages if isinstance(message, ModelRequest)]
    latest = max((number for number, request in enumerate(requests) if _gives_task(request)), default=len(requests))
    return [" ".join(str(getattr(part, "content", "")) for part in request.parts) for request in requests[latest + 1 :]]


def _gives_task(request: ModelRequest) -> bool:
    return any(isinstance(part, UserPromptPart) and block_of(part) is not None for part in request.parts)


def _with_refusals(task: Task, refusals: Sequence[str]) -> Task:
    if not refusals:
        return task
    notes = tuple(
        Change(target="draft", problem=text[:400], wanted="A draft without this problem.") for text in refusals
    )
    return task.model_copy(update={"notes": (*task.notes, *notes), "seed": task.seed + RETRY_STRIDE * len(refusals)})
