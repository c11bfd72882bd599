"""Who was sent the photo, and who the voice sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

from personavlog.backbones import records
from personavlog.backbones.registry import MediaRole
from personavlog.doctor.targets import targets
from personavlog.errors import PersonaVlogError
from personavlog.production.building import known
from personavlog.runs.ledger import Entry
from personavlog.saved import SavedBrief
from personavlog.steps import Part, StepName
from personavlog.studio.models import Recipient

_ELSEWHERE = ("protocol", "google", "jobs", "workers")
"""The families of backbones that ask a server."""
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


def recipients(saved: SavedBrief, entries: Iterable[Entry]) -> tuple[Recipient, ...]:
    """Every provider that a call with the photo or the sample in it went to, also where the call failed; this machine's
    own backbones are none."""
    calls = Counter(
        (entry.provider, role)
        for entry in entries
        if (role := _role(saved, entry.step)) and _is_elsewhere(saved, role, entry)
    )
    return tuple(Recipient(provider=provider, role=role, calls=count) for (provider, role), count in calls.items())


def _role(saved: SavedBrief, step: str) -> MediaRole | None:
    """The role that a call of a step goes to with something of the person in it."""
    name = StepName.parse(step)
    if name is None:
        return None
    if name.part is Part.STYLISE or (name.part is Part.KEYFRAME and _needs_photo(saved)):
        return "image"
    return "speech" if name.part is Part.VOICE and saved.brief.voice_sample is not None else None


def _needs_photo(saved: SavedBrief) -> bool:
    try:
        return bool(known(saved.profile, "image").needs_photo)
    except PersonaVlogError:
        return True  # nobody can say; rather one too many than one too few


def _is_elsewhere(saved: SavedBrief, role: MediaRole, entry: Entry) -> bool:
    if records.family_of(role, entry.provider) not in _ELSEWHERE:
        return False
    asked = [one for one in targets(saved.profile) if one.name.startswith(f"{role}:")]
    hosts = {urlsplit(one.url).hostname or one.url for one in asked}
    return entry.provider != saved.profile.backbones[role].backbone or not hosts or not hosts <= set(_THIS_MACHINE)
