"""Which networks the published measures of a film need, and where their files come from; read without torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from personavlog.metrics.published.hub import HubFile

DINO = HubFile(
    repo="facebook/dino-vitb16",
    files=("model.safetensors", "pytorch_model.bin"),
    revision="f205d5d8e640a89a2b8ef0369670dfc37cc07fc2",
    size=343,
    licence="Apache-2.0",
    upstream="Meta's own dino_vitbase16_pretrain.pth",
)
MUSIQ = HubFile(
    repo="chaofengc/IQA-PyTorch-Weights",
    files=("musiq_spaq_ckpt-358bb6af.pth",),
    revision="main",
    size=109,
    licence="CC BY-NC-SA 4.0, not for commercial use",
    sha256="358bb6af275e28ea56821d44fb55c6cb83645db11f394d3ad65b2d149965ab50",
)


@dataclass(frozen=True)
class NetworkFile:
    """One network: what it measures, and its catalogue entry or, where no package carries it, its file on the hub."""

    measures: str
    source: str | HubFile


PARTS: Mapping[str, NetworkFile] = {
    "dino": NetworkFile("vbench.subject_consistency", DINO),
    "clip-b": NetworkFile("vbench.background_consistency", "clip-vit-b-32"),
    "clip-l": NetworkFile("vbench.aesthetic_quality", "clip-vit-l-14"),
    "musiq": NetworkFile("vbench.imaging_quality", MUSIQ),
    "raft": NetworkFile("vbench.dynamic_degree, dynamic_radius, raft.motion_smoothness", "raft-things"),
    "amt": NetworkFile("vbench.motion_smoothness", "amt-s"),
}
"""By the name that a user gives."""
TOKENS = "tokens"
"""Beside the networks' names: CLIP's table of byte pairs."""
BOTH = "clip-b"
"""Read once with both its towers: VBench needs the one for pictures."""
NEEDED = ("dino", "clip-l", "musiq", "raft")
"""Beside ``BOTH``. AMT-S, whose weights are not for commercial use, is taken where its file is given; motion smoothness
by RAFT otherwise."""
