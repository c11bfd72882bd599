"""One agent instance: a multimodal language model and its prompt template, as the paper defines it, with typed output
and bounded retries."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel
from pydantic_ai import Agent, ModelRetry, RunContext
from pydantic_ai.exceptions import (
    AgentRunError,
    ContentFilterError,
    ModelAPIError,
    ModelHTTPError,
    UnexpectedModelBehavior,
    UsageLimitExceeded,
)
from pydantic_ai.messages import BinaryContent, ModelMessage, UserContent
from pydantic_ai.models import Model
from pydantic_ai.usage import RunUsage, UsageLimits

from personavlog.agents.prompts import render
from personavlog.backbones.chat import chat_fingerprint
from personavlog.errors import BackboneError, InvalidReplyError, RefusedError
from personavlog.media import Blob
from personavlog.runs.blobs import Blobs

TaskT = TypeVar("TaskT", bound=BaseModel)
OutT = TypeVar("OutT", bound=BaseModel)

RETRIES = 2
"""How often one answer that does not fit is sent back before ``InvalidReplyError``."""

_KEY = re.compile(r"\b(sk|pk|key|AIza|Bearer)[-_ ]?[A-Za-z0-9*_\-]{12,}")
"""What keys look like; providers quote them in the text of a refused request."""

Gate = Callable[[OutT, TaskT], Sequence[str]]
"""A cheap deterministic check: what is wrong with an answer, one sentence each, nothing if it may pass."""


@dataclass(frozen=True)
class Instance(Generic[TaskT, OutT]):
    """A model in a role such as "story.generate"; ``output`` is what it answers with."""

    role: str
    model: Model
    output: type[OutT]
    agent: Agent[TaskT, OutT]

    @property
    def fingerprint(self) -> str:
        """Who answers, for the record and for cache keys."""
        return chat_fingerprint(self.model)


def instance(
    role: str, model: Model, output: type[OutT], words: Mapping[str, object], gate: Gate[OutT, TaskT] | None = None
) -> Instance[TaskT, OutT]:
    """Build the agent of a role; ``words`` go into its template, ``gate`` sends answers back with its complaints."""
    agent: Agent[TaskT, OutT] = Agent(
        model, output_type=output, instructions=render(role, words), name=role.replace(".", "_"), retries=RETRIES
    )
    if gate is not None:

        @agent.output_validator
        def _pass(context: RunContext[TaskT], answer: OutT) -> OutT:
            complaints = gate(answer, context.deps)
            if complaints:
                raise ModelRetry(" ".join(complaints))
            return answer

    return Instance(role, model, output, agent)


async def ask(
    who: Instance[TaskT, OutT],
    prompt: Sequence[UserContent],
    task: TaskT,
    usage: RunUsage,
    limits: UsageLimits,
    history: Sequence[ModelMessage] = (),
) -> tuple[OutT, list[ModelMessage]]:
    """One answer and the messages up to it.

    Raises ``InvalidReplyError`` after the bounded retries, ``RefusedError`` where the provider's filter says no, and
    ``BackboneError`` for everything else a provider can do.
    """
    try:
        result = await who.agent.run(
            list(prompt), deps=task, message_history=list(history) or None, usage=usage, usage_limits=limits
        )
    except AgentRunError as error:
        raise _as_ours(who, error) from error
    return result.output, result.all_messages()


def picture(blobs: Blobs, media: Blob) -> BinaryContent:
    """Stored bytes as a message part; unchanged, so that a transcript's digest finds them again."""
    return BinaryContent(blobs.get(media), media_type=media.media_type)


def _as_ours(who: Instance[TaskT, OutT], error: AgentRunError) -> BackboneError:
    name = f"The chat model {who.model.model_name!r} in the role {who.role!r}"
    # A filter's error as a whole also holds the empty reply, which says nothing.
    text = error.message if isinstance(error, ContentFilterError) else str(error)
    detail = _KEY.sub("[key]", text).rstrip(".")[:400]
    if isinstance(error, ContentFilterError):
        return RefusedError(f"{name} refused this request: {detail}. Change the theme or the photo.")
    if isinstance(error, UsageLimitExceeded):
        return BackboneError(f"{name} reached the limit set for it: {detail}. Raise the limit in the profile.")
    if isinstance(error, UnexpectedModelBehavior):
        return InvalidReplyError(
            f"{name} gave no answer that fits after {RETRIES + 1} attempts: {detail}. Choose another model for "
            "this role."
        )
    if isinstance(error, ModelHTTPError):
        return BackboneError(
            f"{name} answered HTTP {error.status_code}: {detail}. Check the key, the model's name and the "
            "service's state."
        )
    if isinstance(error, ModelAPIError):
        return BackboneError(f"{name} could not be reached: {detail}. Check the address and the network.")
    return BackboneError(f"{name} failed: {detail}.")
