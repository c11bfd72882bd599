"""Worked examples for the prompts, in-context: a file per writer pair and quality agent, each with a draft that was
sent back and why, and one that was taken.

They are data of our own about films that no test or benchmark makes, written in the very types that the agents answer
with, so that an example cannot teach a form that is refused. A pair's two roles learn from the same drafts.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from pydantic import BaseModel, Field, JsonValue

from personavlog.agents.review_form import as_asked
from personavlog.agents.shapes import ONLY
from personavlog.backbones.corrections import Remedy
from personavlog.backbones.reviews import Review
from personavlog.backbones.rubric import RUBRIC, Pair
from personavlog.brief import CleanText
from personavlog.frozen import Frozen

FileT = TypeVar("FileT", bound=BaseModel)
Fields = dict[str, JsonValue]
THOUGHTS = ("readings", "chosen")
"""What a reviewer is not shown of a draft."""


class WorkedDraft(Frozen):
    """One draft of a writer pair: what it was written from, in short, and its review. ``draft`` has the fields of the
    pair's output in the order in which they are asked for."""

    given: Fields
    draft: Fields
    review: Review


class WorkedVerdict(Frozen):
    """One inspection: what was given, with what is seen in words, and the answer."""

    given: Fields
    answer: Fields


class WorkedInstruction(Frozen):
    """One finding, and the instruction in prose and in the painter's phrases; ``sent_back`` is why it was not taken."""

    given: Fields
    sent_back: CleanText = ""
    prose: CleanText = Field(min_length=3, max_length=600)
    remedies: tuple[Remedy, ...] = Field(min_length=1, max_length=6)


class _Pair(Frozen):
    cases: tuple[WorkedDraft, ...] = Field(min_length=2, max_length=2)


class _Inspector(Frozen):
    cases: tuple[WorkedVerdict, ...] = Field(min_length=2, max_length=2)


class _Editor(Frozen):
    cases: tuple[WorkedInstruction, ...] = Field(min_length=2, max_length=2)


Example = Mapping[str, Any]
"""What a template is given of a case: its texts, ready to be printed."""


@cache
def examples(role: str) -> tuple[Example, ...]:
    """The worked examples of a role such as "story.generate", as its template prints them; none for a role that has no
    file."""
    agent, _, work = role.partition(".")
    if agent in RUBRIC:
        cases = drafts(agent)  # type: ignore[arg-type]
        return tuple(_written(case) if work == "generate" else _reviewed(agent, case) for case in cases)
    if agent == "edit":
        return tuple(_instructed(case) for case in instructions())
    return tuple(_inspected(case) for case in verdicts(agent)) if agent in ("image_quality", "video_quality") else ()


def source(role: str) -> str:
    """The file behind a role's examples, as it is written; empty where there is none. For digests."""
    file = files(__name__).joinpath(f"{role.partition('.')[0]}.toml")
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def drafts(pair: Pair) -> tuple[WorkedDraft, ...]:
    """The cases of a writer pair."""
    return _read(_Pair, pair).cases


def verdicts(agent: str) -> tuple[WorkedVerdict, ...]:
    """The cases of a quality agent, "image_quality" or "video_quality"."""
    return _read(_Inspector, agent).cases


def instructions() -> tuple[WorkedInstruction, ...]:
    """The cases of the edit agent."""
    return _read(_Editor, "edit").cases


def _read(kind: type[FileT], name: str) -> FileT:
    return kind.model_validate(tomllib.loads(source(name)))


def _written(case: WorkedDraft) -> Example:
    why = " ".join(change.text for change in case.review.changes)
    return {"given": _json(case.given), "answer": _json(case.draft), "sent_back": why}


def _reviewed(pair: Any, case: WorkedDraft) -> Example:
    judged = {key: value for key, value in case.draft.items() if key not in THOUGHTS}
    return {
        "given": _json({**case.given, "draft": judged}),
        "answer": _json(as_asked(pair, case.review)),
        "sent_back": "",
    }


def _inspected(case: WorkedVerdict) -> Example:
    return {"given": _json(case.given), "answer": _json({ONLY: case.answer}), "sent_back": ""}


def _instructed(case: WorkedInstruction) -> Example:
    """Both forms; ``needs`` are the corrections that the painter must know for the second."""
    remedies = [{"correction": one.correction.value, "thing": one.thing} for one in case.remedies]
    return {
        "given": _json(case.given),
        "prose": _json({"text": case.prose}),
        "phrases": _json({"remedies": remedies}),
        "needs": [one.correction.value for one in case.remedies],
        "sent_back": case.sent_back,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
