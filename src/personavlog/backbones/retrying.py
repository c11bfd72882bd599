"""The one retry policy: which failures of a backbone are tried again, how often, and after how long."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import anyio

from personavlog.errors import (
    BackboneError,
    BadMediaError,
    RateLimitedError,
    TimedOutError,
    UnavailableError,
)

T = TypeVar("T")

TRIES: Mapping[type[BackboneError], int] = {
    RateLimitedError: 6,
    UnavailableError: 4,
    TimedOutError: 2,
    BadMediaError: 2,
}
"""Calls in all, by what went wrong; every other failure is final. A damaged result was paid for: once more, not
more."""


@dataclass(frozen=True)
class RetryPolicy:
    """``first_wait`` seconds before the second call, doubled from then on up to ``longest_wait``; a provider's own
    Retry-After counts instead where it asks for less than ``longest_wait``, and ends the tries where it asks for
    more."""

    first_wait: float = 1.0
    longest_wait: float = 60.0

    def wait(self, error: BackboneError, failed: int) -> float | None:
        """Seconds to wait after ``failed`` calls, or None where the failure is final."""
        if failed >= next((tries for kind, tries in TRIES.items() if isinstance(error, kind)), 1):
            return None
        if error.retry_after is not None:
            return error.retry_after if error.retry_after <= self.longest_wait else None
        return 0.0 if isinstance(error, BadMediaError) else min(self.first_wait * 2 ** (failed - 1), self.longest_wait)


async def retried(
    call: Callable[[], Awaitable[T]],
    policy: RetryPolicy,
    *,
    on_retry: Callable[[BackboneError, float], None] = lambda error, wait: None,
) -> T:
    """The call's result, after as many calls as the policy allows; ``on_retry`` hears of each that failed."""
    failed = 0
    while True:
        try:
            return await call()
        except BackboneError as error:
            failed += 1
            wait = policy.wait(error, failed)
            if wait is None:
                raise
            on_retry(error, wait)
        await anyio.sleep(wait)
