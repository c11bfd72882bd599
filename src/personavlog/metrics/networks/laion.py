"""LAION's linear aesthetic head on CLIP ViT-L/14 features of unit length (LAION-AI, aesthetic-predictor)."""

from __future__ import annotations

from torch import nn

from personavlog.metrics.networks.keys import State, filled


def load(state: State) -> nn.Linear:
    """The head (features to 1) with these weights; raises ``ConfigurationError`` where they are no linear head's."""
    width = state["weight"].shape[-1] if "weight" in state else 768
    return filled(lambda: nn.Linear(width, 1), state, "LAION's aesthetic head")
