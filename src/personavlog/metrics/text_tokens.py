"""BERT's uncased WordPiece tokeniser (Devlin et al., 2019), written here so that no tokeniser library is needed at run
time."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

LONGEST = 128
"""Tokens of a text that are used, the two marks included; enough for a paragraph, and attention's cost grows with its
square."""
LONGEST_WORD = 100

CLS, SEP, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"

_CJK = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


@cache
def vocabulary(file: Path) -> Mapping[str, int]:
    """Piece to id; the id is the piece's line in the file."""
    return {piece: number for number, piece in enumerate(file.read_text(encoding="utf-8").splitlines())}


def token_ids(text: str, pieces: Mapping[str, int], longest: int = LONGEST) -> list[int]:
    """The text's ids between ``[CLS]`` and ``[SEP]``, at most ``longest`` in all."""
    ids: list[int] = []
    for word in _words(text):
        if len(ids) >= longest - 2:
            break
        ids.extend(_pieces(word, pieces))
    return [pieces[CLS], *ids[: longest - 2], pieces[SEP]]


def _words(text: str) -> Iterator[str]:
    """Lower-case words without accents; every punctuation mark and every Chinese character is a word of its own."""
    spaced = "".join(f" {c} " if is_cjk(c) else " " if _is_blank(c) else c for c in text if not _is_control(c))
    plain = "".join(c for c in unicodedata.normalize("NFD", spaced) if unicodedata.category(c) != "Mn").lower()
    for run in plain.split():
        yield from "".join(f" {c} " if _is_punctuation(c) else c for c in run).split()


def _pieces(word: str, pieces: Mapping[str, int]) -> list[int]:
    """Greedy longest match from the left; a word with an unknown rest is unknown as a whole."""
    found: list[int] = []
    start = 0
    while start < len(word) <= LONGEST_WORD:
        prefix = "##" if start else ""
        end = next((end for end in range(len(word), start, -1) if prefix + word[start:end] in pieces), start)
        if end == start:
            break
        found.append(pieces[prefix + word[start:end]])
        start = end
    return found if start == len(word) else [pieces[UNKNOWN]]


def is_cjk(character: str) -> bool:
    """Whether it is a Chinese character, as BERT draws the line (kana and hangul are not)."""
    return any(first <= ord(character) <= last for first, last in _CJK)


def _is_blank(character: str) -> bool:
    return character in "\t\n\r " or unicodedata.category(character) == "Zs"


def _is_control(character: str) -> bool:
    return character in "\0\ufffd" or (
        unicodedata.category(character) in ("Cc", "Cf", "Co") and character not in "\t\n\r"
    )


def _is_punctuation(character: str) -> bool:
    """As BERT has it: all ASCII that is no letter, digit or blank, and Unicode's punctuation."""
    return (
        character.isascii() and character.isprintable() and not character.isalnum() and character != " "
    ) or unicodedata.category(character).startswith("P")
