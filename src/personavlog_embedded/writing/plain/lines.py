"""The inner voice: each shot's line is one of its step's sentences, filled from the theme, inside a word limit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from personavlog_embedded.writing.plain.company import spoken_of
from personavlog_embedded.writing.plain.film import Shot
from personavlog_embedded.writing.plain.sentences import chinese_values, fill, line_values, needs
from personavlog_embedded.writing.plain.theme import Theme

FULL = 0.75
"""A line that fills less of its limit takes a second sentence where one fits."""
_CJK = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_I = re.compile(r"\b(i|i['’](m|ve|ll|d)|me|my|mine|myself|we|us|our)\b", re.IGNORECASE)
_WO = re.compile(r"[我咱俺]")
_LAST = {"en": ("I stay here a little.", "I am here.", "Here."), "zh": ("我再待一会儿。", "我在。")}


def spoken_length(text: str, language: str) -> int:
    """Words of an English line, characters of a Chinese one."""
    if language == "en":
        return len(_WORD.findall(text))
    return len(_CJK.findall(text)) + 2 * len(_WORD.findall(_CJK.sub(" ", text)))


def is_mine(text: str, language: str) -> bool:
    """Whether a line is in the first person."""
    return bool((_I if language == "en" else _WO).search(text))


@dataclass
class Speaker:
    """Writes the lines of one film. ``said`` are those so far: no sentence comes twice."""

    theme: Theme
    language: str
    turn: int
    said: list[str] = field(default_factory=list)

    def line(self, shot: Shot, limit: int, company: bool, again: int = 0) -> str:
        """A shot's line of at most ``limit`` words or characters; ``again`` is how often another one was wanted."""
        options = [text for text in self._options(shot) if self._length(text) <= limit and not self._heard(text)]
        options = sorted(options, key=lambda text: self._rank(text, company))
        chosen = options[again % len(options)] if options else self._short(shot, limit)
        whole = self._longer(chosen, shot, limit, company)
        self.said.append(whole)
        return whole

    def _options(self, shot: Shot) -> list[str]:
        """The step's own sentences from another one each time; where none can be filled, those of like steps."""
        own = list(self._filled(shot.step, shot))
        turned = own[self.turn % len(own) :] + own[: self.turn % len(own)] if own else []
        fits = [text for step in shot.frame.steps if step.part is shot.step.part for text in self._filled(step, shot)]
        return [*turned, *fits] if not turned else turned

    def _filled(self, step: object, shot: Shot) -> Iterator[str]:
        values = self._values(shot)
        texts: Sequence[str] = getattr(step, "say" if self.language == "en" else "zh")
        for text in texts:
            if needs(text) <= values.keys():
                yield fill(text, values)

    def _values(self, shot: Shot) -> Mapping[str, str]:
        make = line_values if self.language == "en" else chinese_values
        return make(self.theme, shot.frame, shot.tool, shot.spot)

    def _rank(self, text: str, company: bool) -> tuple[bool, bool]:
        """The companion's sentences first where they are seen, then those in the first person while they are few."""
        mine = sum(is_mine(one, self.language) for one in self.said)
        wanted = 2 * mine < len(self.said) + 1
        return (company and not self._names(text), wanted and not is_mine(text, self.language))

    def _names(self, text: str) -> bool:
        friend = self.theme.companion
        name = friend and (friend.chinese if self.language == "zh" else friend.english)
        return bool(name) and str(name).lower() in text.lower()

    def _longer(self, text: str, shot: Shot, limit: int, company: bool) -> str:
        """With one more sentence where the shot is long: of the companion, else of the step."""
        if self._length(text) >= FULL * limit:
            return text
        friend = spoken_of(self.theme, self.language)
        told = sum(map(self._names, self.said))
        turned = [friend[(self.turn + len(self.said) + n) % len(friend)] for n in range(len(friend))]
        more = [*(turned if company and not self._names(text) and told < 3 else []), *self._options(shot)]
        for one in more:
            if one != text and not self._heard(one) and self._length(text) + self._length(one) <= limit:
                return f"{text} {one}" if self.language == "en" else f"{text}{one}"
        return text

    def _heard(self, text: str) -> bool:
        return any(text in one for one in self.said)

    def _short(self, shot: Shot, limit: int) -> str:
        """For the shortest shots: what the film is about, or that one is there."""
        values = self._values(shot)
        named = [values[slot] for slot in ("the_o", "doing", "o", "place") if slot in values]
        mark = "." if self.language == "en" else "。"
        texts = [*(f"{one[:1].upper()}{one[1:]}{mark}" for one in named), *_LAST[self.language]]
        fitting = [text for text in texts if self._length(text) <= limit and not self._heard(text)]
        return next(iter(fitting), texts[-1])

    def _length(self, text: str) -> int:
        return spoken_length(text, self.language)
