"""What the embedded painter can show: which painted place answers a place's noun, and which things have a drawing. Data
only; no painter is loaded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from personavlog_embedded import data
from personavlog_embedded.data.known_places import known_places

_COUNTS = re.compile(r"^(two|three|four) (?=\w)")
_COLOURS = frozenset(
    ("red", "blue", "green", "white", "black", "yellow", "orange", "pink", "purple", "brown", "golden")
)
"""Colours that the painter tints a drawing with."""


@dataclass(frozen=True)
class Scenery:
    """The painted place behind a noun: its ``key``, and whether the picture ``shows`` what the noun says or another
    place stands in for it."""

    key: str
    shows: bool


@cache
def _scenery() -> Mapping[str, Scenery]:
    own = {
        noun: Scenery(key, shows=True)
        for key, nouns in data.read_toml("library", "painted.toml").items()
        for noun in nouns
    }
    return own | {
        noun: Scenery(key, shows)
        for key, place in known_places().items()
        for shows, nouns in ((True, place.shows), (False, place.stands_in))
        for noun in nouns
    }


def scenery(noun: str) -> Scenery:
    """The painted place of a library noun ("a sandy beach"); a noun that nobody mapped stands for itself and is not
    shown."""
    return _scenery().get(noun.lower(), Scenery(noun, shows=False))


@cache
def _drawings() -> tuple[frozenset[str], Mapping[str, str]]:
    drawn = data.read_toml("library", "drawn.toml")
    return frozenset(drawn["names"]), drawn["as"]


def drawable(thing: str) -> str | None:
    """The words under which the painter draws a thing; None for a thing that can only be told."""
    counted = _COUNTS.match(thing.lower())
    if counted and drawable(thing[counted.end() :]):
        return thing.lower()
    names, others = _drawings()
    low = re.sub(r"^(an?|the|my|two|some) ", "", thing.lower())
    for form in (thing.lower(), low, _singular(low)):
        if form in others:
            return others[form]
        if form in names:
            return form if form == _singular(low) != low else low
    colour, _, rest = low.partition(" ")
    plain = drawable(rest) if colour in _COLOURS and rest else None
    return f"{colour} {plain}" if plain else None


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
