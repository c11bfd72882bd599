"""Which servers a profile asks, and what they should say of themselves: free questions only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from personavlog.backbones import records
from personavlog.backbones.chat import GOOGLE, HOSTED, OPENAI
from personavlog.backbones.google.api import GoogleSettings
from personavlog.backbones.google.gemini import GeminiSettings
from personavlog.backbones.google.omni import OmniSettings
from personavlog.backbones.google.veo import VeoSettings
from personavlog.backbones.workers.settings import MusicSettings, SpeechSettings, program
from personavlog.doctor.keys import chat_variable, media_variables
from personavlog.production.lifetimes import chat_choices
from personavlog.profiles import BackboneChoice, Profile
from personavlog.profiles.chat import Chosen

Kind = Literal["openai", "google", "worker", "fastapi", "comfyui", "service"]
_GOOGLE: Mapping[str, type[GoogleSettings]] = {"gemini": GeminiSettings, "veo": VeoSettings, "omni": OmniSettings}


@dataclass(frozen=True)
class Target:
    """One server and the model that is wanted of it. ``variable`` holds the key (None: it wants none), sent as
    ``header`` after ``scheme``; ``own``: the user's server, which may do without a key. ``worker`` is the program of
    ``personavlog worker`` that serves it. Of kind "fastapi" are servers of others that only describe themselves."""

    name: str
    kind: Kind
    url: str
    model: str
    variable: str | None = None
    header: str = "Authorization"
    scheme: str = "Bearer"
    own: bool = False
    worker: str = ""


def targets(profile: Profile) -> tuple[Target, ...]:
    """Every server and model once."""
    media = (one for role, choice in profile.backbones.items() for one in _media(role, choice))
    return tuple(dict.fromkeys([*_chat(chat_choices(profile.chat)), *media]))


def _chat(choices: tuple[Chosen, ...]) -> Iterator[Target]:
    for chosen in choices:
        prefix, _, model = chosen.model.partition(":")
        address, variable = chosen.settings.base_url, chat_variable(chosen)
        if prefix not in HOSTED:
            continue
        if prefix == "openai":
            yield Target(f"chat: {model}", "openai", address or OPENAI, model, variable, own=address is not None)
        else:
            yield _google(f"chat: {model}", address or GOOGLE, model, variable, own=address is not None)


def _google(name: str, url: str, model: str, variable: str | None, *, own: bool) -> Target:
    return Target(name, "google", url, model, variable, "x-goog-api-key", "", own=own)


def _media(role: str, choice: BackboneChoice) -> Iterator[Target]:
    family = records.family_of(role, choice.backbone)  # type: ignore[arg-type]
    model = str(choice.settings.get("model", ""))
    name = f"{role}: {model or choice.backbone}"
    if family == "protocol":
        yield from (_endpoint(name, "openai", model, one) for one in _endpoints(choice.settings))
    elif family == "workers":
        usual = MusicSettings if role == "music" else SpeechSettings
        said = usual.model_fields["endpoints"].default
        ours = [one.model_dump() for one in said]
        kind: Kind = "worker" if choice.settings.get("speaks", "worker") == "worker" else "fastapi"
        found = (_endpoint(name, kind, model, one) for one in _endpoints(choice.settings) or ours)
        yield from (replace(one, worker=program(model)) for one in found)
    elif family == "google":
        variable = next(iter(media_variables(role, choice)), None)
        wanted = model or str(_GOOGLE[choice.backbone].model_fields["model"].default)
        yield _google(f"{role}: {wanted}", str(choice.settings.get("base_url", GOOGLE)), wanted, variable, own=False)
    elif choice.backbone == "comfyui" and family == "jobs":
        variable = choice.settings.get("key_env")
        yield Target(name, "comfyui", str(choice.settings.get("base_url", "")), model, variable, own=True)
    elif family == "jobs":
        yield Target(name, "service", choice.backbone, model)


def _endpoints(settings: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = settings.get("endpoints", ())
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list | tuple) else []


def _endpoint(name: str, kind: Kind, model: str, said: Mapping[str, Any]) -> Target:
    return Target(
        name,
        kind,
        str(said.get("url", "")),
        model,
        said.get("key_env"),
        str(said.get("header", "Authorization")),
        str(said.get("scheme", "Bearer")),
        own=True,
    )
