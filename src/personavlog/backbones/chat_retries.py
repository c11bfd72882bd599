"""What a chat model hears after an answer that did not fit: what to change, in one plain sentence.

The first time it sees its answer beside it. From the second time on the answers that did not fit are left out, since
small models copy what stands before them, and the question is asked again with the sentences in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelRequestPart,
    RetryFeedbackPart,
    ToolReturnPart,
    UserContent,
    UserPromptPart,
)

CUT_OFF = "Your last answer was cut off before it was whole. Write it again, whole, with much shorter texts."
AGAIN = "Write the whole answer again with this changed."
NOTHING = "There was no answer. Answer with the one JSON object that is asked for, and nothing else."
NO_OBJECT = "That was not one whole JSON object. Answer with the one JSON object that is asked for, and nothing else."
MOST = 3
"""Complaints in one sentence; more are not followed."""


def plainly(messages: Sequence[ModelMessage]) -> list[ModelMessage]:
    """The messages of a question with its retries as they are sent."""
    begun = _question(messages)
    heard = [(number, said) for number in range(begun + 1, len(messages)) if (said := _complaint(messages[number]))]
    if not heard:
        return list(messages)
    sentences = list(dict.fromkeys(said for _, said in heard))
    if len(heard) > 1:
        asked = with_sentence([messages[begun]], f"Earlier answers did not fit. {' '.join(sentences)}")
        return [*messages[:begun], *asked]
    number, said = heard[0]
    return [*messages[:number], _worded(messages[number], f"{said} {AGAIN}"), *messages[number + 1 :]]


def with_sentence(messages: Sequence[ModelMessage], sentence: str) -> list[ModelMessage]:
    """The messages with a sentence before the task of the last prompt: in it, as some models take no two prompts in a
    row."""
    number = _question(messages)
    message = messages[number]
    assert isinstance(message, ModelRequest)
    last = max(place for place, part in enumerate(message.parts) if isinstance(part, UserPromptPart))
    parts = [_told(part, sentence) if place == last else part for place, part in enumerate(message.parts)]
    return [*messages[:number], replace(message, parts=parts), *messages[number + 1 :]]


def _told(part: ModelRequestPart, sentence: str) -> ModelRequestPart:
    assert isinstance(part, UserPromptPart)
    content: list[UserContent] = [part.content] if isinstance(part.content, str) else list(part.content)
    return replace(part, content=[*content[:-1], sentence, *content[-1:]])


def _question(messages: Sequence[ModelMessage]) -> int:
    """Where the last prompt stands."""
    prompts = (
        number
        for number, message in enumerate(messages)
        if isinstance(message, ModelRequest) and any(isinstance(part, UserPromptPart) for part in message.parts)
    )
    return max(prompts, default=0)


def _complaint(message: ModelMessage) -> str:
    return next((said for part in message.parts if (said := _said(part))), "") if message.kind == "request" else ""


def _said(part: object) -> str:
    if isinstance(part, RetryFeedbackPart):
        return NOTHING if part.retry.cause == "no_output" else sentence_of(part.content)
    if isinstance(part, ToolReturnPart) and part.outcome == "retried":
        return sentence_of(part.content)
    return ""


def sentence_of(content: Any) -> str:
    """A gate's own sentence, or what pydantic found wrong, by the names in the answer."""
    if not isinstance(content, list):
        return str(content)
    wrong = [one for one in content if isinstance(one, Mapping)]
    if any(one.get("type") == "json_invalid" for one in wrong):
        return NO_OBJECT
    return f"{'; '.join(dict.fromkeys(f'{_place(one)}: {_wrong(one)}' for one in wrong[:MOST]))}."


def _place(one: Mapping[str, Any]) -> str:
    steps = [str(step + 1) if isinstance(step, int) else str(step) for step in one.get("loc", ())]
    return " ".join(steps) or "the answer"


def _wrong(one: Mapping[str, Any]) -> str:
    return str(one.get("msg", "does not fit")).removeprefix("Value error, ").rstrip(". ")


def _worded(message: ModelMessage, said: str) -> ModelMessage:
    assert isinstance(message, ModelRequest)
    return replace(message, parts=[_heard(part, said) for part in message.parts])


def _heard(part: ModelRequestPart, said: str) -> ModelRequestPart:
    if isinstance(part, RetryFeedbackPart):
        return UserPromptPart(content=said)
    if isinstance(part, ToolReturnPart) and part.outcome == "retried":
        return ToolReturnPart(part.tool_name, said, part.tool_call_id, outcome="retried", retry=part.retry)
    return part
