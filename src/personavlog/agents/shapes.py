"""The form of a typed answer as a JSON schema that says all that is checked later: a decoder that is held by it cannot
give an answer that does not fit.

The record that an answer becomes stays the same; only what the model is shown is tighter. A model that is not held by
the schema meets the record's own bounds and the agents' checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, TypeVar, cast

from pydantic import BaseModel, BeforeValidator, WithJsonSchema

OutT = TypeVar("OutT", bound=BaseModel)
Schema = dict[str, Any]

VERSION = 2
"""Of how answers are asked for; part of an agent's fingerprint."""
ONLY = "answer"
"""The one property of an answer that has two forms: a schema's root is always one object."""


def form(
    output: type[OutT], schema: Schema | None = None, read: Callable[[dict[str, Any]], dict[str, Any]] | None = None
) -> type[OutT]:
    """``output`` as a model is asked for it: by ``schema``; ``read`` turns the JSON of that schema into the record's
    and leaves the record's own JSON as it is."""
    shown = {**(schema or plain(output)), "title": output.__name__}
    told: Any = Annotated[output, BeforeValidator(lambda value: _read(value, read)), WithJsonSchema(shown)]
    return cast("type[OutT]", told)


def _read(value: Any, read: Callable[[dict[str, Any]], dict[str, Any]] | None) -> Any:
    return read(value) if read is not None and isinstance(value, dict) else value


def plain(output: type[BaseModel]) -> Schema:
    """A record's schema with its parts in place, and every property asked for; what the record may leave open (null)
    has to be said too."""
    whole = output.model_json_schema()
    return cast("Schema", _plain(whole, whole.get("$defs", {})))


def _plain(node: Any, parts: Schema) -> Any:
    if isinstance(node, list):
        return [_plain(item, parts) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _plain(parts[node["$ref"].rpartition("/")[2]], parts)
    if _OPEN in node.get("anyOf", ()):
        (said,) = (one for one in node["anyOf"] if one != _OPEN)
        return _plain(said, parts)
    kept = {key: _plain(value, parts) for key, value in node.items() if key not in _LEFT_OUT}
    if "properties" in node:
        kept["properties"] = {name: _plain(value, parts) for name, value in node["properties"].items()}
        kept["required"] = list(kept["properties"])
    return kept


_OPEN = {"type": "null"}
_LEFT_OUT = ("$defs", "title", "default", "properties", "required")


def inside(schema: Schema, *path: str) -> Schema:
    """The schema of a property of a property; "[]" are the items of a list."""
    for name in path:
        schema = schema["items"] if name == "[]" else schema["properties"][name]
    return schema


def counted(output: type[OutT], count: int, *path: str) -> Schema:
    """The plain schema with exactly ``count`` items in the list at ``path``."""
    schema = plain(output)
    inside(schema, *path).update(minItems=count, maxItems=count)
    return schema


def text(least: int, most: int) -> Schema:
    """A text of so many characters."""
    return {"type": "string", "minLength": least, "maxLength": most}


def one_of(values: Iterable[str | int]) -> Schema:
    """One of these values."""
    allowed = list(values)
    return {"type": "integer" if isinstance(allowed[0], int) else "string", "enum": allowed}


def fields(**properties: Schema) -> Schema:
    """An object with exactly these properties, in this order."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def items(schema: Schema, least: int, most: int) -> Schema:
    """A list of ``least`` to ``most`` of them."""
    return {"type": "array", "items": schema, "minItems": least, "maxItems": most}


def either(*schemas: Schema) -> Schema:
    """An object whose one property has one of these forms."""
    return fields(**{ONLY: {"anyOf": list(schemas)}})


def opened(value: dict[str, Any]) -> dict[str, Any]:
    """What ``either`` asked for, without the object around it."""
    inner = value.get(ONLY)
    return inner if isinstance(inner, dict) and len(value) == 1 else value


def without_doubles(values: Sequence[Any]) -> list[Any]:
    """Texts that differ in more than capitals and spaces, in their order; what is no text stays."""
    seen: set[str] = set()
    kept = []
    for value in values:
        key = " ".join(value.casefold().split()) if isinstance(value, str) else repr(value)
        if key not in seen:
            seen.add(key)
            kept.append(value)
    return kept
