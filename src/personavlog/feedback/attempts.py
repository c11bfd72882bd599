"""The loop both feedback mechanisms share: make, measure, inspect, revise, make again, measure, keep or roll back.

Pure control flow: what makes, measures, inspects and revises is handed in, so each can be an engine step.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, Field

from personavlog.errors import BackboneError
from personavlog.feedback.decision import Decision, decide
from personavlog.frozen import Frozen
from personavlog.metrics.score import Score

MadeT = TypeVar("MadeT", bound=BaseModel)
FindingT = TypeVar("FindingT", bound=BaseModel)
OrderT = TypeVar("OrderT")


class Attempt(Frozen, Generic[MadeT, FindingT, OrderT]):
    """One generation under FRM. ``number`` counts from 0, the first generation.

    ``order`` is what it was made from (the corrections, the video description), None for a plain first keyframe.
    ``finding`` is what the quality agent found in it, ``inspected`` False where nobody looked because it was rolled
    back. ``decision`` compares it with the attempt ``against``: the best one before it, or the first where it beat that
    one and yet lost to the first.
    ``failure`` is the provider's error where a correction could not be made; then ``made`` is None and the best one
    stays.
    """

    number: int = Field(ge=0)
    made: MadeT | None = None
    order: OrderT | None = None
    scores: tuple[Score, ...] = ()
    inspected: bool = False
    finding: FindingT | None = None
    against: int | None = None
    decision: Decision | None = None
    failure: str = ""


class Corrected(Frozen, Generic[MadeT, FindingT, OrderT]):
    """All attempts in order; ``kept`` is the number of the best one: the first, or a later one that the rule preferred
    to it."""

    attempts: tuple[Attempt[MadeT, FindingT, OrderT], ...] = Field(min_length=1)
    kept: int = Field(default=0, ge=0)

    @property
    def best(self) -> Attempt[MadeT, FindingT, OrderT]:
        """The attempt that was kept."""
        return self.attempts[self.kept]

    @property
    def result(self) -> MadeT:
        """What was kept: the first, or one that the rule preferred to the first and to every one that was the best in
        between."""
        made = self.best.made
        assert made is not None, "a failed attempt is never kept"
        return made


@dataclass(frozen=True)
class Callbacks(Generic[MadeT, FindingT, OrderT]):
    """Who does the work.

    ``make(number, order, previous)`` generates; ``measure(made, order)`` scores; ``inspect(made, order, scores)`` finds
    or says None;
    ``revise(finding, tried)`` turns a finding into the next order or None when nothing is left to try (``tried`` are
    the orders that were rolled back for this finding).
    """

    make: Callable[[int, OrderT | None, MadeT | None], Awaitable[MadeT]]
    measure: Callable[[MadeT, OrderT | None], Awaitable[Sequence[Score]]]
    inspect: Callable[[MadeT, OrderT | None, Sequence[Score]], Awaitable[FindingT | None]]
    revise: Callable[[FindingT, Sequence[OrderT]], Awaitable[OrderT | None]]


async def correct(
    kind: type[Corrected[MadeT, FindingT, OrderT]],
    entry: type[Attempt[MadeT, FindingT, OrderT]],
    callbacks: Callbacks[MadeT, FindingT, OrderT],
    *,
    first: OrderT | None,
    rule: str,
    corrections: int,
) -> Corrected[MadeT, FindingT, OrderT]:
    """Make once, then correct at most ``corrections`` times while there is a finding.

    Without corrections nothing is measured or inspected. The first generation's errors are raised. A ``BackboneError``
    while correcting is recorded as a failed attempt and ends the loop, because what stands is still good. ``kind`` and
    ``entry`` are the concrete record types.
    """
    made = await callbacks.make(0, first, None)
    if corrections == 0:
        return kind(attempts=(entry(number=0, made=made, order=first, inspected=False),), kept=0)
    scores = tuple(await callbacks.measure(made, first))
    best = entry(
        number=0,
        made=made,
        order=first,
        scores=scores,
        inspected=True,
        finding=await callbacks.inspect(made, first, scores),
    )
    attempts, tried = [best], list[OrderT]()
    while best.finding is not None and len(attempts) <= corrections:
        attempt = await _corrected(entry, callbacks, (attempts[0], best), len(attempts), tried, rule)
        if attempt is None:
            break
        attempts.append(attempt)
        if attempt.failure:
            break
        if attempt.decision is not None and attempt.decision.keep:
            best, tried = attempt, []
        elif attempt.order is not None:
            tried.append(attempt.order)
    return kind(attempts=tuple(attempts), kept=best.number)


async def _corrected(
    entry: type[Attempt[MadeT, FindingT, OrderT]],
    callbacks: Callbacks[MadeT, FindingT, OrderT],
    stood: tuple[Attempt[MadeT, FindingT, OrderT], Attempt[MadeT, FindingT, OrderT]],
    number: int,
    tried: Sequence[OrderT],
    rule: str,
) -> Attempt[MadeT, FindingT, OrderT] | None:
    first, best = stood
    assert best.finding is not None and best.made is not None
    order: OrderT | None = None
    try:
        order = await callbacks.revise(best.finding, tried)
        if order is None:
            return None
        made = await callbacks.make(number, order, best.made)
        scores = tuple(await callbacks.measure(made, order))
        against, decision = best.number, decide(rule, best.scores, scores)
        if decision.keep and not (overall := decide(rule, first.scores, scores)).keep:
            against, decision = (
                first.number,
                overall,
            )  # tolerances add up: two steps that each pass may together be a loss
        finding = await callbacks.inspect(made, order, scores) if decision.keep else None
    except BackboneError as error:
        return entry(number=number, order=order, failure=f"{type(error).__name__}: {error}")
    return entry(
        number=number,
        made=made,
        order=order,
        scores=scores,
        inspected=decision.keep,
        finding=finding,
        against=against,
        decision=decision,
    )
