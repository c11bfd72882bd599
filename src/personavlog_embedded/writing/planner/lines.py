"""T_mono: one spoken line per shot, put together from what the beat sees, how the character speaks and what came
before, inside a word limit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from personavlog.metrics.text import nearest, relevance
from personavlog.script import Board, Character, Emotion, TimeOfDay
from personavlog_embedded.writing.planner.beat_text import BeatScene
from personavlog_embedded.writing.planner.library import NarratorVoice, fill, library, slots
from personavlog_embedded.writing.planner.paintable import drawable
from personavlog_embedded.writing.planner.theme import in_chinese

LEAST, AIM, FULL = 0.7, 0.75, 0.95
"""Which share of the word limit a line should fill at least; a spoken line sounds unhurried and whole between the other
two."""
PIECES = 4
"""A line never has more pieces than this."""
TAILED = 2
"""So many lines of a film at most end in one of the voice's own turns of phrase."""
TRIED = 10
"""Lines that a careful choice compares by meaning; more cost time and change nothing in the tests."""
_LED = frozenset(("arrival", "obstacle", "turn", "ending"))
"""Roles whose lines tell a listener where the story stands."""
SHORT = 4
"""From so many words on a first sentence can stand for the two, where somebody else has to come into the line."""
RUN = 4
"""So many words in a row that come again in another line are a repetition."""
CLOSE = 0.3
"""Relevance from which a line speaks of an action without sharing a word with it: of the library's lines eight in ten
reach it with their own action, one in forty with another."""
_SENTENCE = re.compile(r"(?<=[.!?。！？])")
_CJK = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_I = re.compile(r"\b(i|i['’](m|ve|ll|d)|me|my|mine|myself|we|us|our)\b", re.IGNORECASE)
_WO = re.compile(r"[我咱俺]")
_HOURS = {
    "en": {TimeOfDay.MORNING: "Morning", TimeOfDay.NOON: "Noon", TimeOfDay.DUSK: "Dusk", TimeOfDay.NIGHT: "Night"},
    "zh": {TimeOfDay.MORNING: "清晨", TimeOfDay.NOON: "中午", TimeOfDay.DUSK: "傍晚", TimeOfDay.NIGHT: "夜里"},
}
_BRIGHT, _CALM, _TENSE = "bright", "calm", "tense"
_MOODS = {
    Emotion.JOYFUL: _BRIGHT,
    Emotion.EXCITED: _BRIGHT,
    Emotion.PROUD: _BRIGHT,
    Emotion.CALM: _CALM,
    Emotion.CURIOUS: _CALM,
    Emotion.NOSTALGIC: _CALM,
    Emotion.TENSE: _TENSE,
    Emotion.MELANCHOLIC: _TENSE,
}
_CONJUGATED = re.compile(r"\{Mc\} (?!knew|would)")
"""A sentence in which one person does something; for several it would be wrong."""
_FALLBACKS = {
    "en": ("I stay here a little.", "I smile anyway.", "I made it."),
    "zh": ("我再待一会儿。", "我笑了。", "我到了。"),
}


@dataclass(frozen=True)
class LineShot:
    """What a line can speak of. ``earlier`` is a thing of an earlier shot, ``last`` whether the film is nearly over,
    ``company`` which sentences speak of the companion ("together", "animal", "apart", or "" without one), ``met``
    whether the companion is in the shot, ``wanted`` who or what the line should name, ``tailed`` whether the voice
    shows.
    """

    board: Board
    scene: BeatScene
    earlier: str | None
    last: bool
    company: str = ""
    met: bool = False
    wanted: str = ""
    tailed: bool = False


@dataclass(frozen=True)
class Draft:
    """A line in pieces with its length in words (in Chinese characters) and what it is worth before its meaning is
    looked at."""

    pieces: tuple[str, ...]
    length: int
    worth: float


def spoken_length(text: str, language: str) -> int:
    """Words of an English line, characters of a Chinese one."""
    return (
        len(_WORD.findall(text))
        if language == "en"
        else len(_CJK.findall(text)) + 2 * len(_WORD.findall(_CJK.sub(" ", text)))
    )


def voice_of(character: Character) -> NarratorVoice:
    """The voice that the character's personality and way of speaking describe."""
    voices = library().voices
    said = f"{character.personality} {character.voice}"
    exact = next((voice for voice in voices if any(text in said for text in voice.personality)), None)
    return exact or voices[nearest(said, [f"{voice.personality[0]}; {voice.spoken}" for voice in voices])[0][0]]


class Speaker:
    """Writes the lines of one film in one voice."""

    def __init__(
        self, voice: NarratorVoice, values: Mapping[str, str], language: str, rng: np.random.Generator
    ) -> None:
        self.voice, self.values, self.language, self.rng = voice, values, language, rng

    def line(self, shot: LineShot, limit: int, before: Sequence[str] = ()) -> str:
        """A first draft of at most ``limit`` words: a sentence of the beat with what leads to it and what follows;
        ``before`` are the lines so far."""
        drafts = self._drafts(shot, list(self._cores(shot)), limit, before)
        return self._spoken(drafts[0], shot, limit, before) if drafts else self._short(limit)

    def own_line(self, shot: LineShot, limit: int, others: Sequence[str]) -> str:
        """A line in which the person says "I"."""
        drafts = self._drafts(shot, [*self._cores(shot), *self._sights(shot, "prop", "place")], limit, others)
        mine = next((draft for draft in drafts if self.mine(" ".join(draft.pieces))), None)
        return self._spoken(mine, shot, limit, others) if mine else self._short(limit)

    def careful_line(self, shot: LineShot, limit: int, others: Sequence[str]) -> str:
        """The best of the lines that can be made of the beat's sentences or of what is seen.

        It speaks of the shot, in the first person, and does not say what ``others`` say.
        """
        own = list(self._cores(shot))
        free = self._without(own, others)
        cores = (
            [*free, *self._openings(free), *self._sights(shot, "prop", "place")]
            if free
            else [*self._sights(shot, "prop", "place"), *own]
        )
        drafts = sorted(self._drafts(shot, cores, limit, others), key=lambda draft: -self._told(draft, shot))[:TRIED]
        lines = [self._spoken(draft, shot, limit, others) for draft in drafts]
        return max(lines, key=lambda line: self._mark(line, shot, limit, others), default=self._short(limit))

    def _openings(self, cores: Sequence[str]) -> list[str]:
        """The first sentences of longer pieces: they leave room for what is seen."""
        return [first for core in cores if (first := _SENTENCE.split(core)[0].strip()) != core]

    def _told(self, draft: Draft, shot: LineShot) -> float:
        """How well a draft names what is seen and who speaks, before its meaning is looked at."""
        text = " ".join(draft.pieces)
        seen = tells(text, shot.scene) or bool(seen_words(text, shot.board))
        return seen + 0.5 * self.mine(text) + 0.5 * draft.worth

    def mine(self, text: str) -> bool:
        """Whether a line is in the first person."""
        return bool((_I if self.language == "en" else _WO).search(text))

    def _drafts(self, shot: LineShot, cores: Sequence[str], limit: int, others: Sequence[str]) -> list[Draft]:
        """Lead, sentence and follow-up in every combination that fits, the best first."""
        leads, follows = self._without(self._leads(shot), others), self._without(self._follows(shot), others)
        parts = ((lead, core, follow) for core in cores for lead in ("", *leads) for follow in ("", *follows))
        kept = [tuple(piece for piece in part if piece) for part in parts]
        sized = [(pieces, sum(self._length(piece) for piece in pieces)) for pieces in kept if not _clash(pieces)]
        drafts = [
            Draft(pieces, length, self._worth(pieces, length / limit, shot))
            for pieces, length in sized
            if length <= limit
        ]
        return sorted(drafts, key=lambda draft: -draft.worth)

    def _worth(self, pieces: Sequence[str], share: float, shot: LineShot) -> float:
        """How full the line is, whether it names whom or what it should, tells where the story stands, and chance."""
        full = 1.0 if AIM <= share <= FULL else 0.85 if share > FULL else share / AIM * 0.8
        named = bool(shot.wanted) and shot.wanted in " ".join(pieces).lower()
        tailed = shot.tailed and pieces[-1] in self._tails(shot)
        led = shot.scene.template.role in _LED and pieces[0] in self._turns(shot)
        opened = pieces[0] in (*self.voice.openers, *self.voice.chinese_openers)
        return (
            full
            + 0.4 * self.mine(" ".join(pieces))
            + 0.8 * named
            + 0.4 * tailed
            + 0.2 * led
            - 0.3 * opened
            + 0.3 * float(self.rng.random())
        )

    def _spoken(self, draft: Draft, shot: LineShot, limit: int, others: Sequence[str]) -> str:
        """The draft as text; a long shot tells more of its beat and of what is seen."""
        pieces, length = list(draft.pieces), draft.length
        more = self._without([*self._cores(shot), *self._follows(shot)], others) if length < AIM * limit else []
        for piece in more:
            longer = length + self._length(piece)
            if (
                length < AIM * limit
                and longer <= limit
                and len(pieces) < PIECES
                and piece not in pieces
                and not _clash((*pieces, piece))
            ):
                pieces, length = [*pieces, piece], longer
        return (" " if self.language == "en" else "").join(pieces)

    def _length(self, piece: str) -> int:
        return spoken_length(piece, self.language)

    def _mark(self, line: str, shot: LineShot, limit: int, others: Sequence[str]) -> float:
        alike = float(relevance([line], others).max()) if others else 0.0
        seen = self.language == "zh" or tells(line, shot.scene) or sees(line, shot.board)
        mine = self.mine(line)
        long = self._length(line) >= LEAST * limit
        named = bool(shot.wanted) and shot.wanted in line.lower()
        return (
            2.0 * seen
            + 1.0 * mine
            + 1.0 * long
            + 1.2 * named
            - 3.0 * bool(runs(line, self.language) & _all_runs(others, self.language))
            - alike
        )

    def _without(self, pieces: Sequence[str], others: Sequence[str]) -> list[str]:
        """The pieces that share no run of words with other lines."""
        said = _all_runs(others, self.language)
        return [piece for piece in pieces if not runs(piece, self.language) & said]

    def _short(self, limit: int) -> str:
        return next(
            (text for text in _FALLBACKS[self.language] if self._length(text) <= limit), "I see." if limit > 1 else "I."
        )

    def _cores(self, shot: LineShot) -> Iterator[str]:
        """What the beat itself says; of a person's own words what is seen."""
        lines = shot.scene.template.says if self.language == "en" else shot.scene.template.chinese
        known = list(self._filled(lines, shot)) if shot.scene.exact else []
        yield from known or self._sights(shot, "prop", "place")
        if shot.met:
            yield from (
                first
                for core in known
                if (first := _SENTENCE.split(core)[0].strip()) != core and self._length(first) >= SHORT
            )

    def _leads(self, shot: LineShot) -> list[str]:
        """What can stand first: the story's turn as the ear needs it, or how this voice begins."""
        openers = self.voice.openers if self.language == "en" else self.voice.chinese_openers
        return [*self._turns(shot), openers[int(self.rng.integers(len(openers)))]]

    def _turns(self, shot: LineShot) -> list[str]:
        role = shot.scene.template.role if shot.scene.exact else "arrival"
        return list(self._filled(library().leads[role if self.language == "en" else f"zh_{role}"], shot))

    def _follows(self, shot: LineShot) -> list[str]:
        """What can stand last, in drawn order: the companion, the light, a thing, a look back, a hope, the subject, and
        the voice's own phrase."""
        board = shot.board
        outside = (board.weather.value,) if "out" in shot.scene.spot.tags else ()
        theme = ("subject",) if shot.wanted and not shot.met and _MOODS[board.emotion] != _TENSE else ()
        pieces = list(
            self._sights(shot, board.time_of_day.value, *outside, "prop", "place", *theme, *self._companion(shot))
        )
        if shot.earlier:
            pieces += [fill(text, {"it": shot.earlier, "It": _capital(shot.earlier)}) for text in self._backs()]
        if shot.last:
            pieces += list(self.voice.back["hope"] if self.language == "en" else library().sights["zh_hope"])
        if shot.tailed:
            pieces += self._tails(shot)
        return [pieces[int(n)] for n in self.rng.permutation(len(pieces))]

    def _tails(self, shot: LineShot) -> list[str]:
        tails = self.voice.tails if self.language == "en" else self.voice.chinese_tails
        own = tails.get(shot.board.emotion.value, ())
        return [*own, *(() if own and _MOODS[shot.board.emotion] == _TENSE else tails["any"])]

    def _companion(self, shot: LineShot) -> tuple[str, ...]:
        """Which sentences speak of the companion: one who is there is spoken of by mood, one who is not is missed."""
        if not shot.company or (not shot.met and shot.company != "apart"):
            return ()
        return (f"companion_{_MOODS[shot.board.emotion] if shot.company == 'together' else shot.company}",)

    def _backs(self) -> Sequence[str]:
        return self.voice.back["early"] if self.language == "en" else library().sights["zh_back"]

    def _sights(self, shot: LineShot, *kinds: str) -> Iterator[str]:
        for kind in kinds:
            yield from self._filled(library().sights.get(kind if self.language == "en" else f"zh_{kind}", ()), shot)

    def _filled(self, texts: Sequence[str], shot: LineShot) -> Iterator[str]:
        values = dict(self.values) | self._seen(shot)
        several = bool(re.search(r"(?<!s)s$|children$", str(self.values.get("mc", ""))))
        for text in texts:
            if slots(text) <= values.keys() and not (several and _CONJUGATED.match(text)):
                yield _capital(fill(text, values))

    def _seen(self, shot: LineShot) -> dict[str, str]:
        """Hour, place and one thing of the shot as words to speak; in Chinese only things that the lexicon can say."""
        hour = _HOURS[self.language][shot.board.time_of_day]
        if self.language == "zh":
            spoken = next((word for word in map(in_chinese, shot.board.props) if word), None)
            return {"daytime": hour, "place": shot.scene.spot.chinese} | ({"prop": spoken} if spoken else {})
        place = re.sub(r"^an? ", "the ", shot.board.place)
        seen = {"daytime": hour, "place": re.sub(r"^(the|my) ", "", place)}
        noun = shot.scene.spot.noun
        if noun.split()[-1] in place:
            seen["setting"] = shot.scene.setting.name
            seen["at"] = f"{shot.scene.spot.phrase.removesuffix(noun)}{place}"
        single = next(
            (thing for thing in self._things(shot) if not thing.endswith("s") and thing not in self.values.values()),
            None,
        )
        return seen | ({"prop": single} if single else {})

    def _things(self, shot: LineShot) -> Sequence[str]:
        """What the picture shows, in the story's words."""
        return (
            [thing for thing in shot.scene.template.props if "{" not in thing and drawable(thing)]
            if shot.scene.exact
            else shot.board.props
        )


def tells(text: str, scene: BeatScene) -> bool:
    """Whether a line holds at least half of a sentence that the library has for just this beat."""
    lines = (*scene.template.says, *scene.template.chinese) if scene.exact else ()
    return any(_shares(text, part) for line in lines for part in _SENTENCE.split(line) if len(part) > SHORT)


def _shares(text: str, own: str) -> bool:
    pairs = {own[n : n + 2] for n in range(len(own) - 1)}
    return (
        sum(pair in text for pair in pairs) >= 0.8 * len(pairs)
        if is_english(own)
        else sum(pair in text for pair in pairs) >= len(pairs) / 2
    )


def is_english(text: str) -> bool:
    """Whether a text holds no Chinese character."""
    return not _CJK.search(text)


def sees(text: str, board: Board) -> bool:
    """Whether an English line names a word of its board, or is close to its action in meaning."""
    return bool(seen_words(text, board)) or float(relevance([text], [board.action])[0, 0]) >= CLOSE


def seen_words(text: str, board: Board) -> frozenset[str]:
    """The words of the board that the English line names."""
    words = {_stem(word) for word in _WORD.findall(text.lower())}
    shown = " ".join((board.place, *board.props, board.action, board.time_of_day.value))
    return frozenset(word for word in map(_stem, _WORD.findall(shown.lower())) if len(word) > 3 and word in words)


def runs(text: str, language: str) -> frozenset[str]:
    """All runs of ``RUN`` words (in Chinese two characters more), and whole short sentences: what a listener would hear
    twice."""
    units = (
        re.findall(r"[\w'’]+", text.lower())
        if language == "en"
        else [character for character in text if character.isalnum()]
    )
    size = RUN if language == "en" else RUN + 2
    sentences = (one.strip().lower() for one in re.split(r"[.!?。！？]", text))
    return frozenset(
        (
            *(" ".join(units[n : n + size]) for n in range(len(units) - size + 1)),
            *(one for one in sentences if len(one) > 3),
        )
    )


def _all_runs(texts: Sequence[str], language: str) -> frozenset[str]:
    return frozenset(run for text in texts for run in runs(text, language))


def _stem(word: str) -> str:
    for ending in ("ing", "es", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _clash(pieces: Sequence[str]) -> bool:
    """Whether one piece says a content word again that another has said."""
    words = [{word for word in _WORD.findall(piece.lower()) if len(word) > 4} for piece in pieces]
    return any(words[n] & words[m] for n in range(len(words)) for m in range(n))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def earlier_thing(
    boards: Sequence[Board], number: int, language: str, skipped: Sequence[str], rng: np.random.Generator
) -> str | None:
    """A prop of an earlier shot, as the line calls it ("that brass key"); none in the first shots."""
    props = [
        prop
        for board in boards[: max(0, number - 1)]
        for prop in board.props
        if prop not in skipped and not prop[:1].isupper()
    ]
    props = [prop for prop in props if prop not in boards[number].props]
    if not props:
        return None
    prop = props[int(rng.integers(len(props)))]
    if language == "zh":
        return in_chinese(prop)
    return f"{'those' if prop.endswith('s') and not prop.endswith('ss') else 'that'} {prop}"
