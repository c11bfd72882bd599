"""Whether the camera moves as a description asks: pan, tilt and zoom fitted to the flow of the greater part of the
picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from personavlog.metrics.flow import Field, flow
from personavlog.metrics.score import Score
from personavlog.script import Camera

VERSION = "camera-1"
NAME = "proxy.camera"
CLEAR = 0.008
"""Frame widths a second (for zoom: growth a second) from which a movement is seen. Calibrated on one film: asked ones
measure 0.015 to 0.024, a static camera 0.003."""
NOISE = 0.25
"""Set by hand: neither encoding again nor another seed changed it on four clips, which all reach 1
(``benchmarks/tolerances.py``)."""
FLOOR = 0.5
ROUNDS, KEPT, THINNED = 4, 70, 5
"""Fits of the flow, each to the ``KEPT`` percent that the last one predicted best; every fifth px is enough."""

Grey = NDArray[np.uint8]


@dataclass(frozen=True)
class Movement:
    """Mean over a clip, per second: ``right`` and ``down`` of the picture's content in frame widths, ``growth`` as a
    share."""

    right: float
    down: float
    growth: float

    @property
    def most(self) -> float:
        """The strongest of the three."""
        return max(abs(self.right), abs(self.down), abs(self.growth))


def movement(greys: Sequence[Grey], rate: float) -> Movement:
    """How the camera moves over (h, w) frames that follow each other ``rate`` times a second; at least two."""
    fits = np.array([_fitted(flow(before, after)) for before, after in pairwise(greys)])
    return Movement(*(float(value) for value in fits.mean(axis=0) * rate))


def _fitted(field: Field) -> tuple[float, float, float]:
    height, width = field.shape[:2]
    y, x = (
        plane.ravel()[::THINNED] / width
        for plane in np.mgrid[-height / 2 : height / 2, -width / 2 : width / 2].astype(np.float64)
    )
    u, v = (field[..., axis].ravel()[::THINNED].astype(np.float64) / width for axis in (0, 1))
    keep, best = np.ones(len(x), np.bool_), np.zeros(3)
    for _ in range(ROUNDS):
        ones, zeros = np.ones(int(keep.sum())), np.zeros(int(keep.sum()))
        table = np.concatenate([np.stack([ones, zeros, x[keep]], 1), np.stack([zeros, ones, y[keep]], 1)])
        best = np.linalg.lstsq(table, np.concatenate([u[keep], v[keep]]), rcond=None)[0]
        error = np.hypot(u - best[0] - best[2] * x, v - best[1] - best[2] * y)
        keep = error <= np.percentile(error, KEPT)
    return float(best[0]), float(best[1]), float(best[2])


def agreement(camera: Camera, moved: Movement) -> Score:
    """0 to 1: 1 where the asked movement is plainly there, 0 where it is not or goes the other way; for a static camera
    1 where it does not move.

    An orbit or a hand-held camera agrees with any movement. What else moves besides is not counted: only that the asked
    movement is there.
    """
    asked = {
        Camera.PAN_LEFT: moved.right,
        Camera.PAN_RIGHT: -moved.right,
        Camera.TILT_UP: moved.down,
        Camera.TILT_DOWN: -moved.down,
        Camera.PUSH_IN: moved.growth,
        Camera.PULL_OUT: -moved.growth,
        Camera.STATIC: 2 * CLEAR - moved.most,
    }.get(camera, moved.most)
    note = (
        f"Right {moved.right:+.3f}, down {moved.down:+.3f}, growth {moved.growth:+.3f} a second; {camera.value!r} was "
        "asked."
    )
    return Score(name=NAME, value=min(max(asked / CLEAR, 0.0), 1.0), tolerance=NOISE, paper=False, note=note)
