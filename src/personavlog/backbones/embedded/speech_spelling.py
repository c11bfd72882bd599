"""How a word that no lexicon has is probably pronounced, from its spelling."""

from __future__ import annotations


def pronounce(word: str) -> str:
    """."""
    return ""
