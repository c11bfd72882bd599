"""What a board's words ask of a place beyond its kind: lanterns on the lake, a train at the halt."""

from __future__ import annotations

import re

_WORDS = (
    ("lanterns", r"\b\w*lanterns?\b|festival of light|灯笼|天灯|河灯|花灯"),
    ("rails", r"\b(railway|rail|train|locomotive)s?\b|火车|铁路"),
)


def of(words: str) -> frozenset[str]:
    """The motifs that the words name."""
    return frozenset(name for name, pattern in _WORDS if re.search(pattern, words, re.I))
