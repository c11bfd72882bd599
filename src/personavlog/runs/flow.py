"""Work that is started now and waited for where its result is needed, by as many as need it.

A piece that fails stops nothing but what waits for it: what runs beside it may have been paid for, so it finishes and
is kept. Only a stopped run, a defect, or an error of Python's own ends everything at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from personavlog.errors import Cancelled, PersonaVlogError

T = TypeVar("T")


@dataclass(frozen=True)
class Later(Generic[T]):
    """The result of a piece of work that was started."""

    _task: asyncio.Task[tuple[T | None, PersonaVlogError | None]]

    async def value(self) -> T:
        """The result, when it is there; raises the error that the work ended with."""
        result, error = await asyncio.shield(self._task)
        if error is not None:
            raise error
        return result  # type: ignore[return-value]

    async def error(self) -> PersonaVlogError | None:
        """What the work ended with, when it has ended; None where it succeeded."""
        return (await asyncio.shield(self._task))[1]


class Flow:
    """Starts work; made by ``flowing``."""

    def __init__(self, group: asyncio.TaskGroup) -> None:
        self._group = group

    def start(self, work: Coroutine[Any, Any, T]) -> Later[T]:
        """Begin ``work`` beside everything else."""
        return Later(self._group.create_task(_settled(work)))


async def _settled(work: Coroutine[Any, Any, T]) -> tuple[T | None, PersonaVlogError | None]:
    try:
        return await work, None
    except PersonaVlogError as error:
        return None, error


@asynccontextmanager
async def flowing() -> AsyncIterator[Flow]:
    """A ``Flow``; the block ends when everything that was started has ended. What ends everything leaves as itself and
    not in a group."""
    try:
        async with asyncio.TaskGroup() as group:
            yield Flow(group)
    except BaseExceptionGroup as group_error:
        raise _first(group_error) from group_error


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The error to tell: ours before others, a real failure before the cancellation that it caused."""
    leaves = list(_leaves(group))
    ours = [error for error in leaves if isinstance(error, PersonaVlogError)]
    stopped = [error for error in leaves if isinstance(error, Cancelled)]
    return (ours or stopped or leaves)[0]


def _leaves(error: BaseException) -> list[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        return [leaf for inner in error.exceptions for leaf in _leaves(inner)]
    return [error]
