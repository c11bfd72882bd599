"""What a text is about, word by word, without any writer's tables: content words as stems, and sentences without them.

English words are stemmed (Snowball, Porter 2); of Chinese and Japanese every pair of neighbouring characters is a word,
and a character that stands alone between function words. Function words (``data/function_words.toml``) carry none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from itertools import pairwise

import snowballstemmer

from personavlog.frozen import Frozen
from personavlog_embedded import data

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+")
_ENDS = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])")
_HEAD = re.compile(r"^[^:：]{2,80}[,，]\s*[^:：]{3,20}[:：]\s*")


class _FunctionWords(Frozen):
    en: str
    zh: str


def content(text: str) -> tuple[str, ...]:
    """The stems of the text's content words, in its order, each once; empty for a text of function words, digits or
    emoji alone."""
    return tuple(dict.fromkeys(stem for word, stem in _stems(text, _function_words()[1]) if _says_something(word)))


def named(words: Collection[str], text: str) -> frozenset[str]:
    """Those of ``words`` (stems) that the text names."""
    stems = frozenset(stem for _, stem in _stems(text))
    return frozenset(word for word in words if word in stems or (_UNSPACED.fullmatch(word) and word in text))


def comparable(words: Collection[str], text: str) -> bool:
    """Whether words can be looked for in a text at all: there are some, and not all are of another script."""
    unspaced = bool(_UNSPACED.search(text))
    return any(unspaced or not _UNSPACED.fullmatch(word) for word in words)


def deed(event: str) -> str:
    """A beat's event without a leading "place, hour:"."""
    return _HEAD.sub("", event)


def skeleton(text: str, words: Collection[str] = ()) -> tuple[str, ...]:
    """The stems of a text in order, with an empty place for each that is in ``words``: what is left of a sentence
    when the theme's own words are taken out of it. A leading "place, hour:" is no part of it."""
    kept = [stem if stem not in words else "" for _, stem in _stems(deed(text))]
    return tuple(stem for n, stem in enumerate(kept) if stem or not n or kept[n - 1])


def without(text: str, words: Collection[str]) -> str:
    """The text without the English words whose stems are in ``words``."""
    return _WORD.sub(lambda match: "" if stem(match[0]) in words else match[0], text)


def sentences(text: str) -> tuple[str, ...]:
    """A line's sentences, lower case, without white space around them and without those of no letter."""
    parts = (part.strip().lower() for part in _ENDS.split(text))
    return tuple(part for part in parts if any(map(str.isalnum, part)))


@cache
def stem(word: str) -> str:
    """The stem of one English word; words of other alphabets come back in lower case, most of them whole.

    A stemmer of its own for each: it keeps the word that it works on, and reviewers run in several threads.
    """
    return str(snowballstemmer.stemmer("english").stemWord(word.lower().replace("’", "'").removesuffix("'s")))


def _stems(text: str, parting: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Words with their stems, in order; text without spaces is parted at the characters ``parting``."""
    for match in _WORD.finditer(text):
        spaced, at = [], 0
        for run in _UNSPACED.finditer(match[0]):
            spaced += [(match[0][at : run.start()], False), (run[0], True)]
            at = run.end()
        for part, unspaced in (*spaced, (match[0][at:], False)):
            if unspaced:
                pieces = "".join(" " if character in parting else character for character in part).split()
                yield from ((pair, pair) for piece in pieces for pair in _pairs(piece))
            elif part:
                yield part.lower(), stem(part)


def _pairs(run: str) -> list[str]:
    """Pairs of neighbouring characters; a run of one is itself."""
    return [one + two for one, two in pairwise(run)] or [run]


def _says_something(word: str) -> bool:
    function = _function_words()[0]
    return not word.isdigit() and word.replace("’", "'") not in function


@cache
def _function_words() -> tuple[frozenset[str], frozenset[str]]:
    read = data.read_sheet(_FunctionWords, "function_words")
    return frozenset(read.en.split()), frozenset(read.zh)
