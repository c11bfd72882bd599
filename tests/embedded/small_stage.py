"""A small stage: a head, a torso and one arm that reaches out to the right, before soft blots."""

from __future__ import annotations

import cv2
import numpy as np

from personavlog.media.arrays import Box, Pixels
from personavlog_embedded.scene.stage import Joint, Layer, Stage

WIDTH, HEIGHT = 240, 160
FACE: Box = (80.0, 20.0, 110.0, 56.0)


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
