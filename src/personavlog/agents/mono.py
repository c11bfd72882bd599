"""The mono agent A_4: the inner voice of each shot, short enough to be spoken in it (Eq. 4)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from pydantic_ai.models import Model

from personavlog.agents.instance import Instance, instance
from personavlog.agents.loop import WriterPair, reviewer
from personavlog.agents.shapes import Schema, counted, form, inside
from personavlog.backbones.drafts import Monologues
from personavlog.backbones.tasks import MonoTask
from personavlog.languages import LANGUAGES, foreign, script_of

SHORTEST = 3
"""No line is asked to be shorter than this, in words or characters."""

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_WORD = re.compile(r"(?:[^\W_]|[\u0900-\u0963])+(?:['’][^\W_]+)*")


def generator(model: Model, task: MonoTask) -> Instance[MonoTask, Monologues]:
    """G_4."""
    return instance(
        "mono.generate", model, Monologues, _words(task), complaints, form(Monologues, _schema(task, _as_i))
    )


def shortener(model: Model, task: MonoTask) -> Instance[MonoTask, Monologues]:
    """G_4 asked for one line again because it was too long: only the count and the length are held."""
    return instance(
        "mono.generate", model, Monologues, _words(task), too_long, form(Monologues, _schema(task, _words_to))
    )


def pair(writer: Model, reader: Model | None, task: MonoTask) -> WriterPair[MonoTask, Monologues]:
    """G_4 and R_4."""
    return WriterPair(generator(writer, task), reviewer("mono", reader, len(task.boards)))


def _words(task: MonoTask) -> dict[str, object]:
    return {"shots": len(task.boards), "language": task.language, "unit": LANGUAGES[task.language].unit}


def _schema(task: MonoTask, pattern: Callable[[int, str], str]) -> Schema:
    """Lines that are short enough for the shortest shot, letter by letter: what a schema can say of words is a pattern
    of their letters."""
    schema, most = counted(Monologues, len(task.boards), "monologues"), min(task.max_words)
    line = inside(schema, "monologues", "[]", "text")
    line["pattern"] = f"^{pattern(most, task.language)}$"
    longest = most * (LONGEST_WORD + 5 if LANGUAGES[task.language].unit == "words" else 1)
    line["maxLength"] = max(line["minLength"], min(line["maxLength"], longest))
    return schema


def _words_to(most: int, language: str) -> str:
    """At most so many words, or characters."""
    if LANGUAGES[language].unit == "characters":
        return f"[{LANGUAGES[language].letters}]{{1,{most}}}"
    word = _word(language)
    return f"{word}( {word}){{0,{most - 1}}}"


def _as_i(most: int, language: str) -> str:
    """The same with the person in it, early, where the language has one word for it."""
    before = max(0, min(3, most - 2))
    after = max(1, most - before - 1)
    if language == "en":
        word = _word(language)
        return f"({word} ){{0,{before}}}(I|I'm|I'll|I've|My|my|me|we)( {word}){{1,{after}}}"
    if language == "zh":
        character = f"[{LANGUAGES[language].letters}]"
        return f"{character}{{0,{before}}}我{character}{{1,{after}}}"
    return _words_to(most, language)


def _word(language: str) -> str:
    return rf"[{LANGUAGES[language].letters}]{{1,{LONGEST_WORD}}}('[a-z]{{1,2}})?[,.!?;:]?"


LONGEST_WORD = 14


def max_words(seconds: float, language: str) -> int:
    """How many words, or characters in Chinese and Japanese, can be spoken in ``seconds``."""
    return max(SHORTEST, math.floor(seconds * LANGUAGES[language].pace))


def spoken_length(text: str, language: str) -> int:
    """Words of a line; characters of a Chinese or Japanese one, in which a foreign word or number counts as two."""
    if LANGUAGES[language].unit == "words":
        return len(_WORD.findall(text)) + len(_CJK.findall(text))
    return len(_CJK.findall(text)) + 2 * len(_WORD.findall(_CJK.sub(" ", text)))


def complaints(draft: Monologues, task: MonoTask) -> Sequence[str]:
    """One line per board, short enough, in the language, and most of them in the first person."""
    lines, language = [line.text for line in draft.monologues], LANGUAGES[task.language]
    found = list(too_long(draft, task))
    if language.myself and 2 * sum(bool(language.myself.search(line)) for line in lines) < len(lines):
        found.append("Most lines are not in the first person; the person thinks of themselves as 'I'.")
    if any(not _is_in(line, task.language) for line in lines):
        found.append(f"Write every line in {language.name}.")
    return found


def _is_in(line: str, language: str) -> bool:
    """Whether a line has letters of the language's scripts, and of another one none but Latin in a language that is
    written otherwise."""
    return any(script_of(one) in LANGUAGES[language].scripts for one in line) and not foreign(line, language)


def too_long(draft: Monologues, task: MonoTask) -> Sequence[str]:
    """One line per board, none longer than its limit."""
    lengths = [spoken_length(line.text, task.language) for line in draft.monologues]
    if len(lengths) != len(task.boards):
        return [f"There are {len(lengths)} lines; write exactly {len(task.boards)}, one per board."]
    unit = LANGUAGES[task.language].unit
    return [
        f"Line {number} has {length} {unit}; at most {limit} fit."
        for number, (length, limit) in enumerate(zip(lengths, task.max_words, strict=True), 1)
        if length > limit
    ]
