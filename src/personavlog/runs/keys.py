"""Cache keys: the digest of everything that a result depends on."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TypeAlias

from pydantic import BaseModel, JsonValue

from personavlog.errors import RunError

Input: TypeAlias = "BaseModel | str | int | float | bool | Sequence[Input] | Mapping[str, Input] | None"

_NAME = re.compile(r"[a-z0-9][a-z0-9._/-]{0,119}")
_NUMBER = re.compile(r"\d+")


def plain(value: object) -> JsonValue:
    """A value as JSON data; raises ``TypeError`` for what has no one JSON form (arrays, paths, bytes, sets, open
    files)."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [plain(part) for part in value]
    raise TypeError(f"{type(value).__name__} has no JSON form; pass a model, plain data or a blob")


def digest(value: object) -> str:
    """SHA-256 of a value's canonical JSON (sorted keys, no white space, UTF-8), lower-case hex."""
    text = json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def input_digests(step: str, inputs: Mapping[str, Input]) -> dict[str, str]:
    """Each input's digest; raises ``RunError`` naming an input that cannot be part of a key."""
    digests: dict[str, str] = {}
    for name, value in inputs.items():
        try:
            digests[name] = digest(value)
        except (TypeError, ValueError) as error:
            raise RunError(f"The input {name!r} of step {step!r} cannot be part of a key: {error}.") from error
    return digests


@cache
def schema_of(returns: type[BaseModel]) -> str:
    """The digest of a result type's fields and bounds, without its prose: a step whose result has another form is
    another step, and what an older form was paid for stays where it is."""
    return digest(_without_prose(returns.model_json_schema()))[:16]


def _without_prose(value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        return {
            name: _without_prose(part)
            for name, part in value.items()
            if not (name in ("title", "description") and isinstance(part, str))
        }
    return [_without_prose(part) for part in value] if isinstance(value, list) else value


def step_key(
    name: str, *, version: int, fingerprint: str, inputs: Mapping[str, str], take: int, schema: str = ""
) -> str:
    """A step's key from its input digests.

    Numbers in the name count for nothing: shot 3 and shot 5 with equal inputs share one result, as do two runs. A shot
    whose number matters has it in its inputs. ``schema`` is ``schema_of`` the result. Raises ``RunError`` for a name
    that is not made of lower-case letters, digits, dots, dashes and slashes.
    """
    if not _NAME.fullmatch(name):
        raise RunError(f"A step is named by lower-case letters, digits, '.', '-' and '/'; received {name!r}.")
    return digest(
        {
            "step": _NUMBER.sub("#", name),
            "version": version,
            "fingerprint": fingerprint,
            "inputs": inputs,
            "take": take,
            "schema": schema,
        }
    )
