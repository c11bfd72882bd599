"""How much a measure computes, and how much this machine could in the same time.

The work is that of matrix products, convolutions and attention, counted by torch on the very calls of one pass; what
else takes time (decoding, resizing, norms, copies) counts as none. The machine's rate is that of its best square
float32 matrix product, measured between the passes with as many threads. On a machine that others use too, seconds on
the wall say little: rates are per processor second, beside those on the wall, and the best of several passes is kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch.utils.flop_counter import FlopCounterMode, sdpa_flop_count

SIZES = (256, 512, 768, 1024, 1536)
TRIES = 6


@dataclass(frozen=True)
class Rate:
    """Operations per processor second (of one thread) and per second on the wall (of all)."""

    cpu: float
    wall: float


@dataclass(frozen=True)
class Work:
    """``flops`` of one pass, its best rate, and the machine's."""

    flops: int
    achieved: Rate
    peak: Rate


def _attention(query: Any, key: Any, value: Any, *_: object, **__: object) -> int:
    return int(sdpa_flop_count(query, key, value))


COUNTED = {torch.ops.aten._scaled_dot_product_flash_attention_for_cpu: _attention}
"""torch counts attention on other devices only."""


def flops(passes: Callable[[], object]) -> int:
    """Of one pass: two for each multiplication with its addition."""
    with FlopCounterMode(display=False, custom_mapping=COUNTED) as counter:
        passes()
    return int(counter.get_total_flops())


def _seconds(passes: Callable[[], object]) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    passes()
    return time.process_time() - cpu, time.perf_counter() - wall


def _best(count: float, passes: Callable[[], object], tries: int) -> Rate:
    spent = [_seconds(passes) for _ in range(tries)]
    return Rate(*(count / min(kind) for kind in zip(*spent, strict=True)))


def _peak() -> list[Rate]:
    rates = []
    for size in SIZES:
        left, right = torch.rand(2, size, size)
        product = torch.empty(size, size)
        rates.append(_best(2.0 * size**3, lambda a=left, b=right, c=product: torch.mm(a, b, out=c), TRIES))
    return rates


def work(passes: Callable[[], object], repeats: int) -> Work:
    """Of a pass that can be repeated; the machine is measured before, between and after."""
    count = flops(passes)
    peaks, achieved = _peak(), []
    for _ in range(repeats):
        achieved.append(_best(count, passes, 1))
        peaks += _peak()
    return Work(count, _highest(achieved), _highest(peaks))


def _highest(rates: list[Rate]) -> Rate:
    return Rate(max(rate.cpu for rate in rates), max(rate.wall for rate in rates))
