"""What a board's words ask of a place beyond its kind: lanterns on the lake, clocks in the workshop."""

from __future__ import annotations

import re

_WORDS = (
    ("lanterns", r"\b\w*lanterns?\b|festival of light|灯笼|天灯|河灯|花灯"),
    ("clocks", r"\b(clocks?|clock ?maker|watch ?maker)\b|钟表"),
    ("pottery", r"\b(pottery|potter'?s?|kiln|clay)\b|陶"),
    ("climbing", r"\b(climbing|bouldering) walls?\b|攀岩"),
    ("vending", r"\bvending machines?\b|自动售货机"),
    ("dinosaur", r"\bdinosaurs?\b|恐龙"),
)


def motifs_of(words: str) -> frozenset[str]:
    """The motifs that the words name."""
    return frozenset(name for name, pattern in _WORDS if re.search(pattern, words, re.I))
