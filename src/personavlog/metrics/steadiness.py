"""Whether a clip shows one and the same sound face all along: the face found anew in every sample, turned upright, and compared with the first."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.metrics.appearance import likeness
from personavlog.metrics.face import Face, detect
from personavlog.metrics.score import Score

VERSION = "steadiness-1"
NAME = "proxy.face_steadiness"
NOISE = 0.01
"""From ``benchmarks/tolerances.py``."""
FLOOR = 0.95
"""Calibrated on one film: sound 0.968 to 0.982, a melting face 0.89 to 0.94, another one's from the middle on 0.925 to 0.941."""
LEAST = 44
"""Px of a face's height in the samples below which nothing can be said: small faces of walking people reach 0.93."""
SIDE = 64
EYES = ((0.32, 0.36), (0.68, 0.36))
"""Where the eyes come to lie, as shares of the side."""

Pixels = NDArray[np.uint8]
Box = tuple[float, float, float, float]


def face_steadiness(samples: Sequence[Pixels], box: Box | None) -> Score:
    """The least likeness, 0 to 1, of a sample's upright face to the first sample's (edge directions and coarse colours); ``box`` is where that one is, px.

    A face that cannot be found any more counts as none, 0. None without a face in the first sample.
    """
    name, note = NAME, "no face, or a small one, in the first frame"
    first = _nearest(samples[0], box) if box is not None and samples and box[3] - box[1] >= LEAST else None
    if first is None or len(samples) < 2:
        return Score(name=name, value=None, tolerance=NOISE, paper=False, note=note if first is None else "one frame")
    known, place = likeness(_upright(samples[0], first)), first.box
    values = []
    for sample in samples[1:]:
        found = _nearest(sample, place)
        values.append(0.0 if found is None else float(known @ likeness(_upright(sample, found))))
        place = place if found is None else found.box
    return Score(name=name, value=max(min(values), 0.0), tolerance=NOISE, paper=False, enough=FLOOR)


def _nearest(sample: Pixels, place: Box) -> Face | None:
    """The face whose middle lies in the last one's box, grown by half; None where there is none."""
    x, y, reach = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2, 0.75 * (place[3] - place[1])
    near = [face for face in detect(sample) if abs((face.box[0] + face.box[2]) / 2 - x) < reach and abs((face.box[1] + face.box[3]) / 2 - y) < reach]
    return max(near, key=lambda face: face.size, default=None)


def _upright(sample: Pixels, face: Face) -> Pixels:
    """(64, 64, 3): turned and sized so that the eyes lie where they always do."""
    left, right = face.points[0].astype(np.float64), face.points[1].astype(np.float64)
    across, wanted = right - left, (EYES[1][0] - EYES[0][0]) * SIDE
    scale, angle = wanted / max(float(np.hypot(*across)), 1e-6), float(np.degrees(np.arctan2(across[1], across[0])))
    middle = (left + right) / 2
    turn = cv2.getRotationMatrix2D((float(middle[0]), float(middle[1])), angle, scale)
    turn[:, 2] += np.array([0.5 * SIDE, EYES[0][1] * SIDE]) - middle
    return np.asarray(cv2.warpAffine(sample, turn, (SIDE, SIDE), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE), np.uint8)
