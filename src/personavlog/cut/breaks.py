"""Where a line of text may be broken.

Unicode's rules (UAX #14) say where it is allowed, and BudouX where a reader of Chinese, Japanese or Thai would break,
which write no spaces. Narrower than both: text that writes spaces is broken at these and after a dash only, so that no
number, time, price, address, abbreviation or word is ever cut; Korean too. No mark comes to stand at a line's beginning
(Requirements for Chinese Text Layout, section 3.1).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from functools import cache
from itertools import accumulate, pairwise
from typing import Literal

_NEVER_FIRST = frozenset("、。，．！？；：…‥—–～·・ー々゛゜ぁぃぅぇぉっゃゅょァィゥェォッャュョ％℃!?,.;:%)]}")
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两兩萬億")
_TITLE = re.compile(r"^\W?(?:Mrs?|Ms|Dr|Prof|St|Mt|No|Nr|Gen|Capt|Lt|Sr|Sra|M|[^\W\d_])\.$")
_KANA = re.compile(r"[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9d]")
_HAN = re.compile(r"[\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
_THAI = re.compile(r"[\u0e01-\u0e7f]")
_ONE_BY_ONE = re.compile(
    r"[\x20-\u02ff\u0370-\u0482\u1e00-\u1fff\u2010-\u2027\u2030-\u203b\u3001-\u3029\u3041-\u3096\u309b-\u9fff"
    r"\uac00-\ud7a3\uff01-\uff9d]*"
)
"""Text none of whose characters joins another one: most of what is ever shown, and found much faster."""

Language = Literal["ja", "zh", "th"]


def is_wide(character: str) -> bool:
    """Whether a character takes the width of a Chinese one."""
    return unicodedata.east_asian_width(character) in "WF"


def phrases(text: str) -> list[str]:
    """The text at every place where a reader would break it; joined it is the text again, white space belongs to what
    is before it."""
    allowed, wanted = _by_unicode(text), _by_phrase(text)
    return _parts(text, (at for at in range(1, len(text)) if _breaks_well(text, at, allowed, wanted)))


def units(text: str) -> list[str]:
    """The text at every place where Unicode allows a break: for a phrase that is too wide for a line."""
    allowed = _by_unicode(text)
    return _parts(text, (at for at in sorted(allowed) if at < len(text) and not _is_kept_together(text, at)))


def clusters(text: str) -> list[str]:
    """The text's characters as a reader counts them, each with the marks and joined parts that belong to it."""
    if _ONE_BY_ONE.fullmatch(text):
        return list(text)
    from uniseg.graphemecluster import grapheme_clusters

    return list(grapheme_clusters(text))


def _parts(text: str, places: Iterable[int]) -> list[str]:
    return [text[start:end] for start, end in pairwise([0, *places, len(text)]) if end > start]


def _breaks_well(text: str, at: int, allowed: Collection[int], wanted: Collection[int]) -> bool:
    before, after = text[at - 1], text[at]
    if _THAI.match(before) and _THAI.match(after):  # UAX #14 leaves it to a dictionary
        return at in wanted and not _sticks_to_what_is_before(after)
    if _is_kept_together(text, at):
        return False
    if before.isspace():
        return at in allowed and not _counts_or_titles(text[: at - 1], text[at:])
    if _opens(after) and is_wide(text[at + 1 : at + 2] or " ") and (is_wide(before) or before in "…”’"):
        return True  # a Chinese quotation mark has the class of an English one, which UAX #14 never breaks
    if at not in allowed:
        return False
    return before in "—–" or (at in wanted and (_is_unspaced(before) or _is_unspaced(after)))


def _is_unspaced(character: str) -> bool:
    """Whether a character is of a script that writes no spaces between its words."""
    return is_wide(character) and not _HANGUL.match(character)


def _is_kept_together(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if before.isspace():
        return after.isspace() or _sticks_to_what_is_before(after)
    return _sticks_to_what_is_before(after) or _opens(before) or _is_inside_a_number(text, at)


def _counts_or_titles(before: str, after: str) -> bool:
    """Whether the space stands between a title and a name, or a number and what it counts or the street it is in."""
    last, first = before.rsplit(None, 1)[-1:], after.split(None, 1)[0]
    if not last:
        return False
    if unicodedata.category(last[0][-1]) == "Sc":
        return first[0].isdigit()
    counts = last[0][-1].isdigit() and (first[0].isdigit() or first[0].isupper() or len(first.strip(".,;:!?")) <= 3)
    return counts or bool(_TITLE.search(last[0]))


def _sticks_to_what_is_before(character: str) -> bool:
    return character in _NEVER_FIRST or unicodedata.category(character) in ("Pe", "Pf", "Mn", "Mc", "Me")


def _opens(character: str) -> bool:
    return unicodedata.category(character) in ("Ps", "Pi")


def _is_inside_a_number(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if before in _NUMERALS and after in _NUMERALS:
        return True
    if before.isdigit() or after.isdigit():  # a number and the sign or word that counts with it
        return not (unicodedata.category(before) == "Po" and not text[at - 2 : at - 1].isdigit())
    return False


def _by_unicode(text: str) -> frozenset[int]:
    """UAX #14's places."""
    from uniseg.linebreak import line_break_boundaries

    return frozenset(line_break_boundaries(text))


def _by_phrase(text: str) -> frozenset[int]:
    """BudouX's places, by its model for the text's language; the ends of all phrases that it sees."""
    found: set[int] = set()
    if _THAI.search(text):
        found.update(accumulate(map(len, _phrases_in(text, "th"))))
    if _KANA.search(text):
        found.update(accumulate(map(len, _phrases_in(text, "ja"))))
    elif _HAN.search(text):
        found.update(accumulate(map(len, _phrases_in(text, "zh"))))
    return frozenset(found)


def _phrases_in(text: str, language: Language) -> list[str]:
    return _parser(language)(text)


@cache
def _parser(language: Language) -> Callable[[str], list[str]]:
    import budoux

    load = {
        "ja": budoux.load_default_japanese_parser,
        "zh": budoux.load_default_simplified_chinese_parser,
        "th": budoux.load_default_thai_parser,
    }
    return load[language]().parse
