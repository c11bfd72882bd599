"""The package, its extras, and the backbones that installed packages publish."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from importlib import metadata

from personavlog.backbones import records, registry
from personavlog.doctor.report import Check, Topic, fine, note, stop
from personavlog.errors import MissingExtraError, MissingWeightsError, PersonaVlogError
from personavlog.production.lifetimes import chat_choices
from personavlog.profiles import Profile

PACKAGE = "personavlog"
_REQUIREMENT = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]*)\])?")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]+)['\"]")
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
        except MissingWeightsError:
            yield fine(Topic.BACKBONES, name, "there; its model files are told under weights")
        except PersonaVlogError as error:
            yield stop(Topic.BACKBONES, name, str(error))
        else:
            yield fine(Topic.BACKBONES, name, str(choice.settings.get("model", "")) or "there")
    for chosen in chat_choices(profile.chat):
        prefix = chosen.model.partition(":")[0]
        if not _is_known(prefix):
            known = ", ".join(sorted({*_OWN_PREFIXES, *registry.names("chat"), *registry.names("quality")}))
            yield stop(Topic.BACKBONES, f"chat: {chosen.model}", f"No package publishes {prefix!r}. There are: {known}")


_OWN_PREFIXES = ("openai", "google", "google-gla")


def _is_known(prefix: str) -> bool:
    return prefix in _OWN_PREFIXES or any(registry.published(kind, prefix) for kind in ("chat", "quality"))
