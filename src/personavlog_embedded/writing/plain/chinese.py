"""Chinese themes: which of their words is the object, the companion, the place, the role, what is done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from personavlog_embedded.writing.plain.activities import Kind
from personavlog_embedded.writing.plain.chinese_deed import deed_of
from personavlog_embedded.writing.plain.chinese_words import Word, words_of
from personavlog_embedded.writing.plain.dictionary import in_chinese, in_english, meanings
from personavlog_embedded.writing.plain.english import is_mass, noun_of, trade_object, verbs_of
from personavlog_embedded.writing.plain.kinds import ALIVE, SPOTS, is_kin, kind_of, other_kinds
from personavlog_embedded.writing.plain.theme import Doing, Theme, Thing, theme_words
from personavlog_embedded.writing.plain.wordnet import NOUN, VERB, gerund, lemma_of, senses

FieldT = TypeVar("FieldT")
LONGEST = 120
SAID = 8
"""A verb and its object with what stands between them is said whole up to so many characters."""
_MARK = re.compile(r"[^\w]+")
SENSES = 3
"""So many meanings of a verb of several characters are looked for in frames; shorter verbs mean too much."""
BY_HAND = (35, 36)
"""WordNet's lexicographer files of verbs of touching and making."""
SHOWN = frozenset(Kind) - {Kind.EVENT, Kind.WORK, Kind.IDEA, Kind.GAME, Kind.CRAFT}
"""Kinds of what can be seen."""
_TIMES = ("t", "m", "q", "mq", "f")


def read_chinese(text: str) -> Theme:
    """The theme of a Chinese text. Negated phrases are left out and kept as unwanted."""
    words, unwanted = _wished(words_of(text[:LONGEST]))
    empty = theme_words().chinese.empty
    telling = [one for one in words if (one.is_noun or one.is_verb or one.tag[:1] in "at") and one.text not in empty]
    roles = _Roles(words)
    return Theme(
        text=text,
        language="zh",
        english=roles.in_english(),
        content=tuple(dict.fromkeys(one.text for one in telling)),
        unknown=tuple(one.text for one in telling if not one.english and not theme_words().is_when(one.text)),
        unwanted=unwanted,
        hour=_first(words, theme_words().hours),
        season=_first(words, theme_words().seasons) or "",
        weather=_first(words, theme_words().weathers),
        **roles.parts(),
    )


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
    """The first key one of whose names is a word, or the end of a word of time: 除夕夜, a night."""
    rows = [(word, key, names) for word in words for key, names in table.items()]
    whole = (key for word, key, names in rows if word.text in names)
    ending = (key for word, key, names in rows if len(word.text) > 2 and word.text[-1:] in names)
    return next(whole, None) or next(ending, None)


class _Roles:
    """Which word plays which part."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.table = theme_words().chinese
        self.companion = self._companion()
        self.place, self.role = self._place(), self._role()
        self.tool = self._behind("用")
        self.object = self._object()
        self.verb = self._verb()

    def parts(self) -> dict[str, object]:
        """The fields of a theme."""
        thing = self._thing(self.object)
        taken = (self.companion, self.place, self.role, self.object, self.tool)
        tool = self._thing(self.tool)
        doing = self._doing()
        return {
            "companion": self._person(self.companion),
            "place": self._located(),
            "role": self._thing(self.role),
            "object": (thing if self.object != self.role or thing is None else self._of_trade()) or self._of_any(),
            "others": tuple(
                one
                for number, word in enumerate(self.words)
                if number not in taken and isinstance(word.kind, Kind) and word.text not in self.table.empty
                if (one := self._thing(number)) is not None
            ),
            "tools": (tool,) if tool is not None and tool.kind is Kind.OBJECT else (),
            "doing": doing,
            "deed": deed_of(self._main(), thing, doing, self._told_by_me()),
        }

    def in_english(self) -> str:
        """The theme in English words, for meanings: making bread, grandmother, kitchen."""
        doing = self._doing().english
        rest = [word.english for word in self.words if word.english and not word.is_verb and word.english not in doing]
        return " ".join([doing, *rest]).strip()

    def _of_any(self) -> Thing | None:
        """What a word that is no noun is called as one, where nothing else is named: lonely, loneliness."""
        for word in self.words:
            noun = in_english(word.text) or noun_of(word.english)
            small = len(word.text) < 2 or word.text in self.table.empty or self._is_when(word.text)
            found = kind_of(noun) if noun and not small else None
            kind = Kind.EVENT if found == "time" else found
            if isinstance(kind, Kind):
                return Thing(english=noun, chinese=word.text, kind=kind, many=is_mass(noun), also=other_kinds(noun))
        return None

    def _of_trade(self) -> Thing | None:
        """What a trade is about: what its name begins with, else what its gloss says."""
        word = self.words[self.role or 0]
        if word.before is not None and isinstance(word.before.kind, Kind):
            return _named(word.before)
        thing = trade_object(word.english)
        return thing.model_copy(update={"chinese": in_chinese(thing.english)}) if thing else None

    def _before(self, number: int) -> str:
        """The word before, over 的, adjectives and pronouns."""
        at = number - 1
        while at >= 0 and (self.words[at].tag[:1] in "aurmq" or self.words[at].text in ("我", "的")):
            at -= 1
        return self.words[at].text if at >= 0 else ""

    def _after(self, number: int) -> str:
        return self.words[number + 1].text if number + 1 < len(self.words) else ""

    def _behind(self, *texts: str) -> int | None:
        """The first noun right behind one of these words."""
        return next((n for n, word in enumerate(self.words) if word.is_noun and self._before(n) in texts), None)

    def _companion(self) -> int | None:
        people = [n for n, word in enumerate(self.words) if word.kind in ALIVE and word.english]
        joined = next((n for n in people if self._before(n) in self.table.with_whom), None)
        if joined is not None:
            return joined
        with_me = next((n for n in people if self._does_it_with_me(n)), None)
        if with_me is not None:
            return with_me
        own = (n for n in people if self.words[n].kind is Kind.PERSON and is_kin(self.words[n].english))
        return next((n for n in own if not self._owns(n)), None)

    def _does_it_with_me(self, number: int) -> bool:
        """Whether somebody does something with or to me: 司机陪我, 师傅教我."""
        rest = [word.text for word in self.words[number + 1 : number + 3]]
        return len(rest) == 2 and rest[0] in self.table.with_whom | self.table.leading and rest[1] in ("我", "我们")

    def _owns(self, number: int) -> bool:
        """Whether the person only owns a thing that can be held: 爸爸的摩托车."""
        rest = self.words[number + 1 :]
        if not rest or rest[0].text != "的":
            return False
        kind = next((word.kind for word in reversed(rest[1:]) if word.is_noun and isinstance(word.kind, Kind)), None)
        return kind not in (Kind.EVENT, Kind.WORK, Kind.GAME, None)

    def _role(self) -> int | None:
        people = [n for n, word in enumerate(self.words) if word.kind is Kind.PERSON and n != self.companion]
        strangers = [n for n in people if not is_kin(self.words[n].english)]
        called = next((n for n in strangers if self._before(n) in self.table.role or self._has_a_day(n)), None)
        if called is not None:
            return called
        last = len(self.words) - 1
        return next((n for n in strangers if n == last and (n == 0 or self._after(n - 2) == "的")), None)

    def _has_a_day(self, number: int) -> bool:
        """Whether the theme is somebody's day, night or last shift: 外卖骑手的一天."""
        owned = [word for word in self.words[number + 1 :] if word.text != "的"]
        counted = [word for word in owned if word.tag in _TIMES]
        alive = any(word.kind in ALIVE or word.is_verb for word in owned)
        return self._after(number) == "的" and bool(counted) and len(owned) - len(counted) <= 1 and not alive

    def _place(self) -> int | None:
        for number, word in enumerate(self.words):
            inside = self._after(number) in self.table.inside
            spot = word.kind in (*SPOTS, "place") or word.tag in ("ns", "s")
            there = self._before(number) in self.table.where or inside
            if word.is_noun and there and (spot or (inside and word.kind not in (Kind.BODY, Kind.EVENT, Kind.WORK))):
                return number
        stands = (n for n, word in enumerate(self.words[:-2]) if word.kind in SPOTS and self.words[n + 1].is_verb)
        return next((n for n in (*stands, *self._settlements())), None)

    def _settlements(self) -> Iterator[int]:
        yield from (n for n, word in enumerate(self.words) if word.kind == "place" or (word.tag == "ns" and word.kind))

    def _located(self) -> Thing | None:
        """The place with what says where of it: on the clouds."""
        thing = self._thing(self.place)
        if thing is None or self.place is None or self._after(self.place) not in self.table.inside:
            return thing
        return thing.model_copy(update={"chinese": f"{thing.chinese}{self._after(self.place)}"})

    def _object(self) -> int | None:
        taken = (self.companion, self.place, self.role, self.tool)
        free = [
            n
            for n, word in enumerate(self.words)
            if n not in taken and isinstance(word.kind, Kind) and word.is_noun and word.text not in self.table.empty
        ]
        if self.role is not None and self._has_a_day(self.role):
            free = [n for n in free if n < self.role]
        free = [n for n in free if not self._only_counts(n)] or free
        free = [n for n in free if self._after(n) != "的" or not any(m > n for m in free)] or free
        now = [n for n in free if not self._is_when(self.words[n].text) and not self._passed(n)] or free
        put = next((n for n in now if self._before(n) in self.table.given), None)
        solid = [n for n in now if self.words[n].kind is not Kind.PERSON]
        done = next((n for n in solid if any(self._tells(word) for word in self.words[:n])), None)
        found = put if put is not None else done if done is not None else next(iter(solid or now), None)
        return found if found is not None else next((n for n in taken if n is not None), None)

    def _only_counts(self, number: int) -> bool:
        """Whether a noun only says which time it is of what stands before it: 第一课, 最后一班岗."""
        before = self.words[number - 1] if number else None
        vague = self.words[number].kind not in SHOWN
        return vague and before is not None and before.tag in _TIMES and self._before(number - 1) not in ("", "在")

    def _passed(self, number: int) -> bool:
        """Whether a word stands in a clause that only says when: 搬家那天, 想家的时候."""
        return any(word.text in self.table.when for word in self.words[number + 1 :])

    def _is_when(self, text: str) -> bool:
        return theme_words().is_when(text)

    def _tells(self, word: Word) -> bool:
        small = self.table.empty | self.table.leading | self.table.where | self.table.with_whom
        return word.is_verb and bool(word.english) and word.text not in small and not self._is_when(word.text)

    def _verb(self) -> int | None:
        """The verb of the object: the last before it, or behind an object with 把; else the first that tells."""
        every = [n for n, word in enumerate(self.words) if word.is_verb and word.english]
        telling = [n for n in every if self._tells(self.words[n])]
        telling = [n for n in telling if not self._passed(n)] or telling
        if self.object is not None:
            put = self._before(self.object) in self.table.given
            before = [n for n in telling if n < self.object][-1:]
            after = [n for n in telling if n > self.object][:1]
            telling = (after if put else before) or telling
        rest = [n for n in every if self.words[n].text not in self.table.empty]
        return next(iter(telling or rest), None)

    def _main(self) -> Word | None:
        if self.verb is None:
            return None
        word = self.words[self.verb]
        learns = word.text in self.table.leading - self.table.with_whom and self._takes_object()
        return word if self._tells(word) or learns else None

    def _told_by_me(self) -> bool:
        """Whether it is me who does it: nobody else stands before the verb, and it does not only describe somebody."""
        verb = self.verb or 0
        alone = (self.companion, self.role)
        subject = any(
            word.kind in ALIVE and self._before(n) not in self.table.with_whom | self.table.given
            for n, word in enumerate(self.words[:verb])
        )
        described = any(self._before(n) and n > verb and self._after(n - 2) == "的" for n in alone if n is not None)
        return not subject and not described and not self._passed(verb)

    def _thing(self, number: int | None) -> Thing | None:
        if number is None:
            return None
        word = self.words[number]
        if not word.english:
            return Thing(english=word.text, chinese=word.text, named=True) if word.tag in ("ns", "nr", "nz") else None
        return _named(word).model_copy(update={"owner": self._owner(number)})

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

    def _doing(self) -> Doing:
        if self.verb is None:
            source = self.role if self.role is not None else self.object
            kinds = (Kind.EVENT, Kind.CRAFT, Kind.GAME, Kind.WORK, Kind.PERSON)
            source = source if source is not None and self.words[source].kind in kinds else None
            verbs = tuple(verbs_of(self.words[source].english)) if source is not None else ()
            return Doing(verbs=verbs, chinese=f"当{self.words[self.role].text}" if self.role is not None else "")
        main = self.words[self.verb]
        rest = [word for word in self.words if word.is_verb and word.english and word.text not in ("有", "是")]
        rest.sort(key=lambda word: word.text in self.table.leading)
        more = [*meanings(main.text, VERB)[1:SENSES]] if len(main.text) > 1 else []
        more += ["cook"] if self._prepares_food(main) else []
        verbs = tuple(dict.fromkeys([main.english, *more, *(word.english for word in rest)]))
        one = self._thing(self.object) if self._takes_object() else None
        to = " to" if self.object == self.place and self.place is not None else ""
        english = f"{gerund(main.english)}{to} {one.one}" if one is not None else gerund(main.english)
        return Doing(verbs=verbs, english=english, chinese=self._said(main))

    def _prepares_food(self, main: Word) -> bool:
        """Whether food is made by hand: folded, wrapped, pressed, kneaded."""
        thing = self.words[self.object] if self.object is not None and self._takes_object() else None
        sense = next(iter(senses(main.english.split(" ")[0], VERB)), None)
        return thing is not None and thing.kind is Kind.FOOD and sense is not None and sense.field in BY_HAND

    def _takes_object(self) -> bool:
        put = self.object is not None and self._before(self.object) in self.table.given
        return self.object is not None and self.verb is not None and (self.object > self.verb or put)

    def _said(self, main: Word) -> str:
        """Verb and object in Chinese, without counts and aspect: 开邮局."""
        if not self._takes_object() or self.object is None or self.verb is None:
            return self._where(main)
        thing = self.words[self.object].text
        if self.object < self.verb:
            to = next((word.text for word in self.words[self.verb + 1 :] if word.is_noun), "")
            return f"{self._before(self.object)}{thing}{main.text}{to if main.text.endswith('给') else ''}"
        between = [word.text for word in self.words[self.verb + 1 : self.object] if not _is_dropped(word)]
        whole = f"{main.text}{''.join(between).removeprefix('的')}{thing}"
        return whole if len(whole) <= SAID else f"{main.text}{thing}"


    def _where(self, main: Word) -> str:
        """A verb without an object, with its place where that stands behind it: 躲在操场上; empty for a bare one of a
        single character."""
        if self.place is not None and self.verb is not None and self.place > self.verb:
            located = self._located()
            rest = "".join(word.text for word in self.words[self.verb + 1 : self.place] if not _is_dropped(word))
            return f"{main.text}{rest}{located.chinese if located is not None else ''}"
        return main.text if len(main.text) > 1 else ""


def _is_dropped(word: Word) -> bool:
    return (word.is_small and word.text != "的") or word.kind == "time"


def _named(word: Word) -> Thing:
    named, head = word.english[:1].isupper(), lemma_of(word.english, NOUN)
    last = word.english.rsplit(" ", 1)[-1].lower()
    counted = (lemma_of(last, NOUN) or last) != last
    return Thing(
        english=word.english,
        chinese=word.text,
        kind=word.kind if isinstance(word.kind, Kind) else None,
        named=named,
        many=not named and (is_mass(word.english) or counted),
        also=other_kinds(head or word.english),
    )
