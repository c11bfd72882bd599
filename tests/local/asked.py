"""Backbones on tiny models, and what they are asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from personavlog.backbones import registry
from personavlog.backbones.local.image import LocalImage
from personavlog.backbones.local.video import LocalVideo
from personavlog.backbones.roles import AnimateRequest, EditRequest, Keyframe
from personavlog.media import Image
from personavlog.runs.blobs import Blobs
from personavlog.script import Board, VideoDescription

WIDTH, HEIGHT = 96, 64
STEPS = 2
BOARD = Board.model_validate(
    {"place": "a beach", "time_of_day": "noon", "action": "She waves.", "framing": "medium", "emotion": "calm"}
)
MOTION = VideoDescription.model_validate({"camera": "static", "motion": "She waves.", "atmosphere": "calm air"})


def painter(folder: Path | str, **settings: Any) -> LocalImage:
    """``image.local`` as the registry builds it."""
    found = registry.load("image", "local", {"model": str(folder), "steps": STEPS, **settings})
    assert isinstance(found, LocalImage)
    return found


def animator(folder: Path | str, **settings: Any) -> LocalVideo:
    """``video.local`` as the registry builds it."""
    found = registry.load("video", "local", {"model": str(folder), "steps": STEPS, **settings})
    assert isinstance(found, LocalVideo)
    return found


def noise(blobs: Blobs, seed: int = 0, width: int = WIDTH, height: int = HEIGHT) -> Image:
    """A picture of coloured noise."""
    return blobs.put_image(np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8))


def edit(blobs: Blobs, **changes: Any) -> EditRequest:
    """A keyframe of the person in the noise."""
    plain = {
        "purpose": "keyframe",
        "reference": noise(blobs),
        "style": "plain",
        "width": WIDTH,
        "height": HEIGHT,
        "seed": 7,
        "board": BOARD,
        "prompt": "A person walks on the beach.",
        "negative": "blurry",
    }
    return EditRequest.model_validate({**plain, **changes})


def clip(blobs: Blobs, backbone: LocalVideo, frames: int = 9, **changes: Any) -> AnimateRequest:
    """A clip of so many frames at the model's own rate, from the noise."""
    plain = {
        "keyframe": Keyframe(image=noise(blobs)),
        "description": MOTION,
        "board": BOARD,
        "width": WIDTH,
        "height": HEIGHT,
        "duration": frames / backbone.capabilities.fps,
        "fps": backbone.capabilities.fps,
        "seed": 7,
        "prompt": "A person walks on the beach.",
        "negative": "blurry",
    }
    return AnimateRequest.model_validate({**plain, **changes})
