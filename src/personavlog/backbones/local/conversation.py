"""A request's messages as a model's chat template takes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from pydantic_ai.messages import (
    BinaryContent,
    CachePoint,
    ModelMessage,
    ModelRequest,
    ModelRequestPart,
    ModelResponse,
    SystemPromptPart,
    TextContent,
    TextPart,
    ToolCallPart,
    UserContent,
    UserPromptPart,
)
from pydantic_ai.models import ModelRequestParameters

from personavlog.errors import BackboneError
from personavlog.media.arrays import Pixels

CLIP = "clip"
"""What ``BackboneError.refused`` says of a clip, which no local model is sent."""
MOST_PIXELS = 64_000_000
"""Of a picture before it is made smaller."""

Content = dict[str, Any]


@dataclass(frozen=True)
class Turn:
    """What one side says: texts and pictures, (h, w, 3) RGB, in their order."""

    role: str
    content: tuple[str | Pixels, ...]

    @property
    def shows(self) -> bool:
        """Whether there is a picture in it."""
        return any(not isinstance(part, str) for part in self.content)

    def message(self, reserved: re.Pattern[str] | None, *, as_parts: bool) -> dict[str, Any]:
        """As a template of transformers takes it: content in parts, or one text for models without pictures.
        ``reserved`` are words that mean something to the model."""
        parts = [_item(part, reserved) for part in self.content]
        return {"role": self.role, "content": parts if as_parts else "".join(part["text"] for part in parts)}


def conversation(messages: Sequence[ModelMessage], parameters: ModelRequestParameters, *, side: int) -> list[Turn]:
    """All that was said, the instructions first; neighbouring turns of one side become one, as templates want it.

    Pictures are at most ``side`` px wide and high. Raises ``BackboneError`` for a clip, sound or address, and for a
    picture that does not decode.
    """
    turns = [Turn("system", (_instructions(messages, parameters),))]
    for message in messages:
        turns += _response(message) if isinstance(message, ModelResponse) else _request(message, side)
    return _merged(turn for turn in turns if turn.content and turn.content != ("",))


def reserved_words(tokens: Iterable[str]) -> re.Pattern[str] | None:
    """A tokenizer's words that are commands to the model; None where it has none. Those of white space command
    nothing, and breaking one with a space would make another."""
    words = sorted({token for token in tokens if len(token) > 1 and not re.search(r"\s", token)}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words))) if words else None


def _item(part: str | Pixels, reserved: re.Pattern[str] | None) -> Content:
    if isinstance(part, str):
        return {"type": "text", "text": _defused(part, reserved)}
    from PIL import Image

    return {"type": "image", "image": Image.fromarray(part)}


def _defused(text: str, reserved: re.Pattern[str] | None) -> str:
    """Words that a user wrote begin no turn and stand for no picture: a space breaks those that the model would
    obey."""
    while reserved is not None and reserved.search(text):
        text = reserved.sub(lambda found: f"{found[0][0]} {found[0][1:]}", text)
    return text


def _instructions(messages: Sequence[ModelMessage], parameters: ModelRequestParameters) -> str:
    if parameters.instruction_parts:
        return "\n\n".join(part.content for part in parameters.instruction_parts)
    said = [message.instructions for message in messages if isinstance(message, ModelRequest)]
    return next((text for text in reversed(said) if text), "")


def _response(message: ModelResponse) -> list[Turn]:
    parts = [
        part.content if isinstance(part, TextPart) else part.args_as_json_str()
        for part in message.parts
        if isinstance(part, TextPart | ToolCallPart)
    ]
    return [Turn("assistant", tuple(parts))]


def _request(message: ModelRequest, side: int) -> list[Turn]:
    return [
        Turn("system", (part.content,)) if isinstance(part, SystemPromptPart) else Turn("user", _said(part, side))
        for part in message.parts
    ]


def _said(part: ModelRequestPart, side: int) -> tuple[str | Pixels, ...]:
    if isinstance(part, UserPromptPart):
        items = [part.content] if isinstance(part.content, str) else part.content
        return tuple(_user(item, side) for item in items if not isinstance(item, CachePoint))
    says = getattr(part, "model_response_str", None) or getattr(part, "model_response", None)
    return (str(says()),) if callable(says) else ()


def _user(item: UserContent, side: int) -> str | Pixels:
    if isinstance(item, str | TextContent):
        return item if isinstance(item, str) else item.content
    if isinstance(item, BinaryContent) and item.is_image:
        return _picture(item.data, side)
    kind = item.media_type if isinstance(item, BinaryContent) else type(item).__name__
    raise BackboneError(
        f"A local chat model is sent words and pictures, and this is {kind!r}. Leave takes_video away in the "
        "profile's [chat]: it is then shown frames of a clip with their times.",
        refused=CLIP,
    )


def _picture(data: bytes, side: int) -> Pixels:
    decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
    if decoded is None or decoded.shape[0] * decoded.shape[1] > MOST_PIXELS:
        raise BackboneError(
            "A picture for the local chat model does not decode, or is too large. Make the step that drew it again."
        )
    scale = min(1.0, side / max(decoded.shape[:2]))
    if scale < 1:
        decoded = cv2.resize(decoded, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB), np.uint8)


def _merged(turns: Iterable[Turn]) -> list[Turn]:
    """A template takes a system turn only at the beginning."""
    merged: list[Turn] = []
    for turn in turns:
        late = turn.role == "system" and any(before.role != "system" for before in merged)
        role = "user" if late else turn.role
        if merged and merged[-1].role == role:
            merged[-1] = Turn(role, (*merged[-1].content, "\n\n", *turn.content))
        else:
            merged.append(Turn(role, turn.content))
    return merged
