"""MusicGen: music token by token, 32 kHz, at most 30 s in one piece."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel, Field

from personavlog.backbones.local.drawing import Draw, Drawer
from personavlog.backbones.local.extra import imported
from personavlog.backbones.local.music_family import Loading, MusicFamily, OnStep, Piece, Range, read_as
from personavlog.media.arrays import Samples

WHAT = "A MusicGen model"
LONGEST = 30.0
GUIDANCE = 3.0
DRAW = Draw(temperature=1.0, top_k=250)


class _Codec(BaseModel):
    sampling_rate: int = Field(gt=0, le=192_000)


class _Config(BaseModel):
    audio_encoder: _Codec


def _reads(folder: Path) -> Range:
    return Range(read_as(_Config, folder / "config.json").audio_encoder.sampling_rate, LONGEST)


def _load(loading: Loading) -> Any:
    """In float32 on every device unless the settings say otherwise: it is small, and was published so."""
    transformers, torch = imported("transformers", WHAT), imported("torch", WHAT)
    transformers.utils.logging.disable_progress_bar()
    dtype = torch.float32 if loading.dtype == "auto" else getattr(torch, loading.dtype)
    model = transformers.MusicgenForConditionalGeneration.from_pretrained(
        str(loading.folder), dtype=dtype, use_safetensors=True, local_files_only=True
    )
    processor = transformers.AutoProcessor.from_pretrained(str(loading.folder), local_files_only=True)
    return _Loaded(model.eval().to(loading.device), processor)


class _Loaded:
    """The model with its processor."""

    def __init__(self, model: Any, processor: Any) -> None:
        self.components, self.model, self.processor = {"model": model}, model, processor


def _make(loaded: _Loaded, piece: Piece, on_step: OnStep) -> Samples:
    transformers, torch = imported("transformers", WHAT), imported("torch", WHAT)
    model = loaded.model
    books = model.decoder.num_codebooks
    tokens = math.ceil(piece.seconds * model.config.audio_encoder.frame_rate) + books + 1
    inputs = loaded.processor(text=[piece.prompt], padding=True, truncation=True, return_tensors="pt")
    done = 0

    def stepped(ids: Any, scores: Any) -> Any:
        nonlocal done
        done += 1
        on_step(done, tokens)
        return scores

    with torch.inference_mode():
        made = model.generate(
            **inputs.to(piece.device),
            max_new_tokens=tokens,
            do_sample=False,
            guidance_scale=GUIDANCE if piece.guidance is None else piece.guidance,
            logits_processor=_drawn_last(transformers, [stepped, Drawer(DRAW, piece.seed, piece.device)]),
        )
    return np.ascontiguousarray(made[0].float().cpu().numpy().T, np.float32)


def _drawn_last(transformers: Any, processors: list[Any]) -> Any:
    """A list to which generate adds guidance before the last, since a token is drawn from guided scores."""

    class DrawnLast(transformers.LogitsProcessorList):  # type: ignore[misc]
        def append(self, added: Any) -> None:
            self.insert(len(self) - 1, added)

    return DrawnLast(processors)


FAMILY = MusicFamily(
    model="MusicgenForConditionalGeneration",
    like="musicgen-small",
    reads=_reads,
    load=_load,
    make=_make,
    levels=("none",),
)
