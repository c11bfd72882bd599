"""Stable Audio Open: textures and loops, 44.1 kHz stereo, at most 47 s in one piece."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field

from personavlog.backbones.local.music_family import Loading, MusicFamily, OnStep, Piece, Range, read_as
from personavlog.backbones.local.music_pipeline import called, drawn_with, load_pipeline
from personavlog.media.arrays import Samples

STEPS, GUIDANCE = 100, 7.0
NEGATIVE = "low quality, voice, singing, speech"


class _Vae(BaseModel):
    sampling_rate: int = Field(gt=0, le=192_000)
    downsampling_ratios: list[int] = Field(min_length=1, max_length=16)


class _Transformer(BaseModel):
    sample_size: int = Field(gt=0, le=1 << 20)


def _reads(folder: Path) -> Range:
    """Its network always makes the same number of samples."""
    vae = read_as(_Vae, folder / "vae" / "config.json")
    frames = read_as(_Transformer, folder / "transformer" / "config.json").sample_size
    return Range(vae.sampling_rate, frames * math.prod(vae.downsampling_ratios) / vae.sampling_rate)


def _load(loading: Loading) -> Any:
    return load_pipeline("StableAudioPipeline", loading, {"default": "float16"})


def _make(pipeline: Any, piece: Piece, on_step: OnStep) -> Samples:
    steps = piece.steps or STEPS
    return called(
        pipeline,
        prompt=piece.prompt,
        negative_prompt=NEGATIVE,
        audio_end_in_s=piece.seconds,
        num_inference_steps=steps,
        guidance_scale=GUIDANCE if piece.guidance is None else piece.guidance,
        generator=drawn_with(piece.seed),
        callback=lambda step, time, latents: on_step(step + 1, steps),
    )


FAMILY = MusicFamily(
    model="StableAudioPipeline",
    like="stable-audio-open-1.0",
    reads=_reads,
    load=_load,
    make=_make,
    modules=("torchsde",),
)
