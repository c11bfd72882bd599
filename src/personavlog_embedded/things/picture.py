"""A thing seen from where the scene is seen, painted in its light, with the shadow that it throws."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels, Plane
from personavlog_embedded.render.light import Light
from personavlog_embedded.things import emoji
from personavlog_embedded.things.brushwork import painted
from personavlog_embedded.things.models.solid import Solid
from personavlog_embedded.things.relief import FINE, Relief, ThingCamera, cast_shadow, relief_of
from personavlog_embedded.things.thing import Thing

SHARP = {"clear": 0.46, "cloud": 0.26}
"""How dark a shadow is by weather; others are at ``DULL``."""
DULL = 0.18
LONGEST = 1.25
"""Metres of shadow for a metre of height at the most."""


@dataclass(frozen=True)
class ThingPicture:
    """``rgba`` straight alpha; ``root`` is where the thing's foot (its origin) lies in it, px. ``shade`` 0 to 1 with
    its own ``shade_root``."""

    rgba: Pixels
    root: tuple[float, float]
    shade: Plane
    shade_root: tuple[float, float]


def draw_thing(
    thing: Thing, scale: float, eye: ThingCamera, light: Light, depth: float, *, standing: bool
) -> ThingPicture:
    """The thing at ``scale`` px for a metre; ``standing`` ones throw a shadow on what they stand on."""
    rng = np.random.default_rng(zlib.crc32(thing.name.encode()))
    relief = _relief(thing, scale, eye)
    rgba = painted(relief, light, depth, rng)
    root = relief.root[0] / FINE, relief.root[1] / FINE
    if not standing:
        return ThingPicture(rgba, root, np.zeros((1, 1), np.float32), (0.0, 0.0))
    shade, at = _shade(thing, scale, eye, light, rgba)
    return ThingPicture(rgba, root, shade, at)


def _relief(thing: Thing, scale: float, eye: ThingCamera) -> Relief:
    if thing.emoji is not None:
        return emoji.relief(thing.emoji, thing.phrase, scale)
    return relief_of(thing.solids(), eye, scale)


def _shade(
    thing: Thing, scale: float, eye: ThingCamera, light: Light, rgba: Pixels
) -> tuple[Plane, tuple[float, float]]:
    """The cast shadow, softer further out, and the dark line of contact."""
    fall = _fall(light)
    if thing.model is not None:
        cast, root = cast_shadow(thing.solids(), eye, scale, fall)
        below, below_root = cast_shadow(thing.solids(), eye, scale, (0.0, 0.0))
        touch, touch_root = cast_shadow(_feet(thing), eye, scale, (0.0, 0.0))
    else:
        cast, root = emoji.shadow(rgba, fall, eye.pitch)
        below, below_root = touch, touch_root = emoji.shadow(rgba, (0.0, 0.0), eye.pitch)
    reach = max(1.0, 0.035 * scale * max(thing.size))
    strength = SHARP.get(light.weather, DULL) * (0.7 if light.night else 1.0)
    shade = _blurred(cast, root, reach, strength)
    for mask, at, soft, dark in ((below, below_root, 1.3, 0.26), (touch, touch_root, 0.45, 0.55)):
        shade = _together(*shade, *_blurred(mask, at, soft * reach, dark))
    return shade


def _fall(light: Light) -> tuple[float, float]:
    """Metres to the right and towards the viewer that a metre of height throws."""
    length = min(LONGEST, 0.3 + 0.95 * (1 - light.height))
    return -light.side * length, -0.4 * length


def _feet(thing: Thing) -> list[Solid]:
    """What of the thing is close to the ground, pressed flat."""
    solids = thing.solids()
    tall = max(float(solid.points[:, 1].max()) for solid in solids)
    low = [solid for solid in solids if float(solid.points[:, 1].min()) < 0.06 * tall + 0.01]
    return [
        solid.but(points=solid.points * (1, 0, 1))
        for solid in low
        if float(np.ptp(solid.points[:, 1])) < 0.6 * tall or len(low) == 1
    ] or low


def _blurred(
    mask: Plane, root: tuple[float, float], sigma: float, strength: float
) -> tuple[Plane, tuple[float, float]]:
    pad = int(3 * sigma) + 1
    wide = cv2.copyMakeBorder(mask, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=0)
    return np.asarray(cv2.GaussianBlur(wide, (0, 0), sigma) * strength, np.float32), (root[0] + pad, root[1] + pad)


def _together(
    first: Plane, first_root: tuple[float, float], second: Plane, second_root: tuple[float, float]
) -> tuple[Plane, tuple[float, float]]:
    """Both masks over each other, their roots on one point."""
    left, top = (max(a, b) for a, b in zip(first_root, second_root, strict=True))
    right = max(first.shape[1] - first_root[0], second.shape[1] - second_root[0])
    below = max(first.shape[0] - first_root[1], second.shape[0] - second_root[1])
    out = np.zeros((int(top + below) + 2, int(left + right) + 2), np.float32)
    for mask, root in ((first, first_root), (second, second_root)):
        x, y = round(left - root[0]), round(top - root[1])
        part: NDArray[np.float32] = out[y : y + mask.shape[0], x : x + mask.shape[1]]
        part[:] = 1 - (1 - part) * (1 - mask[: part.shape[0], : part.shape[1]])
    return out, (left, top)
