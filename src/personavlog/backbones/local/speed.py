"""Speed: step-distilled adapters (``speed.toml``) and caches (``caches.toml``), and what each works with."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import Field, JsonValue, TypeAdapter

from personavlog.backbones.local.settings import Cache, Lora
from personavlog.errors import ConfigurationError
from personavlog.frozen import Frozen


class Profile(Frozen):
    """Adapters for ``models`` of the table, with the steps, the guidance and the scheduler that they were made for."""

    models: tuple[str, ...]
    steps: int = Field(ge=1, le=200)
    guidance: float = Field(ge=0)
    loras: tuple[Lora, ...]
    scheduler_class: Literal["", "FlowMatchEulerDiscreteScheduler", "UniPCMultistepScheduler"] = ""
    scheduler: Mapping[str, JsonValue] = {}
    licence: str


class CacheKind(Frozen):
    """A cache: diffusers' ``config`` class, its ``options``, the ``families`` that it works with, and those of them
    (``wrapped``) whose pipeline must be told to keep one. ``timestep``: it asks which time step it is."""

    config: str = Field(pattern=r"^\w+CacheConfig$|^PyramidAttentionBroadcastConfig$")
    options: Mapping[str, JsonValue] = {}
    families: frozenset[str]
    wrapped: frozenset[str] = frozenset()
    timestep: bool = False


@cache
def profiles() -> Mapping[str, Profile]:
    """Every speed profile by name."""
    return TypeAdapter(dict[str, Profile]).validate_python(_read("speed.toml"))


@cache
def caches() -> Mapping[str, CacheKind]:
    """Every cache by name."""
    return TypeAdapter(dict[str, CacheKind]).validate_python(_read("caches.toml"))


def profile(name: str, model: str) -> Profile | None:
    """The speed profile ``name`` for an entry of the table, None for ""; raises ``ConfigurationError``."""
    if not name:
        return None
    found = profiles().get(name)
    if found is None:
        raise ConfigurationError(f"There is no speed profile {name!r}. There are: {', '.join(sorted(profiles()))}.")
    if model not in found.models:
        raise ConfigurationError(f"The speed profile {name!r} is for {', '.join(found.models)}, not for {model!r}.")
    return found


def cache_kind(wanted: Cache, family: str) -> CacheKind:
    """What the settings' cache is; raises ``ConfigurationError`` where it does not work with the family."""
    found = caches().get(wanted.name)
    fitting = sorted(name for name, kind in caches().items() if family in kind.families)
    if found is None or family not in found.families:
        raise ConfigurationError(
            f"The cache {wanted.name!r} does not work with models of the family {family!r}. Those that do: "
            f"{', '.join(fitting) or 'none'}."
        )
    unknown = set(wanted.options) - set(found.options)
    if unknown:
        raise ConfigurationError(
            f"The cache {wanted.name!r} has no options {sorted(unknown)!r}. It has: "
            f"{', '.join(found.options) or 'none'}."
        )
    return found


def _read(name: str) -> Mapping[str, JsonValue]:
    return tomllib.loads(files("personavlog.backbones.local").joinpath(name).read_text(encoding="utf-8"))
