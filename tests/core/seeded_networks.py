"""The parity tests' networks, reduced and full-size, with the weights that VBench's own code was run with."""

from __future__ import annotations

import torch

from personavlog.metrics.networks import clip, dino, laion, musiq, raft
from tests.core.seeded import seeded

LARGE = {"embed": 768, "patch": 14, "width": 1024, "layers": 24, "text_width": 768}
"""CLIP ViT-L/14; the class's own defaults are ViT-B/32."""


def seeded_dino(net: dino.Dino) -> dino.Dino:
    return dino.load(seeded(net, 11, 1.6))


def seeded_clip(net: clip.Clip, seed: int, *, half: bool) -> clip.Vision:
    """``half`` rounds to half precision, as OpenAI's weights are."""
    state = seeded(net, seed, 1.3)
    return clip.load_vision({key: value.half() for key, value in state.items()} if half else state)


def seeded_head(width: int) -> torch.nn.Linear:
    weight = seeded(torch.nn.Linear(width, 1), 33)["weight"]
    return laion.load({"weight": weight * 30, "bias": torch.full((1,), 5.0)})


def seeded_musiq(layers: int) -> musiq.Musiq:
    state = seeded(musiq.Musiq(layers), 66)
    return musiq.load({**state, "head.weight": state["head.weight"] * 4, "head.bias": torch.full((1,), 50.0)})


def seeded_raft() -> raft.Raft:
    return raft.load(seeded(raft.Raft(), 44))
