"""T_board from the story: every event read back, with framing, weather, emotion and things to be seen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from personavlog.backbones.embedded.planner_library import library
from personavlog.backbones.embedded.planner_pictures import drawable
from personavlog.backbones.embedded.planner_story import drawn, props_of
from personavlog.backbones.embedded.planner_text import Scene, read_event
from personavlog.backbones.embedded.planner_theme import Theme, drawable_words
from personavlog.script import Board, Framing, TimeOfDay, Weather

_FRAMINGS = {"selfie": Framing.SELFIE, "close": Framing.CLOSE_UP, "medium": Framing.MEDIUM, "over": Framing.OVER_SHOULDER, "wide": Framing.WIDE}
_RAINY = re.compile(r"\b(rain|rains|thunder|raincoat|umbrella|raindrop|wet coats)\b", re.IGNORECASE)
_SNOWY = re.compile(r"\b(snow|snowman|ski|icicle|frost)\b", re.IGNORECASE)
_NEAR = {
    Framing.SELFIE: (Framing.SELFIE, Framing.CLOSE_UP, Framing.MEDIUM, Framing.WIDE, Framing.OVER_SHOULDER),
    Framing.CLOSE_UP: (Framing.CLOSE_UP, Framing.MEDIUM, Framing.SELFIE, Framing.OVER_SHOULDER, Framing.WIDE),
    Framing.MEDIUM: (Framing.MEDIUM, Framing.CLOSE_UP, Framing.SELFIE, Framing.WIDE, Framing.OVER_SHOULDER),
    Framing.OVER_SHOULDER: (Framing.OVER_SHOULDER, Framing.WIDE, Framing.MEDIUM, Framing.CLOSE_UP, Framing.SELFIE),
    Framing.WIDE: (Framing.WIDE, Framing.OVER_SHOULDER, Framing.MEDIUM, Framing.SELFIE, Framing.CLOSE_UP),
}
"""What shows much the same as a framing, nearest first: a place stays a place, a feeling a feeling."""
SHOWN = 2
"""What the theme is about is seen in so many shots at least."""
_GONE = frozenset(("lost", "losing", "lose", "missing", "without", "stolen", "search", "searching", "last"))
HINTED = 0.85
"""How often a first draft keeps the framing that the beat suggests."""


@dataclass(frozen=True)
class Cut:
    """The scenes of a film in order, one per shot, with the hour of each."""

    scenes: tuple[Scene, ...]
    times: tuple[TimeOfDay, ...]


def cut(events: Sequence[str], shots: int) -> Cut:
    """The events spread over the shots; hours that nobody wrote are taken from the neighbours, so that the day moves on."""
    read = [read_event(event) for event in events]
    scenes = tuple(read[index] for index in _spread(len(read), shots))
    times = list(TimeOfDay)
    hours: list[TimeOfDay] = []
    for number, scene in enumerate(scenes):
        latest = hours[-1] if hours else times[0]
        following = next((one.time for one in scenes[number:] if one.time), None)
        even = times[number * len(times) // shots]
        hours.append(scene.time or max(latest, min(even, following or even, key=times.index), key=times.index))
    return Cut(scenes, tuple(hours))


def _spread(events: int, shots: int) -> list[int]:
    """Which event each shot shows; the first and the last event are always kept."""
    return [round(shot * (events - 1) / (shots - 1)) for shot in range(shots)] if shots > 1 else [0]


def weathers(film: Cut, theme: Theme, rng: np.random.Generator) -> tuple[Weather, ...]:
    """One weather for the film, changed at most once by chance; rain and snow where the story speaks of them."""
    said = theme.english.lower()
    choice = film.scenes[0].setting.weathers
    base = (
        Weather.RAIN
        if _RAINY.search(said) or "rainy" in said
        else Weather.SNOW
        if _SNOWY.search(said) or "snowy" in said
        else choice[int(rng.integers(len(choice)))]
    )
    change = int(rng.integers(1, len(film.scenes) + 1))
    later = Weather.CLOUD if base is Weather.CLEAR else Weather.CLEAR if base is Weather.CLOUD else base
    return tuple(_weather(scene, base if number < change else later) for number, scene in enumerate(film.scenes))


def _weather(scene: Scene, otherwise: Weather) -> Weather:
    if _RAINY.search(scene.action):
        return Weather.RAIN
    return otherwise if otherwise in scene.setting.weathers or scene.setting.kind == "real" else scene.setting.weathers[0]


def framing(scene: Scene, rng: np.random.Generator) -> Framing:
    """The suggested framing, or by chance another one; neighbours are not looked at."""
    return _FRAMINGS[scene.template.framing] if rng.random() < HINTED else tuple(Framing)[int(rng.integers(len(Framing)))]


def reframed(number: int, boards: Sequence[Board], turn: int) -> Framing:
    """A framing that neither neighbour has, the ``turn``-th of those; the ones nearest to what the shot is about first."""
    beside = {boards[n].framing for n in (number - 1, number + 1) if 0 <= n < len(boards)}
    near = _NEAR[boards[number].framing]
    free = sorted((one for one in Framing if one not in beside), key=near.index)
    return free[turn % len(free)]


def props(scene: Scene, theme: Theme) -> tuple[str, ...]:
    """What must be seen, of what can be drawn: the beat's things; of a person's own words the things they name."""
    if scene.exact:
        return drawn(props_of(scene.template, {**scene.slots, **theme.values}))[:5]
    named = drawn(_named(scene.action))
    return (named or drawn(props_of(scene.template, theme.values)))[:5]


def _named(action: str) -> tuple[str, ...]:
    """The library's props and the lexicon's things that these words name, longest first."""
    low = action.lower()
    found = [name for name in sorted(library().prop_names | drawable_words(), key=len, reverse=True) if re.search(rf"\b{re.escape(name.lower())}s?\b", low)]
    kept = [name for n, name in enumerate(found) if not any(name in longer for longer in found[:n])]
    return tuple(sorted(kept, key=lambda name: low.find(name.lower())))


def with_subject(boards: Sequence[Board], theme: Theme) -> tuple[Board, ...]:
    """The boards with what the theme is about to be seen in at least ``SHOWN`` of them, where it can be drawn and is not what is missing."""
    shown = drawable(theme.subject.english) if theme.subject and not theme.words & _GONE else None
    bare = sorted((n for n, one in enumerate(boards) if shown not in one.props), key=lambda n: (len(boards[n].props), n))
    added = set(bare[: max(0, min(SHOWN, len(boards) - 1) - (len(boards) - len(bare)))]) if shown else set()
    return tuple(one.model_copy(update={"props": (*one.props, shown)[-5:]}) if n in added and shown else one for n, one in enumerate(boards))


def board(scene: Scene, time: TimeOfDay, weather: Weather, shown: Framing, theme: Theme) -> Board:
    """One board of a scene."""
    return Board(
        place=scene.place[:120],
        time_of_day=time,
        weather=weather,
        action=scene.action[:300],
        framing=shown,
        emotion=scene.template.emotion,
        props=props(scene, theme),
    )
