"""OpenAI-compatible servers (vLLM, SGLang, llama.cpp, gateways): strange answers are named, and clips are sent as
``video_url`` where OpenAI's own models take pictures only.

Needs the extra ``openai``; imported only by ``personavlog.backbones.chat``. ``_validate_completion``,
``_map_binary_content_item`` and ``_unsupported_file_inputs`` are hooks of pydantic-ai without a promise: a test holds
them against the installed version.
"""

from __future__ import annotations

from typing import Any

from pydantic_ai.exceptions import ModelAPIError
from pydantic_ai.messages import BinaryContent
from pydantic_ai.models.openai import OpenAIChatModel


class CompatibleModel(OpenAIChatModel):
    """An OpenAI-compatible chat model; an error in an answer with status 200, and one without choices, are the
    server's fault and said so."""

    def _validate_completion(self, response: Any) -> Any:
        error = (response.model_extra or {}).get("error")
        if error:
            raise ModelAPIError(self.model_name, f"an error with status 200: {_words(error)}", body=error)
        if not response.choices:
            raise ModelAPIError(self.model_name, "an answer with no choices")
        return super()._validate_completion(response)


class VideoChatModel(CompatibleModel):
    """An OpenAI-compatible chat model that is sent clips as data URIs."""

    takes_video = True
    _unsupported_file_inputs = frozenset()

    async def _map_binary_content_item(self, item: BinaryContent) -> Any:
        if item.is_video:
            return {"type": "video_url", "video_url": {"url": item.data_uri}}
        return await super()._map_binary_content_item(item)


def _words(error: Any) -> str:
    return str(error.get("message", error)) if isinstance(error, dict) else str(error)
