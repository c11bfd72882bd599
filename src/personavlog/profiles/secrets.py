"""A profile holds no keys: it is copied into every run's files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from personavlog.redaction import looks_like_a_key, names_a_key


def refuse_keys(value: Any, place: str = "") -> Any:
    """The value as it is; raises ``ValueError`` where a name in it is that of a key, or a text has the shape of one or
    is an address with a password."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            if names_a_key(str(name)):
                raise ValueError(_sentence(f"{place}{name}"))
            refuse_keys(part, f"{place}{name}.")
    elif isinstance(value, str):
        if looks_like_a_key(value) or _has_password(value):
            raise ValueError(_sentence(place.rstrip(".")))
    elif isinstance(value, Sequence):
        for part in value:
            refuse_keys(part, place)
    return value


def _sentence(place: str) -> str:
    return (
        f"{place!r} holds a key or password, and a profile is copied into every run's files. Put it into an "
        "environment variable and write that variable's name (for chat models: api_key_env)"
    )


def _has_password(text: str) -> bool:
    try:
        return "://" in text and urlsplit(text).username is not None
    except ValueError:
        return False
