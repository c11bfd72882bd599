"""Several steps at once."""

from __future__ import annotations

from collections.abc import Awaitable, Coroutine, Iterable
from typing import TypeVar

import anyio

from personavlog.errors import Cancelled, PersonaVlogError

T = TypeVar("T")


async def gather(calls: Iterable[Awaitable[T]]) -> tuple[T, ...]:
    """Run all calls at once and return their results in order.

    If some raise a ``PersonaVlogError`` the others still finish, because what they make is kept and may have been paid
    for; then the first call's error is raised, as itself and not in a group.
    """
    waiting = tuple(calls)
    results: dict[int, T] = {}
    errors: dict[int, PersonaVlogError | Cancelled] = {}

    async def one(place: int, call: Awaitable[T]) -> None:
        try:
            results[place] = await call
        except (PersonaVlogError, Cancelled) as error:
            errors[place] = error

    try:
        async with anyio.create_task_group() as group:
            for place, call in enumerate(waiting):
                group.start_soon(one, place, call)
    finally:
        for call in waiting:  # one that was cancelled before it began would warn that nobody awaited it
            if isinstance(call, Coroutine):
                call.close()
    if errors:
        raise errors[min(errors)]
    return tuple(results[place] for place in sorted(results))
