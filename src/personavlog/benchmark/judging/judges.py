"""Who judges: any chat model, pinned by its fingerprint, and one question to it with all that it answered."""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, model_validator
from pydantic_ai import Agent
from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart, ToolCallPart
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.settings import ModelSettings

from personavlog.agents.instance import Instance, ask, typed_agent
from personavlog.agents.refusals import NEUTRAL
from personavlog.agents.transcript import Usage
from personavlog.backbones.chat import chat_fingerprint, chat_model
from personavlog.backbones.chat_prices import paid
from personavlog.backbones.chat_settings import ChatSettings
from personavlog.benchmark.judging.asking import (
    ROLE,
    Marks,
    Shown,
    answer_form,
    instructions,
    prompt_digest,
    request,
)
from personavlog.benchmark.judging.judgements import Judgement
from personavlog.errors import ConfigurationError, InvalidReplyError, RefusedError
from personavlog.frozen import misfit
from personavlog.profiles.secrets import refuse_keys
from personavlog.runs.keys import digest

MEASURING = "embedded"
"""The prefix of writers and reviewers that measure by tables; they would be judges in their own case."""
LONGEST_RAW = 20_000
"""Characters that are kept of one answer."""
MOST_BYTES = 64 * 1024
_A_FILE = re.compile(r"[/~\\]|[A-Za-z]:[/\\]")
_KEPT = ("temperature", "seed", "max_tokens")

JudgeModel = Model | str
"""A chat model; or its name ("openai:gpt-4.1"); or a judge's TOML file (``JudgeFile``), a name that ends so."""


class JudgeFile(ChatSettings):
    """A judge as a TOML file: the model's name, and how it is reached and asked, as in a profile's [chat]."""

    model: str = Field(min_length=3, max_length=200)

    @model_validator(mode="before")
    @classmethod
    def _keys_are_elsewhere(cls, value: Any) -> Any:
        return refuse_keys(value)


@dataclass(frozen=True, eq=False)
class Judge:
    """One judge. ``fingerprint`` is provider, model, address and settings; never holds a key."""

    model: Model

    @property
    def name(self) -> str:
        """Provider and model."""
        return f"{self.model.system}:{self.model.model_name}"

    @cached_property
    def fingerprint(self) -> str:
        """What pins it."""
        return chat_fingerprint(self.model)

    def key(self, what: Shown, repeat: int) -> str:
        """What one answer depends on."""
        return digest({"words": what.words, "judge": self.fingerprint, "prompt": prompt_digest(), "repeat": repeat})

    async def answer(self, vlog: str, what: Shown, repeat: int) -> Judgement:
        """Ask; an answer that does not fit is sent back at most twice, and is kept without marks then, as is a refused
        storyboard.

        Raises ``BackboneError`` where the model could not be asked, ``ConfigurationError`` where it cannot be asked so.
        """
        heard = _Heard(self.model)
        settings = self._settings(repeat)
        agent: Agent[Shown, Marks] = typed_agent(ROLE, heard, answer_form(), instructions(), settings=settings)
        who: Instance[Shown, Marks] = Instance(ROLE, heard, Marks, answer_form(), (agent,))
        found: dict[str, Any]
        try:
            answer = await ask(who, request(what), what)
            neutral = NEUTRAL in json.dumps(answer.said.messages)
            found = {"marks": answer.output, "neutral": neutral}
        except RefusedError:
            found = {"failure": f"The judge {self.name} refused this storyboard."}
        except InvalidReplyError as error:
            found = {"failure": str(error)}
        said = {name: value for name, value in {**(self.model.settings or {}), **settings}.items() if name in _KEPT}
        return Judgement(
            key=self.key(what, repeat),
            vlog=vlog,
            words=what.words,
            judge=self.fingerprint,
            served=heard.served[:200],
            settings=said,
            prompt=prompt_digest(),
            repeat=repeat,
            date=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            raw=tuple(heard.raw),
            usage=heard.usage,
            **found,
        )

    def _settings(self, repeat: int) -> ModelSettings:
        """A judge with a seed gets another one for every repeat, as it would say the same again."""
        seed = (self.model.settings or {}).get("seed")
        return ModelSettings() if seed is None else ModelSettings(seed=seed + repeat - 1)


class _Heard(WrapperModel):
    """Keeps what a model answered to one question, whether it fitted or not."""

    def __init__(self, wrapped: Model) -> None:
        super().__init__(wrapped)
        self.raw: list[str] = []
        self.served = ""
        self.usage: Usage | None = None

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """The model's answer."""
        response = await self.wrapped.request(messages, model_settings, model_request_parameters)
        self.raw.append("\n".join(map(_text, response.parts)).strip()[:LONGEST_RAW])
        self.served = _without_folder(response.model_name or "")
        tokens, money = response.usage, paid(self.wrapped, response)
        used = Usage(requests=1, input_tokens=tokens.input_tokens, output_tokens=tokens.output_tokens, cost=money)
        self.usage = used if self.usage is None else self.usage + used
        return response


def _text(part: object) -> str:
    if isinstance(part, ToolCallPart):
        return part.args_as_json_str()
    return part.content if isinstance(part, TextPart) else ""


def _without_folder(name: str) -> str:
    """A model's name as a server tells it; of a file on somebody's machine only the file."""
    return re.split(r"[/\\]", name)[-1] if _A_FILE.match(name) else name


def opened(models: Sequence[JudgeModel]) -> tuple[Judge, ...]:
    """The judges of these models, names or files.

    Raises ``ConfigurationError`` for one that measures by tables, one that is named twice, an unknown name, a file that
    does not fit or a missing key, and ``MissingExtraError`` where a client library is not installed.
    """
    judges = tuple(Judge(_model(one)) for one in models)
    for place, judge in enumerate(judges):
        if judge.model.system == MEASURING:
            raise ConfigurationError(_IN_OWN_CASE.format(name=judge.name))
        if any(judge.fingerprint == other.fingerprint for other in judges[:place]):
            raise ConfigurationError(
                f"The judge {judge.name!r} is named twice. Name it once, and ask for repeats to hear it more often."
            )
    return judges


_IN_OWN_CASE = (
    "{name!r} cannot judge: the measuring reviewers took part in writing what is judged, and count by the same tables. "
    "Name a chat model as judge, or none: the four storyboard columns then say 'no judge'."
)


def _model(one: JudgeModel) -> Model:
    if isinstance(one, Model):
        return one
    said = _read(Path(one)) if one.endswith(".toml") else JudgeFile(model=one)
    if said.model.startswith(f"{MEASURING}:"):
        raise ConfigurationError(_IN_OWN_CASE.format(name=said.model))
    return chat_model(said.model, ChatSettings.model_validate(said.model_dump(exclude={"model"})))


def _read(file: Path) -> JudgeFile:
    """The judge of a TOML file."""
    try:
        with file.open("rb") as stream:
            return JudgeFile.model_validate(tomllib.loads(stream.read(MOST_BYTES).decode("utf-8")))
    except OSError as error:
        raise ConfigurationError(
            f"The judge's file {str(file)!r} cannot be read: {error.strerror}. Check its name."
        ) from error
    except ValidationError as error:
        wrong = error.errors()[0]
        place = ".".join(map(str, wrong["loc"])) or "the file"
        raise ConfigurationError(
            f"The judge's file {str(file)!r} does not fit: {place}: {misfit(wrong, JudgeFile)}. Correct it."
        ) from error
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(f"The judge's file {str(file)!r} is not TOML: {error}. Correct it.") from error
