"""The story agent's writer (Eq. 1): two plans, the better one taken, repeated places and events written anew."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from personavlog.backbones.reviews import Change
from personavlog.metrics import text
from personavlog.script import Beat, Character, Story, StoryDraft
from personavlog_embedded.writing.language.ask import TURN, Remembered, choice, one_object, tidy, wanted_parts, words
from personavlog_embedded.writing.language.fixed_form import part_names, pronoun, protagonist, subjects
from personavlog_embedded.writing.language.model import language_model
from personavlog_embedded.writing.language.templates import as_json, prompt

PLANS = 2
"""Plans that are compared at most; each takes about 13 seconds on two idle cores."""
REPAIRS = 3
SAME_PLACE, SAME_EVENT = 0.77, 0.9
"""Cosines above which two places or two events count as one."""
_WHERE = {
    "en": ("outdoors", "by a window", "somewhere high", "in somebody's home", "on the way"),
    "zh": ("户外", "窗边", "高处", "别人家里", "路上"),
}
"""Asked for in turn when a beat is written anew: left alone, the model stays where it was."""
COPIED = {"en": 0.93, "zh": 0.6}
"""Cosine above which an event counts as copied from the prompt's examples; Chinese cosines count shared characters and
are lower."""
VOICES = ("warm, natural", "bright, quick", "calm, low", "soft, thoughtful", "dry, amused")

Plan = dict[str, Any]
_BEAT = one_object(place=words(40), event=words(110))
_drafts = Remembered()


@dataclass(frozen=True)
class _Teller:
    """What every question about one story is asked with."""

    theme: str
    person: str
    language: str
    roles: tuple[str, ...]
    subjects: tuple[str, ...]


def write_story(
    *,
    theme: str,
    style: str,
    shots: int,
    language: str,
    name: str | None,
    appearance: str,
    seed: int,
    notes: Sequence[Change] = (),
) -> StoryDraft:
    """A story of ``shots`` beats. With ``notes`` only the beats they name are written anew, from the last draft for the
    same brief."""
    teller = _Teller(
        theme,
        protagonist(name, appearance, language),
        language,
        part_names(shots, language),
        subjects(name, appearance, language),
    )
    question = as_json([theme, teller.person, language, shots, seed])
    plan, rounds = _drafts.get(question)
    rounds = rounds + 1 if notes and plan else 0
    wanted = wanted_parts(notes, shots)
    turn = seed + TURN * rounds
    plan = _changed(plan, teller, turn, sorted(wanted)) if rounds and len(wanted) < shots else _best(teller, turn)
    _drafts.put(question, plan, rounds)
    return _draft(plan, teller.roles, name, appearance, language)


def _best(teller: _Teller, seed: int) -> Plan:
    """The first plan without a weak beat, else the best of ``PLANS`` with its weak beats written anew."""
    plans: list[Plan] = []
    while len(plans) < PLANS and not (plans and not _weak(plans[-1], teller)):
        plans.append(_whole(teller, seed + len(plans)))
    best = max(plans, key=lambda plan: _worth(plan, teller))
    return _changed(best, teller, seed, _weak(best, teller))


def _whole(teller: _Teller, seed: int) -> Plan:
    head = {
        **{key: words(60) for key in ("title", "wish", "trouble", "change")},
        "logline": words(110),
        "personality": words(60),
        "voice": choice(VOICES),
    }
    schema = one_object(**head, **{role: _BEAT for role in teller.roles})
    messages = prompt("story", teller.language, theme=teller.theme, person=teller.person)
    return language_model().ask(messages, schema, seed=seed, max_tokens=220 + 60 * len(teller.roles), temperature=0.75)


def _changed(plan: Plan, teller: _Teller, seed: int, which: Sequence[int]) -> Plan:
    """The plan with some beats written anew, each from what stands before it; of a few tries the first that repeats
    nothing is taken."""
    plan = dict(plan)
    for index in which:
        others = [plan[role] for role in teller.roles if role != teller.roles[index]]
        tries: list[Plan] = []
        while len(tries) < REPAIRS and not (tries and _original(tries[-1], teller) and not _like(tries[-1], others)):
            tries.append(_beat(plan, teller, index, seed + 31 * len(tries), index + len(tries)))
        plan[teller.roles[index]] = min(tries, key=lambda beat: (not _original(beat, teller), _nearness(beat, others)))
    return plan


def _beat(plan: Plan, teller: _Teller, index: int, seed: int, where: int) -> Plan:
    places = _WHERE[teller.language]
    before = [_event(plan[role], teller.language) for role in teller.roles[:index]][-3:]
    messages = prompt(
        "beat",
        teller.language,
        theme=teller.theme,
        person=teller.person,
        before=before,
        part=teller.roles[index],
        where=places[where % len(places)],
    )
    return language_model().ask(messages, _BEAT, seed=seed, max_tokens=90, temperature=0.95)


@cache
def _examples(language: str) -> tuple[str, ...]:
    """The events of the prompt's worked examples."""
    turns = prompt("story", language, theme="", person="")
    answers = [json.loads(turn["content"]) for turn in turns if turn["role"] == "assistant"]
    return tuple(beat["event"] for answer in answers for beat in answer.values() if isinstance(beat, dict))


def _weak(plan: Plan, teller: _Teller) -> list[int]:
    """Beats to be written anew: those that repeat an earlier one or an example, and those in which the person does
    nothing."""
    beats = [plan[role] for role in teller.roles]
    return [
        index
        for index, beat in enumerate(beats)
        if not _original(beat, teller) or (index and _like(beat, beats[:index]))
    ]


def _original(beat: Plan, teller: _Teller) -> bool:
    """The person does something in it, and it is not the prompt's own example."""
    event = str(beat["event"])
    return event.startswith(teller.subjects) and bool(
        text.similarity([event], _examples(teller.language)).max() < COPIED[teller.language]
    )


def _like(beat: Plan, others: Sequence[Plan]) -> bool:
    places = _place_nearness(beat, others)
    events = text.similarity([beat["event"]], [other["event"] for other in others])
    return bool((places > SAME_PLACE).any() or (events > SAME_EVENT).any())


def _nearness(beat: Plan, others: Sequence[Plan]) -> float:
    return float(_place_nearness(beat, others).max())


def _place_nearness(beat: Plan, others: Sequence[Plan]) -> text.Vectors:
    return text.similarity([beat["place"].lower()], [other["place"].lower() for other in others])


def _worth(plan: Plan, teller: _Teller) -> float:
    """Close to the theme, its beats far from each other; a repeated beat costs most, because it must be written
    anew."""
    events = [_event(plan[role], teller.language) for role in teller.roles]
    among = text.relevance(events, events)[np.triu_indices(len(events), 1)]
    weak = len(_weak(plan, teller)) / len(events)
    return float(text.relevance([teller.theme], events).mean() - 0.5 * among.mean() - 0.3 * weak)


def _draft(plan: Plan, roles: Sequence[str], name: str | None, appearance: str, language: str) -> StoryDraft:
    subject = name or pronoun(appearance, language)
    beats = tuple(Beat(role=role, place=_place(plan[role]), event=tidy(plan[role]["event"], 300)) for role in roles)
    looks = appearance.strip() or {"en": f"{subject}, as seen in the picture", "zh": f"{subject}，如照片所示"}[language]
    character = Character(appearance=looks[:400], personality=tidy(plan["personality"], 300), voice=plan["voice"])
    return StoryDraft(
        character=character, story=Story(title=tidy(plan["title"], 90), logline=tidy(plan["logline"], 300), beats=beats)
    )


def _place(beat: Plan) -> str:
    return tidy(beat["place"], 60).rstrip(".。")


def _event(beat: Plan, language: str) -> str:
    """Place and event as one line, the place first, as a script's heading."""
    place, event = _place(beat), tidy(beat["event"], 300)
    return f"{place[0].upper()}{place[1:]}: {event}" if language == "en" else f"{place}：{event}"
