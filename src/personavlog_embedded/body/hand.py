"""Hands: a palm, four fingers and a thumb as round strokes, in the shapes that poses need."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from personavlog_embedded.body.part_sheet import SKIN_SHADE, Colour, Sheet, around, curve, stroke, toned
from personavlog_embedded.body.pose import HandShape

Line = list[tuple[float, float, float]]
"""Points x (from the wrist on), y (towards the thumb) and half width, in hand lengths."""

_PALM: Line = [(-0.12, 0.0, 0.145), (0.08, 0.0, 0.155), (0.28, 0.01, 0.19), (0.42, 0.0, 0.2)]
_NARROW: Line = [(-0.12, 0.0, 0.14), (0.08, 0.0, 0.145), (0.28, 0.0, 0.165), (0.42, 0.0, 0.165)]
_OPEN: tuple[Line, ...] = (
    [(0.44, -0.155, 0.062), (0.6, -0.25, 0.058), (0.74, -0.33, 0.048)],
    [(0.5, -0.06, 0.068), (0.72, -0.1, 0.064), (0.92, -0.13, 0.05)],
    [(0.51, 0.045, 0.07), (0.76, 0.06, 0.066), (0.99, 0.07, 0.052)],
    [(0.47, 0.145, 0.068), (0.7, 0.2, 0.063), (0.89, 0.25, 0.05)],
)
_OPEN_THUMB: Line = [(0.12, 0.12, 0.09), (0.3, 0.3, 0.08), (0.46, 0.43, 0.06)]
_FLAT: tuple[Line, ...] = (
    [(0.42, -0.15, 0.06), (0.6, -0.165, 0.058), (0.76, -0.165, 0.046)],
    [(0.46, -0.06, 0.066), (0.7, -0.065, 0.062), (0.9, -0.06, 0.048)],
    [(0.46, 0.045, 0.068), (0.74, 0.05, 0.064), (0.97, 0.05, 0.05)],
    [(0.42, 0.14, 0.066), (0.68, 0.155, 0.06), (0.87, 0.155, 0.048)],
)
_FLAT_THUMB: Line = [(0.1, 0.12, 0.085), (0.28, 0.23, 0.075), (0.46, 0.25, 0.055)]
_RELAXED: tuple[Line, ...] = (
    [(0.4, -0.13, 0.06), (0.56, -0.15, 0.056), (0.68, -0.11, 0.046)],
    [(0.43, -0.05, 0.064), (0.62, -0.07, 0.06), (0.77, -0.04, 0.048)],
    [(0.43, 0.04, 0.066), (0.64, 0.03, 0.062), (0.81, 0.03, 0.05)],
    [(0.4, 0.12, 0.064), (0.6, 0.13, 0.06), (0.75, 0.11, 0.048)],
)
_RELAXED_THUMB: Line = [(0.1, 0.1, 0.08), (0.3, 0.2, 0.07), (0.48, 0.2, 0.052)]
_CURLED: tuple[Line, ...] = (
    [(0.36, -0.17, 0.075), (0.44, -0.17, 0.075), (0.5, -0.15, 0.07)],
    [(0.4, -0.06, 0.082), (0.5, -0.06, 0.082), (0.56, -0.05, 0.075)],
    [(0.41, 0.055, 0.084), (0.51, 0.055, 0.084), (0.57, 0.055, 0.077)],
    [(0.38, 0.165, 0.08), (0.47, 0.165, 0.08), (0.53, 0.155, 0.073)],
)
_CURLED_THUMB: Line = [(0.12, 0.14, 0.085), (0.28, 0.22, 0.08), (0.4, 0.1, 0.066)]
_INDEX: Line = [(0.4, 0.15, 0.07), (0.7, 0.16, 0.064), (0.98, 0.16, 0.05)]
_POINT_THUMB: Line = [(0.12, 0.14, 0.085), (0.28, 0.2, 0.078), (0.42, 0.08, 0.064)]
_SHAPES: dict[HandShape, tuple[Line, tuple[Line, ...], Line]] = {
    "open": (_PALM, _OPEN, _OPEN_THUMB),
    "flat": (_PALM, _FLAT, _FLAT_THUMB),
    "relaxed": (_NARROW, _RELAXED, _RELAXED_THUMB),
    "fist": (_PALM, _CURLED, _CURLED_THUMB),
    "grip": (_PALM, _CURLED, _CURLED_THUMB),
    "point": (_PALM, (*_CURLED[:3], _INDEX), _POINT_THUMB),
}


def hand(
    shape: HandShape, wrist: NDArray[np.float64], degrees: float, length: float, thumb: int, skin: Colour
) -> Sheet:
    """A hand from the ``wrist`` (canvas px) on towards ``degrees``; ``thumb`` 1 has the thumb clockwise of that, -1
    anticlockwise."""
    palm, fingers, thumb_line = _SHAPES[shape]
    lines = [_on_canvas(line, wrist, degrees, length, thumb) for line in (palm, *fingers, thumb_line)]
    sheet = around(np.vstack([line[:, :2] for line in lines]), 0.12 * length)
    for number, line in enumerate(lines):
        drawn = stroke(sheet, line)
        if number:
            dark = stroke(sheet, line + np.array([0, 0, max(0.7, 0.022 * length)]))
            sheet.tint((1 - 0.22 * dark.cover * sheet.alpha * _later(drawn.along)).astype(np.float32))
        cover = drawn.cover if number == 0 else drawn.cover * np.clip(drawn.along * 6 + 0.15, 0, 1)
        pink = np.array([1.02, 0.96, 0.95], np.float32) ** np.clip(drawn.along * (number > 0), 0, 1)[..., None]
        sheet.lay(toned(skin * pink, drawn.shade, SKIN_SHADE), np.asarray(cover, np.float32))
    return sheet


def _later(along: NDArray[np.float32]) -> NDArray[np.float32]:
    """0 at the root of a finger, where no line parts it from the palm, 1 from a third on."""
    return np.asarray(np.clip(along * 3, 0, 1), np.float32)


def _on_canvas(
    line: Line, wrist: NDArray[np.float64], degrees: float, length: float, thumb: int
) -> NDArray[np.float64]:
    smooth = curve(line, 9)
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    x, y = smooth[:, 0] * length, smooth[:, 1] * length * thumb
    return np.stack([wrist[0] + c * x - s * y, wrist[1] + s * x + c * y, smooth[:, 2] * length], axis=1)
