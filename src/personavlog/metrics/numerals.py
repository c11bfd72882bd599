"""Numbers as English words: what a speaker says for digits, and what a recogniser's digits stand for."""

from __future__ import annotations

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}

LARGEST = 10**15
"""Longer numbers are read digit by digit."""


def cardinal(number: int) -> str:
    """A whole number of at most fifteen digits in words: 1234 is "one thousand two hundred thirty-four"."""
    if number < 0:
        return f"minus {cardinal(-number)}"
    if number >= LARGEST:
        return digits(str(number))
    if number < 20:
        return _SMALL[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")
    size, name = next(scale for scale in _SCALES if number >= scale[0])
    high, low = divmod(number, size)
    return f"{cardinal(high)} {name}" + (f" {cardinal(low)}" if low else "")


def ordinal(number: int) -> str:
    """The rank in words: 22 is "twenty-second"."""
    head, mark, last = _last_word(cardinal(number))
    ranked = _ORDINALS.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th")
    return head + mark + ranked


def year(number: int) -> str:
    """A year from 1100 to 2099 as spoken: 1994 is "nineteen ninety-four", 2007 "two thousand seven"."""
    high, low = divmod(number, 100)
    if 2000 <= number < 2010 or not 11 <= high <= 20:
        return cardinal(number)
    if low == 0:
        return f"{cardinal(high)} hundred"
    return f"{cardinal(high)} " + (f"oh {_SMALL[low]}" if low < 10 else cardinal(low))


def decimal(text: str) -> str:
    """A number written with an optional point: "3.05" is "three point zero five"."""
    whole, _, part = text.partition(".")
    spoken = cardinal(int(whole or "0"))
    return f"{spoken} point {digits(part)}" if part else spoken


def digits(text: str) -> str:
    """Digit by digit."""
    return " ".join(_SMALL[int(digit)] for digit in text if digit.isascii() and digit.isdigit())


def plural(words: str) -> str:
    """The plural of number words: "nineteen nineties"."""
    return words[:-1] + "ies" if words.endswith("y") else words + ("es" if words.endswith("x") else "s")


def _last_word(words: str) -> tuple[str, str, str]:
    at = max(words.rfind(" "), words.rfind("-"))
    return (words[:at], words[at], words[at + 1 :]) if at >= 0 else ("", "", words)
