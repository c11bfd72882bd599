"""Asking the embedded language model: schemas in a few words, text put in order, and drafts remembered for the next
round's changes."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any

from personavlog.backbones.reviews import Change
from personavlog.brief import clean_text

TURN = 7919
"""Added to a part's seed each time it is written anew."""
REMEMBERED = 64


def one_object(**fields: Any) -> dict[str, Any]:
    """The schema of an object with exactly these fields, in this order."""
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def words(longest: int) -> dict[str, Any]:
    """The schema of a string of 2 to ``longest`` characters."""
    return {"type": "string", "minLength": 2, "maxLength": longest}


def choice(values: Iterable[str]) -> dict[str, Any]:
    """The schema of one of these strings."""
    return {"type": "string", "enum": [str(value) for value in values]}


def several(item: dict[str, Any], least: int, most: int) -> dict[str, Any]:
    """The schema of a list."""
    return {"type": "array", "items": item, "minItems": least, "maxItems": most}


def tidy(text: str, longest: int) -> str:
    """The text as it is shown: clean, without quotation marks around it, ended at a sentence or else a word within
    ``longest`` characters."""
    text = clean_text(text).strip(" \"'“”‘’")
    if len(text) <= longest:
        return text
    cut = text[:longest]
    ends = [match.end() for match in re.finditer(r"[.!?。！？]", cut)]
    return cut[: ends[-1]] if ends else cut.rpartition(" ")[0] or cut


def english_only(text: str, longest: int) -> str:
    """``tidy`` without Chinese characters, which the model, being bilingual, now and then lets slip into an English
    answer."""
    return tidy(re.sub(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+", " ", text), longest)


def wanted_parts(notes: Sequence[Change], count: int) -> frozenset[int]:
    """Indices, from 0, of the parts that the notes want changed; all of them where a note names none ("story",
    "draft")."""
    found: set[int] = set()
    for note in notes:
        number = re.search(r"\d+", note.target)
        if number is None or not 1 <= int(number[0]) <= count:
            return frozenset(range(count))
        found.add(int(number[0]) - 1)
    return frozenset(found)


class Remembered:
    """The last draft for each question, so that a change made in one round stays when the next round changes another
    part."""

    def __init__(self) -> None:
        self._drafts: OrderedDict[str, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, question: str) -> tuple[Any, int]:
        """The draft and how many rounds it has had; (None, 0) where there is none."""
        with self._lock:
            found: tuple[Any, int] = self._drafts.get(question, (None, 0))
            return found

    def put(self, question: str, draft: Any, rounds: int) -> None:
        """Keep a draft; the oldest goes when there are too many."""
        with self._lock:
            self._drafts[question] = (draft, rounds)
            self._drafts.move_to_end(question)
            while len(self._drafts) > REMEMBERED:
                self._drafts.popitem(last=False)
