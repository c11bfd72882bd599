"""The reviewers R_i, and their reviews held to the rubric: what a model says of approval counts only where its marks
agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic_ai.models import Model

from personavlog.agents.instance import Instance, instance
from personavlog.agents.review_form import review_form
from personavlog.backbones.reviews import MOST_CHANGES, Change, CriterionScore, Review
from personavlog.backbones.rubric import PASSES, RUBRIC, Pair
from personavlog.backbones.tasks import PairTask


def reviewer(pair: Pair, model: Model | None, parts: int) -> Instance[Any, Review] | None:
    """R_i of a pair, for drafts of ``parts`` beats, boards or lines.

    Its answer must mark each criterion once, and say what to change where it rejects. None without a model.
    """

    def gate(review: Review, task: PairTask) -> Sequence[str]:
        return _incomplete(pair, review)

    if model is None:
        return None
    return instance(f"{pair}.review", model, Review, {}, gate, review_form(pair, parts))


def held(pair: Pair, review: Review) -> Review:
    """The review with its approval held to the rubric: approved with a mark under ``PASSES`` it is a rejection, and
    the criteria that fail are the changes, after those that it names itself."""
    failing = [_change(pair, score) for score in review.scores if score.value < PASSES]
    if not review.approved or not failing:
        return review
    return review.model_copy(update={"approved": False, "changes": (*review.changes, *failing)[:MOST_CHANGES]})


def _change(pair: Pair, score: CriterionScore) -> Change:
    """What a mark that is too low asks for: what the lowest mark that passes stands for."""
    problem = f"{score.criterion}: {score.value:g} of 5. {score.reason}".strip()[:400]
    return Change(target="draft", problem=problem, wanted=RUBRIC[pair][score.criterion].passes)


def _incomplete(pair: Pair, review: Review) -> list[str]:
    wanted, given = sorted(RUBRIC[pair]), sorted(score.criterion for score in review.scores)
    complaints = (
        []
        if wanted == given
        else [f"Score each of these criteria exactly once: {', '.join(wanted)}. You scored: {', '.join(given)}."]
    )
    if not review.approved and not review.changes:
        complaints.append("You did not approve the draft, so list at least one change.")
    return complaints
