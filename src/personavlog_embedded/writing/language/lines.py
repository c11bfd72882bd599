"""The mono agent's writer (Eq. 4): one call for all lines of the given boards, each line's beginning pinned; of several
answers each shot takes the line that fits best, else the plain writer's."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from personavlog.backbones.chat_booking import tell
from personavlog.backbones.reviews import Change
from personavlog.errors import InvalidReplyError
from personavlog.metrics import text
from personavlog.script import Board, Character, Monologue, Story
from personavlog_embedded.writing.language.checks import line_fault
from personavlog_embedded.writing.language.model import language_model
from personavlog_embedded.writing.language.scenes import LONGEST_THEME, like, one_object
from personavlog_embedded.writing.language.templates import prompt
from personavlog_embedded.writing.language.words import table
from personavlog_embedded.writing.plain import writer as plain
from personavlog_embedded.writing.plain.activities import Tone
from personavlog_embedded.writing.plain.lines import spoken_length
from personavlog_embedded.writing.plain.notes import targets
from personavlog_embedded.writing.plain.theme import Theme

ANSWERS, SECONDS = 2, 15.0
"""So many answers at most, and none begun after so many seconds; one of six lines has some 110 tokens."""
LEAST, MOST = 4, 13
"""Words after the beginning; a shot with less time is the plain writer's."""
LEAST_ZH, MOST_ZH = 3, 18
SPARE = 2
"""So much more than fits does the grammar allow: what reaches its end was cut."""
NO_LINES = "The language model gave no lines that can be read; the plain writer's are spoken: {error}"
MENDED = "The plain writer's lines are spoken over shots {numbers}: the language model's did not fit ({faults})."


@dataclass(frozen=True)
class _Shot:
    """One line's question."""

    board: Board
    opening: str
    limit: int
    language: str

    @property
    def seen(self) -> str:
        return f"{self.board.place}: {self.board.action[:1].lower()}{self.board.action[1:]}"

    @property
    def room(self) -> int:
        """Words, or Chinese characters, that fit behind the beginning."""
        most = MOST if self.language == "en" else MOST_ZH
        return min(most, self.limit - spoken_length(self.opening, self.language))

    @property
    def askable(self) -> bool:
        return self.room >= (LEAST if self.language == "en" else LEAST_ZH)

    @property
    def schema(self) -> dict[str, Any]:
        if self.language == "zh":
            return like(rf"{self.opening}[一-龥，]{{{LEAST_ZH},{self.room + SPARE}}}[。？！]")
        return like(rf"{self.opening}( [a-zI][a-zI',]{{0,13}}){{{LEAST},{self.room + SPARE}}}[.?!]")


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
    """One first-person line per board, none longer than its limit. It depends on the boards alone, not on what the
    story call answered; with ``notes`` the lines that they name are the next best ones."""
    own = plain.write_monologues(
        boards=boards, story=story, character=character, max_words=max_words, language=language, seed=seed, theme=theme
    )
    about = theme or plain.told_theme(story)
    read = plain.readable(about)
    shots = _shots(boards, story, max_words, language, seed)
    try:
        answers = _answers(about, read.tone, shots, seed)
    except InvalidReplyError as error:
        tell(NO_LINES.format(error=error))
        return own
    again = {number: len(rows) for number, rows in targets(notes, "monologue", "line").items()}
    return _chosen(shots, answers, read, own, again)


def _shots(boards: Sequence[Board], story: Story, limits: Sequence[int], language: str, seed: int) -> tuple[_Shot, ...]:
    roles = [beat.role for beat in story.beats]
    openings = table().openings if language == "en" else table().openings_zh
    parts = list(openings)
    found = []
    for number, (board, limit) in enumerate(zip(boards, limits, strict=True)):
        role = roles[number] if len(roles) == len(boards) and roles[number] in openings else parts[number % len(parts)]
        found.append(_Shot(board, openings[role][(seed + number) % 2], limit, language))
    return tuple(found)


def _answers(about: str, tone: Tone, shots: Sequence[_Shot], seed: int) -> Sequence[dict[str, str]]:
    fields = {str(number): shot.schema for number, shot in enumerate(shots, 1) if shot.askable}
    if not fields:
        return []
    seen = {str(number): shot.seen for number, shot in enumerate(shots, 1)}
    messages = line_prompt(about[:LONGEST_THEME], tone, seen, shots[0].language)
    return language_model().answers(
        messages, one_object(fields), seed=seed, count=ANSWERS, seconds=SECONDS, max_tokens=40 * len(fields)
    )


def line_prompt(about: str, tone: Tone, shots: dict[str, str], language: str = "en") -> list[dict[str, str]]:
    """The messages, with one worked example of the film's tone."""
    if language == "zh":
        return prompt("lines_zh", film=about, shots=shots)
    return prompt("lines", grave=tone is Tone.GRAVE, film=about, shots=shots)


def _chosen(
    shots: Sequence[_Shot],
    answers: Sequence[dict[str, str]],
    read: Theme,
    own: Sequence[Monologue],
    again: dict[int, int],
) -> tuple[Monologue, ...]:
    given = list(_given(read.tone, shots[0].language))
    told: list[str] = []
    faults: dict[int, str] = {}
    for number, shot in enumerate(shots):
        tried = [answer[str(number + 1)] for answer in answers if str(number + 1) in answer]
        marked = [(line, _fault(line, shot, read, told, given)) for line in dict.fromkeys(tried)]
        fit = sorted((line for line, fault in marked if not fault), key=lambda line: -_near(line, read, shot))
        turn = again.get(number, 0)
        told.append(fit[turn] if turn < len(fit) else own[number].text)
        if not fit and not turn:
            faults[number] = next((fault for _, fault in marked), "too short a shot")
    if faults and not again:
        tell(MENDED.format(numbers=", ".join(str(n + 1) for n in faults), faults="; ".join(faults.values())))
    return tuple(Monologue(text=line) for line in told)


def _fault(line: str, shot: _Shot, read: Theme, told: Sequence[str], given: Sequence[str]) -> str:
    if spoken_length(line, shot.language) > shot.limit or len(line.split()) > MOST + SPARE:
        return "too long"
    if shot.language == "zh":
        return "a line again" if line in told or line in given else ""
    return line_fault(line, shot.opening, shot.board.action, read, told, given)


def _near(line: str, read: Theme, shot: _Shot) -> float:
    """Nearness to theme and shot."""
    if shot.language == "zh":
        return 0.0
    return float(text.relevance([line], [f"{read.english}. {shot.seen}"])[0, 0])


def _given(tone: Tone, language: str) -> Iterator[str]:
    for turn in line_prompt("", tone, {}, language):
        if turn["role"] == "assistant":
            yield from json.loads(turn["content"]).values()
