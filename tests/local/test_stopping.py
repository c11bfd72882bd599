"""Stopping, and memory that runs out, inside the real pipelines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import anyio
import numpy as np
import pytest

from personavlog.backbones.local.pool import POOL
from personavlog.backbones.roles import EditResult
from personavlog.backbones.tools import Tools
from personavlog.errors import BackboneError, Cancelled, OutOfMemoryError
from personavlog.runs.blobs import Blobs
from tests.local.asked import animator, clip, edit, painter
from tests.local.conftest import Tiny

pytestmark = pytest.mark.anyio


async def test_progress_is_told_of_every_step(tiny: Tiny, blobs: Blobs, tools: Tools) -> None:
    shares: list[float] = []
    told = replace(tools, progress=shares.append)
    await painter(tiny("flux_kontext"), steps=4).edit(edit(blobs), told)
    assert shares == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])


@pytest.mark.parametrize("family", ["flux_kontext", "flux2_klein", "wan21", "ltx2", "hunyuan_video"])
async def test_a_stopped_run_ends_with_the_step(tiny: Tiny, blobs: Blobs, tools: Tools, family: str) -> None:
    told: list[float] = []

    def stop(share: float) -> None:
        told.append(share)
        raise Cancelled

    with pytest.raises(Cancelled):
        await _make(tiny, blobs, replace(tools, progress=stop), family, steps=9)
    assert told == [0.1]
    await _make(tiny, blobs, tools, family, steps=1)


async def test_a_call_that_nobody_waits_for_any_more_ends_with_the_step(tiny: Tiny, blobs: Blobs, tools: Tools) -> None:
    shares: list[float] = []
    begun, loop_steps = anyio.Event(), 200

    def progress(share: float) -> None:
        shares.append(share)
        anyio.from_thread.run_sync(begun.set)

    async with anyio.create_task_group() as group:
        backbone = painter(tiny("flux_kontext"), steps=loop_steps)
        group.start_soon(backbone.edit, edit(blobs), replace(tools, progress=progress))
        await begun.wait()
        group.cancel_scope.cancel()
    assert len(shares) < loop_steps / 2


async def test_what_was_stopped_under_a_cache_leaves_nothing_in_it(tiny: Tiny, blobs: Blobs, tools: Tools) -> None:
    backbone = painter(tiny("flux_kontext"), steps=4, cache={"name": "first_block"}, offload="model")
    whole = await backbone.edit(edit(blobs), tools)
    with pytest.raises(Cancelled):
        await backbone.edit(edit(blobs, seed=9), replace(tools, progress=_stopping_after(2)))
    assert (await backbone.edit(edit(blobs), tools)).image == whole.image


@pytest.mark.parametrize("family", ["flux_kontext", "wan21"])
async def test_memory_that_runs_out_falls_to_the_next_level_of_offload(
    tiny: Tiny, blobs: Blobs, tools: Tools, family: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = await _make(tiny, blobs, tools, family)
    _run_out(monkeypatch, family, 1)
    made = await _make(tiny, blobs, tools, family)
    assert made.notes == (f"{family} did not fit into the memory of 'cpu': run with offload = 'model'.",)
    if isinstance(plain, EditResult):
        # Moved weights lie elsewhere in memory, and kernels add in another order by where their numbers lie.
        first, other = (blobs.pixels(result.image).astype(int) for result in (plain, made))
        assert np.abs(first - other).max() <= 1
        made = made.model_copy(update={"image": plain.image})
    assert made.model_copy(update={"notes": (), "receipt": plain.receipt}) == plain, "the same picture"
    assert POOL.loaded


async def test_memory_that_runs_out_again_stops_the_call(
    tiny: Tiny, blobs: Blobs, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    _run_out(monkeypatch, "flux_kontext", 2)
    with pytest.raises(OutOfMemoryError, match="does not fit"):
        await _make(tiny, blobs, tools, "flux_kontext")
    assert POOL.loaded == ()


async def test_a_librarys_own_failure_is_the_models(
    tiny: Tiny, blobs: Blobs, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    from diffusers import FluxTransformer2DModel

    def failing(self: Any, *arguments: Any, **named: Any) -> Any:
        raise RuntimeError("CUDA error: device-side assert triggered\nmore lines")

    monkeypatch.setattr(FluxTransformer2DModel, "forward", failing)
    with pytest.raises(BackboneError, match=r"'flux_kontext' failed: CUDA error: device-side assert triggered\."):
        await _make(tiny, blobs, tools, "flux_kontext")


async def _make(tiny: Tiny, blobs: Blobs, tools: Tools, family: str, steps: int = 2) -> Any:
    if family.startswith("flux"):
        return await painter(tiny(family), steps=steps).edit(edit(blobs), tools)
    backbone = animator(tiny(family), steps=steps)
    return await backbone.animate(clip(blobs, backbone), tools)


def _run_out(monkeypatch: pytest.MonkeyPatch, family: str, times: int) -> None:
    """The real network's forward pass raises what CUDA raises, so many times."""
    import torch
    from diffusers import FluxTransformer2DModel, WanTransformer3DModel

    network = FluxTransformer2DModel if family == "flux_kontext" else WanTransformer3DModel
    forward, left = network.forward, [None] * times

    def starved(self: Any, *arguments: Any, **named: Any) -> Any:
        if left:
            left.pop()
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB.")
        return forward(self, *arguments, **named)

    monkeypatch.setattr(network, "forward", starved)


def _stopping_after(steps: int) -> Callable[[float], None]:
    left = [None] * steps

    def progress(share: float) -> None:
        if not left:
            raise Cancelled
        left.pop()

    return progress
