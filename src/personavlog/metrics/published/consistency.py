"""VBench's subject and background consistency: how alike each frame's features are to the one before and to the
first."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor

from personavlog.metrics.published.measured import Definition, Measured, mean_of, unmeasured

SUBJECT = Definition(name="vbench.subject_consistency", source="VBench (Huang et al., CVPR 2024), DINO ViT-B/16")
BACKGROUND = Definition(name="vbench.background_consistency", source="VBench (Huang et al., CVPR 2024), CLIP ViT-B/32")


class Consistency:
    """The measure while frames come in; only the first and the latest features are kept."""

    def __init__(self) -> None:
        self._first: Tensor | None = None
        self._last: Tensor | None = None
        self.parts: list[float] = []

    def add(self, features: Tensor) -> None:
        """Features (n, d) of the next frames."""
        for unit in F.normalize(features.float(), dim=-1):
            if self._first is None or self._last is None:
                self._first = unit
            else:
                to_last, to_first = (
                    F.cosine_similarity(other, unit, dim=0).clamp(min=0).item() for other in (self._last, self._first)
                )
                self.parts.append((to_last + to_first) / 2)
            self._last = unit

    def result(self, definition: Definition) -> Measured:
        """The mean over all frames but the first."""
        if not self.parts:
            return unmeasured(definition, "one frame has no neighbour; give a clip of at least two")
        return mean_of(definition, self.parts)


def consistency(features: Tensor, definition: Definition = SUBJECT) -> Measured:
    """Both measures' formula on features (n, d) of a clip's frames in order: the mean over i of (cos+(f_i-1, f_i) +
    cos+(f_0, f_i)) / 2."""
    parts = Consistency()
    parts.add(features)
    return parts.result(definition)
