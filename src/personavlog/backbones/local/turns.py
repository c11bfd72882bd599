"""Whose turn it is on a device: one at a time, and whoever needs what is loaded goes first."""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

PATIENCE = 64
"""So often somebody who waits may be passed by others whose model is loaded: loading one costs as much as many steps,
but nobody waits for ever."""


@dataclass(eq=False)
class _Waiting:
    key: str
    passed: int = 0
    called: Future[None] = field(default_factory=Future)


class Turns:
    """Good for any number of event loops and threads; ``loaded`` says whether a model is on a device."""

    def __init__(self, loaded: Callable[[str, str], bool]) -> None:
        self._loaded = loaded
        self._lock = threading.Lock()
        self._busy: set[str] = set()
        self._waiting: defaultdict[str, list[_Waiting]] = defaultdict(list)

    @asynccontextmanager
    async def turn(self, device: str, key: str) -> AsyncIterator[None]:
        """Hold the device for the model ``key``; waits as long as it takes."""
        with self._lock:
            mine = None if device not in self._busy else _Waiting(key)
            if mine is None:
                self._busy.add(device)
            else:
                self._waiting[device].append(mine)
        if mine is not None:
            await self._called(device, mine)
        try:
            yield
        finally:
            self._pass_on(device)

    async def _called(self, device: str, mine: _Waiting) -> None:
        try:
            await asyncio.wrap_future(mine.called)
        except BaseException:
            with self._lock:
                had_it = mine not in self._waiting[device]
                if not had_it:
                    self._waiting[device].remove(mine)
            if had_it and not mine.called.cancelled():
                self._pass_on(device)
            raise

    def _pass_on(self, device: str) -> None:
        with self._lock:
            while self._waiting[device]:
                following = self._next(device)
                if following.called.set_running_or_notify_cancel():
                    following.called.set_result(None)
                    return
            self._busy.discard(device)

    def _next(self, device: str) -> _Waiting:
        waiting = self._waiting[device]
        impatient = next((one for one in waiting if one.passed >= PATIENCE), None)
        ready = next((one for one in waiting if self._loaded(device, one.key)), waiting[0])
        following = impatient or ready
        for one in waiting[: waiting.index(following)]:
            one.passed += 1
        waiting.remove(following)
        return following
