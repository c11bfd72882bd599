"""The season that words name; what it looks like is painted elsewhere (``render.season_colours``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

Season = Literal["spring", "summer", "autumn", "winter"]

_WORDS: Mapping[Season, str] = {
    "spring": r"\b(spring(time)?|blossom\w*|blooming|april|easter|cherry trees?)\b|春|樱花|樱",
    "autumn": (
        r"\b(autumn\w*|in fall|fall colou?rs|fallen lea(f|ves)|golden leaves|red leaves|october|november|harvest"
        r"|halloween)\b|秋|落叶|红叶"
    ),
    "winter": r"\b(winter\w*|snow(y|s|fall|ing|ed)?|frozen|frost\w*|icy|christmas|december|january)\b|冬|雪",
    "summer": r"\b(summer\w*|july|august|midsummer)\b|夏",
}
_NO_SEASON = re.compile(r"\b(hot|mountain|steaming) springs?\b|\bsprings? of\b", re.I)
_SEEN_IN = re.compile(
    r",?\s*\b(?:in|during) (?:(?:the|early|late|deep|full) )*(?:spring|springtime|summer|autumn|fall|winter|bloom)\b",
    re.I,
)


def season_of(words: str, weather: str) -> Season:
    """The season that a board's words name, the first if several; snowfall is winter, no word is summer."""
    if weather == "snow":
        return "winter"
    plain = _NO_SEASON.sub(" ", words)
    found = [(hit.start(), season) for season, pattern in _WORDS.items() if (hit := re.search(pattern, plain, re.I))]
    return min(found)[1] if found else "summer"


def without_season(place: str) -> str:
    """A place's words without the season that it is seen in: "a garden in late autumn" is "a garden"."""
    return _SEEN_IN.sub("", place) or place
