"""Whether a picture holds pieces that do not belong together: the square corners where a pasted or swapped tile
begins."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels, Plane
from personavlog.metrics.score import Score

VERSION = "seams-3"
NAME = "proxy.whole_background"
STEP = 16
"""Levels by which neighbouring px must differ to be a seam."""
CRISP = 0.35
"""A seam's neighbours differ by less than this share of its own step: what is painted or photographed is softer at its
edges."""
SQUARES = 0.7
"""Share of all steps that are crisp from which on a picture is drawn in squares, as pixel art is, and a tile's edge is
like any other: 0.06 to 0.39 in twelve keyframes of seven other styles, 1.0 in pixel art."""
ARM = 0.10
"""Of the shorter side: how long both arms of a corner are."""
CLEAR = 0.8
"""Share of an arm that must be a seam, less the share of it that goes on beyond the corner."""
FRAME = 0.05
"""Of the shorter side: corners nearer than this to a corner of the picture are those of a line drawn around it, as
comics have it."""
FEW = 3
"""Corners that a window or a poster may have."""
FLOOR = 0.5
"""Reached at ``FEW`` corners. Calibrated on one film (hayao, 4 keyframes x 4 plants); the highest sound keyframe has
one corner, planted ones 13 and more."""
ENOUGH = 0.75
"""One corner, as sound pictures have."""
NOISE = 0.05
"""Set by hand: one corner more or less where there are many. Encoding again changes nothing
(``benchmarks/tolerances.py``)."""


def whole_background(rgb: Pixels) -> Score:
    """1 for no square corner of a seam, 0.5 for ``FEW``, towards 0 for many; of a (h, w, 3) uint8 RGB picture. Melted
    or bent things are not seen. None for a picture that is drawn in squares."""
    if _crisp_share(rgb) > SQUARES:
        return Score(name=NAME, value=None, tolerance=NOISE, paper=False, note="The picture is drawn in squares.")
    count = corners(rgb)
    return Score(
        name=NAME,
        value=FEW / (FEW + count),
        tolerance=NOISE,
        paper=False,
        enough=ENOUGH,
        note=f"{count} square corners of seams.",
    )


def corners(rgb: Pixels) -> int:
    """How many places there are where a crisp vertical and a crisp horizontal seam meet and both end."""
    arm = max(int(ARM * min(rgb.shape[:2])), 8)
    down, up = _arms(_seams(rgb), arm)
    right, left = (arms.T for arms in _arms(_seams(rgb.transpose(1, 0, 2)), arm))
    found = [
        np.minimum(vertical, horizontal)
        for vertical in (down - up, up - down)
        for horizontal in (right - left, left - right)
    ]
    inside = _inside(rgb.shape[:2])
    return sum(cv2.connectedComponents(((one > CLEAR) & inside).astype(np.uint8))[0] - 1 for one in found)


def _inside(shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """(h, w): all but the picture's own four corners."""
    near = round(FRAME * min(shape))
    ends = [np.minimum(np.arange(side), np.arange(side)[::-1]) < near for side in shape]
    return np.asarray(~(ends[0][:, None] & ends[1][None]), bool)


def _crisp_share(rgb: Pixels) -> float:
    """Share of the steps from px to px, across, that are crisp."""
    return float(_seams(rgb).sum()) / max(float((_steps(rgb) > STEP).sum()), 1.0)


def _steps(rgb: Pixels) -> NDArray[np.int16]:
    return np.asarray(np.abs(np.diff(rgb.astype(np.int16), axis=1)).max(axis=2), np.int16)


def _seams(rgb: Pixels) -> Plane:
    """(h, w) 0 or 1: where px and their right neighbours differ by a crisp step."""
    steps = _steps(rgb)
    around = np.pad(steps, ((0, 0), (1, 1)))
    crisp = (steps > STEP) & (np.maximum(around[:, :-2], around[:, 2:]) < CRISP * steps)
    return np.pad(crisp, ((0, 0), (0, 1))).astype(np.float32)


def _arms(seams: Plane, arm: int) -> tuple[Plane, Plane]:
    """Share of the ``arm`` px below and above each place that are seams, the best of the place and its neighbours."""
    sums = np.cumsum(np.pad(seams, ((arm + 1, arm), (0, 0))), axis=0)
    height = seams.shape[0]
    below = (sums[2 * arm : 2 * arm + height] - sums[arm : arm + height]) / arm
    above = (sums[arm : arm + height] - sums[:height]) / arm
    near = np.ones((3, 3), np.uint8)
    return np.asarray(cv2.dilate(below, near), np.float32), np.asarray(cv2.dilate(above, near), np.float32)
