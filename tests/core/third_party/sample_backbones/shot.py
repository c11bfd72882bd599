"""One small picture of a person, in parts, and the frames of one small clip."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.backbones.parts import Side
from personavlog.media.arrays import Box, Mask, Pixels

WIDTH, HEIGHT = 240, 160
FACE: Box = (80.0, 20.0, 110.0, 56.0)
SKIN, SHIRT = (220, 170, 140), (40, 60, 150)
SHOULDER = (100.0, 94.0)
ARM = {"upper arm", "forearm", "hand"}


@dataclass(frozen=True)
class Part:
    """A box of one colour; x0, y0, x1, y1 in px."""

    name: str
    box: tuple[int, int, int, int]
    colour: tuple[int, int, int]

    @property
    def mask(self) -> Mask:
        """(h, w): where it lies."""
        mask = np.zeros((HEIGHT, WIDTH), np.bool_)
        x0, y0, x1, y1 = self.box
        mask[y0:y1, x0:x1] = True
        return mask

    def turned(self, degrees: float) -> Mask:
        """(h, w): where it lies when the arm turns about the shoulder."""
        turn = cv2.getRotationMatrix2D(SHOULDER, degrees, 1.0)
        return np.asarray(cv2.warpAffine(self.mask.astype(np.uint8), turn, (WIDTH, HEIGHT)), np.bool_)


PARTS = (
    Part("upper arm", (100, 84, 118, 104), SHIRT),
    Part("forearm", (118, 84, 144, 104), SKIN),
    Part("hand", (144, 82, 174, 106), SKIN),
    Part("torso", (70, 60, 120, 160), SHIRT),
    Part("head", (80, 16, 110, 60), SKIN),
)
"""A head, a torso and one arm that reaches out to the right; what lies behind comes first."""


def noise(seed: int, width: int = WIDTH) -> Pixels:
    """(HEIGHT, width, 3): soft blots, another ``seed`` gives others."""
    coarse = np.random.default_rng(seed).integers(40, 200, (HEIGHT // 8, width // 8, 3)).astype(np.uint8)
    return np.asarray(cv2.resize(coarse, (width, HEIGHT), interpolation=cv2.INTER_CUBIC), np.uint8)


def picture(layers: tuple[tuple[Mask, tuple[int, int, int]], ...] | None = None) -> Pixels:
    """The person before soft blots; ``layers`` are masks and their colours, what lies behind first."""
    pixels = noise(0)
    for mask, colour in layers or _layers():
        pixels[mask] = colour
    return pixels


def frames(count: int = 12) -> tuple[Pixels, ...]:
    """A slow pan over soft blots."""
    wide = noise(5, WIDTH + 120)
    return tuple(np.ascontiguousarray(wide[:, 4 * number : 4 * number + WIDTH]) for number in range(count))


def _layers(without: frozenset[str] = frozenset()) -> tuple[tuple[Mask, tuple[int, int, int]], ...]:
    return tuple((part.mask, part.colour) for part in PARTS if part.name not in without)


@dataclass(frozen=True)
class PictureParts:
    """``PersonParts`` of the picture; the arm is the right one."""

    @cached_property
    def mask(self) -> Mask:
        """(h, w): where anything of the person is seen."""
        return np.asarray(np.any([part.mask for part in PARTS], axis=0))

    @cached_property
    def worn(self) -> Mask:
        """(h, w): where the shirt is seen."""
        shirt: NDArray[np.bool_] = (picture() == SHIRT).all(axis=2)
        return np.asarray(shirt & self.mask)

    def arms(self, least: float) -> tuple[Side, ...]:
        """The right one, where forearm and hand cover more than ``least`` square px."""
        area = sum(int(part.mask.sum()) for part in PARTS if part.name in ("forearm", "hand"))
        return ("right",) if area > least else ()

    def without(self, side: Side) -> Pixels | None:
        """The picture without its arm; None for the left one, which it does not show."""
        return picture(_layers(frozenset(ARM))) if side == "right" else None

    def with_another(self, side: Side, degrees: float) -> Pixels | None:
        """The picture with its arm drawn twice, the second behind the body; None for the left one."""
        if side != "right":
            return None
        second = tuple((part.turned(degrees), part.colour) for part in PARTS if part.name in ARM)
        return picture((*second, *_layers()))
