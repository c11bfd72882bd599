"""A film's shots as the language model plans them: every part's place and act in one call, several films to choose
from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from personavlog_embedded.writing.language.model import language_model
from personavlog_embedded.writing.language.templates import prompt
from personavlog_embedded.writing.language.words import seen_verbs
from personavlog_embedded.writing.plain.activities import Tone

FILMS, SECONDS = 3, 20.0
"""So many films are written at most, and none is begun after so many seconds. One of six shots has some 180 tokens:
about 6 s at the 33 a second of two idle cores."""
LONGEST_THEME = 300
PLACE, ACT = 40, 80
"""Characters that a place and an act may have. The grammar allows ``SPARE`` more: what reaches them was cut."""
SPARE = 20


@dataclass(frozen=True)
class Scene:
    """One shot of a planned film: a noun phrase and a verb phrase in the third person, both in lower case."""

    place: str
    act: str

    @property
    def event(self) -> str:
        """The act as a beat's event."""
        return f"{self.act[:1].upper()}{self.act[1:]}"

    @property
    def cut(self) -> bool:
        """Whether the grammar's end cut it."""
        return len(self.place) > PLACE or len(self.act) > ACT


def like(pattern: str) -> dict[str, Any]:
    """The schema of a string of this pattern."""
    return {"type": "string", "pattern": f"^{pattern}$"}


def one_object(fields: dict[str, Any]) -> dict[str, Any]:
    """The schema of an object with exactly these fields, in this order."""
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


_PHRASE = like(r"[a-z][a-z' -]{2,60}[a-z]")


@cache
def _scene() -> dict[str, Any]:
    """An act begins with a verb of the table, in the third person and the present."""
    place = like(rf"[a-z][a-z' -]{{2,{PLACE + SPARE - 2}}}[a-z]")
    act = like(rf"({'|'.join(seen_verbs())}) [a-z' -]{{5,{ACT + SPARE - 13}}}[a-z]")
    return one_object({"place": place, "act": act})


def films(theme: str, tone: Tone, roles: Sequence[str], seed: int) -> tuple[tuple[Scene, ...], ...]:
    """One to ``FILMS`` films with a scene for each role. Raises ``InvalidReplyError`` where the first is none."""
    parts = [f"{number} {role}" for number, role in enumerate(roles, 1)]
    schema = one_object({"I am": _PHRASE, "trouble": _PHRASE, **dict.fromkeys(parts, _scene())})
    messages = film_prompt(theme[:LONGEST_THEME], tone, parts)
    found = language_model().answers(
        messages, schema, seed=seed, count=FILMS, seconds=SECONDS, max_tokens=60 + 60 * len(parts)
    )
    return tuple(tuple(Scene(one[part]["place"], one[part]["act"]) for part in parts) for one in found)


def film_prompt(theme: str, tone: Tone, parts: Sequence[str]) -> list[dict[str, str]]:
    """The messages: a light example, a grave one, or, for a quiet theme, both."""
    return prompt("film", grave=tone is Tone.GRAVE, both=tone is Tone.QUIET, theme=theme, parts=list(parts))


@cache
def examples() -> frozenset[str]:
    """The acts and places of the prompt's worked examples."""
    return frozenset(_shown())


def _shown() -> Iterator[str]:
    for turn in film_prompt("", Tone.QUIET, ()):
        if turn["role"] == "assistant":
            for value in json.loads(turn["content"]).values():
                yield from value.values() if isinstance(value, dict) else (value,)
