"""The base of every record: frozen, and strict about its fields."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from pydantic_core import ErrorDetails


class Frozen(BaseModel):
    """A record that never changes and refuses fields that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def misfit(error: ErrorDetails, of: type[BaseModel] | None = None) -> str:
    """What is wrong with one field; for one that there is not, with those that there are, where ``of`` is the record
    that was read."""
    if error["type"] != "extra_forbidden":
        return error["msg"]
    for part in error["loc"][:-1]:
        field = of.model_fields.get(str(part)) if of is not None else None
        kind = None if field is None else field.annotation
        of = kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None
    return "unknown" if of is None else f"unknown; known are: {', '.join(sorted(of.model_fields))}"
