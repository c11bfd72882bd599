"""Qwen-Image-Edit (2509, 2511): several references, true classifier-free guidance."""

from __future__ import annotations

from typing import Any

from personavlog.backbones.local.family import Asked, Family, Index, Pace


def _arguments(pipeline: Any, asked: Asked) -> dict[str, Any]:
    """Guidance needs a negative prompt, a blank one where there is none."""
    return {
        "image": list(asked.pictures),
        "prompt": asked.prompt,
        "negative_prompt": (asked.negative or " ") if asked.guidance > 1 else None,
        "true_cfg_scale": asked.guidance,
        "height": asked.height,
        "width": asked.width,
    }


def _like(index: Index) -> str:
    return "qwen-image-edit-2511"


def _pace(index: Index) -> Pace:
    return Pace(steps=40, guidance=4.0)


FAMILY = Family(
    name="qwen_image_edit",
    pipeline="QwenImageEditPlusPipeline",
    role="image",
    like=_like,
    pace=_pace,
    arguments=_arguments,
    modules=("torchvision",),
    references=3,
)
