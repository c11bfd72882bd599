"""The table that answers of the language model are read and checked with (``data/language.toml``), and words by it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from personavlog.frozen import Frozen
from personavlog.script import Act, Emotion
from personavlog_embedded import data
from personavlog_embedded.writing.plain.paintable import drawable
from personavlog_embedded.writing.plain.theme import theme_words
from personavlog_embedded.writing.plain.wordnet import NOUN, VERB, by_key, lemma_of, senses, uses

MEANINGS = {NOUN: 2, VERB: 1}
"""So many meanings of a word are asked whether they are refused: who beats somebody in a race hurts nobody."""
_WORD = re.compile(r"[a-z][a-z'-]*", re.IGNORECASE)


class _Refused(Frozen):
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    usage: tuple[str, ...]


class Table(Frozen):
    """Verbs by act, acts whose pose alone says what is done, verbs that hold, words that name nothing, what is refused,
    feelings and openings by part."""

    posed: frozenset[Act]
    holding: frozenset[str]
    closed: frozenset[str]
    refused: _Refused
    acts: Mapping[Act, frozenset[str]]
    feel: Mapping[str, tuple[Emotion, Emotion]]
    openings: Mapping[str, tuple[str, ...]]
    openings_zh: Mapping[str, tuple[str, ...]]


@cache
def table() -> Table:
    """The table, read once."""
    return data.read_sheet(Table, "language")


def verb_of(sentence: str) -> str | None:
    """The lemma of the verb that a sentence begins with; None where it begins with none."""
    first = _WORD.match(sentence)
    return lemma_of(first[0], VERB) if first else None


def act_of(sentence: str) -> Act | None:
    """What is done, as one of the closed list, by the first verb; None where the table has no act for it."""
    verb = verb_of(sentence)
    return next((act for act, verbs in table().acts.items() if verb in verbs), None)


@cache
def seen_verbs() -> tuple[str, ...]:
    """Every verb of the table in the third person: walks, carries."""
    return tuple(dict.fromkeys(_third(verb) for verbs in table().acts.values() for verb in sorted(verbs)))


def _third(verb: str) -> str:
    if verb.endswith(("s", "x", "z", "ch", "sh")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if verb[-1] == "y" and verb[-2] not in "aeiou" else f"{verb}s"


@cache
def _refused() -> Mapping[str, frozenset[int]]:
    refused = table().refused
    rows = {VERB: refused.verbs, NOUN: refused.nouns, "usage": refused.usage}
    return {part: frozenset(by_key(key).offset for key in keys) for part, keys in rows.items()}


@lru_cache(maxsize=2048)
def is_refused(word: str) -> bool:
    """Whether a word means cruelty, sex or dirt, or abuses somebody, by WordNet."""
    low = word.lower()
    noun, verb = lemma_of(low, NOUN), lemma_of(low, VERB)
    if noun and verb:
        noun, verb = (noun, None) if uses(noun, NOUN) >= uses(verb, VERB) else (None, verb)
    return bool(noun and _meant_badly(noun, NOUN)) or bool(verb and _meant_badly(verb, VERB))


def _meant_badly(lemma: str, part: str) -> bool:
    bad, usage = _refused()[part], _refused()["usage"]
    return any(
        any(one.offset in bad for one in sense.all_above())
        or any(arrow.sign == ";u" and arrow.offset in usage for arrow in sense.pointers)
        for sense in senses(lemma, part)[: MEANINGS[part]]
    )


def words(text: str) -> list[str]:
    """The words of an English text in lower case."""
    return [found.lower() for found in _WORD.findall(text)]


def things(sentence: str) -> tuple[str, ...]:
    """The things in a sentence that have a drawing, as the painter calls them, in order; longer names first."""
    found: list[str] = []
    row = words(sentence)[1:]
    while row:
        size = next((n for n in (3, 2, 1) if len(row) >= n and _drawn(row[:n])), 0)
        found += [str(_drawn(row[:size]))] if size else []
        row = row[max(1, size) :]
    return tuple(dict.fromkeys(found))


def _drawn(row: list[str]) -> str | None:
    name = " ".join(row)
    return None if len(row) == 1 and lemma_of(row[0], NOUN) is None else drawable(name)


@cache
def _grips() -> Mapping[str, bool]:
    rows = data.read_toml("things.toml")["things"]
    return {name: bool(row.get("hold")) for row in rows for name in (row["name"], *row.get("also", ()))}


def in_hand(sentence: str) -> Iterator[str]:
    """The drawn things that a sentence puts into the hands."""
    if verb_of(sentence) in table().holding:
        yield from things(" ".join(before_preposition(words(sentence))))[:1]


def before_preposition(row: list[str]) -> list[str]:
    """The words before the first preposition, or all of them where one comes first."""
    small = theme_words().english.prepositions
    end = next((number for number, word in enumerate(row) if number and word in small), len(row))
    return row[:end]


def has_grip(thing: str) -> bool | None:
    """Whether the painter's model of a thing has a grip; None for a thing that it has no model of."""
    return _grips().get(thing)
