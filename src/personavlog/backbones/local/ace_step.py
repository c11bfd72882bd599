"""ACE-Step 1.5: songs and instrumental music, 48 kHz stereo, from ten seconds to ten minutes in one piece."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field

from personavlog.backbones.local.music_family import Loading, MusicFamily, OnStep, Piece, Range, read_as
from personavlog.backbones.local.music_pipeline import called, drawn_with, load_pipeline
from personavlog.media.arrays import Samples

INSTRUMENTAL = "[instrumental]"
SHORTEST, LONGEST = 10.0, 600.0
STEPS, GUIDANCE = 50, 7.0
"""Of the base model; the distilled one takes ``TURBO_STEPS``, and no guidance."""
TURBO_STEPS = 8


class _Vae(BaseModel):
    sampling_rate: int = Field(gt=0, le=192_000)


def _reads(folder: Path) -> Range:
    return Range(rate=read_as(_Vae, folder / "vae" / "config.json").sampling_rate, longest=LONGEST)


def _load(loading: Loading) -> Any:
    return load_pipeline("AceStepPipeline", loading, {"default": "bfloat16"})


def _make(pipeline: Any, piece: Piece, on_step: OnStep) -> Samples:
    """A piece is cut from one of at least ten seconds: shorter ones are outside what it was trained on."""
    steps = piece.steps or (TURBO_STEPS if pipeline.is_turbo else STEPS)
    guidance = GUIDANCE if piece.guidance is None else piece.guidance

    def stepped(pipeline: Any, step: int, time: float, tensors: dict[str, Any]) -> dict[str, Any]:
        on_step(step + 1, steps)
        return {}

    return called(
        pipeline,
        prompt=piece.prompt,
        lyrics=INSTRUMENTAL,
        bpm=piece.tempo,
        audio_duration=max(piece.seconds, SHORTEST),
        num_inference_steps=steps,
        guidance_scale=1.0 if pipeline.is_turbo else guidance,
        generator=drawn_with(piece.seed),
        callback_on_step_end=stepped,
    )


FAMILY = MusicFamily(model="AceStepPipeline", like="ace-step-1.5-xl-turbo", reads=_reads, load=_load, make=_make)
