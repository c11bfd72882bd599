"""Another profile for a run that was begun."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from personavlog import profiles
from personavlog.backbones.capabilities import VideoCapabilities
from personavlog.changes.changing import Changing, changing
from personavlog.errors import ConfigurationError
from personavlog.production.building import check_profile, known, with_shots
from personavlog.profiles import Profile
from personavlog.runs import RUNS
from personavlog.saved import SavedBrief, write_brief
from personavlog.steps import OWN_PARTS

_MOVING = {"keyframe": "image", "clip": "clip"}


def replace_profile(run: str, profile: str, *, runs: Path = RUNS) -> tuple[str, ...]:
    """Let a run be made with ``profile``, a shipped one or the path of a TOML file, in place of its own copy; what is
    finished and asked for in the same way is not made again. Returns what became of files that were changed by hand.

    Raises ``ConfigurationError``, ``MissingExtraError`` or ``BriefError`` where the film cannot be made with it,
    ``RunError`` for a run that is unknown or being made; nothing is changed then.
    """
    chosen = profiles.load(profile)
    with changing(run, runs) as change:
        job = change.job
        check_profile(with_shots(job.brief, chosen, len(change.numbers)), chosen, job.store)
        _check_own(change, chosen)
        write_brief(job.folder, SavedBrief(brief=job.brief, profile=chosen, notes=job.notes))
        return change.notes


def _check_own(change: Changing, chosen: Profile) -> None:
    """A person's own pictures and clips were fitted to the film's size and frame rate, and no backbone makes them
    again."""
    video: VideoCapabilities = known(chosen, "video")
    width, height = chosen.film_size(change.job.brief.aspect)
    for shot, part, own in _own(change):
        if (own["width"], own["height"]) != (width, height) or own.get("fps", video.fps) != video.fps:
            raise ConfigurationError(
                f"Your own {part} of shot {shot} does not fit a film of {width}x{height} at {video.fps} frames a "
                f"second, as this profile makes it. Take it out first with: personavlog unuse {shot} --part {part}"
            )


def _own(change: Changing) -> Iterator[tuple[int, str, Mapping[str, Any]]]:
    """The place, part and file of every picture and clip of a person's own."""
    pins = change.job.index.edits.pins(change.run)
    for shot, number in enumerate(change.numbers, 1):
        for part, media in _MOVING.items():
            if text := pins.get(str(OWN_PARTS[part](number))):
                yield shot, part, json.loads(text)[media]
