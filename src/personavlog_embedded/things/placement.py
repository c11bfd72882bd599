"""A drawn thing at its place, and the layer that it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog_embedded.scene.stage import Follows, Layer
from personavlog_embedded.things.thing import Thing

DARK = (26, 22, 34)
"""Colour of shadows, RGB."""
LOST = 0.3
"""Share of a thing that may be hidden by what stands nearer."""


@dataclass(frozen=True)
class PlacedThing:
    """A drawn thing: its top-left in canvas px, ``before`` the person or behind, ``depth`` as layers have it.

    ``under`` is what lies below it (shadow, reflection, glow; straight alpha) with a corner of its own. ``follows`` is
    the hand that holds it.
    """

    asked: str
    thing: Thing
    similarity: float
    rgba: Pixels
    left: int
    top: int
    before: bool
    depth: float
    under: Pixels
    under_left: int
    under_top: int
    follows: Follows = ""

    @property
    def box(self) -> tuple[int, int, int, int]:
        """x0, y0, x1, y1 in canvas px."""
        return self.left, self.top, self.left + self.rgba.shape[1], self.top + self.rgba.shape[0]


def layer(thing: PlacedThing, height: int, width: int) -> Layer:
    """The thing and what lies below it on a canvas of their own."""
    canvas = np.zeros((height, width, 4), np.float32)
    canvas[..., :3] = DARK
    _over(canvas, thing.under, thing.under_left, thing.under_top)
    _over(canvas, thing.rgba, thing.left, thing.top)
    return Layer(thing.thing.name, "prop", thing.depth, np.clip(canvas + 0.5, 0, 255).astype(np.uint8), thing.follows)


def among(back: Sequence[Layer], behind: Sequence[PlacedThing], height: int, width: int) -> list[Layer]:
    """A place's layers, far to near, with the things behind the person where they stand: below what is nearer, unless
    they stand on that."""
    out = list(back)
    for thing in behind:
        covered = [
            at
            for at, other in enumerate(out)
            if other.kind == "near" and other.depth < thing.depth and not _stands_on(thing, other)
        ]
        out.insert(min(covered, default=len(out)), layer(thing, height, width))
    return out


def _stands_on(thing: PlacedThing, layer: Layer) -> bool:
    """Whether the middle of the thing's foot is on a layer, or so much of the thing behind it that it would be lost."""
    x0, y0, x1, y1 = thing.box
    foot = layer.rgba[max(y1 - 3, 0) : y1 + 3, max(round(0.7 * x0 + 0.3 * x1), 0) : round(0.3 * x0 + 0.7 * x1), 3]
    hidden = layer.rgba[max(y0, 0) : max(y1, 0), max(x0, 0) : max(x1, 0), 3]
    return bool(foot.size and foot.mean() > 128) or bool(hidden.size and hidden.mean() > LOST * 255)


def _over(canvas: NDArray[np.float32], patch: Pixels, left: int, top: int) -> None:
    height, width = canvas.shape[:2]
    x0, y0, x1, y1 = max(left, 0), max(top, 0), min(left + patch.shape[1], width), min(top + patch.shape[0], height)
    if x1 <= x0 or y1 <= y0:
        return
    part = patch[y0 - top : y1 - top, x0 - left : x1 - left].astype(np.float32)
    below, alpha = canvas[y0:y1, x0:x1], part[..., 3:4] / 255
    cover = alpha + below[..., 3:4] / 255 * (1 - alpha)
    mixed = (part[..., :3] * alpha + below[..., :3] * (below[..., 3:4] / 255) * (1 - alpha)) / np.maximum(cover, 1e-4)
    below[..., :3] = np.where(cover > 1e-3, mixed, below[..., :3])
    below[..., 3:4] = cover * 255


def softened(picture: Pixels, sigma: float) -> tuple[Pixels, int]:
    """Out of focus, as what stands beside it is; and how much wider it became on each side, px."""
    pad = round(3 * sigma)
    rim = cv2.copyMakeBorder(picture, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0)).astype(np.float32)
    rim[..., :3] *= rim[..., 3:] / 255
    soft = cv2.GaussianBlur(rim, (0, 0), sigma)
    soft[..., :3] *= 255 / np.maximum(soft[..., 3:], 1)
    return np.asarray(np.clip(soft + 0.5, 0, 255), np.uint8), pad


def shaded(mask: NDArray[np.float32]) -> Pixels:
    """A shadow's mask as a picture."""
    return np.dstack(
        [
            np.broadcast_to(np.array(DARK, np.uint8), (*mask.shape, 3)),
            np.clip(mask * 255 + 0.5, 0, 255).astype(np.uint8),
        ]
    )


def mirrored(picture: Pixels, deep: float = 0.55) -> Pixels:
    """What still water shows of it: upside down, shorter, rippled, fading."""
    height, width = picture.shape[:2]
    flipped = cv2.resize(picture[::-1], (width, max(2, round(height * deep))), interpolation=cv2.INTER_AREA).astype(
        np.float32
    )
    rows = np.arange(flipped.shape[0], dtype=np.float32)
    x = np.arange(width, dtype=np.float32)[None] + (np.sin(rows * 1.1) * 0.6 + np.sin(rows * 0.37 + 1) * 1.2)[
        :, None
    ] * (0.4 + rows[:, None] / len(rows))
    flipped[..., :3] *= flipped[..., 3:] / 255
    wavy = cv2.remap(
        flipped,
        x.astype(np.float32),
        np.broadcast_to(rows[:, None], x.shape).astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
    )
    wavy[..., :3] *= 255 / np.maximum(wavy[..., 3:], 1)
    wavy[..., 3] *= (0.5 * (1 - rows / len(rows)))[:, None]
    wavy[..., :3] *= 0.82
    return np.asarray(np.clip(wavy, 0, 255), np.uint8)


def line(start: tuple[float, float], end: tuple[float, float]) -> tuple[Pixels, int, int]:
    """A sagging string between two points in canvas px, and its top left corner."""
    share = np.linspace(0, 1, 24)
    sag = 0.12 * np.hypot(end[0] - start[0], end[1] - start[1]) * 4 * share * (1 - share)
    points = np.column_stack([start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share + sag])
    left, top = (int(v) - 3 for v in points.min(0))
    wide, tall = (int(v) + 8 for v in np.ptp(points, axis=0))
    mask = np.zeros((tall, wide), np.uint8)
    cv2.polylines(mask, [np.round((points - (left, top)) * 16).astype(np.int32)], False, 190, 1, cv2.LINE_AA, 4)
    return shaded(mask.astype(np.float32) / np.float32(255)), left, top


def glowing(reach: int) -> Pixels:
    """Warm light around what burns, (2 reach + 1) px square."""
    grid_y, grid_x = np.mgrid[-reach : reach + 1, -reach : reach + 1].astype(np.float32)
    amount = np.clip(1 - np.hypot(grid_x, grid_y) / reach, 0, 1) ** 2 * 0.8
    return np.dstack(
        [np.broadcast_to(np.array((255, 190, 110), np.uint8), (*amount.shape, 3)), (amount * 255).astype(np.uint8)]
    )
