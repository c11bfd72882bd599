"""One maker of a step over all processes: a lock per key, so that two programs on one store never pay twice.

Keys share 4096 lock files, so that no folder fills up; two steps that meet in one file wait for each other between
processes and not within one.
"""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
from filelock import FileLock, Timeout

POLL_SECONDS = 0.02
DIGITS = 3


class SharedLocks:
    """The lock files of one folder, as this process holds them; safe to use from any thread and event loop."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._guard = threading.Lock()
        self._held: dict[str, tuple[FileLock, int]] = {}

    @asynccontextmanager
    async def held(self, key: str) -> AsyncIterator[None]:
        """Hold ``key`` against other processes, waiting while one of them does; a killed one lets go."""
        bucket = key[:DIGITS]
        while not self._take(bucket):  # noqa: ASYNC110 - another process wakes nobody here
            await anyio.sleep(POLL_SECONDS)
        try:
            yield
        finally:
            self._give(bucket)

    def _take(self, bucket: str) -> bool:
        with self._guard:
            lock, count = self._held.get(bucket, (None, 0))
            if lock is None:
                self._folder.mkdir(parents=True, exist_ok=True)
                lock = FileLock(self._folder / f"{bucket}.lock", thread_local=False)
                try:
                    lock.acquire(timeout=0)
                except Timeout:
                    return False
            self._held[bucket] = lock, count + 1
            return True

    def _give(self, bucket: str) -> None:
        with self._guard:
            lock, count = self._held.pop(bucket)
            if count > 1:
                self._held[bucket] = lock, count - 1
            else:
                lock.release()
