"""The pen: contours where the depth jumps, and borders between things; it swells on the side away from the light and
where one thing lies over another."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog_embedded.figure.label import X, Y, Z
from personavlog_embedded.figure.mesh import Floats
from personavlog_embedded.figure.noise import on_tile, tile
from personavlog_embedded.figure.shot import Shot
from personavlog_embedded.figure.tones import FLESH
from personavlog_embedded.figure.view import FINE, KERNEL, NOTHING, View, bent, differ

JUMP, FLESH_JUMP = 0.008, 0.003
"""Metres of second difference in depth that make a contour, besides a part of what a sample measures."""
SPECK = 13
"""Samples across which so many at least must be a jump, to make a line of it."""
LARGE = 600
"""Px a metre at which a line is as wide as the shot's ink; on smaller figures it is thinner, by the square root."""
BORDER, HOLLOW = 0.6, 0.3
"""How wide the line of a border is, and what part of a contour's bend there must be between two fingers."""
NEAR = np.ones((7, 7), np.uint8)
WIDE, DARK = (np.array([weak] + [much] * 255, np.float32) for weak, much in ((BORDER * FINE / 2, FINE / 2), (0.75, 1)))
"""How wide and how dark a line is where there is no jump near, and where there is."""
BAND, REACH = 64, 12
"""Px of rows that are inked at a time, and how far around a px counts for its ink besides a line's width."""


def inked(seen: View, shot: Shot) -> Floats:
    """(h, w) 0 to 1: how much of each px that shows something is ink."""
    out, width, least = np.zeros(seen.shape, np.float32), _width(seen, shot), _least(seen, shot)
    planes = seen.close("label"), seen.close("far", NOTHING), seen.close("kind"), seen.close("digit")
    room = REACH + round(float(width.max(initial=0)))
    for top in range(0, seen.height, BAND):
        shown = np.flatnonzero(planes[0][FINE * top : FINE * (top + BAND)].any(0))
        if len(shown):
            rows, high = _around(top, top + BAND, room, seen.height)
            columns, wide = _around(int(shown[0]) // FINE, int(shown[-1]) // FINE + 1, room, seen.width)
            close = np.s_[FINE * rows.start : FINE * rows.stop, FINE * columns.start : FINE * columns.stop]
            label, far, kind, digit = (plane[close] for plane in planes)
            ink = _inked(label, far, kind, digit, width[rows, columns], least[rows, columns])
            out[rows, columns][high, wide] = ink[high, wide]
    return out


def _around(first: int, end: int, room: int, size: int) -> tuple[slice, slice]:
    """Some px with ``room`` on both sides, as far as there are any, and where they lie in that."""
    start = max(first - room, 0)
    return slice(start, min(end + room, size)), slice(first - start, min(end, size) - start)


def _inked(label: Pixels, far: Floats, kind: NDArray[np.uint16], digit: Pixels, width: Floats, least: Floats) -> Floats:
    """(h, w): ink of a window; ``width`` and ``least`` are (h, w), the rest is as close as edges are looked at."""
    size = (width.shape[1] * FINE, width.shape[0] * FINE)
    inside, bend = label > 0, bent(far)
    least = np.asarray(cv2.resize(least, size, interpolation=cv2.INTER_NEAREST), np.float32)
    jumps = _without_specks((bend > least) & inside)
    border = (differ(kind) | _between_fingers(digit) & (bend > HOLLOW * least)) & inside
    strong = cv2.dilate(jumps.astype(np.uint8), NEAR)
    line = cv2.resize(width, size, interpolation=cv2.INTER_LINEAR) * cv2.LUT(strong, WIDE)
    line += 0.25
    line -= cv2.distanceTransform((~(jumps | border)).astype(np.uint8), cv2.DIST_L2, 3)
    line = np.clip(line, 0, 1, out=line) * cv2.LUT(strong, DARK) * inside
    return np.asarray(cv2.resize(line, width.shape[::-1], interpolation=cv2.INTER_AREA), np.float32)


def _width(seen: View, shot: Shot) -> Floats:
    """(h, w) px: how wide a line is."""
    some = seen.middle
    away = 0.5 - 0.5 * (some.normal @ shot.sun.towards)
    press = on_tile(tile(2, 22, 22), some.fields[:, X] * 500 + some.fields[:, Z] * 400, some.fields[:, Y] * 500)
    size = np.sqrt(shot.camera.focal / some.far / LARGE).clip(0.45, 1.5)
    width = np.float32(shot.ink) * size * (0.45 + 0.9 * away + 0.14 * press).clip(0.35, 1.5)
    plane = seen.plane(width.astype(np.float32))
    return np.asarray(cv2.blur(plane, (3, 3)) + (plane == 0) * np.float32(0.4), np.float32)


def _least(seen: View, shot: Shot) -> Floats:
    """(h, w) metres that depth is bent by where a line is."""
    some = seen.middle
    own = np.where(FLESH[some.label], np.float32(FLESH_JUMP), np.float32(JUMP))
    return np.asarray(seen.plane((own + 0.75 * some.far / shot.camera.focal).astype(np.float32), JUMP), np.float32)


def _without_specks(where: NDArray[np.bool_]) -> NDArray[np.bool_]:
    many = cv2.boxFilter(where.astype(np.uint8), cv2.CV_16U, (SPECK, SPECK), normalize=False)
    return np.asarray(where & (many >= SPECK))


def _between_fingers(digit: Pixels) -> NDArray[np.bool_]:
    least = cv2.erode(np.where(digit == 0, np.uint8(255), digit), KERNEL)
    return np.asarray((cv2.dilate(digit, KERNEL) > least) & (digit > 0))
