"""Eyes that close: a lid in the colours of the skin above and below the eye comes down over it, with a thin line of lashes."""

from __future__ import annotations

import numpy as np

from personavlog.backbones.embedded.face import lid
from personavlog.backbones.embedded.motion.mesh import Pixels, Retouch
from personavlog.backbones.embedded.motion.rhythm import Floats
from personavlog.backbones.embedded.stage import FacePoints
from personavlog.metrics import face as measure

MIN_FACE = 60
"""Px of face height under which a blink would be a smear and is left out."""
CLOSURE = (0.4, 0.9, 1.0, 0.72, 0.4, 0.15)
"""How far the lids are down in the six frames of a blink: they fall faster than they rise."""


def schedule(frames: int, fps: float, rng: np.random.Generator) -> Floats:
    """(frames,) lid closure 0 to 1: a blink every 2.5 to 5 s, the first after 0.9 to 2.6 s."""
    lids = np.zeros(frames)
    at = rng.uniform(0.9, 2.6)
    while (start := int(at * fps)) + len(CLOSURE) < frames:
        lids[start : start + len(CLOSURE)] = CLOSURE
        at += rng.uniform(2.5, 5.0)
    return lids


def blinks(pixels: Pixels, corner: tuple[int, int], face: FacePoints, lids: Floats) -> Retouch | None:
    """The retouch that closes the eyes of a cut-out whose top-left is ``corner``; None where the face is too small or its eyes are not found."""
    if face.box[3] - face.box[1] < MIN_FACE:
        return None
    left, top = corner
    x0, y0, x1, y1 = face.box
    points = (face.points - np.array(corner)).astype(np.float32)
    mesh = measure.mesh(np.ascontiguousarray(pixels[..., :3]), measure.Face((x0 - left, y0 - top, x1 - left, y1 - top), 1.0, points))[:, :2]
    found = (lid.found(pixels, mesh.astype(np.float64), side, points[side]) for side in (0, 1))
    eyes = [eye for eye in found if eye is not None]
    if not eyes:
        return None

    def close(original: Pixels, number: int) -> Pixels:
        if lids[number] == 0:
            return original
        drawn = original.copy()
        for eye in eyes:
            lid.close(drawn, eye, float(lids[number]))
        return drawn

    return close
