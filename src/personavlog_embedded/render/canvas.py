"""What the world is painted on: an RGBA sheet with premultiplied alpha, so that OpenCV's anti-aliased strokes blend
correctly on nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog_embedded.render.noise import Field

Colour = tuple[float, float, float]
"""RGB, 0..1."""
Points = Sequence[tuple[float, float]] | NDArray[np.floating]
SHIFT = 4


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Linear blend of two colours; ``share`` 1 is the second."""
    (r, g, b), (red, green, blue) = first, second
    return r + (red - r) * share, g + (green - g) * share, b + (blue - b) * share


def scaled(colour: Colour, factor: float) -> Colour:
    """A colour made brighter or darker."""
    red, green, blue = colour
    return _within(red * factor), _within(green * factor), _within(blue * factor)


def _within(part: float) -> float:
    return 0.0 if part < 0.0 else 1.0 if part > 1.0 else part


def _ink(colour: Colour, alpha: float = 1.0) -> tuple[float, float, float, float]:
    red, green, blue = scaled(colour, 1.0)
    return red * 255 * alpha, green * 255 * alpha, blue * 255 * alpha, 255 * alpha


def _fixed(points: Points) -> NDArray[np.int32]:
    return np.round(np.asarray(points, np.float64) * (1 << SHIFT)).astype(np.int32)


def _opaque(paint: NDArray[np.floating], shape: tuple[int, ...]) -> Pixels:
    """Colours 0..1 ((3,), (h or 1, w or 1, 3)) as opaque RGBA of (h, w)."""
    field = np.asarray(paint, np.float32).reshape((1, 1, 3)) if paint.ndim == 1 else np.asarray(paint, np.float32)
    bytes_ = cv2.multiply(np.ascontiguousarray(field), (255.0, 255.0, 255.0, 255.0), dtype=cv2.CV_8U).reshape(
        field.shape
    )
    full = np.empty((*field.shape[:2], 4), np.uint8)
    full[..., :3], full[..., 3] = bytes_, 255
    return np.ascontiguousarray(np.broadcast_to(full, (*shape[:2], 4)))


def _over(target: Pixels, paint: Pixels, share: Field) -> None:
    """Opaque ``paint`` over premultiplied ``target``, both (h, w, 4), where ``share`` (h, w) 0..1 says; in one pass of
    OpenCV."""
    weight = np.clip(share, 0, 1, dtype=np.float32)
    target[:] = cv2.blendLinear(paint, np.ascontiguousarray(target), weight, np.float32(1) - weight)


class Surface:
    """A transparent sheet of ``height`` x ``width`` px; ``pixels`` is (h, w, 4) uint8 with premultiplied alpha."""

    def __init__(self, height: int, width: int) -> None:
        self.height, self.width = height, width
        self.pixels: Pixels = np.zeros((height, width, 4), np.uint8)

    # strokes: opaque, directly into the sheet

    def polygon(self, points: Points, colour: Colour) -> None:
        """A filled outline in one colour."""
        cv2.fillPoly(self.pixels, [_fixed(points)], _ink(colour), cv2.LINE_AA, SHIFT)

    def ellipse(self, x: float, y: float, rx: float, ry: float, colour: Colour, angle: float = 0.0) -> None:
        """A filled ellipse; ``angle`` in degrees."""
        one = 1 << SHIFT
        cv2.ellipse(
            self.pixels,
            (round(x * one), round(y * one)),
            (max(1, round(rx * one)), max(1, round(ry * one))),
            angle,
            0,
            360,
            _ink(colour),
            -1,
            cv2.LINE_AA,
            SHIFT,
        )

    def stroke(self, points: Points, colour: Colour, width: float = 1.0) -> None:
        """A line through the points; ``width`` in px."""
        cv2.polylines(self.pixels, [_fixed(points)], False, _ink(colour), max(1, round(width)), cv2.LINE_AA, SHIFT)

    def rect(self, x0: float, y0: float, x1: float, y1: float, colour: Colour) -> None:
        """An upright filled rectangle."""
        self.polygon([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], colour)

    # fields: float masks and colours, blended in

    def blend(
        self, colour: Colour | NDArray[np.floating], alpha: NDArray[Any] | float, top: int = 0, left: int = 0
    ) -> None:
        """Draw ``colour`` (one colour, or (h, w, 3) 0..1) over the sheet where ``alpha`` ((h, w) 0..1) says; clipped to
        the sheet."""
        mask = np.asarray(alpha, np.float32)
        field = np.asarray(colour, np.float32)
        if mask.ndim == 0:
            shape = field.shape[:2] if field.ndim == 3 else (self.height, self.width)
            mask = np.full(shape, float(mask), np.float32)
        y0, x0 = max(top, 0), max(left, 0)
        y1, x1 = min(top + mask.shape[0], self.height), min(left + mask.shape[1], self.width)
        if y1 <= y0 or x1 <= x0:
            return
        part = np.s_[y0 - top : y1 - top, x0 - left : x1 - left]
        _over(
            self.pixels[y0:y1, x0:x1],
            _opaque(field[part] if field.ndim == 3 else field, (y1 - y0, x1 - x0)),
            mask[part],
        )

    def patch(
        self,
        points: Points,
        top: Colour,
        bottom: Colour | None = None,
        texture: Field | None = None,
        alpha: float = 1.0,
        sideways: bool = False,
    ) -> None:
        """A polygon with a gradient from ``top`` to ``bottom`` (left to right if ``sideways``), multiplied by
        ``texture`` (canvas-sized, about 1)."""
        if bottom is None and texture is None and alpha == 1:
            self.polygon(points, top)
            return
        corners = np.asarray(points, np.float64)
        x0, y0 = np.maximum(np.floor(corners.min(0)).astype(int) - 1, 0)
        x1, y1 = np.minimum(np.ceil(corners.max(0)).astype(int) + 2, [self.width, self.height])
        if x1 <= x0 or y1 <= y0:
            return
        mask = np.zeros((y1 - y0, x1 - x0), np.uint8)
        cv2.fillPoly(mask, [_fixed(corners - [x0, y0])], 255, cv2.LINE_AA, SHIFT)
        low, high = corners.min(0)[0 if sideways else 1], corners.max(0)[0 if sideways else 1]
        steps = (np.arange(x0, x1) if sideways else np.arange(y0, y1)).astype(np.float32)
        share = np.clip((steps - low) / max(high - low, 1), 0, 1)[:, None]
        ramp = (
            np.asarray(top, np.float32) * (1 - share)
            + np.asarray(top if bottom is None else bottom, np.float32) * share
        )
        ramp = ramp[None, :, :] if sideways else ramp[:, None, :]
        full = _opaque(ramp if texture is None else ramp * texture[y0:y1, x0:x1, None], mask.shape)
        _over(self.pixels[y0:y1, x0:x1], full, mask.astype(np.float32) * np.float32(alpha / 255))

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 0.8) -> None:
        """A soft round light."""
        reach = int(radius) + 1
        grid_y, grid_x = np.mgrid[-reach : reach + 1, -reach : reach + 1].astype(np.float32)
        falloff = np.clip(1 - np.hypot(grid_x, grid_y) / radius, 0, 1) ** 2.2
        self.blend(colour, falloff * strength, int(y) - reach, int(x) - reach)

    def tint(self, field: Field | Colour, alpha: Field | float) -> None:
        """Colour what is already painted, keeping its outline."""
        shape = self.pixels.shape[:2]
        cover = np.ascontiguousarray(self.pixels[..., 3])
        paint = _opaque(np.asarray(field, np.float32), shape)[..., :3]
        paint = cv2.multiply(np.ascontiguousarray(paint), cv2.merge([cover] * 3), scale=1 / 255)
        weight = np.clip(np.broadcast_to(np.asarray(alpha, np.float32), shape), 0, 1, dtype=np.float32)
        self.pixels[..., :3] = cv2.blendLinear(
            paint, np.ascontiguousarray(self.pixels[..., :3]), weight, np.float32(1) - weight
        )

    def multiply(self, factor: Field) -> None:
        """Darken or brighten what is painted by a (h, w) or (h, w, 3) factor."""
        shade = factor[..., None] if factor.ndim == 2 else factor
        rgb = self.pixels[..., :3] * shade
        self.pixels[..., :3] = np.minimum(np.clip(rgb, 0, 255), self.pixels[..., 3:4]).astype(np.uint8)

    def erase(self, mask: NDArray[np.floating]) -> None:
        """Cut a hole where ``mask`` is 1."""
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        if rows.size:
            part = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
            keep = cv2.merge([np.asarray(np.clip(255.5 - mask[part] * 255, 0, 255), np.uint8)] * 4)
            self.pixels[part] = cv2.multiply(np.ascontiguousarray(self.pixels[part]), keep, scale=1 / 255)

    def over(self, other: Surface | Pixels) -> None:
        """Another sheet drawn on top of this one."""
        above = other.pixels if isinstance(other, Surface) else other
        inverse = (255 - above[..., 3:4]).astype(np.uint16)
        self.pixels[:] = np.minimum(above + (self.pixels * inverse + 127) // 255, 255).astype(np.uint8)

    def straight(self) -> Pixels:
        """(h, w, 4) uint8 with straight alpha."""
        return straight(self.pixels)


def straight(pixels: Pixels) -> Pixels:
    """Premultiplied to straight alpha."""
    out = np.where(pixels[..., 3:] > 0, pixels, np.uint8(0))
    soft = (out[..., 3] > 0) & (out[..., 3] < 255)
    own = out[soft]
    rgb = own[:, :3] * (255 / own[:, 3:].astype(np.float32))
    own[:, :3] = np.clip(rgb + 0.5, 0, 255)
    out[soft] = own
    return np.asarray(out, np.uint8)
