"""The two embedded writers by name: the plain writer, which needs no model, and the small language model; "auto" is the
first where it understands a theme and the second where not.

Both are modules of plain functions, and both are reviewed by the measuring reviewers; this file turns typed tasks into
their arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol, cast

from pydantic import BaseModel

from personavlog import weights
from personavlog.backbones.reviews import Change, Review
from personavlog.backbones.tasks import MonoTask, MusicTask, SegTask, StoryTask, Task, VideoTask
from personavlog.errors import ConfigurationError
from personavlog.script import Board, Character, Monologue, MusicDescription, Story, StoryDraft, VideoDescription
from personavlog_embedded.writing.chat import Writer

MODULES = {
    "planner": "personavlog_embedded.writing.plain.writer",
    "language": "personavlog_embedded.writing.language.writer",
}
AUTO = "auto"
LANGUAGE_WRITES = (
    "The plain writer understands too little of the theme, so the language model in this process writes places, acts "
    "and lines; that takes a minute or more."
)
REVIEWERS = "personavlog_embedded.writing.reviewers"


class WriterFunctions(Protocol):
    """A module that writes; ``notes`` are the last review's changes."""

    VERSION: str

    def write_story(
        self,
        *,
        theme: str,
        style: str,
        shots: int,
        language: str,
        name: str | None,
        appearance: str,
        seed: int,
        notes: Sequence[Change],
    ) -> StoryDraft:
        """Eq. 1."""
        ...

    def write_boards(
        self, *, story_draft: StoryDraft, theme: str, shots: int, seed: int, style: str, notes: Sequence[Change]
    ) -> tuple[Board, ...]:
        """Eq. 2."""
        ...

    def write_videos(
        self, *, boards: Sequence[Board], seed: int, notes: Sequence[Change]
    ) -> tuple[VideoDescription, ...]:
        """Eq. 3."""
        ...

    def write_monologues(
        self,
        *,
        boards: Sequence[Board],
        story: Story,
        character: Character,
        max_words: Sequence[int],
        language: str,
        seed: int,
        notes: Sequence[Change],
        theme: str,
    ) -> tuple[Monologue, ...]:
        """Eq. 4."""
        ...

    def write_music(
        self, *, boards: Sequence[Board], theme: str, seed: int, notes: Sequence[Change]
    ) -> MusicDescription:
        """Eq. 5."""
        ...


class ReviewFunctions(Protocol):
    """A module that reviews."""

    def review(self, role: str, draft: BaseModel, context: Task) -> Review:
        """The review of one pair's draft; ``context`` is the task it answers."""
        ...


class FunctionWriter:
    """A writer made of two modules of functions."""

    def __init__(self, name: str, functions: WriterFunctions, reviewers: ReviewFunctions) -> None:
        self._functions, self._reviewers = functions, reviewers
        self.fingerprint = f"{name}-{functions.VERSION}"

    def write_story(self, task: StoryTask) -> StoryDraft:
        """Eq. 1."""
        return self._functions.write_story(
            theme=task.theme,
            style=task.style,
            shots=task.shots,
            language=task.language,
            name=task.name,
            appearance=task.appearance,
            seed=task.seed,
            notes=task.notes,
        )

    def write_boards(self, task: SegTask) -> tuple[Board, ...]:
        """Eq. 2."""
        return self._functions.write_boards(
            story_draft=task.story,
            theme=task.theme,
            shots=task.shots,
            seed=task.seed,
            style=task.style,
            notes=task.notes,
        )

    def write_videos(self, task: VideoTask) -> tuple[VideoDescription, ...]:
        """Eq. 3."""
        return self._functions.write_videos(boards=task.boards, seed=task.seed, notes=task.notes)

    def write_monologues(self, task: MonoTask) -> tuple[Monologue, ...]:
        """Eq. 4."""
        return self._functions.write_monologues(
            boards=task.boards,
            story=task.story,
            character=task.character,
            max_words=task.max_words,
            language=task.language,
            seed=task.seed,
            notes=task.notes,
            theme=task.theme,
        )

    def write_music(self, task: MusicTask) -> MusicDescription:
        """Eq. 5."""
        return self._functions.write_music(boards=task.boards, theme=task.theme, seed=task.seed, notes=task.notes)

    def review(self, task: Task, draft: BaseModel) -> Review:
        """The measuring reviewer of the task's pair."""
        return self._reviewers.review(task.pair, draft, task)


class ByTheme:
    """The plain writer where it understands a theme, another one where it does not; whatever needs no theme is the
    plain writer's."""

    def __init__(self, plain: Writer, other: Writer, enough: Callable[[str], bool]) -> None:
        self._plain, self._other, self._enough = plain, other, enough
        self.fingerprint = f"{AUTO}-{plain.fingerprint}-{other.fingerprint}"

    def _for(self, theme: str) -> Writer:
        return self._plain if self._enough(theme) else self._other

    def write_story(self, task: StoryTask) -> StoryDraft:
        """Eq. 1."""
        return self._for(task.theme).write_story(task)

    def write_boards(self, task: SegTask) -> tuple[Board, ...]:
        """Eq. 2."""
        return self._for(task.theme).write_boards(task)

    def write_videos(self, task: VideoTask) -> tuple[VideoDescription, ...]:
        """Eq. 3."""
        return self._plain.write_videos(task)

    def write_monologues(self, task: MonoTask) -> tuple[Monologue, ...]:
        """Eq. 4."""
        return self._for(task.theme or task.story.logline).write_monologues(task)

    def write_music(self, task: MusicTask) -> MusicDescription:
        """Eq. 5."""
        return self._plain.write_music(task)

    def review(self, task: Task, draft: BaseModel) -> Review:
        """The measuring reviewer of the task's pair."""
        return self._plain.review(task, draft)


def language_ready() -> bool:
    """Whether the language model's package and weights are there."""
    return find_spec("xllamacpp") is not None and all(entry.state == "ready" for entry in weights.status(["language"]))


def understood(name: str) -> Callable[[str], str] | None:
    """What tells a user how the writer reads a theme: the plain writer reads two languages only."""
    if name == "language":
        return None
    return _who_writes if name == AUTO and language_ready() else _reading().understood


def _who_writes(theme: str) -> str:
    return str(_reading().understood(theme)) if _reading().enough(theme) else LANGUAGE_WRITES


def _reading() -> Any:
    return import_module("personavlog_embedded.writing.plain.understood")


@cache
def writer(name: str) -> Writer:
    """The embedded writer called "planner", "language" or "auto"; raises ``ConfigurationError`` for another name."""
    if name == AUTO:
        return (
            ByTheme(writer("planner"), writer("language"), _reading().enough) if language_ready() else writer("planner")
        )
    if name not in MODULES:
        raise ConfigurationError(
            f"There is no embedded chat model {name!r}. Choose one of {sorted((AUTO, *MODULES))!r}."
        )
    functions, reviewers = import_module(MODULES[name]), import_module(REVIEWERS)
    return FunctionWriter(name, cast(WriterFunctions, functions), cast(ReviewFunctions, reviewers))
