"""Frames as each network wants them. VBench resizes float pictures with values 0 to 255 without antialias and without
clamping; so does this."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from personavlog.media.arrays import Pixels
from personavlog.metrics.networks import clip, dino

SHORT = 224
MUSIQ_SIDE = 512


def stacked(frames: Sequence[Pixels]) -> Tensor:
    """(h, w, 3) uint8 frames to (n, 3, h, w) float32, values 0 to 255."""
    # Plane by plane in memory, as the layers work on it: float() would keep the frames' own order.
    return torch.from_numpy(np.stack(frames)).permute(0, 3, 1, 2).contiguous().float()


def for_dino(frames: Tensor) -> Tensor:
    """Shorter side 224, bilinear, not cropped, normalised: 832 x 480 becomes 388 x 224."""
    return _normalised(_short_side(frames, "bilinear"), dino.MEAN, dino.STD)


def for_clip(frames: Tensor) -> Tensor:
    """Shorter side 224, bicubic, the middle 224 x 224, normalised."""
    x = _short_side(frames, "bicubic")
    top, left = (round((side - SHORT) / 2.0) for side in x.shape[-2:])
    return _normalised(x[..., top : top + SHORT, left : left + SHORT], clip.MEAN, clip.STD)


def for_musiq(frames: Tensor) -> Tensor:
    """Longer side at most 512, bilinear, values 0 to 1 (VBench's mode "longer")."""
    h, w = frames.shape[-2:]
    if max(h, w) > MUSIQ_SIDE:
        ratio = MUSIQ_SIDE / max(h, w)
        frames = F.interpolate(frames, size=(int(ratio * h), int(ratio * w)), mode="bilinear", align_corners=False)
    return frames / 255.0


def padded(frames: Tensor, multiple: int) -> tuple[Tensor, tuple[int, int, int, int]]:
    """Edges repeated on all sides until both are multiples; and how much was added left, right, above and below."""
    down, across = (-frames.shape[-2]) % multiple, (-frames.shape[-1]) % multiple
    edges = (across // 2, across - across // 2, down // 2, down - down // 2)
    return F.pad(frames, edges, mode="replicate"), edges


def _short_side(x: Tensor, mode: str) -> Tensor:
    h, w = x.shape[-2:]
    size = (SHORT, int(SHORT * w / h)) if h <= w else (int(SHORT * h / w), SHORT)
    return x if (h, w) == size else F.interpolate(x, size=size, mode=mode, align_corners=False)


def _normalised(x: Tensor, mean: tuple[float, float, float], std: tuple[float, float, float]) -> Tensor:
    centre, spread = (torch.tensor(values, device=x.device).view(3, 1, 1) for values in (mean, std))
    return (x / 255.0 - centre) / spread
