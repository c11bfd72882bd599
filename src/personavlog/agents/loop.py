"""``R ∘ G``: generate, review, generate again with the wanted changes, for a bounded number of rounds (Eq. 1 to 5).

What code can see of a draft goes back to the writer before its reviewer is asked, once a round: a writer that does
not follow it costs one answer and no round.

Every answer is a step: what was answered is never asked again, whatever fails or is killed after it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel
from pydantic_ai.messages import ModelMessage, UserContent

from personavlog import steps
from personavlog.agents.instance import Answer, Instance, ask
from personavlog.agents.pictures import LONGEST, kept_picture
from personavlog.agents.reviewing import held
from personavlog.agents.rounds import Drafted, Refined, Reviewed, Round
from personavlog.agents.transcript import Transcript
from personavlog.backbones.reviews import Change, Review
from personavlog.backbones.tasks import PairTask, fence
from personavlog.errors import BackboneError, InvalidReplyError, RefusedError
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


Checks = Callable[[DraftT, TaskT], Sequence[Change]]
"""What code wants changed in a draft, for its writer; nothing where it finds nothing."""


@dataclass(frozen=True)
class WriterPair(Generic[TaskT, DraftT]):
    """G_i and R_i; ``reviewer`` None: the draft is taken as it comes. ``checks`` looks at every draft before the
    reviewer, who is shown what ``shown`` makes of it."""

    generator: Instance[TaskT, DraftT]
    reviewer: Instance[TaskT, Review] | None
    checks: Checks[DraftT, TaskT] = lambda draft, task: ()
    shown: Callable[[DraftT], BaseModel] = lambda draft: draft


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
    no first draft comes, or no server for its review; a reviewer that gives no review that fits leaves the first draft
    as it is, and a later round that fails the best draft before it.
    """
    exchange = _Exchange(name, pair, how, pictures)
    kept = [await exchange.round(task, 1)]
    while kept[-1].wanted and not _approved(kept[-1]) and len(kept) < how.most:
        task = task.model_copy(update={"notes": kept[-1].wanted})
        try:
            kept.append(await exchange.round(task, len(kept) + 1))
        except BackboneError as error:
            exchange.stopped = str(error)
            break
    return _taken(pair.generator.output, kept, exchange)


class _Exchange(Generic[TaskT, DraftT]):
    """One pair's rounds and what was said in them so far."""

    def __init__(self, name: str, pair: WriterPair[TaskT, DraftT], how: Rounds, pictures: Sequence[Image]) -> None:
        self.name, self.pair, self.how, self.pictures = name, pair, how, tuple(pictures)
        self.written, self.reviewed, self.stopped = Transcript(), Transcript(), ""

    async def round(self, task: TaskT, number: int) -> Round[DraftT]:
        """Draft and review; the history is extended when both are there."""
        made = await self._draft(task, number)
        checked: tuple[Change, ...] = ()
        left: tuple[Change, ...] = ()
        if self.pair.reviewer is not None and (checked := tuple(self.pair.checks(made.draft, task))):
            task = task.model_copy(update={"notes": (*task.notes, *checked)})
            made, left = await self._again(task, number, made, checked)
        reviewed = await self._judged(task, made.draft, number)
        self.written += made.said
        one: Round[DraftT] = Round[self.pair.generator.output](  # type: ignore[name-defined]
            number=number,
            draft=made.draft,
            checked=checked,
            left=left,
            review=reviewed.review if reviewed else None,
            writer=made.writer,
            reviewer=reviewed.reviewer if reviewed else "",
            usage=made.usage + reviewed.usage if reviewed else made.usage,
        )
        return one

    async def _again(
        self, task: TaskT, number: int, made: Drafted[DraftT], checked: Sequence[Change]
    ) -> tuple[Drafted[DraftT], tuple[Change, ...]]:
        """The draft after what the checks wanted, and what they still want; the first one where the second does not
        come or is worse."""
        try:
            again = await self._draft(task, number, made.said)
        except BackboneError:
            return made, tuple(checked)
        left, usage = tuple(self.pair.checks(again.draft, task)), made.usage + again.usage
        if len(left) > len(checked):
            return made.model_copy(update={"usage": usage}), tuple(checked)
        return again.model_copy(update={"usage": usage, "said": made.said + again.said}), left

    async def _judged(self, task: TaskT, draft: DraftT, number: int) -> Reviewed | None:
        """The review; None without a reviewer, and in the first round where it gives none that fits: the draft is there
        then. A server that is away is another matter: the film can go on when it is back."""
        if self.pair.reviewer is None:
            return None
        try:
            reviewed = await self._review(self.pair.reviewer, task, draft, number)
        except (InvalidReplyError, RefusedError) as error:
            if number > 1:
                raise
            self.stopped = str(error)
            return None
        self.reviewed += reviewed.said
        return reviewed

    async def _draft(self, task: TaskT, number: int, refused: Transcript | None = None) -> Drafted[DraftT]:
        """A draft; ``refused`` is what was said in this round for one that the checks sent back."""
        who, history = self.pair.generator, self.written + (refused or Transcript())
        returns: type[Drafted[DraftT]] = Drafted[who.output]  # type: ignore[name-defined]

        async def work() -> Drafted[DraftT]:
            shown = [] if refused else self._shown(number)
            prompt = [CHECKED if refused else _opening(number), *shown, fence(who.role, task)]
            answer: Answer[DraftT] = await ask(who, prompt, task, self._before(history))
            return returns(draft=answer.output, said=answer.said, usage=answer.usage, writer=answer.who)

        name = steps.redraft(self.name, number) if refused else steps.draft(self.name, number)
        return await self._step(name, work, who, number, history, returns, task=task)

    async def _review(self, who: Instance[TaskT, Review], task: TaskT, draft: DraftT, number: int) -> Reviewed:
        seen = self.pair.shown(draft)

        async def work() -> Reviewed:
            prompt = ["Review this draft.", *self._shown(number), fence(who.role, task, seen)]
            answer = await ask(who, prompt, task, self._before(self.reviewed))
            review = held(task.pair, answer.output)
            return Reviewed(review=review, said=answer.said, usage=answer.usage, reviewer=answer.who)

        name = steps.review(self.name, number)
        return await self._step(name, work, who, number, self.reviewed, Reviewed, task=task, draft=seen)

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
        known |= {"longest side": LONGEST} if self.pictures else {}
        return await self.how.step(name, work, uses="chat", fingerprint=who.fingerprint, inputs=known, returns=returns)

    def _shown(self, number: int) -> list[UserContent]:
        return [kept_picture(self.how.blobs, image) for image in self.pictures] if number == 1 else []

    def _before(self, history: Transcript) -> list[ModelMessage]:
        return history.read(self.how.blobs)


CHECKED = "A check of this draft wants the changes in `notes`. Write it again, complete."
"""What opens the second request of a round."""


def _opening(number: int) -> str:
    return (
        "Write this."
        if number == 1
        else f"Round {number}: the reviewer wants the changes in `notes`. Write it again, complete."
    )


def _approved(one: Round[Any]) -> bool:
    return one.review is not None and one.review.approved


def _taken(output: type[DraftT], rounds: Sequence[Round[DraftT]], exchange: _Exchange[Any, DraftT]) -> Refined[DraftT]:
    best = max(rounds, key=lambda one: (_approved(one), one.review.mark if one.review else 0.0, one.number))
    return Refined[output](  # type: ignore[valid-type]
        draft=best.draft,
        approved=_approved(best),
        taken=best.number,
        rounds=tuple(rounds),
        written=exchange.written,
        reviewed=exchange.reviewed,
        stopped=exchange.stopped,
    )
