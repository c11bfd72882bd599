"""What is wrong with the language model's scenes and lines, as far as code can tell: false knowledge it cannot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from personavlog.metrics import text
from personavlog.script import Act
from personavlog_embedded.writing.language.scenes import Scene, examples
from personavlog_embedded.writing.language.words import (
    act_of,
    before_preposition,
    has_grip,
    in_hand,
    is_refused,
    table,
    things,
    words,
)
from personavlog_embedded.writing.plain.activities import Kind
from personavlog_embedded.writing.plain.kinds import kind_of
from personavlog_embedded.writing.plain.paintable import scenery
from personavlog_embedded.writing.plain.theme import Theme, theme_words
from personavlog_embedded.writing.plain.wordnet import ADJECTIVE, ADVERB, NOUN, VERB, knows, lemma_of

ALIKE, COPIED, CAPTION = 0.9, 0.86, 0.7
"""Cosines above which two acts or lines count as one, a sentence as the prompt's, a line as its shot's caption."""
_FIRST = frozenset(("i", "me", "my", "myself", "we", "us", "our"))
_LIVING = frozenset((Kind.ANIMAL, Kind.CREATURE, Kind.PERSON))
_NO_SPOTS = frozenset((*_LIVING, Kind.FOOD, Kind.CLOTHING, Kind.INSTRUMENT, Kind.WRITING, Kind.BODY))
_TWICE = re.compile(r"\b(a|an|the|my|his|her|of|in|on|to|with|and) (?:a|an|the|my|his|her|of|in|on|to|with|and)\b")


def scene_fault(scene: Scene, theme: Theme, before: Sequence[Scene]) -> str:
    """What speaks against a scene after those before it, in a few words; empty for nothing."""
    if scene.cut:
        return "cut"
    if word := wrong_word(f"{scene.place}. {scene.act}", theme):
        return f"the word {word!r}"
    if _FIRST & set(words(f"{scene.place} {scene.act}")):
        return "a board in the first person"
    if act_of(scene.act) is None:
        return "an act that nobody sees"
    if _cruel(scene, theme):
        return "a living being eaten"
    if any(has_grip(thing) is False for thing in in_hand(scene.act)):
        return "a thing that no hand holds"
    if act_of(scene.act) not in table().posed and not (things(scene.act) or named(scene.act, theme)):
        return "nothing that can be drawn"
    if before and text.similarity([scene.act], [one.act for one in before]).max() > ALIKE:
        return "an act again"
    return "the example again" if copied(scene.act) else ""


def place_fault(place: str, theme: Theme, before: Sequence[str]) -> str:
    """What speaks against a place; empty for nothing."""
    if place in before:
        return "a place again"
    if place in examples():
        return "the example again"
    if scenery(place).shows or named(place, theme):
        return ""
    head = lemma_of(before_preposition(words(place))[-1], NOUN) or ""
    return "no place" if not head or has_grip(head) or kind_of(head) in _NO_SPOTS else ""


def copied(sentence: str) -> bool:
    """Whether a sentence is the prompt's own example."""
    return bool(text.similarity([sentence], sorted(examples())).max() > COPIED)


def wrong_word(sentence: str, theme: Theme) -> str:
    """The first word that is refused or that no dictionary has and the theme does not say, or a doubled article."""
    own = set(words(theme.text)) | set(words(theme.english))
    for word in words(sentence):
        plain = word.removesuffix("'s").strip("'-")
        if plain in _closed():
            continue
        if is_refused(plain) or not (plain in own or all(map(_known, plain.split("-")))):
            return word
    doubled = next((found[0] for found in _TWICE.finditer(sentence) if _is_doubled(found[0])), "")
    return doubled


def _is_doubled(pair: str) -> bool:
    first, second = pair.split(" ")
    articles = ("a", "an", "the", "my", "his", "her")
    return (first in articles and second in articles) or first == second


def _known(word: str) -> bool:
    if not word or word in _closed() or "'" in word:
        return True
    return any(lemma_of(word, part) for part in (NOUN, VERB)) or any(knows(word, p) for p in (ADJECTIVE, ADVERB))


@cache
def _closed() -> frozenset[str]:
    """Words that name nothing."""
    english = theme_words().english
    tables = (english.determiners, english.own, english.prepositions, english.pronouns, english.joining)
    more = (english.helpers, english.particles, english.adverbs, english.negating, table().closed)
    return frozenset().union(*tables, *more)


def named(sentence: str, theme: Theme) -> bool:
    """Whether a telling word of the theme stands in it, in any form."""
    said = {form for word in words(sentence) for form in (word, lemma_of(word, NOUN), lemma_of(word, VERB))}
    own = {
        form
        for word in words(" ".join((*theme.content, theme.english)))
        for form in (word, lemma_of(word, NOUN), lemma_of(word, VERB))
        if len(word) > 3
    }
    return bool((said & own) - {None})


def _cruel(scene: Scene, theme: Theme) -> bool:
    """Whether somebody whom the theme names as alive is eaten."""
    living = [one.head for one in (theme.object, theme.companion) if one is not None and one.kind in _LIVING]
    return act_of(scene.act) in (Act.EAT, Act.COOK, Act.CUT) and bool(set(living) & set(words(scene.act)))


def line_fault(line: str, opening: str, act: str, theme: Theme, told: Sequence[str], given: Sequence[str]) -> str:
    """What speaks against an English line; ``given`` are the prompt's own lines."""
    if word := wrong_word(line, theme):
        return f"the word {word!r}"
    rest = (word for word in words(line[len(opening) :]) if word not in _closed())
    if not any(len(word) > 2 and lemma_of(word, NOUN) for word in rest):
        return "empty"
    if text.similarity([line], given).max() > COPIED:
        return "the example again"
    if told and text.similarity([line], told).max() > ALIKE:
        return "a line again"
    return "the act again" if text.relevance([line], [act]).max() > CAPTION else ""
