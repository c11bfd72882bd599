"""VBench's motion smoothness: how well every odd frame is predicted from its neighbours by a frame interpolator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from personavlog.media.arrays import Pixels
from personavlog.metrics.networks.raft import Raft
from personavlog.metrics.published.measured import NOT_FINITE, Definition, Measured, finite, unmeasured
from personavlog.metrics.published.tensors import padded

Interpolate = Callable[[Tensor, Tensor], Tensor]
"""Two frames (1, 3, h, w), values 0 to 1, sides multiples of 16, to the one half-way between."""
AMT = Definition(name="vbench.motion_smoothness", source="VBench; AMT-S")
BY_FLOW = Definition(
    name="raft.motion_smoothness",
    source="VBench's rule with frames moved half-way along RAFT's flow in place of AMT-S; not comparable",
)


@dataclass(frozen=True)
class Interpolator:
    """An interpolator and the measure that it gives; only AMT-S gives VBench's."""

    definition: Definition
    between: Interpolate


class Smoothness:
    """The measure while frames come in: each odd frame against what its neighbours predict."""

    def __init__(self, interpolator: Interpolator) -> None:
        self._interpolator = interpolator
        self._held: list[Pixels] = []
        self.errors: list[float] = []

    def add(self, frame: Pixels) -> None:
        """The next frame (h, w, 3)."""
        self._held.append(frame)
        if len(self._held) == 3:
            before, middle, after = self._held
            self.errors.append(error(self._interpolator.between, before, middle, after))
            self._held = [after]

    def result(self) -> Measured:
        """1 minus the mean error, 0 to 1; ``per_frame`` are the mean absolute differences, 0 to 255."""
        return smoothness(self.errors, self._interpolator.definition)


def smoothness(errors: Sequence[float], definition: Definition = AMT) -> Measured:
    """From the mean absolute differences, 0 to 255, of the odd frames to their predicted ones; None below three
    frames."""
    if not errors:
        return unmeasured(definition, "fewer than three frames; nothing lies between two others")
    if not finite(errors):
        return unmeasured(definition, NOT_FINITE)
    return Measured(definition=definition, value=(255.0 - float(np.mean(errors))) / 255.0, per_frame=tuple(errors))


def error(between: Interpolate, before: Pixels, middle: Pixels, after: Pixels) -> float:
    """Mean absolute difference, 0 to 255, of a frame to the one predicted from its neighbours, which is cut off, not
    rounded, to 8 bits, as VBench's is."""
    (first, edges), (second, _) = (
        padded(torch.from_numpy(frame).permute(2, 0, 1)[None] / 255.0, 16) for frame in (before, after)
    )
    h, w = middle.shape[:2]
    predicted = between(first, second)[0, :, edges[2] : edges[2] + h, edges[0] : edges[0] + w].permute(1, 2, 0)
    return float(np.mean(cv2.absdiff(middle, (predicted * 255.0).clamp(0, 255).cpu().numpy().astype(np.uint8))))


def by_flow(net: Raft) -> Interpolator:
    """Both neighbours moved half-way along the flow between them, and averaged: free of AMT-S's licence, and named for
    what it is."""

    seen: list[tuple[Tensor, Tensor, Tensor]] = []

    def known(frame: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The frame's features and context; the later frame of a pair is the earlier one of the next."""
        for kept in seen:
            if torch.equal(kept[0], frame):
                return kept
        return frame, net.encode(frame * 255), net.context(frame * 255)

    def between(first: Tensor, second: Tensor) -> Tensor:
        pair = known(first), known(second)
        seen[:] = pair[1:]
        _, features, contexts = (torch.cat(both) for both in zip(*pair, strict=True))
        there, back = net.flow(contexts, features, features.flip(0)).split(1)
        return (_moved(first, -0.5 * there) + _moved(second, -0.5 * back)) / 2

    return Interpolator(BY_FLOW, between)


def _moved(frame: Tensor, flow: Tensor) -> Tensor:
    """``frame`` sampled where ``flow`` (1, 2, h, w) in px points; edges repeat."""
    h, w = frame.shape[-2:]
    y, x = torch.meshgrid(torch.arange(h, device=frame.device), torch.arange(w, device=frame.device), indexing="ij")
    places = (torch.stack([x, y], dim=-1) + flow[0].permute(1, 2, 0)) * 2 / torch.tensor(
        [max(w - 1, 1), max(h - 1, 1)], device=frame.device
    ) - 1
    return F.grid_sample(frame, places[None], align_corners=True, padding_mode="border")
