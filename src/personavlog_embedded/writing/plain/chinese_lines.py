"""Chinese lines as the person says them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from personavlog.script import Emotion
from personavlog_embedded import data
from personavlog_embedded.writing.plain.segmenting import segmented

_MARK = re.compile(r"[，。！？：；]")
_BEGINNING = frozenset(("把", "给", "向", "跟", "对", "从", "往", "用"))
"""Prepositions behind which a sentence without a subject goes on with what somebody does."""
_NOT_MINE = frozenset(("是", "有", "像", "没有", "没", "下", "要", "来", "到", "轮到", "等", "成"))
"""Verbs that mostly say something of the thing behind them."""


@cache
def _asides() -> Mapping[Emotion, tuple[str, ...]]:
    table = data.read_toml("library", "chinese_asides.toml")
    return data.checked(dict[Emotion, tuple[str, ...]], table, "library/chinese_asides.toml")


def in_first_person(text: str, feel: Emotion, turn: int, named: Iterable[str] = ()) -> Iterator[str]:
    """A Chinese line in the first person: its own sentence with its subject, or with what the person feels behind it
    or behind its first part, another one each turn. A sentence that begins with something ``named`` is about that."""
    if not text.startswith(tuple(named)) and (mine := as_mine(text)):
        yield mine
    options = _asides()[feel]
    turned = [options[(turn + n) % len(options)] for n in range(len(options))]
    yield from (f"{text}{one}" for one in turned)
    yield from (f"{_MARK.split(text)[0]}，{one}" for one in turned)


@lru_cache(maxsize=512)
def as_mine(text: str) -> str:
    """A sentence that begins with what is done, said in the first person; empty for others."""
    words = segmented(text)
    first, tag = next(iter(words), ("", ""))
    starts = (tag[:1] == "v" and first not in _NOT_MINE) or first in _BEGINNING
    other = any(tag[:1] == "r" or word in ("，", "的") for word, tag in words[1:3])
    return f"我{text}" if starts and not other else ""
