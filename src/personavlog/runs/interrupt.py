"""Ctrl-C and ``kill`` as a clean stop."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from personavlog.runs.engine import Engine

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
        for number, handler in before.items():
            if loop.remove_signal_handler(number) and handler is not None:
                signal.signal(number, handler)

    def stop() -> None:
        restore()
        engine.cancel()
        engine.emit("stopping")

    for number in before:
        loop.add_signal_handler(number, stop)
    try:
        yield
    finally:
        restore()
