"""Networks from weight files: given by hand, from the hub's local cache, or from the weights catalogue; no pickle is
ever run."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from personavlog import weights
from personavlog.errors import ConfigurationError
from personavlog.metrics.networks import clip, dino, laion, musiq, raft
from personavlog.metrics.networks.keys import State
from personavlog.metrics.published import amt
from personavlog.metrics.published.clip_measures import Networks
from personavlog.metrics.published.hub import OPTION, HubFile, cached
from personavlog.metrics.published.smoothness import by_flow
from personavlog.metrics.published.wanted import PARTS

OPENAI = {
    "40d365715913c9da98579312b702a82c18be219cc2a73407c4526f58eba950af",
    "b8cca3fd41ae0c99ba7e8951adf17d267cdb84cd88be6f7c2e0eca1737a03836",
}
"""SHA-256 of OpenAI's own ViT-B-32.pt and ViT-L-14.pt. They are TorchScript archives, which hold code, so only these
two are opened."""
_DTYPES = {
    "F32": torch.float32,
    "F16": torch.float16,
    "BF16": torch.bfloat16,
    "I64": torch.int64,
    "I32": torch.int32,
    "U8": torch.uint8,
    "BOOL": torch.bool,
}


def networks(
    names: tuple[str, ...], given: Mapping[str, Path] | None = None, device: str = "cpu", *, way: str = OPTION
) -> Networks:
    """The networks with these names of ``PARTS``, from the files in ``given`` or from the weights cache; ``way`` is how
    a user gives a file (``hub``).

    Raises ``ConfigurationError`` for an unknown name or a file that does not fit, ``MissingWeightsError`` with the
    command that fetches what is not there.
    """
    found, places = Networks(device=device), {name: place(name, given or {}, way) for name in names}
    for name, file in places.items():
        found = replace(found, **_built(name, file, device))
    if found.raft is not None and found.interpolator is None:
        found = replace(found, interpolator=by_flow(found.raft))
    return replace(found, weights={name: digest(file) for name, file in places.items()})


def place(name: str, given: Mapping[str, Path], way: str = OPTION) -> Path:
    """Where the file of a network of ``PARTS`` lies; raises as ``networks`` does."""
    part = PARTS.get(name)
    if part is None:
        raise ConfigurationError(f"There is no network {name!r}. Choose from: {', '.join(PARTS)}.")
    if name in given:
        return given[name]
    if isinstance(part.source, HubFile):
        return cached(part.source, name, part.measures, way)
    return weights.file(part.source)


def _built(name: str, place: Path, device: str) -> dict[str, Any]:
    if name == "amt":
        return {"interpolator": amt.from_vbench(place)}
    makers: dict[str, tuple[str, Callable[[State], nn.Module]]] = {
        "dino": ("dino", dino.load),
        "clip-b": ("clip_b", clip.load_vision),
        "clip-l": ("clip_l", clip.load_vision),
        "musiq": ("musiq", musiq.load),
        "raft": ("raft", raft.load),
    }
    field, load = makers[name]
    built: dict[str, Any] = {field: load(read(place)).to(device)}
    return {**built, "head": aesthetic_head().to(device)} if name == "clip-l" else built


def aesthetic_head() -> nn.Linear:
    """LAION's published head for ViT-L/14 (MIT; ``sa_0_4_vit_l_14_linear.pth``, SHA-256 2cd4e60f...), which is part of
    this package: 769 numbers."""
    with files("personavlog.metrics.published").joinpath("laion_vit_l_14.npy").open("rb") as stream:
        numbers = np.load(stream)
    return laion.load(
        {"weight": torch.from_numpy(numbers[None, :-1].copy()), "bias": torch.from_numpy(numbers[-1:].copy())}
    )


def read(place: Path) -> State:
    """The tensors of a ``.safetensors``, ``.pth`` or ``.bin`` file, or of OpenAI's two own ``.pt`` files.

    Raises ``ConfigurationError`` for anything that holds more than tensors.
    """
    if not place.is_file():
        raise ConfigurationError(f"There is no weights file {str(place)!r}. Give the path of one that is there.")
    try:
        return _safetensors(place) if place.suffix == ".safetensors" else _torch(place)
    except ConfigurationError:
        raise
    except Exception as error:  # torch raises its own errors, pickle's and zip's for a file that is none of its own
        raise ConfigurationError(
            f"The weights file {place.name!r} cannot be read: {str(error).splitlines()[0][:160]}. Give the "
            "published file."
        ) from error


def _torch(place: Path) -> State:
    if digest(place) in OPENAI:
        return dict(torch.jit.load(str(place), map_location="cpu").state_dict())
    # Mapped, not read: the parts of a file that no network uses never come into memory.
    found = torch.load(place, map_location="cpu", weights_only=True, mmap=True)
    for wrapper in ("state_dict", "model", "params"):
        found = found[wrapper] if isinstance(found, dict) and isinstance(found.get(wrapper), dict) else found
    if not isinstance(found, dict) or not all(isinstance(value, torch.Tensor) for value in found.values()):
        raise ConfigurationError(
            f"The weights file {place.name!r} holds more than tensors by name. Give the published file."
        )
    return dict(found)


def _safetensors(place: Path) -> State:
    """The format: eight bytes of length, that much JSON, then the numbers; nothing in it can be run."""
    data = np.memmap(place, np.uint8, "c")
    length = int.from_bytes(data[:8].tobytes(), "little")
    if length > min(100_000_000, len(data) - 8):
        raise ConfigurationError(f"The weights file {place.name!r} is no safetensors file. Give the published file.")
    header = json.loads(data[8 : 8 + length].tobytes())
    return {name: _tensor(data[8 + length :], entry) for name, entry in header.items() if name != "__metadata__"}


def _tensor(data: np.ndarray[Any, Any], entry: Mapping[str, Any]) -> torch.Tensor:
    start, end = entry["data_offsets"]
    kind, shape = _DTYPES[entry["dtype"]], tuple(entry["shape"])
    if end - start != math.prod(shape) * torch.empty(0, dtype=kind).element_size() or end > len(data):
        raise ValueError("its header does not fit its data")
    return (
        torch.frombuffer(data[start:end], dtype=kind).reshape(shape) if end > start else torch.empty(shape, dtype=kind)
    )


def digest(place: Path) -> str:
    """SHA-256 of a file."""
    with place.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
