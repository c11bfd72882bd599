"""LTX-2 and LTX-2.3: pictures and sound at once, of which the sound is not used."""

from __future__ import annotations

from typing import Any

from personavlog.backbones.local.family import Asked, Family, Index, Pace

FIRST_VOCODER = "LTX2Vocoder"
"""By its class LTX-2.0 is told from 2.3."""


def _arguments(pipeline: Any, asked: Asked) -> dict[str, Any]:
    """2.3 has a vocoder with bandwidth extension, and other blocks and time steps for its guidance than 2.0; without
    guidance, as distilled models want it, the other kinds of guidance are off as well."""
    first = type(pipeline.vocoder).__name__ == FIRST_VOCODER
    blocks = len(pipeline.transformer.transformer_blocks)
    given = {
        "image": asked.pictures[0],
        "prompt": asked.prompt,
        "negative_prompt": asked.negative or None,
        "height": asked.height,
        "width": asked.width,
        "num_frames": asked.frames,
        "frame_rate": float(asked.fps),
        "guidance_scale": asked.guidance,
        "use_cross_timestep": not first,
        "spatio_temporal_guidance_blocks": [min(29 if first else 28, blocks - 1)],
    }
    return given if asked.guidance > 1 else {**given, **_UNGUIDED}


_UNGUIDED = {
    "stg_scale": 0.0,
    "modality_scale": 1.0,
    "audio_guidance_scale": 1.0,
    "audio_stg_scale": 0.0,
    "audio_modality_scale": 1.0,
}


def _like(index: Index) -> str:
    return "ltx-2"


def _pace(index: Index) -> Pace:
    first = index.get("vocoder", ["", ""])[1] == FIRST_VOCODER
    return Pace(steps=40, guidance=4.0) if first else Pace(steps=30, guidance=3.0)


FAMILY = Family(
    name="ltx2",
    pipeline="LTX2ImageToVideoPipeline",
    role="video",
    like=_like,
    pace=_pace,
    arguments=_arguments,
    modules=("av",),
)
