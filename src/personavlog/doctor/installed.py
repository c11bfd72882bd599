"""The package, its extras, and the backbones that installed packages publish."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from importlib import metadata

from personavlog.backbones import records, registry
from personavlog.backbones.chat import HOSTED, Maker
from personavlog.doctor.report import Check, Topic, fine, note, stop
from personavlog.errors import MissingExtraError, MissingWeightsError, PersonaVlogError
from personavlog.production.lifetimes import chat_choices
from personavlog.profiles import Profile
from personavlog.profiles.chat import Agent, Chosen

PACKAGE = "personavlog"
_REQUIREMENT = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]*)\])?")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]+)['\"]")
INSPECTORS: tuple[Agent, ...] = ("image_quality", "video_quality")
_OF_A_FAMILY = {"local": "local"}
_OF_A_PREFIX = {"openai": "openai", "google": "google", "google-gla": "google", "local": "local"}


def installed(profile: Profile) -> Iterator[Check]:
    """Our version, and every extra: missing ones stop a film where the profile needs them."""
    yield fine(Topic.INSTALLED, PACKAGE, f"{metadata.version(PACKAGE)}, Python {platform.python_version()}")
    needed = needed_extras(profile)
    for extra in extras():
        missing = missing_of(PACKAGE, extra)
        line = f"pip install '{PACKAGE}[{extra}]'"
        if not missing:
            yield fine(Topic.INSTALLED, f"extra {extra}", "there")
        elif extra in needed:
            yield stop(Topic.INSTALLED, f"extra {extra}", f"missing: {', '.join(missing)}", line)
        else:
            yield note(Topic.INSTALLED, f"extra {extra}", "not there, and this profile does not need it", line)


def extras() -> tuple[str, ...]:
    """The extras that our package offers."""
    return tuple(metadata.metadata(PACKAGE).get_all("Provides-Extra") or ())


def needed_extras(profile: Profile) -> frozenset[str]:
    """Those that a profile cannot do without."""
    families = (records.family_of(role, choice.backbone) for role, choice in profile.backbones.items())
    found = {_OF_A_FAMILY[family] for family in families if family in _OF_A_FAMILY}
    prefixes = (chosen.model.partition(":")[0] for chosen in chat_choices(profile.chat))
    found |= {_OF_A_PREFIX[prefix] for prefix in prefixes if prefix in _OF_A_PREFIX}
    return frozenset(found | ({"metrics"} if profile.feedback.measures == "published" else set()))


def missing_of(package: str, extra: str) -> tuple[str, ...]:
    """The packages that an extra wants and that are not installed, those of nested extras included."""
    missing: list[str] = []
    for line in metadata.requires(package) or ():
        requirement, _, marker = line.partition(";")
        wanted, named = _EXTRA.search(marker), _REQUIREMENT.match(requirement.strip())
        if wanted is None or wanted[1] != extra or named is None:
            continue
        missing += _absent(named[1], [one.strip() for one in (named[2] or "").split(",") if one.strip()])
    return tuple(dict.fromkeys(missing))


def _absent(package: str, nested: list[str]) -> list[str]:
    try:
        metadata.version(package)
    except metadata.PackageNotFoundError:
        return [package]
    return [name for extra in nested for name in missing_of(package, extra)]


def backbones(profile: Profile) -> Iterator[Check]:
    """Whether each role's backbone is published and can be built with the profile's settings; nothing is loaded."""
    for role, choice in profile.backbones.items():
        name = f"{role}: {choice.backbone}"
        try:
            registry.load(role, choice.backbone, choice.settings)
        except MissingExtraError as error:
            yield stop(Topic.BACKBONES, name, str(error), f"pip install '{PACKAGE}[{error.extra}]'")
        except MissingWeightsError as error:
            known = records.record_of(role, choice.backbone, choice.settings)
            if known is None or not known.source:
                yield stop(Topic.BACKBONES, name, str(error))
            else:
                yield fine(Topic.BACKBONES, name, "there; its model files are told under weights")
        except PersonaVlogError as error:
            yield stop(Topic.BACKBONES, name, str(error))
        else:
            yield fine(Topic.BACKBONES, name, str(choice.settings.get("model", "")) or "there")
    inspectors = {profile.chat.of(agent).model for agent in INSPECTORS}
    for chosen in chat_choices(profile.chat):
        measures = registry.published("quality", chosen.model.partition(":")[0]) is not None
        if not (measures and chosen.model in inspectors):
            yield from _chat(chosen)


def _chat(chosen: Chosen) -> Iterator[Check]:
    """Nothing for a hosted model, whose key and server are looked at apart."""
    name, (prefix, _, model) = f"chat: {chosen.model}", chosen.model.partition(":")
    if prefix in HOSTED:
        return
    try:
        maker: Maker = registry.find("chat", prefix)
        maker(model, chosen.settings)
    except MissingExtraError as error:
        yield stop(Topic.BACKBONES, name, str(error), f"pip install '{PACKAGE}[{error.extra}]'")
    except PersonaVlogError as error:
        yield stop(Topic.BACKBONES, name, str(error))
    else:
        yield fine(Topic.BACKBONES, name, "there")
