"""A review as a model is asked for it: a mark for each criterion by its name, then approval, or rejection with at least
one change of a part that there is."""

from __future__ import annotations

from typing import Any

from personavlog.agents.shapes import ONLY, Schema, either, fields, form, items, one_of, opened, text
from personavlog.backbones.reviews import Review
from personavlog.backbones.rubric import BEST, PASSES, RUBRIC, Pair

CHANGES = 6
"""More than a writer makes in one round."""
_PART: dict[Pair, str] = {"story": "beat", "seg": "board", "video": "video", "mono": "monologue"}


def review_form(pair: Pair, parts: int) -> type[Review]:
    """The form of a review of ``parts`` beats, boards, descriptions or lines."""
    named = [f"{_PART[pair]} {number}" for number in range(1, parts + 1)] if pair in _PART else [pair]
    targets = ["character", *named] if pair == "story" else named
    change = fields(target=one_of(targets), problem=text(5, 200), wanted=text(5, 200))
    yes = fields(scores=_marks(pair, PASSES), approved={"type": "boolean", "const": True})
    no = fields(scores=_marks(pair, 1), approved={"type": "boolean", "const": False}, changes=items(change, 1, CHANGES))
    return form(Review, either(yes, no), lambda value: _as_review(pair, value))


def _marks(pair: Pair, least: int) -> Schema:
    mark = fields(reason=text(5, 200), value=one_of(range(least, BEST + 1)))
    return fields(**{_key(criterion): mark for criterion in RUBRIC[pair]})


def _key(criterion: str) -> str:
    return criterion.replace(" ", "_")


def as_asked(pair: Pair, review: Review) -> dict[str, Any]:
    """A review in the form that a model is asked for, for worked examples."""
    marks = {_key(one.criterion): {"reason": one.reason, "value": int(one.value)} for one in review.scores}
    said: dict[str, Any] = {"scores": marks, "approved": review.approved}
    if not review.approved:
        said["changes"] = [change.model_dump() for change in review.changes]
    return {ONLY: said}


def _as_review(pair: Pair, value: dict[str, Any]) -> dict[str, Any]:
    said = opened(value)
    marks = said.get("scores")
    if not isinstance(marks, dict):
        return said
    names = {_key(criterion): criterion for criterion in RUBRIC[pair]}
    scores = [{"criterion": names.get(key, key), **mark} for key, mark in marks.items() if isinstance(mark, dict)]
    return {**said, "scores": scores}
