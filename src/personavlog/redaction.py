"""Keys of providers, kept out of everything that leaves the process: errors, events, records, logs.

Exact values first: what was read as a key, and every variable of the environment that is called like one. The pattern
is the second net, for the text of servers only: they quote keys cut short or changed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from typing import Any

SHORTEST = 8
"""Shorter values are no keys; blotting them would damage ordinary text."""
BLOT = "[key]"

_NAME = re.compile(r"(^|[_-])(api[_-]?key|key|secret|password|passwd|token|credentials?|authorization|bearer)$", re.I)
_SHAPE = re.compile(r"\b((sk|pk|rk|hf|gsk|xai|key|Bearer)[-_ ]|AIza)(?=[A-Za-z_\-]*[0-9*])[A-Za-z0-9*_\-]{12,}")
_read: set[str] = set()


def read_key(variable: str) -> str:
    """The value of an environment variable that holds a key, "" where it is not set; blotted out from now on."""
    value = os.environ.get(variable, "").strip()
    if len(value) >= SHORTEST:
        _read.add(value)
    return value


def without_keys(text: str) -> str:
    """The text with every key that this process knows blotted out."""
    named = {value.strip() for name, value in os.environ.items() if names_a_key(name)}
    for value in sorted(_read | named, key=len, reverse=True):
        if len(value) >= SHORTEST:
            text = text.replace(value, BLOT)
    return text


def data_without_keys(value: Any) -> Any:
    """JSON data with the same done to every text in it."""
    if isinstance(value, str):
        return without_keys(value)
    if isinstance(value, Mapping):
        return {name: data_without_keys(part) for name, part in value.items()}
    if isinstance(value, Sequence):
        return [data_without_keys(part) for part in value]
    return value


def of_a_server(text: str) -> str:
    """What a server said, with known keys and what is shaped like one blotted out."""
    return _SHAPE.sub(BLOT, without_keys(text))


def names_a_key(name: str) -> bool:
    """Whether a setting or variable of this name holds a key itself ("api_key", "HF_TOKEN"); "api_key_env" does not."""
    return _NAME.search(name) is not None


def looks_like_a_key(text: str) -> bool:
    """Whether this text has the shape of a provider's key."""
    return _SHAPE.search(text) is not None
