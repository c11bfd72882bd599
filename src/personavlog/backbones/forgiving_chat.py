"""A chat model that is asked again without what its server does not take: a picture, a forced tool call, a way of
answering; and an answer that was cut off is asked for once more, shorter.

``backbones.chat`` puts this around every chat model; nobody else needs to.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pydantic_ai.messages import (
    BinaryContent,
    ModelMessage,
    ModelRequest,
    ModelRequestPart,
    ModelResponse,
    TextPart,
    ThinkingPart,
    ToolCallPart,
    UserPromptPart,
)
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.output import OutputObjectDefinition
from pydantic_ai.settings import ModelSettings
from pydantic_ai.usage import RequestUsage

from personavlog.backbones.chat_booking import tell
from personavlog.backbones.chat_failures import PICTURE, SCHEMA, TOOL_CHOICE, TOOLS
from personavlog.backbones.chat_limits import answer_tokens, thinking_tokens
from personavlog.backbones.chat_retries import CUT_OFF, plainly, with_sentence
from personavlog.backbones.chat_settings import RequestMode
from personavlog.errors import BackboneError, InvalidReplyError

THINKS, HELD = "thinks first", "held by the schema"
"""What else is learned of a server: that its model writes its thoughts before the answer, and that it once answered as
the schema says."""
_WAYS: dict[str, RequestMode] = {SCHEMA: "native", TOOLS: "tool"}

_learned: dict[tuple[str, str, str], set[str]] = {}


def learned(model: Model) -> set[str]:
    """What this process has learned of a model at its address, for all who ask it."""
    return _learned.setdefault((model.system, model.model_name, model.base_url or ""), set())


class ForgivingModel(WrapperModel):
    """What was learned holds for the requests that follow. ``ways`` are how a typed answer may be asked for, the first
    one first; one way only is never left. ``self_hosted``: an answer without a limit of its own is held to what its
    schema can need. ``needs_pictures``: it is of no use blind.

    ``instead`` are the models to ask when this one does not deliver; an agent's whole question goes to them, as one
    model's half-finished talk is of little use to another.
    """

    def __init__(
        self,
        wrapped: Model,
        *,
        needs_pictures: bool = False,
        instead: Sequence[Model] = (),
        ways: Sequence[RequestMode] = (),
        self_hosted: bool = False,
    ) -> None:
        super().__init__(wrapped)
        self.instead = tuple(instead)
        self._needs_pictures, self._ways, self._self_hosted = needs_pictures, tuple(ways), self_hosted
        self._learned = learned(wrapped)

    def prepare_messages(
        self, messages: list[ModelMessage], model_request_parameters: ModelRequestParameters | None = None
    ) -> list[ModelMessage]:
        """The messages with what did not fit said plainly."""
        return super().prepare_messages(plainly(messages), model_request_parameters)

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """The answer; raises as the model does, and ``InvalidReplyError`` for one that is cut off twice."""
        spent, cut_off = RequestUsage(), 0
        while True:
            knew = frozenset(self._learned)
            parameters = self._asking(model_request_parameters, knew)
            settings = self._limited(model_settings, parameters, knew, cut_off)
            try:
                response = await self.wrapped.request(self._shown(messages, knew, cut_off), settings, parameters)
            except BackboneError as error:
                if not self._may_leave_out(error.refused, messages, parameters, knew):
                    raise
                self._leave_out(error.refused)
                continue
            spent = spent + response.usage
            lesson = self._lesson(response, parameters, knew)
            if lesson == CUT_OFF:
                cut_off += 1
                if cut_off > 1:
                    raise self._never_whole()
            elif lesson and lesson not in knew:
                self._leave_out(lesson)
            else:
                return replace(response, usage=spent)

    def _never_whole(self) -> InvalidReplyError:
        return InvalidReplyError(
            f"The chat model {self.model_name!r} was cut off twice before its answer was whole. Raise max_tokens in "
            "the profile's [chat], or choose another model.",
            provider=self.system,
        )

    def _shown(self, messages: list[ModelMessage], knew: frozenset[str], cut_off: int) -> list[ModelMessage]:
        shown = without_pictures(messages) if PICTURE in knew and not self._needs_pictures else messages
        return with_sentence(shown, CUT_OFF) if cut_off else shown

    def _asking(self, parameters: ModelRequestParameters, knew: frozenset[str]) -> ModelRequestParameters:
        """The parameters in the way that is the first one left."""
        if self._ways and schema_of(parameters) is not None:
            left = [way for way in self._ways if way not in map(_WAYS.get, knew)]
            parameters = _in_way(parameters, left[0] if left else self._ways[-1])
        if parameters.output_mode == "tool" and TOOL_CHOICE in knew:
            parameters = replace(parameters, allow_text_output=True)
        return parameters

    def _limited(
        self, settings: ModelSettings | None, parameters: ModelRequestParameters, knew: frozenset[str], cut_off: int
    ) -> ModelSettings | None:
        """With an end to the answer where the profile names none: a small model may write on for ever."""
        known = {**(self.settings or {}), **(settings or {})}
        schema = schema_of(parameters)
        if not self._self_hosted or "max_tokens" in known or schema is None:
            return settings
        most = answer_tokens(schema) * (1 + cut_off) + (thinking_tokens(schema) if THINKS in knew else 0)
        return ModelSettings(**{**(settings or {}), "max_tokens": most})

    def _lesson(self, response: ModelResponse, parameters: ModelRequestParameters, knew: frozenset[str]) -> str:
        """What is to be left out, or said, before the same is asked again; "" for an answer that can be used."""
        schema, said = schema_of(parameters), said_object(response)
        if schema is None:
            return ""
        if said is not None and set(schema.get("required", ())) <= set(said):
            self._learned.add(HELD)
            return ""
        if said is None and response.finish_reason == "length":
            thinks = any(isinstance(part, ThinkingPart) for part in response.parts)
            return THINKS if thinks and THINKS not in knew and self._self_hosted else CUT_OFF
        return self._ignored(response, parameters, knew)

    def _ignored(self, response: ModelResponse, parameters: ModelRequestParameters, knew: frozenset[str]) -> str:
        """The way of answering that the server did not follow though it took it; "" where another one is not left."""
        words = any(isinstance(part, TextPart) and part.content.strip() for part in response.parts)
        lost = {"native": SCHEMA, "tool": "" if TOOL_CHOICE in knew else TOOLS}.get(parameters.output_mode, "")
        free = words and HELD not in knew and response.finish_reason == "stop"
        return lost if free and lost and self._other_way(lost, knew) else ""

    def _other_way(self, lost: str, knew: frozenset[str]) -> bool:
        return lost in _WAYS and any(way not in map(_WAYS.get, {lost, *knew}) for way in self._ways)

    def _may_leave_out(
        self, what: str, messages: Sequence[ModelMessage], parameters: ModelRequestParameters, knew: frozenset[str]
    ) -> bool:
        if what == PICTURE:
            return what not in knew and not self._needs_pictures and without_pictures(messages) != list(messages)
        if what == TOOL_CHOICE and parameters.output_mode == "tool":
            return what not in knew or (TOOLS not in knew and self._other_way(TOOLS, knew))
        return what not in knew and self._other_way(what, knew)

    def _leave_out(self, what: str) -> None:
        if what == PICTURE and what not in self._learned:
            tell(
                f"The chat model {self.model_name!r} takes no pictures; it writes from the description of the picture "
                "instead."
            )
        self._learned.add(TOOLS if what == TOOL_CHOICE and what in self._learned else what)


def _in_way(parameters: ModelRequestParameters, way: RequestMode) -> ModelRequestParameters:
    """The parameters for this way; a question's later requests come as the library would ask them, without an
    object."""
    wanted = parameters.output_object
    if wanted is None:
        tool = parameters.output_tools[0]
        wanted = OutputObjectDefinition(
            name=tool.name, description=tool.description, json_schema=tool.parameters_json_schema
        )
    return replace(parameters, output_mode=way, output_object=wanted, allow_text_output=way != "tool")


def schema_of(parameters: ModelRequestParameters) -> dict[str, Any] | None:
    """The schema of the typed answer that is asked for; None where words are."""
    if parameters.output_object is not None:
        return parameters.output_object.json_schema
    tools = parameters.output_tools
    return tools[0].parameters_json_schema if len(tools) == 1 else None


def said_object(response: ModelResponse) -> dict[str, Any] | None:
    """The JSON object that an answer is, as a call or as text; None for words and for half an object."""
    for part in response.parts:
        said = part.args if isinstance(part, ToolCallPart) else part.content if isinstance(part, TextPart) else None
        try:
            found: Any = json.loads(said) if isinstance(said, str) else said
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            return dict(found)
    return None


def without_pictures(messages: Sequence[ModelMessage]) -> list[ModelMessage]:
    """The messages with their pictures taken out."""
    return [
        replace(message, parts=[_worded(part) for part in message.parts])
        if isinstance(message, ModelRequest)
        else message
        for message in messages
    ]


def _worded(part: ModelRequestPart) -> ModelRequestPart:
    if not isinstance(part, UserPromptPart) or isinstance(part.content, str):
        return part
    kept = [item for item in part.content if not (isinstance(item, BinaryContent) and item.is_image)]
    return replace(part, content=kept)
