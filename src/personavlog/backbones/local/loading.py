"""A pipeline from its folder: parts, bits, adapters, caches, and where it lies while it waits."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from personavlog.backbones.local import device as devices
from personavlog.backbones.local.extra import imported
from personavlog.backbones.local.family import Family, Index
from personavlog.backbones.local.folder import Source, located, source
from personavlog.backbones.local.quantising import quantised, read_gguf
from personavlog.backbones.local.settings import Cache, Lora, Offload, PictureSettings
from personavlog.backbones.local.speed import Profile, cache_kind
from personavlog.errors import (
    ConfigurationError,
    MissingExtraError,
    MissingWeightsError,
    PersonaVlogError,
    WeightsError,
)

DENOISERS = ("transformer", "transformer_2")


@dataclass(frozen=True)
class Plan:
    """All that a pipeline is made of; ``folder`` holds it, ``index`` describes it."""

    source: Source
    folder: Path
    index: Index
    family: Family
    settings: PictureSettings
    speed: Profile | None
    device: str


def load(plan: Plan, offload: Offload) -> Any:
    """The pipeline, ready to be called; blocks. Raises ``WeightsError``, ``ConfigurationError`` or
    ``MissingExtraError``, and lets through that memory ran out."""
    what = f"The model {plan.source.name!r}"
    diffusers = imported("diffusers", what)
    check_packages(plan.family, what)
    quiet()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pipeline = _made(plan, getattr(diffusers, plan.family.pipeline))
            prepare(pipeline, plan.family, plan.settings, plan.speed)
            place(pipeline, plan.device, offload)
    except PersonaVlogError:
        raise
    except Exception as error:  # every library has its own for files that do not fit
        if devices.out_of_memory(error):
            raise
        raise _unloadable(plan, error) from error
    return pipeline


def _made(plan: Plan, pipeline: Any) -> Any:
    parts = read_gguf(plan.settings.quantisation, plan.folder, plan.index)
    return pipeline.from_pretrained(
        str(plan.folder),
        dtype=_dtypes(plan),
        use_safetensors=True,
        local_files_only=True,
        trust_remote_code=False,
        quantization_config=quantised(plan.settings.quantisation, plan.index),
        **parts,
    )


def _dtypes(plan: Plan) -> Any:
    """By part; on a CPU everything in float32 unless the settings say otherwise, since half precision is slow there."""
    torch = imported("torch", "A local model")
    own = {"default": "float32"} if plan.device == "cpu" else dict(plan.family.dtypes)
    wanted = plan.settings.dtype
    if isinstance(wanted, str):
        named = own if wanted == "auto" else {"default": wanted}
    else:
        named = {**own, **{part: dtype for part, dtype in wanted.items() if dtype != "auto"}}
    return {part: getattr(torch, dtype) for part, dtype in named.items()}


def prepare(pipeline: Any, family: Family, settings: PictureSettings, speed: Profile | None = None) -> None:
    """Give a pipeline its scheduler, adapters, tiling, attention, cache and compilation."""
    pipeline.set_progress_bar_config(disable=True)
    if speed is not None:
        _reschedule(pipeline, speed)
    _adapt(pipeline, adapters(settings, speed))
    if settings.vae_tiling:
        pipeline.vae.enable_tiling()
    for network in (found for name in DENOISERS if (found := getattr(pipeline, name, None)) is not None):
        if settings.attention:
            network.set_attention_backend(settings.attention)
        if settings.cache is not None:
            _keep(network, pipeline, settings.cache, family.name)
        if settings.compile:
            network.compile_repeated_blocks(fullgraph=True)


def _reschedule(pipeline: Any, speed: Profile) -> None:
    kind = getattr(imported("diffusers", "A speed profile"), speed.scheduler_class or type(pipeline.scheduler).__name__)
    pipeline.scheduler = kind.from_config(pipeline.scheduler.config, **speed.scheduler)


def adapters(settings: PictureSettings, speed: Profile | None) -> tuple[Lora, ...]:
    """The speed profile's and the settings' own."""
    return (*(speed.loras if speed else ()), *settings.loras)


def adapter_folder(lora: Lora) -> Path:
    """Where its file is, below which ``file`` leads; raises ``WeightsError`` where it is not."""
    missing = f"The adapter {lora.source!r} has no file {lora.file!r}."
    wanted = source(lora.source, lora.revision)
    try:
        place = located(wanted)
    except MissingWeightsError as error:
        raise MissingWeightsError(f"{missing} Get it with: hf download {lora.source} {lora.file}") from error
    if not (place / lora.file).is_file() or ".." in Path(lora.file).parts:
        how = f"Get it with: hf download {lora.source} {lora.file}" if wanted.repository else "Give the name of one."
        raise MissingWeightsError(f"{missing} {how}")
    return place


def _adapt(pipeline: Any, loras: tuple[Lora, ...]) -> None:
    """Load the adapters and leave them beside the weights, which may be of fewer bits."""
    if not loras:
        return
    names = [f"lora_{number}" for number in range(len(loras))]
    for name, lora in zip(names, loras, strict=True):
        second = {"load_into_transformer_2": True} if lora.component == "transformer_2" else {}
        pipeline.load_lora_weights(
            str(adapter_folder(lora)),
            weight_name=lora.file,
            adapter_name=name,
            use_safetensors=True,
            local_files_only=True,
            **second,
        )
    pipeline.set_adapters(names, [lora.scale for lora in loras])


def _keep(network: Any, pipeline: Any, wanted: Cache, family: str) -> None:
    """Turn a cache on. A pipeline that names no context for it (Kontext's) gets one around its network."""
    kind = cache_kind(wanted, family)
    options: dict[str, Any] = {**kind.options, **wanted.options}
    if kind.timestep:
        options["current_timestep_callback"] = lambda: pipeline._current_timestep
    ranges = {name: tuple(value) if isinstance(value, list) else value for name, value in options.items()}
    network.enable_cache(getattr(imported("diffusers", "A cache"), kind.config)(**ranges))
    if family not in kind.wrapped:
        return
    forward = network.forward

    def in_context(*arguments: Any, **named: Any) -> Any:
        with network.cache_context("cond"):
            return forward(*arguments, **named)

    network.forward = in_context


def place(pipeline: Any, device: str, offload: Offload) -> None:
    """Put a pipeline's networks where they wait at this level of offload."""
    torch = imported("torch", "A local model")
    if offload == "none":
        pipeline.to(device)
    elif offload == "model":
        pipeline.enable_model_cpu_offload(device=device)
    elif offload == "sequential":
        pipeline.enable_sequential_cpu_offload(device=device)
    else:
        pipeline.enable_group_offload(
            onload_device=torch.device(device),
            offload_type="leaf_level",
            use_stream=device.startswith("cuda"),
        )


def check_packages(family: Family, what: str) -> None:
    """Whether what a family needs besides is there; raises ``MissingExtraError`` or ``ConfigurationError``."""
    for module in family.modules:
        try:
            imported(module, what)
        except (MissingExtraError, RuntimeError) as error:  # built for another torch, it fails with a RuntimeError
            if module != "torchvision":
                raise
            raise _no_torchvision(what, error) from error


def _no_torchvision(what: str, error: Exception) -> ConfigurationError:
    return ConfigurationError(
        f"{what} needs torchvision, which must be the build that belongs to the installed torch and is therefore no "
        f"part of an extra ({error.__cause__ or error}). Install it as torch was installed: pip install torchvision"
    )


def quiet() -> None:
    """Let the libraries draw no bars and give no advice on the terminal."""
    for library in ("transformers", "diffusers"):
        logging = imported(f"{library}.utils.logging", "A local model")
        logging.disable_progress_bar()
        logging.set_verbosity_error()


def _unloadable(plan: Plan, error: Exception) -> WeightsError:
    said = (str(error).splitlines() or [type(error).__name__])[0][:300]
    again = f"Get it again with: {plan.source.command} --force-download" if plan.source.repository else (
        "Give the folder of a model that diffusers saved, with safetensors files."
    )  # fmt: skip
    return WeightsError(f"The model {plan.source.name!r} does not load: {said}. {again}")
