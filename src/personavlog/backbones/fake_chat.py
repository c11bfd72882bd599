"""A simulated chat model: answers every agent's task in its type, after a settable time and at a settable price, with
the faults that real servers have. Found as the chat prefix ``fake``: "fake:writer",
"fake:writer?seconds=0.2&price=0.01".
"""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import parse_qsl

import anyio
from pydantic import BaseModel, BeforeValidator, Field, ValidationError
from pydantic_ai.exceptions import ModelHTTPError, ModelUnavailableError
from pydantic_ai.messages import ModelMessage, ModelResponse
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.settings import ModelSettings

from personavlog.backbones.chat_settings import ChatSettings
from personavlog.backbones.drafts import ConsideredStory, Monologues, Storyboards, VideoDescriptions
from personavlog.backbones.reviews import RUBRIC, CriterionScore, Review
from personavlog.backbones.scripted import as_tool_call
from personavlog.backbones.tasks import MonoTask, MusicTask, SegTask, StoryTask, Task, VideoTask, read_task, task_of
from personavlog.errors import BackboneError, ConfigurationError
from personavlog.frozen import Frozen
from personavlog.script import (
    Beat,
    Board,
    Camera,
    Character,
    Emotion,
    Framing,
    Monologue,
    MusicDescription,
    Script,
    Story,
    TimeOfDay,
    VideoDescription,
)

WORDS = "walk on and look around and keep this moment for later because it will not come back again"
CHARACTERS = "慢慢走着看着这一切想把它记在心里"
"""What is said after "I" in every line, from another word on."""
FRAMINGS = (Framing.WIDE, Framing.MEDIUM, Framing.SELFIE, Framing.MEDIUM)
TIMES = tuple(TimeOfDay)


class Behaviour(Frozen):
    """``seconds`` a call takes, ``price`` it costs ("unknown": nobody knows); ``down``: the first so many calls are
    answered with HTTP 503."""

    seconds: float = Field(default=0.0, ge=0)
    price: Annotated[float | None, BeforeValidator(lambda value: None if value == "unknown" else value)] = Field(
        default=0.0, ge=0
    )
    down: int = Field(default=0, ge=0)


def make(model: str, settings: ChatSettings) -> Model:
    """The model of a name such as "writer?seconds=0.2"; raises ``ConfigurationError`` for settings that do not fit."""
    name, _, query = model.partition("?")
    try:
        return FakeChat(name, Behaviour.model_validate(dict(parse_qsl(query, strict_parsing=bool(query)))))
    except (ValueError, ValidationError) as error:
        raise ConfigurationError(
            f"The simulated chat model {model!r} has settings that do not fit: {error}."
        ) from error


class FakeChat(Model):
    """Writes one plain story about any theme, and approves everything."""

    def __init__(self, name: str, behaviour: Behaviour) -> None:
        super().__init__()
        self._name, self.behaviour, self.calls = name, behaviour, 0
        self.price = behaviour.price

    @property
    def model_name(self) -> str:
        """Its name without the settings: they change no answer."""
        return f"fake-{self._name}-1"

    @property
    def system(self) -> str:
        """The provider's name in records."""
        return "fake"

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """The answer to the latest task."""
        _, parameters = self.prepare_request(model_settings, model_request_parameters)
        self.calls += 1
        await anyio.sleep(self.behaviour.seconds)
        if self.calls <= self.behaviour.down:
            body = {"error": "down for a moment"}
            raise ModelHTTPError.for_category(
                ModelUnavailableError, status_code=503, model_name=self.model_name, body=body
            )
        sheet = task_of(messages)
        return as_tool_call(answer(str(sheet.get("role", "")), sheet), parameters, self.model_name)


def answer(role: str, sheet: dict[str, Any]) -> BaseModel:
    """What it says to the task block of a writer or a reviewer; raises ``BackboneError`` for other roles."""
    task = read_task(sheet)
    if role.endswith(".review"):
        marks = tuple(CriterionScore(criterion=name, value=5) for name in RUBRIC[task.pair])
        return Review(approved=True, scores=marks)
    if role == "whole.generate" and isinstance(task, StoryTask):
        return _whole(task)
    if role.endswith(".generate"):
        return _written(task)
    raise BackboneError(f"The simulated chat model has no role {role!r}. Choose another model for it in the profile.")


def _written(task: Task) -> BaseModel:
    if isinstance(task, StoryTask):
        return _story(task)
    if isinstance(task, SegTask):
        return Storyboards(boards=tuple(_board(task, number) for number in range(task.shots)))
    if isinstance(task, VideoTask):
        return VideoDescriptions(videos=tuple(_video(board, n) for n, board in enumerate(task.boards)))
    if isinstance(task, MonoTask):
        return Monologues(monologues=tuple(_line(task, number) for number in range(len(task.boards))))
    assert isinstance(task, MusicTask)
    return MusicDescription(emotions=("calm",), instruments=("piano",), style="ambient", tempo=80)


def _whole(task: StoryTask) -> Script:
    drafted = _story(task)
    shots = range(task.shots)
    boards = tuple(_board(SegTask(theme=task.theme, shots=task.shots, story=drafted.story_draft), n) for n in shots)
    return Script(
        character=drafted.character,
        story=drafted.story,
        boards=boards,
        videos=tuple(_video(board, number) for number, board in enumerate(boards)),
        monologues=tuple(Monologue(text=f"I think of stop {number + 1}.") for number in shots),
        music=MusicDescription(emotions=("calm",), instruments=("piano",), style="ambient", tempo=80),
    )


def _story(task: StoryTask) -> ConsideredStory:
    beats = tuple(
        Beat(
            role="ending" if number == task.shots - 1 else "discovery", event=f"Stop {number + 1} of {task.theme[:200]}"
        )
        for number in range(task.shots)
    )
    character = Character(appearance=task.appearance or "a person in everyday clothes", personality="curious, patient")
    story = Story(title=task.theme[:80] or "A day", logline=task.theme, beats=beats)
    return ConsideredStory(readings=("A walk", "A search", "A return"), chosen=1, character=character, story=story)


def _board(task: SegTask, number: int) -> Board:
    return Board(
        place=f"place {number + 1}",
        time_of_day=TIMES[number * len(TIMES) // task.shots],
        action=f"Looks at what stop {number + 1} has to show",
        framing=FRAMINGS[number % len(FRAMINGS)],
        emotion=Emotion.CURIOUS,
    )


def _video(board: Board, number: int) -> VideoDescription:
    camera = (Camera.PUSH_IN, Camera.PAN_LEFT, Camera.STATIC)[number % 3]
    return VideoDescription(camera=camera, motion=board.action, atmosphere="quiet air, soft light")


def _line(task: MonoTask, number: int) -> Monologue:
    most = task.max_words[number]
    if task.language == "zh":
        start = number % len(CHARACTERS)
        return Monologue(text=f"我{(CHARACTERS * 4)[start:]}"[: max(most, 2)])
    known = WORDS.split()
    words = (known * 4)[number % len(known) :]
    return Monologue(text=" ".join(["I", *words][: max(most, 3)]))
