"""The messages exchanged with a chat model, with media kept by reference, and their cost."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from typing import Any

from pydantic import Field
from pydantic_ai.messages import ModelMessage, ModelMessagesTypeAdapter
from pydantic_ai.usage import RunUsage

from personavlog.frozen import Frozen


class Usage(Frozen):
    """What was asked of a model. ``cost`` is in US dollars, None where the price is unknown, 0 for models on this
    machine."""

    requests: int = Field(default=0, ge=0)
    input_tokens: int = Field(default=0, ge=0)
    output_tokens: int = Field(default=0, ge=0)
    cost: float | None = None

    @classmethod
    def between(cls, before: RunUsage, after: RunUsage) -> Usage:
        """What was used from one reading of a running total to a later one."""
        cost = None if after.cost is None else float(after.cost - (before.cost or 0))
        return cls(
            requests=after.requests - before.requests,
            input_tokens=after.input_tokens - before.input_tokens,
            output_tokens=after.output_tokens - before.output_tokens,
            cost=cost,
        )


class Transcript(Frozen):
    """Messages as pydantic-ai's JSON, except that media stand as ``{"kind": "blob", "digest", "media_type", "size"}``,
    findable in the blob store."""

    messages: tuple[dict[str, Any], ...] = ()

    @classmethod
    def of(cls, messages: Sequence[ModelMessage]) -> Transcript:
        """The transcript of a finished exchange."""
        return cls(
            messages=tuple(
                _by_reference(message) for message in ModelMessagesTypeAdapter.dump_python(list(messages), mode="json")
            )
        )


def _by_reference(value: Any) -> Any:
    if isinstance(value, list):
        return [_by_reference(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("kind") == "binary":
        data = base64.urlsafe_b64decode(value["data"])
        return {
            "kind": "blob",
            "digest": hashlib.sha256(data).hexdigest(),
            "media_type": value["media_type"],
            "size": len(data),
        }
    return {key: _by_reference(item) for key, item in value.items()}
