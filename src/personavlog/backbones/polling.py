"""Jobs on somebody else's machine: asked for their state until they are done, and cancelled there when a run is
stopped."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import anyio

from personavlog.backbones.tools import Tools
from personavlog.errors import BackboneError, Cancelled, RateLimitedError, TimedOutError, UnavailableError

PATIENCE = 120.0
"""Seconds for which a job's server may be out of reach before the call fails; the job itself is not lost."""
TICK = 0.5
"""Seconds after which a stopped run is noticed."""

T = TypeVar("T")


async def polled(
    look: Callable[[], Awaitable[T | None]],
    tools: Tools,
    provider: str,
    *,
    every: float = 2.0,
    at_most: float = 3600.0,
    cancel: Callable[[], Awaitable[object]] | None = None,
) -> T:
    """What ``look`` finds once it is not None, asked every ``every`` seconds.

    A server that is out of reach meanwhile is asked again for ``PATIENCE`` seconds. Where the run was stopped the job
    is cancelled remotely and forgotten. Raises ``TimedOutError`` after ``at_most`` seconds, else what ``look`` raises.
    """
    until, reached = anyio.current_time() + at_most, anyio.current_time()
    try:
        while True:
            pause = every
            try:
                found = await look()
                reached = anyio.current_time()
                if found is not None:
                    return found
            except (UnavailableError, TimedOutError, RateLimitedError) as error:
                if anyio.current_time() - reached > PATIENCE:
                    raise
                pause = max(every, min(error.retry_after or every, PATIENCE))
            if anyio.current_time() > until:
                raise TimedOutError(
                    f"{provider!r} did not finish its job within {at_most:g} s. It may still be running there; the "
                    "next try asks for it again.",
                    provider=provider,
                )
            await _waited(pause, tools)
    except (Cancelled, anyio.get_cancelled_exc_class()):
        await _cancelled(cancel, tools)
        raise


async def _waited(seconds: float, tools: Tools) -> None:
    until = anyio.current_time() + seconds
    while (left := until - anyio.current_time()) > 0:
        if tools.cancelled():
            raise Cancelled("The run was stopped.")
        await anyio.sleep(min(left, TICK))


async def _cancelled(cancel: Callable[[], Awaitable[object]] | None, tools: Tools) -> None:
    if cancel is None:
        return
    with anyio.CancelScope(shield=True), anyio.move_on_after(10):
        try:
            await cancel()
        except BackboneError:
            return  # it cannot be told; the job stays known, and a resume asks for it
        tools.job.finish()
