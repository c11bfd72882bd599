"""Chinese themes: words by jieba, meanings by the dictionary and WordNet, parts by the words before and after."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from personavlog_embedded.writing.plain.activities import Kind
from personavlog_embedded.writing.plain.dictionary import in_chinese, in_english
from personavlog_embedded.writing.plain.english import is_mass, noun_of, trade_object, verbs_of
from personavlog_embedded.writing.plain.kinds import ALIVE, SPOTS, NounKind, is_kin, kind_of, other_kinds
from personavlog_embedded.writing.plain.segmenting import segmented
from personavlog_embedded.writing.plain.theme import Doing, Theme, Thing, theme_words
from personavlog_embedded.writing.plain.wordnet import NOUN, VERB, gerund, lemma_of

FieldT = TypeVar("FieldT")
LONGEST = 120
_MARK = re.compile(r"[^\w]+")
_DIMINUTIVE = re.compile(r"^[小老旧新大]")


@dataclass(frozen=True)
class Word:
    """A Chinese word, its tag, its English and what kind of thing it is."""

    text: str
    tag: str
    english: str = ""
    kind: NounKind | None = None

    @property
    def is_noun(self) -> bool:
        """Nouns, names and nominal verbs."""
        return self.tag[:1] in "n" or self.tag in ("vn", "s", "l", "j")

    @property
    def is_verb(self) -> bool:
        """Verbs."""
        return self.tag[:1] == "v" and self.tag != "vn"


def read_chinese(text: str) -> Theme:
    """The theme of a Chinese text. Negated phrases are left out and kept as unwanted."""
    words, unwanted = _wished([word for pair in segmented(text[:LONGEST]) for word in _words(*pair)])
    empty = theme_words().chinese.empty
    telling = [one for one in words if (one.is_noun or one.is_verb or one.tag[:1] in "at") and one.text not in empty]
    content = tuple(dict.fromkeys(one.text for one in telling))
    roles = _Roles(text, words)
    return Theme(
        text=text,
        language="zh",
        english=roles.in_english(),
        content=content,
        unknown=tuple(one.text for one in telling if not one.english),
        unwanted=unwanted,
        hour=_first(words, theme_words().hours),
        season=_first(words, theme_words().seasons) or "",
        weather=_first(words, theme_words().weathers),
        **roles.parts(),
    )


def _words(text: str, tag: str) -> list[Word]:
    """A word, or its verb and its object where only they are known: 放风筝."""
    word = _word(text, tag)
    whole = word.is_noun or word.is_verb or tag == "t"
    if word.english or len(text) < 3 or tag in ("nr", "ns") or not whole:
        return [word]
    verb, noun = _word(text[:1], "v"), _word(text[1:], "n")
    return [verb, noun] if noun.english and noun.kind is not None else [word]


def _word(text: str, tag: str) -> Word:
    plain = Word(text, tag)
    if plain.is_noun:
        bare = text[:-1] if tag == "s" and text[-1:] in theme_words().chinese.inside else text
        english = in_english(bare) or in_english(_DIMINUTIVE.sub("", bare))
        head = lemma_of(english, NOUN) or lemma_of(english.rsplit(" ", 1)[-1], NOUN) if english else None
        return Word(text, tag, english, kind_of(head) if head else None)
    if plain.is_verb:
        verb = in_english(text, VERB)
        noun = "" if verb else in_english(text)
        if noun and kind_of(noun) is not None:
            return Word(text, "n", noun, kind_of(noun))
        return Word(text, tag, verb or in_english(text[:1], VERB))
    return Word(text, tag, in_english(text, "adj") if tag[:1] in "at" else "")


def _wished(words: Sequence[Word]) -> tuple[list[Word], tuple[str, ...]]:
    kept, dropped, off = list[Word](), list[str](), False
    for word in words:
        if word.text in theme_words().chinese.negating:
            off = True
        elif off and _MARK.fullmatch(word.text):
            off = False
        elif off:
            dropped += [word.text] if word.is_noun else []
        else:
            kept.append(word)
    return kept, tuple(dropped)


def _first(words: Sequence[Word], table: Mapping[FieldT, frozenset[str]]) -> FieldT | None:
    return next((key for word in words for key, names in table.items() if word.text in names), None)


class _Roles:
    """Which word plays which part."""

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self.text, self.words = text, words

    def parts(self) -> dict[str, object]:
        """The fields of a theme."""
        companion, place, role = self._companion(), self._place(), self._role()
        verb, thing = self._verb(), self._object(companion, place, role)
        return {
            "companion": self._person(companion),
            "place": self._thing(place),
            "role": self._thing(role),
            "object": (self._thing(thing) if thing != role or role is None else self._of_trade(role)) or self._of_any(),
            "others": tuple(
                one
                for number, word in enumerate(self.words)
                if number not in (companion, place, role, thing) and isinstance(word.kind, Kind)
                if word.text not in theme_words().chinese.empty
                if (one := self._thing(number)) is not None
            ),
            "doing": self._doing(verb, thing, role),
        }

    def _of_any(self) -> Thing | None:
        """What a word that is no noun is called as one, where nothing else is named: lonely, loneliness."""
        for word in self.words:
            noun = in_english(word.text) or noun_of(word.english)
            small = len(word.text) < 2 or word.text in theme_words().chinese.empty or self._is_weather(word.text)
            found = kind_of(noun) if noun and not small else None
            kind = Kind.EVENT if found == "time" else found
            if isinstance(kind, Kind):
                return Thing(english=noun, chinese=word.text, kind=kind, many=is_mass(noun), also=other_kinds(noun))
        return None

    def in_english(self) -> str:
        """The theme in English words, for meanings: making bread, grandmother, kitchen."""
        doing = self._doing(self._verb(), self._object(self._companion(), self._place(), self._role()), None).english
        rest = [word.english for word in self.words if word.english and not word.is_verb and word.english not in doing]
        return " ".join([doing, *rest]).strip()

    def _of_trade(self, role: int) -> Thing | None:
        thing = trade_object(self.words[role].english)
        return thing.model_copy(update={"chinese": in_chinese(thing.english)}) if thing else None

    def _before(self, number: int) -> str:
        """The word before, over 的, adjectives and pronouns."""
        at = number - 1
        while at >= 0 and (self.words[at].tag[:1] in "aurmq" or self.words[at].text in ("我", "的")):
            at -= 1
        return self.words[at].text if at >= 0 else ""

    def _companion(self) -> int | None:
        people = [n for n, word in enumerate(self.words) if word.kind in ALIVE and word.english]
        table = theme_words().chinese.with_whom
        joined = next((n for n in people if self._before(n) in table), None)
        if joined is not None:
            return joined
        own = (n for n in people if self.words[n].kind is Kind.PERSON and is_kin(self.words[n].english))
        return next((n for n in own if not self._owns(n)), None)

    def _owns(self, number: int) -> bool:
        """Whether the person only owns a thing that can be held: 爸爸的摩托车."""
        rest = self.words[number + 1 :]
        if not rest or rest[0].text != "的":
            return False
        kind = next((word.kind for word in reversed(rest[1:]) if word.is_noun and isinstance(word.kind, Kind)), None)
        return kind not in (Kind.EVENT, Kind.WORK, Kind.GAME, None)

    def _role(self) -> int | None:
        people = (n for n, word in enumerate(self.words) if word.kind is Kind.PERSON and not is_kin(word.english))
        table = theme_words().chinese.role
        return next((n for n in people if self._before(n) in table or n == 0 or self._has_a_day(n)), None)

    def _has_a_day(self, number: int) -> bool:
        """Whether the theme is somebody's day or night: 外卖骑手的一天."""
        owned = [word for word in self.words[number + 1 :] if word.text != "的"]
        mine = number + 1 < len(self.words) and self.words[number + 1].text == "的"
        return mine and len(owned) <= 2 and all(one.tag in ("t", "m", "q", "mq") for one in owned)

    def _place(self) -> int | None:
        table = theme_words().chinese
        for number, word in enumerate(self.words):
            after = self.words[number + 1].text if number + 1 < len(self.words) else ""
            spot = word.kind in (*SPOTS, "place") or word.tag in ("ns", "s")
            there = self._before(number) in table.where or after in table.inside
            if word.is_noun and there and (spot or after in table.inside):
                return number
        return next((n for n, word in enumerate(self.words) if word.kind == "place"), None)

    def _object(self, *taken: int | None) -> int | None:
        free = [
            n for n, word in enumerate(self.words) if n not in taken and isinstance(word.kind, Kind) and word.is_noun
        ]
        free = [n for n in free if not self._owns(n)] or free
        free = [n for n in free if self.words[n].text not in theme_words().chinese.empty]
        things = [n for n in free if not self._is_weather(self.words[n].text)] or free
        solid = [n for n in things if self.words[n].kind not in (Kind.IDEA, Kind.PERSON)]
        last = next((n for n in solid if any(word.is_verb for word in self.words[:n])), None)
        found = last if last is not None else next(iter(solid or things), None)
        return found if found is not None else next((n for n in taken if n is not None), None)

    def _is_weather(self, text: str) -> bool:
        tables = theme_words()
        return any(
            text in names for table in (tables.weathers, tables.seasons, tables.hours) for names in table.values()
        )

    def _verb(self) -> int | None:
        empty = theme_words().chinese.empty
        verbs = [n for n, word in enumerate(self.words) if word.is_verb and word.english and word.text not in empty]
        return verbs[0] if verbs else None

    def _thing(self, number: int | None) -> Thing | None:
        if number is None:
            return None
        word = self.words[number]
        kind = word.kind if isinstance(word.kind, Kind) else None
        if not word.english:
            return Thing(english=word.text, chinese=word.text, named=True) if word.tag in ("ns", "nr", "nz") else None
        named, head = word.english[:1].isupper(), lemma_of(word.english, NOUN)
        return Thing(
            english=word.english,
            chinese=word.text,
            kind=kind,
            named=named,
            many=not named
            and (is_mass(word.english) or (lemma_of(word.english, NOUN) or word.english) != word.english.lower()),
            owner=self._owner(number),
            also=other_kinds(head or word.english),
        )

    def _owner(self, number: int) -> str:
        for n in range(number):
            if self.words[n].kind is Kind.PERSON and self._owns(n) and is_kin(self.words[n].english):
                return f"my {self.words[n].english}'s"
        return ""

    def _person(self, number: int | None) -> Thing | None:
        thing = self._thing(number)
        if thing is None or thing.named:
            return thing
        own = is_kin(thing.english) or thing.kind is Kind.ANIMAL
        return thing.model_copy(update={"owner": "my" if own else "", "many": False})

    def _doing(self, verb: int | None, thing: int | None, role: int | None) -> Doing:
        if verb is None:
            source = role if role is not None else thing
            kinds = (Kind.EVENT, Kind.CRAFT, Kind.GAME, Kind.WORK, Kind.PERSON)
            source = source if source is not None and self.words[source].kind in kinds else None
            return Doing(verbs=tuple(verbs_of(self.words[source].english)) if source is not None else ())
        word = self.words[verb]
        verbs = tuple(
            dict.fromkeys(
                one.english for one in self.words if one.is_verb and one.english and one.text not in ("有", "是")
            )
        )
        whole = thing is not None and thing > verb
        one = self._thing(thing) if whole else None
        english = f"{gerund(word.english)} {one.one}" if one is not None else gerund(word.english)
        chinese = "".join(part.text for part in self.words[verb : thing + 1]) if whole and thing else word.text
        return Doing(verbs=verbs, english=english, chinese=chinese)
