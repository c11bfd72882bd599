"""How long a typed answer can be: what its JSON schema allows, in tokens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PER_TOKEN = 2.5
"""Characters a token, at the least: English prose has about 4, JSON's marks 1 to 2, Chinese 1 to 1.5 (whose texts fill
their bounds to a third)."""
LEAST = 256
UNBOUNDED = 400
"""Characters of a text without a bound of its own, and items of a list without one are ``MANY``."""
MANY = 12
THINKING = 4096

Schema = Mapping[str, Any]


def answer_tokens(schema: Schema) -> int:
    """Tokens that the longest answer of this schema needs, about; at least ``LEAST``."""
    return max(LEAST, round(longest(schema, schema.get("$defs", {})) / PER_TOKEN))


def thinking_tokens(schema: Schema) -> int:
    """Tokens that a model gets for its thoughts before such an answer."""
    return THINKING + 2 * answer_tokens(schema)


def longest(schema: Schema, parts: Schema) -> float:
    """Characters of the longest JSON text of a schema, line breaks and marks included; recursion counts once."""
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        return longest(parts.get(name, {}), {key: value for key, value in parts.items() if key != name})
    for union in ("anyOf", "oneOf"):
        if union in schema:
            return max(longest(one, parts) for one in schema[union])
    if "enum" in schema or "const" in schema:
        return max(len(str(value)) for value in schema.get("enum", [schema.get("const")])) + 2
    if "properties" in schema:
        return sum(len(name) + 8 + longest(one, parts) for name, one in schema["properties"].items()) + 4
    if schema.get("type") == "array":
        return float(schema.get("maxItems", MANY)) * (4 + longest(schema.get("items", {}), parts)) + 4
    if schema.get("type") == "string":
        return float(schema.get("maxLength", UNBOUNDED)) + 2
    return 8
