"""Whether a clip shows one and the same sound face all along: the face found anew in every sample and compared with the
first by SFace."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from personavlog.media.arrays import Box, Pixels
from personavlog.metrics.face import Face, detect
from personavlog.metrics.identity import embedding
from personavlog.metrics.score import Score

VERSION = "steadiness-3 sface yunet"
NAME = "proxy.face_steadiness"
FLOOR = 0.48
"""About half way between the least of 13 sound clips with faces of five films, each in another style, 0.55 (comic, a
small face), and the highest of melting faces, 0.38 (hayao, 4 clips); another one's face reaches 0 to 0.35."""
NOISE = 0.04
"""From ``benchmarks/tolerances.py``: 0.033."""
SMALL = 36.0
"""Px of a face's height in a sample below which SFace says nothing: faces of 25 px of one unchanged person reached 0.40
to 0.70, of 56 px 0.53 to 0.88."""
SIDE = 64
EYES = ((0.32, 0.36), (0.68, 0.36))
"""Where the eyes of an upright face come to lie, as shares of the side."""


def face_steadiness(samples: Sequence[Pixels], box: Box | None) -> Score:
    """The least cosine, at least 0, of SFace's features of a sample's face and the first sample's; ``box`` is where
    that one is, px.

    A face that cannot be found any more counts as none, 0. None without a face of ``SMALL`` px in the first sample.
    """
    first = nearest(samples[0], box) if box is not None and samples else None
    if first is None or len(samples) < 2 or first.box[3] - first.box[1] < SMALL:
        note = (
            "no face in the first frame"
            if first is None
            else "one frame"
            if len(samples) < 2
            else "the face is too small"
        )
        return Score(name=NAME, value=None, tolerance=NOISE, paper=False, note=note)
    known, place, values = embedding(samples[0], first), first.box, []
    for sample in samples[1:]:
        found = nearest(sample, place)
        values.append(0.0 if found is None else float(known @ embedding(sample, found)))
        place = place if found is None else found.box
    return Score(name=NAME, value=max(min(values), 0.0), tolerance=NOISE, paper=False, enough=FLOOR)


def nearest(sample: Pixels, place: Box) -> Face | None:
    """The face whose middle lies in the last one's box, grown by half; None where there is none."""
    x, y, reach = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2, 0.75 * (place[3] - place[1])
    near = [
        face
        for face in detect(sample)
        if abs((face.box[0] + face.box[2]) / 2 - x) < reach and abs((face.box[1] + face.box[3]) / 2 - y) < reach
    ]
    return max(near, key=lambda face: face.size, default=None)


def upright(sample: Pixels, face: Face) -> Pixels:
    """(64, 64, 3): turned and sized so that the eyes lie where they always do."""
    left, right = face.points[0].astype(np.float64), face.points[1].astype(np.float64)
    across, wanted = right - left, (EYES[1][0] - EYES[0][0]) * SIDE
    scale, angle = wanted / max(float(np.hypot(*across)), 1e-6), float(np.degrees(np.arctan2(across[1], across[0])))
    middle = (left + right) / 2
    turn = cv2.getRotationMatrix2D((float(middle[0]), float(middle[1])), angle, scale)
    turn[:, 2] += np.array([0.5 * SIDE, EYES[0][1] * SIDE]) - middle
    return np.asarray(
        cv2.warpAffine(sample, turn, (SIDE, SIDE), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )
