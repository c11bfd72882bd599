"""What kind of thing a noun names, and how grave a word is, by WordNet; which synset means which kind is data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal

from lemminflect import getAllLemmas

from personavlog.frozen import Frozen
from personavlog.metrics.text import similarity
from personavlog_embedded import data
from personavlog_embedded.writing.plain.activities import Kind
from personavlog_embedded.writing.plain.wordnet import NOUN, VERB, Synset, by_key, counts, senses

NounKind = Kind | Literal["time", "place", "part"]
Preposition = Literal["in", "on", "at"]
FIELDS = (
    *("adj_all", "adj_pert", "adv", "tops", "act", "animal", "artifact", "attribute", "body", "cognition"),
    *("communication", "event", "feeling", "food", "group", "location", "motive", "object", "person", "phenomenon"),
    *("plant", "possession", "process", "quantity", "relation", "shape", "state", "substance", "time"),
)
"""WordNet's lexicographer files by number, as far as they hold nouns."""
ALIVE = frozenset((Kind.PERSON, Kind.ANIMAL, Kind.CREATURE))
"""Who can be with somebody."""
SPOTS = frozenset((Kind.BUILDING, Kind.LANDSCAPE, Kind.SKY))
"""Where somebody can be."""
_SPACES = frozenset(("artifact", "object", "location", "event", "group"))
TIED = 6
"""So many equally frequent meanings are compared."""
LITERAL = 2
"""Somebody who is called after an animal comes before it only where the tagged texts say so oftener than this."""
NEAR_ABOVE = 3
"""So many glosses upwards tell whether a meaning is medical."""
_DONE = frozenset(("act", "process", "cognition"))
_WORD = re.compile(r"[a-z]+")
OTHERS = 3
"""So many meanings of a noun count as what it may be."""


class _Words(Frozen):
    nouns: tuple[str, ...]
    verbs: tuple[str, ...]


class _Table(Frozen):
    above: Mapping[str, NounKind]
    field: Mapping[str, NounKind]
    before: Mapping[str, Preposition]
    grave: _Words
    quiet: _Words
    kin: tuple[str, ...]
    mourned: tuple[str, ...]
    medical: frozenset[str]


@cache
def _table() -> _Table:
    return data.read_sheet(_Table, "lexical_kinds")


@cache
def _above() -> Mapping[int, NounKind]:
    return {by_key(key).offset: kind for key, kind in _table().above.items()}


@cache
def _grave() -> Mapping[str, frozenset[int]]:
    return _offsets(_table().grave)


@cache
def _quiet() -> Mapping[str, frozenset[int]]:
    return _offsets(_table().quiet)


def _offsets(words: _Words) -> Mapping[str, frozenset[int]]:
    rows = ((NOUN, words.nouns), (VERB, words.verbs))
    return {part: frozenset(by_key(key).offset for key in keys) for part, keys in rows}


@cache
def _before() -> Mapping[int, Preposition]:
    return {by_key(key).offset: word for key, word in _table().before.items()}


@lru_cache(maxsize=2048)
def preposition(noun: str) -> Preposition:
    """How one is where the noun names: in the kitchen, on the moon, at the station."""
    known = _before()
    places = (one for one in senses(noun) if FIELDS[one.field] in _SPACES)
    sense = next(places, None)
    return next((known[one.offset] for one in sense.all_above() if one.offset in known), "in") if sense else "in"


def kind_of_sense(sense: Synset) -> NounKind:
    """The kind of one meaning: the nearest synset of the table, otherwise its lexicographer's file."""
    known = _above()
    found = next((known[one.offset] for one in sense.all_above() if one.offset in known), _by_field(sense))
    return Kind.BODY if FIELDS[sense.field] in _DONE and _is_medical(sense) else found


def _is_medical(sense: Synset) -> bool:
    """Whether the glosses of a meaning and of what stands right above it speak of patients."""
    said = " ".join(one.gloss.split(";")[0] for one in [*sense.all_above()][:NEAR_ABOVE])
    return bool(_table().medical & set(_WORD.findall(said)))


def _by_field(sense: Synset) -> NounKind:
    return _table().field[FIELDS[sense.field]]


@lru_cache(maxsize=2048)
def kind_of(noun: str, said: str = "") -> NounKind | None:
    """The kind of a noun as a text uses it; None for a word that WordNet does not know."""
    meaning = sense_of(_counted(noun), said) or sense_of(_last_part(noun), said)
    if meaning is None:
        return None
    kind = kind_of_sense(meaning)
    return Kind.BODY if FIELDS[meaning.field] in _DONE and any(map(_is_medical, _compounds(noun, meaning))) else kind


def is_plural(noun: str) -> bool:
    """Whether a noun that the dictionary has is rather the plural of another one."""
    return _counted(noun) != noun


def _compounds(noun: str, meaning: Synset) -> list[Synset]:
    """The kinds of a meaning that are its word with something before it: hemodialysis."""
    words = ((one, word) for one in meaning.below for word in one.words)
    return [one for one, word in words if word.endswith(noun.lower()) and len(word.split()) == 1]


def _counted(noun: str) -> str:
    """The singular of a plural that stands in the dictionary too, but in no tagged text: twins."""
    last = noun.rsplit(" ", 1)[-1]
    one = next(iter(getAllLemmas(last).get("NOUN", ())), last)
    return one if noun == last and one != last and not sum(counts(noun, NOUN)) and sum(counts(one, NOUN)) else noun


def _last_part(noun: str) -> str:
    """The end of a compound that no dictionary has (treehouse, house), if its beginning is a word too."""
    cuts = range(3, len(noun) - 3)
    return next((noun[cut:] for cut in cuts if senses(noun[cut:]) and senses(noun[:cut])), "")


@lru_cache(maxsize=2048)
def sense_of(noun: str, said: str = "") -> Synset | None:
    """The most frequent meaning of a noun; of several that the tagged texts hold equally often, the one whose gloss is
    nearest to what is ``said``."""
    found, often = senses(noun), counts(noun, NOUN)
    if not found:
        return None
    tied = [one for one, count in zip(found, often, strict=False) if count == often[0]][:TIED]
    animal = _animal(found) if often[0] <= LITERAL else None
    if animal is not None or len(tied) == 1 or often[0] > 0:
        return animal or tied[0]
    near = similarity([said or noun], [f"{noun}: {one.gloss}" for one in tied])[0]
    return tied[int(near.argmax())]


def _animal(found: Sequence[Synset]) -> Synset | None:
    """The animal that people are called after, where they are the first meaning: whale."""
    if kind_of_sense(found[0]) is not Kind.PERSON:
        return None
    return next((one for one in found[:OTHERS] if kind_of_sense(one) is Kind.ANIMAL), None)


@lru_cache(maxsize=2048)
def is_anybody(noun: str) -> bool:
    """Whether a noun says of somebody only that they are there: person, adult, stranger."""
    meaning = sense_of(noun)
    return meaning is not None and any("person" in one.words for one in (meaning, *meaning.above))


@lru_cache(maxsize=2048)
def is_kin(noun: str) -> bool:
    """Whether the noun names a relative, a friend or a colleague: somebody of one's own."""
    own = {by_key(key).offset for key in _table().kin}
    return any(one.offset in own for sense in senses(noun)[:1] for one in sense.all_above())


@lru_cache(maxsize=2048)
def is_grave(word: str, part: str = NOUN, said: str = "") -> bool:
    """Whether the word's meaning is illness, death, war, punishment, grief, fear or violence."""
    meaning = sense_of(word, said) if part == NOUN else next(iter(senses(word, part)), None)
    return meaning is not None and any(one.offset in _grave()[part] for one in meaning.all_above())


@lru_cache(maxsize=2048)
def is_quiet(word: str, part: str) -> bool:
    """Whether one of a word's first meanings is a loss, a parting, an accident or the like."""
    near = senses(word, part)[:OTHERS]
    return any(one.offset in _quiet()[part] for meaning in near for one in meaning.all_above())


@lru_cache(maxsize=2048)
def is_mourned(noun: str) -> bool:
    """Whether a noun tells of a death: a funeral, a grave."""
    known = {by_key(key).offset for key in _table().mourned}
    meaning = sense_of(noun)
    return meaning is not None and any(one.offset in known for one in meaning.all_above())


@lru_cache(maxsize=2048)
def other_kinds(noun: str) -> frozenset[Kind]:
    """What else a noun may be, by its next meanings."""
    return frozenset(kind for one in senses(noun)[:OTHERS] if isinstance(kind := kind_of_sense(one), Kind))


@lru_cache(maxsize=2048)
def is_stuff(noun: str) -> bool:
    """Whether a noun names a substance, which takes no article: flour, wool."""
    meaning = sense_of(noun)
    return meaning is not None and FIELDS[meaning.field] == "substance"
