"""English themes: which of their phrases is the object, the companion, the place, the role, the hour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import TypeVar

from personavlog_embedded.writing.plain.activities import Kind
from personavlog_embedded.writing.plain.clauses import clauses, told
from personavlog_embedded.writing.plain.kinds import (
    ALIVE,
    FIELDS,
    SPOTS,
    NounKind,
    is_anybody,
    is_grave,
    is_kin,
    is_mourned,
    is_plural,
    kind_of,
    other_kinds,
    sense_of,
)
from personavlog_embedded.writing.plain.tagging import Phrase, Tag, Token, phrases, tokens
from personavlog_embedded.writing.plain.theme import Doing, Theme, Thing, theme_words
from personavlog_embedded.writing.plain.wordnet import NOUN, VERB, gerund, knows, lemma_of, senses, uses

FieldT = TypeVar("FieldT")
LONGEST = 240
"""So many characters of a theme are read: what it is about is said in its beginning."""
_URL = re.compile(r"(?:https?://|www\.)\S+")
_WORKED_ON = frozenset(
    map(Kind, ("animal", "plant", "food", "clothing", "vehicle", "machine", "instrument", "writing", "object"))
)
"""What a trade can be about."""
_WHO = frozenset(("who", "whose", "that", "skilled", "trained"))
_SAID = (Tag.NOUN, Tag.VERB, Tag.GERUND)
_YOU = {"your": "my", "his": "my", "her": "my", "our": "our", "their": "my", "its": "its", "my": "my"}


def read_english(text: str) -> Theme:
    """The theme of an English text. Negated phrases are left out and kept as unwanted."""
    words, unwanted = _wished(tokens(_URL.sub(" ", text)[:LONGEST]))
    found = phrases(words)
    roles = _Roles(text, words, found)
    content, unknown = _content(words)
    parts = roles.parts()
    things = [one for name in ("companion", "object") if isinstance(one := parts[name], Thing) and one.kind in ALIVE]
    subject = parts["role"] if isinstance(parts["role"], Thing) else None
    deed, trouble, role = told(clauses(tokens(_URL.sub(" ", text)[:LONGEST])), subject, things)
    if role is not subject and subject is not None:
        parts |= {"companion": parts["companion"] or subject, "object": parts["object"] or subject}
    return Theme(
        text=text,
        language="en",
        english=" ".join(word.text for word in words),
        content=content,
        unknown=unknown,
        unwanted=unwanted,
        hour=_first(words, theme_words().hours),
        season=_first(words, theme_words().seasons) or "",
        weather=_first(words, theme_words().weathers),
        mourned=any(word.lemma == "die" or is_mourned(word.lemma or word.low) for word in words if word.tag in _SAID),
        deed=deed,
        trouble=trouble,
        **{**parts, "role": role},
    )


def _wished(words: Sequence[Token]) -> tuple[tuple[Token, ...], tuple[str, ...]]:
    """The words without what stands behind a "no" up to the next mark or "but", and that."""
    table = theme_words().english
    kept, dropped, off = list[Token](), list[str](), False
    for number, word in enumerate(words):
        if word.low == "not" and _is_told(words, number):
            continue
        pair = f"{word.low} {words[number + 1].low}" if number + 1 < len(words) else word.low
        if word.low in table.negating or pair in table.negating:
            off = True
        elif off and (word.tag is Tag.MARK or word.low in table.ending_negation):
            off = False
        elif off:
            dropped.append(word.text)
        else:
            kept.append(word)
    return tuple(kept), tuple(_telling(dropped))


def _is_told(words: Sequence[Token], number: int) -> bool:
    """Whether a "not" denies what somebody does, which the theme is about: the cat will not eat, but not: I do not
    want."""
    table = theme_words().english
    if number < 2 or number + 1 >= len(words) or words[number - 1].tag is not Tag.HELPER:
        return False
    subject = words[number - 2].tag in (Tag.NOUN, Tag.NAME, Tag.PRONOUN)
    after = words[number + 1]
    return subject and after.tag in (Tag.VERB, Tag.GERUND) and (after.lemma or after.low) not in table.wishing


def _telling(dropped: Sequence[str]) -> Iterator[str]:
    for word in dropped:
        if lemma_of(word, NOUN) and not _is_small(word.lower()):
            yield word


def _is_small(low: str) -> bool:
    table = theme_words().english
    return low in table.determiners | table.own | table.prepositions | table.helpers | table.pronouns | table.joining


def _first(words: Sequence[Token], table: Mapping[FieldT, frozenset[str]]) -> FieldT | None:
    for word in words:
        for part in {word.low, word.lemma, *word.low.split(), *re.split(r"[- ]", word.lemma)}:
            found = next((key for key, names in table.items() if part in names), None)
            if found is not None and word.tag is not Tag.PARTICLE:
                return found
    return None


def _content(words: Sequence[Token]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The telling words and those of them that the dictionary does not have."""
    empty = theme_words().english.empty
    open_tags = (Tag.NOUN, Tag.NAME, Tag.VERB, Tag.GERUND, Tag.ADJECTIVE)
    telling = [word for word in words if word.tag in open_tags and (word.lemma or word.low) not in empty]
    known = {
        word.text for word in telling if any(lemma_of(word.low, part) for part in (NOUN, VERB)) or _described(word)
    }
    found = tuple(dict.fromkeys(word.text for word in telling))
    return found, tuple(text for text in found if text not in known)


def _described(word: Token) -> bool:
    return knows(word.low, "adj")


def _kind(phrase: Phrase, said: str) -> NounKind | None:
    head = phrase.head
    low = head.lemma or head.low
    found = kind_of(low, said) or (None if head.tag is Tag.NAME else kind_of(low.rsplit("-", 1)[-1], said))
    done = found in (Kind.IDEA, Kind.EVENT, Kind.WORK)
    if done and any(
        word.tag is Tag.NOUN and kind_of(word.lemma or word.low) is Kind.BODY for word in phrase.words[:-1]
    ):
        return Kind.BODY
    if found is Kind.EVENT and Kind.VEHICLE in other_kinds(low):
        return Kind.VEHICLE
    if found is Kind.OBJECT and len(phrase.nouns) > 1 and uses(low, VERB) > uses(low, NOUN):
        return Kind.EVENT
    if found == "part" and Kind.PERSON in other_kinds(low):
        return Kind.PERSON
    return "time" if low in theme_words().english.times else found


class _Roles:
    """Which phrase plays which part."""

    def __init__(self, text: str, words: Sequence[Token], found: Sequence[Phrase]) -> None:
        self.text, self.words = text, words
        self.found = found
        self.kinds = {phrase.at: _kind(phrase, text) for phrase in found}

    def parts(self) -> dict[str, object]:
        """The fields of a theme."""
        role = self._role()
        companion = self._companion(role)
        place = self._place()
        thing = self._object(role, companion, place)
        used = {id(one) for one in (role, companion, place, thing) if one}
        others = [one for one in self.found if id(one) not in used and self._is_thing(one)]
        tools = [one for one in others if one.before in ("with", "by") and self.kinds[one.at] not in ALIVE]
        verbs = self._doing(thing, role)
        return {
            "role": self._thing(role),
            "companion": self._companion_thing(companion),
            "place": self._spot(place),
            "object": self._of_time()
            if thing in (None, place, companion) and self._of_time()
            else self._felt()
            or self._weathered(thing, role)
            or (self._spot(place) if thing is place else self._thing(thing))
            or self._of_role(role)
            or self._of_feeling(),
            "others": tuple(filter(None, map(self._thing, others))),
            "tools": tuple(filter(None, map(self._thing, tools))),
            "doing": verbs,
        }

    def _is_thing(self, phrase: Phrase) -> bool:
        return isinstance(self.kinds[phrase.at], Kind)

    def _role(self) -> Phrase | None:
        """Who the person is: "as a nurse", or the subject of a theme about somebody."""
        people = [one for one in self.found if self.kinds[one.at] is Kind.PERSON and not self._is_own(one)]
        named = next((one for one in people if one.before == "as"), None)
        first = self.found[0] if self.found else None
        if named is None and first in people and not first.before and not self._acted_on(first):
            return first
        return named

    def _is_own(self, phrase: Phrase) -> bool:
        return phrase.determiner in theme_words().english.own or is_kin(self._lemma(phrase))

    def _acted_on(self, phrase: Phrase) -> bool:
        """Whether a verb stands right before the phrase."""
        return phrase.at > 0 and self.words[phrase.at - 1].tag in (Tag.GERUND, Tag.VERB)

    def _acts(self, phrase: Phrase) -> bool:
        """Whether a thing stands right before its verb: the boat leaves."""
        return phrase.end < len(self.words) and self.words[phrase.end].tag is Tag.VERB and not phrase.before

    def _lemma(self, phrase: Phrase) -> str:
        return phrase.head.lemma or phrase.head.low

    def _companion(self, role: Phrase | None) -> Phrase | None:
        """Who is there too: with somebody, somebody of one's own, or who owns the day."""
        rest = [one for one in self.found if one is not role]
        alive = [one for one in rest if self.kinds[one.at] in ALIVE]
        joined = next((one for one in alive if one.before in ("with", "beside", "for", "to", "between")), None)
        if joined is not None and (joined.before in ("with", "beside") or is_kin(self._lemma(joined))):
            return joined
        own = next((one for one in alive if self.kinds[one.at] is Kind.PERSON and self._is_own(one)), None)
        return own or next(filter(None, map(self._owner_there, rest)), None) or self._taught(alive)

    def _taught(self, alive: Sequence[Phrase]) -> Phrase | None:
        return next((one for one in alive if self.kinds[one.at] is Kind.PERSON and self._acted_on(one)), None)

    def _owner_there(self, phrase: Phrase) -> Phrase | None:
        """The owner of a time or an event is there; the owner of a thing need not be."""
        owner = phrase.owner
        if owner is None or any(word.low in theme_words().english.gone for word in owner.words):
            return None
        if is_grave(self._lemma(phrase)):
            return None
        there = self.kinds[phrase.at] in (Kind.EVENT, Kind.WORK, Kind.GAME, "time", None)
        return owner if there and kind_of(self._lemma(owner)) is Kind.PERSON else None

    def _place(self) -> Phrase | None:
        where = theme_words().english.where
        for phrase in self.found:
            if self._is_when(phrase) or self._lemma(phrase) in theme_words().english.sides:
                continue
            named = phrase.head.tag is Tag.NAME and not self._is_person(phrase)
            spot = self.kinds[phrase.at] in (*SPOTS, "place") or named
            inside = phrase.before in ("in", "at", "inside")
            if phrase.before in where and (spot or (inside and (self._is_room(phrase) or self._is_house(phrase)))):
                return phrase
        first = self.found[0] if self.found else None
        if first is not None and first.at == 0 and self._is_spot(first) and self._ends_at_mark(first):
            return first
        spots = (one for one in self.found if self.kinds[one.at] == "place" and not one.before)
        return next(spots, None)

    def _ends_at_mark(self, phrase: Phrase) -> bool:
        return phrase.end < len(self.words) and self.words[phrase.end].tag is Tag.MARK

    def _is_person(self, phrase: Phrase) -> bool:
        return self.kinds[phrase.at] in ALIVE

    def _is_when(self, phrase: Phrase) -> bool:
        low = self._lemma(phrase)
        return "time" in (self.kinds[phrase.at], kind_of(lemma_of(low, NOUN) or low)) or theme_words().is_when(low)

    def _is_room(self, phrase: Phrase) -> bool:
        return self.kinds[phrase.at] in (Kind.VEHICLE, Kind.OBJECT) and phrase.determiner != ""

    def _is_house(self, phrase: Phrase) -> bool:
        """Whether an institution is meant, which one is in or at, without an article: in court, at school."""
        meaning = sense_of(self._lemma(phrase))
        return not phrase.determiner and meaning is not None and FIELDS[meaning.field] == "group"

    def _object(self, role: Phrase | None, companion: Phrase | None, place: Phrase | None) -> Phrase | None:
        """What it is done to or about: the object of the verb, else the first thing, else the first idea."""
        free = [
            one
            for one in self.found
            if one not in (role, companion, place) and self._is_thing(one) and one.before != "as"
        ]
        free = [one for one in free if not self._is_weather(one)] or free
        solid = [one for one in free if self.kinds[one.at] is not Kind.IDEA]
        acted = next((one for one in free if self._acted_on(one)), None)
        acted = acted or next((one for one in solid or free if self._acts(one)), None)
        bodily = [
            one for one in solid if self.kinds[one.at] in _WORKED_ON and one.before not in theme_words().english.where
        ]
        head = next((one for one in bodily or solid if one.before in ("", "of", "for", "about", "on")), None)
        if acted is None and place is not None and self._acted_on(place) and self._is_spot(place):
            return place
        found = acted or head or next(iter(solid or free), None)
        if found is None and companion is not None and self._acted_on(companion):
            return companion if len(self._telling()) < 2 else None
        if companion is not None and not companion.before and not self._acted_on(companion):
            return found or companion
        return found or (place if place is not None and self._is_thing(place) else companion)

    def _is_spot(self, phrase: Phrase) -> bool:
        return self.kinds[phrase.at] in (*SPOTS, "place")

    def _of_time(self) -> Thing | None:
        """What a day or an evening is for: karaoke night, kimchi day."""
        for phrase in self.found:
            if self.kinds[phrase.at] == "time" and not phrase.before:
                for word in phrase.words[:-1]:
                    kind = kind_of(word.lemma, self.text) if word.tag is Tag.NOUN else None
                    if word.tag is Tag.NOUN and (isinstance(kind, Kind) or kind is None):
                        return Thing(english=word.low, kind=kind if isinstance(kind, Kind) else None, many=True)
        return None

    def _is_weather(self, phrase: Phrase) -> bool:
        tables = theme_words()
        low = self._lemma(phrase)
        return any(
            low in names for table in (tables.weathers, tables.seasons, tables.hours) for names in table.values()
        )

    def _thing(self, phrase: Phrase | None, spot: bool = False) -> Thing | None:
        if phrase is None:
            return None
        kind = _kind(phrase, self.text)
        words = [
            word
            for word in phrase.words
            if (word.low not in theme_words().english.ranks and word.low.isalpha())
            or len(phrase.words) == 1
            or word is phrase.head
            or word.tag is Tag.ADJECTIVE
        ]
        named = phrase.head.tag is Tag.NAME and " " not in phrase.determiner and phrase.determiner == ""
        return Thing(
            english=" ".join(self._cased(word, named) for word in words),
            kind=kind if isinstance(kind, Kind) else None,
            owner=self._owner(phrase) if not spot else "",
            many=self._is_many(phrase, words),
            named=named,
            before=phrase.before,
            also=other_kinds(self._lemma(phrase)),
            anybody=kind is Kind.PERSON and is_anybody(self._lemma(phrase)),
        )

    def _spot(self, phrase: Phrase | None) -> Thing | None:
        """A place; what one is in or at is a room, whatever the word says otherwise: the laundromat."""
        thing = self._thing(phrase, spot=True)
        room = (
            thing is not None
            and thing.kind in (Kind.OBJECT, Kind.WORK, Kind.EVENT)
            and thing.before in ("in", "at", "inside")
        )
        return (
            thing.model_copy(update={"kind": Kind.BUILDING, "also": thing.also - {Kind.OBJECT}})
            if thing and room
            else thing
        )

    def _cased(self, word: Token, named: bool) -> str:
        named = named or (word.text[:1].isupper() and word.text != self.words[0].text)
        return word.text if word.tag is Tag.NAME or named or word.text.isupper() else word.low

    def _owner(self, phrase: Phrase) -> str:
        if phrase.owner is not None:
            inner = " ".join(self._cased(word, word.tag is Tag.NAME) for word in phrase.owner.words)
            own = "" if phrase.owner.head.tag is Tag.NAME else self._determined(phrase.owner)
            return f"{own} {inner}'s".strip()
        return _YOU.get(phrase.determiner, "")

    def _determined(self, owner: Phrase) -> str:
        if owner.determiner in _YOU:
            return _YOU[owner.determiner]
        return "my" if is_kin(self._lemma(owner)) else "the"

    def _is_many(self, phrase: Phrase, words: Sequence[Token]) -> bool:
        """Plural, or without an article because it cannot be counted: bees, bread."""
        head = phrase.head
        if head.lemma and (head.low != head.lemma or is_plural(head.low)):
            return True
        bare = phrase.determiner == "" and phrase.owner is None and self.kinds[phrase.at] not in ALIVE
        return bare and not any(word.tag is Tag.NUMBER for word in phrase.words) and is_mass(head.lemma or head.low)

    def _companion_thing(self, phrase: Phrase | None) -> Thing | None:
        thing = self._thing(phrase)
        if thing is None or phrase is None or thing.named:
            return thing
        owner = thing.owner or ("my" if is_kin(self._lemma(phrase)) else "")
        return thing.model_copy(update={"owner": owner})

    def _doing(self, thing: Phrase | None, role: Phrase | None) -> Doing:
        """The theme's verbs, and its first gerund or infinitive with what follows up to a mark."""
        telling = self._telling()
        lemmas = [self._with_particle(word) for word in telling]
        if role is not None and not telling:
            lemmas += verbs_of(self._lemma(role.owner)) if role.owner is not None else []
            lemmas += verbs_of(self._lemma(role))
        if thing is not None and self.kinds[thing.at] in (Kind.EVENT, Kind.CRAFT, Kind.GAME, Kind.WORK):
            lemmas += verbs_of(self._lemma(thing))
        return Doing(verbs=tuple(dict.fromkeys(lemmas)), english=self._gerund_phrase())

    def _telling(self) -> list[Token]:
        """The verbs that say something, those that only lead to another one (learning to) last."""
        table = theme_words().english
        verbs = [word for word in self.words if word.tag in (Tag.GERUND, Tag.VERB) and word.lemma not in table.empty]
        return sorted(verbs, key=lambda word: word.lemma in table.leading)

    def _with_particle(self, word: Token) -> str:
        after = self.words[self.words.index(word) + 1 :]
        return f"{word.lemma} {after[0].low}" if after and after[0].tag is Tag.PARTICLE else word.lemma

    def _gerund_phrase(self) -> str:
        first = next((n for n, word in enumerate(self.words) if self._begins(n, word)), None)
        if first is None:
            return ""
        rest = [word for word in self.words[first + 1 :]]
        end = next((n for n, word in enumerate(rest) if word.tag in (Tag.MARK, Tag.JOINING)), len(rest))
        said = [gerund(self.words[first].lemma), *(_mine(word) for word in rest[:end])]
        return " ".join(said).replace(" 's", "'s") if len(said) <= 12 else ""

    def _begins(self, number: int, word: Token) -> bool:
        if word.tag is Tag.GERUND:
            return True
        last = self.words[number - 1].low if number else ""
        return word.tag is Tag.VERB and last in ("to", "", "let's", "i")

    def _weathered(self, thing: Phrase | None, role: Phrase | None) -> Thing | None:
        """What a trade works with, where nothing but the weather is named."""
        return self._of_role(role) if thing is not None and self._is_weather(thing) else None

    def _felt(self) -> Thing | None:
        """The feeling that a theme begins with: jealous of a band."""
        begins = len(self.words) > 1 and self.words[0].tag is Tag.ADJECTIVE and self.words[1].tag is Tag.PREPOSITION
        return self._of_feeling() if begins else None

    def _of_feeling(self) -> Thing | None:
        """The noun of an adjective where a theme names nothing else: lonely, loneliness."""
        for word in (one.low for one in self.words if one.tag is Tag.ADJECTIVE):
            noun = noun_of(word)
            kind = kind_of(noun) if noun else None
            if isinstance(kind, Kind):
                return Thing(english=noun, kind=kind, owner="my", many=True)
        return None

    def _of_role(self, role: Phrase | None) -> Thing | None:
        """What a trade works with, also that of whose apprentice one is."""
        if role is None:
            return None
        people = [role, *([role.owner] if role.owner is not None else [])]
        for word in reversed(role.words[:-1]):
            kind = kind_of(word.lemma or word.low, self.text)
            if word.tag is Tag.NOUN and kind in _WORKED_ON | {Kind.BUILDING}:
                return Thing(english=word.low, kind=Kind(kind), also=other_kinds(word.lemma or word.low))
        return next(filter(None, (trade_object(self._lemma(one)) for one in reversed(people))), None)


def trade_object(noun: str) -> Thing | None:
    """What a trade works with, by its own gloss: a beekeeper keeps bees."""
    meaning = sense_of(noun)
    if meaning is None:
        return None
    words = tokens(meaning.gloss.split(";")[0])
    start = next((n for n, word in enumerate(words) if word.low in _WHO), 0)
    for phrase in (one for one in phrases(words) if one.at >= start):
        kind = _kind(phrase, meaning.gloss)
        if kind in _WORKED_ON:
            head, lemma = phrase.head.low, phrase.head.lemma
            many = lemma != head or is_mass(head)
            return Thing(english=head, kind=Kind(kind), also=other_kinds(lemma), many=many)
    return None


def noun_of(adjective: str) -> str:
    """The noun of an adjective: lonely, loneliness; empty where there is none."""
    stem = f"{adjective[:-1]}i" if adjective.endswith("y") else adjective
    return next((one for one in (f"{stem}ness", f"{adjective}y") if adjective and knows(one, NOUN)), "")


def _mine(word: Token) -> str:
    if word.tag is Tag.OWN:
        return _YOU.get(word.low, word.low)
    return word.text if word.tag is Tag.NAME or word.text.isupper() else word.low


def is_mass(noun: str) -> bool:
    """Whether a noun takes no article, by the dictionary's fields: substances, feelings, most food."""
    meaning = sense_of(noun)
    return meaning is not None and meaning.field in (4, 7, 12, 13, 19, 22, 26, 27) and noun not in ("egg",)


def _alike(verb: str, noun: str) -> int:
    """How many letters two words have in common from the first on: swim, swimming."""
    pairs = zip(verb, noun, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def verbs_of(noun: str) -> list[str]:
    """The verbs behind a noun: derived ones, else those of its gloss."""
    meaning = sense_of(noun)
    if meaning is None:
        return []
    derived = [max(one.words, key=lambda word: _alike(word, noun)) for one in meaning.derived if one.part == VERB]
    gloss = tokens(meaning.gloss.split(";")[0])
    told = [word.lemma for word in gloss if word.tag in (Tag.VERB, Tag.GERUND) and senses(word.lemma, VERB)]
    return list(dict.fromkeys([*derived, *told]))[:4]
