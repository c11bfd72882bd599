"""Written Chinese made speakable: numbers, dates, times, money and units become characters.

WeTextProcessing's grammar reads them (``wetext``); before it stand the few steps in which it falls short.
"""

from __future__ import annotations

import functools
import re
import threading
import unicodedata
from collections.abc import Callable
from typing import Protocol

from personavlog.brief import clean_text
from personavlog_embedded.speech import roman

HAN = "\u3400-\u4dbf\u4e00-\u9fff"

_DIGITS = "零一二三四五六七八九"
_IN_USE = threading.Lock()
"""The grammars are one process-wide cache, and lines are spoken in several threads."""


class _Grammar(Protocol):
    def normalize(self, text: str) -> str: ...


def speakable_chinese(text: str) -> str:
    """The line with every number in characters; English words, other scripts and marks stay as they are."""
    line = _plain(clean_text(text))
    for pattern, replacement in _BEFORE:
        line = pattern.sub(replacement, line)
    if not line.strip():
        return ""
    with _IN_USE:
        said = _grammar().normalize(line)
    # What no rule of the grammar knows, a digit between letters of another script, is read digit by digit.
    return re.sub(r"[0-9]", lambda m: _DIGITS[int(m[0])], said)


def _plain(text: str) -> str:
    """Full-width digits and letters made narrow, fractions in one sign written out; pictures go."""
    parts = re.sub("(?<=[0-9])(?=[½¼¾⅓⅔])", "又", text)
    folded = "".join(c if c in "，。！？；：、（）…" else unicodedata.normalize("NFKC", c) for c in parts)
    folded = folded.replace("\u2044", "/").replace("℃", "°C")
    return "".join(c for c in folded if unicodedata.category(c) not in ("So", "Sk", "Cs", "Co", "Cn", "Cf") or c == "°")


def _roman(match: re.Match[str]) -> str:
    placeholder = set(match[0]) == {"X"}
    return match[0] if placeholder or not roman.is_numeral(match[0]) else str(roman.value(match[0]))


def _great_war(match: re.Match[str]) -> str:
    return f"第{'二' if match[1] == 'II' else '一'}次世界大战"


_RULES: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"(?<![A-Za-z])WW(II?)(?![A-Za-z])", _great_war),
    (rf"(?<=[{HAN}])[IVXLC]{{2,}}(?![A-Za-z])", _roman),
    (r"(?<![A-Za-z])No\.\s?(?=\d)", "第"),
    (r"(?:US|美)\$", "$"),
    (r"(?:HK|港)\$\s?(\d[\d,]*(?:\.\d+)?)", r"\1港元"),
    (r"第\s?2(?![\d.:/])", "第二"),
    (r"(?<![\d.:])2(?=\s?点(?!\d))", "两"),
    (r"(?<![\d.])2:(?=[0-5]\d(?![\d:]))", "两点"),
    (r"(?<=月)2(?=日)", "二"),
    (r"(?<![\d.])100\s?[%％]", "百分之百"),
)
_BEFORE = tuple((re.compile(pattern), replacement) for pattern, replacement in _RULES)


@functools.cache
def _grammar() -> _Grammar:
    from wetext import Normalizer  # 0.2 s

    grammar: _Grammar = Normalizer(lang="zh", operator="tn", remove_erhua=False)
    return grammar
