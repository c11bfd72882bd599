"""JSON drawn at random from a schema: what a model says that knows nothing and is held by the schema."""

from __future__ import annotations

import random
import re
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

LETTERS = "abcdefgh ijklmnop qrstuvwxyz .,'"


def drawn(schema: dict[str, Any], dice: random.Random) -> Any:
    """A value of this schema; lengths and counts are at their bounds as often as between them."""
    if "anyOf" in schema:
        return drawn(dice.choice(schema["anyOf"]), dice)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return dice.choice(schema["enum"])
    kind = schema.get("type")
    if kind == "object":
        assert schema["required"] == list(schema["properties"]), "every property is asked for"
        assert schema["additionalProperties"] is False
        return {name: drawn(one, dice) for name, one in schema["properties"].items()}
    if kind == "array":
        count = between(schema.get("minItems", 0), schema["maxItems"], dice)
        return [drawn(schema["items"], dice) for _ in range(count)]
    if kind == "string":
        return _text(schema, dice)
    if kind == "boolean":
        return dice.random() < 0.5
    assert kind in ("integer", "number"), schema
    return dice.randint(int(schema["minimum"]), int(schema["maximum"]))


def between(least: int, most: int, dice: random.Random) -> int:
    return dice.choice([least, most, dice.randint(least, most)])


def _text(schema: dict[str, Any], dice: random.Random) -> str:
    if "pattern" in schema:
        texts = ("".join(_matching(parser.parse(schema["pattern"]), dice)) for _ in range(1000))
        text = next(text for text in texts if schema["minLength"] <= len(text) <= schema["maxLength"])
        assert re.search(schema["pattern"], text)
        return text
    length = between(schema.get("minLength", 0), schema["maxLength"], dice)
    text = "".join(dice.choice(LETTERS) for _ in range(length))
    return f"x{text[2:]}y"[:length] if length > 1 else "x" * length


def _matching(pattern: Any, dice: random.Random) -> Any:
    """Characters that a pattern of literals, classes, groups, branches and counts allows."""
    for name, value in pattern:
        if str(name) == "LITERAL":
            yield chr(value)
        elif str(name) == "IN":
            yield _one_of(value, dice)
        elif str(name) == "MAX_REPEAT":
            least, most, inner = value
            for _ in range(between(least, most, dice)):
                yield from _matching(inner, dice)
        elif str(name) == "SUBPATTERN":
            yield from _matching(value[-1], dice)
        elif str(name) == "BRANCH":
            yield from _matching(dice.choice(value[1]), dice)
        else:
            assert str(name) == "AT", name


def _one_of(allowed: Any, dice: random.Random) -> str:
    name, value = dice.choice(allowed)
    return chr(value if str(name) == "LITERAL" else dice.randint(*value))
