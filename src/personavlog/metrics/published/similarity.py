"""CLIP's likeness of pictures and texts, and the paper's TIA and CC built on it.

The paper gives neither model nor scale. We take OpenAI's ViT-B/32 and CLIPScore's factor 2.5 (Hessel et al., EMNLP 2021), with which the paper's numbers
fall into the usual range; ``docs/paper.md`` tells more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from personavlog.metrics.networks.clip import MEAN, STD, Clip
from personavlog.metrics.pose import Pose, variety
from personavlog.metrics.published.measured import Definition, Measured, mean_of, unmeasured
from personavlog.metrics.published.tensors import SHORT
from personavlog.metrics.published.tokens import CONTEXT, Table, framed, token_numbers

Pixels = NDArray[np.uint8]
CLIP_I2I = Definition(name="clip.i2i", source="cosine of CLIP ViT-B/32 picture features", low=-1.0)
CLIP_I2T = Definition(name="clip.i2t", source="cosine of CLIP ViT-B/32 picture and text features", low=-1.0)
TIA = Definition(name="tia", source="CLIPScore: 2.5 max(0, cos) of keyframe and storyboard, CLIP ViT-B/32, averaged", high=2.5)
S_CLIP = Definition(name="cc.s_clip", source="max(0, cos) of keyframe and stylised reference, CLIP ViT-B/32, averaged")
S_POSE = Definition(name="cc.s_pose", source="mean distance of the poses of all pairs of keyframes, Procrustes / 2, COCO-17")
CC = Definition(name="cc", source="alpha S_clip + (1 - alpha) S_pose")
WEIGHT, ALPHA = 2.5, 0.5


@dataclass(frozen=True)
class Likeness:
    """CLIP with its table of tokens; features are of unit length, (n, d)."""

    net: Clip
    merges: Table

    def pictures(self, pictures: Sequence[Pixels]) -> Tensor:
        """Features of (h, w, 3) uint8 RGB pictures."""
        device = self.net.logit_scale.device
        return F.normalize(self.net.encode_image(torch.stack([prepared(picture) for picture in pictures]).to(device)), dim=-1)

    def texts(self, texts: Sequence[str]) -> Tensor:
        """Features of texts; what lies beyond 77 tokens is not seen (``truncated`` tells)."""
        rows = [framed(token_numbers(text, self.merges), self.merges) for text in texts]
        return F.normalize(self.net.encode_text(torch.tensor(rows, device=self.net.logit_scale.device)), dim=-1)

    def truncated(self, texts: Sequence[str]) -> int:
        """How many of the texts are longer than CLIP sees."""
        return sum(len(token_numbers(text, self.merges)) > CONTEXT - 2 for text in texts)


def prepared(picture: Pixels) -> Tensor:
    """(h, w, 3) uint8 as CLIP's own preprocessing makes it, (3, 224, 224): shorter side 224, bicubic with antialiasing, the middle, normalised."""
    h, w = picture.shape[:2]
    size = (SHORT, int(SHORT * h / w)) if w <= h else (int(SHORT * w / h), SHORT)
    small = np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BICUBIC), np.float32)
    top, left = (round((side - SHORT) / 2.0) for side in small.shape[:2])
    inner = torch.from_numpy(small[top : top + SHORT, left : left + SHORT]).permute(2, 0, 1) / 255.0
    return (inner - torch.tensor(MEAN).view(3, 1, 1)) / torch.tensor(STD).view(3, 1, 1)


def likeness(a: Tensor, b: Tensor, definition: Definition = CLIP_I2I) -> Measured:
    """Cosine of two features (d,)."""
    return Measured(definition=definition, value=float(F.cosine_similarity(a, b, dim=0)))


def tia(keyframes: Tensor, boards: Tensor, *, weight: float = WEIGHT, truncated: int = 0) -> Measured:
    """Text-image alignment of one vlog from its keyframes' and boards' features, (n, d) each; ``weight`` 1 gives the bare cosine."""
    parts = [weight * max(0.0, value) for value in F.cosine_similarity(keyframes, boards).tolist()]
    note = f"{truncated} of {len(parts)} boards are longer than CLIP's {CONTEXT} tokens; their ends were not seen." if truncated else ""
    return mean_of(TIA, parts).model_copy(update={"note": note}) if parts else unmeasured(TIA, "no keyframe")


@dataclass(frozen=True)
class CharacterConsistency:
    """CC of one vlog and its two terms, always to be printed together: one rewards likeness, the other difference."""

    cc: Measured
    s_clip: Measured
    s_pose: Measured


def character_consistency(keyframes: Tensor, reference: Tensor, poses: Sequence[Pose | None], *, alpha: float = ALPHA) -> CharacterConsistency:
    """From the keyframes' features (n, d), the stylised reference's (d,), and the poses found in the keyframes.

    CC is None, never 0, where no two poses could be compared. ``s_pose.coverage`` is the share of keyframes in which a person was found.
    """
    s_clip = mean_of(S_CLIP, [max(0.0, value) for value in F.cosine_similarity(keyframes, reference[None]).tolist()])
    found = variety(poses)
    share = sum(pose is not None for pose in poses) / max(len(poses), 1)
    s_pose = Measured(definition=S_POSE, value=found.value, coverage=share, note=found.note)
    if s_clip.value is None or s_pose.value is None:
        return CharacterConsistency(unmeasured(CC, "one of its terms could not be measured"), s_clip, s_pose)
    value = alpha * s_clip.value + (1 - alpha) * s_pose.value
    return CharacterConsistency(Measured(definition=CC, value=value, coverage=share), s_clip, s_pose)
