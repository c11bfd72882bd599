"""A chat model as its server serves it: failures become ours, and slips of JSON are mended.

``backbones.chat`` puts this around every chat model; nobody else needs to.
"""

from __future__ import annotations

from pydantic_ai.exceptions import ModelAPIError, UnexpectedModelBehavior
from pydantic_ai.messages import ModelMessage, ModelResponse
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.settings import ModelSettings

from personavlog.backbones.chat_failures import as_ours
from personavlog.backbones.chat_repair import repaired
from personavlog.backbones.chat_settings import ChatSettings, OutputMode


class ServedModel(WrapperModel):
    """One request, one answer. ``takes_video`` and ``output_mode`` are read through every wrapper."""

    def __init__(self, wrapped: Model, settings: ChatSettings, *, takes_video: bool, output: OutputMode) -> None:
        super().__init__(wrapped)
        self.takes_video, self.output_mode, self._limit = takes_video, output, settings.timeout

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
