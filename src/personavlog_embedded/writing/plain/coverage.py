"""How much of a theme reaches its film, and what the writer says of it before anything is painted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from personavlog_embedded.writing.plain.choice import chosen, diary
from personavlog_embedded.writing.plain.reading import READ, language_of, read_theme
from personavlog_embedded.writing.plain.theme import Theme
from personavlog_embedded.writing.plain.wordnet import NOUN, VERB, lemma_of

_WORD = re.compile(r"[^\W\d_]+")


def reached(theme: Theme, texts: Sequence[str]) -> tuple[str, ...]:
    """Those of the theme's telling words that stand in a film's sentences, in any form."""
    said = " ".join(texts).lower()
    forms = {form for word in _WORD.findall(said) for form in _forms(word)}
    return tuple(word for word in theme.content if word in said or _forms(word.lower()) & forms)


def share(theme: Theme, texts: Sequence[str]) -> float:
    """Which share of the theme's telling words a film has, 0 to 1; 1 for a theme without any."""
    return len(reached(theme, texts)) / len(theme.content) if theme.content else 1.0


def _forms(word: str) -> set[str]:
    return {word, *(found for part in (NOUN, VERB) if (found := lemma_of(word, part)))}


def enough(text: str) -> bool:
    """Whether the plain writer understands enough of a theme for a story of its own."""
    return language_of(text) in READ and chosen(read_theme(text), 1)[0] != diary()


def understood(text: str) -> str:
    """What the writer understood of a theme and what not, in a sentence or two for the user; of one in a language that
    it does not read, what to do."""
    language = language_of(text)
    if language not in READ:
        return (
            f"The plain writer reads English and Chinese, and the theme seems to be in another language ({language!r})."
            " Write the theme in English or Chinese, or take another writer with --writer."
        )
    theme = read_theme(text)
    known = [word for word in theme.content if word not in theme.unknown]
    said = f"Understood of the theme: {', '.join(known) or 'nothing'}"
    said += f"; not understood: {', '.join(theme.unknown)}" if theme.unknown else ""
    said += f"; left out as unwanted: {', '.join(theme.unwanted)}" if theme.unwanted else ""
    return f"{said}. {_film(theme)}"


def _film(theme: Theme) -> str:
    frame = chosen(theme, 1)[0]
    if frame == diary():
        return (
            "That is too little for a story of its own, so the film is a plain diary. Say who does what, and where, or "
            "take another writer with --writer."
        )
    return f"The film is about this: {frame.name}."
