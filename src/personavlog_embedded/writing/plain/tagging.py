"""English themes in words and phrases: a tagger from closed classes and WordNet's counts, and chunks of noun phrases.

Short and verbless texts are what it is for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from personavlog_embedded.writing.plain.kinds import ALIVE, kind_of
from personavlog_embedded.writing.plain.theme import English, theme_words
from personavlog_embedded.writing.plain.wordnet import ADJECTIVE, ADVERB, NOUN, VERB, knows, lemma_of, senses, uses

_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?|[^\w\s]")
_GENITIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)
_COMPOUND = 3
"""A term of the dictionary has at most so many words here."""


class Tag(Enum):
    """What a word does in a theme."""

    DETERMINER = auto()
    OWN = auto()
    NUMBER = auto()
    ADJECTIVE = auto()
    NOUN = auto()
    NAME = auto()
    GENITIVE = auto()
    VERB = auto()
    GERUND = auto()
    PREPOSITION = auto()
    PARTICLE = auto()
    HELPER = auto()
    PRONOUN = auto()
    JOINING = auto()
    ADVERB = auto()
    MARK = auto()


@dataclass(frozen=True)
class Token:
    """A word as written, with its tag and, for nouns and verbs, its dictionary form."""

    text: str
    tag: Tag
    lemma: str = ""

    @property
    def low(self) -> str:
        """In lower case."""
        return self.text.lower()


@dataclass(frozen=True)
class Phrase:
    """A noun phrase: ``before`` is its preposition, ``at`` its first token's number, ``owner`` the phrase that owns it,
    ``words`` its modifiers and head as written."""

    before: str
    at: int
    end: int
    words: tuple[Token, ...]
    determiner: str = ""
    owner: Phrase | None = None

    @property
    def head(self) -> Token:
        """The last word."""
        return self.words[-1]

    @property
    def nouns(self) -> tuple[Token, ...]:
        """Its nouns and names."""
        return tuple(word for word in self.words if word.tag in _HEADS)


_HEADS = frozenset((Tag.NOUN, Tag.NAME))
_IN_PHRASE = frozenset((Tag.DETERMINER, Tag.OWN, Tag.NUMBER, Tag.ADJECTIVE, Tag.NOUN, Tag.NAME, Tag.GENITIVE))
_OPEN = frozenset((Tag.DETERMINER, Tag.OWN, Tag.NUMBER, Tag.ADJECTIVE, Tag.GENITIVE))


def tokens(text: str) -> tuple[Token, ...]:
    """The words and marks of a theme, tagged from left to right."""
    raw = [part for match in _TOKEN.finditer(text.replace("’", "'")) for part in _split(match[0])]
    found: list[Token] = []
    for number, word in enumerate(raw):
        found.append(_tagged(word, found, raw[number + 1 :]))
    return tuple(found)


def _split(word: str) -> list[str]:
    genitive = _GENITIVE.search(word)
    return [word[: genitive.start()], "'s"] if genitive and genitive.start() else [word]


def _tagged(word: str, before: Sequence[Token], after: Sequence[str]) -> Token:
    tag = _closed(word.lower(), before, after)
    if tag is None:
        tag = _open(word, before, after)
    part = {Tag.NOUN: NOUN, Tag.VERB: VERB, Tag.GERUND: VERB}.get(tag)
    return Token(word, tag, (lemma_of(word, part) or word.lower()) if part else "")


def _closed(low: str, before: Sequence[Token], after: Sequence[str]) -> Tag | None:
    words = theme_words().english
    if low == "'s":
        return Tag.GENITIVE
    if not low[0].isalnum():
        return Tag.MARK
    if low[0].isdigit() or low in words.ordinal:
        return Tag.NUMBER
    if low in words.particles and before and before[-1].tag in (Tag.GERUND, Tag.VERB):
        return Tag.PARTICLE
    table = (
        (words.determiners, Tag.DETERMINER),
        (words.own, Tag.OWN),
        (words.prepositions, Tag.PREPOSITION),
        (words.helpers, Tag.HELPER),
        (words.pronouns, Tag.PRONOUN),
        (words.joining, Tag.JOINING),
        (words.particles, Tag.PARTICLE),
    )
    found = next((tag for group, tag in table if low in group), None)
    helped = bool(before) and before[-1].tag in (Tag.HELPER, Tag.PRONOUN, Tag.ADVERB)
    return found or (Tag.ADVERB if low in words.adverbs and (helped or not _noun_follows(after, words)) else None)


def _noun_follows(after: Sequence[str], words: English) -> bool:
    return (
        bool(after)
        and after[0][0].isalpha()
        and after[0].lower()
        not in (words.prepositions | words.joining | words.helpers | words.pronouns | words.determiners | words.own)
    )


def _open(word: str, before: Sequence[Token], after: Sequence[str]) -> Tag:
    """A noun, verb, adjective, adverb or name, by its neighbours and by how often the dictionary's texts use it so."""
    before = _over_adverbs(before)
    last = before[-1].tag if before else None
    low = word.lower()
    noun, verb, adjective = lemma_of(low, NOUN), lemma_of(low, VERB), knows(low, ADJECTIVE)
    if _is_name(word, noun, before):
        return Tag.NAME
    if low.endswith("ing") and verb:
        return _gerund(low, noun, adjective, last, after)
    if last in _OPEN:
        if adjective and _noun_follows(after, theme_words().english) and uses(low, ADJECTIVE) >= uses(noun or "", NOUN):
            return Tag.ADJECTIVE
        if noun is None and verb and _noun_follows(after, theme_words().english):
            return Tag.ADJECTIVE
        if noun is None and low.endswith("ly") and knows(low, ADVERB):
            return Tag.ADVERB
        return Tag.NOUN if noun else Tag.ADJECTIVE if adjective else Tag.NOUN
    if verb and _says(before, last, low, noun, verb, after):
        return Tag.VERB
    if adjective and _noun_follows(after, theme_words().english) and uses(low, ADJECTIVE) >= uses(noun or "", NOUN):
        return Tag.ADJECTIVE
    if noun:
        return Tag.NOUN
    if verb:
        return Tag.VERB
    return Tag.ADJECTIVE if adjective else Tag.ADVERB if knows(low, ADVERB) else Tag.NOUN


def _over_adverbs(before: Sequence[Token]) -> Sequence[Token]:
    """What stands before a word, without the adverbs behind a helper: have just cut, will not sleep."""
    end = len(before)
    while end > 1 and before[end - 1].tag is Tag.ADVERB:
        end -= 1
    return before[:end] if before and before[end - 1].tag in (Tag.HELPER, Tag.PRONOUN) else before


def _gerund(low: str, noun: str | None, adjective: bool, last: Tag | None, after: Sequence[str]) -> Tag:
    follows = _noun_follows(after, theme_words().english)
    if last in _OPEN or last in _HEADS:
        return Tag.NOUN if noun and not follows else Tag.ADJECTIVE if adjective or follows else Tag.GERUND
    return Tag.NOUN if noun == low and follows and uses(low, NOUN) > 0 and last is not None else Tag.GERUND


def _says(
    before: Sequence[Token], last: Tag | None, low: str, noun: str | None, verb: str, after: Sequence[str]
) -> bool:
    """Whether a word that can be a verb is one here."""
    if last is Tag.HELPER and before[-1].low in theme_words().english.modal:
        return True
    if last in (Tag.PRONOUN, Tag.HELPER):
        return uses(verb, VERB) >= uses(noun or "", NOUN) or last is Tag.PRONOUN
    if before and before[-1].low == "to":
        object_next = bool(after) and after[0].lower() in theme_words().english.determiners | theme_words().english.own
        return noun is None or object_next or uses(verb, VERB) >= uses(noun, NOUN)
    if last in _HEADS and _agrees(before[-1], low, verb, after):
        return True
    if last is None or last in (Tag.MARK, Tag.JOINING):
        words = theme_words().english
        starts = bool(after) and after[0].lower() in words.determiners | words.own | words.particles
        follows = len(before) > 1 and before[-2].tag is Tag.VERB
        return noun is None or (starts and (low == verb or follows))
    return noun is None and low != verb and last in _HEADS


def _agrees(subject: Token, low: str, verb: str, after: Sequence[str]) -> bool:
    """Whether a word after a noun is its verb: the cosmonaut returns, two snails race across, the boat leaves the."""
    alive = kind_of(subject.lemma or subject.low) in ALIVE
    words = theme_words().english
    object_next = bool(after) and (after[0].lower() in words.determiners | words.own | words.ordinal)
    goes_on = object_next or (bool(after) and after[0].lower() in words.prepositions)
    if low == verb:
        return alive and goes_on and subject.low != subject.lemma
    return alive or (object_next and subject.low == subject.lemma)


def _is_name(word: str, noun: str | None, before: Sequence[Token]) -> bool:
    if not word[:1].isupper():
        return False
    found = senses(noun) if noun else ()
    first = not before or before[-1].tag is Tag.MARK
    if found and found[0].is_name() and (not first or all(one.is_name() for one in found)):
        return True
    return not first and (not found or word.isupper() or noun is None)


def phrases(words: Sequence[Token]) -> tuple[Phrase, ...]:
    """The noun phrases in order; an owner is kept with what it owns."""
    found: list[Phrase] = []
    at = 0
    while at < len(words):
        if words[at].tag not in _IN_PHRASE or words[at].tag is Tag.GENITIVE:
            at += 1
            continue
        phrase, at = _phrase(words, at)
        if phrase is not None:
            found.append(phrase)
    return tuple(found)


def _phrase(words: Sequence[Token], start: int) -> tuple[Phrase | None, int]:
    end = start
    owner: Phrase | None = None
    begun = start
    before = words[start - 1].low if start and words[start - 1].tag in (Tag.PREPOSITION, Tag.PARTICLE) else ""
    while end < len(words) and words[end].tag in _IN_PHRASE:
        if words[end].tag is Tag.GENITIVE:
            owner = _built(words[begun:end], before, start, end, owner) or owner
            begun = end + 1
        elif end > begun and words[end].tag in (Tag.DETERMINER, Tag.OWN):
            break
        end += 1
    return _built(words[begun:end], before, start, end, owner), max(end, start + 1)


def _built(part: Sequence[Token], before: str, at: int, end: int, owner: Phrase | None) -> Phrase | None:
    determiner = " ".join(word.low for word in part if word.tag in (Tag.DETERMINER, Tag.OWN))
    words = [word for word in part if word.tag not in (Tag.DETERMINER, Tag.OWN, Tag.GENITIVE)]
    while words and words[-1].tag not in _HEADS:
        words.pop()
    if not words:
        return None
    return Phrase(before, at, end, tuple(_joined(words)), determiner, owner)


def _joined(words: Sequence[Token]) -> list[Token]:
    """The words of a phrase with the dictionary's terms of several words as one: night shift, swimming pool."""
    for size in range(min(_COMPOUND, len(words)), 1, -1):
        tail = words[-size:]
        lemma = lemma_of(" ".join(word.low for word in tail), NOUN)
        if lemma and " " in lemma:
            name = tail[-1].tag is Tag.NAME and all(word.text[:1].isupper() for word in tail)
            whole = Token(" ".join(word.text for word in tail), Tag.NAME if name else Tag.NOUN, lemma)
            return [*words[:-size], whole]
    return [*words[:-1], replace(words[-1])]
