"""VBench's aesthetic and imaging quality."""

from __future__ import annotations

from collections.abc import Sequence

import torch.nn.functional as F
from torch import Tensor, nn

from personavlog.metrics.published.measured import Definition, Measured, mean_of

AESTHETIC = Definition(
    name="vbench.aesthetic_quality",
    source="VBench; LAION's linear head on CLIP ViT-L/14, a tenth of it",
    low=None,
    high=None,
)
IMAGING = Definition(
    name="vbench.imaging_quality", source="VBench; MUSIQ on SPAQ, a hundredth of it", low=None, high=None
)


def aesthetic_parts(features: Tensor, head: nn.Linear) -> list[float]:
    """The head's marks, about 0 to 10, of pictures with these CLIP ViT-L/14 features (n, d); not clamped."""
    return head(F.normalize(features, dim=-1))[:, 0].tolist()


def aesthetic(parts: Sequence[float]) -> Measured:
    """The mean of the marks over 10."""
    return mean_of(AESTHETIC, parts, 10.0)


def imaging(parts: Sequence[float]) -> Measured:
    """The mean of MUSIQ's marks, about 0 to 100, over 100."""
    return mean_of(IMAGING, parts, 100.0)
