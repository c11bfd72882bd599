"""What differs between families of music models."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from personavlog.backbones.local.folder import described
from personavlog.backbones.local.settings import OFFLOADS, Dtype, Offload
from personavlog.errors import ConfigurationError
from personavlog.media.arrays import Samples

ReadT = TypeVar("ReadT", bound=BaseModel)
OnStep = Callable[[int, int], None]
"""Called with how many steps are done and how many there are; what it raises ends the making."""


@dataclass(frozen=True)
class Piece:
    """One piece of music to be made; ``tempo`` in beats per minute, ``steps`` and ``guidance`` None as the model's
    makers advise, ``device`` where it is made."""

    prompt: str
    tempo: int
    seconds: float
    seed: int
    device: str
    steps: int | None = None
    guidance: float | None = None


@dataclass(frozen=True)
class Range:
    """What a checkpoint makes: ``rate`` in Hz, pieces of at most ``longest`` seconds."""

    rate: int
    longest: float


@dataclass(frozen=True)
class Loading:
    """From where, in which precision and to where a model is loaded."""

    folder: Path
    name: str
    dtype: Dtype
    device: str
    offload: Offload


@dataclass(frozen=True)
class MusicFamily:
    """``model`` is the class that a checkpoint names, ``like`` the entry of the table whose licence holds for a folder.

    ``reads`` says what a folder's checkpoint makes, ``load`` blocks, ``make`` gives (n, channels) samples of about the
    piece's length. ``modules``: packages that it needs besides torch and transformers.
    """

    model: str
    like: str
    reads: Callable[[Path], Range]
    load: Callable[[Loading], Any]
    make: Callable[[Any, Piece, OnStep], Samples]
    levels: tuple[Offload, ...] = OFFLOADS
    modules: tuple[str, ...] = ()


def read_as(shape: type[ReadT], file: Path) -> ReadT:
    """A part's description; raises ``ConfigurationError`` where it is not what the family's parts are like."""
    try:
        return shape.model_validate(dict(described(file)))
    except ValidationError as error:
        raise ConfigurationError(
            f"{file.as_posix()!r} does not say what the model's family needs to know: {error.error_count()} fields do "
            "not fit. Get the model again."
        ) from error
