"""Written Spanish, French, Italian, Portuguese and Hindi made speakable: numbers by Unicode's own rules, what stands
beside them by a table (``data/speech_tongues.toml``)."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from pydantic import ConfigDict, TypeAdapter

from personavlog.brief import clean_text
from personavlog_embedded import data

if TYPE_CHECKING:
    from unicode_rbnf import RbnfEngine

_LONGEST = 15
"""Digits; a longer number is read digit by digit."""
_NUMBER = r"\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?"


@dataclass(frozen=True)
class Words:
    """One language's row: words by what is written; ``ordinals`` are endings of a number that is a rank."""

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    one: str
    hour: str
    to: str
    percent: str
    degrees: str
    minus: str
    ordinals: tuple[str, ...]
    currencies: Mapping[str, tuple[str, str]]
    units: Mapping[str, str]
    abbreviations: Mapping[str, str]
    symbols: Mapping[str, str]


WORDS = TypeAdapter(dict[str, Words]).validate_python(data.read_toml("speech_tongues.toml"))
"""By ISO 639-1."""


def speakable(text: str, language: str) -> str:
    """The line in words and marks only; empty if nothing can be said."""
    words, line = WORDS[language], unicodedata.normalize("NFC", clean_text(text))
    for short, full in words.abbreviations.items():
        line = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", full, line)
    line = _amounts(line, words)
    line = re.sub(r"\b(\d{1,2})(?:[:h]|\s?h\s?)(\d{2})\b", rf"\1 {words.hour} \2", line)
    line = re.sub(r"(?<=\d)\s?[-–—]\s?(?=\d)", f" {words.to} ", line)
    line = re.sub(r"(?<![\w.,])[-−](?=\d)", f"{words.minus} ", line)
    ranks = "|".join(map(re.escape, sorted(words.ordinals, key=len, reverse=True)))
    line = re.sub(rf"\b(\d{{1,6}})\.?(?:{ranks})(?![\w])", lambda m: _rank(m, language), line)
    line = re.sub(_NUMBER, lambda m: f" {_spelled(m[0], language)} ", line)
    for symbol, word in words.symbols.items():
        line = line.replace(symbol, f" {word} ")
    return _tidy(line)


def _amounts(line: str, words: Words) -> str:
    signs = "|".join(map(re.escape, sorted(words.currencies, key=len, reverse=True)))
    units = "|".join(map(re.escape, sorted(words.units, key=len, reverse=True)))

    def money(match: re.Match[str]) -> str:
        amount, sign = match["amount"], match["sign"]
        one, many = words.currencies[sign]
        whole, _, part = amount.partition(",")
        said = f"{words.one} {one}" if whole == "1" else f"{whole} {many}"
        return f"{said} {part}" if part else said

    line = re.sub(rf"(?P<sign>{signs})\s?(?P<amount>{_NUMBER})", money, line)
    line = re.sub(rf"(?P<amount>{_NUMBER})\s?(?P<sign>{signs})", money, line)
    line = re.sub(r"(?<=\d)\s?°\s?C?\b|(?<=\d)\s?°(?!\w)", f" {words.degrees}", line)
    line = re.sub(r"(?<=\d)\s?%", f" {words.percent}", line)
    return re.sub(rf"(?<=\d)\s?({units})(?!\w)", lambda m: f" {words.units[m[1]]}", line)


def _rank(match: re.Match[str], language: str) -> str:
    from unicode_rbnf import FormatPurpose

    forms = _engine(language).format_number(int(match[1]), FormatPurpose.ORDINAL).text_by_ruleset
    before_noun = re.search(r"\der$", match[0])
    wanted = (
        "masculine-adjective"
        if before_noun and language == "es"
        else "feminine"
        if re.search("[ªa]$|re$|nde$|ère$", match[0])
        else "masculine"
    )
    fitting = [said for name, said in forms.items() if name.endswith(wanted)]
    return next(iter([*fitting, *forms.values()]), match[0])


def _spelled(written: str, language: str) -> str:
    """A number with a decimal comma, or with a point that no group of three follows."""
    plain = re.sub(r"[\u00a0\u202f ]", "", written)
    plain = plain.replace(".", "") if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", plain) else plain
    whole, _, part = plain.replace(",", ".").partition(".")
    if len(whole) > _LONGEST or (len(whole) > 1 and whole[0] == "0"):
        return " ".join(_value(digit, language) for digit in whole)
    if not part:
        return _value(whole, language)
    point = _engine(language).format_number("1.5").text.split()[1]
    zeros = len(part) - len(part.lstrip("0"))
    rest = [_value("0", language)] * zeros + (
        [_value(part.lstrip("0")[:_LONGEST], language)] if part.strip("0") else []
    )
    return " ".join([_value(whole, language), point, *rest])


def _value(digits: str, language: str) -> str:
    return _engine(language).format_number(int(digits)).text.replace("\u00ad", "")


def _tidy(line: str) -> str:
    line = re.sub(r"\.{2,}", "…", line.replace("’", "'"))
    line = "".join(c if unicodedata.category(c)[0] in "LM" or c in "'.,;:!?…—-" else " " for c in line)
    line = re.sub(r"\s*(?:--|—|\s-\s)\s*", " — ", line).replace("-", " ")
    line = re.sub(r"\s+([.,;:!?…])", r"\1", re.sub(r"\s+", " ", line))
    line = re.sub(r"([.,;:!?])[.,;:!?]+", r"\1", line).strip(" ,;:—")
    return line if any(c.isalpha() for c in line) else ""


@functools.cache
def _engine(language: str) -> RbnfEngine:
    from unicode_rbnf import RbnfEngine

    return RbnfEngine.for_language(language)
