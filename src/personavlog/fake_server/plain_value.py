"""The plainest value that a JSON schema allows: what a model says that has nothing to say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DEEPEST = 12


def plain_value(schema: Mapping[str, Any]) -> Any:
    """A value that fits ``schema``: yes, the first choice, the smallest number, the shortest text, no list longer than
    it must be, and no property that may be left out."""
    return _value(schema, schema, 0)


def _value(schema: Mapping[str, Any], root: Mapping[str, Any], depth: int) -> Any:
    if depth > DEEPEST:
        return None
    if "$ref" in schema:
        return _value(_found(str(schema["$ref"]), root), root, depth + 1)
    for name in ("const", "default"):
        if name in schema:
            return schema[name]
    if schema.get("enum"):
        return schema["enum"][0]
    for name in ("anyOf", "oneOf", "allOf"):
        if schema.get(name):
            return _value(schema[name][0], root, depth + 1)
    return _of_type(schema, root, depth)


def _of_type(schema: Mapping[str, Any], root: Mapping[str, Any], depth: int) -> Any:
    kind = schema.get("type", "object")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        parts, wanted = schema.get("properties", {}), schema.get("required", ())
        return {name: _value(part, root, depth + 1) for name, part in parts.items() if name in wanted}
    if kind == "array":
        return [_value(schema.get("items", {}), root, depth + 1) for _ in range(int(schema.get("minItems", 0)))]
    if kind == "string":
        return "plain"[: schema.get("maxLength", 5)].ljust(int(schema.get("minLength", 0)), "n")
    if kind in ("integer", "number"):
        return schema.get("minimum", schema.get("exclusiveMinimum", -1) + 1)
    return True if kind == "boolean" else None


def _found(reference: str, root: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part of ``root`` that "#/$defs/Name" names; an empty schema where there is none."""
    part: Any = root
    for name in reference.removeprefix("#/").split("/"):
        part = part.get(name, {}) if isinstance(part, Mapping) else {}
    return part if isinstance(part, Mapping) else {}
