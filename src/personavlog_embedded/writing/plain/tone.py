"""How a film may speak of a theme: gravely, quietly or lightly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from personavlog.metrics.text import similarity
from personavlog_embedded import data
from personavlog_embedded.writing.plain.activities import Tone
from personavlog_embedded.writing.plain.kinds import is_grave
from personavlog_embedded.writing.plain.wordnet import NOUN, VERB, lemma_of, uses

NEAREST = 3
"""A tone's nearness is the mean of so many of its examples."""
SHORTEST = 3
"""A text of fewer letters has no tone."""
GRAVE_BY, QUIET_BY = 0.03, 0.01
"""How much nearer a theme must be to the graver tone's examples than to the lighter ones'."""


@cache
def _examples() -> Mapping[Tone, tuple[str, ...]]:
    return data.read_sheet(dict[Tone, tuple[str, ...]], "tones")


def tone_of(english: str, words: Sequence[str]) -> Tone:
    """The tone of a theme's English words: grave where one of them means so, otherwise by the examples nearest in
    meaning."""
    if any(_is_grave(word, english) for word in words):
        return Tone.GRAVE
    if sum(map(str.isalpha, english)) < SHORTEST:
        return Tone.LIGHT
    near = {tone: _nearness(english, examples) for tone, examples in _examples().items()}
    if near[Tone.GRAVE] - max(near[Tone.LIGHT], near[Tone.QUIET]) > GRAVE_BY:
        return Tone.GRAVE
    return Tone.QUIET if max(near[Tone.QUIET], near[Tone.GRAVE]) - near[Tone.LIGHT] > QUIET_BY else Tone.LIGHT


def _is_grave(word: str, said: str) -> bool:
    noun, verb = lemma_of(word, NOUN), lemma_of(word, VERB)
    if noun and (verb is None or uses(noun, NOUN) >= uses(verb, VERB)):
        return is_grave(noun, NOUN, said)
    return verb is not None and is_grave(verb, VERB)


def _nearness(english: str, examples: Sequence[str]) -> float:
    marks = np.sort(similarity([english], examples)[0])[-NEAREST:]
    return float(marks.mean())
