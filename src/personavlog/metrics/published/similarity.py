"""CLIP's likeness of pictures and texts, and the paper's text-image alignment (TIA) built on it.

The paper gives neither model nor scale. We take OpenAI's ViT-B/32 and CLIPScore's factor 2.5 (Hessel et al., EMNLP
2021), with which the paper's numbers fall into the usual range; see ``docs/paper.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from personavlog.media.arrays import Pixels
from personavlog.metrics.networks.clip import MEAN, STD, Clip
from personavlog.metrics.published.measured import Definition, Measured, mean_of, unmeasured
from personavlog.metrics.published.tensors import SHORT
from personavlog.metrics.published.tokens import CONTEXT, TokenTable, framed, token_numbers

CLIP_I2I = Definition(name="clip.i2i", source="cosine of CLIP ViT-B/32 picture features", low=-1.0)
CLIP_I2T = Definition(name="clip.i2t", source="cosine of CLIP ViT-B/32 picture and text features", low=-1.0)
TIA = Definition(
    name="tia", source="CLIPScore: 2.5 max(0, cos) of keyframe and storyboard, CLIP ViT-B/32, averaged", high=2.5
)
WEIGHT = 2.5
LongText = Literal["truncate", "chunk_mean"]


@dataclass(frozen=True)
class Likeness:
    """CLIP with its table of tokens; features are of unit length, (n, d)."""

    net: Clip
    merges: TokenTable

    def pictures(self, pictures: Sequence[Pixels]) -> Tensor:
        """Features of (h, w, 3) uint8 RGB pictures."""
        device = self.net.logit_scale.device
        return F.normalize(
            self.net.encode_image(torch.stack([prepared(picture) for picture in pictures]).to(device)), dim=-1
        )

    def texts(self, texts: Sequence[str], *, prefix: str = "", long_text: LongText = "truncate") -> Tensor:
        """Features of texts, each after ``prefix`` (CLIPScore's is "A photo depicts ").

        CLIP sees 77 tokens: what lies beyond is not seen (``truncated`` counts such texts), or, with "chunk_mean", seen
        in further parts whose features are averaged.
        """
        return torch.stack([self._text(prefix + text, long_text) for text in texts])

    def _text(self, text: str, long_text: LongText) -> Tensor:
        numbers = token_numbers(text, self.merges)
        starts = range(0, max(len(numbers), 1), CONTEXT - 2) if long_text == "chunk_mean" else (0,)
        rows = [framed(numbers[start : start + CONTEXT - 2], self.merges) for start in starts]
        parts = F.normalize(self.net.encode_text(torch.tensor(rows, device=self.net.logit_scale.device)), dim=-1)
        return F.normalize(parts.mean(0), dim=-1)

    def truncated(self, texts: Sequence[str]) -> int:
        """How many of the texts are longer than CLIP sees."""
        return sum(len(token_numbers(text, self.merges)) > CONTEXT - 2 for text in texts)


def prepared(picture: Pixels) -> Tensor:
    """(h, w, 3) uint8 as CLIP's own preprocessing makes it, (3, 224, 224): shorter side 224, bicubic with antialiasing,
    the middle, normalised."""
    h, w = picture.shape[:2]
    size = (SHORT, int(SHORT * h / w)) if w <= h else (int(SHORT * w / h), SHORT)
    small = np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BICUBIC), np.float32)
    top, left = (round((side - SHORT) / 2.0) for side in small.shape[:2])
    inner = torch.from_numpy(small[top : top + SHORT, left : left + SHORT]).permute(2, 0, 1) / 255.0
    return (inner - torch.tensor(MEAN).view(3, 1, 1)) / torch.tensor(STD).view(3, 1, 1)


def cosine(a: Tensor, b: Tensor, definition: Definition = CLIP_I2I) -> Measured:
    """Cosine of two features (d,)."""
    return Measured(definition=definition, value=float(F.cosine_similarity(a, b, dim=0)))


def tia(keyframes: Tensor, boards: Tensor, *, weight: float = WEIGHT, truncated: int = 0) -> Measured:
    """Text-image alignment of one vlog from its keyframes' and boards' features, (n, d) each; ``weight`` 1 gives the
    bare cosine."""
    parts = [weight * max(0.0, value) for value in F.cosine_similarity(keyframes, boards).tolist()]
    note = (
        f"{truncated} of {len(parts)} boards are longer than CLIP's {CONTEXT} tokens; their ends were not seen."
        if truncated
        else ""
    )
    return mean_of(TIA, parts).model_copy(update={"note": note}) if parts else unmeasured(TIA, "no keyframe")
