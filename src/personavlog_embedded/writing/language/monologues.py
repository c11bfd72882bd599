"""The mono agent's writer (Eq. 4): two short answers per shot, the one that fits, speaks of what is seen and repeats
nothing is taken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from personavlog.backbones.chat_booking import tell
from personavlog.backbones.reviews import Change
from personavlog.metrics import text
from personavlog.script import Beat, Board, Character, Emotion, Monologue, Story
from personavlog_embedded.writing.language.ask import (
    TURN,
    Remembered,
    english_only,
    one_object,
    tidy,
    wanted_parts,
    words,
)
from personavlog_embedded.writing.language.model import language_model
from personavlog_embedded.writing.language.templates import as_json, prompt
from personavlog_embedded.writing.plain import writer as plain

CANDIDATES = 2
MORE = 3
"""Further answers asked for, each shorter, when none fits."""
ASKED = 0.85
"""Share of the allowed length that the model is told: it counts badly."""
NO_LINE = "The language model wrote no line short enough for {place!r}; the plain writer's line is spoken there."
_CJK = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SELF = {
    "en": re.compile(r"\b(i|i['’](m|ve|ll|d)|me|my|mine|myself|we|us|our)\b", re.IGNORECASE),
    "zh": re.compile(r"[我咱俺]"),
}
_END = re.compile(r"[.!?…。！？]+[\"”’]?")
_OTHERS = re.compile(r"(she|he|they|the vlogger)\b|她|他", re.IGNORECASE)
"""How a line begins that tells of the person instead of being thought by them."""
_MANNERS = {
    Emotion.JOYFUL: {"en": "a small delight", "zh": "小小的得意"},
    Emotion.CALM: {"en": "a quiet thought", "zh": "安静的心里话"},
    Emotion.CURIOUS: {"en": "a question", "zh": "一个疑问"},
    Emotion.TENSE: {"en": "a worry with a wry smile", "zh": "带苦笑的担心"},
    Emotion.NOSTALGIC: {"en": "a memory", "zh": "一段回忆"},
    Emotion.EXCITED: {"en": "a wish", "zh": "一个愿望"},
    Emotion.MELANCHOLIC: {"en": "a doubt", "zh": "一点怀疑"},
    Emotion.PROUD: {"en": "a promise to myself", "zh": "对自己的承诺"},
}
_drafts = Remembered()


@dataclass(frozen=True)
class _Line:
    """One shot's question: ``limit`` in words (English) or characters (Chinese), ``told`` the lines before it."""

    board: Board
    story: Story
    language: str
    limit: int
    told: tuple[str, ...]
    beat: Beat | None

    @property
    def shot(self) -> str:
        """What happens, in the language of the line where the story says it: a Chinese line from an English board comes
        out mixed."""
        return self.beat.event if self.beat and self.language == "zh" else f"{self.board.place}. {self.board.action}"


def write_monologues(
    *,
    boards: Sequence[Board],
    story: Story,
    character: Character,
    max_words: Sequence[int],
    language: str,
    seed: int,
    notes: Sequence[Change] = (),
    theme: str = "",
) -> tuple[Monologue, ...]:
    """One first-person line per board, none longer than its limit. ``notes`` as in ``write_boards``.

    Where no answer of the model fits, the plain writer's line for the shot is taken, and said so.
    """
    question = as_json(
        [
            [board.model_dump(mode="json") for board in boards],
            story.model_dump(mode="json"),
            list(max_words),
            language,
            seed,
        ]
    )

    def planned(number: int, seed: int) -> str:
        tell(NO_LINE.format(place=boards[number].place))
        return plain.write_monologues(
            boards=boards,
            story=story,
            character=character,
            max_words=max_words,
            language=language,
            seed=seed,
            theme=theme,
        )[number].text

    lines, rounds = _drafts.get(question)
    rounds = rounds + 1 if notes and lines else 0
    wanted = wanted_parts(notes, len(boards)) if rounds else frozenset(range(len(boards)))
    made: list[str] = list(lines or [""] * len(boards))
    for number, (board, limit) in enumerate(zip(boards, max_words, strict=True)):
        if number in wanted:
            told = tuple(line for index, line in enumerate(made) if line and index != number)
            before = (*[line for line in told if line != made[number - 1]], made[number - 1]) if number else ()
            beat = story.beats[number] if len(story.beats) == len(boards) else None
            own = seed + TURN * rounds
            line = _line(_Line(board, story, language, limit, before, beat), own + 101 * number)
            made[number] = line or planned(number, own)
    _drafts.put(question, tuple(made), rounds)
    return tuple(Monologue(text=line) for line in made)


def spoken_length(line: str, language: str) -> int:
    """Words of an English line; characters of a Chinese one, in which a foreign word or number counts as two."""
    foreign = len(_WORD.findall(_CJK.sub(" ", line)))
    return len(_CJK.findall(line)) + foreign * (1 if language == "en" else 2)


def _line(ask: _Line, seed: int) -> str:
    """The best answer that fits; nothing where none does."""
    fitting: list[str] = []
    for number in range(CANDIDATES + MORE):
        if number >= CANDIDATES and fitting:
            break
        short = 1.0 if number < CANDIDATES else 0.75 ** (number - CANDIDATES + 1)
        line = _shortened(_answer(ask, seed + number, short), ask)
        if line:
            fitting.append(line)
    return max(fitting, key=lambda line: _worth(line, ask), default="")


def _about(board: Board) -> str:
    """The thing seen that the line is to speak of: the first one, as boards name the most telling thing first."""
    return board.props[0] if board.props else board.place


def _answer(ask: _Line, seed: int, share: float) -> str:
    told = max(3, round(ask.limit * ASKED * share))
    longest = round(told * (6.5 if ask.language == "en" else 1.6)) + 12
    board = ask.board
    messages = prompt(
        "mono",
        ask.language,
        story=ask.story.logline,
        before=ask.told[-1] if ask.told else "",
        shot=ask.shot,
        about=_about(board),
        manner=_MANNERS[board.emotion][ask.language],
        words=told,
    )
    return str(
        language_model().ask(
            messages, one_object(say=words(longest)), seed=seed, max_tokens=20 + 2 * longest, temperature=0.85
        )["say"]
    )


def _shortened(line: str, ask: _Line) -> str:
    """The longest beginning that ends with a sentence and fits, or nothing."""
    line = tidy(line, 400) if ask.language == "zh" else english_only(line, 400)
    ends = [match.end() for match in _END.finditer(line)]
    fits = [line[:end].strip() for end in ends if spoken_length(line[:end], ask.language) <= ask.limit]
    return fits[-1] if fits and spoken_length(fits[-1], ask.language) >= 2 else ""


def _worth(line: str, ask: _Line) -> float:
    """Near to what is seen, far from what was said, in the first person, using the time there is."""
    near = (
        float(text.relevance([line], [f"{ask.board.action} {_about(ask.board)}"])[0, 0])
        if ask.language == "en"
        else 0.0
    )
    said = float(text.relevance([line], ask.told).max()) if ask.told else 0.0
    first = bool(_SELF[ask.language].search(line)) - bool(_OTHERS.match(line))
    full = min(1.0, spoken_length(line, ask.language) / max(1, ask.limit))
    return near - said + 0.5 * first + 0.2 * full
