"""The pool: nothing is loaded twice, what fits stays, memory that runs out is met once with more offload."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import anyio
import pytest
from anyio import to_thread

from personavlog.backbones.local.pool import Pool, Wanted
from personavlog.backbones.local.settings import Offload
from personavlog.backbones.local.turns import PATIENCE, Turns
from personavlog.errors import OutOfMemoryError

pytestmark = pytest.mark.anyio
torch = pytest.importorskip("torch", reason="needs the extra [local]: make test-local")
SIZE = 440
"""Bytes of ``Linear(10, 10)``."""


class Loads:
    """Loads real networks, slowly, and keeps a list of what it loaded."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds, self.log = seconds, list[tuple[str, Offload]]()

    def wanted(self, key: str, device: str = "cpu", **more: Any) -> Wanted[Any]:
        """The model ``key``."""

        def load(offload: Offload) -> Any:
            time.sleep(self.seconds)
            self.log.append((key, offload))
            return torch.nn.Linear(10, 10)

        return Wanted(name=key, key=key, device=device, load=load, size=SIZE, **more)


def two(device: str) -> int:
    """Memory for two of the networks."""
    return 2 * SIZE


async def test_a_model_that_many_ask_for_at_once_is_loaded_once() -> None:
    loads, pool = Loads(0.02), Pool(two)
    working = 0

    def work(model: Any) -> int:
        nonlocal working
        working += 1
        assert working == 1, "one at a time a device"
        time.sleep(0.005)
        working -= 1
        return id(model)

    seen: list[int] = []

    async def ask() -> None:
        seen.append((await pool.run(loads.wanted("a"), work)).value)

    async with anyio.create_task_group() as group:
        for _ in range(8):
            group.start_soon(ask)
    assert loads.log == [("a", "none")] and len(set(seen)) == 1


async def test_threads_with_loops_of_their_own_share_one_model() -> None:
    loads, pool = Loads(0.02), Pool(two)
    threads = [
        threading.Thread(target=lambda: anyio.run(pool.run, loads.wanted("a"), lambda model: None)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        await to_thread.run_sync(thread.join)
    assert loads.log == [("a", "none")]


async def test_the_least_recently_used_makes_room() -> None:
    loads, pool = Loads(), Pool(two)
    for key in ("a", "b", "a", "c", "a", "b"):
        await pool.run(loads.wanted(key), lambda model: None)
    assert [key for key, _ in loads.log] == ["a", "b", "c", "b"], "c took b's place, then b took c's"
    assert pool.loaded == ("a", "b")


async def test_a_budget_of_the_settings_holds() -> None:
    loads, pool = Loads(), Pool(two)
    for key in ("a", "b"):
        await pool.run(loads.wanted(key, budget=SIZE), lambda model: None)
    assert pool.loaded == ("b",)


async def test_memory_that_runs_out_once_is_met_with_the_next_level_and_said() -> None:
    loads, pool = Loads(), Pool(two)
    await pool.run(loads.wanted("other"), lambda model: None)
    ran = await pool.run(loads.wanted("a"), _running_out(1))
    assert loads.log[1:] == [("a", "none"), ("a", "model")] and ran.value == "made"
    assert ran.notes == ("a did not fit into the memory of 'cpu': run with offload = 'model'.",)
    assert pool.loaded == ("a",), "the other made room"
    again = await pool.run(loads.wanted("a"), _running_out(0))
    assert again.notes == () and len(loads.log) == 3, "said once, and kept"


async def test_memory_that_runs_out_twice_is_an_error_that_says_what_to_do() -> None:
    loads, pool = Loads(), Pool(two)
    with pytest.raises(OutOfMemoryError, match=r"offload = 'model' \(CUDA out of memory\).*Choose a smaller model"):
        await pool.run(loads.wanted("a"), _running_out(2))
    assert [offload for _, offload in loads.log] == ["none", "model"] and pool.loaded == ()


async def test_a_model_without_levels_is_an_error_at_once() -> None:
    loads = Loads()
    with pytest.raises(OutOfMemoryError, match="offload = 'none'"):
        await Pool(two).run(loads.wanted("a", levels=("none",)), _running_out(1))
    assert len(loads.log) == 1


async def test_any_other_failure_leaves_the_model_where_it_is() -> None:
    loads, pool = Loads(), Pool(two)

    def work(model: Any) -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await pool.run(loads.wanted("a"), work)
    await pool.run(loads.wanted("a"), lambda model: None)
    assert len(loads.log) == 1


async def test_freed_memory_is_free() -> None:
    """Nobody holds a dropped model: not the pool, not the error that dropped it."""
    import gc
    import weakref

    kept: list[weakref.ref[Any]] = []

    def work(model: Any) -> None:
        kept.append(weakref.ref(model))
        if len(kept) == 1:
            raise torch.OutOfMemoryError("CUDA out of memory")

    pool = Pool(two)
    await pool.run(Loads().wanted("a"), work)
    gc.collect()
    assert kept[0]() is None and kept[1]() is not None
    await pool.clear("cpu")
    gc.collect()
    assert kept[1]() is None


async def test_whoever_needs_what_is_loaded_goes_first_but_nobody_waits_for_ever() -> None:
    turns, order = Turns(lambda device, key: key == "loaded"), list[str]()

    async def wait(key: str) -> None:
        async with turns.turn("cpu", key):
            order.append(key)

    async with anyio.create_task_group() as group, turns.turn("cpu", "loaded"):
        for key in ("other", *["loaded"] * (PATIENCE + 2)):
            group.start_soon(wait, key)
            await anyio.sleep(0)
    assert order.index("other") == PATIENCE


async def test_somebody_who_stops_waiting_loses_no_turn_for_the_others() -> None:
    turns, order = Turns(lambda device, key: False), list[str]()

    async def wait(key: str) -> None:
        async with turns.turn("cpu", key):
            order.append(key)

    async with anyio.create_task_group() as group, turns.turn("cpu", "first"):
        stopped = anyio.CancelScope()

        async def impatient() -> None:
            with stopped:
                await wait("impatient")

        group.start_soon(impatient)
        await anyio.sleep(0.01)
        group.start_soon(wait, "last")
        await anyio.sleep(0.01)
        stopped.cancel()
        await anyio.sleep(0.01)
    assert order == ["last"]


async def test_two_devices_work_at_once() -> None:
    pool, both = Pool(two), threading.Barrier(2, timeout=10)
    async with anyio.create_task_group() as group:
        for device in ("cpu", "meta"):
            group.start_soon(pool.run, Loads().wanted("a", device), lambda model: both.wait())


def _running_out(times: int) -> Callable[[Any], str]:
    left = [torch.OutOfMemoryError("CUDA out of memory") for _ in range(times)]

    def work(model: Any) -> str:
        if left:
            raise left.pop()
        return "made"

    return work
