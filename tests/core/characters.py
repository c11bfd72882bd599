"""Chat models with a character: the simulated writer, and what real models do now and then."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart, ThinkingPart, ToolCallPart
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.settings import ModelSettings

from personavlog.backbones.chat_booking import BookedModel
from personavlog.backbones.chat_settings import ChatSettings, OutputMode, RequestMode
from personavlog.backbones.fake_chat import Behaviour, FakeChat
from personavlog.backbones.forgiving_chat import ForgivingModel
from personavlog.backbones.served_chat import ServedModel

Change = Callable[[ModelResponse, int], ModelResponse]
"""What a character makes of the simulated writer's answer; the number of the request, from 1."""
PROSE = "I would rather talk about the weather than fill in forms."


class Character(Model):
    """Plays one character; ``asked`` are its requests: messages, settings and parameters."""

    price = 0.0

    def __init__(self, change: Change, name: str = "character") -> None:
        super().__init__()
        self._change, self._name, self._writer = change, name, FakeChat("writer", Behaviour())
        self.asked: list[tuple[list[ModelMessage], ModelSettings, ModelRequestParameters]] = []

    @property
    def model_name(self) -> str:
        """Its name; what is learned of a model is kept by it."""
        return self._name

    @property
    def system(self) -> str:
        """The provider's name in records."""
        return "character"

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """The writer's answer to the latest task, changed; as a call or as text, as it was asked for."""
        self.asked.append((list(messages), model_settings or ModelSettings(), model_request_parameters))
        called = replace(model_request_parameters, output_mode="tool", output_object=None)
        answer = await self._writer.request(messages, model_settings, called)
        if model_request_parameters.output_mode in ("native", "prompted"):
            answer = replace(answer, parts=[TextPart(part.args_as_json_str()) for part in answer.parts])  # type: ignore[union-attr]
        return self._change(answer, len(self.asked))

    @property
    def texts(self) -> list[str]:
        """Everything that each request held, as text."""
        return [str(messages) for messages, _, _ in self.asked]

    @property
    def ways(self) -> list[str]:
        """How a typed answer was asked for, request by request."""
        return [parameters.output_mode for _, _, parameters in self.asked]


def served(character: Character, *ways: RequestMode, self_hosted: bool = False) -> ForgivingModel:
    """The character behind all that stands around every chat model."""
    output: OutputMode = "auto" if len(ways) > 1 else "tool"
    inner = ServedModel(character, ChatSettings(), takes_video=False, output=output)
    return ForgivingModel(BookedModel(inner), ways=ways, self_hosted=self_hosted)


def said(text: str, reason: str = "stop") -> Change:
    """Words in place of an answer."""
    return lambda answer, number: replace(answer, parts=[TextPart(text)], finish_reason=reason)  # type: ignore[arg-type]


def first(change: Change, requests: int = 1) -> Change:
    """So only in the first requests."""
    return lambda answer, number: change(answer, number) if number <= requests else answer


def refuses(answer: ModelResponse, number: int) -> ModelResponse:
    """The provider's filter says no."""
    return replace(answer, parts=[], finish_reason="content_filter")


def breaks_off(answer: ModelResponse, number: int) -> ModelResponse:
    """Half of the answer, because the token limit came first."""
    return edited(answer, lambda text: text[: len(text) // 2], "length")


def thinks_too_long(answer: ModelResponse, number: int) -> ModelResponse:
    """Thoughts up to the token limit, and no answer."""
    return replace(answer, parts=[ThinkingPart("Let me see. " * 50)], finish_reason="length")


def fields(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Change:
    """The answer's JSON changed."""
    return lambda answer, number: edited(answer, lambda text: json.dumps(change(json.loads(text))))


def edited(answer: ModelResponse, change: Callable[[str], str], reason: str = "stop") -> ModelResponse:
    """The text of the answer changed."""
    part = answer.parts[0]
    changed = (
        replace(part, args=change(part.args_as_json_str()))
        if isinstance(part, ToolCallPart)
        else replace(part, content=change(part.content))  # type: ignore[union-attr]
    )
    return replace(answer, parts=[changed], finish_reason=reason)  # type: ignore[arg-type]
