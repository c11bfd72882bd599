"""Which word of a Chinese theme plays which part: the companion, the place, the role, the object, the verb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from personavlog_embedded.writing.plain.activities import Kind
from personavlog_embedded.writing.plain.chinese_meanings import Word
from personavlog_embedded.writing.plain.english import is_mass
from personavlog_embedded.writing.plain.kinds import ALIVE, SPOTS, is_kin, other_kinds
from personavlog_embedded.writing.plain.theme import Thing, theme_words
from personavlog_embedded.writing.plain.wordnet import NOUN, lemma_of

SHOWN = frozenset(Kind) - {Kind.EVENT, Kind.WORK, Kind.IDEA, Kind.GAME, Kind.CRAFT}
"""Kinds of what can be seen."""
_TIMES = ("t", "m", "q", "mq", "f")


class Roles:
    """The words by number; None for a part that none plays."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.table = theme_words().chinese
        self.companion = self._companion()
        self.place, self.role = self._place(), self._role()
        self.tool = self._behind("用")
        self.object = self._object()
        self.verb = self._verb()

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
        yield from (n for n, word in enumerate(self.words) if word.kind == "place" or word.tag == "ns")

    def _object(self) -> int | None:
        taken = (self.companion, self.place, self.role, self.tool)
        free = [
            n
            for n, word in enumerate(self.words)
            if n not in taken and isinstance(word.kind, Kind) and word.is_noun and word.text not in self.table.empty
        ]
        free = [n for n in free if not self._is_of_role(n)]
        free = [n for n in free if not self._only_counts(n)] or free
        free = [n for n in free if self._after(n) != "的" or not any(m > n for m in free)] or free
        now = [n for n in free if not self._is_when(self.words[n].text) and not self._passed(n)] or free
        put = next((n for n in now if self._before(n) in self.table.given), None)
        solid = [n for n in now if self.words[n].kind is not Kind.PERSON]
        done = next((n for n in solid if any(self._tells(word) for word in self.words[:n])), None)
        found = put if put is not None else done if done is not None else next(iter(solid or now), None)
        kept = (n for n in taken if n is not None and isinstance(self.words[n].kind, Kind))
        return found if found is not None else next(kept, None)

    def _is_of_role(self, number: int) -> bool:
        """Whether a word stands in what only says which day of somebody's work it is."""
        return self.role is not None and number > self.role and self._has_a_day(self.role)

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
        small = self.table.empty - (self.table.leading - self.table.with_whom)
        rest = [n for n in every if self.words[n].text not in small]
        return next(iter(telling or rest), None)

    def _thing(self, number: int | None) -> Thing | None:
        if number is None:
            return None
        word = self.words[number]
        if not word.english:
            return Thing(english=word.text, chinese=word.text, named=True) if word.tag in ("ns", "nr", "nz") else None
        return thing_of(word).model_copy(update={"owner": self._owner(number)})

    def _owner(self, number: int) -> str:
        for n in range(number):
            if self.words[n].kind is Kind.PERSON and self._owns(n) and is_kin(self.words[n].english):
                return f"my {self.words[n].english}'s"
        return ""

    def _takes_object(self) -> bool:
        put = self.object is not None and self._before(self.object) in self.table.given
        return self.object is not None and self.verb is not None and (self.object > self.verb or put)


def thing_of(word: Word) -> Thing:
    """What a word names."""
    named, head = word.english[:1].isupper(), lemma_of(word.english, NOUN)
    last = word.english.rsplit(" ", 1)[-1].lower()
    counted = (lemma_of(last, NOUN) or last) != last
    return Thing(
        english=word.english,
        chinese=word.text,
        kind=word.kind if isinstance(word.kind, Kind) else None,
        named=named,
        many=not named and (is_mass(word.english) or counted or word.kind is Kind.CRAFT),
        also=other_kinds(head or word.english),
    )
