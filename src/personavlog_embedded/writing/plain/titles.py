"""Titles and loglines in the theme's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from personavlog_embedded.writing.plain.activities import Tone
from personavlog_embedded.writing.plain.film import Shot
from personavlog_embedded.writing.plain.sentences import capital, doing
from personavlog_embedded.writing.plain.theme import Theme

LONGEST = 60
"""A theme of at most so many characters is a title."""
_SMALL = frozenset(
    ("a", "an", "the", "of", "in", "on", "at", "to", "for", "with", "and", "or", "by", "my", "from", "as")
)
_NAMELESS = {"en": "A Day Without a Name", "zh": "没有名字的一天"}
_URL = re.compile(r"(?:https?://|www\.)\S+")


def title(theme: Theme, planned: Sequence[Shot], language: str, turn: int) -> str:
    """A title of the theme's words; grave films have the theme itself, plainly."""
    made = _english(theme, planned) if language == "en" else _chinese(theme)
    own = _own(theme)
    options = [own] if own and (theme.tone is Tone.GRAVE or not made) else [*([own] if own else []), *made]
    chosen = options[turn % len(options)] if options else _NAMELESS[language]
    return chosen[:90].strip()


def _own(theme: Theme) -> str:
    """The theme as a title; of a longer one what stands before its first mark."""
    text = _URL.sub("", " ".join(theme.text.split())).strip(" .!?。！？")
    first = text if len(text) <= LONGEST else re.split(r"[.!?;:,\n。！？；，]", text)[0]
    if sum(map(str.isalpha, first)) < 2 or len(first) > LONGEST:
        return ""
    return titled(first) if theme.language == "en" else first


def _english(theme: Theme, planned: Sequence[Shot]) -> list[str]:
    thing, friend = theme.object, theme.companion
    made = [titled(doing(theme, planned[0].frame))] if planned[0].frame.kinds or theme.doing.english else []
    if thing is not None:
        made.append(f"{titled(thing.the)} and I")
    if friend is not None:
        made.append(f"With {titled(friend.mine)}")
    return [text for text in made if len(text) <= LONGEST]


def _chinese(theme: Theme) -> list[str]:
    names = [thing.chinese for thing in (theme.object, theme.companion) if thing is not None and thing.chinese]
    names = list(dict.fromkeys(names))
    return [f"{names[0]}和我"] if len(names) == 1 else ["和".join((*names, "我"))] if names else []


def titled(text: str) -> str:
    """Words with capitals, small ones only in first place."""
    words = text.split()
    return " ".join(
        word if word.lower() in _SMALL and number and word.islower() else capital(word)
        for number, word in enumerate(words)
    )


def logline(theme: Theme, planned: Sequence[Shot], name: str | None, language: str) -> str:
    """The theme's own words, and in English films how the story turns where it does."""
    text = " ".join(theme.text.split()).rstrip(".!?。！？")
    said = text if len(text) <= 180 else text[:180].rsplit(" ", 1)[0]
    said = said if sum(map(str.isalpha, said)) > 1 else name or "A day"
    turn = next((shot.turn for shot in planned if shot.turn is not None), None)
    if theme.tone is Tone.GRAVE or turn is None or language == "zh":
        return f"{capital(said)}{'。' if theme.language == 'zh' else '.'}"
    return f"{capital(said)}: {turn.hook}."
