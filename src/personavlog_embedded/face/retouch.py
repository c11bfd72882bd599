"""What is redrawn in place before the head moves: where the eyes look, how far the lids are down, and the mouth."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog_embedded.face import gaze, lid, mouth
from personavlog_embedded.face.anatomy import Anatomy
from personavlog_embedded.scene.expression import Expression

NARROW = 0.35
"""Eyes that are narrowed by more than this begin to close."""
DROOP = 0.28
"""How far the lids follow a look down."""


def retouched(rgba: Pixels, points: NDArray[np.float32], wanted: Expression, *, glasses: bool) -> Pixels:
    """The cut-out (h, w, 4) with gaze, lids and mouth as wanted; the same array if nothing about them is."""
    lids = float(np.clip((-wanted.eyes - NARROW) / (1 - NARROW), 0, 1))
    lids = max(lids, DROOP * max(wanted.gaze_y, 0.0))
    shape = _lips(wanted)
    looks = bool(wanted.gaze_x or wanted.gaze_y) and lids < 0.95
    if not (lids or looks or shape != mouth.RESTING):
        return rgba
    drawn, axes = rgba.copy(), Anatomy(points).axes
    eyes = (
        [
            lid.find_eye(rgba, points[:, :2].astype(np.float64), side, points[468 + 5 * side, :2], glasses=glasses)
            for side in (0, 1)
        ]
        if lids
        else []
    )
    for side in (0, 1):
        iris = gaze.find_iris(rgba, points, side, axes) if looks else None
        if iris is not None:
            gaze.move_iris(drawn, iris, wanted.gaze_x, wanted.gaze_y)
    for eye in eyes:
        if eye is not None:
            lid.close(drawn, eye, lids)
    lips = mouth.find_mouth(rgba, points)
    if lips is not None:
        mouth.reshape_mouth(drawn, lips, shape)
    return drawn


def _lips(wanted: Expression) -> mouth.Shape:
    """An open mouth is rounder unless it smiles; a sad one is shut."""
    rounded = -0.45 * wanted.mouth * float(np.clip(1 - 1.5 * wanted.smile, 0, 1))
    return mouth.Shape(
        open=wanted.mouth, wide=rounded, shut=float(np.clip(-1.4 * wanted.smile - 2 * wanted.mouth, 0, 1))
    )
