"""``R ∘ G``: generate, review, generate again with the wanted changes, for a bounded number of rounds (Eq. 1 to 5).

Every answer is a step: what was answered is never asked again, whatever fails or is killed after it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel
from pydantic_ai.messages import ModelMessage, UserContent
from pydantic_ai.models import Model

from personavlog import steps
from personavlog.agents.instance import Answer, Instance, ask, instance, picture
from personavlog.agents.review_form import PASSES, review_form
from personavlog.agents.rounds import Drafted, Refined, Reviewed, Round
from personavlog.agents.transcript import Transcript
from personavlog.backbones.reviews import RUBRIC, Pair, Review
from personavlog.backbones.tasks import PairTask, fence
from personavlog.errors import BackboneError
from personavlog.media import Image
from personavlog.runs.blobs import Blobs
from personavlog.runs.keys import Input
from personavlog.steps import StepName

DraftT = TypeVar("DraftT", bound=BaseModel)
TaskT = TypeVar("TaskT", bound=PairTask)
ResultT = TypeVar("ResultT", bound=BaseModel)

ROUNDS = 3


class RunStep(Protocol):
    """Wraps a piece of work into a step of the run's engine; ``uses`` is what it counts against: "chat" where a model
    is asked, "keep" where only other steps are waited for."""

    async def __call__(
        self,
        name: StepName,
        work: Callable[[], Awaitable[ResultT]],
        *,
        uses: Literal["chat", "keep"],
        fingerprint: str,
        inputs: Mapping[str, Input],
        returns: type[ResultT],
    ) -> ResultT:
        """The result of the work, made now or known already."""
        ...


@dataclass(frozen=True)
class WriterPair(Generic[TaskT, DraftT]):
    """G_i and R_i; ``reviewer`` None: the draft is taken as it comes."""

    generator: Instance[TaskT, DraftT]
    reviewer: Instance[TaskT, Review] | None


def reviewer(pair: Pair, model: Model | None, parts: int) -> Instance[Any, Review] | None:
    """R_i of a pair, for drafts of ``parts`` beats, boards or lines.

    Its answer must mark each criterion once, approve only what has no mark under ``PASSES``, and say what to change
    where it rejects. None without a model.
    """

    def gate(review: Review, task: PairTask) -> Sequence[str]:
        return _incomplete(pair, review)

    if model is None:
        return None
    return instance(f"{pair}.review", model, Review, {}, gate, review_form(pair, parts))


@dataclass(frozen=True)
class Rounds:
    """How the rounds are run: at most ``most``, each answer through ``step``, media in ``blobs``."""

    step: RunStep
    blobs: Blobs
    most: int = ROUNDS


async def refine(
    name: str, pair: WriterPair[TaskT, DraftT], task: TaskT, how: Rounds, pictures: Sequence[Image] = ()
) -> Refined[DraftT]:
    """Run the rounds of the pair called ``name`` and take the approved draft, or the best-reviewed one.

    ``pictures`` are shown to both in the first round and stay in their histories. Raises as ``instance.ask`` does where
    the first round fails; a later one that fails leaves the best draft before it.
    """
    exchange = _Exchange(name, pair, how, pictures)
    kept, stopped = [await exchange.round(task, 1)], ""
    while pair.reviewer is not None and not _approved(kept[-1]) and len(kept) < how.most:
        review = kept[-1].review
        task = task.model_copy(update={"notes": review.changes if review else ()})
        try:
            kept.append(await exchange.round(task, len(kept) + 1))
        except BackboneError as error:
            stopped = str(error)
            break
    return _taken(pair.generator.output, kept, exchange, stopped)


class _Exchange(Generic[TaskT, DraftT]):
    """One pair's rounds and what was said in them so far."""

    def __init__(self, name: str, pair: WriterPair[TaskT, DraftT], how: Rounds, pictures: Sequence[Image]) -> None:
        self.name, self.pair, self.how, self.pictures = name, pair, how, tuple(pictures)
        self.written, self.reviewed = Transcript(), Transcript()

    async def round(self, task: TaskT, number: int) -> Round[DraftT]:
        """Draft and review; the history is extended when both are there."""
        drafted = await self._draft(task, number)
        reviewed = None
        if self.pair.reviewer is not None:
            reviewed = await self._review(self.pair.reviewer, task, drafted.draft, number)
            self.reviewed += reviewed.said
        self.written += drafted.said
        made: Round[DraftT] = Round[self.pair.generator.output](  # type: ignore[name-defined]
            number=number,
            draft=drafted.draft,
            review=reviewed.review if reviewed else None,
            writer=drafted.writer,
            reviewer=reviewed.reviewer if reviewed else "",
            usage=drafted.usage + reviewed.usage if reviewed else drafted.usage,
        )
        return made

    async def _draft(self, task: TaskT, number: int) -> Drafted[DraftT]:
        who = self.pair.generator
        returns: type[Drafted[DraftT]] = Drafted[who.output]  # type: ignore[name-defined]

        async def work() -> Drafted[DraftT]:
            prompt = [_opening(number), *self._shown(number), fence(who.role, task)]
            answer: Answer[DraftT] = await ask(who, prompt, task, self._before(self.written))
            return returns(draft=answer.output, said=answer.said, usage=answer.usage, writer=answer.who)

        return await self._step(steps.draft(self.name, number), work, who, number, self.written, returns, task=task)

    async def _review(self, who: Instance[TaskT, Review], task: TaskT, draft: DraftT, number: int) -> Reviewed:
        async def work() -> Reviewed:
            prompt = ["Review this draft.", *self._shown(number), fence(who.role, task, draft)]
            answer = await ask(who, prompt, task, self._before(self.reviewed))
            return Reviewed(review=_held(answer.output), said=answer.said, usage=answer.usage, reviewer=answer.who)

        name = steps.review(self.name, number)
        return await self._step(name, work, who, number, self.reviewed, Reviewed, task=task, draft=draft)

    async def _step(
        self,
        name: StepName,
        work: Callable[[], Awaitable[ResultT]],
        who: Instance[Any, Any],
        number: int,
        history: Transcript,
        returns: type[ResultT],
        **inputs: Input,
    ) -> ResultT:
        """The number of a round is no part of a name's key, so it is an input, as is everything said before."""
        known: dict[str, Input] = {"round": number, "history": history, "pictures": self.pictures, **inputs}
        return await self.how.step(name, work, uses="chat", fingerprint=who.fingerprint, inputs=known, returns=returns)

    def _shown(self, number: int) -> list[UserContent]:
        return [picture(self.how.blobs, image) for image in self.pictures] if number == 1 else []

    def _before(self, history: Transcript) -> list[ModelMessage]:
        return history.read(self.how.blobs)


def _opening(number: int) -> str:
    return (
        "Write this."
        if number == 1
        else f"Round {number}: the reviewer wants the changes in `notes`. Write it again, complete."
    )


def _approved(one: Round[Any]) -> bool:
    return one.review is not None and one.review.approved


def _taken(
    output: type[DraftT], rounds: Sequence[Round[DraftT]], exchange: _Exchange[Any, DraftT], stopped: str
) -> Refined[DraftT]:
    best = max(rounds, key=lambda one: (_approved(one), one.review.mark if one.review else 0.0, one.number))
    return Refined[output](  # type: ignore[valid-type]
        draft=best.draft,
        approved=_approved(best),
        taken=best.number,
        rounds=tuple(rounds),
        written=exchange.written,
        reviewed=exchange.reviewed,
        stopped=stopped,
    )


def _low(review: Review) -> list[str]:
    return [f"{score.criterion} ({score.value:g})" for score in review.scores if score.value < PASSES]


def _held(review: Review) -> Review:
    """The review with its approval held to the rubric."""
    return review.model_copy(update={"approved": review.approved and not _low(review)})


def _incomplete(pair: Pair, review: Review) -> list[str]:
    wanted, given = sorted(RUBRIC[pair]), sorted(score.criterion for score in review.scores)
    complaints = (
        []
        if wanted == given
        else [f"Score each of these criteria exactly once: {', '.join(wanted)}. You scored: {', '.join(given)}."]
    )
    if not review.approved and not review.changes:
        complaints.append("You did not approve the draft, so list at least one change.")
    if review.approved and (low := _low(review)) and not review.changes:
        complaints.append(
            f"A draft is approved only if every criterion has {PASSES} or more; yours are {', '.join(low)}. Reject it "
            "and list at least one change, or correct the scores."
        )
    return complaints
