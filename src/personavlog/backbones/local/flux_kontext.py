"""FLUX.1 Kontext, the paper's image editing model: 20 steps, guidance 3.5."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from personavlog.backbones.local.family import Asked, Family, Index, Pace

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE = 16
LARGEST = 1_100_000
"""Pixels of the pictures that it was trained on, and a little more: a keyframe of 768 x 1360 goes in as it is."""


def _arguments(pipeline: Any, asked: Asked) -> dict[str, Any]:
    """``guidance_scale`` is an input of the network, not classifier-free guidance, so there is no negative prompt.
    Without ``max_area`` the picture would be scaled to one megapixel."""
    picture = asked.pictures[0]
    return {
        "image": picture,
        "prompt": asked.prompt,
        "height": asked.height,
        "width": asked.width,
        "max_area": asked.height * asked.width,
        "guidance_scale": asked.guidance,
        "_auto_resize": not _fits(picture),
    }


def _fits(picture: Image) -> bool:
    """Whether the reference goes in pixel for pixel, which keeps a correction in place; others are scaled to the
    nearest of the sizes that the model was trained on."""
    width, height = picture.size
    return width % SIDE == height % SIDE == 0 and width * height <= LARGEST


def _like(index: Index) -> str:
    return "flux.1-kontext-dev"


def _pace(index: Index) -> Pace:
    return Pace(steps=20, guidance=3.5)


FAMILY = Family(
    name="flux_kontext",
    pipeline="FluxKontextPipeline",
    role="image",
    like=_like,
    pace=_pace,
    arguments=_arguments,
    modules=("sentencepiece",),
)
