"""What each writer pair is asked, typed; the chat role's messages carry it as JSON between ``<task>`` marks.

Everything a user or a model wrote travels inside that block and nowhere else in a prompt, so it stays data. Models that
read no prose read the block back (``read_task``); hosted models read the same block as part of the prompt.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from pydantic_ai.messages import ModelMessage, ModelRequest, TextContent, UserPromptPart

from personavlog.backbones.reviews import Change
from personavlog.brief import MAX_THEME, CleanText
from personavlog.errors import BackboneError
from personavlog.frozen import Frozen
from personavlog.languages import LanguageCode
from personavlog.script import Board, Character, Story, StoryDraft

OPEN, CLOSE = "<task>", "</task>"


class PairTask(Frozen):
    """What all pairs are told. ``notes`` are the changes that the last review wanted."""

    seed: int = 0
    notes: tuple[Change, ...] = ()


class StoryTask(PairTask):
    """Eq. 1. ``length`` is the film's in seconds; ``appearance`` what was seen in the picture, for models that see
    none."""

    pair: Literal["story"] = "story"
    theme: CleanText = Field(min_length=1, max_length=MAX_THEME)
    style: CleanText
    shots: int = Field(ge=2, le=24)
    length: float = Field(gt=0)
    language: LanguageCode = "en"
    name: CleanText | None = None
    appearance: CleanText = ""


class SegTask(PairTask):
    """Eq. 2: the story to be cut into ``shots`` boards."""

    pair: Literal["seg"] = "seg"
    theme: CleanText
    style: CleanText = ""
    shots: int = Field(ge=2, le=24)
    story: StoryDraft


class VideoTask(PairTask):
    """Eq. 3."""

    pair: Literal["video"] = "video"
    boards: tuple[Board, ...] = Field(min_length=1, max_length=24)


class MonoTask(PairTask):
    """Eq. 4. ``max_words`` has one limit per board: words in English, characters in Chinese."""

    pair: Literal["mono"] = "mono"
    boards: tuple[Board, ...] = Field(min_length=1, max_length=24)
    character: Character
    story: Story
    language: LanguageCode = "en"
    max_words: tuple[int, ...] = Field(min_length=1, max_length=24)


class MusicTask(PairTask):
    """Eq. 5."""

    pair: Literal["music"] = "music"
    theme: CleanText
    boards: tuple[Board, ...] = Field(min_length=1, max_length=24)


Task = StoryTask | SegTask | VideoTask | MonoTask | MusicTask
_TASK: TypeAdapter[Task] = TypeAdapter(Annotated[Task, Field(discriminator="pair")])


def fence(role: str, content: BaseModel, draft: BaseModel | None = None) -> str:
    """The JSON block that ends a prompt. Angle brackets are escaped, so no text inside can close the block or open
    another."""
    sheet: dict[str, Any] = {"role": role, **content.model_dump(mode="json")}
    if draft is not None:
        sheet["draft"] = draft.model_dump(mode="json")
    text = json.dumps(sheet, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e")
    return f"{OPEN}{text}{CLOSE}"


def task_of(messages: Sequence[ModelMessage]) -> dict[str, Any]:
    """The JSON of the latest task block in these messages; raises ``BackboneError`` where there is none."""
    for message in reversed(messages):
        for part in reversed(message.parts) if isinstance(message, ModelRequest) else ():
            block = block_of(part) if isinstance(part, UserPromptPart) else None
            if block is not None:
                return block
    raise BackboneError(
        "The messages hold no <task> block, so a model that reads no prose cannot know what is asked. Ask through "
        "personavlog.agents."
    )


def read_task(sheet: Mapping[str, Any]) -> Task:
    """The typed task of a block; raises ``BackboneError`` for one that no writer pair wrote."""
    try:
        return _TASK.validate_python({key: value for key, value in sheet.items() if key not in ("role", "draft")})
    except ValidationError as error:
        raise BackboneError(
            f"The task block of role {sheet.get('role')!r} is not a writer pair's: {error.error_count()} "
            "fields do not fit."
        ) from error


def block_of(part: UserPromptPart) -> dict[str, Any] | None:
    """The JSON of the task block that ends this prompt, or None where it ends otherwise."""
    texts = [part.content] if isinstance(part.content, str) else [_text(item) for item in part.content]
    last = texts[-1].rstrip() if texts else ""
    if not last.endswith(CLOSE) or OPEN not in last:
        return None
    found: dict[str, Any] = json.loads(last[last.rindex(OPEN) + len(OPEN) : -len(CLOSE)])
    return found


def _text(item: object) -> str:
    return item if isinstance(item, str) else item.content if isinstance(item, TextContent) else ""
