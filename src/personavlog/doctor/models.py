"""What may be done with a profile's models, where, and until when."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from personavlog.backbones import records
from personavlog.backbones.capabilities import Licence
from personavlog.backbones.chat_models import chat_record
from personavlog.backbones.registry import MediaRole
from personavlog.doctor.report import Check, Topic, fine, note
from personavlog.errors import PersonaVlogError
from personavlog.metrics.published.hub import HubFile
from personavlog.metrics.published.wanted import NEEDED, PARTS
from personavlog.production import lifetimes
from personavlog.production.building import known
from personavlog.profiles import Profile


def licences(profile: Profile) -> Iterator[Check]:
    """Each media backbone's licence with its limits and territories."""
    for role, choice in profile.backbones.items():
        name = f"{role}: {choice.settings.get('model', choice.backbone)}"
        licence = _licence(profile, role)
        if licence is None:
            yield note(Topic.LICENCES, name, "unknown; read its maker's page")
            continue
        limits = " ".join(text for text in (licence.limits, licence.territory) if text)
        text = f"{licence.name}. {limits}" if limits else licence.name
        yield note(Topic.LICENCES, name, text) if limits else fine(Topic.LICENCES, name, text)


def measures(profile: Profile) -> Iterator[Check]:
    """Licences of the published measures' networks that do not allow everything."""
    if profile.feedback.measures != "published":
        return
    for name in NEEDED:
        source = PARTS[name].source
        if isinstance(source, HubFile) and "not for" in source.licence:
            yield note(Topic.LICENCES, f"measures: {name}", source.licence)


def _licence(profile: Profile, role: MediaRole) -> Licence | None:
    choice = profile.backbones[role]
    record = records.record_of(role, choice.backbone, choice.settings)
    if record is not None:
        return record.licence
    try:
        licence: Licence = known(profile, role).licence
    except PersonaVlogError:
        return None
    return licence


def endings(profile: Profile, today: datetime.date) -> Iterator[Check]:
    """Models whose end is announced; the server has the last word, so it stops nothing here."""
    found = lifetimes.ends(profile)
    for model, end in found:
        yield note(Topic.LIFETIMES, model, f"{end.sentence('It', today)} ({end.source})", _instead(model, end.instead))
    if not found:
        yield fine(Topic.LIFETIMES, "models", "no end is announced for any of them, as far as our tables know")


def answers(profile: Profile) -> Iterator[Check]:
    """Settings that a chat model cannot follow."""
    for chosen in lifetimes.chat_choices(profile.chat):
        record, asked = chat_record(chosen.model, chosen.settings), chosen.settings.max_tokens
        if record is not None and record.max_tokens is not None and asked is not None and asked > record.max_tokens:
            text = f"max_tokens = {asked}, and it answers with at most {record.max_tokens}"
            yield note(Topic.BACKBONES, f"chat: {chosen.model}", text)


def _instead(model: str, instead: str) -> str:
    prefix = model.partition(":")[0]
    return f"name {prefix}:{instead} in an overlay of your own" if instead and ":" in model else ""
