"""What differs between families of models, which diffusers' pipelines share otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from PIL.Image import Image

Index = Mapping[str, Any]
"""A folder's ``model_index.json``."""
HALF: Mapping[str, str] = {"default": "bfloat16"}


@dataclass(frozen=True)
class Asked:
    """One picture or clip, in the words of all families; ``pictures`` are the references, the one to be edited or
    animated first."""

    prompt: str
    negative: str
    pictures: tuple[Image, ...]
    width: int
    height: int
    steps: int
    guidance: float
    frames: int = 1
    fps: int = 0


@dataclass(frozen=True)
class Pace:
    """Denoising steps and guidance of a model that its makers advise."""

    steps: int
    guidance: float


@dataclass(frozen=True)
class Family:
    """``name`` is that of ``caches.toml``; ``pipeline`` the class of diffusers; ``like`` the entry of the table whose
    limits hold for a folder; ``arguments`` a call's own, given the pipeline.

    ``dtypes``: what its parts are best run in on a GPU. ``modules``: packages that it needs besides. ``references``:
    how many pictures it takes. ``calls_back``: its pipeline tells of every step.
    """

    name: str
    pipeline: str
    role: Literal["image", "video"]
    like: Callable[[Index], str]
    pace: Callable[[Index], Pace]
    arguments: Callable[[Any, Asked], dict[str, Any]]
    dtypes: Mapping[str, str] = field(default_factory=lambda: HALF)
    modules: tuple[str, ...] = ()
    references: int = 1
    calls_back: bool = True
