"""Ctrl-C and ``kill`` as a clean stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from personavlog.runs.engine import Engine


@contextmanager
def stopped_by_signals(engine: Engine) -> Iterator[None]:
    """Let SIGINT and SIGTERM cancel the engine's run; a second one ends the process in the ordinary way.

    To be entered in the main thread inside the running event loop. Worker threads cannot be interrupted from outside: they stop at their next progress report.
    """
    loop = asyncio.get_running_loop()
    handled = (signal.SIGINT, signal.SIGTERM)

    def stop() -> None:
        for number in handled:
            loop.remove_signal_handler(number)
        engine.cancel()

    for number in handled:
        loop.add_signal_handler(number, stop)
    try:
        yield
    finally:
        for number in handled:
            loop.remove_signal_handler(number)
