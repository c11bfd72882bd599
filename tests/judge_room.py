"""A small picture of a person in layers and a small clip, for the judge's tests. No weights."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.backbones.roles import AnimateResult, EditResult
from personavlog.judge.case import Moving, Still
from personavlog.media import Clip, Image
from personavlog.script import Board, Camera, VideoDescription
from personavlog_embedded.painting.parts import LayeredPerson
from personavlog_embedded.scene.stage import Joint, Layer, Stage
from personavlog_embedded.style.print_surface import flatten

WIDTH, HEIGHT = 240, 160
FACE = (80.0, 20.0, 110.0, 56.0)
Pixels = NDArray[np.uint8]


def board() -> Board:
    return Board.model_validate(
        {"place": "a pier", "time_of_day": "noon", "action": "She waits.", "framing": "medium", "emotion": "calm"}
    )


def noise(seed: int, width: int = WIDTH) -> Pixels:
    coarse = np.random.default_rng(seed).integers(40, 200, (HEIGHT // 8, width // 8, 3)).astype(np.uint8)
    return np.asarray(cv2.resize(coarse, (width, HEIGHT), interpolation=cv2.INTER_CUBIC), np.uint8)


def layer(name: str, box: tuple[int, int, int, int], colour: tuple[int, int, int], joint: Joint | None) -> Layer:
    rgba = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    x0, y0, x1, y1 = box
    rgba[y0:y1, x0:x1] = (*colour, 255)
    return Layer(name, "person", 0.2, rgba, joint)


def stage() -> Stage:
    """A head, a torso and one arm that reaches out to the right."""
    back = Layer("sky", "sky", 1.0, np.dstack([noise(0), np.full((HEIGHT, WIDTH), 255, np.uint8)]))
    skin, shirt = (220, 170, 140), (40, 60, 150)
    parts = (
        layer("upper arm", (100, 84, 118, 104), shirt, Joint("upper arm right", 100, 94, "torso")),
        layer("forearm", (118, 84, 144, 104), skin, Joint("forearm right", 118, 94, "upper arm right")),
        layer("hand", (144, 82, 174, 106), skin, Joint("hand right", 144, 94, "forearm right")),
        layer("torso", (70, 60, 120, 160), shirt, Joint("torso", 95, 150, "hips")),
        layer("head", (80, 16, 110, 60), skin, Joint("head", 95, 60, "torso")),
    )
    return Stage(WIDTH, HEIGHT, 0, (back, *parts), "clear", "noon", pose="reach")


def image(number: int) -> Image:
    return Image(digest=f"{number:064x}", size=1, width=WIDTH, height=HEIGHT)


STRANGER = image(2)


def still(face: tuple[float, float, float, float] | None = FACE, stranger: Image | None = STRANGER) -> Still:
    drawn = stage()
    keyframe = EditResult(image=image(0), prompt="")
    return Still(board(), keyframe, flatten(drawn), face, image(1), stranger, "a desert", LayeredPerson(drawn))


def description(camera: Camera = Camera.PAN_RIGHT) -> VideoDescription:
    return VideoDescription(camera=camera, motion="She turns.", atmosphere="salt light")


def moving(count: int = 12) -> Moving:
    """A slow pan over noise; the face box is taken to hold a face."""
    wide = noise(5, WIDTH + 120)
    frames = tuple(np.ascontiguousarray(wide[:, 4 * number : 4 * number + WIDTH]) for number in range(count))
    clip = AnimateResult(
        clip=Clip(digest="0" * 64, size=1, width=WIDTH, height=HEIGHT, fps=24, frames=count), prompt=""
    )
    keyframe = EditResult(image=image(0), prompt="")
    plain = Moving(
        board(), keyframe, description(), clip, FACE, np.full((40, 34, 3), 200, np.uint8), (description(Camera.STATIC),)
    )
    return replace(plain, frames=frames)
