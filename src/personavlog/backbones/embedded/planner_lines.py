"""T_mono: one spoken line per shot, put together from what the beat sees, how the character speaks and what came before, inside a word limit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from personavlog.backbones.embedded.planner_library import Voice, fill, library, slots
from personavlog.backbones.embedded.planner_text import Scene
from personavlog.backbones.embedded.planner_theme import in_chinese
from personavlog.metrics import text as meaning
from personavlog.script import Board, Character

LEAST, AIM = 0.6, 0.75
"""Which share of the word limit a line should fill at least, and up to which pieces are added."""
ROOMY, PIECES = 16, 4
"""From this limit on a line tells more of its beat; and it never has more pieces than this."""
RUN = 4
"""So many words in a row that come again in another line are a repetition."""
CLOSE = 0.3
"""Relevance from which a line speaks of an action without sharing a word with it: of the library's lines eight in ten reach it with their own action,
one in forty with another."""
_CJK = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_I = re.compile(r"\b(i|i['’](m|ve|ll|d)|me|my|mine|myself|we|us|our)\b", re.IGNORECASE)
_FALLBACKS = {"en": ("I stay here a little.", "I smile anyway.", "I made it."), "zh": ("我再待一会儿。", "我笑了。", "我到了。")}


@dataclass(frozen=True)
class Shot:
    """What a line can speak of. ``earlier`` is a thing of an earlier shot; ``last`` whether the film is nearly over."""

    board: Board
    scene: Scene
    earlier: str | None
    last: bool


def spoken_length(text: str, language: str) -> int:
    """Words of an English line, characters of a Chinese one."""
    return len(_WORD.findall(text)) if language == "en" else len(_CJK.findall(text)) + 2 * len(_WORD.findall(_CJK.sub(" ", text)))


def voice_of(character: Character) -> Voice:
    """The voice that the character's personality and way of speaking describe."""
    voices = library().voices
    said = f"{character.personality} {character.voice}"
    exact = next((voice for voice in voices if any(text in said for text in voice.personality)), None)
    return exact or voices[meaning.nearest(said, [f"{voice.personality[0]}; {voice.spoken}" for voice in voices])[0][0]]


class Speaker:
    """Writes the lines of one film in one voice."""

    def __init__(self, voice: Voice, values: Mapping[str, str], language: str, rng: np.random.Generator) -> None:
        self.voice, self.values, self.language, self.rng = voice, values, language, rng

    def line(self, shot: Shot, limit: int) -> str:
        """A first draft of at most ``limit`` words: a sentence of the beat and what chance adds to it."""
        cores = [core for core in self._cores(shot) if spoken_length(core, self.language) <= limit]
        if not cores:
            return self._short(limit)
        return self._extended(cores[int(self.rng.integers(len(cores)))], (*self._more(cores, limit), *self._extras(shot)), limit)

    def careful_line(self, shot: Shot, limit: int, others: Sequence[str]) -> str:
        """The best of all lines that can begin with one of the beat's sentences or with what is seen.

        It speaks of the shot, in the first person, and does not say what ``others`` say.
        """
        own = [core for core in self._cores(shot) if spoken_length(core, self.language) <= limit]
        sights = list(self._sights(shot, "prop", "place"))
        cores = self._without(own, others) or [sight for sight in sights if spoken_length(sight, self.language) <= limit] or own
        lines = [
            self._extended(core, self._without((*first, *self._more(cores, limit), *self._extras(shot)), others), limit)
            for core in cores
            for first in ((), sights)
        ]
        return max(lines, key=lambda line: self._mark(line, shot, limit, others), default=self._short(limit))

    def _more(self, cores: Sequence[str], limit: int) -> Sequence[str]:
        """In a long shot the beat's own sentences come before what any shot could say."""
        return cores if limit >= ROOMY else ()

    def _mark(self, line: str, shot: Shot, limit: int, others: Sequence[str]) -> float:
        alike = float(meaning.relevance([line], others).max()) if others else 0.0
        seen = self.language == "zh" or sees(line, shot.board)
        mine = self.language == "zh" or bool(_I.search(line))
        long = spoken_length(line, self.language) >= LEAST * limit
        return 2.0 * seen + 1.0 * mine + 1.0 * long - 3.0 * bool(runs(line, self.language) & _all_runs(others, self.language)) - alike

    def _without(self, pieces: Sequence[str], others: Sequence[str]) -> list[str]:
        """The pieces that share no run of words with other lines."""
        said = _all_runs(others, self.language)
        return [piece for piece in pieces if not runs(piece, self.language) & said]

    def _short(self, limit: int) -> str:
        return next((text for text in _FALLBACKS[self.language] if spoken_length(text, self.language) <= limit), "I see." if limit > 1 else "I.")

    def _extended(self, core: str, extras: Sequence[str], limit: int) -> str:
        pieces, length = [core], spoken_length(core, self.language)
        for piece in extras:
            longer = length + spoken_length(piece, self.language)
            if length < AIM * limit and longer <= limit and piece not in pieces and len(pieces) < PIECES and not _repeats(piece, pieces):
                pieces.append(piece)
                length = longer
        return self._opened(pieces, limit)

    def _opened(self, pieces: Sequence[str], limit: int) -> str:
        joint = " " if self.language == "en" else ""
        text = joint.join(pieces)
        openers = self.voice.openers if self.language == "en" else self.voice.chinese_openers
        opener = openers[int(self.rng.integers(len(openers)))]
        opened = f"{opener}{joint}{text}"
        fits = self.rng.random() < 0.22 and spoken_length(opened, self.language) <= limit
        return opened if fits and not any(text.lower().startswith(one.lower().rstrip(".!，")) for one in openers) else text

    def _cores(self, shot: Shot) -> Iterator[str]:
        """What the beat itself says; of a person's own words what is seen."""
        lines = shot.scene.template.says if self.language == "en" else shot.scene.template.chinese
        known = list(self._filled(lines, shot)) if shot.scene.exact else []
        yield from known or self._sights(shot, "prop", "place")

    def _extras(self, shot: Shot) -> list[str]:
        """Pieces that may follow, in drawn order: a feeling, the light, a look back, a hope, the subject."""
        mood = shot.board.emotion.value
        tails = self.voice.tails if self.language == "en" else self.voice.chinese_tails
        pieces = [*tails.get(mood, ()), *tails.get(mood, ()), *tails["any"], *self._sights(shot, shot.board.time_of_day.value, "prop", "place")]
        if shot.earlier:
            pieces += [fill(text, {"it": shot.earlier, "It": shot.earlier[:1].upper() + shot.earlier[1:]}) for text in self._backs()] * 2
        if shot.last:
            pieces += list(self.voice.back["hope"] if self.language == "en" else library().sights["zh_hope"])
        if len(pieces) and self.rng.random() < 0.5:
            pieces += list(self._sights(shot, "subject", "companion"))
        if shot.scene.exact and self.language == "en":
            pieces += list(self._filled(shot.scene.template.says, shot))
        return [pieces[int(n)] for n in self.rng.permutation(len(pieces))]

    def _backs(self) -> Sequence[str]:
        return self.voice.back["early"] if self.language == "en" else library().sights["zh_back"]

    def _sights(self, shot: Shot, *kinds: str) -> Iterator[str]:
        for kind in kinds:
            yield from self._filled(library().sights.get(kind if self.language == "en" else f"zh_{kind}", ()), shot)

    def _filled(self, texts: Sequence[str], shot: Shot) -> Iterator[str]:
        values = dict(self.values) | self._seen(shot)
        for text in texts:
            if slots(text) <= values.keys():
                yield _capital(fill(text, values))

    def _seen(self, shot: Shot) -> dict[str, str]:
        """Place and one prop of the board as nouns; in Chinese only those that the lexicon can say."""
        if self.language == "zh":
            spoken = next((word for word in map(in_chinese, shot.board.props) if word), None)
            return {"place": shot.scene.spot.chinese} | ({"prop": spoken} if spoken else {})
        board_place = shot.board.place
        bare = re.sub(r"^(a|an|the|my) ", "", board_place)
        single = next((prop for prop in shot.board.props if not prop.endswith("s") and not prop[:1].isupper()), None)
        shown = board_place[:1].upper() + board_place[1:]
        return {"place": bare, "Aplace": shown} | ({"prop": single} if single and single not in (self.values.get("c"), self.values.get("s")) else {})


def sees(text: str, board: Board) -> bool:
    """Whether an English line names a word of its board, or is close to its action in meaning."""
    return bool(seen_words(text, board)) or float(meaning.relevance([text], [board.action])[0, 0]) >= CLOSE


def seen_words(text: str, board: Board) -> frozenset[str]:
    """The words of the board that the English line names."""
    words = {_stem(word) for word in _WORD.findall(text.lower())}
    shown = " ".join((board.place, *board.props, board.action, board.time_of_day.value))
    return frozenset(word for word in map(_stem, _WORD.findall(shown.lower())) if len(word) > 3 and word in words)


def runs(text: str, language: str) -> frozenset[str]:
    """All runs of ``RUN`` words (in Chinese two characters more), and whole short sentences: what a listener would hear twice."""
    units = re.findall(r"[\w'’]+", text.lower()) if language == "en" else [character for character in text if character.isalnum()]
    size = RUN if language == "en" else RUN + 2
    sentences = (one.strip().lower() for one in re.split(r"[.!?。！？]", text))
    return frozenset((*(" ".join(units[n : n + size]) for n in range(len(units) - size + 1)), *(one for one in sentences if len(one) > 3)))


def _all_runs(texts: Sequence[str], language: str) -> frozenset[str]:
    return frozenset(run for text in texts for run in runs(text, language))


def _stem(word: str) -> str:
    for ending in ("ing", "es", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _repeats(piece: str, pieces: Sequence[str]) -> bool:
    """Whether the piece says a content word again that the line has already said."""
    words = {word for word in _WORD.findall(piece.lower()) if len(word) > 4}
    return any(words & {word for word in _WORD.findall(one.lower()) if len(word) > 4} for one in pieces)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def earlier_thing(boards: Sequence[Board], number: int, language: str, skipped: Sequence[str], rng: np.random.Generator) -> str | None:
    """A prop of an earlier shot, as the line calls it ("that brass key"); none in the first shots."""
    props = [prop for board in boards[: max(0, number - 1)] for prop in board.props if prop not in skipped and not prop[:1].isupper()]
    props = [prop for prop in props if prop not in boards[number].props]
    if not props:
        return None
    prop = props[int(rng.integers(len(props)))]
    if language == "zh":
        return in_chinese(prop)
    return f"{'those' if prop.endswith('s') and not prop.endswith('ss') else 'that'} {prop}"
