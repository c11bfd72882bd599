"""What a request to a chat model may cost and did cost, in US dollars.

Prices are those of ``genai-prices``, by the server's address: a server of one's own that calls its model "gpt-4.1" has
no known price. A model that knows its own price has it as ``price`` (0 for models on this machine).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from genai_prices import Usage, calc_price
from pydantic_ai.messages import BinaryContent, ModelMessage, ModelMessagesTypeAdapter, ModelResponse, UserPromptPart
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.settings import ModelSettings

BYTES_PER_TOKEN = 2
"""Fewer than any tokenizer of today has on average: English about 4, Chinese about 2.5 (UTF-8)."""
PICTURE_TOKENS = 2500
"""More than a picture of 1360 x 768 px counts for with the providers that publish how they count."""
VIDEO_TOKENS = 15_000
"""More than a clip of ten seconds at four frames a second counts for."""
OUTPUT_TOKENS = 16_384
"""Assumed for a model without ``max_tokens``."""


def high_estimate(
    model: Model, messages: Sequence[ModelMessage], settings: ModelSettings | None, parameters: ModelRequestParameters
) -> float | None:
    """What a request may cost at most; None where the price is unknown."""
    if hasattr(model, "price"):
        return _own(model)
    most = (settings or {}).get("max_tokens") or OUTPUT_TOKENS
    return _priced(model, model.model_name, Usage(input_tokens=_tokens(messages, parameters), output_tokens=most))


def paid(model: Model, response: ModelResponse) -> float | None:
    """What this answer cost; None where nobody knows."""
    if hasattr(model, "price"):
        return _own(model)
    usage = response.usage
    if usage.cost is not None:
        return float(usage.cost)
    return None if usage.unmeasured_requests else _priced(model, response.model_name or model.model_name, usage)


def listed(prefix: str, name: str, base_url: str | None, sent: int, answered: int) -> float | None:
    """What so many tokens cost of the model "<prefix>:<name>" by the list; None where it is not known."""
    usage = Usage(input_tokens=sent, output_tokens=answered)
    return _calculated(usage, name, "google" if prefix.startswith("google") else prefix, base_url)


def _own(model: Model) -> float | None:
    price: Any = model.price  # type: ignore[attr-defined]
    return None if price is None else float(price)


def _priced(model: Model, name: str, usage: Any) -> float | None:
    return _calculated(usage, name, model.system, model.base_url)


def _calculated(usage: Any, name: str, provider: str, address: str | None) -> float | None:
    try:
        if address:
            return float(calc_price(usage, name, provider_api_url=address).total_price)
        return float(calc_price(usage, name, provider_id=provider).total_price)
    except (LookupError, ValueError):
        return None


def _tokens(messages: Sequence[ModelMessage], parameters: ModelRequestParameters) -> int:
    """From above."""
    media = [item for message in messages for item in _media(message)]
    text = sum(map(_text_bytes, ModelMessagesTypeAdapter.dump_python(list(messages), mode="python")))
    tools = sum(len(json.dumps(tool.parameters_json_schema)) for tool in parameters.output_tools)
    schema = parameters.output_object
    tools += len(json.dumps(schema.json_schema)) if schema is not None else 0
    seen = sum(VIDEO_TOKENS if item.is_video else PICTURE_TOKENS for item in media)
    return (text + tools) // BYTES_PER_TOKEN + seen


def _media(message: ModelMessage) -> list[BinaryContent]:
    shown = [part.content for part in message.parts if isinstance(part, UserPromptPart)]
    items = [item for content in shown if not isinstance(content, str) for item in content]
    return [item for item in items if isinstance(item, BinaryContent)]


def _text_bytes(value: Any) -> int:
    """UTF-8 bytes of all text inside; media are bytes and count for nothing here."""
    if isinstance(value, str):
        return len(value.encode("utf-8", "surrogatepass"))
    if isinstance(value, dict):
        return sum(map(_text_bytes, value.values()))
    return sum(map(_text_bytes, value)) if isinstance(value, list | tuple) else 0
