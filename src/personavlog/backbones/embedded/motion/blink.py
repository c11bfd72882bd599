"""Eyes that close: the upper lid's skin slides down over the eye, with its lashes."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.backbones.embedded.motion.mesh import Pixels, Retouch
from personavlog.backbones.embedded.motion.rhythm import Floats, smoothstep
from personavlog.backbones.embedded.stage import FacePoints

MIN_FACE = 60
"""Px of face height under which a blink would be a smear and is left out."""
CLOSURE = (0.4, 0.9, 1.0, 0.72, 0.4, 0.15)
"""How far the lids are down in the six frames of a blink: they fall faster than they rise."""


def schedule(frames: int, fps: float, rng: np.random.Generator) -> Floats:
    """(frames,) lid closure 0 to 1: a blink every 2.5 to 5 s, the first after 0.9 to 2.6 s."""
    lids = np.zeros(frames)
    at = rng.uniform(0.9, 2.6)
    while (start := int(at * fps)) + len(CLOSURE) < frames:
        lids[start : start + len(CLOSURE)] = CLOSURE
        at += rng.uniform(2.5, 5.0)
    return lids


@dataclass(frozen=True)
class Eye:
    """One eye in a cut-out: patch corner and, per px of the patch, where it lies between the eye's lines, in units of the eye distance."""

    x: int
    y: int
    along: NDArray[np.float32]
    down: NDArray[np.float32]
    unit: float
    tilt: float
    upper: float
    lower: float
    lash: NDArray[np.float32]


HALF_WIDTH, PATCH_UP, PATCH_DOWN, PATCH_SIDE = 0.27, 0.40, 0.24, 0.40
"""The opening's half width and the patch around it, in eye distances."""


def blinks(pixels: Pixels, corner: tuple[int, int], face: FacePoints, lids: Floats) -> Retouch | None:
    """The retouch that closes both eyes of a cut-out whose top-left is ``corner``; None where the face is too small or turned away."""
    left, right = (face.points[i].astype(float) - corner for i in (0, 1))
    unit = float(np.hypot(*(right - left)))
    if face.box[3] - face.box[1] < MIN_FACE or unit < 0.25 * (face.box[2] - face.box[0]):
        return None
    tilt = float(np.arctan2(right[1] - left[1], right[0] - left[0]))
    eyes = [eye for point in (left, right) if (eye := _eye(pixels, point, unit, tilt)) is not None]

    def close(original: Pixels, number: int) -> Pixels:
        if lids[number] == 0 or not eyes:
            return original
        drawn = original.copy()
        for eye in eyes:
            _close(drawn, eye, float(lids[number]))
        return drawn

    return close


def _eye(pixels: Pixels, point: NDArray[np.float64], unit: float, tilt: float) -> Eye | None:
    """The eye at ``point``; None if its patch leaves the cut-out or the face's opaque part."""
    x0, y0 = int(point[0] - PATCH_SIDE * unit), int(point[1] - PATCH_UP * unit)
    x1, y1 = int(point[0] + PATCH_SIDE * unit) + 1, int(point[1] + PATCH_DOWN * unit) + 1
    if x0 < 0 or y0 < 0 or x1 > pixels.shape[1] or y1 > pixels.shape[0] or (pixels[y0:y1, x0:x1, 3] < 250).mean() > 0.25:
        return None
    gx, gy = np.meshgrid((np.arange(x0, x1) - point[0]) / unit, (np.arange(y0, y1) - point[1]) / unit)
    along, down = np.cos(tilt) * gx + np.sin(tilt) * gy, -np.sin(tilt) * gx + np.cos(tilt) * gy
    patch = pixels[y0:y1, x0:x1, :3]
    upper, lower = _opening(patch, along, down)
    return Eye(x0, y0, along.astype(np.float32), down.astype(np.float32), unit, tilt, upper, lower, _lash(patch, along, down))


def _opening(patch: Pixels, along: Floats, down: Floats) -> tuple[float, float]:
    """Heights of the lid lines above and below the eye's centre: the dark rows of the iris, between bounds of a human eye."""
    grey = cv2.cvtColor(np.ascontiguousarray(patch), cv2.COLOR_RGB2GRAY).astype(np.float64)
    rows = np.arange(-0.2, 0.17, 0.01)
    column = np.abs(along) < 0.09
    profile = np.array([grey[column & (np.abs(down - row) < 0.012)].mean() if (column & (np.abs(down - row) < 0.012)).any() else np.nan for row in rows])
    skin = np.nanpercentile(profile, 85)
    dark = profile < (skin + np.nanmin(profile[np.abs(rows) < 0.08])) / 2
    middle = int(np.nanargmin(np.where(np.abs(rows) < 0.08, profile, np.inf)))
    top = bottom = middle
    while top > 0 and dark[top - 1]:
        top -= 1
    while bottom < len(rows) - 1 and dark[bottom + 1]:
        bottom += 1
    return float(np.clip(-rows[top], 0.07, 0.15)), float(np.clip(rows[bottom], 0.05, 0.12))


def _lash(patch: Pixels, along: Floats, down: Floats) -> NDArray[np.float32]:
    """The lash line's colour: the darkest part of the eye."""
    eye = patch[(np.abs(along) < 0.2) & (np.abs(down) < 0.1)].astype(np.float32)
    order = np.argsort(eye.sum(axis=1))
    return np.asarray(eye[order[: max(len(order) // 8, 1)]].mean(axis=0), np.float32)


def _close(drawn: Pixels, eye: Eye, closure: float) -> None:
    """Stretch the skin between brow and lid down to the new lid line, shade it, and draw the lashes along its edge; in place."""
    h, w = eye.along.shape
    patch = drawn[eye.y : eye.y + h, eye.x : eye.x + w].copy()
    arch = np.maximum(1 - (eye.along / HALF_WIDTH) ** 2, 0)
    upper = -(eye.upper + 0.015) * arch - 0.01
    line = upper + closure * (eye.lower * 0.85 * arch + 0.01 - upper) * np.minimum(arch * 3, 1)
    brow = -(eye.upper + 0.13) * np.ones_like(upper)
    stretched = brow + (eye.down - brow) * (upper - brow) / np.maximum(line - brow, 1e-3)
    source = np.where((eye.down > brow) & (eye.down < line), stretched, eye.down)
    cy, sy = np.cos(eye.tilt), np.sin(eye.tilt)
    shift = (source - eye.down) * eye.unit
    gx, gy = np.meshgrid(np.arange(w, dtype=np.float32), np.arange(h, dtype=np.float32))
    moved = cv2.remap(patch, (gx - sy * shift).astype(np.float32), (gy + cy * shift).astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    edge = smoothstep((line - eye.down) / 0.025 + 0.5)[..., None]
    lid = np.where((eye.down > brow)[..., None], edge, 0.0)
    mixed = patch * (1 - lid) + moved * lid
    thick = 0.016 + 0.012 * arch
    lashes = np.exp(-(((eye.down - line) / thick) ** 2)) * np.minimum(arch * 2.2, 1) * min(closure * 1.4, 1) * 0.8
    mixed[..., :3] = mixed[..., :3] * (1 - lashes[..., None]) + eye.lash * lashes[..., None]
    drawn[eye.y : eye.y + h, eye.x : eye.x + w] = np.clip(mixed + 0.5, 0, 255).astype(np.uint8)
