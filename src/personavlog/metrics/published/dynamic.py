"""VBench's dynamic degree: does anything move fast enough, often enough? And the same evidence as a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from personavlog.errors import MediaError
from personavlog.metrics.networks.raft import SMALLEST, Raft
from personavlog.metrics.published.measured import Definition, Measured, unmeasured
from personavlog.metrics.published.tensors import padded

DEGREE = Definition(name="vbench.dynamic_degree", source="VBench; RAFT (large), 20 iterations", unit="yes (1) or no (0)")
RADIUS = Definition(name="dynamic_radius", source="the radii of VBench's dynamic degree over its threshold, averaged", unit="of the threshold", high=None)
RATE = 8.0
"""Frames per second that are looked at."""
SHARE = 0.05
"""Of the px: the fastest count."""


@dataclass(frozen=True)
class Clip:
    """What the rule needs to know: ``samples`` frames were looked at, of this ``height`` and ``width`` in px."""

    samples: int
    height: int
    width: int

    @property
    def threshold(self) -> float:
        """Px of flow from which a pair of samples is dynamic: 6 at a shorter side of 256."""
        return 6.0 * min(self.height, self.width) / 256.0

    @property
    def needed(self) -> int:
        """How many pairs must be: a quarter of the samples, rounded to even halves."""
        return round(4 * (self.samples / 16.0))


def step(fps: float, *, compat: bool = False) -> int:
    """Every how many-th frame is looked at.

    Raises ``MediaError`` for a file without a frame rate; VBench takes every frame of it.
    """
    if fps <= 0 and not compat:
        raise MediaError("The file names no frame rate, so its motion has no speed. Write it with one, or measure with compat='vbench'.")
    return max(1, round(fps / RATE))


def radius(flow: Tensor) -> float:
    """Mean length in px of the longest 5 % of a flow (2, h, w)."""
    lengths = flow.pow(2).sum(0).sqrt().flatten()
    return float(torch.topk(lengths, int(lengths.numel() * SHARE)).values.mean())


def degree(radii: Sequence[float], clip: Clip, *, compat: bool = False) -> Measured:
    """Yes or no, from the radius of every pair of neighbouring samples.

    None for fewer than three samples or a side below 128 px. VBench calls the former dynamic and, by way of NaN, the latter not: ``compat`` repeats that.
    """
    why = _unfit(clip)
    if why and not compat:
        return unmeasured(DEGREE, why)
    hits = sum(value > clip.threshold for value in radii)
    # Upstream asks after each pair, so no pair at all is never dynamic.
    return Measured(definition=DEGREE, value=float(bool(radii) and hits >= clip.needed), per_frame=tuple(radii), note=why)


def ratio(radii: Sequence[float], clip: Clip) -> Measured:
    """The mean radius over the threshold: 0 for a still picture, 1 where VBench begins to call a pair dynamic. Never saturates, so it can be compared."""
    if min(clip.height, clip.width) < SMALLEST or not radii:
        return unmeasured(RADIUS, _unfit(clip) or "one frame has no neighbour")
    parts = tuple(value / clip.threshold for value in radii)
    return Measured(definition=RADIUS, value=sum(parts) / len(parts), per_frame=parts)


def _unfit(clip: Clip) -> str:
    if clip.samples < 3:
        return "fewer than three frames at 8 per second; VBench's rule calls such clips dynamic whatever they show"
    return f"a side below {SMALLEST} px is too small for RAFT" if min(clip.height, clip.width) < SMALLEST else ""


class Radii:
    """The radii while samples come in; each frame is encoded once."""

    def __init__(self, net: Raft) -> None:
        self._net = net
        self._last: tuple[Tensor, Tensor] | None = None
        self.values: list[float] = []

    def add(self, frame: Tensor) -> None:
        """The next sample (3, h, w), values 0 to 255."""
        here, _ = padded(frame[None], 8)
        features = self._net.encode(here)
        if self._last is not None:
            before, known = self._last
            self.values.append(radius(self._net.flow(before, known, features)[0]))
        self._last = here, features
