"""Ctrl-C and ``kill`` as a clean stop."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import ClassVar

from personavlog.runs.engine import Engine

Handler = Callable[[int, FrameType | None], object] | int | None
SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class _Watch:
    """The handlers of a process while engines of it make films, one or several beside each other."""

    _last: ClassVar[_Watch | None] = None

    @classmethod
    def of_this_loop(cls) -> _Watch:
        """The one that is there while it has engines, else a new one."""
        last = cls._last
        if last is None or not last._engines or last._loop is not asyncio.get_running_loop():
            last = cls._last = cls()
        return last

    def __init__(self) -> None:
        self._engines: list[Engine] = []
        self._came = False
        self._loop = asyncio.get_running_loop()
        # What is ignored stays so: that is how ``nohup`` keeps a process alive.
        self._before = {number: old for number in SIGNALS if (old := signal.getsignal(number)) is not signal.SIG_IGN}
        for number in tuple(self._before):
            _hear(self._loop, number, self._restore, self._stop)

    def add(self, engine: Engine) -> None:
        """Stop this engine too when a signal comes; at once where one came and the others are still stopping."""
        self._engines.append(engine)
        if self._came:
            engine.cancel()

    def drop(self, engine: Engine) -> None:
        """It has ended; with the last one the handlers are what they were before."""
        self._engines.remove(engine)
        if not self._engines:
            self._restore()

    def _restore(self) -> None:
        while self._before:
            _hear_no_more(self._loop, *self._before.popitem())

    def _stop(self) -> None:
        self._came = True
        self._restore()
        for engine in tuple(self._engines):
            engine.cancel()
            engine.emit("stopping")


@contextmanager
def stopped_by_signals(engine: Engine) -> Iterator[None]:
    """Let SIGINT, SIGTERM and a terminal that goes away (SIGHUP) cancel the engine's run, and every other run that is
    being made on this loop; a second signal does what it did before.

    To be entered inside the running event loop. Signals reach the main thread only, so in any other thread this changes
    nothing. Worker threads cannot be interrupted from outside: they stop at their next progress report.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    watch = _Watch.of_this_loop()
    watch.add(engine)
    try:
        yield
    finally:
        watch.drop(engine)


def _hear(loop: asyncio.AbstractEventLoop, number: int, restore: Callable[[], None], stop: Callable[[], None]) -> None:
    """Call ``stop`` on the loop when the signal comes."""

    def heard(*_: object) -> None:
        restore()  # at once: a second signal may come before the loop has run ``stop``
        loop.call_soon_threadsafe(stop)

    try:
        loop.add_signal_handler(number, stop)
    except NotImplementedError:  # the event loops of Windows have no signal handlers of their own
        signal.signal(number, heard)


def _hear_no_more(loop: asyncio.AbstractEventLoop, number: int, handler: Handler) -> None:
    with suppress(NotImplementedError):
        loop.remove_signal_handler(number)
    if handler is not None:
        signal.signal(number, handler)
