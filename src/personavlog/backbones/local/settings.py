"""How a model is run on this machine, as data: the ``settings`` of a profile's local backbones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, JsonValue, model_validator

from personavlog.frozen import Frozen

Offload = Literal["none", "model", "group", "sequential"]
"""What waits in the machine's memory while it is not needed: nothing, whole networks, groups of layers, or every single
layer. Each saves more GPU memory than the one before and takes longer; the pictures are the same."""
OFFLOADS: tuple[Offload, ...] = ("none", "model", "group", "sequential")
Dtype = Literal["auto", "float32", "bfloat16", "float16"]
"""``auto``: what the model's family is best run in on a GPU, float32 on a CPU."""
Attention = Literal["", "native", "_native_flash", "_native_cudnn", "flex", "flash", "_flash_3", "sage", "xformers"]
"""Of diffusers' backends those that run no code from the hub; "" leaves the model's own."""


class Quantisation(Frozen):
    """Weights of fewer bits: ``int8`` and ``fp8`` by torchao, ``nf4`` by bitsandbytes (needs a GPU), ``gguf`` from
    ``files``, one for each of ``components``."""

    kind: Literal["int8", "fp8", "nf4", "gguf"]
    components: tuple[str, ...] = ("transformer",)
    files: Mapping[str, Path] = {}

    @model_validator(mode="after")
    def _a_file_each(self) -> Quantisation:
        if set(self.files) != (set(self.components) if self.kind == "gguf" else set()):
            raise ValueError('only kind "gguf" takes files, and one for each of components')
        return self


class Cache(Frozen):
    """A cache of diffusers' by its name in ``caches.toml``; ``options`` replace those given there. Caches trade quality
    for speed."""

    name: str
    options: Mapping[str, JsonValue] = {}


class Lora(Frozen):
    """An adapter: ``source`` is a repository of the hub's cache or a folder, ``file`` a safetensors file in it,
    ``component`` the network that it is for, ``scale`` its weight."""

    source: str
    file: str = Field(pattern=r"^[\w.\-/ ]+\.safetensors$")
    revision: str = "main"
    component: Literal["transformer", "transformer_2"] = "transformer"
    scale: float = Field(default=1.0, ge=-4, le=4)


class ModelSettings(Frozen):
    """What all local models share.

    ``model``: a name of the table ``models.toml``, a repository of the hub's cache, or a folder. ``device``: as torch
    names it ("cuda:1"), "" for the best there is. ``budget``: GiB that all local models together may take of the
    device's memory, None for most of it.
    """

    model: str = Field(min_length=1)
    revision: str = "main"
    device: str = Field(default="", pattern=r"^((cuda|xpu)(:\d+)?|mps|cpu)?$")
    dtype: Dtype | Mapping[str, Dtype] = "auto"
    offload: Offload = "none"
    quantisation: Quantisation | None = None
    compile: bool = False
    attention: Attention = ""
    budget: float | None = Field(default=None, gt=0)


class PictureSettings(ModelSettings):
    """What diffusion models of pictures and clips take besides; None: the model's own.

    ``like``: the model of the table whose sizes, lengths and licence hold for a folder or repository that the table
    does not know. ``speed``: a name of ``speed.toml``.
    """

    like: str = ""
    steps: int | None = Field(default=None, ge=1, le=200)
    guidance: float | None = Field(default=None, ge=0, le=30)
    speed: str = ""
    cache: Cache | None = None
    vae_tiling: bool = False
    loras: tuple[Lora, ...] = ()
