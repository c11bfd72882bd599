"""Eyes that look elsewhere: the iris is lifted out of the eye, the white closed behind it, and set in again further
on."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels, Plane
from personavlog.metrics.face import EYES
from personavlog_embedded.face.anatomy import Floats, smoothstep

ACROSS, DOWN = 0.2, 0.075
"""How far a full look moves the iris, as shares of the eye's width."""
LEAST = 9
"""Px of an eye's width under which nobody sees where it looks."""
_IRISES = ((468, 469, 470, 471, 472), (473, 474, 475, 476, 477))


@dataclass(frozen=True, eq=False)
class Iris:
    """One eye in a cut-out: its patch's top-left; ``opening`` (h, w) 0 to 1 between the lids; ``white`` (h, w, 3) the
    eye without its iris.

    ``disc`` is the whole iris with pupil, (h, w, 3) where it is now, also where lids hide it; ``centre`` px in the
    patch, ``radius`` px, ``width`` px of the eye, ``axes`` (2, 2) right and down, ``looks`` how far right it looks
    already, as a share of the width.
    """

    x: int
    y: int
    opening: Plane
    white: Plane
    disc: Plane
    centre: Floats
    radius: float
    width: float
    axes: Floats
    looks: float


def find_iris(pixels: Pixels, points: NDArray[np.float32], side: int, axes: Floats) -> Iris | None:
    """The image-left (0) or image-right (1) eye; None if it is too small, closed, or not in the picture."""
    flat = points[:, :2].astype(np.float64)
    outline, ring = flat[list(EYES[side])], flat[list(_IRISES[side])]
    width = float(np.hypot(*(outline[8] - outline[0])))
    radius = float(np.hypot(*(ring[1:] - ring[0]).T).mean())
    x0, y0 = np.floor(np.minimum(outline.min(0), ring.min(0)) - 0.25 * width).astype(int)
    x1, y1 = np.ceil(np.maximum(outline.max(0), ring.max(0)) + 0.25 * width).astype(int)
    heights = (outline @ axes.T)[:, 1]
    if (
        width < LEAST
        or np.ptp(heights) < 0.16 * width
        or x0 < 0
        or y0 < 0
        or x1 > pixels.shape[1]
        or y1 > pixels.shape[0]
    ):
        return None
    patch = pixels[y0:y1, x0:x1, :3].astype(np.float32)
    opening, corner = _filled(outline - (x0, y0), patch.shape[:2], width), np.array([x0, y0])
    centre = ring[0] - corner
    looks = float((ring[0] - (outline[0] + outline[8]) / 2) @ axes[0]) / width
    away = _away(patch.shape[:2], centre)
    white = _white(patch, opening, away, radius)
    return Iris(
        int(x0),
        int(y0),
        opening,
        white,
        _disc(patch, opening, away, centre, radius, axes),
        centre,
        radius,
        width,
        axes,
        looks,
    )


def _filled(outline: Floats, shape: tuple[int, ...], width: float) -> Plane:
    """1 inside the outline, soft towards the lashes."""
    mask = np.zeros(shape, np.uint8)
    cv2.fillPoly(mask, [np.round(outline * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), max(0.022 * width, 0.6)) / 255.0, np.float32)


def _away(shape: tuple[int, ...], centre: Floats) -> Plane:
    gx, gy = np.meshgrid(np.arange(shape[1]) - centre[0], np.arange(shape[0]) - centre[1])
    return np.asarray(np.hypot(gx, gy), np.float32)


def _white(patch: Plane, opening: Plane, away: Plane, radius: float) -> Plane:
    """The eye with the white grown over its iris from both sides; where the iris leaves no white, a pale one in the
    eye's own light."""
    seen = np.where((opening > 0.8) & (away > 1.18 * radius), 1.0, 0.0).astype(np.float32)
    pale = _pale(patch[seen > 0], patch[opening > 0.5])
    filled = np.broadcast_to(pale, patch.shape).astype(np.float32)
    for reach in (1.0, 0.45):
        sigma = max(reach * radius, 0.8)
        amount = cv2.GaussianBlur(seen, (0, 0), sigma)[..., None]
        near = cv2.GaussianBlur(patch * seen[..., None], (0, 0), sigma) / (amount + 1e-4)
        filled = filled + (near - filled) * np.clip(amount * 6, 0, 1)
    gone = smoothstep((1.28 * radius - away) / (0.16 * radius))[..., None]
    return np.asarray(patch + (filled - patch) * gone, np.float32)


def _pale(white: Plane, eye: Plane) -> Plane:
    """The colour of the white: the lighter half of what is seen of it."""
    if len(white) < 6:
        white = eye
    order = np.argsort(white.sum(axis=1))
    return np.asarray(
        white[order[len(order) // 2 :]].mean(axis=0) if len(order) else np.array([200, 196, 190]), np.float32
    )


def _disc(patch: Plane, opening: Plane, away: Plane, centre: Floats, radius: float, axes: Floats) -> Plane:
    """The iris with what the lids hide taken from its mirror image, then from its own rings."""
    shown = np.clip((opening - 0.55) / 0.4, 0, 1)[..., None]
    rings = np.clip((away / max(radius, 1.0) * 6).astype(int), 0, 7)
    weight = np.bincount(rings.ravel(), shown.ravel(), 8) + 1e-6
    mean = np.stack(
        [np.bincount(rings.ravel(), (patch[..., c] * shown[..., 0]).ravel(), 8) / weight for c in range(3)], axis=1
    )
    mean[weight < 1e-3] = mean[np.argmax(weight)]
    below = np.asarray(mean[rings], np.float32)
    gy, gx = np.indices(away.shape, dtype=np.float32)
    level = (gx - centre[0]) * axes[1, 0] + (gy - centre[1]) * axes[1, 1]
    maps = np.asarray(gx - 2 * level * axes[1, 0], np.float32), np.asarray(gy - 2 * level * axes[1, 1], np.float32)
    mirrored = cv2.remap(patch, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    there = cv2.remap(shown, *maps, cv2.INTER_LINEAR)[..., None]
    below = below + (mirrored - below) * there * 0.7
    return np.asarray(below + (patch - below) * shown, np.float32)


def move_iris(pixels: Pixels, iris: Iris, right: float, down: float) -> None:
    """Look by ``right`` and ``down``, -1 to 1, from where the photo looks; in place."""
    # The iris never goes further into the corner of the eye than a full look takes it.
    across = np.clip(right * ACROSS, min(-ACROSS - iris.looks, 0.0), max(ACROSS - iris.looks, 0.0))
    shift = (np.array([across, down * DOWN]) * iris.width) @ iris.axes
    h, w = iris.opening.shape
    patch = pixels[iris.y : iris.y + h, iris.x : iris.x + w]
    matrix = np.array([[1, 0, shift[0]], [0, 1, shift[1]]])
    disc = cv2.warpAffine(iris.disc, matrix, (w, h), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    away = _away((h, w), iris.centre + shift)
    soft = max(0.16 * iris.radius, 0.8)
    cover = smoothstep((1.08 * iris.radius - away) / soft + 0.5)[..., None]
    eye = iris.white + (disc - iris.white) * cover
    patch[..., :3] = np.clip(patch[..., :3] + (eye - patch[..., :3]) * iris.opening[..., None] + 0.5, 0, 255).astype(
        np.uint8
    )
