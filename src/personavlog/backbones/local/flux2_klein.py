"""FLUX.2 klein: several references; distilled to four steps, or a base model with guidance."""

from __future__ import annotations

from typing import Any

from personavlog.backbones.local.family import Asked, Family, Index, Pace


def _arguments(pipeline: Any, asked: Asked) -> dict[str, Any]:
    """It takes no negative prompt."""
    return {
        "image": list(asked.pictures),
        "prompt": asked.prompt,
        "guidance_scale": asked.guidance,
        "height": asked.height,
        "width": asked.width,
    }


def _like(index: Index) -> str:
    return "flux.2-klein-4b" if index.get("is_distilled") else "flux.2-klein-base-4b"


def _pace(index: Index) -> Pace:
    return Pace(steps=4, guidance=1.0) if index.get("is_distilled") else Pace(steps=50, guidance=4.0)


FAMILY = Family(
    name="flux2_klein",
    pipeline="Flux2KleinPipeline",
    role="image",
    like=_like,
    pace=_pace,
    arguments=_arguments,
    references=4,
)
