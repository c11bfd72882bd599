"""Which environment variables hold the keys that a profile needs, and whether they are set; never what is in them."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from personavlog.backbones import records
from personavlog.backbones.chat import HOSTED
from personavlog.doctor.report import Check, Topic, fine, note, stop
from personavlog.production.lifetimes import chat_choices
from personavlog.profiles import BackboneChoice, Profile
from personavlog.profiles.chat import Chosen

_USUAL = {"openai": "OPENAI_API_KEY", "google": "GOOGLE_API_KEY", "google-gla": "GOOGLE_API_KEY"}


def keys(profile: Profile) -> Iterator[Check]:
    """Every variable once."""
    for variable, (needed, who) in sorted(variables(profile).items()):
        if os.environ.get(variable, "").strip():
            yield fine(Topic.KEYS, variable, f"set; for {who}")
        elif needed:
            yield stop(Topic.KEYS, variable, f"not set; needed for {who}", f"export {variable}=...")
        else:
            yield note(Topic.KEYS, variable, f"not set; {who} may do without, since it is a server of your own")


def variables(profile: Profile) -> dict[str, tuple[bool, str]]:
    """By variable whether a film needs it, and for what."""
    found: dict[str, tuple[bool, str]] = {}
    for chosen in chat_choices(profile.chat):
        if (variable := chat_variable(chosen)) is not None:
            needed = chosen.settings.base_url is None or chosen.settings.api_key_env is not None
            before = found.get(variable, (False, ""))[0]
            found[variable] = (needed or before, chosen.model)
    for role, choice in profile.backbones.items():
        for variable in media_variables(role, choice):
            found[variable] = (True, f"{role}: {choice.backbone}")
    return found


def chat_variable(chosen: Chosen) -> str | None:
    """The variable with a chat model's key; None for models that want none."""
    prefix = chosen.model.partition(":")[0]
    return (chosen.settings.api_key_env or _USUAL[prefix]) if prefix in HOSTED else chosen.settings.api_key_env


def media_variables(role: str, choice: BackboneChoice) -> tuple[str, ...]:
    """Those that the settings name with ``key_env``, else the service's usual one."""
    said = tuple(dict.fromkeys(_named(choice.settings)))
    if said:
        return said
    family = records.family_of(role, choice.backbone)  # type: ignore[arg-type]
    if family == "google":
        return (_USUAL["google"],)
    usual = services().get(choice.backbone, {}).get("key_env") if family == "jobs" else None
    return (str(usual),) if usual else ()


@cache
def services() -> Mapping[str, Mapping[str, Any]]:
    """The job services by name: addresses and the variables of their keys."""
    path = files("personavlog.backbones.jobs").joinpath("providers.toml")
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _named(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            if name == "key_env" and isinstance(part, str):
                yield part
            else:
                yield from _named(part)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for part in value:
            yield from _named(part)
