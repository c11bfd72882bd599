"""The question to a judge: ``M({T_board}) = {s_i, r_i}``, four marks with their reasons (Eq. 13).

The instructions are ours (``prompt.jinja``, ``rubric.toml``); theme and boards travel in the ``<task>`` block and
nowhere else, so that no text of theirs can leave its place.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from jinja2 import Environment, StrictUndefined
from pydantic import Field, TypeAdapter

from personavlog.agents.shapes import VERSION, fields, form, one_of, text
from personavlog.backbones.tasks import fence
from personavlog.benchmark.outputs import Shot
from personavlog.brief import CleanText
from personavlog.frozen import Frozen
from personavlog.runs.keys import digest

ROLE = "judge.storyboard"
Dimension = Literal["story_interest", "temporal_continuity", "behavioral_diversity", "thematic_consistency"]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
"""In the order of the paper's columns."""
WORST, BEST = 1, 5
MOST_CHARACTERS = 60_000
"""Of a theme and its boards; a longer storyboard is shown to no judge."""


class Anchored(Frozen):
    """A dimension as judges are told it: its question and what the marks 1 to 5 mean."""

    question: CleanText = Field(min_length=10, max_length=200)
    meanings: dict[str, CleanText] = Field(min_length=BEST, max_length=BEST)

    @property
    def anchors(self) -> Mapping[int, str]:
        """Mark to meaning, 1 to 5."""
        return {mark: self.meanings[str(mark)] for mark in range(WORST, BEST + 1)}


class Mark(Frozen):
    """One dimension's mark, after its reason."""

    reason: CleanText = Field(min_length=3, max_length=1000)
    mark: int = Field(ge=WORST, le=BEST, strict=True)


class Marks(Frozen):
    """A judge's answer."""

    story_interest: Mark
    temporal_continuity: Mark
    behavioral_diversity: Mark
    thematic_consistency: Mark

    @property
    def values(self) -> dict[Dimension, int]:
        """The marks alone."""
        return {name: getattr(self, name).mark for name in DIMENSIONS}


class ShownBoard(Frozen):
    """What a judge sees of a shot; ``number`` counts from 1 in the order of the film."""

    number: int
    shows: CleanText


class SpokenBoard(ShownBoard):
    """The same with the line that is spoken over it."""

    says: CleanText


class Shown(Frozen):
    """All that a judge sees of a vlog."""

    theme: CleanText
    boards: tuple[SpokenBoard | ShownBoard, ...]

    @property
    def words(self) -> str:
        """The digest of every word that is shown."""
        return digest(self)

    @property
    def characters(self) -> int:
        """How long it is as it is sent."""
        return len(self.model_dump_json())


def shown(theme: str, shots: Sequence[Shot], *, lines: bool = False) -> Shown:
    """Theme and boards in order; ``lines`` adds what is said."""
    numbered = list(enumerate(shots, 1))
    boards: list[SpokenBoard | ShownBoard] = (
        [SpokenBoard(number=number, shows=shot.board, says=shot.line) for number, shot in numbered]
        if lines
        else [ShownBoard(number=number, shows=shot.board) for number, shot in numbered]
    )
    return Shown(theme=theme, boards=tuple(boards))


def request(what: Shown) -> list[str]:
    """The message of one question."""
    return ["Judge this storyboard.", fence(ROLE, what)]


@cache
def instructions() -> str:
    """What every judge is told."""
    environment = Environment(undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_own("prompt.jinja")).render(rubric=rubric())


@cache
def rubric() -> Mapping[Dimension, Anchored]:
    """The dimensions, in the order of the paper's columns."""
    told = {
        name: {"question": entry.pop("question"), "meanings": entry}
        for name, entry in tomllib.loads(_own("rubric.toml")).items()
    }
    found = TypeAdapter(dict[Dimension, Anchored]).validate_python(told)
    return {name: found[name] for name in DIMENSIONS}


@cache
def prompt_digest() -> str:
    """SHA-256 of the instructions, the request around the block and the form of the answer."""
    asked = json.dumps([instructions(), request(Shown(theme="", boards=())), VERSION, _FORM])
    return hashlib.sha256(asked.encode()).hexdigest()


_FORM = fields(**{name: fields(reason=text(5, 400), mark=one_of(range(WORST, BEST + 1))) for name in DIMENSIONS})


def answer_form() -> type[Marks]:
    """The answer in the form that a model is shown: reasons before marks."""
    return form(Marks, _FORM)


def _own(name: str) -> str:
    return files("personavlog.benchmark.judging").joinpath(name).read_text(encoding="utf-8")
