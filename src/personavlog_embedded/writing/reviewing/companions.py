"""Who else is in a film: people and animals that a theme or a line names, by a table of words of the reviewers' own
(``data/reviewing_people.toml``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from pydantic import Field

from personavlog.frozen import Frozen
from personavlog.script import Board
from personavlog_embedded import data
from personavlog_embedded.writing.reviewing.words import sentences

_GONE = re.compile(
    r"\b(funeral|died|dead|death|late|grave|remember\w*|memor\w+|miss|missing|without|alone|letters? (to|from)|"
    r"photos? of|goodbye|gone|not born|left)\b|去世|葬礼|想念|没有|告别|一个人",
    re.IGNORECASE,
)
_FAR = re.compile(
    r"\b(always|used to|said|says|thinks?|thinking|knew|for my|told|once|remember\w*|wish|if|like|would|taught|call|"
    r"phone|write|wrote|letter|photo\w*|home|years?|tell|gave|given|whose|miss)\b|"
    r"以前|总是|说过|记得|小时候|如果|想起|电话|告诉|教我|家里",
    re.IGNORECASE,
)
"""What a sentence has that speaks of somebody who is elsewhere."""


class Person(Frozen):
    """A row of the table: ``says`` name somebody, ``seen`` are further words that show them."""

    name: str
    says: tuple[str, ...] = Field(min_length=1)
    seen: tuple[str, ...] = ()


def companions(theme: str) -> tuple[Person, ...]:
    """Whom the theme brings along. Nobody where it speaks of a loss or an absence, and nobody who only owns something
    ("my friend's band")."""
    return () if _GONE.search(theme) else _named(theme)


def seen(person: Person, boards: Iterable[Board]) -> bool:
    """Whether somebody is on one of the boards."""
    shown = " ; ".join(" ; ".join((board.place, board.action, *board.props, *board.company)) for board in boards)
    return bool(_pattern((*person.says, *person.seen), owns=True).search(shown))


def spoken_of(line: str) -> tuple[Person, ...]:
    """Whom a line speaks of as if they were there; a sentence of memory, distance or wish names nobody present."""
    here = " ".join(sentence for sentence in sentences(line) if not _FAR.search(sentence))
    return _named(here)


def _named(text: str) -> tuple[Person, ...]:
    return tuple(person for person in _people().values() if _pattern(person.says).search(text))


@cache
def _pattern(words: tuple[str, ...], owns: bool = False) -> re.Pattern[str]:
    """Any of the words; not as an owner unless ``owns``. Chinese words need no edges."""
    spaced = "|".join(re.escape(word) for word in words if word.isascii())
    other = "|".join(re.escape(word) for word in words if not word.isascii())
    end = "" if owns else "(?!['’]s)"
    parts = ([rf"\b(?:{spaced})\b{end}"] if spaced else []) + ([f"(?:{other})(?!的)"] if other else [])
    return re.compile("|".join(parts), re.IGNORECASE)


@cache
def _people() -> Mapping[str, Person]:
    return data.read_rows(Person, "reviewing_people", by="name")
