"""The words of a spoken line in one spelling, so that what was said and what was heard can be compared."""

from __future__ import annotations

import re
import unicodedata

from personavlog.metrics import numerals

_NUMBER = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_ORDINAL = re.compile(r"\b(\d{1,15})(?:st|nd|rd|th)\b")
_DATE = re.compile(
    r"\b(january|february|march|april|may|june|july|august|september|october|november|december) (\d{1,2})\b(?!:)"
)
_HALF_DAY = re.compile(r"(?<=\d)\s?([ap])\.?m\b\.?")
_CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})\b")
_LARGE = re.compile(r"\$(\d[\d,]*(?:\.\d+)?) (thousand|[mbtr]+illion)")
_MONEY = re.compile(r"\$(\d[\d,]*)(?:\.(\d{2}))?")
_SPELLINGS = {
    "mr": "mister",
    "mrs": "missus",
    "dr": "doctor",
    "okay": "ok",
    "grey": "gray",
    "colour": "color",
    "favourite": "favorite",
    "centre": "center",
    "gonna": "going to",
    "wanna": "want to",
    "cosy": "cozy",
    "realise": "realize",
    "neighbour": "neighbor",
    "travelled": "traveled",
    "alright": "all right",
    "i'm": "i am",
    "i'd": "i would",
    "i've": "i have",
    "i'll": "i will",
    "it's": "it is",
    "that's": "that is",
    "there's": "there is",
    "don't": "do not",
    "can't": "can not",
    "cannot": "can not",
    "won't": "will not",
    "let's": "let us",
    "what's": "what is",
    "here's": "here is",
    "you're": "you are",
    "we're": "we are",
    "they're": "they are",
    "we'll": "we will",
    "you'll": "you will",
    "didn't": "did not",
    "isn't": "is not",
    "wasn't": "was not",
    "couldn't": "could not",
    "wouldn't": "would not",
    "doesn't": "does not",
    "haven't": "have not",
    "you've": "you have",
    "we've": "we have",
    "she's": "she is",
    "he's": "he is",
}


def spoken_words(text: str) -> list[str]:
    """Lower-case words without punctuation or accents, numbers spelled out, common spellings and contractions made
    alike."""
    plain = (
        "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        .lower()
        .replace("\u2019", "'")
    )
    plain = _HALF_DAY.sub(r" \1 m ", _DATE.sub(r"\1 \2th", plain))
    plain = _ORDINAL.sub(lambda m: numerals.ordinal(int(m[1])), plain)
    plain = _LARGE.sub(r"\1 \2 dollars", plain)
    plain = _CLOCK.sub(_clock, _MONEY.sub(_money, plain)).replace("%", " percent").replace("&", " and ")
    plain = _NUMBER.sub(_number, plain)
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", plain.replace("-", " "))
    return [part for word in words for part in _SPELLINGS.get(word, word).replace("'", "").split()]


def _number(match: re.Match[str]) -> str:
    text = match[0].replace(",", "")
    if len(text) > 15:
        return f" {numerals.digits(text)} "
    year = len(match[0]) == 4 and text.isdigit() and 1100 <= int(text) < 2100
    return f" {numerals.year(int(text)) if year else numerals.decimal(text)} "


def _clock(match: re.Match[str]) -> str:
    hour, minute = int(match[1]), int(match[2])
    spoken = "" if minute == 0 else f"oh {numerals.cardinal(minute)}" if minute < 10 else numerals.cardinal(minute)
    return f" {numerals.cardinal(hour)} {spoken} "


def _money(match: re.Match[str]) -> str:
    cents = f" and {int(match[2])} cents" if match[2] and int(match[2]) else ""
    return f" {match[1]} dollars{cents} "
