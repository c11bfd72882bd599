"""Wan 2.1 and 2.2, the paper's image-to-video models: 14B, the two experts of A14B, and TI2V-5B."""

from __future__ import annotations

from typing import Any

from personavlog.backbones.local.family import Asked, Family, Index, Pace


def _arguments(pipeline: Any, asked: Asked) -> dict[str, Any]:
    """Sides are multiples of 16, lengths 4k + 1 frames: others would be changed without a word."""
    return {
        "image": asked.pictures[0],
        "prompt": asked.prompt,
        "negative_prompt": asked.negative or None,
        "height": asked.height,
        "width": asked.width,
        "num_frames": asked.frames,
        "guidance_scale": asked.guidance,
    }


def _like(index: Index) -> str:
    if index.get("boundary_ratio") is not None:
        return "wan2.2-i2v-a14b"
    return "wan2.2-ti2v-5b" if index.get("expand_timesteps") else "wan2.1-i2v-14b-480p"


def _pace(index: Index) -> Pace:
    if index.get("boundary_ratio") is not None:
        return Pace(steps=40, guidance=3.5)
    return Pace(steps=50, guidance=5.0)


FAMILY = Family(
    name="wan",
    pipeline="WanImageToVideoPipeline",
    role="video",
    like=_like,
    pace=_pace,
    arguments=_arguments,
    dtypes={"default": "bfloat16", "vae": "float32", "image_encoder": "float32"},
    modules=("ftfy",),
)
