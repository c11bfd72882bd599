"""Every way in which a written English line may be read out: a second opinion beside what prepares a line for a voice.

It shares no code and no table with any preparation: numbers are read by Unicode's own rules (``unicode-rbnf``), units
and abbreviations by WeTextProcessing's grammar (``wetext``), other scripts by ``anyascii``. Where a number can be read
in several ways, all of them are right here.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence

from personavlog.metrics.number_reading import of_number, of_roman, product_of
from personavlog.metrics.reading_tables import KNOWN, MOST, PIECE, Reading, grammar_reads, words
from personavlog.metrics.words import spoken_words

Segment = frozenset[Reading]
"""The readings of one piece of a line, any of which may be heard; the empty reading where nothing needs to be."""

_CHUNK = re.compile(r"\S+")


def segments(written: str) -> list[Segment]:
    """The line piece by piece, each with all its readings; nothing of the line is left out."""
    found = []
    text = unicodedata.normalize("NFC", written).replace("\u2019", "'")
    text = re.sub(r"([$€£¥₹₩]\d[\d.,]*) (?=(?:thousand|[mbtr]+illion)\b)", r"\1", text)
    before = ""
    for chunk in _CHUNK.findall(text):
        found.append(frozenset(itertools.islice(_readings(chunk, before), MOST)) or frozenset([()]))
        before = chunk
    return found


def distance(want: Sequence[Segment], got: Sequence[str]) -> int:
    """Changes between what is heard and the nearest of all readings of a line."""
    row = list(range(len(got) + 1))
    for segment in want:
        row = [min(column) for column in zip(*(_advanced(row, reading, got) for reading in segment), strict=True)]
    return row[-1]


def _advanced(row: list[int], reading: Reading, got: Sequence[str]) -> list[int]:
    """The next row of the table of distances, after all words of one reading."""
    for word in reading:
        diagonal, row = row[0], [row[0] + 1, *row[1:]]
        for j, other in enumerate(got, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (word != other))
    return row


def _readings(chunk: str, before: str) -> Iterator[Reading]:
    """All readings of a run of signs without white space that stands after another one."""
    core = chunk.strip('"“”„«»()[]…!?;,*_~')
    bare = core.rstrip(".:")
    yield tuple(spoken_words(chunk))
    for fixed in KNOWN.fixed.get(core.lower(), KNOWN.fixed.get(bare.lower(), ())):
        yield words(fixed)
    if (month := _month(bare)) is not None:
        yield (month,)
    if any(character.isdecimal() for character in bare):
        yield from of_number(bare)
        return
    yield from _of_word(bare, core)
    if before.lower() in KNOWN.counted and set(bare) <= set("IVX"):
        yield from of_roman(bare.lower())
    if before[-1:].isdecimal():
        yield from (grammar_reads(f"{count} {bare}")[1:] for count in (1, 5))
        yield from ((name,) for name in KNOWN.units.get(bare, ()))


def _of_word(bare: str, core: str) -> Iterator[Reading]:
    letters = bare.replace(".", "")
    if letters.isascii() and letters.isalpha():
        if core.endswith("."):
            yield grammar_reads(core)
        if letters.isupper() and len(letters) > 1:
            yield tuple(letters.lower())
            yield (letters.lower(),)
            yield from of_roman(letters.lower())
        elif re.search(r"(.)\1{2}", letters):  # a drawn-out word
            yield (re.sub(r"(.)\1{2,}", r"\1", letters.lower()),)
    elif not bare.isascii() and any(character.isalpha() for character in bare):
        yield tuple(spoken_words(_latin(bare)))
    else:
        yield from product_of(PIECE.findall(bare))


def _month(word: str) -> str | None:
    short = word.lower().rstrip(".")
    fits = [name for name in KNOWN.months if len(short) >= 3 and (name[:3] == short or (name[:4] == short))]
    return fits[0] if fits and word[:1].isupper() else None


def _latin(text: str) -> str:
    from anyascii import anyascii

    return str(anyascii(text))
