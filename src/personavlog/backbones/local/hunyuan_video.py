"""HunyuanVideo-1.5: it chooses the size itself, and its guidance is a part of the pipeline."""

from __future__ import annotations

from typing import Any

from personavlog.backbones.local.family import Asked, Family, Index, Pace


def _arguments(pipeline: Any, asked: Asked) -> dict[str, Any]:
    """The size follows from the picture's shape, so the clip is scaled to what was asked for afterwards."""
    pipeline.guider = pipeline.guider.new(guidance_scale=asked.guidance)
    return {
        "image": asked.pictures[0],
        "prompt": asked.prompt,
        "negative_prompt": asked.negative or None,
        "num_frames": asked.frames,
    }


def _like(index: Index) -> str:
    return "hunyuanvideo-1.5-i2v-480p"


def _pace(index: Index) -> Pace:
    return Pace(steps=50, guidance=6.0)


FAMILY = Family(
    name="hunyuan_video",
    pipeline="HunyuanVideo15ImageToVideoPipeline",
    role="video",
    like=_like,
    pace=_pace,
    arguments=_arguments,
    calls_back=False,
)
