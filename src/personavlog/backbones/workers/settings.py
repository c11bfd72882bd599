"""What a profile says of a worker."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from personavlog.backbones import records
from personavlog.backbones.capabilities import SoundCapabilities
from personavlog.backbones.remote import Endpoint
from personavlog.backbones.roles import Estimate
from personavlog.errors import ConfigurationError
from personavlog.frozen import Frozen

FAMILY = "workers"
PATIENCE = 900.0
"""Seconds for one sound: a long piece of music on a small GPU."""
GIB = 2**30


def program(model: str) -> str:
    """The worker program that serves a model, as ``personavlog worker`` calls it."""
    known = {"AudioX": "audiox", "CosyVoice": "cosyvoice", "Fun-CosyVoice": "cosyvoice", "tone-": "tone"}
    return next((name for first, name in known.items() if model.startswith(first)), "PROGRAM.py")


def at(port: int) -> tuple[Endpoint, ...]:
    """The worker on this machine that listens there."""
    return (Endpoint(url=f"http://127.0.0.1:{port}", timeout=PATIENCE, at_once=1),)


class WorkerSettings(Frozen):
    """``model`` is the one that the workers at ``endpoints`` must have loaded, by its name in ``models.toml``; one that
    is not there says what it can with ``capabilities``. ``loading`` is for how many seconds a worker that still loads
    its model is waited for."""

    model: str = Field(min_length=1, max_length=100)
    endpoints: tuple[Endpoint, ...] = Field(min_length=1, max_length=16)
    loading: float = Field(default=600.0, ge=0, le=7200)
    capabilities: SoundCapabilities | None = None

    def known(self) -> SoundCapabilities:
        """What the model can do; raises ``ConfigurationError`` where nobody says it."""
        said = self.capabilities or records.record(FAMILY, self.model).sound
        if said is None:
            raise ConfigurationError(f"The model {self.model!r} makes no sound. Choose another in the profile.")
        return said

    def estimate(self) -> Estimate:
        """Free; the time and the memory of the table."""
        row = records.table(FAMILY).get(self.model)
        if row is None:
            return Estimate(seconds=0.0)
        return Estimate(seconds=row.seconds[1] if row.seconds else 0.0, gpu_memory=round(row.needs.gpu * GIB))


class SpeechSettings(WorkerSettings):
    """``speaks`` "cosyvoice-fastapi": the server of CosyVoice's own repository, mended (docs/cosyvoice.md);
    "pocket-tts": what ``pocket-tts serve`` starts."""

    endpoints: tuple[Endpoint, ...] = Field(default=at(8771), min_length=1, max_length=16)
    speaks: Literal["worker", "cosyvoice-fastapi", "pocket-tts"] = "worker"


class MusicSettings(WorkerSettings):
    """As ``WorkerSettings``."""

    endpoints: tuple[Endpoint, ...] = Field(default=at(8772), min_length=1, max_length=16)
