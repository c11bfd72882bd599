"""A chat model as its server serves it: failures become ours, slips of JSON are mended, and what a server does not take
is left out.

``backbones.chat`` puts these around every chat model; nobody else needs to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pydantic_ai.exceptions import ModelAPIError, UnexpectedModelBehavior
from pydantic_ai.messages import (
    BinaryContent,
    ModelMessage,
    ModelRequest,
    ModelRequestPart,
    ModelResponse,
    UserPromptPart,
)
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.settings import ModelSettings

from personavlog.backbones.chat_booking import tell
from personavlog.backbones.chat_failures import PICTURE, TOOL_CHOICE, as_ours
from personavlog.backbones.chat_repair import repaired
from personavlog.backbones.chat_settings import ChatSettings
from personavlog.errors import BackboneError


class ServedModel(WrapperModel):
    """One request, one answer. ``takes_video`` and ``output_mode`` are read through every wrapper."""

    def __init__(self, wrapped: Model, settings: ChatSettings, *, takes_video: bool) -> None:
        super().__init__(wrapped)
        self.takes_video, self.output_mode, self._limit = takes_video, settings.output, settings.timeout

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """The answer; raises ``BackboneError`` for whatever the server did wrong."""
        try:
            response = await self.wrapped.request(messages, model_settings, model_request_parameters)
        except (ModelAPIError, UnexpectedModelBehavior) as error:
            raise as_ours(error, self.wrapped, self._limit) from error
        return repaired(response, model_request_parameters)


class WatchingModel(WrapperModel):
    """A model that is known to take clips as they are."""

    takes_video = True


class ForgivingModel(WrapperModel):
    """Asks once more without what the server does not take: pictures, where the words say what they show
    (``needs_pictures`` False), and a forced tool call. What was learned holds for the requests that follow.

    ``instead`` are the models to ask when this one does not deliver; an agent's whole question goes to them, as one
    model's half-finished talk is of little use to another.
    """

    def __init__(self, wrapped: Model, *, needs_pictures: bool = False, instead: Sequence[Model] = ()) -> None:
        super().__init__(wrapped)
        self.instead = tuple(instead)
        self._needs_pictures = needs_pictures
        self._left_out: set[str] = set()

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """The answer; raises as the model does."""
        while True:
            left_out = frozenset(self._left_out)
            sent = without_pictures(messages) if PICTURE in left_out else messages
            parameters = model_request_parameters
            if TOOL_CHOICE in left_out:
                parameters = replace(parameters, output_mode="tool", allow_text_output=True)
            try:
                return await self.wrapped.request(sent, model_settings, parameters)
            except BackboneError as error:
                if error.refused in left_out or not self._may_leave_out(error.refused, messages):
                    raise
                self._leave_out(error.refused)

    def _may_leave_out(self, what: str, messages: Sequence[ModelMessage]) -> bool:
        seen = without_pictures(messages) != list(messages)
        return what == TOOL_CHOICE or (what == PICTURE and seen and not self._needs_pictures)

    def _leave_out(self, what: str) -> None:
        if what == PICTURE and what not in self._left_out:
            tell(
                f"The chat model {self.model_name!r} takes no pictures; it writes from the description of the picture "
                "instead."
            )
        self._left_out.add(what)


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
