"""Every way in which a written English line may be read out: a second opinion beside what prepares a line for a voice.

It shares no code and no table with any preparation: numbers are read by Unicode's own rules (``unicode-rbnf``), units
and abbreviations by WeTextProcessing's grammar (``wetext``), other scripts by ``anyascii``. Where a number can be read
in several ways, all of them are right here.
"""

from __future__ import annotations

import functools
import itertools
import re
import threading
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, Protocol

from personavlog.frozen import Frozen
from personavlog.metrics.words import spoken_words

if TYPE_CHECKING:
    from unicode_rbnf import RbnfEngine

Reading = tuple[str, ...]
"""Lower-case words."""

Segment = frozenset[Reading]
"""The readings of one piece of a line, any of which may be heard; the empty reading where nothing needs to be."""

_MOST = 400
_LARGEST = 10**15
_PIECE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|\.\d+|[^\W\d_]+(?:'[^\W\d_]+)?|\S")
_CHUNK = re.compile(r"\S+")
_MONEY = re.compile(
    r"(?P<sign>[A-Z]{0,2}[$€£¥₹₩])\s?(?:(?P<low>\d[\d,]*)[-–])?(?P<amount>\d[\d,]*(?:\.\d+)?)"
    r"(?P<scale>[kKmMbBtT]n?|thousand|[mbtr]+illion)?(?!\w)|"
    r"(?P<after>\d[\d,]*(?:\.\d+)?)(?P<sign_after>[$€£¥₹₩])"
)


class _Tables(Frozen):
    """``reading.toml``."""

    months: tuple[str, ...]
    counted: frozenset[str]
    signs: dict[str, tuple[str, ...]]
    fixed: dict[str, tuple[str, ...]]
    units: dict[str, tuple[str, ...]]
    scales: dict[str, str]
    coins: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]


_KNOWN = _Tables.model_validate(
    tomllib.loads(files("personavlog.metrics").joinpath("reading.toml").read_text(encoding="utf-8"))
)
_GRAMMAR_IN_USE = threading.Lock()


class _Grammar(Protocol):
    def normalize(self, text: str) -> str: ...


def segments(written: str) -> list[Segment]:
    """The line piece by piece, each with all its readings; nothing of the line is left out."""
    found = []
    text = unicodedata.normalize("NFC", written).replace("\u2019", "'")
    text = re.sub(r"([$€£¥₹₩]\d[\d.,]*) (?=(?:thousand|[mbtr]+illion)\b)", r"\1", text)
    before = ""
    for chunk in _CHUNK.findall(text):
        found.append(frozenset(itertools.islice(_readings(chunk, before), _MOST)) or frozenset([()]))
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
    for fixed in _KNOWN.fixed.get(core.lower(), _KNOWN.fixed.get(bare.lower(), ())):
        yield _words(fixed)
    if (month := _month(bare)) is not None:
        yield (month,)
    if any(character.isdecimal() for character in bare):
        yield from _of_number(bare)
        return
    yield from _of_word(bare, core)
    if before.lower() in _KNOWN.counted and set(bare) <= set("IVX"):
        yield from _of_roman(bare.lower())
    if before[-1:].isdecimal():
        yield from (_grammar_reads(f"{count} {bare}")[1:] for count in (1, 5))
        yield from ((name,) for name in _KNOWN.units.get(bare, ()))


def _of_word(bare: str, core: str) -> Iterator[Reading]:
    letters = bare.replace(".", "")
    if letters.isascii() and letters.isalpha():
        if core.endswith("."):
            yield _grammar_reads(core)
        if letters.isupper() and len(letters) > 1:
            yield tuple(letters.lower())
            yield (letters.lower(),)
            yield from _of_roman(letters.lower())
        elif re.search(r"(.)\1{2}", letters):  # a drawn-out word
            yield (re.sub(r"(.)\1{2,}", r"\1", letters.lower()),)
    elif not bare.isascii() and any(character.isalpha() for character in bare):
        yield tuple(spoken_words(_latin(bare)))
    else:
        yield from _product(_PIECE.findall(bare))


def _of_number(bare: str) -> Iterator[Reading]:
    yield from _of_money(bare)
    yield from _of_date(bare)
    yield from _of_part(bare)
    pieces = _PIECE.findall(bare)
    yield from _product(pieces)
    # Units and whatever else the grammar knows, but for two numbers with a stroke, all of which it takes for parts.
    read = () if re.fullmatch(r"\d+/\d+", bare) else _grammar_reads(bare)
    yield from (read,) if read else ()


def _product(pieces: Sequence[str]) -> Iterator[Reading]:
    """Readings of pieces one after another; an ending such as "rd" or "s" belongs to the number before it."""
    options: list[list[Reading]] = []
    for at, piece in enumerate(pieces):
        before = pieces[at - 1] if at else ""
        if piece.lower() in ("st", "nd", "rd", "th", "s") and before[-1:].isdecimal():
            options[-1] = [*_ended(before, piece.lower())]
        else:
            options.append([*dict.fromkeys(_piece(piece, before))])
    for parts in itertools.islice(itertools.product(*options), _MOST):
        yield tuple(itertools.chain.from_iterable(parts))


def _piece(piece: str, before: str) -> Iterator[Reading]:
    if piece[-1].isdecimal():
        yield from _numbers(piece)
    elif piece in _KNOWN.signs:
        yield from map(_words, _KNOWN.signs[piece])
    elif piece.isalpha():
        yield tuple(spoken_words(piece))
        yield from (tuple(piece.lower()),) if piece.isascii() and len(piece) <= 5 else ()
        if before[-1:].isdecimal():
            named = piece == "K" and before in ("2", "4", "8")  # a picture's size
            yield from (
                (_KNOWN.scales[piece.lower()],)
                if piece.lower() in _KNOWN.scales and piece not in "mt" and not named
                else ()
            )
            yield from (("times",), ("by",)) if piece.lower() == "x" else ()
    else:
        yield ()


def _numbers(text: str) -> Iterator[Reading]:
    """The ways to say an amount: its value, a year, digit by digit, in two halves, as a rank."""
    plain = text.replace(",", "")
    whole, point, part = plain.partition(".")
    if point:
        for said in _cardinals(int(whole or 0)):
            yield (*said, "point", *_digits(part))
            yield from ((*said, *other) for other in _cardinals(int(part)))
        yield ("point", *_digits(part))
        return
    value = int(plain)
    yield from _cardinals(value)
    yield _digits(plain)
    yield tuple(word.replace("zero", "oh") for word in _digits(plain))
    if len(plain) <= 4:
        yield _words(_spelled(value, "YEAR"))
        yield _words(_spelled(value, "ORDINAL"))
    if len(plain) in (3, 4):
        low = int(plain[-2:])
        between = ("oh",) if low < 10 else ()
        yield (*_plainly(int(plain[:-2])), *between, *_plainly(low))
    if plain.startswith("0"):
        yield ("oh", *_plainly(value))
        yield ()
    if value == 0:
        yield from (("oclock",), ("hundred",))


def _ended(number: str, ending: str) -> Iterator[Reading]:
    value = int(float(number.replace(",", "")))
    if ending != "s":
        yield _words(_spelled(value, "ORDINAL"))
        return
    for said in (*_numbers(number),):
        yield (*said[:-1], re.sub("y$", "ie", said[-1]) + "s") if said else ()
    yield (*_plainly(value), "seconds")


def _of_money(bare: str) -> Iterator[Reading]:
    match = _MONEY.fullmatch(bare)
    if match is None:
        return
    units, cents_of = _KNOWN.coins[(match["sign"] or match["sign_after"])[-1]]
    amount = (match["amount"] or match["after"]).replace(",", "")
    whole, _, part = amount.partition(".")
    scale = _KNOWN.scales.get((match["scale"] or "").lower(), match["scale"] or "")
    low = [()] if not match["low"] else [(*said, *to) for said in _numbers(match["low"]) for to in ((), ("to",))]
    for name in (form for one in units for form in (one, f"{one}s")):
        yield from ((*one, *said, *_words(scale), name) for said in _numbers(amount) for one in low)
        if part and not scale and not match["low"]:
            cents = _plainly(int(part.ljust(2, "0")[:2]))
            for form in ("", *(f for one in cents_of for f in (one, f"{one}s"))):
                end = (*cents, *_words(form))
                yield from ((*said, name, *link, *end) for said in _cardinals(int(whole)) for link in ((), ("and",)))
                yield from (end,) if int(whole) == 0 else ()
    yield from _numbers(amount) if scale else ()


def _of_date(bare: str) -> Iterator[Reading]:
    parts = [int(part) for part in re.split(r"[-/.]", bare)] if re.fullmatch(r"\d+([-/.])\d+\1\d+", bare) else []
    if len(parts) != 3:
        return
    year, orders = (parts[0], [parts[1:]]) if parts[0] > 31 else (parts[2], [parts[:2], parts[1::-1]])
    for month, day in orders:
        if 1 <= month <= 12 and 1 <= day <= 31:
            for said in _numbers(str(year)):
                yield (_KNOWN.months[month - 1], *_words(_spelled(day, "ORDINAL")), *said)


def _of_part(bare: str) -> Iterator[Reading]:
    match = re.fullmatch(r"(\d{1,3})/(\d{1,3})", bare)
    if match is None or not int(match[2]):
        return
    above, below = int(match[1]), int(match[2])
    if above >= below or (below > 10 and below not in (12, 16, 20, 32, 64, 100)):
        return
    names = {2: ("half", "halves"), 4: ("quarter", "quarters")}.get(below, ())
    rank = _words(_spelled(below, "ORDINAL"))
    for name in (*(_words(name) for name in names), rank, (*rank[:-1], f"{rank[-1]}s")):
        yield (*_plainly(above), *name)
        yield from ((name, ("a", *name)) if above == 1 else ())


def _of_roman(letters: str) -> Iterator[Reading]:
    great_war = re.fullmatch("ww(i{1,2})", letters)
    numeral, words = (great_war[1], ("world", "war")) if great_war else (letters, ())
    value = _value(numeral)
    if value:
        yield from ((*words, *said) for said in _cardinals(value))
        yield from (("the", *_words(_spelled(value, "ORDINAL"))), _words(_spelled(value, "ORDINAL")))


def _value(numeral: str) -> int:
    counts = dict(zip("ivxlcdm", (1, 5, 10, 50, 100, 500, 1000), strict=True))
    if not re.fullmatch("m*(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})", numeral):
        return 0
    signs = [counts[letter] for letter in numeral]
    return sum(-one if one < after else one for one, after in itertools.pairwise([*signs, 0]))


def _month(word: str) -> str | None:
    short = word.lower().rstrip(".")
    fits = [name for name in _KNOWN.months if len(short) >= 3 and (name[:3] == short or (name[:4] == short))]
    return fits[0] if fits and word[:1].isupper() else None


def _cardinals(value: int) -> list[Reading]:
    """With and without "and"; digit by digit what is so long that nobody says its value."""
    if value > _LARGEST:
        return [_digits(str(value))]
    said = _words(_spelled(value, "CARDINAL"))
    return [*dict.fromkeys((said, tuple(word for word in said if word != "and")))]


def _digits(text: str) -> Reading:
    return tuple(itertools.chain.from_iterable(_cardinals(int(digit))[0] for digit in text))


@functools.lru_cache(4096)
def _spelled(value: int, form: Literal["CARDINAL", "ORDINAL", "YEAR"]) -> str:
    from unicode_rbnf import FormatPurpose

    return _numbers_in_words().format_number(value, FormatPurpose[form]).text


@functools.cache
def _numbers_in_words() -> RbnfEngine:
    from unicode_rbnf import RbnfEngine

    return RbnfEngine.for_language("en")


def _grammar_reads(text: str) -> Reading:
    try:
        with _GRAMMAR_IN_USE:
            return tuple(spoken_words(_grammar().normalize(text)))
    except AssertionError:  # a sign that the grammar does not know
        return ()


@functools.cache
def _grammar() -> _Grammar:
    from wetext import Normalizer

    grammar: _Grammar = Normalizer(lang="en", operator="tn")
    return grammar


def _latin(text: str) -> str:
    from anyascii import anyascii

    return str(anyascii(text))


def _words(text: str) -> Reading:
    return tuple(re.findall(r"[^\W\d_]+", text.lower().replace("'", "").replace("-", " ")))


def _plainly(value: int) -> Reading:
    """The value without "and"."""
    return _cardinals(value)[-1]
