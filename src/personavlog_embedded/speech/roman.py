"""Roman numerals that are read as numbers: after a ruler's name, a title, or a word that is counted so."""

from __future__ import annotations

import re

from personavlog.metrics import numerals

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_CANONICAL = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_COUNTED = (
    "War|Chapter|Part|Act|Scene|Volume|Vol|Book|Phase|Level|Type|Class|Stage|Section|Season|Episode|Round|Appendix|"
    "Article|Title|Bowl|Olympiad|Games|Symphony|Sonata|Opus|Figure|Table|Grade|Tier|Mark|Group|Category|Apollo|Corps"
)
_RULERS = (
    "Henry|Louis|George|Charles|Elizabeth|James|William|Edward|Richard|Philip|Paul|Benedict|Napoleon|Ramses|Ramesses|"
    "Catherine|Alexander|Nicholas|Frederick|Wilhelm|Leo|Pius|Gregory|Peter|Ivan|Otto|Leopold|Carlos|Felipe|Gustav|Rama|"
    "Mary|Margaret|Ferdinand|Francis|Innocent|Clement|Urban|Cleopatra|Ptolemy|Darius|Xerxes|Harald|Albert|Rainier|Haakon"
)
_RANKS = "King|Queen|Pope|Emperor|Empress|Tsar|Czar|Prince|Duke|Kaiser|Sultan|Shah|Pharaoh"
_NUMERAL = "(?P<numeral>[IVXLCDM]+)"
_END = r"(?=\W*$|\s*[.,;:!?)—])"
"""Where a lone I is no pronoun."""

_GREAT_WARS = re.compile(r"\bWW(?P<numeral>II?)\b")
_CENTURY = re.compile(rf"\b{_NUMERAL}(?=(?:st|nd|rd|th)?\s+centur)")
_RULER = re.compile(rf"\b(?P<name>(?:(?:{_RANKS})\s+[A-Z]\w+|{_RULERS})(?:\s+Paul)?)\s+{_NUMERAL}\b(?!')")
_COUNT = re.compile(rf"\b(?P<name>{_COUNTED}|(?i:{_COUNTED}))\s+{_NUMERAL}\b(?!')")
_NAMED = re.compile(r"(?P<name>\b[A-Z][a-z]+)\s+(?P<numeral>[IVX]{2,})\b(?!')")
_FIRST_WORD = re.compile(r"(?:^|[.!?…]\s+)\W*$")
_ALSO_WORDS = frozenset(("IV", "XX", "XXX"))
"""Numerals that are abbreviations as well: after the first word of a sentence they stay."""


def read_numerals(text: str) -> str:
    """The text with "Henry VIII" as "Henry the eighth" and "World War II" as "World War two"; a pronoun I, "XL", "AAA"
    and "Malcolm X" stay."""
    text = _GREAT_WARS.sub(lambda m: f"World War {numerals.cardinal(value(m['numeral']))}", text)
    text = _CENTURY.sub(lambda m: numerals.ordinal(value(m[0])) if is_numeral(m[0]) else m[0], text)
    text = _RULER.sub(_ruler, text)
    return _NAMED.sub(_named, _COUNT.sub(_counted, text))


def value(numeral: str) -> int:
    """What a canonical Roman numeral counts."""
    signs = [_VALUES[sign] for sign in numeral]
    return sum(-one if one < after else one for one, after in zip(signs, [*signs[1:], 0], strict=True))


def is_numeral(word: str) -> bool:
    """Whether a word is a Roman numeral in its usual form ("IIII" is none)."""
    return bool(word) and _CANONICAL.fullmatch(word) is not None


def _ruler(match: re.Match[str]) -> str:
    ranked = re.match(_RANKS, match["name"]) is not None
    if not is_numeral(match["numeral"]) or (match["numeral"] == "I" and not ranked and not _ends(match)):
        return match[0]
    return f"{match['name']} the {numerals.ordinal(value(match['numeral']))}"


def _counted(match: re.Match[str]) -> str:
    world_war = match["name"].lower() == "war" and match.string[: match.start()].lower().endswith("world ")
    pronoun = match["numeral"] == "I" and not world_war and not _stands_alone(match)
    if pronoun or not is_numeral(match["numeral"]):
        return match[0]
    return f"{match['name']} {numerals.cardinal(value(match['numeral']))}"


def _named(match: re.Match[str]) -> str:
    first_word = _FIRST_WORD.search(match.string[: match.start()]) is not None
    if not is_numeral(match["numeral"]) or (first_word and match["numeral"] in _ALSO_WORDS):
        return match[0]
    return f"{match['name']} {numerals.cardinal(value(match['numeral']))}"


def _ends(match: re.Match[str]) -> bool:
    return re.match(_END, match.string[match.end() :]) is not None


def _stands_alone(match: re.Match[str]) -> bool:
    """Whether a lone I counts: nothing follows that it could be the subject of, or the word before begins a sentence
    and a verb of being follows."""
    after = match.string[match.end() :]
    begins = _FIRST_WORD.search(match.string[: match.start()]) is not None
    return _ends(match) or (begins and re.match(r"\s+(?:is|was|has|begins|ends|of)\b", after) is not None)
