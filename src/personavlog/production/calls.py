"""The one way in which a media backbone is called: reserved, sent, checked, settled, tried again by one policy."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import anyio.to_thread

from personavlog.backbones.receipts import Delivered, unbilled
from personavlog.backbones.retrying import RetryPolicy, retried
from personavlog.backbones.roles import Estimate
from personavlog.errors import BackboneError, BadMediaError
from personavlog.runs.ledger import Cap, Ledger
from personavlog.runs.remote_jobs import StepJob

ResultT = TypeVar("ResultT", bound=Delivered)


@dataclass(frozen=True)
class Account:
    """Where one step's calls are booked; ``answered`` takes the entries that are settled with the step's result.
    ``job`` is the step's remote job, where it has one."""

    ledger: Ledger
    cap: Cap
    run: str
    step: str
    provider: str
    answered: list[int]
    job: StepJob | None = None


@dataclass(frozen=True)
class Call(Generic[ResultT]):
    """``send`` asks the backbone; ``check`` raises ``BadMediaError`` for a result that is not what was asked for, and
    runs in a thread."""

    estimate: Estimate
    send: Callable[[], Awaitable[ResultT]]
    check: Callable[[ResultT], None]


async def answered(
    call: Call[ResultT], account: Account, policy: RetryPolicy, on_retry: Callable[[BackboneError, float], None]
) -> ResultT:
    """The checked result. Every try is an entry of the ledger of its own, failures too.

    Raises ``CostLimitError`` before anything is sent that the cap forbids, else what the last try raised.
    """
    return await retried(lambda: _booked(call, account), policy, on_retry=on_retry)


async def _booked(call: Call[ResultT], account: Account) -> ResultT:
    ledger, free = account.ledger, call.estimate.high == 0
    before = account.job.since() if account.job else None
    entry = ledger.reserve(
        account.run,
        account.step,
        account.provider,
        low=call.estimate.low,
        high=call.estimate.high,
        cap=account.cap,
    )
    try:
        result = await call.send()
    except BackboneError as error:
        money = 0.0 if free or unbilled(error) else None
        ledger.settle(entry, "failed", money=money, message=str(error))
        raise
    except BaseException as error:
        ledger.settle(entry, "interrupted", money=0.0 if free else None, message=type(error).__name__)
        raise
    receipt = result.receipt
    ledger.answered(entry, money=receipt.money, model=receipt.model, request=receipt.request)
    account.answered.append(entry)
    if before and account.job and account.job.since() == before and receipt.money is not None:
        ledger.found_again(entry, before[1], receipt.money)
    try:
        # What came was paid for: a run that is stopped now keeps it.
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(call.check, result)
    except BadMediaError as error:
        ledger.settle(
            entry, "paid", money=receipt.money, model=receipt.model, request=receipt.request, message=str(error)
        )
        raise
    return result
