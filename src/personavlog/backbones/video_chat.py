"""OpenAI-compatible servers (vLLM, SGLang, llama.cpp, gateways): strange answers are named, and clips are sent as
``video_url`` where OpenAI's own models take pictures only.

Needs the extra ``openai``; imported only by ``personavlog.backbones.chat``. ``_validate_completion``,
``_map_binary_content_item`` and ``_unsupported_file_inputs`` are hooks of pydantic-ai without a promise: a test holds
them against the installed version.
"""

from __future__ import annotations

from typing import Any, cast

from pydantic_ai.exceptions import ModelAPIError
from pydantic_ai.messages import BinaryContent
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.profiles import JsonSchemaTransformer, ModelProfile


class AsWritten(JsonSchemaTransformer):
    """A schema as it is: servers of one's own know what OpenAI's strict schemas leave out, such as lengths."""

    def transform(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The same."""
        return schema


def own_profile(profile: ModelProfile) -> ModelProfile:
    """How a server of one's own is spoken to; ``max_tokens`` by its old name, as some know no other."""
    changed: Any = {
        **profile,
        "json_schema_transformer": AsWritten,
        "supports_json_schema_output": True,
        "supports_json_object_output": False,
        "openai_chat_supports_max_completion_tokens": False,
    }
    return cast("ModelProfile", changed)


class CompatibleModel(OpenAIChatModel):
    """An OpenAI-compatible chat model; an error in an answer with status 200, and one without choices, are the
    server's fault and said so. ``self_hosted``: at an address of the user's."""

    self_hosted = False

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
