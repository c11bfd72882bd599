"""Chinese text in words with their parts of speech, by jieba (Sun Junyi, MIT)."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from typing import Any


@cache
def _tagger() -> Any:
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    return jieba


def segmented(text: str) -> Sequence[tuple[str, str]]:
    """Words and tags: n... noun, v... verb, a... adjective, t time, p preposition, r pronoun, m number, uj 的."""
    return [(pair.word, pair.flag) for pair in _tagger().posseg.cut(text)]


def frequency(word: str) -> int:
    """How often the word stands in jieba's corpus; 0 for an unknown one."""
    return int(_tagger().dt.FREQ.get(word) or 0)


def tag_of(word: str) -> str:
    """The word's part of speech in jieba's dictionary; empty for an unknown one."""
    tagger = _tagger()
    return str(tagger.posseg.dt.word_tag_tab.get(word, ""))
