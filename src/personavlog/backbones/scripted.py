"""A chat model whose replies are written beforehand: the double that tests and demonstrations use on the real agent
path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from pydantic import BaseModel
from pydantic_ai.messages import ModelMessage, ModelResponse, ToolCallPart
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.settings import ModelSettings
from pydantic_ai.usage import RequestUsage

from personavlog.errors import BackboneError

Reply = BaseModel | dict[str, object] | Callable[[Sequence[ModelMessage]], BaseModel | dict[str, object]]
"""A typed answer, its JSON fields, or a function of the messages that gives either."""


class ScriptedModel(Model):
    """Gives ``replies`` in order through the agent's output tool; ``seen`` keeps the messages of every request.

    A reply that does not fit the output type goes through pydantic-ai's own validation and retry, as a real model's
    would. Asked once more than it has replies, it raises ``BackboneError``.
    """

    price = 0.0

    def __init__(self, replies: Iterable[Reply], name: str = "scripted") -> None:
        super().__init__()
        self._replies = iter(replies)
        self._name = name
        self.seen: list[list[ModelMessage]] = []

    @property
    def model_name(self) -> str:
        """The name given to it."""
        return self._name

    @property
    def system(self) -> str:
        """The provider's name in records."""
        return "scripted"

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """The next reply as a call of the output tool."""
        _, parameters = self.prepare_request(model_settings, model_request_parameters)
        self.seen.append(list(messages))
        reply = next(self._replies, None)
        if reply is None:
            raise BackboneError(
                f"The scripted model {self._name!r} was asked {len(self.seen)} times and has no reply left. "
                "Give it more replies."
            )
        answer = reply(messages) if callable(reply) else reply
        return as_tool_call(answer, parameters, self._name)


def as_tool_call(
    answer: BaseModel | dict[str, object], parameters: ModelRequestParameters, model: str
) -> ModelResponse:
    """The answer as a call of the request's output tool; models without a wire cost nothing, so their usage is zero."""
    arguments = answer.model_dump(mode="json") if isinstance(answer, BaseModel) else answer
    if not parameters.output_tools:
        raise BackboneError(f"The model {model!r} answers typed requests only; this agent asks for free text.")
    return ModelResponse(
        parts=[ToolCallPart(parameters.output_tools[0].name, arguments)], usage=RequestUsage(), model_name=model
    )
