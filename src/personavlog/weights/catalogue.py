"""Every model file that the package can use: our own table, and those of packages that publish one.

A package joins by an entry point of the group ``personavlog.weights`` whose value is a module with a ``weights.toml``
beside it, of the form of ours.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from types import MappingProxyType

from pydantic import ValidationError

from personavlog.errors import ConfigurationError
from personavlog.frozen import Frozen
from personavlog.weights.weight import Weight

GROUP = "personavlog.weights"
FILE = "weights.toml"


class _Table(Frozen):
    weights: tuple[Weight, ...]
    sets: Mapping[str, tuple[str, ...]] = {}


@cache
def catalogue() -> Mapping[str, Weight]:
    """Every entry by name; raises ``ConfigurationError`` for a package's table that does not fit."""
    return MappingProxyType({entry.name: entry for table in _tables() for entry in table.weights})


@cache
def sets() -> Mapping[str, tuple[str, ...]]:
    """What belongs together, by the set's name."""
    return MappingProxyType({name: members for table in _tables() for name, members in table.sets.items()})


@cache
def _tables() -> tuple[_Table, ...]:
    others = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    return tuple(
        table for module in (__package__, *(point.value for point in others)) if (table := _read(module)) is not None
    )


def _read(module: str) -> _Table | None:
    """A package's table; None where the package is registered but not there."""
    try:
        text = files(module).joinpath(FILE).read_text(encoding="utf-8")
    except ModuleNotFoundError:
        return None
    try:
        return _Table.model_validate(tomllib.loads(text))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise ConfigurationError(
            f"The table of model files {FILE!r} of {module!r} does not fit: {error}. Install that package again."
        ) from error
