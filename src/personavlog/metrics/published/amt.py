"""AMT-S from an installed ``vbench``: its code and weights may not be used commercially (CC BY-NC 4.0), so neither is
part of this project."""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.machinery import PathFinder
from pathlib import Path
from types import ModuleType

import torch
from torch import Tensor

from personavlog.errors import ConfigurationError
from personavlog.metrics.networks.keys import State, filled
from personavlog.metrics.published.smoothness import AMT, Interpolator

NETWORK = "vbench.third_party.amt.networks.AMT-S"
SHAPE = {"corr_radius": 3, "corr_lvls": 4, "num_flows": 3}


def from_vbench(weights: Path) -> Interpolator:
    """The interpolator whose measure is VBench's own motion smoothness.

    ``weights`` is ``amt-s.pth``. Raises ``ConfigurationError`` where ``vbench`` is not installed or the file is not
    AMT-S's.
    """
    return adapted(filled(network, read(weights), "AMT-S"))


def read(weights: Path) -> State:
    """The tensors of ``amt-s.pth``."""
    # The published file names its dictionary's type through ``typing``; nothing else in it is more than tensors.
    with torch.serialization.safe_globals([(OrderedDict, "typing.OrderedDict")]):
        state = torch.load(weights, map_location="cpu", weights_only=True)
    return dict(state.get("state_dict", state))


def network() -> torch.nn.Module:
    """VBench's AMT-S without weights; raises ``ConfigurationError`` where ``vbench`` is not installed."""
    with _bare_package():
        model: torch.nn.Module = import_module(NETWORK).Model(**SHAPE)
        return model


@contextmanager
def _bare_package() -> Iterator[None]:
    """``vbench`` without its own first module, which imports all that its other dimensions need (decord, torchvision,
    ...)."""
    if "vbench" in sys.modules:
        yield
        return
    spec = PathFinder.find_spec("vbench")
    if spec is None or spec.submodule_search_locations is None:
        raise ConfigurationError(
            "VBench's motion smoothness needs AMT-S (CC BY-NC 4.0), which comes with VBench: pip install --no-deps "
            "vbench==0.1.5. Without 'amt', "
            "'raft.motion_smoothness' is measured instead."
        )
    package = ModuleType("vbench")
    package.__path__ = list(spec.submodule_search_locations)
    sys.modules["vbench"] = package
    try:
        yield
    finally:
        for name in [name for name in sys.modules if name == "vbench" or name.startswith("vbench.")]:
            del sys.modules[name]


def adapted(net: torch.nn.Module) -> Interpolator:
    """AMT's own call as the measure makes it: half-way, at full scale."""

    def between(first: Tensor, second: Tensor) -> Tensor:
        half = torch.full((1, 1, 1, 1), 0.5, device=first.device)
        return net(first, second, half, scale_factor=1.0, eval=True)["imgt_pred"]

    return Interpolator(AMT, between)
