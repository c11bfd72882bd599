"""All measures of one video file from one decoding, in memory that does not grow with its length."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor, nn

from personavlog.media.arrays import Pixels
from personavlog.metrics.networks.clip import Vision
from personavlog.metrics.networks.dino import Dino
from personavlog.metrics.networks.musiq import Musiq
from personavlog.metrics.networks.raft import Raft
from personavlog.metrics.published import dynamic, tensors
from personavlog.metrics.published.consistency import BACKGROUND, SUBJECT, Consistency
from personavlog.metrics.published.measured import Measured
from personavlog.metrics.published.quality import aesthetic, aesthetic_parts, imaging
from personavlog.metrics.published.smoothness import Interpolator, Smoothness
from personavlog.metrics.published.video import Video, batches, opened

BATCH = 8
"""Frames that go through a network together, at the end up to two more: more is hardly faster on a CPU and takes more
memory."""
PIXELS = 8 * 1280 * 720
"""Fewer, where they would be more than this: 88 MB as numbers."""


@dataclass(frozen=True)
class Networks:
    """What is measured is what there are networks for; all on one ``device``. ``weights`` names the SHA-256 of the file
    behind each."""

    dino: Dino | None = None
    clip_b: Vision | None = None
    clip_l: Vision | None = None
    head: nn.Linear | None = None
    musiq: Musiq | None = None
    raft: Raft | None = None
    interpolator: Interpolator | None = None
    device: str = "cpu"
    weights: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ClipMeasures:
    """One file's measures, with what they were taken from: ``frames`` in all, ``fps`` as the file says, px of one
    frame."""

    measures: tuple[Measured, ...]
    frames: int
    fps: float
    width: int
    height: int


def measure(
    path: Path,
    networks: Networks,
    *,
    compat: bool = False,
    batch: int = BATCH,
    on_frames: Callable[[int], None] = lambda frames: None,
) -> ClipMeasures:
    """Every measure that ``networks`` allow; ``on_frames`` is called with how many frames are done, after each batch.

    ``compat`` repeats VBench where it gives a number that means nothing (see ``dynamic``). Raises ``MediaError`` naming
    the file and the reason.
    """
    with opened(path) as video:
        return measure_frames(video, networks, compat=compat, batch=batch, on_frames=on_frames)


def measure_frames(
    video: Video,
    networks: Networks,
    *,
    compat: bool = False,
    batch: int = BATCH,
    on_frames: Callable[[int], None] = lambda frames: None,
) -> ClipMeasures:
    """The same of frames of one size, wherever they come from."""
    with torch.inference_mode():
        running = _Running(networks, video.fps)
        for frames in batches(video, batch, PIXELS):
            running.add(frames)
            on_frames(running.count)
        return ClipMeasures(running.results(compat), running.count, video.fps, running.width, running.height)


class _Running:
    """The running measures of one file."""

    def __init__(self, networks: Networks, fps: float) -> None:
        self._networks, self._fps, self._step = networks, fps, dynamic.step(fps)
        self._subject, self._background = Consistency(), Consistency()
        self._aesthetic: list[float] = []
        self._imaging: list[float] = []
        self._radii = dynamic.Radii(networks.raft) if networks.raft else None
        self._smoothness = Smoothness(networks.interpolator) if networks.interpolator else None
        self.count, self.samples, self.width, self.height = 0, 0, 0, 0

    def add(self, frames: Sequence[Pixels]) -> None:
        """The next frames in order."""
        self.height, self.width = frames[0].shape[:2]
        stack = tensors.stacked(frames).to(self._networks.device)
        self._seen(stack)
        self._moved(stack)
        for frame in frames if self._smoothness else ():
            self._smoothness.add(frame)  # type: ignore[union-attr]
        self.count += len(frames)

    def _seen(self, stack: Tensor) -> None:
        nets = self._networks
        if nets.dino:
            self._subject.add(nets.dino(tensors.for_dino(stack)))
        middle = tensors.for_clip(stack) if nets.clip_b or nets.clip_l else stack
        if nets.clip_b:
            self._background.add(nets.clip_b(middle))
        if nets.clip_l and nets.head:
            self._aesthetic += aesthetic_parts(nets.clip_l(middle), nets.head)
        if nets.musiq:
            self._imaging += nets.musiq(tensors.for_musiq(stack)).tolist()

    def _moved(self, stack: Tensor) -> None:
        first = -self.count % self._step
        for frame in stack[first :: self._step]:
            self.samples += 1
            if self._radii and self._seen_as().fits:
                self._radii.add(frame)

    def _seen_as(self) -> dynamic.ClipShape:
        return dynamic.ClipShape(self.samples, self.height, self.width, self._fps)

    def results(self, compat: bool) -> tuple[Measured, ...]:
        """In VBench's order, then our own."""
        nets, clip = self._networks, self._seen_as()
        radii = self._radii.result() if self._radii else []
        found = (
            self._subject.result(SUBJECT) if nets.dino else None,
            self._background.result(BACKGROUND) if nets.clip_b else None,
            self._smoothness.result() if self._smoothness else None,
            dynamic.degree(radii, clip, compat=compat) if nets.raft else None,
            aesthetic(self._aesthetic) if nets.clip_l and nets.head else None,
            imaging(self._imaging) if nets.musiq else None,
            dynamic.ratio(radii, clip) if nets.raft else None,
        )
        return tuple(one for one in found if one is not None)
