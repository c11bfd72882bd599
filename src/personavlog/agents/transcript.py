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
from personavlog.runs.blobs import Blobs


class Usage(Frozen):
    """What was asked of a model. ``cost`` is in US dollars, None where the price is unknown, 0 for models on this
    machine."""

    requests: int = Field(default=0, ge=0)
    input_tokens: int = Field(default=0, ge=0)
    output_tokens: int = Field(default=0, ge=0)
    cost: float | None = None

    @classmethod
    def of(cls, run: RunUsage) -> Usage:
        """What one question used."""
        return cls(
            requests=run.requests,
            input_tokens=run.input_tokens,
            output_tokens=run.output_tokens,
            cost=None if run.cost is None else float(run.cost),
        )

    def __add__(self, other: Usage) -> Usage:
        costs = (self.cost, other.cost)
        return Usage(
            requests=self.requests + other.requests,
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            cost=None if None in costs else sum(cost for cost in costs if cost is not None),
        )


class Transcript(Frozen):
    """Messages as pydantic-ai's JSON, except that the bytes of media stand in the blob store: ``{"kind": "blob",
    "digest", "size", ...}`` with what else was said of them."""

    messages: tuple[dict[str, Any], ...] = ()

    @classmethod
    def of(cls, messages: Sequence[ModelMessage]) -> Transcript:
        """The transcript of a finished exchange."""
        return cls(
            messages=tuple(
                _by_reference(message) for message in ModelMessagesTypeAdapter.dump_python(list(messages), mode="json")
            )
        )

    def __add__(self, later: Transcript) -> Transcript:
        return Transcript(messages=(*self.messages, *later.messages))

    def read(self, blobs: Blobs) -> list[ModelMessage]:
        """The messages again, with their media; raises ``MediaError`` where the store has them no more."""
        return ModelMessagesTypeAdapter.validate_python([_with_bytes(message, blobs) for message in self.messages])


def _by_reference(value: Any) -> Any:
    if isinstance(value, list):
        return [_by_reference(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("kind") == "binary":
        data = base64.urlsafe_b64decode(value["data"])
        rest = {key: item for key, item in value.items() if key not in ("data", "kind")}
        return {"kind": "blob", "digest": hashlib.sha256(data).hexdigest(), "size": len(data), **rest}
    return {key: _by_reference(item) for key, item in value.items()}


def _with_bytes(value: Any, blobs: Blobs) -> Any:
    if isinstance(value, list | tuple):
        return [_with_bytes(item, blobs) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("kind") == "blob":
        rest = {key: item for key, item in value.items() if key not in ("kind", "digest", "size")}
        data = base64.urlsafe_b64encode(blobs.path(value["digest"]).read_bytes()).decode()
        return {"kind": "binary", "data": data, **rest}
    return {key: _with_bytes(item, blobs) for key, item in value.items()}
