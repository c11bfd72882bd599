"""The base of every record: frozen, and strict about its fields."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A record that never changes and refuses fields that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
