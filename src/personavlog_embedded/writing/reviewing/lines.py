"""The review of monologues (Eq. 4)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from personavlog.backbones.tasks import MonoTask
from personavlog.metrics.text import relevance
from personavlog.script import Board
from personavlog_embedded.writing.reviewing.companions import seen, spoken_of
from personavlog_embedded.writing.reviewing.corpus import worn_lines
from personavlog_embedded.writing.reviewing.findings import THIRD, Findings, Wrong, joined, mark_of_share
from personavlog_embedded.writing.reviewing.hours import wrong_hour_said
from personavlog_embedded.writing.reviewing.repeated import repeated
from personavlog_embedded.writing.reviewing.words import comparable, content, named

LEAST = 0.5
"""Which share of its limit a line should fill at least."""
CLOSE = 0.3
"""Relevance from which a line speaks of an action without sharing a word with it."""
_I = {
    "en": re.compile(r"\b(i|i['’](m|ve|ll|d)|me|my|mine|myself|we|us|our)\b", re.IGNORECASE),
    "zh": re.compile(r"[我咱俺]"),
}
_CJK = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def review_lines(lines: Sequence[str], task: MonoTask, found: Findings) -> None:
    """Marks the lines; changes go to monologues by number."""
    count, language = len(lines), task.language
    outer = [n for n, line in enumerate(lines) if not _I[language].search(line)]
    wrong = _noted(outer[count // 3 :], "Nobody says 'I'.", "Let the person speak of themselves.")
    found.judge("first person", wrong, count, f"{count - len(outer)} of {count} lines in the first person")
    _seen(lines, task, found)
    found.judge("speakable", _unspeakable(lines, task), count, "length against the limit")
    worn = worn_lines(lines)
    said_before = _noted(worn, "It stands in films of many themes.", "Say what only this person could say here.")
    again = repeated(lines, "monologue", language, _subject(task), heard=True)
    reason = f"likeness of lines; {len(worn)} stand in films of many themes"
    found.judge("voice", joined(said_before, again), count, reason)


def _seen(lines: Sequence[str], task: MonoTask, found: Findings) -> None:
    """Lines that speak neither of the film's subject nor of what is seen, of another hour, of somebody who is never
    seen; and the share that names the subject."""
    pairs = list(zip(lines, task.boards, strict=False))
    subject = content(_subject(task))
    blind = [n for n, pair in enumerate(pairs) if not (_speaks_of(*pair, task.language) or named(subject, pair[0]))]
    wrong = _noted(blind[len(lines) // 3 :], "It speaks of nothing that is seen.", "Name what the shot shows.")
    measured = comparable(subject, " ".join(lines))
    mute = [n for n, line in enumerate(lines) if not named(subject, line)] if measured else []
    share = 1 - len(mute) / max(1, len(lines))
    if share < THIRD:
        named_here = _noted(mute[: len(lines) // 3], "It says nothing of what the film is about.", "Name it.")
        wrong = joined(wrong, named_here)
    wrong = joined(wrong, _unmet(lines, task), _wrong_hours(pairs))
    reason = f"{len(blind)} lines see nothing, {share:.0%} name the film's subject; hours; people who are never seen"
    found.judge("refers to what is seen", wrong, len(lines), reason, mark_of_share(share))


def _subject(task: MonoTask) -> str:
    """What the film is about: its title and logline, for the lines' task has no theme."""
    return f"{task.story.title}; {task.story.logline}"


def _noted(numbers: Sequence[int], problem: str, wanted: str) -> Wrong:
    return {f"monologue {n + 1}": (problem, wanted) for n in numbers}


def _speaks_of(line: str, board: Board, language: str) -> bool:
    """Whether a line names a word of its board or is close to its action; one in another language cannot be told."""
    shown = content(" ; ".join((board.place, board.action, *board.props, *board.company)))
    if language == "zh" and not _CJK.search(board.action):
        return True
    return bool(named(shown, line)) or float(relevance([line], [board.action])[0, 0]) >= CLOSE


def _unmet(lines: Sequence[str], task: MonoTask) -> Wrong:
    """Lines that speak of somebody as present whom neither a board nor the story's logline knows."""
    told = {person.name for person in spoken_of(_subject(task))}
    wrong = {}
    for number, line in enumerate(lines, 1):
        strangers = [one for one in spoken_of(line) if one.name not in told and not seen(one, task.boards)]
        if strangers and (task.language == "en" or _CJK.search(task.boards[0].action)):
            problem = f"It speaks of {strangers[0].name!r}, who is never seen."
            wrong[f"monologue {number}"] = (problem, "Speak of who is there.")
    return wrong


def _wrong_hours(pairs: Sequence[tuple[str, Board]]) -> Wrong:
    said = {number: wrong_hour_said(line, board.time_of_day) for number, (line, board) in enumerate(pairs, 1)}
    return {f"monologue {n}": (f"It says {what}.", "Let words and hour agree.") for n, what in said.items() if what}


def _unspeakable(lines: Sequence[str], task: MonoTask) -> Wrong:
    wrong = {}
    for number, (line, limit) in enumerate(zip(lines, task.max_words, strict=False), 1):
        length = spoken_length(line, task.language)
        if length > limit:
            wrong[f"monologue {number}"] = (f"It has {length} words, {limit} fit.", "Make it shorter.")
        elif length < LEAST * limit and limit >= 6:
            wrong[f"monologue {number}"] = (f"It has {length} words where {limit} fit.", "Say a little more.")
    return wrong


def spoken_length(text: str, language: str) -> int:
    """Words of an English line; of a Chinese one its characters, and two for every foreign word."""
    if language == "en":
        return len(_WORD.findall(text))
    return len(_CJK.findall(text)) + 2 * len(_WORD.findall(_CJK.sub(" ", text)))
