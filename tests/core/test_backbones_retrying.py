"""One retry policy: which failures are tried again, how often, after how long."""

from __future__ import annotations

import pytest

from personavlog.backbones.retrying import TRIES, RetryPolicy, retried
from personavlog.errors import (
    BackboneError,
    BadMediaError,
    InvalidReplyError,
    OutOfMemoryError,
    RateLimitedError,
    RefusedError,
    TimedOutError,
    UnavailableError,
)

pytestmark = pytest.mark.anyio
QUICK = RetryPolicy(first_wait=0.001, longest_wait=0.01)


async def calls_until(error: BackboneError, times: int) -> tuple[int, BackboneError | None]:
    """How many calls are made of one that fails ``times`` times, and what is raised."""
    made = 0

    async def call() -> int:
        nonlocal made
        made += 1
        if made <= times:
            raise error
        return made

    try:
        await retried(call, QUICK)
    except BackboneError as raised:
        return made, raised
    return made, None


@pytest.mark.parametrize("kind", [RateLimitedError, UnavailableError, TimedOutError, BadMediaError])
async def test_what_may_pass_is_tried_again_so_often_and_no_more(kind: type[BackboneError]) -> None:
    assert await calls_until(kind("x"), 1) == (2, None)
    made, raised = await calls_until(kind("x"), 99)
    assert made == TRIES[kind] and isinstance(raised, kind)


@pytest.mark.parametrize("kind", [RefusedError, InvalidReplyError, OutOfMemoryError, BackboneError])
async def test_what_cannot_pass_is_not_tried_again(kind: type[BackboneError]) -> None:
    made, raised = await calls_until(kind("x"), 1)
    assert made == 1 and isinstance(raised, kind)


async def test_a_providers_own_wait_counts_and_too_long_a_one_ends_the_tries() -> None:
    assert QUICK.wait(RateLimitedError("x", retry_after=0.004), 1) == 0.004
    assert QUICK.wait(RateLimitedError("x", retry_after=600), 1) is None
    assert [RetryPolicy().wait(UnavailableError("x"), n) for n in (1, 2, 3, 4)] == [1, 2, 4, None]
