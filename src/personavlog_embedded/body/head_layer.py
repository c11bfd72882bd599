"""The photo's head put on a drawn body: cut along the jaw, chin on chin, the drawn neck below it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Mask, Pixels, Plane
from personavlog_embedded.body.cast import Mark, Sprite
from personavlog_embedded.body.photo_head import HEAD_SIZE, WITH_HAIR, PhotoHead, soft
from personavlog_embedded.scene.stage import FacePoints

JAW = (127, 234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 323, 454, 356)
"""The face mesh's points along the jaw, from ear to ear."""
CHIN, EARS = 152, (132, 361)
BROW, TEMPLE = 0.76, 0.54
"""How far above the chin, in heads, hair is pressed down by a hat: over the face, and beside it."""
RIM = 0.7
"""How dark the contour around the head is."""


@dataclass(frozen=True, eq=False)
class PlacedHead:
    """``front`` lies over the body; ``behind`` is long hair behind the neck, below it, None without. ``face`` is where
    the face is on the canvas."""

    front: Sprite
    behind: Sprite | None
    face: FacePoints


def placed_head(
    source: PhotoHead,
    rgba: Pixels,
    mesh: NDArray[np.float32],
    face: FacePoints,
    at: Mark,
    canvas: tuple[int, int],
    ink: float,
    hat: bool = False,
) -> PlacedHead:
    """``rgba`` (h, w, 4) is the cut-out in the style with the face that the board asks for, its alpha what is head;
    ``mesh`` (478, 3) and ``face`` lie in its px. ``canvas`` is (height, width), ``ink`` the contour's width in px; a
    ``hat`` covers the hair."""
    matrix = _matrix(source, mesh, at)
    own = np.dstack([rgba[..., :3], (rgba[..., 3] * _cut(source, mesh, hat)).astype(np.uint8)])
    front = _contoured(_warped(own, matrix, canvas), ink)
    hair = _behind(source, rgba)
    behind = None if hair is None else _warped(hair, matrix, canvas)
    return PlacedHead(front, behind, face.moved(matrix))


def _matrix(source: PhotoHead, mesh: NDArray[np.float32], at: Mark) -> NDArray[np.float64]:
    """(2, 3): from the cut-out's px to the canvas."""
    scale, turn = at.size * WITH_HAIR * HEAD_SIZE / source.unit, np.radians(at.angle)
    c, s = scale * np.cos(turn), scale * np.sin(turn)
    linear = np.array([[c, -s], [s, c]])
    chin = mesh[CHIN, :2].astype(np.float64)
    return np.hstack([linear, (np.array([at.x, at.y]) - linear @ chin)[:, None]])


def _cut(source: PhotoHead, mesh: NDArray[np.float32], hat: bool) -> Plane:
    """1 above the jaw and on hair that hangs beside the neck, 0 on the photo's neck and below, and where a hat presses
    the hair down."""
    y, x = np.mgrid[: source.keep.shape[0], : source.keep.shape[1]].astype(np.float32)
    jaw = np.zeros(x.shape, np.float32)
    cv2.fillPoly(jaw, [np.round(mesh[list(JAW), :2]).astype(np.int32)], 1.0)
    ears = np.clip((mesh[list(EARS), 1].mean() - y) / (0.02 * source.unit), 0, 1)
    beside = np.abs(x - mesh[CHIN, 0]) > 0.2 * source.unit
    between = _outside_in(source.hair > 0.5, source.middle) & (y < source.chin)
    inside = (between & ((source.skin < 0.5) | (y < source.chin - 0.2 * source.unit))).astype(np.uint8)
    inside = cv2.morphologyEx(inside, cv2.MORPH_OPEN, np.ones((round(0.03 * source.unit) | 1,) * 2, np.uint8))
    hanging = beside & ((source.hair > 0.5) | (inside > 0))
    kept = np.maximum(np.maximum(soft(jaw, 0.006 * source.unit), ears), hanging)
    out = np.clip((np.abs(x - mesh[list(EARS), 0].mean()) / source.unit - 0.24) / 0.1, 0, 1)
    high = (BROW + (TEMPLE - BROW) * out) * source.unit
    under = np.clip((y - source.chin + high) / (0.02 * source.unit) + 0.5, 0, 1) if hat else 1.0
    return np.asarray(kept * under, np.float32)


def _outside_in(hair: Mask, middle: float) -> Mask:
    """What lies between the middle and hair on the same side, row by row."""
    right = np.arange(hair.shape[1]) > middle
    leftwards = np.logical_or.accumulate((hair & right)[:, ::-1], axis=1)[:, ::-1]
    return np.asarray(np.where(right, leftwards, np.logical_or.accumulate(hair & ~right, axis=1)), bool)


def _behind(source: PhotoHead, rgba: Pixels) -> Pixels | None:
    """What of hair that hangs beside the face is seen behind jaw and neck, darker than before them."""
    strands = rgba[(source.hair > 0.5) & (source.keep > 0.9)][:, :3]
    first = int(source.chin - 0.55 * source.unit)
    hangs = source.hair[first:] > 0.5
    if hangs.sum() < 0.01 * source.unit**2 or not len(strands):
        return None
    x, cover = np.arange(hangs.shape[1]), np.zeros_like(source.hair)
    for row in np.flatnonzero(hangs.any(axis=1)):
        columns = np.flatnonzero(hangs[row])
        left, right = (columns[side] for side in (0, -1))
        inside = (x >= left) & (x <= source.middle) & (left < source.middle - 0.2 * source.unit)
        inside |= (x >= source.middle) & (x <= right) & (right > source.middle + 0.2 * source.unit)
        cover[first + row] = inside
    colour = np.broadcast_to(np.median(strands, axis=0) * 0.62, (*cover.shape, 3))
    return np.dstack([colour, soft(cover, 0.01 * source.unit) * 255]).astype(np.uint8)


def _warped(rgba: Pixels, matrix: NDArray[np.float64], canvas: tuple[int, int]) -> Sprite:
    """Moved onto the canvas, cropped to what it covers there."""
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))
    alpha = rgba[..., 3:].astype(np.float32) / 255
    held = np.dstack([rgba[..., :3] * alpha, rgba[..., 3]]).astype(np.float32)
    if scale < 0.6:
        held = cv2.GaussianBlur(held, (0, 0), 0.45 / scale)
    out = cv2.warpAffine(held, matrix, canvas[::-1], flags=cv2.INTER_CUBIC if scale > 1 else cv2.INTER_LINEAR)
    x, y, w, h = cv2.boundingRect((out[..., 3] > 1).astype(np.uint8))
    out = out[y : y + h, x : x + w]
    cover = np.clip(out[..., 3:], 0, 255)
    rgb = out[..., :3] * 255 / np.maximum(cover, 1)
    return Sprite(np.clip(np.dstack([rgb, cover]) + 0.5, 0, 255).astype(np.uint8), x, y)


def _contoured(head: Sprite, ink: float) -> Sprite:
    """With the body's contour around it."""
    alpha = head.rgba[..., 3].astype(np.float32) / 255
    size = (2 * max(1, round(ink * 0.8)) + 1,) * 2
    inner = cv2.erode(alpha, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, size))
    rim = np.clip(1.1 * cv2.GaussianBlur(alpha - inner, (0, 0), 0.5), 0, RIM)[..., None]
    rgb = head.rgba[..., :3].astype(np.float32)
    dark = rgb * 0.3 + np.array([16, 8, 8], np.float32)
    return Sprite(np.dstack([(rgb + (dark - rgb) * rim).astype(np.uint8), head.rgba[..., 3]]), head.left, head.top)
