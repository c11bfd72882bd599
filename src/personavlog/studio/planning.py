"""What a film will take, before it is begun: what runs, where, how long, how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from personavlog import api, profiles
from personavlog.brief import Aspect
from personavlog.doctor.targets import Target, targets
from personavlog.errors import PersonaVlogError
from personavlog.estimate.film import ROLES
from personavlog.estimate.numbers import EstimateStage, FilmEstimate
from personavlog.studio.form import Typed


@dataclass(frozen=True)
class Plan:
    """``estimate`` is None where such a film cannot be made, and ``trouble`` says why; ``places`` are the servers that
    each stage asks, none: this machine."""

    estimate: FilmEstimate | None
    places: Mapping[str, tuple[str, ...]]
    trouble: str = ""


def planned(typed: Typed, profile: str) -> Plan:
    """The plan of what was typed; ``profile`` is what ``profiles.load`` takes, read once for each plan."""
    try:
        shots = typed.number("shots")
        length = typed.number("length") or 30.0
        return _planned(profile, length, None if shots is None else int(shots), Aspect(typed.aspect), typed.language)
    except (PersonaVlogError, ValueError) as error:
        return Plan(None, {}, str(error))


@lru_cache(maxsize=64)
def _planned(profile: str, length: float, shots: int | None, aspect: Aspect, language: str) -> Plan:
    estimate = api.plan(profile=profile, length=length, shots=shots, aspect=aspect, language=language)
    return Plan(estimate, _places(profiles.load(profile)))


def _places(profile: profiles.Profile) -> Mapping[str, tuple[str, ...]]:
    """By stage the servers that are not on this machine."""
    found: dict[str, list[str]] = {}
    for target in targets(profile):
        if place := _elsewhere(target):
            found.setdefault(target.name.partition(":")[0], []).append(place)
    chat = tuple(dict.fromkeys(found.get("chat", ())))
    media = {stage.value: tuple(dict.fromkeys(found.get(role, ()))) for stage, role in ROLES.items()}
    return {EstimateStage.SCRIPT.value: chat, **media, EstimateStage.MEASURING.value: chat}


def _elsewhere(target: Target) -> str:
    """The name of a server; "" for one on this machine."""
    host = urlsplit(target.url).hostname or target.url
    return "" if host in ("127.0.0.1", "localhost", "::1") else host
