"""Chinese lines as the person says them."""

from __future__ import annotations

from functools import lru_cache

from personavlog_embedded.writing.plain.segmenting import segmented

_BEGINNING = frozenset(("把", "给", "向", "跟", "对", "从", "往", "用"))
"""Prepositions behind which a sentence without a subject goes on with what somebody does."""
_SELF = ("是", "有", "像", "没有", "原来", "没", "下", "要", "来", "到", "轮到", "等")
"""Verbs that mostly say something of the thing behind them."""


@lru_cache(maxsize=512)
def as_mine(text: str) -> str:
    """A sentence that begins with what is done, said in the first person; empty for others."""
    words = segmented(text)
    first, tag = next(iter(words), ("", ""))
    starts = (tag[:1] == "v" and first not in _SELF) or first in _BEGINNING
    other = any(tag[:1] == "r" or word == "，" for word, tag in words[1:3])
    return f"我{text}" if starts and not other else ""
