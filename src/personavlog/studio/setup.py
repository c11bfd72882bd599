"""What the settings show of profiles, keys and the ends of models."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from personavlog import profiles
from personavlog.doctor.keys import variables
from personavlog.doctor.targets import targets
from personavlog.errors import PersonaVlogError
from personavlog.production import lifetimes
from personavlog.profiles import Profile


@dataclass(frozen=True)
class Choice:
    """Who plays a role: ``model`` "" where the backbone has but one, ``place`` the server's address, "" for this
    machine."""

    role: str
    backbone: str
    model: str
    place: str


@dataclass(frozen=True)
class Key:
    """An environment variable: whether it is set, never what is in it, and who needs it."""

    variable: str
    is_set: bool
    needed_by: tuple[str, ...]


def loaded(offered: Mapping[str, str]) -> dict[str, Profile]:
    """The profiles that load, by name."""
    found: dict[str, Profile] = {}
    for name, path in offered.items():
        try:
            found[name] = profiles.load(path)
        except PersonaVlogError:
            continue
    return found


def choices(profile: Profile) -> tuple[Choice, ...]:
    """The chat models, then the media roles."""
    chat = dict.fromkeys(one.model for one in lifetimes.chat_choices(profile.chat))
    places = {target.name: target.url for target in targets(profile)}
    found = [Choice("chat", model.partition(":")[0], *_of_chat(model, places)) for model in chat]
    for role, choice in profile.backbones.items():
        model = str(choice.settings.get("model", ""))
        place = next((url for name, url in places.items() if name.partition(":")[0] == role), "")
        found.append(Choice(role, choice.backbone, model, place))
    return tuple(found)


def _of_chat(model: str, places: Mapping[str, str]) -> tuple[str, str]:
    name = model.partition(":")[2]
    return name, places.get(f"chat: {name}", "")


def keys(known: Iterable[Profile]) -> tuple[Key, ...]:
    """Every variable that some profile asks for."""
    needed: dict[str, list[str]] = {}
    for profile in known:
        for variable, (_, who) in variables(profile).items():
            needed.setdefault(variable, []).append(f"{profile.name}: {who}")
    return tuple(
        Key(variable, bool(os.environ.get(variable, "").strip()), tuple(who))
        for variable, who in sorted(needed.items())
    )


def endings(known: Iterable[Profile], today: datetime.date) -> tuple[tuple[str, str], ...]:
    """A sentence for each model whose end is announced, and who says so; soonest first."""
    ends = dict.fromkeys(end for profile in known for end in lifetimes.ends(profile))
    ordered = sorted(ends, key=lambda one: (one[1].date is None, one[1].date or today))
    return tuple((end.sentence(f"The model {model!r}", today), str(end.source)) for model, end in ordered)
