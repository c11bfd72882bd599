"""Model files that a profile needs: which are in a cache, how large the others are, and the line that fetches them."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from personavlog import weights
from personavlog.backbones import records
from personavlog.backbones.local import folder, pocket_files
from personavlog.backbones.records import ModelRecord
from personavlog.doctor.report import Check, Topic, fine, note, stop
from personavlog.errors import ConfigurationError, MissingExtraError
from personavlog.metrics.published import hub
from personavlog.metrics.published.wanted import BOTH, NEEDED, PARTS, TOKENS
from personavlog.profiles import BackboneChoice, Profile
from personavlog.runs.folder import home

GB, GIB = 1e9, 2**30
FILM = 0.5e9
"""Bytes: more than a film with all its takes (74 MB were measured for four shots at 1280x720)."""


@dataclass(frozen=True)
class ModelFiles:
    """Files of one model: ``size`` in bytes, ``there`` or not, ``line`` gets them."""

    name: str
    size: float
    there: bool
    place: Path
    line: str
    only_by_name: bool = True


def wanted(profile: Profile) -> tuple[ModelFiles, ...]:
    """All files of a profile: those that ours fetch, those of the published measures, and those of local models."""
    return (*_catalogued(profile.weights), *_measures(profile), *_local(profile))


def model_files(profile: Profile, *, offline: bool) -> Iterator[Check]:
    """One check each; what ``make`` fetches by itself stops a film only where nothing may be fetched."""
    for one in wanted(profile):
        size = f"{one.size / GB:.2f} GB" if one.size >= GB / 100 else f"{one.size / 1e6:.1f} MB"
        if one.there:
            yield fine(Topic.WEIGHTS, one.name, f"there, {size}")
        elif one.only_by_name or offline:
            yield stop(Topic.WEIGHTS, one.name, f"missing, {size}", one.line)
        else:
            yield note(Topic.WEIGHTS, one.name, f"missing, {size}; make fetches it", one.line)


def disk(profile: Profile) -> Iterator[Check]:
    """Room for a film and for the files that are missing, on each disk that they go to."""
    wants = [(existing(home()), FILM), *((existing(one.place), one.size) for one in wanted(profile) if not one.there)]
    places: dict[int, Path] = {}
    sizes: Counter[int] = Counter()
    for place, size in wants:
        disk_of = place.stat().st_dev
        places.setdefault(disk_of, place)
        sizes[disk_of] += round(size)
    for disk_of, place in places.items():
        free, size = shutil.disk_usage(place).free, sizes[disk_of]
        text = f"{size / GB:.1f} GB are needed for a film and missing model files, {free / GB:.1f} GB are free"
        yield (fine if free > size else stop)(Topic.MACHINE, f"disk of {place}", text)


def existing(place: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next((one for one in (place, *place.parents) if one.is_dir()), Path("/"))


def _catalogued(names: tuple[str, ...], *, only_by_name: bool = False) -> Iterator[ModelFiles]:
    for entry in weights.status(names) if names else ():
        yield ModelFiles(
            name=entry.name,
            size=entry.weight.size,
            there=entry.state == "ready",
            place=entry.folder,
            line=f"personavlog weights fetch {entry.name}",
            only_by_name=entry.weight.opt_in or only_by_name,
        )


def _measures(profile: Profile) -> Iterator[ModelFiles]:
    feedback = profile.feedback
    if feedback.measures != "published":
        return
    named = {**{name: PARTS[name].source for name in (*NEEDED, BOTH)}, TOKENS: "clip-tokens"}
    for name, source in named.items():
        if name in feedback.weights:
            file = feedback.weights[name]
            yield ModelFiles(name, 0.0, file.is_file(), file, f"put {name!r} of [feedback] weights at {str(file)!r}")
        elif isinstance(source, hub.HubFile):
            yield ModelFiles(name, source.size * 1e6, hub.is_cached(source), hub.cache(), source.command)
        else:
            yield from _catalogued((source,), only_by_name=False)


def _local(profile: Profile) -> Iterator[ModelFiles]:
    for role, choice in profile.backbones.items():
        record = records.record_of(role, choice.backbone, choice.settings)
        if record is None or records.family_of(role, choice.backbone) != "local" or not record.source:
            continue
        try:
            yield from _spoken(role, choice, record) if role == "speech" else _pipeline(role, choice, record)
        except (ConfigurationError, MissingExtraError):
            continue  # told under backbones


def _pipeline(role: str, choice: BackboneChoice, record: ModelRecord) -> Iterator[ModelFiles]:
    """A repository of the hub; nothing for a folder, which is not fetched."""
    named, revision = str(choice.settings.get("model", record.source)), str(choice.settings.get("revision", "main"))
    source = folder.source(named, revision)
    if source.path is None:
        place = hub.cache() / f"models--{source.repository.replace('/', '--')}"
        there = any(place.glob("snapshots/*/*"))
        yield _local_files(role, choice, record, there=there, line=source.command)


def _spoken(role: str, choice: BackboneChoice, record: ModelRecord) -> Iterator[ModelFiles]:
    """Pocket TTS in the language of the settings; it takes its files one by one."""
    line = pocket_files.fetching(pocket_files.packaged(str(choice.settings.get("language", "en"))))
    yield _local_files(role, choice, record, there=not line, line=line)


def _local_files(role: str, choice: BackboneChoice, record: ModelRecord, *, there: bool, line: str) -> ModelFiles:
    name, size = f"{role}: {choice.settings.get('model', choice.backbone)}", record.needs.disk * GIB
    return ModelFiles(name, size, there, hub.cache(), line)
