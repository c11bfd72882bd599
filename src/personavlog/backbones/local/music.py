"""The role music on this machine: ACE-Step, Stable Audio or MusicGen, whichever the model is. Found as
``music.local``."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import anyio.to_thread
import numpy as np
from anyio import from_thread
from pydantic import Field

from personavlog.backbones.capabilities import SoundCapabilities
from personavlog.backbones.local import ace_step, musicgen, stable_audio
from personavlog.backbones.local import device as devices
from personavlog.backbones.local.extra import present, versions
from personavlog.backbones.local.folder import INDEX, check, described, digest, index, located, sizes, source
from personavlog.backbones.local.music_family import Loading, MusicFamily, OnStep, Piece, Range
from personavlog.backbones.local.pool import POOL, Wanted
from personavlog.backbones.local.settings import ModelSettings, Offload
from personavlog.backbones.receipts import FREE
from personavlog.backbones.records import ModelRecord, record
from personavlog.backbones.roles import Estimate, MusicRequest, MusicResult
from personavlog.backbones.tools import Tools
from personavlog.backbones.waves import Pieces, levelled, sounding
from personavlog.errors import BadMediaError, ConfigurationError, MissingWeightsError, PersonaVlogError, WeightsError
from personavlog.media import Audio
from personavlog.media.arrays import Samples

FAMILIES: Mapping[str, MusicFamily] = {
    module.FAMILY.model: module.FAMILY for module in (ace_step, stable_audio, musicgen)
}
DEFAULT = "ace-step-1.5-xl-turbo"
LONGEST = 600.0
"""Seconds of a request; a model that makes shorter pieces makes several."""
PACKAGES = ("torch", "diffusers", "transformers")
VERSION = 1
"""Of how the models are called; part of every fingerprint."""
HALF, FULL = 2, 4
"""Bytes of a number in half and in full precision."""
PROVIDER = "local"
ROUNDING = 4
"""Samples by which pipelines that count in seconds may miss a length."""
SEEDS = 1 << 63
STRIDE = 1_000_003
"""Between the seeds of the pieces of one request; any prime would do."""


class MusicSettings(ModelSettings):
    """``steps`` and ``guidance``: None, as the model's makers advise. ``like``: the model of the table whose licence
    holds for a folder, "" for its family's first."""

    model: str = DEFAULT
    like: str = ""
    steps: int | None = Field(default=None, ge=1, le=500)
    guidance: float | None = Field(default=None, ge=0, le=30)


class LocalMusic:
    """Instrumental music of any length up to ten minutes. Same request, same music."""

    def __init__(self, **settings: Any) -> None:
        own = self._own = MusicSettings.model_validate(settings)
        if own.quantisation or own.compile or own.attention or not isinstance(own.dtype, str):
            raise ConfigurationError(
                "A local music model takes one dtype, and no quantisation, compile or attention. Take them out of "
                "[music] in the profile."
            )
        self._source = source(own.model, own.revision)
        self._name = f"The music model {self._source.name!r}"
        self._seconds = 0.0
        present(PACKAGES, self._name)

    @property
    def capabilities(self) -> SoundCapabilities:
        """By the table; the rate of a folder by what it holds."""
        known = self._record.sound
        assert known is not None, "a row of music says what it sounds like"
        rate = known.rate if self._source.path is None else self._range.rate
        return known.model_copy(update={"rate": rate, "max_duration": LONGEST})

    @property
    def fingerprint(self) -> str:
        """The model, the state of its files, and all that is heard; of a model whose files are not there, which
        ``open`` says, its name."""
        try:
            state = digest(self._folder)
        except MissingWeightsError:
            state = self._source.revision
        own = self._own
        heard = f"{own.dtype} steps {own.steps} guidance {own.guidance} {versions(PACKAGES)}"
        return f"local-{self._source.name}@{state} {heard} {VERSION}"

    async def open(self) -> None:
        """Whether everything is there; nothing is loaded before the first request."""
        present(self._family.modules, self._name)
        check(self._folder, self._source)

    async def aclose(self) -> None:
        """The model stays in the pool, for the next film."""

    def estimate(self, request: MusicRequest) -> Estimate:
        """Free; as long as the last call took, which is unknown before the first."""
        return Estimate(seconds=self._seconds, gpu_memory=int(self._record.needs.gpu * devices.GIB))

    async def compose(self, request: MusicRequest, tools: Tools) -> MusicResult:
        """Raises ``WeightsError``, ``ConfigurationError``, ``MissingExtraError``, ``OutOfMemoryError``, and
        ``BadMediaError`` where the model makes no sound."""
        pieces = Pieces.of(request.duration, self._range.longest, self._range.rate)
        wanted = await anyio.to_thread.run_sync(self._wanted)  # the first loads torch
        ran = await POOL.run(wanted, lambda model: self._composed(model, request, pieces, tools))
        audio, self._seconds = ran.value
        receipt = FREE.model_copy(update={"model": self.fingerprint[:200], "seconds": self._seconds})
        return MusicResult(audio=audio, source=self._told(request, pieces, ran.notes), receipt=receipt)

    def _composed(self, model: Any, request: MusicRequest, pieces: Pieces, tools: Tools) -> tuple[Audio, float]:
        """The music, and how many seconds its making took."""
        begun, rate = time.monotonic(), self._range.rate
        first = Piece(
            prompt=request.description.text,
            tempo=request.description.tempo,
            seconds=min((pieces.length + 0.5) / rate, self._range.longest),
            seed=request.seed,
            device=devices.chosen(self._own.device),
            steps=self._own.steps,
            guidance=self._own.guidance,
        )
        made = []
        for number in range(pieces.count):
            piece = replace(first, seed=(request.seed + number * STRIDE) % SEEDS)
            sound = self._family.make(model, piece, _steps(tools, number, pieces.count))
            made.append(self._whole(sound, pieces.length))
        music = levelled(pieces.joined(made, round(request.duration * rate)))
        return tools.blobs.put_audio(music, rate), time.monotonic() - begun

    def _whole(self, sound: Samples, length: int) -> Samples:
        """(length, channels); raises ``BadMediaError`` for less."""
        if len(sound) < length - ROUNDING:
            raise BadMediaError(
                f"{self._name} made {len(sound)} samples where {length} were asked for. Choose another model.",
                provider=PROVIDER,
            )
        return sounding(np.pad(sound[:length], ((0, max(length - len(sound), 0)), (0, 0))), self._name)

    def _wanted(self) -> Wanted[Any]:
        own, folder, family = self._own, self._folder, self._family
        device = devices.chosen(own.device)
        dtype = own.dtype if isinstance(own.dtype, str) else "auto"
        full = dtype == "float32" or (dtype == "auto" and device == "cpu")
        weights = sizes(folder, FULL if full else HALF).values()

        def load(offload: Offload) -> Any:
            return loaded(family, Loading(folder, self._name, dtype, device, offload))

        return Wanted(
            name=self._name,
            key=f"music {folder} {digest(folder)} {dtype}",
            device=device,
            load=load,
            size=sum(weights),
            largest=max(weights, default=0),
            offload="none" if device == "cpu" else own.offload,
            levels=("none",) if device == "cpu" else family.levels,
            budget=None if own.budget is None else int(own.budget * devices.GIB),
        )

    def _told(self, request: MusicRequest, pieces: Pieces, notes: Sequence[str]) -> str:
        seconds = pieces.length / self._range.rate
        parts = f", in {pieces.count} pieces of {seconds:.1f} s that fade into each other" if pieces.count > 1 else ""
        licence = self._record.licence.name
        made = f"Made on this machine by {self._source.name} ({licence}), seed {request.seed}{parts}."
        return " ".join((made, *notes))

    @cached_property
    def _folder(self) -> Path:
        return located(self._source)

    @cached_property
    def _family(self) -> MusicFamily:
        return family_of(self._folder)

    @cached_property
    def _range(self) -> Range:
        return self._family.reads(self._folder)

    @property
    def _record(self) -> ModelRecord:
        return record("local", self._own.like or self._source.record or self._family.like)


def family_of(folder: Path) -> MusicFamily:
    """The family of a folder's model; raises ``ConfigurationError`` for one that makes no music."""
    if (folder / INDEX).is_file():
        named = [index(folder)["_class_name"]]
    else:
        named = described(folder / "config.json").get("architectures") or []
    known = next((FAMILIES[name] for name in named if name in FAMILIES), None)
    if known is None:
        raise ConfigurationError(
            f"The folder {folder.name!r} holds {named!r}, which makes no music here. Models that do: "
            f"{', '.join(FAMILIES)}."
        )
    return known


def loaded(family: MusicFamily, loading: Loading) -> Any:
    """The family's model; raises ``WeightsError`` where it does not load, and lets through that memory ran out."""
    try:
        return family.load(loading)
    except PersonaVlogError:
        raise
    except Exception as error:  # every library has its own for files that do not fit
        if devices.out_of_memory(error):
            raise
        said = (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
        raise WeightsError(f"{loading.name} does not load: {said}. Get it again, or give another folder.") from error


def _steps(tools: Tools, piece: int, pieces: int) -> OnStep:
    """Progress of one piece of several; ends it where the run was stopped."""

    def stepped(done: int, steps: int) -> None:
        from_thread.check_cancelled()
        tools.progress((piece + min(done / steps, 1.0)) / pieces)

    return stepped
