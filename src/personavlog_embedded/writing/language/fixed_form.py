"""What code decides so that the small model need not: the order of a story's parts, the time of day, the weather, who
"he" or "she" is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from personavlog.script import Emotion, Framing, TimeOfDay, Weather

PARTS = {
    "en": (
        "arrival",
        "first try",
        "discovery",
        "meeting",
        "detour",
        "small joy",
        "obstacle",
        "doubt",
        "search",
        "turn",
        "second try",
        "help",
        "surprise",
        "chase",
        "rest",
        "repair",
        "gift",
        "joy",
        "celebration",
        "quiet moment",
        "memory",
        "farewell",
        "way back",
        "ending",
    ),
    "zh": (
        "抵达",
        "初试",
        "发现",
        "相遇",
        "绕路",
        "小喜",
        "阻碍",
        "犹豫",
        "寻找",
        "转折",
        "再试",
        "相助",
        "惊喜",
        "追赶",
        "歇脚",
        "修补",
        "礼物",
        "喜悦",
        "庆祝",
        "静处",
        "回忆",
        "告别",
        "归途",
        "结尾",
    ),
}
"""A long story's parts in order; a shorter one takes the most needed ones (``_NEED``), in the same order."""
_NEED = (0, 23, 9, 6, 2, 17, 3, 10, 19, 12, 1, 16, 11, 8, 4, 20, 5, 14, 21, 7, 15, 18, 22, 13)

_EARLY = {0, 1, 2, 3, 4, 5}
_HARD = {6, 7, 8}
_OPENING = (Emotion.CURIOUS, Emotion.EXCITED, Emotion.CALM, Emotion.NOSTALGIC)
_TROUBLE = (Emotion.TENSE, Emotion.MELANCHOLIC)
_MIDDLE = (Emotion.CURIOUS, Emotion.CALM, Emotion.EXCITED, Emotion.JOYFUL, Emotion.NOSTALGIC)
_CLOSING = (Emotion.PROUD, Emotion.JOYFUL, Emotion.CALM, Emotion.NOSTALGIC)

_HOURS = tuple(TimeOfDay)
_HOUR_WORDS = (
    (TimeOfDay.MORNING, r"\b(morning|dawn|sunrise|breakfast)\b|清晨|早上|早晨|日出|早点"),
    (TimeOfDay.NOON, r"\b(noon|midday|lunch|afternoon)\b|中午|午后|下午"),
    (TimeOfDay.DUSK, r"\b(dusk|sunset|evening|twilight|golden hour)\b|黄昏|傍晚|日落|夕阳"),
    (TimeOfDay.NIGHT, r"\b(night|midnight|starlit|starry|nocturnal)\b|夜|星空|深夜"),
)
_WEATHER_WORDS = (
    (Weather.SNOW, r"\b(snow\w*|blizzard)\b|[下大飞积]雪|雪[地天夜花山景]"),
    (Weather.RAIN, r"\b(rain\w*|storm\w*|drizzl\w*|downpour)\b|[下大细暴阵淋避]雨|雨[天中里夜后水伞]"),
    (Weather.FOG, r"\b(fog\w*|mist\w*)\b|[大起浓薄]雾|雾[中里气天]"),
    (Weather.CLOUD, r"\b(cloudy|overcast|windy)\b|阴天"),
)
_WOMAN = re.compile(r"\b(woman|girl|lady|female|mother|grandmother|she)\b|女|奶奶|妈妈|姑娘", re.IGNORECASE)
_MAN = re.compile(r"\b(man|boy|gentleman|male|father|grandfather|he)\b|男|爷爷|爸爸", re.IGNORECASE)


def part_names(count: int, language: str) -> tuple[str, ...]:
    """The names of ``count`` parts, 2 to 24, in story order."""
    chosen = sorted(_NEED[:count])
    return tuple(PARTS[language][index] for index in chosen)


def moods(part: str) -> tuple[Emotion, ...]:
    """The emotions that suit a part of the story; those of the middle for a part that no list here has."""
    index = next((names.index(part) for names in PARTS.values() if part in names), 9)
    if index in _HARD:
        return _TROUBLE
    return _OPENING if index in _EARLY else _CLOSING if index >= len(_NEED) - 1 else _MIDDLE


def framings(number: int, count: int, before: Framing | None) -> tuple[Framing, ...]:
    """The framings open to a shot: wide to arrive, never the one of the shot before."""
    if number == 0:
        return (Framing.WIDE,)
    last = (Framing.MEDIUM, Framing.WIDE, Framing.SELFIE) if number == count - 1 else tuple(Framing)
    return tuple(framing for framing in last if framing is not before)


def hours(theme: str, events: Sequence[str]) -> tuple[TimeOfDay, ...]:
    """One time of day per shot, never going back: spread over the day that the theme names, moved on where an event
    names a later one."""
    first, last = _span(theme)
    steps = max(1, len(events) - 1)
    planned = [round(first + (last - first) * number / steps) for number in range(len(events))]
    said = [_HOURS.index(hour) if (hour := _spoken_hour(event)) else 0 for event in events]
    return tuple(_HOURS[hour] for hour in accumulate(map(max, planned, said), max))


def weathers(theme: str, events: Sequence[str]) -> tuple[Weather, ...]:
    """One weather per shot: what the event names, else the theme's, which clears for the last shot."""
    general = _spoken_weather(theme)
    ending = {Weather.RAIN: Weather.CLOUD, Weather.FOG: Weather.CLEAR, Weather.CLOUD: Weather.CLEAR}
    spoken = [_spoken_weather(event) or general or Weather.CLEAR for event in events]
    if general and spoken and not _spoken_weather(events[-1]):
        spoken[-1] = ending.get(general, general)
    return tuple(spoken)


def protagonist(name: str | None, appearance: str, language: str) -> str:
    """Who the story is told about, as the prompts say it: the name, if any, and the first words of the appearance."""
    looks = re.split(r"[.;；。]", appearance)[0].strip()[:90]
    looks = looks or {"en": "a traveller", "zh": "一位旅人"}[language]
    return f"{name}, {looks}" if name else looks


def pronoun(appearance: str, language: str) -> str:
    """She or he where the appearance says it, else they; as a sentence begins."""
    woman, man = bool(_WOMAN.search(appearance)), bool(_MAN.search(appearance))
    sign = "woman" if woman and not man else "man" if man and not woman else "open"
    return {"en": {"woman": "She", "man": "He", "open": "They"}, "zh": {"woman": "她", "man": "他", "open": "主人公"}}[
        language
    ][sign]


def subjects(name: str | None, appearance: str, language: str) -> tuple[str, ...]:
    """How a sentence about the person begins."""
    found = pronoun(appearance, language)
    either = (
        {"She": ("She",), "He": ("He",)}.get(found, ("They", "She", "He"))
        if language == "en"
        else (found, "她", "他", "主人公")
    )
    return (name, *either) if name else either


def _span(theme: str) -> tuple[int, int]:
    hour = _spoken_hour(theme)
    spans = {
        None: (0, 3),
        TimeOfDay.MORNING: (0, 1),
        TimeOfDay.NOON: (0, 2),
        TimeOfDay.DUSK: (1, 2),
        TimeOfDay.NIGHT: (2, 3),
    }
    return spans[hour]


def _spoken_hour(text: str) -> TimeOfDay | None:
    return next((hour for hour, words in reversed(_HOUR_WORDS) if re.search(words, text, re.IGNORECASE)), None)


def _spoken_weather(text: str) -> Weather | None:
    return next((weather for weather, words in _WEATHER_WORDS if re.search(words, text, re.IGNORECASE)), None)
