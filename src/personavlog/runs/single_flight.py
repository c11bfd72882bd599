"""Single flight: of several equal pieces of work in one process, one is done and the others wait for it."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager

import anyio

POLL_SECONDS = 0.01


class SingleFlight:
    """The keys being worked on, over all event loops and threads of the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._flying: set[Hashable] = set()

    @asynccontextmanager
    async def alone(self, key: Hashable) -> AsyncIterator[None]:
        """Hold ``key``, waiting while somebody else does.

        Waiters look again every 10 ms: they may belong to another event loop (a web page making two runs), where no
        event of this loop can wake them.
        """
        while not self._take(key):  # noqa: ASYNC110
            await anyio.sleep(POLL_SECONDS)
        try:
            yield
        finally:
            with self._lock:
                self._flying.discard(key)

    def _take(self, key: Hashable) -> bool:
        with self._lock:
            if key in self._flying:
                return False
            self._flying.add(key)
            return True
