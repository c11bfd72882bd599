"""Written English made speakable: numbers, dates, money, units, abbreviations, addresses and emoji become words or
go."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from pydantic import ConfigDict

from personavlog.brief import clean_text
from personavlog.metrics import numerals
from personavlog_embedded import data
from personavlog_embedded.speech.roman import read_numerals

Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTH = "|".join(f"{month}|{month[:3]}\\.?" if month != "May" else month for month in MONTHS) + r"|Sept\.?"


@dataclass(frozen=True)
class SpokenEnglish:
    """What ``data/speech_english.toml`` says: words by signs, as they are written, and by abbreviations; ``scales``
    after amounts of money; of currencies the unit and its hundredth, both in the singular, and the ``plurals`` and
    ``hundredths`` that are not made with an s."""

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    units: Mapping[str, str]
    scales: Mapping[str, str]
    abbreviations: Mapping[str, str]
    currencies: Mapping[str, tuple[str, str]]
    plurals: Mapping[str, str]
    hundredths: Mapping[str, str]
    symbols: Mapping[str, str]


SPOKEN = data.read_sheet(SpokenEnglish, "speech_english")


def speakable_english(text: str) -> str:
    """The line as it is to be said: words, apostrophes and ``. , ; : ! ? … —`` only, other scripts kept; empty if
    nothing can be said."""
    line = _calm(read_numerals(_plain_characters(clean_text(text))))
    for pattern, replacement in _RULES:
        line = pattern.sub(replacement, line)
    for symbol, words in SPOKEN.symbols.items():
        line = line.replace(symbol, words)
    return _tidy(line)


def _plain_characters(text: str) -> str:
    """Compatibility forms resolved, quotation marks and dashes made alike, pictures and marks without a sound
    dropped."""
    folded = unicodedata.normalize(
        "NFKC", text.replace("½", " and a half").replace("¼", " and a quarter").replace("¾", " and three quarters")
    )
    folded = re.sub(r"</?[A-Za-z][^<>]{0,80}>", " ", re.sub("[’‘`´ʼ]", "'", folded))
    folded = re.sub('[“”„«»"*_~<>#{}\\[\\]]', lambda m: "#" if m[0] == "#" else " ", folded)
    folded = re.sub("[()]", ", ", re.sub(r"\s*(?:--+|[–—―])\s*", " — ", folded))
    return "".join(
        c
        for c in folded
        if unicodedata.category(c) not in ("So", "Sk", "Cs", "Co", "Cn", "Cf", "Mn", "Me") or c in "°©®™"
    )


def _calm(text: str) -> str:
    """No shouting, and no letter of a drawn-out word more than twice in a row: "sooo" is "so"; "AAA" and "www" stay."""
    words = re.findall(r"[A-Za-z]{2,}", text)
    written_out = len(words) > 2 or any(len(word) > 4 for word in words)
    if len(words) > 1 and written_out and all(word.isupper() for word in words):
        text = text.capitalize()
    return re.sub(r"\b(?!www\b)[A-Z]?[a-z]+\b", lambda m: re.sub(r"([a-z])\1{2,}", r"\1", m[0], flags=re.I), text)


def _money(match: re.Match[str]) -> str:
    unit, small = SPOKEN.currencies[match["sign"]]
    amount, part, scale = match["amount"], match["part"] or "", (match["scale"] or "").strip()
    if not part and (comma := re.fullmatch(r"(\d+),(\d{2})", amount)):
        amount, part = comma[1], f".{comma[2]}"  # a decimal comma
    amount = amount.replace(",", "")
    if scale:
        scale = SPOKEN.scales.get(scale.lower(), scale)
        return f" {numerals.decimal(amount + part)} {scale} {_currencies(unit)} "
    return f" {_coins(int(amount or 0), int(part[1:].ljust(2, '0')[:2]) if part else 0, unit, small)} "


def _coins(whole: int, part: int, unit: str, small: str) -> str:
    said = f"{numerals.cardinal(whole)} {unit if whole == 1 else _currencies(unit)}"
    if not part:
        return said
    cents = f"{numerals.cardinal(part)} {small if part == 1 else SPOKEN.hundredths.get(small, small + 's')}"
    return f"{said} and {cents}" if whole else cents


def _currencies(unit: str) -> str:
    return SPOKEN.plurals.get(unit, f"{unit}s")


def _money_between(match: re.Match[str]) -> str:
    """$5-10 are five to ten dollars."""
    return f" {numerals.decimal(match['low'])} to {match['sign']}{match['high']}"


def _clock(match: re.Match[str]) -> str:
    hour, minute, half = int(match[1]), int(match[2]), (match[4] or "").replace(".", "").strip().upper()
    if hour > 24 or minute > 59 or match[3]:
        return " ".join(f" {numerals.cardinal(int(part))}" for part in match.groups()[:3] if part) + " "
    said = (
        ""
        if minute == 0 and half
        else "o'clock"
        if minute == 0
        else f"oh {numerals.cardinal(minute)}"
        if minute < 10
        else numerals.cardinal(minute)
    )
    return " ".join(filter(None, (f" {numerals.cardinal(hour)}", said, " ".join(half)))) + " "


def _day_and_month(month: str, day: str) -> str:
    name = next(name for name in MONTHS if name.lower().startswith(month.strip(".").lower()[:3]))
    return f"{name} {numerals.ordinal(int(day))}"


def _iso_date(match: re.Match[str]) -> str:
    month, day = int(match[2]), int(match[3])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return " ".join(numerals.cardinal(int(part)) for part in match.groups())
    return f"{MONTHS[month - 1]} {numerals.ordinal(day)}, {numerals.year(int(match[1]))}"


def _slashed(match: re.Match[str]) -> str:
    """3/4 is a fraction, 8/10 a mark, 24/7 and 9/11 two numbers."""
    above, below = int(match[1]), int(match[2])
    if (below in (10, 100) and above <= below and above > 1) or above == below < 50:
        return f" {numerals.cardinal(above)} out of {numerals.cardinal(below)} "
    if above < below and below in _PARTS:
        named = {2: "half", 4: "quarter"}.get(below) or numerals.ordinal(below)
        return f" {numerals.cardinal(above)} {named if above == 1 else 'halves' if named == 'half' else named + 's'} "
    return f" {numerals.cardinal(above)} {numerals.cardinal(below)} "


def _slashed_date(match: re.Match[str]) -> str:
    """12/25/2024 and 25/12/2024 name one day; where both could be the month, the numbers are read as they stand."""
    first, second, year = int(match[1]), int(match[2]), numerals.year(int(match[3]))
    day, month = (second, first) if first <= 12 < second else (first, second)
    if month <= 12 < day <= 31:
        return f" {MONTHS[month - 1]} {numerals.ordinal(day)}, {year} "
    return f" {numerals.cardinal(first)}, {numerals.cardinal(second)}, {year} "


def _telephone(match: re.Match[str]) -> str:
    return " " + ", ".join(numerals.digits(part) for part in match[0].split("-")) + " "


def _version(match: re.Match[str]) -> str:
    return " " + " point ".join(numerals.cardinal(int(part)) for part in match[0].split(".")) + " "


def _scaled(match: re.Match[str]) -> str:
    """10M is ten million and 5k five thousand; a race of 5k is a name."""
    return f"{match[1]} {SPOKEN.scales[match[2].lower()]}"


def _number(match: re.Match[str]) -> str:
    text = match[0].replace(",", "")
    if "." not in text and len(text) == 4 and "," not in match[0] and 1100 <= int(text) < 2100:
        return f" {numerals.year(int(text))} "
    if (len(text) > 9 and "," not in match[0]) or (len(text) > 1 and text.startswith("0") and "." not in text):
        return f" {numerals.digits(text)} "
    return f" {numerals.decimal(text)} "


def _address(match: re.Match[str]) -> str:
    host = re.sub(r"^www\.", "", match["host"])
    return " " + host.replace(".", " dot ").replace("-", " ") + " "


def _abbreviation(match: re.Match[str]) -> str:
    word = SPOKEN.abbreviations[match[1].lower()]
    return word.capitalize() if match[1][0].isupper() else word


def _unit(match: re.Match[str]) -> str:
    words = SPOKEN.units[match[2]]
    single = match[1] == "1" and words not in ("feet", "hertz", "kilohertz", "megahertz", "gigahertz", "times")
    head, space, tail = words.partition(" ")
    if single and tail == "hours":
        return f"{match[1]} {head} hour"
    return f"{match[1]} {head.removesuffix('s') if single else head}{space}{tail}"


def _tag(match: re.Match[str]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", match[1])


def _tidy(line: str) -> str:
    line = re.sub(r"(?<=\w)-(?=\w)", " ", line).replace(" - ", " — ").replace("-", " ")
    line = re.sub(r"\.{2,}|…+", "…", line)
    line = "".join(c if c.isalpha() or c in "'.,;:!?…— 。，！？；：、" else " " for c in line)
    line = re.sub(r"([!?])[!?]*", r"\1", re.sub(r"\s+", " ", line))
    line = re.sub(r"\s+([.,;:!?…])", r"\1", line)
    line = re.sub(r"[,;:—]+(?=\s*[,;:.!?…—])|(?<=[.!?…])[,;:]+|(?<!\w)'|'(?!\w)", "", line)
    line = re.sub(r"([.,;:!?…])(?=[^\W\d_])", r"\1 ", line).strip(" ,;:—")
    line = re.sub(r"\s+", " ", line)
    return line if any(c.isalpha() for c in line) else ""


_PARTS = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16))
_AMOUNT = (
    r"(?P<amount>\d[\d,]*(?<!,))(?P<part>\.\d+)?"
    r"(?P<scale>\s?(?i:hundred|thousand|million|billion|trillion)\b|(?:[kKmMtT]|bn|Bn|BN|[bB])(?![A-Za-z]))?"
)
_CURRENCY = "|".join(re.escape(sign) for sign in sorted(SPOKEN.currencies, key=len, reverse=True))
_NUMERAL = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ABBREVIATED = "|".join(key for key in SPOKEN.abbreviations if key != "no")
_SIGNS = "|".join(sorted(SPOKEN.units, key=len, reverse=True))
_RULES: tuple[Rule, ...] = (
    (
        re.compile(r"\b[\w.+-]{1,64}@(?P<host>[\w-]+(?:\.[\w-]+)+)"),
        lambda m: f" {m[0].split('@')[0].replace('.', ' dot ')} at {_address(m)}",
    ),
    (re.compile(r"(?:https?://|www\.)(?P<host>[\w-]+(?:\.[\w-]+)*)(?::\d+)?(?:[/?][^\s,;!]*)?", re.I), _address),
    (re.compile(r"\b(?P<host>[A-Za-z][\w-]*\.(?:com|org|net|io|edu|gov))\b(?:/[^\s,;!]*)?"), _address),
    (re.compile(r"#\s?(?=\d)"), " number "),
    (re.compile(r"#(\w+)"), _tag),
    (re.compile(r"#"), " "),
    (re.compile(r"\be\.\s?g\.,?", re.I), "for example,"),
    (re.compile(r"\bi\.\s?e\.,?", re.I), "that is,"),
    (re.compile(r"<3"), " "),
    (re.compile(r"\b((?:[A-Z]\.){2,})(?=\s*$)"), lambda m: m[1].replace(".", "") + "."),
    (re.compile(r"\b(?:[A-Z]\.){2,}"), lambda m: m[0].replace(".", "")),
    (re.compile(r"\band/or\b", re.I), "and or"),
    (re.compile(r"\bw/o\b"), "without"),
    (re.compile(r"\bw/(?=\s)"), "with"),
    (re.compile(r"\b(\d{1,2}):(\d{2})(?::(\d{2}))?(?![\d:])\s*([ap]\.?\s?m\.?(?!\w))?", re.I), _clock),
    (re.compile(r"(?<=\d)\s?:\s?(?=\d)"), " to "),
    (
        re.compile(r"\b(\d{1,2})\s*([ap])\.?\s?m\b\.?", re.I),
        lambda m: f" {numerals.cardinal(int(m[1]))} {m[2].upper()} M ",
    ),
    (re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b"), _iso_date),
    (re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b"), _slashed_date),
    (re.compile(r"\b(?:\d{3}-)?\d{3}-\d{4}\b"), _telephone),
    (re.compile(r"\b\d{1,4}(?:\.\d{1,4}){2,}\b"), _version),
    (re.compile(rf"\b({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*:)"), lambda m: _day_and_month(m[1], m[2])),
    (re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH})\b"), lambda m: _day_and_month(m[2], m[1])),
    (re.compile(r"\b(No)\.(?=\s*\d)"), "number"),
    (re.compile(r"\bSt\.(?=\s+[A-Z])"), "Saint"),
    (re.compile(r"\bSt\."), "Street"),
    (re.compile(rf"\b({_ABBREVIATED})\.(?=\s|,|$)", re.I), _abbreviation),
    (re.compile(r"(?<![\w.])\.(?=\d)"), "0."),
    (re.compile(rf"(?P<sign>{_CURRENCY})\s?(?P<low>\d+(?:\.\d+)?)\s?[-—]\s?(?P<high>\d)"), _money_between),
    (re.compile(rf"(?P<sign>{_CURRENCY})\s?{_AMOUNT}"), _money),
    (re.compile(rf"{_AMOUNT}\s?(?P<sign>{_CURRENCY})"), _money),
    (
        re.compile(r"(-?\d+(?:\.\d+)?)\s?°\s?([CF])\b"),
        lambda m: f"{m[1].replace('-', 'minus ')} degrees {'Celsius' if m[2] == 'C' else 'Fahrenheit'}",
    ),
    (re.compile(r"\b(\d{3}0)'?s\b"), lambda m: f" {numerals.plural(numerals.year(int(m[1])))} "),
    (re.compile(r"\b(\d0)s\b"), lambda m: f" {numerals.plural(numerals.cardinal(int(m[1])))} "),
    (re.compile(r"\b(\d{1,9})(?:st|nd|rd|th)\b"), lambda m: f" {numerals.ordinal(int(m[1]))} "),
    (re.compile(r"\b(\d+)\s+(?=[1-9]/[2-9]\b)"), r"\1 and "),
    (re.compile(r"\b(\d{4})/(\d{2,4})\b"), r"\1, \2"),
    (re.compile(r"\b(\d{1,3})/(\d{1,3})\b"), _slashed),
    (re.compile(r"(?<=\d)\s?[-—]\s?(?=[\d$€£¥])"), " to "),
    (re.compile(r"(?<![\w.])-(?=\d)"), " minus "),
    (re.compile(r"(?<![\w.,])(\d[\d.,]*)(M|B|bn|k)\b(?!'|\s+(?:run|race|walk|jog)\b)"), _scaled),
    (re.compile(r"(?<![\w.,])(\d[\d.,]*)k\b(?!')"), r"\1 K"),
    (re.compile(rf"(?<![\w.,])(\d[\d.,]*)\s?({_SIGNS})\b(?!')"), _unit),
    (re.compile(r"\b(\d+)h\s?(?=\d)"), r"\1 hours "),
    (re.compile(_NUMERAL), _number),
)
