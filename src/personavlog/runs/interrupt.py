"""Ctrl-C and ``kill`` as a clean stop."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from personavlog.runs.engine import Engine

Handler = Callable[[int, FrameType | None], object] | int | None
SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextmanager
def stopped_by_signals(engine: Engine) -> Iterator[None]:
    """Let SIGINT, SIGTERM and a terminal that goes away (SIGHUP) cancel the engine's run; a second one does what
    it did before.

    To be entered inside the running event loop. Signals reach the main thread only, so in any other thread this changes
    nothing. Worker threads cannot be interrupted from outside: they stop at their next progress report.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    # What is ignored stays so: that is how ``nohup`` keeps a process alive.
    before = {number: old for number in SIGNALS if (old := signal.getsignal(number)) is not signal.SIG_IGN}

    def restore() -> None:
        while before:
            _hear_no_more(loop, *before.popitem())

    def stop() -> None:
        restore()
        engine.cancel()
        engine.emit("stopping")

    for number in tuple(before):
        _hear(loop, number, restore, stop)
    try:
        yield
    finally:
        restore()


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
