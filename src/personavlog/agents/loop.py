"""``R ∘ G``: generate, review, generate again with the wanted changes, for a bounded number of rounds (Eq. 1 to 5)."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, Field
from pydantic_ai.messages import BinaryContent, ModelMessage
from pydantic_ai.models import Model
from pydantic_ai.usage import RunUsage, UsageLimits

from personavlog.agents.instance import Instance, ask, instance
from personavlog.agents.transcript import Transcript, Usage
from personavlog.backbones.reviews import RUBRIC, Pair, Review
from personavlog.backbones.tasks import PairTask, fence
from personavlog.frozen import Frozen

DraftT = TypeVar("DraftT", bound=BaseModel)
TaskT = TypeVar("TaskT", bound=PairTask)

ROUNDS = 3
LIMITS = UsageLimits(request_limit=24)
"""Three rounds of two agents with two retries each are 18 requests; the rest is a margin."""


class Round(Frozen, Generic[DraftT]):
    """One exchange of a pair. ``number`` counts from 1; ``writer`` and ``reviewer`` are the models' fingerprints."""

    number: int = Field(ge=1)
    draft: DraftT
    review: Review
    writer: str
    reviewer: str
    usage: Usage


class Refined(Frozen, Generic[DraftT]):
    """The draft that was taken and how it came about; ``approved`` is False where no round was, and then ``taken`` is
    the best-marked one."""

    draft: DraftT
    approved: bool
    taken: int = Field(ge=1, description="The number of the round whose draft was taken")
    rounds: tuple[Round[DraftT], ...] = Field(min_length=1)
    written: Transcript
    reviewed: Transcript

    @property
    def note(self) -> str:
        """What the user should know, or nothing."""
        mark = self.rounds[self.taken - 1].review.mark
        return (
            ""
            if self.approved
            else (
                f"No draft was approved in {len(self.rounds)} rounds; the best-reviewed one was taken (round "
                f"{self.taken}, {mark:.1f} of 5)."
            )
        )


@dataclass(frozen=True)
class WriterPair(Generic[TaskT, DraftT]):
    """G_i and R_i."""

    generator: Instance[TaskT, DraftT]
    reviewer: Instance[TaskT, Review]


def reviewer(pair: Pair, model: Model) -> Instance[TaskT, Review]:
    """R_i of a pair; its answer must mark each criterion once and, where it rejects, say what to change."""

    def gate(review: Review, task: TaskT) -> Sequence[str]:
        return _incomplete(pair, review)

    return instance(f"{pair}.review", model, Review, {}, gate)


async def refine(
    generator: Instance[TaskT, DraftT],
    reviewer: Instance[TaskT, Review],
    task: TaskT,
    *,
    rounds: int = ROUNDS,
    pictures: Sequence[BinaryContent] = (),
    limits: UsageLimits = LIMITS,
) -> Refined[DraftT]:
    """Run at most ``rounds`` rounds and take the approved draft, or the best-reviewed one.

    ``pictures`` are shown to both in the first round and stay in their histories. Raises as ``instance.ask`` does.
    """
    usage, written, reviewed = RunUsage(), list[ModelMessage](), list[ModelMessage]()
    kept: list[Round[DraftT]] = []
    for number in range(1, rounds + 1):
        before = copy.copy(usage)
        shown = pictures if number == 1 else ()
        draft, written = await ask(
            generator, [_opening(number), *shown, fence(generator.role, task)], task, usage, limits, written
        )
        review, reviewed = await ask(
            reviewer, ["Review this draft.", *shown, fence(reviewer.role, task, draft)], task, usage, limits, reviewed
        )
        kept.append(
            Round[generator.output](  # type: ignore[name-defined]
                number=number,
                draft=draft,
                review=review,
                writer=generator.fingerprint,
                reviewer=reviewer.fingerprint,
                usage=Usage.between(before, usage),
            )
        )
        if review.approved:
            break
        task = task.model_copy(update={"notes": review.changes})
    return _taken(generator.output, kept, written, reviewed)


def _opening(number: int) -> str:
    return (
        "Write this."
        if number == 1
        else f"Round {number}: the reviewer wants the changes in `notes`. Write it again, complete."
    )


def _taken(
    output: type[DraftT], rounds: list[Round[DraftT]], written: Sequence[ModelMessage], reviewed: Sequence[ModelMessage]
) -> Refined[DraftT]:
    best = max(rounds, key=lambda one: (one.review.approved, one.review.mark, one.number))
    return Refined[output](  # type: ignore[valid-type]
        draft=best.draft,
        approved=best.review.approved,
        taken=best.number,
        rounds=tuple(rounds),
        written=Transcript.of(written),
        reviewed=Transcript.of(reviewed),
    )


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
