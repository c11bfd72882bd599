"""How a word that no lexicon has is probably pronounced, from its spelling.

The table was learned from the lexicon (``tools/learn_spelling.py``): a letter sounds as it did in the longest context
that was seen before.
"""

from __future__ import annotations

import functools
import gzip
import json
import re

from personavlog_embedded import data

Table = dict[str, dict[str, str]]

TABLE = data.file("speech_spelling.json.gz")

CONTEXTS = ((0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (2, 3), (3, 3), (3, 4))
"""Letters to the left and right that are looked at, from least to most."""

_VOWEL = "AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻᵊ"
_NAMES = "ˈA bˈi sˈi dˈi ˈi ˈɛf ʤˈi ˈAʧ ˈI ʤˈA kˈA ˈɛl ˈɛm ˈɛn ˈO pˈi kjˈu ˈɑɹ ˈɛs tˈi jˈu vˈi dˈʌbᵊlju ˈɛks wˈI zˈi"
_LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        _NAMES.split(),
        strict=True,
    )
)


def pronounce(word: str) -> str:
    """A lower-case word of a-z in Kokoro's alphabet with one main stress; a word without a vowel that sounds is spelled
    out."""
    sound = pronounce_with(_table(), word) if len(word) > 1 and re.search("[aeiouy]", word) else ""
    return (
        sound
        if re.search(f"[{_VOWEL}]", sound)
        else _stressed("".join(_LETTERS.get(letter, "") for letter in word[:12]))
    )


def pronounce_with(table: Table, word: str) -> str:
    """The same with a given table."""
    sounds = [_sound(table, word, at) for at in range(len(word))]
    return _stressed(re.sub(r"([^AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻᵊˈˌ])\1+", r"\1", "".join(sounds)))


def context(word: str, at: int, width: tuple[int, int]) -> str:
    """The letter with its neighbours; ``#`` stands beyond the word's ends."""
    padded = f"{'#' * width[0]}{word}{'#' * width[1]}"
    return padded[at : at + width[0] + 1 + width[1]]


def _sound(table: Table, word: str, at: int) -> str:
    for left, right in reversed(CONTEXTS):
        known = table.get(f"{left},{right}", {}).get(context(word, at, (left, right)))
        if known is not None:
            return known
    return ""


def _stressed(sounds: str) -> str:
    first = sounds.find("ˈ")
    if first >= 0:
        return sounds[: first + 1] + sounds[first + 1 :].replace("ˈ", "ˌ")
    full = re.search("[AIOQWYaiuæɑɒɔɛɜɪʊʌ]", sounds) or re.search(f"[{_VOWEL}]", sounds)
    return f"{sounds[: full.start()]}ˈ{sounds[full.start() :]}".replace("ˌˈ", "ˈ") if full else sounds


@functools.cache
def _table() -> Table:
    table: Table = json.loads(gzip.decompress(TABLE.read_bytes()))
    return table
