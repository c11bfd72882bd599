"""VBench's dynamic degree: does anything move fast enough, often enough? And the same evidence as a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from personavlog.metrics.networks.raft import SMALLEST, Raft, together
from personavlog.metrics.published.measured import NOT_FINITE, Definition, Measured, finite, unmeasured
from personavlog.metrics.published.tensors import padded

DEGREE = Definition(
    name="vbench.dynamic_degree", source="VBench; RAFT (large), 20 iterations", unit="yes (1) or no (0)"
)
RADIUS = Definition(
    name="dynamic_radius",
    source="the radii of VBench's dynamic degree over its threshold, averaged",
    unit="of the threshold",
    high=None,
)
RATE = 8.0
"""Frames per second that are looked at."""
SHARE = 0.05
"""Of the px: the fastest count."""
MOST_PIXELS = 1920 * 1088
"""RAFT compares every eighth px with every other: 5.7 GB at this size, 67 GB at twice its sides."""


@dataclass(frozen=True)
class ClipShape:
    """What the rule needs to know: ``samples`` frames were looked at, of this ``height`` and ``width`` in px, out of
    ``fps`` in every second."""

    samples: int
    height: int
    width: int
    fps: float = RATE

    @property
    def threshold(self) -> float:
        """Px of flow from which a pair of samples is dynamic: 6 at a shorter side of 256."""
        return 6.0 * min(self.height, self.width) / 256.0

    @property
    def needed(self) -> int:
        """How many pairs must be: a quarter of the samples, rounded to even halves."""
        return round(4 * (self.samples / 16.0))

    @property
    def fits(self) -> bool:
        """Whether RAFT can see frames of this size."""
        return min(self.height, self.width) >= SMALLEST and self.height * self.width <= MOST_PIXELS


def step(fps: float) -> int:
    """Every how many-th frame is looked at; every one of a file that names no rate, as VBench does."""
    return max(1, round(fps / RATE)) if fps > 0 else 1


def radius(flow: Tensor) -> float:
    """Mean length in px of the longest 5 % of a flow (2, h, w)."""
    lengths = flow.pow(2).sum(0).sqrt().flatten()
    return float(torch.topk(lengths, int(lengths.numel() * SHARE)).values.mean())


def degree(radii: Sequence[float], clip: ClipShape, *, compat: bool = False) -> Measured:
    """Yes or no, from the radius of every pair of neighbouring samples.

    None for a file without a frame rate, fewer than three samples, frames larger than 1080p or a side below 128 px.
    VBench takes every frame of the first, calls the second dynamic and, by way of NaN, the last not: ``compat`` repeats
    that.
    """
    why = _unfit(clip)
    if why and (not compat or clip.height * clip.width > MOST_PIXELS):
        return unmeasured(DEGREE, why)
    if not finite(radii):
        return unmeasured(DEGREE, NOT_FINITE)
    hits = sum(value > clip.threshold for value in radii)
    # Upstream asks after each pair, so no pair at all is never dynamic.
    return Measured(
        definition=DEGREE, value=float(bool(radii) and hits >= clip.needed), per_frame=tuple(radii), note=why
    )


def ratio(radii: Sequence[float], clip: ClipShape) -> Measured:
    """The mean radius over the threshold: 0 for a still picture, 1 where VBench begins to call a pair dynamic. Never
    saturates, so it can be compared."""
    why = _unfit(clip, least=2) or ("" if finite(radii) else NOT_FINITE)
    if why:
        return unmeasured(RADIUS, why)
    parts = tuple(value / clip.threshold for value in radii)
    return Measured(definition=RADIUS, value=sum(parts) / len(parts), per_frame=parts)


def _unfit(clip: ClipShape, least: int = 3) -> str:
    """Why the rule means nothing for this clip, or nothing."""
    reasons = (
        (clip.fps <= 0, "the file names no frame rate, so its motion has no speed; write it with one"),
        (
            clip.samples < least,
            "too few frames at 8 per second; VBench's rule calls a clip of two dynamic whatever it shows",
        ),
        (min(clip.height, clip.width) < SMALLEST, f"a side below {SMALLEST} px is too small for RAFT"),
        (
            clip.height * clip.width > MOST_PIXELS,
            "frames above 1920 x 1088 px take RAFT more than 6 GB; give the clip smaller",
        ),
    )
    return next((text for wrong, text in reasons if wrong), "")


class Radii:
    """The radii while samples come in; each frame is encoded once, small ones several together."""

    def __init__(self, net: Raft) -> None:
        self._net = net
        self._held: list[Tensor] = []
        self._last: tuple[Tensor, Tensor] | None = None
        self._values: list[float] = []

    def add(self, frame: Tensor) -> None:
        """The next sample (3, h, w), values 0 to 255."""
        here, _ = padded(frame[None], 8)
        self._held.append(here)
        if len(self._held) >= together(*here.shape[-2:]):
            self._let_go()

    def result(self) -> list[float]:
        """One radius per pair of neighbouring samples so far."""
        if self._held:
            self._let_go()
        return self._values

    def _let_go(self) -> None:
        frames = torch.cat(self._held)
        features = self._net.encode(frames)
        newest = frames[-1:], features[-1:]
        if self._last is not None:
            frames, features = (torch.cat(both) for both in zip(self._last, (frames, features), strict=True))
        if len(frames) > 1:
            flows = self._net.flow(self._net.context(frames[:-1]), features[:-1], features[1:])
            self._values += map(radius, flows)
        self._held, self._last = [], newest
