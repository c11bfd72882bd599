"""Ctrl-C as a clean stop on event loops without signal handlers of their own, as those of Windows are."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from personavlog.errors import Cancelled
from personavlog.runs.engine import Engine
from personavlog.runs.folder import open_store
from personavlog.runs.interrupt import stopped_by_signals
from personavlog.runs.single_flight import POLL_SECONDS

TICKS = 500


class LoopOfWindows(asyncio.SelectorEventLoop):
    """Has no signal handlers; a signal wakes it only through what ``signal.signal`` set."""

    def add_signal_handler(self, sig: int, callback: Callable[..., object], *args: Any) -> None:
        raise NotImplementedError

    def remove_signal_handler(self, sig: int) -> bool:
        raise NotImplementedError


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    store, index = open_store(tmp_path)
    yield Engine(store, index, "run-1", {})
    index.close()


def run(work: Callable[[], Awaitable[None]]) -> None:
    with asyncio.Runner(loop_factory=LoopOfWindows) as runner:
        runner.run(work())  # type: ignore[arg-type]


def test_a_signal_stops_the_run_and_a_second_one_does_what_it_did_before(engine: Engine) -> None:
    before = signal.getsignal(signal.SIGTERM)
    heard: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: heard.append(number))
    ours = signal.getsignal(signal.SIGTERM)

    async def make() -> None:
        with stopped_by_signals(engine), engine.making():
            signal.raise_signal(signal.SIGTERM)
            signal.raise_signal(signal.SIGTERM)
            for _ in range(TICKS):
                await asyncio.sleep(POLL_SECONDS)
                engine.progress("waiting")(0.0)

    try:
        with pytest.raises(Cancelled):
            run(make)
        assert heard == [signal.SIGTERM] and signal.getsignal(signal.SIGTERM) is ours
    finally:
        signal.signal(signal.SIGTERM, before)
    kinds = [event.kind for event in engine.index.events("run-1")]
    assert kinds == ["begin", "stopping", "end"]


def test_one_signal_stops_all_runs_of_a_loop_also_those_that_begin_while_others_stop(tmp_path: Path) -> None:
    store, index = open_store(tmp_path)
    one, two, late = (Engine(store, index, name, {}) for name in ("one", "two", "late"))

    async def make() -> None:
        with stopped_by_signals(one), stopped_by_signals(two):
            signal.raise_signal(signal.SIGTERM)
            for _ in range(TICKS):
                await asyncio.sleep(POLL_SECONDS)
                if one.cancelled:
                    break
            with stopped_by_signals(late):
                assert one.cancelled and two.cancelled and late.cancelled
        with stopped_by_signals(fresh):
            assert not fresh.cancelled

    fresh = Engine(store, index, "fresh", {})
    run(make)
    index.close()


def test_a_run_that_ends_by_itself_leaves_the_handlers_as_they_were(engine: Engine) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    inside: list[object] = []

    async def make() -> None:
        at_first = signal.getsignal(signal.SIGTERM)
        with stopped_by_signals(engine):
            inside.append(signal.getsignal(signal.SIGTERM))
        assert signal.getsignal(signal.SIGTERM) is at_first

    run(make)
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before
    assert inside != before[1:]
