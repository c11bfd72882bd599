"""Whether a keyframe's face is the reference's own pixels again: pasted, mirrored, moved, scaled or stored anew, not
drawn for its shot.

ViStoryBench asks whether a picture's features are nearer to the reference than to another picture of the same
character, which takes a second picture and CLIP. Here the two heads are laid upon each other by the face's five points
and by ECC (Evangelidis and Psarakis, 2008), and their fine drawing is correlated: another photo of the same person does
not fit line upon line, a copy does.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from personavlog.media.arrays import Pixels, Plane
from personavlog.metrics.face import Face
from personavlog.metrics.identity import aligned

VERSION = "copying-1 yunet"
SIDE = 128
"""Px of the head that is compared."""
SHARE = 0.55
"""Of the head's side that the face takes: hair and chin are in it."""
FINE = 8.0
"""Px: what varies more slowly than this (light, colour cast) does not count."""
COPY = 0.85
"""Likeness from which it is a copy. Calibrated on 49 photos of 24 people: fourteen ways of copying each gave 0.95 and
more in the median, other photos of the same person or of others 0.75 at most; see ``docs/benchmark-measures.md``."""
_OVAL = cv2.ellipse(np.zeros((SIDE, SIDE), np.uint8), (SIDE // 2, SIDE // 2 + 2), (44, 54), 0, 0, 360, 255, -1)
_STOP = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 60, 1e-4)


def head(picture: Pixels, face: Face) -> Plane:
    """The head as it is compared: (128, 128) luma, upright."""
    crop = aligned(picture, face, SIDE, SHARE)
    luma = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(luma, (0, 0), 1.0), np.float32)


def copied(reference: Plane, heads: Sequence[Plane]) -> float:
    """The best likeness, up to 1, of the reference's head, or its mirror picture, and any of a keyframe's."""
    mirror = np.ascontiguousarray(reference[:, ::-1])
    return max(_likeness(known, one) for one in heads for known in (reference, mirror))


def _likeness(known: Plane, seen: Plane) -> float:
    plain = _correlation(_fine(known), _fine(seen))
    return max(plain, _correlation(_fine(known), _fine(_laid(known, seen))))


def _laid(known: Plane, seen: Plane) -> Plane:
    """``seen`` moved upon ``known``; as it is where they have too little in common to be aligned."""
    try:
        _, warp = cv2.findTransformECC(known, seen, np.eye(2, 3, dtype=np.float32), cv2.MOTION_AFFINE, _STOP, _OVAL, 5)
    except cv2.error:
        return seen
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(
        cv2.warpAffine(seen, warp, (SIDE, SIDE), flags=flags, borderMode=cv2.BORDER_REPLICATE), np.float32
    )


def _fine(plane: Plane) -> Plane:
    return np.asarray(plane - cv2.GaussianBlur(plane, (0, 0), FINE), np.float32)


def _correlation(a: Plane, b: Plane) -> float:
    first, second = (plane[_OVAL > 0] - plane[_OVAL > 0].mean() for plane in (a, b))
    return float(first @ second / np.sqrt(float(first @ first) * float(second @ second) + 1e-9))
