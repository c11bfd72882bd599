"""One agent instance: a multimodal language model and its prompt template, as the paper defines it, with typed output,
bounded retries, and the models that are asked in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_ai import Agent, ModelRetry, NativeOutput, PromptedOutput, RunContext, ToolOutput
from pydantic_ai.exceptions import (
    AgentRunError,
    ContentFilterError,
    IncompleteToolCall,
    OutputTokenLimitExceeded,
    UserError,
)
from pydantic_ai.messages import ModelMessage, UserContent
from pydantic_ai.models import Model
from pydantic_ai.settings import ModelSettings
from pydantic_ai.usage import UsageLimits

from personavlog.agents.prompts import prompt_digest, render
from personavlog.agents.refusals import named, softened
from personavlog.agents.shapes import VERSION, form
from personavlog.agents.transcript import Transcript, Usage
from personavlog.backbones.chat import chat_fingerprint, fallbacks, output_mode
from personavlog.backbones.chat_booking import tell
from personavlog.backbones.chat_failures import short
from personavlog.backbones.chat_settings import OutputMode
from personavlog.errors import BackboneError, ConfigurationError, InvalidReplyError, RefusedError
from personavlog.runs.keys import schema_of

TaskT = TypeVar("TaskT", bound=BaseModel)
OutT = TypeVar("OutT", bound=BaseModel)

RETRIES = 2
"""How often one answer that does not fit is sent back before ``InvalidReplyError``."""
LIMITS = UsageLimits(request_limit=2 * (RETRIES + 1))
"""Of one question: its answers that do not fit, with a margin."""

Gate = Callable[[OutT, TaskT], Sequence[str]]
"""A cheap deterministic check: what is wrong with an answer, one sentence each, nothing if it may pass."""


@dataclass(frozen=True)
class Instance(Generic[TaskT, OutT]):
    """A model in a role such as "story.generate"; ``output`` is what it answers with, ``asked`` the same in the form
    that the model is shown. ``agents`` holds it and the models that are asked, in order, when it does not deliver."""

    role: str
    model: Model
    output: type[OutT]
    asked: type[OutT]
    agents: tuple[Agent[TaskT, OutT], ...]

    @property
    def fingerprint(self) -> str:
        """Who answers what: model, settings, prompt template and the form of the answer; for cache keys."""
        return answering(self.model, self.role, self.output)


@dataclass(frozen=True)
class Answer(Generic[OutT]):
    """An answer, the messages of this question alone, what it used, and who gave it (``chat_fingerprint``)."""

    output: OutT
    said: Transcript
    usage: Usage
    who: str


def answering(model: Model, role: str, output: type[BaseModel]) -> str:
    """Model and settings, the role's prompt template and the form of its answer in one line."""
    return f"{chat_fingerprint(model)} {prompt_digest(role)[:12]} {schema_of(output)} {VERSION}"


def instance(
    role: str,
    model: Model,
    output: type[OutT],
    words: Mapping[str, object],
    gate: Gate[OutT, TaskT] | None = None,
    asked: type[OutT] | None = None,
) -> Instance[TaskT, OutT]:
    """Build the agent of a role; ``words`` go into its template, ``gate`` sends answers back with its complaints, and
    ``asked`` is the output in the form that the model is asked for (``shapes.form``)."""
    shape = asked or form(output)
    told = render(role, words)
    agents = tuple(typed_agent(role, one, shape, told, gate) for one in (model, *fallbacks(model)))
    return Instance(role, model, output, shape, agents)


def typed_agent(
    role: str,
    model: Model,
    output: type[OutT],
    instructions: str,
    gate: Gate[OutT, TaskT] | None = None,
    settings: ModelSettings | None = None,
) -> Agent[TaskT, OutT]:
    """One model with its instructions, its typed output and its bounded retries; ``settings`` go out with its requests
    beside the model's own."""
    mode = output_mode(model)
    ways: dict[OutputMode, Any] = {
        "auto": output,
        "tool": ToolOutput(output),
        "native": NativeOutput(output),
        "prompted": PromptedOutput(output),
    }
    agent: Agent[TaskT, OutT] = Agent(
        model,
        output_type=ways[mode],
        instructions=instructions,
        name=role.replace(".", "_"),
        retries=RETRIES,
        model_settings=settings,
    )
    if gate is not None:

        @agent.output_validator
        def _pass(context: RunContext[TaskT], answer: OutT) -> OutT:
            complaints = gate(answer, context.deps)
            if complaints:
                raise ModelRetry(" ".join(complaints))
            return answer

    return agent


async def ask(
    who: Instance[TaskT, OutT], prompt: Sequence[UserContent], task: TaskT, history: Sequence[ModelMessage] = ()
) -> Answer[OutT]:
    """One answer; of the first model that delivers.

    Raises ``InvalidReplyError`` after the bounded retries, ``RefusedError`` where the provider's filter says no to the
    softened request too,
    ``ConfigurationError`` for a model that cannot be asked so, and ``BackboneError`` for everything else a provider can
    do: of the last model.
    """
    for agent in who.agents[:-1]:
        try:
            return await _asked_gently(who, agent, prompt, task, history)
        except BackboneError as error:
            tell(f"{error} Another model is asked.")
    return await _asked_gently(who, who.agents[-1], prompt, task, history)


async def _asked_gently(
    who: Instance[TaskT, OutT],
    agent: Agent[TaskT, OutT],
    prompt: Sequence[UserContent],
    task: TaskT,
    history: Sequence[ModelMessage],
) -> Answer[OutT]:
    """One answer of one model, which is asked once more in neutral words where it refused."""
    try:
        return await _asked(who, agent, prompt, task, history)
    except RefusedError as error:
        tell(f"{error} It is asked once more in neutral words.")
        gentle = softened(prompt, error.refused)
    return await _asked(who, agent, gentle, task, history)


async def _asked(
    who: Instance[TaskT, OutT],
    agent: Agent[TaskT, OutT],
    prompt: Sequence[UserContent],
    task: TaskT,
    history: Sequence[ModelMessage],
) -> Answer[OutT]:
    model = agent.model
    assert isinstance(model, Model), "agents are built with a model"
    name = f"The chat model {model.model_name!r} in the role {who.role!r}"
    try:
        result = await agent.run(list(prompt), deps=task, message_history=list(history) or None, usage_limits=LIMITS)
    except RefusedError as error:
        raise named(error, who.role, prompt) from error
    except ContentFilterError as error:
        text = f"{name} refused this request: {short(str(error))}."
        raise named(RefusedError(text, provider=model.system), who.role, prompt) from error
    except AgentRunError as error:
        raise _as_ours(name, model.system, error) from error
    except UserError as error:
        raise ConfigurationError(
            f"{name} cannot be asked so: {short(str(error))}. Change its output in the profile's [chat], or choose "
            "another model."
        ) from error
    return Answer(result.output, Transcript.of(result.new_messages()), Usage.of(result.usage), chat_fingerprint(model))


def _as_ours(name: str, provider: str, error: AgentRunError) -> BackboneError:
    """What an answer that came was unfit for; what kept one from coming is already told by ``backbones.chat``."""
    if isinstance(error, OutputTokenLimitExceeded | IncompleteToolCall):
        return InvalidReplyError(
            f"{name} was cut off before its answer was whole. Raise max_tokens in the profile's [chat].",
            provider=provider,
        )
    return InvalidReplyError(
        f"{name} gave no answer that fits after {RETRIES + 1} attempts: {_misfit(error)}. Choose another model for "
        "this role.",
        provider=provider,
    )


def _misfit(error: BaseException) -> str:
    """What did not fit in the last answer."""
    cause: BaseException | None = error
    said = ""
    while cause is not None:
        if isinstance(cause, ValidationError):
            wrong = cause.errors(include_url=False, include_input=False, include_context=False)
            read = [one for one in wrong[:4] if one["type"] != "json_invalid"]
            said = "; ".join(f"{'.'.join(map(str, one['loc'])) or 'the answer'}: {one['msg']}" for one in read)
        elif isinstance(cause, ModelRetry):
            said = cause.message
        cause = cause.__cause__
    return short(said or "the answer was empty, or words without the JSON that was asked for")
