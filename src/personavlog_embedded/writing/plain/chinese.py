"""Chinese themes: which of their words is the object, the companion, the place, the role, what is done."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from personavlog_embedded.writing.plain.activities import Kind
from personavlog_embedded.writing.plain.chinese_deed import deed_of
from personavlog_embedded.writing.plain.chinese_meanings import Word
from personavlog_embedded.writing.plain.chinese_roles import Roles, thing_of
from personavlog_embedded.writing.plain.chinese_words import words_of
from personavlog_embedded.writing.plain.dictionary import in_chinese, in_english, meanings
from personavlog_embedded.writing.plain.english import is_mass, noun_of, trade_object, verbs_of
from personavlog_embedded.writing.plain.kinds import ALIVE, is_kin, kind_of, other_kinds
from personavlog_embedded.writing.plain.theme import Doing, Theme, Thing, theme_words
from personavlog_embedded.writing.plain.wordnet import VERB, gerund, lemma_of, senses

FieldT = TypeVar("FieldT")
LONGEST = 120
SAID = 8
"""A verb and its object with what stands between them is said whole up to so many characters."""
_MARK = re.compile(r"[^\w]+")
SENSES = 3
"""So many meanings of a verb of several characters are looked for in frames; shorter verbs mean too much."""
DONE = (Kind.EVENT, Kind.WORK, Kind.CRAFT, Kind.GAME)
"""Kinds of what is itself something that one does."""
BY_HAND, MOVING = (35, 36), 38
"""WordNet's lexicographer files of verbs of touching and making, and of moving."""


def read_chinese(text: str) -> Theme:
    """The theme of a Chinese text. Negated phrases are left out and kept as unwanted."""
    words, unwanted = _wished(words_of(text[:LONGEST]))
    empty = theme_words().chinese.empty
    telling = [one for one in words if (one.is_noun or one.is_verb or one.tag[:1] in "at") and one.text not in empty]
    roles = _Telling(words)
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


class _Telling(Roles):
    """What the parts tell together."""

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
            "object": self._about(),
            "others": tuple(
                one
                for number, word in enumerate(self.words)
                if number not in taken and isinstance(word.kind, Kind) and word.text not in self.table.empty
                if not (self._only_counts(number) or self._is_of_role(number))
                if (one := self._thing(number)) is not None
            ),
            "tools": (tool,) if tool is not None and tool.kind is Kind.OBJECT else (),
            "doing": doing,
            "deed": deed_of(self._main(), thing, doing, self._told_by_me()),
        }

    def _about(self) -> Thing | None:
        """The object; of a trade what it is about, and of a theme without things what its words are as nouns."""
        thing = self._of_trade() if self.object == self.role else self._thing(self.object)
        return thing or (self._of_any() if self.place is None else None)

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
        if self.role is None:
            return None
        word = self.words[self.role]
        if word.before is not None and isinstance(word.before.kind, Kind):
            return thing_of(word.before)
        thing = trade_object(word.english)
        return thing.model_copy(update={"chinese": in_chinese(thing.english)}) if thing else None

    def _located(self) -> Thing | None:
        """The place with what says where of it: on the clouds."""
        thing = self._thing(self.place)
        if thing is None or self.place is None or self._after(self.place) not in self.table.inside:
            return thing
        return thing.model_copy(update={"chinese": f"{thing.chinese}{self._after(self.place)}"})

    def _main(self) -> Word | None:
        if self.verb is None:
            return None
        word = self.words[self.verb]
        learns = word.text in self.table.leading - self.table.with_whom and self._does_object()
        return word if self._tells(word) or learns else None

    def _told_by_me(self) -> bool:
        """Whether it is me who does it: nobody else stands before the verb, and it does not only describe somebody."""
        verb = self.verb or 0
        alone = (self.companion, self.role)
        subject = any(
            word.kind in ALIVE
            and word.text not in self.table.empty
            and self._before(n) not in self.table.with_whom | self.table.given
            for n, word in enumerate(self.words[:verb])
        )
        described = any(self._before(n) and n > verb and self._after(n - 2) == "的" for n in alone if n is not None)
        return not subject and not described and not self._passed(verb)

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
        one = self._thing(self.object) if self._takes_object() else None
        more = [*meanings(main.text, VERB)[1:SENSES]] if len(main.text) > 1 else []
        more += [lemma for one in more if one.startswith("get ") and (lemma := lemma_of(one[4:], VERB))]
        more += ["cook"] if self._prepares_food(main) else []
        first = f"{main.english} {one.english}" if one is not None and self._is_run(main, one) else main.english
        verbs = tuple(dict.fromkeys([first, *more, *(word.english for word in rest if word is not main)]))
        goal = self._goal() if one is None else None
        after = f" {one.one}" if one is not None else f" to {goal.one}" if goal is not None else ""
        english = f"{gerund(main.english)}{after}"
        return Doing(verbs=verbs, english=english, chinese=self._said(main))

    def _is_run(self, main: Word, thing: Thing) -> bool:
        """Whether a verb of moving has an occasion as its object, and so means no other thing: running a marathon."""
        sense = next(iter(senses(main.english.split(" ")[0], VERB)), None)
        return sense is not None and sense.field == MOVING and thing.kind in DONE

    def _goal(self) -> Thing | None:
        """The place that the verb leads to: 搬到城市."""
        if self.place is None or self.verb is None:
            return None
        between = {word.text for word in self.words[self.verb + 1 : self.place]}
        return self._thing(self.place) if between & (self.table.where - {"在", "从"}) else None

    def _does_object(self) -> bool:
        """Whether what the verb is about is itself something that one does: learning paper cutting."""
        kinds = (Kind.CRAFT, Kind.GAME, Kind.INSTRUMENT)
        return self.object is not None and self._takes_object() and self.words[self.object].kind in kinds

    def _prepares_food(self, main: Word) -> bool:
        """Whether food is made by hand: folded, wrapped, pressed, kneaded."""
        thing = self.words[self.object] if self.object is not None and self._takes_object() else None
        sense = next(iter(senses(main.english.split(" ")[0], VERB)), None)
        return thing is not None and thing.kind is Kind.FOOD and sense is not None and sense.field in BY_HAND

    def _said(self, main: Word) -> str:
        """Verb and object in Chinese, without counts and aspect: 开邮局."""
        taken = self.object is not None and self._takes_object()
        if self.object is not None and self.words[self.object].kind in DONE and not (taken and self._main()):
            return self.words[self.object].text
        if not taken or self.object is None or self.verb is None:
            return self._where(main)
        thing = self.words[self.object].text
        if self.object < self.verb:
            to = next((word.text for word in self.words[self.verb + 1 :] if word.is_noun), "")
            return f"{self._before(self.object)}{thing}{main.text}{to if main.text.endswith('给') else ''}"
        inner = self.words[self.verb + 1 : self.object]
        between = [
            word.text
            for word in inner
            if not _is_dropped(word) and word.text not in self.table.empty - self.table.where
        ]
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
