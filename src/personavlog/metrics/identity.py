"""Whether two pictures show the same person: the cosine of SFace features of their faces.

SFace: Zhong et al., "SFace: Sigmoid-Constrained Hypersphere Loss for Robust Face Recognition", 2021 (OpenCV Zoo's file,
Apache-2.0).
"""

from __future__ import annotations

import re

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog.metrics.face import Face, detect, largest
from personavlog.metrics.score import Score
from personavlog.weights.session import run_network

VERSION = "identity-2 sface yunet"
NAME = "proxy.identity"
FLOOR = 0.60
"""Least cosine of a stylised reference and a keyframe drawn from it that is the same person.

Calibrated on eleven portraits (ten generated, one photo) in twelve looks: the same drawing with a 90 px face, JPEG 85,
against the reference scored 0.69 to 0.97 (132 pairs, none below the floor); two people in one style 0.29 on average,
0.64 at most (1320 pairs, 0.2 % above the floor; 19 % above 0.40, as generated faces are alike). A photo against its own
stylised copy scores lower (mean 0.53 comic to 0.99 cinematic), and a generative model's new pose too: there SFace's
published 0.363 for photos is the better floor.
"""
PHOTOREAL_FLOOR = 0.363
"""SFace's published threshold for two photos (OpenCV Zoo, LFW)."""
PHOTOREAL = re.compile(
    r"(?<!semi[- ])\b(?:photo\w*|hyper-?real\w*|realistic|live[- ]action|cinematic|film still)\b", re.IGNORECASE
)
ENOUGH = 0.70
"""The floor and 2.5 times the noise: from here on it is the same person whatever the light."""
NOISE = 0.04
"""Spread of the same face at another size, in one style; encoding again changes it by 0.039
(``benchmarks/tolerances.py``)."""

SIDE = 112
TEMPLATE = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]]
)
"""Where the five points lie in the crops that face recognition networks are trained on (ArcFace's alignment), in px."""

Vector = NDArray[np.float32]


def floor_of(style: str) -> float:
    """The least identity that is the same person, in a film of this style."""
    return PHOTOREAL_FLOOR if PHOTOREAL.search(style) else FLOOR


def embedding(rgb: Pixels, face: Face) -> Vector:
    """SFace's feature of one face of a (h, w, 3) uint8 RGB picture: (128,) float32 of Euclidean length 1."""
    crop = cv2.warpAffine(rgb, _alignment(face.points), (SIDE, SIDE), flags=cv2.INTER_AREA)
    (feature,) = run_network("sface", np.ascontiguousarray(crop.transpose(2, 0, 1)[None]).astype(np.float32))
    return np.asarray(feature[0] / max(float(np.linalg.norm(feature[0])), 1e-12), np.float32)


def aligned(rgb: Pixels, face: Face, side: int, share: float) -> Pixels:
    """A head upright in the middle of a square of ``side`` px, of which the face takes ``share``; beyond the picture
    its border repeats."""
    place = TEMPLATE / SIDE * side * share + side * (1 - share) / 2
    turn = _alignment(face.points, place)
    flags, border = cv2.INTER_AREA, cv2.BORDER_REPLICATE
    return np.asarray(cv2.warpAffine(rgb, turn, (side, side), flags=flags, borderMode=border), np.uint8)


def face_similarity(a: Pixels, a_face: Face, b: Pixels, b_face: Face) -> float:
    """Cosine of the features of two faces, -1 to 1."""
    return float(embedding(a, a_face) @ embedding(b, b_face))


def identity(reference: Pixels, keyframe: Pixels, *, face: int | None = None) -> Score:
    """How much a face of the keyframe is the reference's: the best cosine among the keyframe's faces, None where either
    has none.

    ``face`` says which face of the reference is meant, counted from the left; the largest where it is not given.
    """
    known = detect(reference)
    person = known[face] if face is not None and face < len(known) else largest(known)
    there = detect(keyframe)
    if person is None or not there:
        return Score(
            name=NAME,
            value=None,
            tolerance=NOISE,
            paper=False,
            note="No face was found in the " + ("reference." if person is None else "keyframe."),
        )
    feature = embedding(reference, person)
    return Score(
        name=NAME,
        value=max(float(feature @ embedding(keyframe, other)) for other in there),
        tolerance=NOISE,
        paper=False,
        enough=ENOUGH,
    )


def _alignment(points: NDArray[np.float32], target: NDArray[np.float64] = TEMPLATE) -> NDArray[np.float64]:
    """The similarity (turn, scale, shift) that takes the five points nearest to ``target``: Umeyama's least squares,
    (2, 3)."""
    source = points.astype(np.float64)
    from_mean, to_mean = source.mean(0), target.mean(0)
    u, stretch, v = np.linalg.svd((target - to_mean).T @ (source - from_mean))
    mirror = np.diag([1.0, np.sign(np.linalg.det(u) * np.linalg.det(v))])
    turn = u @ mirror @ v
    scale = np.trace(np.diag(stretch) @ mirror) / max(float(((source - from_mean) ** 2).sum()), 1e-9)
    return np.column_stack([scale * turn, to_mean - scale * turn @ from_mean])
