"""The sample picture and clip as cases of the judge."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from personavlog.backbones.roles import AnimateResult, EditResult
from personavlog.judge.case import Moving, Still
from personavlog.media import Clip, Image
from personavlog.media.arrays import Box
from personavlog.script import Board, Camera, VideoDescription
from sample_backbones import shot


def board() -> Board:
    return Board.model_validate(
        {"place": "a pier", "time_of_day": "noon", "action": "She waits.", "framing": "medium", "emotion": "calm"}
    )


def description(camera: Camera = Camera.PAN_RIGHT) -> VideoDescription:
    return VideoDescription(camera=camera, motion="She turns.", atmosphere="salt light")


def image(number: int) -> Image:
    return Image(digest=f"{number:064x}", size=1, width=shot.WIDTH, height=shot.HEIGHT)


STRANGER = image(2)


def still(face: Box | None = shot.FACE, stranger: Image | None = STRANGER) -> Still:
    keyframe = EditResult(image=image(0), prompt="")
    return Still(board(), keyframe, shot.picture(), face, image(1), stranger, "a desert", shot.PictureParts())


def moving(count: int = 12) -> Moving:
    """A slow pan; the face box is taken to hold a face."""
    clip = Clip(digest="0" * 64, size=1, width=shot.WIDTH, height=shot.HEIGHT, fps=24, frames=count)
    plain = Moving(
        board(),
        EditResult(image=image(0), prompt=""),
        description(),
        AnimateResult(clip=clip, prompt=""),
        shot.FACE,
        np.full((40, 34, 3), 200, np.uint8),
        (description(Camera.STATIC),),
    )
    return replace(plain, frames=shot.frames(count))
