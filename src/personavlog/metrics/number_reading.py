"""The ways in which what has digits in it may be read: amounts, years, times, dates, money, parts, Roman numerals."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from personavlog.metrics.reading_tables import KNOWN, MOST, PIECE, Reading, grammar_reads, words
from personavlog.metrics.words import spoken_words

if TYPE_CHECKING:
    from unicode_rbnf import RbnfEngine

_LARGEST = 10**15
_MONEY = re.compile(
    r"(?P<sign>[A-Z]{0,2}[$€£¥₹₩])\s?(?:(?P<low>\d[\d,]*)[-–])?(?P<amount>\d[\d,]*(?:\.\d+)?)"
    r"(?P<scale>[kKmMbBtT]n?|thousand|[mbtr]+illion)?(?!\w)|"
    r"(?P<after>\d[\d,]*(?:\.\d+)?)(?P<sign_after>[$€£¥₹₩])"
)


def of_number(bare: str) -> Iterator[Reading]:
    """All readings of a run of signs that has a digit."""
    yield from _of_money(bare)
    yield from _of_date(bare)
    yield from _of_part(bare)
    pieces = PIECE.findall(bare)
    yield from product_of(pieces)
    # Units and whatever else the grammar knows, but for two numbers with a stroke, all of which it takes for parts.
    read = () if re.fullmatch(r"\d+/\d+", bare) else grammar_reads(bare)
    yield from (read,) if read else ()


def product_of(pieces: Sequence[str]) -> Iterator[Reading]:
    """Readings of pieces one after another; an ending such as "rd" or "s" belongs to the number before it."""
    options: list[list[Reading]] = []
    for at, piece in enumerate(pieces):
        before = pieces[at - 1] if at else ""
        if piece.lower() in ("st", "nd", "rd", "th", "s") and before[-1:].isdecimal():
            options[-1] = [*_ended(before, piece.lower())]
        else:
            options.append([*dict.fromkeys(_piece(piece, before))])
    for parts in itertools.islice(itertools.product(*options), MOST):
        yield tuple(itertools.chain.from_iterable(parts))


def _piece(piece: str, before: str) -> Iterator[Reading]:
    if piece[-1].isdecimal():
        yield from _numbers(piece)
    elif piece in KNOWN.signs:
        yield from map(words, KNOWN.signs[piece])
    elif piece.isalpha():
        yield tuple(spoken_words(piece))
        yield from (tuple(piece.lower()),) if piece.isascii() and len(piece) <= 5 else ()
        if before[-1:].isdecimal():
            named = piece == "K" and before in ("2", "4", "8")  # a picture's size
            if piece.lower() in KNOWN.scales and piece not in "mt" and not named:
                yield (KNOWN.scales[piece.lower()],)
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
        yield words(_spelled(value, "YEAR"))
        yield words(_spelled(value, "ORDINAL"))
    if len(plain) in (3, 4):
        low = int(plain[-2:])
        between = ("oh",) if low < 10 else ()
        yield (*_plainly(int(plain[:-2])), *between, *_plainly(low))
    if plain.startswith("0"):
        yield ("oh", *_plainly(value))
        yield from ((),) if value == 0 and len(plain) > 1 else ()  # of 7:00 and $5.00
    if value == 0:
        yield from (("oclock",), ("hundred",))


def _ended(number: str, ending: str) -> Iterator[Reading]:
    value = int(float(number.replace(",", "")))
    if ending != "s":
        yield words(_spelled(value, "ORDINAL"))
        return
    for said in (*_numbers(number),):
        yield (*said[:-1], re.sub("y$", "ie", said[-1]) + "s") if said else ()
    yield (*_plainly(value), "seconds")


def _of_money(bare: str) -> Iterator[Reading]:
    match = _MONEY.fullmatch(bare)
    if match is None:
        return
    units, cents_of = KNOWN.coins[(match["sign"] or match["sign_after"])[-1]]
    amount = (match["amount"] or match["after"]).replace(",", "")
    if decimal_comma := re.fullmatch(r"(\d+),(\d{2})", match["amount"] or match["after"]):
        amount = f"{decimal_comma[1]}.{decimal_comma[2]}"
    whole, _, part = amount.partition(".")
    scale = KNOWN.scales.get((match["scale"] or "").lower(), match["scale"] or "")
    low = [()] if not match["low"] else [(*said, *to) for said in _numbers(match["low"]) for to in ((), ("to",))]
    for name in (form for one in units for form in (one, f"{one}s")):
        yield from ((*one, *said, *words(scale), name) for said in _numbers(amount) for one in low)
        if part and not scale and not match["low"]:
            cents = _plainly(int(part.ljust(2, "0")[:2]))
            for form in ("", *(f for one in cents_of for f in (one, f"{one}s"))):
                end = (*cents, *words(form))
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
                yield (KNOWN.months[month - 1], *words(_spelled(day, "ORDINAL")), *said)


def _of_part(bare: str) -> Iterator[Reading]:
    match = re.fullmatch(r"(\d{1,3})/(\d{1,3})", bare)
    if match is None or not int(match[2]):
        return
    above, below = int(match[1]), int(match[2])
    if above >= below or (below > 10 and below not in (12, 16, 20, 32, 64, 100)):
        return
    names = {2: ("half", "halves"), 4: ("quarter", "quarters")}.get(below, ())
    rank = words(_spelled(below, "ORDINAL"))
    for name in (*(words(name) for name in names), rank, (*rank[:-1], f"{rank[-1]}s")):
        yield (*_plainly(above), *name)
        yield from ((name, ("a", *name)) if above == 1 else ())


def of_roman(letters: str) -> Iterator[Reading]:
    """As a count and as a rank; none for what is no Roman numeral."""
    great_war = re.fullmatch("ww(i{1,2})", letters)
    numeral, before = (great_war[1], ("world", "war")) if great_war else (letters, ())
    value = _value(numeral)
    if great_war:
        yield ("world", "war", numeral)
    if value:
        yield from ((*before, *said) for said in _cardinals(value))
        yield from (("the", *words(_spelled(value, "ORDINAL"))), words(_spelled(value, "ORDINAL")))


def _value(numeral: str) -> int:
    counts = dict(zip("ivxlcdm", (1, 5, 10, 50, 100, 500, 1000), strict=True))
    if not re.fullmatch("m*(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})", numeral):
        return 0
    signs = [counts[letter] for letter in numeral]
    return sum(-one if one < after else one for one, after in itertools.pairwise([*signs, 0]))


def _cardinals(value: int) -> list[Reading]:
    """With and without "and"; digit by digit what is so long that nobody says its value."""
    if value > _LARGEST:
        return [_digits(str(value))]
    said = words(_spelled(value, "CARDINAL"))
    return [*dict.fromkeys((said, tuple(word for word in said if word != "and")))]


def _digits(text: str) -> Reading:
    return tuple(itertools.chain.from_iterable(_cardinals(int(digit))[0] for digit in text))


def _plainly(value: int) -> Reading:
    """The value without "and"."""
    return _cardinals(value)[-1]


@functools.lru_cache(4096)
def _spelled(value: int, form: Literal["CARDINAL", "ORDINAL", "YEAR"]) -> str:
    from unicode_rbnf import FormatPurpose

    return _numbers_in_words().format_number(value, FormatPurpose[form]).text


@functools.cache
def _numbers_in_words() -> RbnfEngine:
    from unicode_rbnf import RbnfEngine

    return RbnfEngine.for_language("en")
