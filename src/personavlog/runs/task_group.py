"""Things that are made side by side: start a task now, wait for it where its result is needed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from personavlog.errors import Cancelled, PersonaVlogError


@asynccontextmanager
async def task_group() -> AsyncIterator[asyncio.TaskGroup]:
    """A task group whose tasks may be awaited by many; the first error of our own leaves it as itself, not in a
    group."""
    try:
        async with asyncio.TaskGroup() as tasks:
            yield tasks
    except BaseExceptionGroup as group:
        raise _first(group) from group


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The error to raise: ours before others, a real failure before the cancellation that it caused."""
    leaves = list(_leaves(group))
    ours = [error for error in leaves if isinstance(error, PersonaVlogError | Cancelled)]
    return next((error for error in ours if not isinstance(error, Cancelled)), ours[0] if ours else leaves[0])


def _leaves(error: BaseException) -> list[BaseException]:
    return (
        [leaf for inner in error.exceptions for leaf in _leaves(inner)]
        if isinstance(error, BaseExceptionGroup)
        else [error]
    )
