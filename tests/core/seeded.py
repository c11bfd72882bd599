"""Network weights as a function of tensor name, shape and seed, so that parity with another program's numbers needs no
weight files."""

from __future__ import annotations

import hashlib

import numpy as np
import torch
from torch import Tensor, nn


def seeded(net: nn.Module, seed: int, gain: float = 1.0, prefix: str = "") -> dict[str, Tensor]:
    """A state dict for ``net``; ``prefix`` belongs to the names that the numbers are drawn from."""
    # A name without a dot belongs to no module here, so the weight of a lone linear layer is drawn like a table's.
    modules = {name: module for name, module in net.named_modules() if name}
    return {
        name: _tensor(prefix + name, value, modules.get(name.rpartition(".")[0]), seed, gain)
        for name, value in net.state_dict().items()
    }


def _tensor(name: str, like: Tensor, module: nn.Module | None, seed: int, gain: float) -> Tensor:
    if not like.is_floating_point():
        return like.clone()
    drawn = _normal(name, tuple(like.shape), seed)
    return torch.from_numpy(
        np.ascontiguousarray(drawn * _scale(name, like, module, gain) + _offset(name, like, module), np.float32)
    ).reshape(like.shape)


def _normal(name: str, shape: tuple[int, ...], seed: int) -> np.ndarray:
    number = int.from_bytes(hashlib.sha256(f"{seed}:{name}".encode()).digest()[:4], "little")
    drawn = (
        np.random.RandomState(number)
        .standard_normal(int(np.prod(shape)) if shape else 1)
        .astype(np.float32)
        .reshape(shape)
    )
    return np.abs(drawn) if name.endswith("running_var") else drawn


def _offset(name: str, like: Tensor, module: nn.Module | None) -> float:
    leaf = name.rpartition(".")[2]
    if leaf == "logit_scale":
        return float(np.log(1 / 0.07))
    if isinstance(module, nn.PReLU):
        return 0.25
    return 1.0 if leaf == "running_var" or (leaf == "weight" and like.dim() == 1) else 0.0


def _scale(name: str, like: Tensor, module: nn.Module | None, gain: float) -> float:
    leaf, shape = name.rpartition(".")[2], tuple(like.shape)
    if leaf == "logit_scale":
        return 0.0
    if leaf in ("bias", "running_mean") or leaf.endswith("_bias"):
        return 0.05
    if leaf == "running_var" or (leaf == "weight" and like.dim() == 1):
        return 0.02 * 0.05 if isinstance(module, nn.PReLU) else 0.1
    if isinstance(module, nn.Linear | nn.Conv2d | nn.ConvTranspose2d) or leaf == "in_proj_weight":
        return gain / float(np.sqrt(np.prod(shape[1:])))
    return 1 / float(np.sqrt(shape[0])) if leaf in ("proj", "text_projection") else 0.3
