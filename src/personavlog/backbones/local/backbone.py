"""A diffusion model as a backbone: what pictures and clips share."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

import anyio.to_thread
from anyio import from_thread

from personavlog.backbones.local import device as devices
from personavlog.backbones.local import folder as folders
from personavlog.backbones.local.extra import imported
from personavlog.backbones.local.families import family_of
from personavlog.backbones.local.family import Asked, Family, Index, Pace
from personavlog.backbones.local.loading import Plan, adapter_folder, adapters, check_packages, load
from personavlog.backbones.local.pool import POOL, Ran, Wanted
from personavlog.backbones.local.settings import OFFLOADS, PictureSettings
from personavlog.backbones.local.speed import Profile, cache_kind, profile
from personavlog.backbones.receipts import FREE, Receipt
from personavlog.backbones.records import ModelRecord, record
from personavlog.backbones.roles import Estimate
from personavlog.backbones.tools import Tools
from personavlog.errors import (
    BackboneError,
    BadMediaError,
    Cancelled,
    ConfigurationError,
    PersonaVlogError,
    WeightsError,
)

VERSION = 1
"""Of how the pipelines are called; part of every fingerprint."""
PACKAGES = ("torch", "diffusers", "transformers")
ELSEWHERE = {"model", "revision", "like", "device", "offload", "budget"}
"""Settings that change no picture of the same files."""
OF_A_CALL = {"steps", "guidance"}
"""Settings that a loaded model does not depend on."""
HALF, FULL = 2, 4
"""Bytes of a number on a GPU and on a CPU, for how much room a model will need."""
T = TypeVar("T")


@dataclass(frozen=True)
class Timed(Generic[T]):
    """What was made and in how many seconds, without waiting and loading."""

    value: T
    seconds: float


class DiffusionBackbone:
    """Built from settings alone; the model is loaded by the first call, since a film's other models may need the room
    before."""

    role: Literal["image", "video"]

    def __init__(self, **settings: Any) -> None:
        self.settings = PictureSettings.model_validate(settings)
        self.source = folders.source(self.settings.model, self.settings.revision)
        self.record = self._record()
        self._seconds = 0.0

    async def open(self) -> None:
        """See that the packages and the files are there and whole, before anything is spent."""
        await anyio.to_thread.run_sync(self._check)

    async def aclose(self) -> None:
        """Nothing: the pool keeps the model for the next film, or drops it for another."""

    @property
    def fingerprint(self) -> str:
        """Model, revision or digest, all that changes a picture, and the versions of the libraries; of a model whose
        files are not there, which ``open`` says, its name."""
        try:
            _ = self.folder
            _ = self._further_files()
        except WeightsError:
            return f"local-{self.source.name}@{self.source.revision}"
        return self._fingerprint

    @cached_property
    def _fingerprint(self) -> str:
        speed = self.speed.model_dump(mode="json") if self.speed else None
        cache = cache_kind(self.settings.cache, self.family.name) if self.settings.cache else None
        parts = {
            "settings": self.settings.model_dump(mode="json", exclude=ELSEWHERE),
            "speed": speed,
            "cache": None if cache is None else cache.model_dump(mode="json"),
            "pace": [self.pace.steps, self.pace.guidance],
            "files": [folders.digest(self.folder), *map(folders.file_digest, self._further_files())],
            "packages": [f"{name} {_version(name)}" for name in PACKAGES],
            "version": VERSION,
        }
        digest = hashlib.sha256(json.dumps(parts, sort_keys=True, default=sorted).encode()).hexdigest()[:16]
        return f"local-{self.source.name}@{digest}"

    def _further_files(self) -> list[Path]:
        """Adapters and GGUF files; raises ``WeightsError`` for one that is not there."""
        loras = [adapter_folder(lora) / lora.file for lora in adapters(self.settings, self.speed)]
        networks = self.settings.quantisation.files.values() if self.settings.quantisation else ()
        for file in networks:
            if not file.is_file():
                raise WeightsError(f"There is no GGUF file {str(file)!r}. Give the path of one.")
        return [*loras, *networks]

    @cached_property
    def folder(self) -> Path:
        """Where the files lie; raises ``MissingWeightsError``."""
        return folders.located(self.source)

    @cached_property
    def index(self) -> Index:
        """What the folder says of itself."""
        return folders.index(self.folder)

    @cached_property
    def family(self) -> Family:
        """By the folder's pipeline; raises ``ConfigurationError`` for one of another role."""
        return family_of(self.index, self.role, self.folder)

    @cached_property
    def speed(self) -> Profile | None:
        """The speed profile, where one is set."""
        found = profile(self.settings.speed, self.source.record or self.settings.like)
        if found is not None and self.settings.cache is not None:
            raise ConfigurationError(
                f"The speed profile {self.settings.speed!r} takes {found.steps} steps, which leaves a cache nothing to "
                "save. Set one of the two."
            )
        return found

    @cached_property
    def pace(self) -> Pace:
        """Steps and guidance: the settings', else the speed profile's, else the model's."""
        advised = self.speed or self.family.pace(self.index)
        steps, guidance = self.settings.steps, self.settings.guidance
        return Pace(steps or advised.steps, advised.guidance if guidance is None else guidance)

    def _record(self) -> ModelRecord:
        """The table's entry for the model; for one that it does not know, the limits of the one that it is like."""
        name = self.source.record or self.settings.like
        found = record("local", name or self.family.like(self.index))
        if getattr(found, self.role) is None:
            raise ConfigurationError(f"The model {name!r} does not play the role {self.role!r}.")
        return found

    def _known(self) -> bool:
        return bool(self.source.record or self.settings.like)

    def _check(self) -> None:
        what = f"The model {self.source.name!r}"
        for package in PACKAGES:
            imported(package, what)
        check_packages(self.family, what)
        folders.check(self.folder, self.source)
        self._further_files()
        self._device()

    def _estimate(self) -> Estimate:
        """Free; as long as the last call took, which is unknown before the first."""
        longest = self.record.seconds[1] if self.record.seconds else 0.0
        return Estimate(seconds=self._seconds or longest, gpu_memory=int(self.record.needs.gpu * devices.GIB))

    async def _made(self, make: Callable[[Any], T]) -> tuple[T, Receipt, tuple[str, ...]]:
        """What ``make`` makes with the pipeline, in a thread when it is the device's turn."""
        wanted = await anyio.to_thread.run_sync(self._wanted)

        def timed(pipeline: Any) -> Timed[T]:
            begun = time.monotonic()
            with _freed(pipeline):
                return Timed(make(pipeline), time.monotonic() - begun)

        ran: Ran[Timed[T]] = await POOL.run(wanted, timed)
        self._seconds = ran.value.seconds
        receipt = FREE.model_copy(update={"model": self.fingerprint[:200], "seconds": ran.value.seconds})
        return ran.value.value, receipt, ran.notes

    def _wanted(self) -> Wanted[Any]:
        device, budget = self._device(), self.settings.budget
        plan = Plan(self.source, self.folder, self.index, self.family, self.settings, self.speed, device)
        loaded = self.settings.model_dump_json(exclude=ELSEWHERE | OF_A_CALL)
        sizes = folders.sizes(self.folder, FULL if device == "cpu" else HALF).values()
        return Wanted(
            name=self.source.name,
            key=f"{folders.digest(self.folder)} {loaded}",
            device=device,
            load=lambda offload: load(plan, offload),
            size=sum(sizes),
            largest=max(sizes, default=0),
            offload=self.settings.offload,
            levels=OFFLOADS if device != "cpu" else OFFLOADS[:-1],
            budget=None if budget is None else int(budget * devices.GIB),
        )

    def _device(self) -> str:
        device = devices.chosen(self.settings.device)
        if device == "cpu" and self.settings.offload == "sequential":
            raise ConfigurationError('offload = "sequential" needs a GPU: on a CPU there is nothing to save by it.')
        return device

    def _called(self, pipeline: Any, asked: Asked, seed: int, tools: Tools) -> Any:
        """The pipeline's output as numbers; the seed's noise is drawn on the CPU, where it is the same on every
        machine."""
        torch = imported("torch", "A local model")
        arguments = {
            **self.family.arguments(pipeline, asked),
            "num_inference_steps": asked.steps,
            "generator": torch.Generator("cpu").manual_seed(seed),
            "output_type": "np",
        }
        with _told(pipeline, asked.steps, tools, self.family.calls_back) as callback:
            try:
                return pipeline(**arguments, **callback)
            except (PersonaVlogError, Cancelled):
                raise
            except Exception as error:  # a library's own, of many kinds
                if devices.out_of_memory(error):
                    raise
                raise self._failed(error) from error

    def _failed(self, error: Exception) -> BackboneError:
        said = (str(error).splitlines() or [type(error).__name__])[0][:300]
        return BackboneError(
            f"The model {self.source.name!r} failed: {said}. Change its settings in the profile, or choose another.",
            provider=self.source.name,
        )

    def _broken(self) -> BadMediaError:
        return BadMediaError(
            f"The model {self.source.name!r} computed no picture but numbers out of range. Set "
            f'dtype = "bfloat16" or "float32" in the profile, and no quantisation.',
            provider=self.source.name,
        )


@contextmanager
def _freed(pipeline: Any) -> Iterator[None]:
    """A call that breaks off leaves its networks on the GPU and its caches full; put both in order."""
    try:
        yield
    except BaseException:
        pipeline.maybe_free_model_hooks()
        raise


@contextmanager
def _told(pipeline: Any, steps: int, tools: Tools, calls_back: bool) -> Iterator[dict[str, Any]]:
    """Tell of every step; a run that was stopped ends with the step."""
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        from_thread.check_cancelled()
        tools.progress(min(done / (steps + 1), 1.0))

    def told(pipe: Any, number: int, timestep: Any, kept: dict[str, Any]) -> dict[str, Any]:
        step()
        return kept

    if calls_back:
        yield {"callback_on_step_end": told}
        return
    scheduler, original = pipeline.scheduler, pipeline.scheduler.step

    def counted(*arguments: Any, **named: Any) -> Any:
        step()
        return original(*arguments, **named)

    scheduler.step = counted
    try:
        yield {}
    finally:
        del scheduler.step


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
