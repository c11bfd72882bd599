"""A film on simulated backbones, from a brief to an mp4, with no model file and no painter."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio
import numpy as np

from personavlog.backbones.retrying import RetryPolicy
from personavlog.brief import Brief
from personavlog.notes import Note
from personavlog.production.building import build_production, limits, open_backbones
from personavlog.production.production import Production
from personavlog.profiles import Profile
from personavlog.runs.engine import Engine
from personavlog.runs.folder import open_store
from personavlog.runs.index import Event
from personavlog.runs.ledger import NO_CAP, Cap
from personavlog.vlog import Made, direct

SHOTS = 3
QUICK = RetryPolicy(first_wait=0.001, longest_wait=0.05)


def profile(settings: Mapping[str, Mapping[str, Any]] | None = None, **changes: Any) -> Profile:
    """A profile of simulated backbones; ``settings`` by role."""
    given = settings or {}
    media = {
        role: {"backbone": "fake", "at_once": 2, "settings": given.get(role, {})}
        for role in ("image", "video", "music", "speech")
    }
    plain = {
        "name": "doubles",
        "size": (192, 112),
        "chat": {"writer": "fake:writer", "image_quality": "fake:none", "video_quality": "fake:none", "at_once": 4},
        "feedback": {"keyframe_corrections": 0, "clip_corrections": 0},
    }
    return Profile.model_validate({**plain, **media, **changes})


@dataclass
class Film:
    """One run in ``folder``; made as often as asked, each time by a production of its own."""

    folder: Path
    settings: Mapping[str, Mapping[str, Any]] | None = None
    cap: Cap = NO_CAP
    changes: Mapping[str, Any] | None = None
    brief_changes: Mapping[str, Any] | None = None
    run: str = "film"

    def __post_init__(self) -> None:
        self.store, self.index = open_store(self.folder)
        self.events: list[Event] = []

    @property
    def brief(self) -> Brief:
        """A face-coloured photo, three shots, no subtitles to burn."""
        picture = np.full((96, 80, 3), (205, 160, 140), np.uint8)
        plain = {
            "theme": "A day at the lake",
            "style": "plain",
            "photo": self.store.put_image(picture),
            "shots": SHOTS,
            "length": 10.0,
            "subtitles": "soft",
        }
        return Brief.model_validate({**plain, **(self.brief_changes or {})})

    def make(self, **settings: Mapping[str, Any]) -> Made:
        """Make the film, or go on with it; ``settings`` by role replace those that it was begun with."""
        return anyio.run(self._make, {**(self.settings or {}), **settings})

    async def _make(self, settings: Mapping[str, Mapping[str, Any]]) -> Made:
        chosen = profile(settings, **(self.changes or {}))
        engine = Engine(self.store, self.index, self.run, limits(chosen))
        with engine.making(), engine.listening(self.events.append):
            built = build_production(self.brief, chosen, engine, self.cap)
            quick = Production(**{**vars(built), "policy": QUICK})
            async with open_backbones(quick):
                self.production = quick
                return await direct(quick)

    @property
    def notes(self) -> list[str]:
        """What was said to the user."""
        return [Note.of(event.data).sentence for event in self.events if event.kind == "note"]


def sent(log: Path) -> Counter[str]:
    """How many calls were sent, by role."""
    return Counter(call["role"] for call in calls(log))


def calls(log: Path) -> list[dict[str, Any]]:
    """Every call that was sent, in order."""
    return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
