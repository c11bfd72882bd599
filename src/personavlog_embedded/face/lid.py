"""Eyes that close: the lid comes down with its own lashes, and the fold above it opens out into the skin of the lid."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels, Plane
from personavlog_embedded.face.anatomy import Floats, smoothstep

LID = 0.95
"""A lid's brightness against the skin around the eye."""
LEAST_LID = 0.8
"""How dark the skin above the eye may be against the cheek for the lid to take its colour."""
LASHES = 0.1
"""Eye widths above the lid's edge that move with it unstretched: lashes and the drawn line of a lid."""
FOLD, FOLD_IN_GLASSES = 0.4, 0.24
"""Eye widths above the lid's edge that the skin moves at most; what moves further would bend a pair of glasses."""
BARE = 0.75
"""How much of the skin that comes out of the fold is smooth."""


@dataclass(frozen=True)
class EyeOutline:
    """One eye in a cut-out: its patch's top-left, its ``size``, the width in px, and ``axis`` (2,), the unit vector
    down across it.

    ``skin`` (h, w, 3) is what the closed lid looks like, ``lash`` the darkest colour. Per px of the patch, in px along
    ``axis``: ``down`` its own place,
    ``upper`` and ``lower`` the lids' edges, ``fold`` where the skin above begins to move. ``inside`` is 1 between the
    corners of the eye and 0 beyond,
    ``near`` reaches as far as the lashes.
    """

    x: int
    y: int
    size: float
    axis: Floats
    skin: Plane
    lash: Plane
    down: Plane
    upper: Plane
    lower: Plane
    fold: Plane
    inside: Plane
    near: Plane


# Points of MediaPipe's face mesh from the outer to the inner corner of an eye, and the lower edge of its brow.
_UPPER = ((33, 246, 161, 160, 159, 158, 157, 173, 133), (263, 466, 388, 387, 386, 385, 384, 398, 362))
_LOWER = ((33, 7, 163, 144, 145, 153, 154, 155, 133), (263, 249, 390, 373, 374, 380, 381, 382, 362))
_BROW = ((53, 52, 65), (283, 282, 295))


def find_eye(
    pixels: Pixels, mesh: Floats, side: int, expected: NDArray[np.float32], *, glasses: bool = False
) -> EyeOutline | None:
    """The eye that the mesh sees near ``expected``; None if it is elsewhere, too thin to be open, or not wholly in the
    cut-out."""
    upper, lower = mesh[list(_UPPER[side])], mesh[list(_LOWER[side])]
    ends = upper[[0, -1]][np.argsort(upper[[0, -1], 0])]
    size = float(np.hypot(*(ends[1] - ends[0])))
    middle = (ends[0] + ends[1]) / 2
    if size < 10 or np.hypot(*(middle - expected)) > 0.5 * size:
        return None
    x0, y0 = (int(v) for v in middle - np.array([0.75, 0.9]) * size)
    x1, y1 = (int(v) + 1 for v in middle + np.array([0.75, 0.55]) * size)
    if x0 < 0 or y0 < 0 or x1 > pixels.shape[1] or y1 > pixels.shape[0] or (pixels[y0:y1, x0:x1, 3] < 250).mean() > 0.2:
        return None
    right = (ends[1] - ends[0]) / size
    axes = np.array([right, (-right[1], right[0])])
    gx, gy = np.meshgrid(np.arange(x0, x1) - middle[0], np.arange(y0, y1) - middle[1])
    along, down = (axis[0] * gx + axis[1] * gy for axis in axes)
    top, bottom = (_edge((line - middle) @ axes.T, along) for line in (upper, lower))
    brow = float(((mesh[list(_BROW[side])] - middle) @ axes.T)[:, 1].mean())
    inside, near = (smoothstep((reach * size - np.abs(along)) / (0.14 * size)) for reach in (0.6, 0.74))
    patch = pixels[y0:y1, x0:x1, :3]
    lash = _darkest(patch[(inside > 0.5) & (down > top - 0.05 * size) & (down < bottom)])
    above = top + 0.5 * np.minimum(brow - top, -0.2 * size)
    skin = _skin(
        patch, axes[1], above - down, bottom + 0.2 * size - down, (down - above) / (bottom + 0.2 * size - above), size
    )
    fold = top - np.clip(0.85 * (top - brow), (LASHES + 0.12) * size, (FOLD_IN_GLASSES if glasses else FOLD) * size)
    planes = [np.asarray(plane, np.float32) for plane in (down, top, np.maximum(bottom, top), fold, inside, near)]
    return EyeOutline(x0, y0, size, axes[1], skin, lash, *planes)


def _skin(patch: Pixels, axis: Floats, up: Floats, under: Floats, share: Floats, size: float) -> Plane:
    """(h, w, 3): the skin ``up`` px above and ``under`` px below every px along the eye's ``axis``, blended by
    ``share``; a lid is a little darker."""
    reach = max(round(0.22 * size), 3)
    # Closing takes drawn lines, lashes and brow hairs out of the skin.
    bare = cv2.morphologyEx(patch, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    soft = cv2.GaussianBlur(bare, (0, 0), max(0.05 * size, 1.0)).astype(np.float32)
    gx, gy = np.meshgrid(np.arange(patch.shape[1]), np.arange(patch.shape[0]))
    rims = []
    for step in (up, under):
        maps = ((gx + axis[0] * step).astype(np.float32), (gy + axis[1] * step).astype(np.float32))
        found = cv2.remap(soft, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        rims.append(cv2.GaussianBlur(found, (0, 0), max(0.08 * size, 1.0)))
    # Painted shade or a brow above the eye would make the lid a bruise: it is at most a little darker than the cheek.
    rims[0] = np.maximum(rims[0], rims[1] * LEAST_LID)
    blend = np.clip(share, 0, 1)[..., None] * 0.6
    return np.asarray((rims[0] * (1 - blend) + rims[1] * blend) * LID, np.float32)


def _edge(line: Floats, along: Floats) -> Floats:
    """A lid's edge as a smooth curve through its mesh points, level beyond the corners."""
    curve = np.polynomial.Polynomial.fit(line[:, 0], line[:, 1], 4)
    return np.asarray(curve(np.clip(along, line[:, 0].min(), line[:, 0].max())))


def _darkest(eye: Pixels) -> Plane:
    """The mean of the darkest tenth of the eye's px: lashes and pupil."""
    order = np.argsort(eye.astype(np.int32).sum(axis=1))
    return np.asarray(eye[order[: max(len(order) // 10, 1)]].mean(axis=0), np.float32)


def close(drawn: Pixels, eye: EyeOutline, closure: float) -> None:
    """Bring the upper lid down by ``closure`` of the way, 0 to 1; in place."""
    h, w = eye.down.shape
    patch = drawn[eye.y : eye.y + h, eye.x : eye.x + w]
    band, soft = LASHES * eye.size, max(0.03 * eye.size, 1.0)
    # Lashes stand off at the corners; they come down with the lid.
    line = eye.upper + closure * (0.92 * (eye.lower - eye.upper) + 0.09 * eye.inside * (1 - eye.inside) * eye.size)
    lid = _lowered(patch, eye, line, band)
    # The more of the lid comes out of its fold, the more of it is bare skin.
    # Beside the eye, where the lid has no way to go, the lashes that stood off there are skin too.
    way = smoothstep((line - eye.upper) / (1.6 * band))
    bare = (
        smoothstep((eye.down - eye.upper) / band + 2.6 - 1.1 * way)
        * smoothstep((line - 0.6 * band * way - eye.down) / (0.4 * band))
        * min(1.3 * closure, 1)
    )
    shade = 1 - 0.1 * np.clip((eye.down - eye.upper) / np.maximum(eye.lower - eye.upper, 1), 0, 1)[..., None]
    lid += (eye.skin * shade - lid) * (BARE * bare * eye.near)[..., None]
    thick = max(0.03 * eye.size, 0.8)
    lashes = np.exp(-(((eye.down - line) / thick) ** 2)) * eye.inside**2 * min(1.5 * closure, 1)
    lid += (eye.lash - lid) * (0.55 * lashes)[..., None]
    cover = (smoothstep((line + 0.5 * thick - eye.down) / soft + 0.5) * eye.near)[..., None]
    patch[..., :3] = np.clip(patch[..., :3] + (lid - patch[..., :3]) * cover + 0.5, 0, 255).astype(np.uint8)


def _lowered(patch: Pixels, eye: EyeOutline, line: Floats, band: float) -> Floats:
    """(h, w, 3): the skin between fold and lid's edge drawn out so that the edge, with its lashes unstretched, lies on
    ``line``."""
    stretch = (eye.upper - band - eye.fold) / np.maximum(line - band - eye.fold, 0.05 * eye.size)
    above = eye.fold + (eye.down - eye.fold) * stretch
    source = np.where(eye.down > line - band, eye.upper - (line - eye.down), above)
    step = (np.where(eye.down < eye.fold, eye.down, np.minimum(source, eye.upper)) - eye.down) * eye.near
    gy, gx = np.indices(eye.down.shape)
    maps = (np.asarray(gx + eye.axis[0] * step, np.float32), np.asarray(gy + eye.axis[1] * step, np.float32))
    rgb = np.ascontiguousarray(patch[..., :3])
    return np.asarray(cv2.remap(rgb, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float64)
