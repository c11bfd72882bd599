"""What a part of the body is drawn on: a piece of the canvas with colour and cover, and round shaded strokes of
changing width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels, Plane

Colour = NDArray[np.float32]
"""RGB, 0 to 1."""
LIGHT = np.array([-0.28, -0.5, 0.82], np.float32)
"""Where the light comes from on a part before the scene's own light is laid on: above, in front, a little from the
left."""
SAMPLES = 20


@dataclass(frozen=True, eq=False)
class RoundStroke:
    """A drawn stroke: ``cover`` 0 to 1, ``along`` 0 at its start to 1 at its end, ``across`` -1 to 1, ``shade`` about
    1, all (h, w)."""

    cover: Plane
    along: Plane
    across: Plane
    shade: Plane


class Sheet:
    """``rgb`` (h, w, 3) 0 to 1 and ``alpha`` (h, w); its corner lies at ``left``, ``top`` of the canvas."""

    def __init__(self, left: int, top: int, width: int, height: int) -> None:
        self.left, self.top = left, top
        self.rgb: Plane = np.zeros((height, width, 3), np.float32)
        self.alpha: Plane = np.zeros((height, width), np.float32)

    def lay(self, colour: Colour | Plane, cover: Plane) -> None:
        """Colour (one, or (h, w, 3)) drawn over what is there."""
        a = cover[..., None]
        below = self.alpha[..., None] * (1 - a)
        total = a + below
        self.rgb = np.asarray((colour * a + self.rgb * below) / np.maximum(total, 1e-4), np.float32)
        self.alpha = total[..., 0]

    def tint(self, factor: Plane) -> None:
        """Darker or lighter where something is drawn already."""
        self.rgb = np.asarray(np.clip(self.rgb * factor[..., None], 0, 1), np.float32)

    def grid(self) -> tuple[Plane, Plane]:
        """Canvas px of every pixel's middle: x and y, (h, w) each."""
        height, width = self.alpha.shape
        y, x = np.mgrid[self.top : self.top + height, self.left : self.left + width].astype(np.float32)
        return x + 0.5, y + 0.5

    def fill(self, outline: NDArray[np.floating]) -> Plane:
        """Cover of a closed outline in canvas px, (h, w) 0 to 1."""
        mask = np.zeros(self.alpha.shape, np.uint8)
        points = np.round((outline - np.array([self.left, self.top])) * 16).astype(np.int32)
        cv2.fillPoly(mask, [points], 255, cv2.LINE_AA, 4)
        return mask.astype(np.float32) / np.float32(255)

    def cover_on(self, other: Sheet) -> Plane:
        """This sheet's alpha on the piece of canvas that ``other`` takes."""
        return np.ascontiguousarray(self.on(other)[..., 3])

    def on(self, other: Sheet) -> Plane:
        """This sheet on the piece of canvas that ``other`` takes, (h, w, 4)."""
        out = np.zeros((*other.alpha.shape, 4), np.float32)
        dx, dy = self.left - other.left, self.top - other.top
        y0, x0 = max(dy, 0), max(dx, 0)
        y1, x1 = min(dy + self.alpha.shape[0], out.shape[0]), min(dx + self.alpha.shape[1], out.shape[1])
        if y1 > y0 and x1 > x0:
            part = np.s_[y0 - dy : y1 - dy, x0 - dx : x1 - dx]
            out[y0:y1, x0:x1] = np.dstack([self.rgb[part], self.alpha[part]])
        return out

    def rgba(self) -> Pixels:
        """(h, w, 4) uint8, straight alpha."""
        return np.asarray(np.clip(np.dstack([self.rgb, self.alpha]) * 255 + 0.5, 0, 255), np.uint8)


def around(points: NDArray[np.floating], reach: float) -> Sheet:
    """An empty sheet that holds all points with ``reach`` px around them."""
    low, high = (
        np.floor(points.min(axis=0) - reach - 2).astype(int),
        np.ceil(points.max(axis=0) + reach + 2).astype(int),
    )
    return Sheet(int(low[0]), int(low[1]), int(high[0] - low[0]), int(high[1] - low[1]))


def curve(points: Sequence[tuple[float, ...]] | NDArray[np.floating], samples: int = SAMPLES) -> NDArray[np.float64]:
    """A smooth line through the rows of ``points`` (n, k), as (samples, k): Catmull and Rom's."""
    p = np.asarray(points, np.float64)
    p = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    t = np.linspace(0, len(p) - 3 - 1e-9, samples)
    i = t.astype(int)
    f = (t - i)[:, None]
    a, b, c, d = p[i], p[i + 1], p[i + 2], p[i + 3]
    return np.asarray(0.5 * (2 * b + (c - a) * f + (2 * a - 5 * b + 4 * c - d) * f**2 + (3 * b - a - 3 * c + d) * f**3))


def stroke(sheet: Sheet, line: NDArray[np.floating]) -> RoundStroke:
    """A round stroke along ``line``, (n, 3) rows of x, y and half width in canvas px."""
    x, y = sheet.grid()
    steps = np.hypot(*np.diff(line[:, :2], axis=0).T)
    lengths = np.concatenate([[0], np.cumsum(steps)])
    best = np.full(x.shape, 1e9, np.float32)
    along, off_x, off_y, half = (np.zeros(x.shape, np.float32) for _ in range(4))
    sign = np.zeros(x.shape, np.float32)
    for n in range(len(line) - 1):
        (ax, ay, ar), (bx, by, br) = line[n].astype(np.float32), line[n + 1].astype(np.float32)
        dx, dy = bx - ax, by - ay
        share = np.clip(((x - ax) * dx + (y - ay) * dy) / max(dx * dx + dy * dy, 1e-6), 0, 1)
        ox, oy, r = x - ax - share * dx, y - ay - share * dy, ar + share * (br - ar)
        away = np.hypot(ox, oy) - r
        near = away < best
        best = np.where(near, away, best)
        along = np.where(near, (lengths[n] + share * steps[n]) / max(lengths[-1], 1e-6), along).astype(np.float32)
        off_x, off_y, half = np.where(near, ox, off_x), np.where(near, oy, off_y), np.where(near, r, half)
        sign = np.where(near, np.sign(dx * oy - dy * ox), sign)
    half = np.maximum(half, 0.5)
    nx, ny = off_x / half, off_y / half
    out = np.clip(np.hypot(nx, ny), 0, 1)
    cover = np.clip(0.5 - best, 0, 1)
    return RoundStroke(cover.astype(np.float32), along, (out * sign).astype(np.float32), shade(nx, ny, out))


def shade(nx: Plane, ny: Plane, out: Plane) -> Plane:
    """Brightness about 1 of a round body: ``nx``, ``ny`` point outward, ``out`` is 0 in the middle and 1 at the rim."""
    limit = np.minimum(1, 1 / np.maximum(np.hypot(nx, ny), 1e-4))
    facing = LIGHT[0] * nx * limit + LIGHT[1] * ny * limit + LIGHT[2] * np.sqrt(np.maximum(1 - out * out, 0))
    return np.asarray(0.72 + 0.36 * np.clip(facing, -0.35, 1) - 0.10 * out**4, np.float32)


SKIN_SHADE = np.array([0.72, 1.08, 1.12], np.float32)
CLOTH_SHADE = np.array([1.08, 1.02, 0.9], np.float32)
"""How fast each channel falls in the shade: skin's shadows are warm, cloth's are cool."""


def toned(colour: Colour | Plane, light: Plane, falls: Colour = CLOTH_SHADE) -> Plane:
    """A colour under brightness ``light`` (h, w): (h, w, 3)."""
    return np.asarray(np.clip(colour * np.maximum(light, 0.02)[..., None] ** falls, 0, 1), np.float32)


def soft(plane: Plane, sigma: float) -> Plane:
    """Blurred; unchanged where that is less than a px."""
    return plane if sigma < 0.3 else np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma), np.float32)
