"""Until when the models of a profile are served, by the tables of chat models and backbones."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import get_args

from personavlog.backbones import records
from personavlog.backbones.chat_models import chat_record
from personavlog.backbones.records import End
from personavlog.backbones.reviews import RUBRIC
from personavlog.profiles import Profile
from personavlog.profiles.chat import Agent, ChatChoice, Chosen

SOON = datetime.timedelta(days=90)
"""So long before its end a film's maker is told of it; the doctor tells always."""


def chat_choices(chat: ChatChoice) -> tuple[Chosen, ...]:
    """Every chat model that a film may ask, each once for every way to reach it: agents, reviewers, and those that are
    asked in their place."""
    agents = [chat.of(agent) for agent in get_args(Agent)]
    reviewers = [chat.reviewer_of(pair) for pair in RUBRIC] if chat.reviewer else []
    instead = [
        Chosen(model=name, settings=settings) for one in (*agents, *reviewers) for name, settings in one.fallbacks
    ]
    known: dict[str, Chosen] = {}
    for one in (*agents, *reviewers, *instead):
        known.setdefault(f"{one.model} {one.settings.base_url} {one.settings.api_key_env}", one)
    return tuple(known.values())


def ends(profile: Profile) -> tuple[tuple[str, End], ...]:
    """The models whose end is announced, with it."""
    return tuple(dict.fromkeys(_ends(profile)))


def notes(profile: Profile, today: datetime.date) -> tuple[str, ...]:
    """A sentence for each model that is not served any more, or not for long; the server has the last word."""
    return tuple(
        end.sentence(f"The model {model!r}", today)
        for model, end in ends(profile)
        if end.date is None or end.date - today < SOON
    )


def _ends(profile: Profile) -> Iterator[tuple[str, End]]:
    for chosen in chat_choices(profile.chat):
        known = chat_record(chosen.model, chosen.settings)
        if known is not None and known.end is not None:
            yield chosen.model, known.end
    for role, choice in profile.backbones.items():
        record = records.record_of(role, choice.backbone, choice.settings)
        if record is not None and record.end is not None:
            yield str(choice.settings.get("model", choice.backbone)), record.end
