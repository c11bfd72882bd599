"""What is data and not code: the story library, the painted places and things, voices, tracks and spellings."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any


def file(*names: str) -> Traversable:
    """A file of this folder."""
    return files(__name__).joinpath(*names)


def read_toml(*names: str) -> dict[str, Any]:
    """A TOML file of this folder."""
    return tomllib.loads(file(*names).read_text(encoding="utf-8"))
