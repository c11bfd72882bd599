"""Lips that part and close: the jaw takes lower lip and chin down, and what is then seen inside the mouth is
painted."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels, Plane
from personavlog_embedded.face.anatomy import CHIN, LIP_CORNERS, Floats, smoothstep

GAPE = 0.62
"""Height of a mouth that is open by 1, in half widths of the mouth."""
ROUND = 0.24
"""By how much of their width lips shorten when they are rounded by 1."""
TEETH_SHOW = 0.06
"""Half widths; lips further apart than this show teeth in the photo already."""
RIM = 0.035
"""Half widths that the lower lip begins below the mesh's line where teeth show, so that it takes none of them with
it."""
ROW = 0.17
"""Half widths that a row of teeth is high."""

# Points of the inner lip line from corner to corner, image-left first.
_UPPER = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308)
_LOWER = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308)


@dataclass(frozen=True)
class Shape:
    """How a mouth differs from the photo's: ``open`` 0 to 1, ``wide`` -1 (rounded) to 1 (spread), ``shut`` 0 to 1: how
    far parted lips come together."""

    open: float = 0.0
    wide: float = 0.0
    shut: float = 0.0


RESTING = Shape()


@dataclass(frozen=True, eq=False)
class Mouth:
    """A mouth in a cut-out. Its patch's top-left is ``x``, ``y``; per px of the patch ``across`` and ``down`` along its
    own axes, in half widths.

    ``axes`` (2, 2) holds right and down as px per half width; ``middle`` (2,) px in the patch. ``upper`` and ``lower``
    are polynomials of the inner lip line, valid up to ``corner``; ``chin`` is the chin's level. ``cavity``, ``teeth``
    and ``tongue`` are colours.
    """

    x: int
    y: int
    across: Plane
    down: Plane
    axes: Floats
    middle: Floats
    upper: np.polynomial.Polynomial
    lower: np.polynomial.Polynomial
    corner: float
    chin: float
    cavity: Plane
    teeth: Plane
    tongue: Plane


def find_mouth(pixels: Pixels, points: NDArray[np.float32]) -> Mouth | None:
    """The mouth at the mesh's ``points`` (478, 3) of a cut-out (h, w, 4); None if it is under 12 px wide or not wholly
    in it."""
    flat = points[:, :2].astype(np.float64)
    left, right = flat[list(LIP_CORNERS)]
    half = float(np.hypot(*(right - left))) / 2
    if half < 6:
        return None
    unit, middle = (right - left) / (2 * half), (left + right) / 2
    turn = np.array([unit, (-unit[1], unit[0])]) / half
    own = (flat - middle) @ turn.T
    chin = float(own[CHIN, 1])
    corners = np.array([[a, d] for a in (-2.3, 2.3) for d in (-1.1, chin + 1.2)]) @ np.linalg.inv(turn).T + middle
    x0, y0 = np.maximum(np.floor(corners.min(0)), 0).astype(int)
    x1, y1 = np.minimum(np.ceil(corners.max(0)), pixels.shape[1::-1]).astype(int)
    inside = flat[list(_UPPER + _LOWER)]
    if x1 - x0 < 8 or y1 - y0 < 8 or (inside < (x0, y0)).any() or (inside > (x1, y1)).any():
        return None
    gx, gy = np.meshgrid(np.arange(x0, x1) - middle[0], np.arange(y0, y1) - middle[1])
    across, down = (np.asarray(axis[0] * gx + axis[1] * gy, np.float32) for axis in turn)
    upper, lower = (
        np.polynomial.Polynomial.fit(line[:, 0], line[:, 1], 4) for line in (own[list(_UPPER)], own[list(_LOWER)])
    )
    corner = float(np.abs(own[[78, 308], 0]).mean())
    axes = np.asarray(np.linalg.inv(turn).T, np.float64)
    return Mouth(
        int(x0),
        int(y0),
        across,
        down,
        axes,
        middle - (x0, y0),
        upper,
        lower,
        corner,
        chin,
        *_colours(pixels[y0:y1, x0:x1], across, down),
    )


def _colours(patch: Pixels, across: Plane, down: Plane) -> tuple[Plane, Plane, Plane]:
    """Cavity, teeth and tongue in the light that falls on the lips and the skin around them."""
    near = patch[(np.abs(across) < 1.4) & (np.abs(down) < 0.9), :3].astype(np.float32)
    lips = np.median(patch[(np.abs(across) < 0.6) & (np.abs(down) < 0.3), :3].astype(np.float32), axis=0)
    light = float(np.clip(np.percentile(near.max(axis=1), 85) / 255, 0.3, 0.9))
    tint = np.median(near, axis=0)
    tint = 1 + 0.25 * (tint / max(float(tint.mean()), 1.0) - 1)
    teeth = np.array([232, 226, 214], np.float32) * tint * (0.35 + 0.6 * light)
    cavity = lips * np.array([0.26, 0.14, 0.15], np.float32) + 4
    tongue = lips * np.array([0.8, 0.54, 0.56], np.float32) + 6
    return np.asarray(cavity, np.float32), np.asarray(teeth, np.float32), np.asarray(tongue, np.float32)


def reshape_mouth(pixels: Pixels, mouth: Mouth, shape: Shape) -> None:
    """Give the mouth this shape; in place."""
    if shape == RESTING:
        return
    h, w = mouth.across.shape
    patch = pixels[mouth.y : mouth.y + h, mouth.x : mouth.x + w]
    u = _squeezed(mouth, shape.wide)
    lips = _edges(mouth, u, shape)
    above = _sampled(patch, mouth, u, lips.above)
    below = _sampled(patch, mouth, u, lips.below)
    soft = np.float32(1.3 / float(np.hypot(*mouth.axes[0])))
    parted = np.clip((lips.bottom - lips.top) / (2 * soft), 0, 1)
    lower = np.clip((mouth.down - (lips.top + lips.bottom) / 2) / soft + 0.5, 0, 1)[..., None]
    drawn = above + (below - above) * lower
    hole = _step((mouth.down - lips.top) / soft) * _step((lips.bottom - mouth.down) / soft) * parted
    if hole.any():
        inner = _inside(patch, mouth, u, lips, shape)
        drawn[..., :3] += (inner - drawn[..., :3]) * hole[..., None]
    patch[:] = np.clip(drawn + 0.5, 0, 255).astype(np.uint8)


@dataclass(frozen=True, eq=False)
class _Lips:
    """Per px of the patch: the lips' new inner edges, how high the gap between them was, and the level that its content
    comes from on either side."""

    top: Plane
    bottom: Plane
    rest_top: Plane
    rest_bottom: Plane
    above: Plane
    below: Plane


def _step(u: Plane) -> Plane:
    return np.asarray(np.clip(u + np.float32(0.5), 0, 1), np.float32)


def _squeezed(mouth: Mouth, wide: float) -> Plane:
    """Where along the mouth the content of every px comes from."""
    if wide == 0:
        return mouth.across
    near = np.exp(-((mouth.across / 1.5) ** 4) - (mouth.down / 0.95) ** 4)
    return np.asarray(mouth.across * (1 - (ROUND if wide < 0 else 0.5 * ROUND) * wide * near), np.float32)


def _edges(mouth: Mouth, u: Plane, shape: Shape) -> _Lips:
    along = np.clip(u, -mouth.corner, mouth.corner)
    top = np.asarray(mouth.upper(along), np.float32)
    bottom = np.maximum(np.asarray(mouth.lower(along), np.float32), top)
    bottom = bottom + RIM * smoothstep((bottom - top) / TEETH_SHOW)
    arch = 1 - np.minimum(np.abs(u) / mouth.corner, 1) ** 2.2
    gape = GAPE * shape.open
    up = 0.13 * gape * arch - 0.35 * shape.shut * (bottom - top)
    edge = gape * arch - 0.65 * shape.shut * (bottom - top)
    new_top, new_bottom = top - up, bottom + edge
    over, under = np.maximum(new_top - mouth.down, 0), np.maximum(mouth.down - new_bottom, 0)
    above = np.minimum(mouth.down + up * (1 - smoothstep(over / 0.5)), top)
    deep = smoothstep(under / 0.7)
    jaw = 0.85 * gape * np.exp(-((u / 1.35) ** 2))
    below = mouth.down - (edge * (1 - deep) + jaw * deep) * (1 - smoothstep((under - max(mouth.chin - 0.2, 0.5)) / 0.9))
    return _Lips(
        *(
            np.asarray(plane, np.float32)
            for plane in (new_top, new_bottom, top, bottom, above, np.maximum(below, bottom + 0.01))
        )
    )


def _sampled(patch: Pixels, mouth: Mouth, u: Plane, v: Plane) -> Plane:
    (rx, ry), (dx, dy) = mouth.axes
    x = np.asarray(u * rx + v * dx + mouth.middle[0], np.float32)
    y = np.asarray(u * ry + v * dy + mouth.middle[1], np.float32)
    return np.asarray(cv2.remap(patch, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)


def _inside(patch: Pixels, mouth: Mouth, u: Plane, lips: _Lips, shape: Shape) -> Plane:
    """(h, w, 3): the photo's own teeth where it shows them, else painted ones, in the upper lip's shade; below them the
    tongue, and the dark."""
    gap = lips.rest_bottom - lips.rest_top
    depth = mouth.down - lips.top
    share = depth / np.maximum(lips.bottom - lips.top, 1e-3)
    edge = np.clip(1 - (u / mouth.corner) ** 2, 0, 1)
    painted = np.broadcast_to(mouth.cavity, (*u.shape, 3)).astype(np.float32)
    tongue = smoothstep((share - 0.5) / 0.35) * edge * 0.85
    painted += (mouth.tongue - painted) * tongue[..., None]
    shown = float(smoothstep((float(gap.max()) - TEETH_SHOW) / TEETH_SHOW) * (1 - smoothstep((shape.shut - 0.4) / 0.4)))
    row = np.maximum(ROW * edge**0.7, shown * gap)
    teeth = _step((row - depth) / 0.04) * edge**0.5
    drawn = teeth * min(3 * shape.open, 1.0) * (0.55 + 0.45 * smoothstep(depth / 0.12))
    painted += (mouth.teeth - painted) * (0.82 * (1 - shown) * drawn)[..., None]
    if shown > 0:
        own = _sampled(
            patch, mouth, u, np.asarray(lips.rest_top + depth * np.minimum(gap / np.maximum(row, 1e-3), 1), np.float32)
        )
        painted += (own[..., :3] - painted) * (shown * _step((row - 0.02 - depth) / 0.04))[..., None]
    return np.asarray(painted, np.float32)
