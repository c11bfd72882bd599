"""CLIP's byte pair encoding (Radford et al., 2021), from its published table of merges."""

from __future__ import annotations

import gzip
import html
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

CONTEXT = 77
"""Tokens of a text that CLIP sees, both marks included."""
MERGES = 49152 - 256 - 2
LONGEST = 20_000
"""Characters of a text that are read at all."""
_ENDINGS = ("'s", "'t", "'re", "'ve", "'m", "'ll", "'d")
_STRAIGHT = str.maketrans(
    {**dict.fromkeys("\u02bc\u2018\u2019\u201a\u201b", "'"), **dict.fromkeys("\u201c\u201d\u201e\u201f", '"')}
)
_WORD_END = "</w>"

Pair = tuple[str, str]


@dataclass(frozen=True)
class TokenTable:
    """``ranks`` orders the merges, ``numbers`` gives each token its number."""

    ranks: Mapping[Pair, int]
    numbers: Mapping[str, int]


@cache
def table(file: Path) -> TokenTable:
    """The table in ``bpe_simple_vocab_16e6.txt.gz``."""
    lines = gzip.decompress(file.read_bytes()).decode("utf-8").split("\n")[1 : MERGES + 1]
    merges = [(first, second) for first, second in (line.split() for line in lines)]
    letters = list(_letters().values())
    tokens = [
        *letters,
        *(letter + _WORD_END for letter in letters),
        *("".join(pair) for pair in merges),
        "<|startoftext|>",
        "<|endoftext|>",
    ]
    return TokenTable(
        {pair: rank for rank, pair in enumerate(merges)}, {token: number for number, token in enumerate(tokens)}
    )


def token_numbers(text: str, merges: TokenTable) -> list[int]:
    """All tokens of a text without its marks; more than ``CONTEXT - 2`` are more than CLIP sees."""
    letters = _letters()
    found: list[int] = []
    for word in _words(_cleaned(text[:LONGEST])):
        spelled = "".join(letters[byte] for byte in word.encode("utf-8"))
        found.extend(merges.numbers[piece] for piece in _merged(spelled, merges.ranks))
    return found


def framed(numbers: list[int], merges: TokenTable) -> list[int]:
    """One row of CLIP's input: the start mark, what fits, the end mark, zeros."""
    row = [merges.numbers["<|startoftext|>"], *numbers[: CONTEXT - 2], merges.numbers["<|endoftext|>"]]
    return row + [0] * (CONTEXT - len(row))


def _cleaned(text: str) -> str:
    """As CLIP's own cleaning leaves sound text: entities read, composed characters, straight quotes, single blanks,
    lower case.

    CLIP's own also repairs broken encodings, which this does not.
    """
    plain = unicodedata.normalize("NFC", text).translate(_STRAIGHT)
    return " ".join(html.unescape(html.unescape(plain)).split()).lower()


@cache
def _letters() -> dict[int, str]:
    """A printable character for every byte: itself where it is one, otherwise one from 256 on."""
    own = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    rest = [byte for byte in range(256) if byte not in own]
    return {**{byte: chr(byte) for byte in own}, **{byte: chr(256 + place) for place, byte in enumerate(rest)}}


def _words(text: str) -> Iterator[str]:
    """Endings such as 's, runs of letters, single numerals, runs of anything else."""
    start = 0
    while start < len(text):
        ending = next((ending for ending in _ENDINGS if text.startswith(ending, start)), None)
        end = start + len(ending) if ending else _run(text, start)
        if word := text[start:end].strip():
            yield word
        start = end


def _run(text: str, start: int) -> int:
    kind = _kind(text[start])
    end = start + 1
    while kind != "N" and end < len(text) and _kind(text[end]) == kind:
        end += 1
    return end


def _kind(character: str) -> str:
    first = unicodedata.category(character)[0]
    return "blank" if character.isspace() else first if first in "LN" else "other"


def _merged(word: str, ranks: Mapping[Pair, int]) -> list[str]:
    """The word's pieces, joined in the order of the table."""
    pieces = [*word[:-1], word[-1] + _WORD_END]
    while len(pieces) > 1:
        best = min(pairwise(pieces), key=lambda pair: ranks.get(pair, MERGES))
        if best not in ranks:
            break
        pieces = list(_joined(pieces, best))
    return pieces


def _joined(pieces: list[str], pair: Pair) -> Iterator[str]:
    place = 0
    while place < len(pieces):
        both = tuple(pieces[place : place + 2]) == pair
        yield "".join(pair) if both else pieces[place]
        place += 2 if both else 1
