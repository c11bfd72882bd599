"""T_board from the story: every event read back, with framing, weather, emotion and things to be seen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from personavlog.script import Board, Emotion, Framing, TimeOfDay, Weather
from personavlog_embedded.writing.planner.beat_text import BeatScene, read_event, without_company
from personavlog_embedded.writing.planner.library import library
from personavlog_embedded.writing.planner.story import drawable_things, props_of
from personavlog_embedded.writing.planner.story_world import story_world, without_count
from personavlog_embedded.writing.planner.theme import Theme, drawable_words

_FRAMINGS = {
    "selfie": Framing.SELFIE,
    "close": Framing.CLOSE_UP,
    "medium": Framing.MEDIUM,
    "over": Framing.OVER_SHOULDER,
    "wide": Framing.WIDE,
}
_CUES = (
    (
        re.compile(r"\b(rain|rains|rainy|raining|thunder|thunderstorm|storm|typhoon|drizzle)\b", re.IGNORECASE),
        Weather.RAIN,
    ),
    (re.compile(r"\b(snow|snowy|snowstorm|blizzard|ski|skiing|snowman|winter)\b", re.IGNORECASE), Weather.SNOW),
    (re.compile(r"\b(fog|foggy|mist|misty|haze)\b", re.IGNORECASE), Weather.FOG),
)
"""What the theme's words say of the weather."""
_NEAR = {
    Framing.SELFIE: (Framing.SELFIE, Framing.CLOSE_UP, Framing.MEDIUM, Framing.WIDE, Framing.OVER_SHOULDER),
    Framing.CLOSE_UP: (Framing.CLOSE_UP, Framing.MEDIUM, Framing.SELFIE, Framing.OVER_SHOULDER, Framing.WIDE),
    Framing.MEDIUM: (Framing.MEDIUM, Framing.CLOSE_UP, Framing.WIDE, Framing.SELFIE, Framing.OVER_SHOULDER),
    Framing.OVER_SHOULDER: (Framing.OVER_SHOULDER, Framing.WIDE, Framing.MEDIUM, Framing.CLOSE_UP, Framing.SELFIE),
    Framing.WIDE: (Framing.WIDE, Framing.MEDIUM, Framing.OVER_SHOULDER, Framing.SELFIE, Framing.CLOSE_UP),
}
"""What shows much the same as a framing, nearest first: a place stays a place, a feeling a feeling."""
_DARK = re.compile(r"\b(noir|horror|gothic|black and white|tragic|melancholic)\b", re.IGNORECASE)
_LOW = re.compile(
    r"\b(lonely|loneliness|goodbye|farewell|funeral|grief|hospital|haunted|ghost|afraid|breakup|heartbreak|insomnia"
    r"|missing|without)\b",
    re.IGNORECASE,
)
"""Words of a style and of a theme that do not go with a broad smile."""
_QUIETED = {Emotion.JOYFUL: Emotion.CALM, Emotion.EXCITED: Emotion.CURIOUS, Emotion.PROUD: Emotion.CALM}
PROPS = 2
"""A board has so many things at most: a picture that shows more shows none."""
HINTED = 0.85
"""How often a first draft keeps the framing that the beat suggests."""


@dataclass(frozen=True)
class FilmScenes:
    """The scenes of a film in order, one per shot, with the hour of each."""

    scenes: tuple[BeatScene, ...]
    times: tuple[TimeOfDay, ...]


def film_scenes(events: Sequence[str], shots: int) -> FilmScenes:
    """The events spread over the shots; hours that nobody wrote are taken from the neighbours, so that the day moves
    on."""
    read = [read_event(event) for event in events]
    scenes = tuple(read[index] for index in spread(len(read), shots))
    times = list(TimeOfDay)
    hours: list[TimeOfDay] = []
    for number, scene in enumerate(scenes):
        latest = hours[-1] if hours else times[0]
        following = next((one.time for one in scenes[number:] if one.time), None)
        even = times[number * len(times) // shots]
        hours.append(scene.time or max(latest, min(even, following or even, key=times.index), key=times.index))
    return FilmScenes(scenes, tuple(hours))


def spread(events: int, shots: int) -> list[int]:
    """Which event each shot shows; the first and the last event are always kept."""
    return [round(shot * (events - 1) / (shots - 1)) for shot in range(shots)] if shots > 1 else [0]


def weathers(film: FilmScenes, theme: Theme, rng: np.random.Generator) -> tuple[Weather, ...]:
    """The theme's weather; where it names none, one that suits the first setting, changed at most once by chance."""
    named = next((weather for cue, weather in _CUES if cue.search(theme.english)), None)
    if named:
        return (named,) * len(film.scenes)
    choice = film.scenes[0].setting.weathers
    base = choice[int(rng.integers(len(choice)))]
    change = int(rng.integers(1, len(film.scenes) + 1))
    later = Weather.CLOUD if base is Weather.CLEAR else Weather.CLEAR if base is Weather.CLOUD else base
    return tuple(_weather(scene, base if number < change else later) for number, scene in enumerate(film.scenes))


def _weather(scene: BeatScene, otherwise: Weather) -> Weather:
    return otherwise if otherwise in scene.setting.weathers else scene.setting.weathers[0]


def framing(scene: BeatScene, rng: np.random.Generator) -> Framing:
    """The suggested framing, or by chance another one; neighbours are not looked at."""
    return (
        _FRAMINGS[scene.template.framing] if rng.random() < HINTED else tuple(Framing)[int(rng.integers(len(Framing)))]
    )


def reframed(number: int, boards: Sequence[Board], turn: int) -> Framing:
    """A framing that may stand there and that neither neighbour has, the ``turn``-th of those; the ones nearest to what
    the shot is about first."""
    beside = {boards[n].framing for n in (number - 1, number + 1) if 0 <= n < len(boards)}
    near = _NEAR[boards[number].framing]
    allowed = [
        one
        for one in Framing
        if not misplaced(
            number, [*boards[:number], boards[number].model_copy(update={"framing": one}), *boards[number + 1 :]]
        )
    ]
    place, taken = boards[number].place, {(board.place, board.framing) for n, board in enumerate(boards) if n != number}
    best = sorted(allowed, key=lambda one: ((place, one) in taken, near.index(one)))
    free = [one for one in best if one not in beside] or best
    new = [one for one in free if (place, one) not in taken] or free
    return new[turn % len(new)]


def misplaced(number: int, boards: Sequence[Board]) -> str:
    """What is wrong with a framing at this place of the film, or nothing.

    The first shot shows the place, a back is seen once at most and never first or last, and three shots in four keep
    their distance.
    """
    framing, last = boards[number].framing, number == len(boards) - 1
    before = [board.framing for board in boards[:number]]
    if number == 0 and framing not in OPENINGS:
        return "The film opens without showing where it is."
    if framing is Framing.OVER_SHOULDER and (last or framing in before):
        return "The person is seen from behind once more."
    if framing in CLOSE and sum(one in CLOSE for one in before) >= max(1, len(boards) // 4):
        return "So near again, and nothing of the theme is seen."
    if framing in CLOSE and _WHOLE.search(boards[number].action):
        return "What the body does is not seen from so near."
    return ""


OPENINGS = frozenset((Framing.WIDE, Framing.MEDIUM))
_WHOLE = re.compile(r"\b(walk|run|kneel|crouch|danc|climb|carr|sit|jump|chas|throw|point|sweep)\w*", re.IGNORECASE)
CLOSE = frozenset((Framing.CLOSE_UP, Framing.SELFIE))


def props(scene: BeatScene, theme: Theme) -> tuple[str, ...]:
    """What must be seen, of what can be drawn: the beat's things that belong to theme and place; of a person's own
    words the things they name."""
    own = story_world(theme)
    if scene.exact:
        things = props_of(scene.template, {**scene.slots, **theme.values})
        return drawable_things(
            [thing for thing in things if thing in theme.values.values() or own.belongs(thing, scene.setting)]
        )[:PROPS]
    return drawable_things(_named(scene.action))[:5]


def _named(action: str) -> tuple[str, ...]:
    """The library's props and the lexicon's things that these words name, longest first."""
    low = action.lower()
    found = [
        name
        for name in sorted(library().prop_names | drawable_words(), key=len, reverse=True)
        if re.search(rf"\b{re.escape(name.lower())}s?\b", low)
    ]
    kept = [name for n, name in enumerate(found) if not any(name in longer for longer in found[:n])]
    return tuple(sorted(kept, key=lambda name: low.find(name.lower())))


def mood(emotion: Emotion, weather: Weather, time: TimeOfDay, style: str, theme: Theme) -> Emotion:
    """The beat's emotion, in a low voice where style, theme or a wet night want it: nobody grins in a film noir."""
    wet = weather in (Weather.RAIN, Weather.FOG) and time in (TimeOfDay.DUSK, TimeOfDay.NIGHT)
    return _QUIETED.get(emotion, emotion) if wet or _DARK.search(style) or _LOW.search(theme.english) else emotion


def with_keys(boards: Sequence[Board], scenes: Sequence[BeatScene], theme: Theme) -> tuple[Board, ...]:
    """The boards with what the theme is about to be seen in the first and in at least half of them; what a person wrote
    stays as it is."""
    own, count = story_world(theme), len(boards)
    shown = [
        bool({without_count(prop) for prop in one.props} & {without_count(key) for key in own.keys(n, count)})
        for n, one in enumerate(boards)
    ]
    bare = sorted(
        (n for n in range(count) if not shown[n] and scenes[n].exact),
        key=lambda n: (n > 0, boards[n].framing is Framing.OVER_SHOULDER, len(boards[n].props), n),
    )
    wanted = max((count + 1) // 2 - sum(shown), 0 if shown[0] else 1)
    done = list(boards)
    for turn, number in enumerate(bare[:wanted]):
        keys = own.keys(number, count)
        key = keys[turn % len(keys)] if number else keys[0]
        done[number] = done[number].model_copy(update={"props": (key, *done[number].props)[:PROPS]})
    return tuple(done)


def board(scene: BeatScene, time: TimeOfDay, weather: Weather, shown: Framing, style: str, theme: Theme) -> Board:
    """One board of a scene. Whoever only looks on is told, not shown."""
    return Board(
        place=scene.place[:120],
        time_of_day=time,
        weather=weather,
        action=without_company(scene.action)[:300],
        framing=shown,
        emotion=mood(scene.template.emotion, weather, time, style, theme),
        props=props(scene, theme),
    )
