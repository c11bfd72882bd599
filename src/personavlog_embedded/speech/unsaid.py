"""What of a written line is not in what is about to be spoken: a look at the preparation from outside.

It shares no rule with ``text``: every number must be there in one of the ways that a number is said, every word in
capitals as it stands or in full, and every Roman numeral as a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from personavlog.metrics import numerals

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)|\d+")
_CAPITALS = re.compile(r"(?<![A-Za-z@./-])([A-Z]{2,})(?![a-z@])")
_AFTER_NUMBER = re.compile(r"(?<=\d)([A-Z])(?![A-Za-z])")
_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|\S+\.(?:com|org|net|io|edu|gov)/\S+|<3")
_TENS = ("", *["X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"])
_ONES = ("", *["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"])
_ROMAN = {tens + ones: 10 * t + o for t, tens in enumerate(_TENS) for o, ones in enumerate(_ONES)}
_MAY_BE_WORDS = frozenset(["IV", "XX", "XXX", "XL", "XXL", "LL"])
_IN_FULL = {
    **{"M": "million", "B": "billion", "L": "liters", "W": "watts", "C": "celsius", "F": "fahrenheit"},
    **{"GB": "gigabytes", "MB": "megabytes", "TB": "terabytes", "KB": "kilobytes", "KM": "kilometers"},
    **{"KG": "kilograms", "CM": "centimeters", "AM": "a m", "PM": "p m"},
    **{"WWI": "world war one", "WWII": "world war two"},
}
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_PARTS = {2: "half", 4: "quarter"}
_COMMON_PARTS = 16


def unsaid(written: str, spoken: str) -> tuple[str, ...]:
    """The numbers and words in capitals of ``written`` that cannot be found in ``spoken``; empty if all is well.

    ``spoken`` is the line in words as it is given to the voice.
    """
    plain = _LINK.sub(" ", written)
    lost = [*_lost_numbers(plain, _plain(spoken)), *(word for word in _capitals(plain) if not _is_said(word, spoken))]
    return tuple(dict.fromkeys(lost))


def _lost_numbers(written: str, words: str) -> Iterator[str]:
    rest = f" {words} "
    for match in _NUMBER.finditer(written):
        readings = sorted(_readings(match[0], before=written[: match.start()][-1:]), key=len)
        said = next((reading for reading in reversed(readings) if f" {reading} " in rest), None)
        if said is not None:
            rest = rest.replace(f" {said} ", "  ", 1)
        elif set(match[0]) != {"0"}:  # a full hour or price says no zeros
            yield match[0]


def _readings(text: str, *, before: str) -> Iterator[str]:
    """Every way in which a number may be said, in plain words."""
    digits = text.replace(",", "")
    value = int(digits)
    yield from map(_plain, (numerals.cardinal(value), numerals.ordinal(value), numerals.digits(digits)))
    yield from (f"oh {numerals.cardinal(value)}",) if digits.startswith("0") else ()
    if 1100 <= value < 2100:
        yield from map(_plain, (numerals.year(value), numerals.plural(numerals.year(value))))
    if len(digits) == 1 and before == ".":  # "$3.5" is fifty cents
        yield _plain(numerals.cardinal(value * 10))
    if value % 10 == 0:
        yield _plain(numerals.plural(numerals.cardinal(value)))
    if 1 <= value <= len(_MONTHS):
        yield _MONTHS[value - 1]
    if before == "/" and 2 <= value <= _COMMON_PARTS:
        part = _PARTS.get(value, numerals.ordinal(value))
        yield from (part, "halves" if part == "half" else f"{part}s") if value not in (11, 13, 14, 15) else ()


def _capitals(written: str) -> list[str]:
    """Words in capitals; none in a line that is shouted from end to end."""
    if not re.search(r"[a-z]", written) and len(re.findall(r"[A-Z]+", written)) > 2:
        return []
    found = [*_CAPITALS.finditer(written.replace(".", "")), *_AFTER_NUMBER.finditer(written)]
    return [match[1] for match in found]


def _is_said(capitals: str, spoken: str) -> bool:
    words, value = f" {_plain(spoken)} ", _ROMAN.get(capitals, 0)
    counted = (numerals.cardinal(value), numerals.ordinal(value)) if value else ()
    letters = (capitals.lower(), " ".join(capitals.lower()))
    is_number = len(capitals) > 1 and value > 0 and capitals not in _MAY_BE_WORDS
    said = [*map(_plain, counted), *(() if is_number else letters)]
    in_full = capitals in _IN_FULL and f" {_IN_FULL[capitals].removesuffix('s')}" in words
    return in_full or any(f" {one} " in words for one in said)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z]+", text.lower()))
