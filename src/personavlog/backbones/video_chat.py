"""Video for OpenAI-compatible servers (vLLM, SGLang, llama.cpp), which take ``video_url`` where OpenAI's own models
take pictures only.

Needs the extra ``openai``; imported only by ``personavlog.backbones.chat``. ``_map_binary_content_item`` and
``_unsupported_file_inputs`` are hooks of pydantic-ai without a promise: a test holds them against the installed
version.
"""

from __future__ import annotations

from typing import Any

from pydantic_ai.messages import BinaryContent
from pydantic_ai.models.openai import OpenAIChatModel


class VideoChatModel(OpenAIChatModel):
    """An OpenAI-compatible chat model that is sent clips as data URIs."""

    _unsupported_file_inputs = frozenset()

    async def _map_binary_content_item(self, item: BinaryContent) -> Any:
        if item.is_video:
            return {"type": "video_url", "video_url": {"url": item.data_uri}}
        return await super()._map_binary_content_item(item)
