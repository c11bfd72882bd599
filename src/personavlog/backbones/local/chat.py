"""The chat role on this machine: a vision-language model of transformers that writes under a grammar, so that every
typed answer has the wanted form.

Found as the chat prefix ``local``: "local:qwen3-vl-4b", "local:/models/mine", and with settings
"local:qwen3-vl-4b?device=cuda:1&side=768".
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl

import anyio.to_thread
from anyio import from_thread
from pydantic import Field, ValidationError, model_validator
from pydantic_ai.messages import InstructionPart, ModelMessage, ModelResponse, ModelResponsePart, TextPart, ToolCallPart
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.profiles import ModelProfile
from pydantic_ai.settings import ModelSettings as RequestSettings
from pydantic_ai.usage import RequestUsage

from personavlog.backbones.chat_booking import tell
from personavlog.backbones.chat_settings import TIMEOUT, ChatSettings
from personavlog.backbones.local import device as devices
from personavlog.backbones.local.chat_loading import load_chat
from personavlog.backbones.local.chat_network import ChatNetwork, Question, Written
from personavlog.backbones.local.conversation import Turn, conversation
from personavlog.backbones.local.drawing import Draw
from personavlog.backbones.local.extra import present
from personavlog.backbones.local.folder import check, digest, located, sizes, source
from personavlog.backbones.local.pool import POOL, Wanted
from personavlog.backbones.local.settings import ModelSettings
from personavlog.errors import BackboneError, ConfigurationError

TOKENS = 4096
"""Of an answer, where the profile says nothing."""
HALF, FULL = 2, 4
"""Bytes of a number on a GPU and on a CPU."""
FORM = "Answer with one JSON object of this schema and nothing else:\n"


class SeeingSettings(ModelSettings):
    """``side``: pictures are sent at most so many px wide and high; more are more tokens and more time."""

    side: int = Field(default=1024, ge=64, le=4096)

    @model_validator(mode="after")
    def _not_of_pipelines(self) -> SeeingSettings:
        if self.quantisation or self.compile or self.attention or self.offload not in ("none", "sequential"):
            raise ValueError(
                'a chat model takes offload "none" or "sequential", and no quantisation, compile, attention'
            )
        return self


@dataclass(frozen=True)
class Form:
    """The form of an answer: ``schema`` None are free words; ``tool`` is the output tool's name, "" for none."""

    schema: Mapping[str, Any] | None = None
    tool: str = ""

    @classmethod
    def of(cls, parameters: ModelRequestParameters) -> Form:
        """What a request wants; raises ``BackboneError`` for tools to be called, which no agent of ours has."""
        if parameters.function_tools or len(parameters.output_tools) > 1:
            raise BackboneError("A local chat model answers in one form and calls no tools. Choose a served model.")
        if parameters.output_tools:
            tool = parameters.output_tools[0]
            return cls(tool.parameters_json_schema, tool.name)
        wanted = parameters.output_object
        return cls() if wanted is None else cls(wanted.json_schema)

    def told(self, parameters: ModelRequestParameters) -> ModelRequestParameters:
        """The parameters with the schema in their instructions, where pydantic-ai leaves it to the tool."""
        if not self.tool:
            return parameters
        words = InstructionPart(f"{FORM}{json.dumps(self.schema, ensure_ascii=False)}")
        return replace(parameters, instruction_parts=[*(parameters.instruction_parts or []), words])


class LocalChat(Model):
    """A pydantic-ai model that runs here. Same question and seed, same answer."""

    price = 0.0
    takes_video = False

    def __init__(self, settings: SeeingSettings, chat: ChatSettings) -> None:
        profile = ModelProfile(supports_json_schema_output=True, native_output_requires_schema_in_instructions=True)
        super().__init__(settings=_for_requests(chat), profile=profile)
        self._own = settings
        self._source = source(settings.model, settings.revision)
        self._folder = located(self._source)
        check(self._folder, self._source)
        self._state = digest(self._folder)

    @property
    def model_name(self) -> str:
        """The model, the state of its files, and what else its answers depend on here."""
        dtype = "" if self._own.dtype == "auto" else f" {self._own.dtype}"
        return f"{self._source.name}@{self._state} side {self._own.side}{dtype}"

    @property
    def system(self) -> str:
        """The provider's name in records."""
        return "local"

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: RequestSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """The answer, in the form that was asked for; raises ``BackboneError``, ``WeightsError``,
        ``ConfigurationError`` or ``MissingExtraError``."""
        settings, parameters = self.prepare_request(model_settings, model_request_parameters)
        form = Form.of(parameters)
        turns = conversation(messages, form.told(parameters), side=self._own.side)
        question = _question(turns, form, settings or {})
        wanted = await anyio.to_thread.run_sync(self._wanted)  # the first loads torch
        ran = await POOL.run(wanted, lambda network: network.write(question, from_thread.check_cancelled))
        for note in ran.notes:
            tell(note)
        return self._response(ran.value, form)

    def _wanted(self) -> Wanted[ChatNetwork]:
        device = devices.chosen(self._own.device)
        weights = sum(sizes(self._folder, FULL if device == "cpu" else HALF).values())
        budget = self._own.budget
        return Wanted(
            name=f"The chat model {self._source.name!r}",
            key=f"chat {self._folder} {self._state} {self._own.dtype}",
            device=device,
            load=lambda offload: load_chat(self._folder, self._own.dtype, device, offload),
            size=weights,
            largest=weights,
            offload="none" if device == "cpu" else self._own.offload,
            levels=("none",) if device == "cpu" else ("none", "sequential"),
            budget=None if budget is None else int(budget * devices.GIB),
        )

    def _response(self, written: Written, form: Form) -> ModelResponse:
        part: ModelResponsePart = ToolCallPart(form.tool, written.text) if form.tool else TextPart(written.text)
        return ModelResponse(
            parts=[part],
            usage=RequestUsage(input_tokens=written.asked, output_tokens=written.written),
            model_name=self.model_name,
            provider_name=self.system,
            finish_reason="stop" if written.whole else "length",
        )


def make(model: str, settings: ChatSettings) -> Model:
    """The model of a name such as "qwen3-vl-4b?device=cuda:1".

    Raises ``ConfigurationError`` for settings that do not fit, ``MissingExtraError``, and ``WeightsError`` where the
    model's files are not there in full. Nothing is loaded.
    """
    name, _, query = model.partition("?")
    if settings.takes_video:
        raise ConfigurationError(
            f"The chat model 'local:{name}' is shown frames of a clip with their times. Take takes_video out of the "
            "profile's [chat]."
        )
    present(("torch", "transformers", "llguidance"), f"The chat model 'local:{name}'")
    try:
        own = SeeingSettings.model_validate({"model": name, **dict(parse_qsl(query, strict_parsing=bool(query)))})
    except (ValidationError, ValueError) as error:
        raise ConfigurationError(f"The chat model 'local:{model}' has settings that do not fit: {error}.") from error
    return LocalChat(own, settings)


def _for_requests(chat: ChatSettings) -> RequestSettings:
    """What of the profile goes with every request, and so into cache keys."""
    settings = RequestSettings(timeout=chat.timeout, seed=chat.seed or 0, max_tokens=chat.max_tokens or TOKENS)
    if chat.temperature is not None:
        settings["temperature"] = chat.temperature
    return settings


def _question(turns: Sequence[Turn], form: Form, settings: RequestSettings) -> Question:
    timeout, temperature = settings.get("timeout"), settings.get("temperature")
    return Question(
        turns=turns,
        schema=form.schema,
        budget=settings.get("max_tokens") or TOKENS,
        seconds=float(timeout) if isinstance(timeout, int | float) else TIMEOUT,
        seed=settings.get("seed") or 0,
        draw=None if temperature is None else Draw(temperature, top_p=settings.get("top_p") or 1.0),
    )
