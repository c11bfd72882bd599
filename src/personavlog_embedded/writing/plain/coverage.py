"""How much of a theme reaches its film: which of its telling words stand in boards and lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
