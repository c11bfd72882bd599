"""The inner voice: each shot's line is one of its step's sentences, filled from the theme, inside a word limit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from personavlog_embedded.writing.plain.activities import BRACKET
from personavlog_embedded.writing.plain.chinese_lines import in_first_person
from personavlog_embedded.writing.plain.company import spoken_of
from personavlog_embedded.writing.plain.coverage import reached
from personavlog_embedded.writing.plain.film import Shot
from personavlog_embedded.writing.plain.sentences import chinese_values, fill, line_values, named_again, needs
from personavlog_embedded.writing.plain.theme import Theme
from personavlog_embedded.writing.plain.wordnet import NOUN, VERB, lemma_of, uses

FULL = 0.75
"""A line that fills less of its limit takes a second sentence where one fits."""
TOLD = 3
"""So many lines of a film at most get a sentence of the companion put behind them."""
SENTENCE = 3
"""A part of a line with fewer words or characters says nothing alone."""
LEAST_TOLD = 2
"""So many lines name the companion, if need be in a sentence of their own."""
_CJK = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_I = re.compile(r"\b(i|i['’](m|ve|ll|d)|me|my|mine|myself|we|us|our)\b", re.IGNORECASE)
_WO = re.compile(r"[我咱俺]")
_CLAUSE = re.compile(r"[,;:] (?:and|but) (?=\w+ \w+)")
"""Where an English sentence has said something whole before it goes on."""
_ENDS = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")
_CUTS = re.compile(
    r"[,:;.](?=\s|$)|(?<=\w)(?= (?:in|on|at|with|beside|behind|for|through|under|before|over|while|until|as|of|from"
    r"|towards|into|round) )"
)
"""Where what a shot shows may end when it is said."""
_AND = re.compile(r"\b(and )([a-z]+s)\b")
_LAST = {
    "en": ("I look on.", "I go on.", "I breathe.", "I see.", "I."),
    "zh": ("我看了很久，没说话。", "我歇了一会儿。", "我看着。", "我在。", "我。"),
}


def spoken_length(text: str, language: str) -> int:
    """Words of an English line, characters of a Chinese one."""
    if language == "en":
        return len(_WORD.findall(text))
    return len(_CJK.findall(text)) + 2 * len(_WORD.findall(_CJK.sub(" ", text)))


def is_mine(text: str, language: str) -> bool:
    """Whether a line is in the first person."""
    return bool((_I if language == "en" else _WO).search(text))


def _said(found: re.Match[str]) -> str:
    """ "and slows down" as the person says it; nouns stay as they are."""
    verb, noun = lemma_of(found[2], VERB), lemma_of(found[2], NOUN)
    return f"{found[1]}{verb if verb and uses(verb, VERB) >= uses(noun or '', NOUN) else found[2]}"


@dataclass
class Speaker:
    """Writes the lines of one film. ``said`` are those so far and ``used`` the frames' sentences behind them: none
    comes twice, not even filled otherwise."""

    theme: Theme
    language: str
    turn: int
    said: list[str] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def line(self, shot: Shot, limit: int, company: bool, again: int = 0) -> str:
        """A shot's line of at most ``limit`` words or characters; ``again`` is how often another one was wanted."""
        options = self._fitting(shot, limit)
        options = sorted(options, key=lambda text: self._rank(text, company))
        chosen = options[again % len(options)] if options else self._short(shot, limit)
        whole = self._with_friend(options, shot, limit, company, again) or self._longer(chosen, shot, limit)
        self.said.append(whole)
        self._use(whole)
        return whole

    def _use(self, line: str) -> None:
        self.used |= {source for text, source in self.sources.items() if text in line}

    def _fitting(self, shot: Shot, limit: int) -> list[str]:
        """The step's own lines that fit, beginning with another one each time, and single sentences of them; else what
        the shot shows."""
        own = list(self._filled(shot.step, shot))
        turned = own[self.turn % len(own) :] + own[: self.turn % len(own)] if own else []
        fits = [text for text in (*turned, *self._single(turned)) if self._may(text, limit)]
        return fits or [text for text in self._deeds(shot) if self._may(text, limit)]

    def _deeds(self, shot: Shot) -> Iterator[str]:
        """What the shot shows, as the person says it: "I crouch over a shell"; whole, then up to a mark."""
        if self.language != "en" or not needs(shot.step.do) <= (values := self._values(shot)).keys():
            return
        text = fill(BRACKET.sub("", shot.step.do), values)
        first, _, rest = text.partition(" ")
        mine = text if first in ("I", "We") else f"I {lemma_of(first, VERB) or first.lower()} {_AND.sub(_said, rest)}"
        cuts = [mine[: cut.start()] for cut in _CUTS.finditer(f"{mine}.")][::-1]
        yield from (f"{text}." for text in cuts if self._length(text) > SENTENCE)

    def _single(self, lines: Sequence[str]) -> list[str]:
        """The sentences of lines that have several, and what a line says before it goes on, for shots that are too
        short for the whole line; those that name something of the theme first."""
        parts: list[str] = []
        for line in lines:
            sentences = _ENDS.split(line) if _ENDS.search(line) else []
            clauses = [f"{one[: cut.start()]}." for one in sentences or [line] if (cut := _CLAUSE.search(one))]
            for part in (*sentences, *clauses):
                if self._length(part) >= SENTENCE:
                    self.sources.setdefault(part, self.sources.get(line, line))
                    parts.append(part)
        return sorted(parts, key=lambda part: not reached(self.theme, [part]))

    def _may(self, text: str, limit: int) -> bool:
        return self._length(text) <= limit and not self._heard(text)

    def _with_friend(self, options: Sequence[str], shot: Shot, limit: int, company: bool, again: int) -> str:
        """A sentence together with one that names the companion, as long as few lines do; empty otherwise. Where the
        step's own lines are too long for that, a single sentence of them is taken."""
        friend = spoken_of(self.theme, self.language, shot.step.act)
        told = sum(map(self._names, self.said))
        if not company or not friend or told >= TOLD or any(self._names(text) for text in options[:1]):
            return ""
        start = self.turn + len(self.said) + again
        turned = [friend[(start + n) % len(friend)] for n in range(len(friend))]
        others = (text for text in self._single(list(self._filled(shot.step, shot))) if not self._heard(text))
        pairs = (self._joined(text, one) for text in (*options, *others) for one in turned if not self._heard(one))
        alone = sorted((one for one in turned if self._may(one, limit)), key=self._length, reverse=True)
        rest = alone[:1] if told < LEAST_TOLD else []
        return next((pair for pair in (*pairs, *rest) if self._length(pair) <= limit), "")

    def _joined(self, first: str, second: str) -> str:
        return f"{first} {second}" if self.language == "en" else f"{first}{second}"

    def _filled(self, step: object, shot: Shot) -> Iterator[str]:
        values = self._values(shot)
        texts: Sequence[str] = getattr(step, "say" if self.language == "en" else "zh")
        for text in texts:
            if needs(text) <= values.keys():
                filled = fill(text, values)
                self.sources[filled] = text
                yield filled

    def _values(self, shot: Shot) -> Mapping[str, str]:
        if self.language != "en":
            return chinese_values(self.theme, shot.frame, shot.tool, shot.spot)
        return named_again(line_values(self.theme, shot.frame, shot.tool, shot.spot), self.said)

    def _rank(self, text: str, company: bool) -> tuple[bool, bool, bool]:
        """The companion's sentences first where they are seen, then those with a word of the theme that no line has
        yet, then those in the first person while they are few."""
        new = set(reached(self.theme, [text])) - set(reached(self.theme, self.said))
        return (company and not self._names(text), not new, self._wants_mine() and not is_mine(text, self.language))

    def _names(self, text: str) -> bool:
        friend = self.theme.companion
        name = friend and (friend.chinese if self.language == "zh" else friend.english)
        return bool(name) and str(name).lower() in text.lower()

    def _longer(self, text: str, shot: Shot, limit: int) -> str:
        """With one more of the step's sentences where the shot is long."""
        if self._length(text) >= FULL * limit:
            return text
        more = (
            self._joined(text, one) for one in self._filled(shot.step, shot) if one != text and not self._heard(one)
        )
        return next((pair for pair in more if self._length(pair) <= limit), text)

    def _heard(self, text: str) -> bool:
        return self.sources.get(text) in self.used or any(text in one for one in self.said)

    def _short(self, shot: Shot, limit: int) -> str:
        """For the shortest shots: what the film is about, or that one is there."""
        values = self._values(shot)
        named = [values[slot] for slot in ("the_o", "o", "place") if slot in values]
        mark = "." if self.language == "en" else "。"
        texts = [f"{one[:1].upper()}{one[1:]}{mark}" for one in named]
        texts = [*_LAST[self.language], *texts] if self._wants_mine() else [*texts, *_LAST[self.language]]
        fitting = [text for text in texts if self._length(text) <= limit and not self._heard(text)]
        return next(iter(fitting), _LAST[self.language][-1])

    def _wants_mine(self) -> bool:
        """Whether fewer than half of the lines so far are in the first person."""
        return 2 * sum(is_mine(one, self.language) for one in self.said) < len(self.said) + 1

    def own(self, shots: Sequence[Shot], limits: Sequence[int]) -> None:
        """Say other lines in the first person until at least half of them are."""
        for number in sorted(range(len(shots)), key=lambda n: self._names(self.said[n])):
            shot, limit = shots[number], limits[number]
            mine = [is_mine(line, self.language) for line in self.said]
            if 2 * sum(mine) >= len(mine):
                return
            if not mine[number]:
                own_lines = list(self._filled(shot.step, shot))
                texts = [*own_lines, *self._single(own_lines), *self._deeds(shot)]
                led = self._led(self.said[number], shot, number) if self.language == "zh" else ()
                own = [text for text in (*texts, *led) if is_mine(text, self.language)]
                fresh = [text for text in own if self._may(text, limit)]
                self.said[number] = next(iter(fresh), self.said[number])
                self._use(self.said[number])

    def _led(self, said: str, shot: Shot, number: int) -> Iterator[str]:
        values = self._values(shot)
        named = [values[slot] for slot in ("o", "c", "doing") if slot in values]
        return in_first_person(said, shot.step.feel, self.turn + number, named)

    def _length(self, text: str) -> int:
        return spoken_length(text, self.language)
