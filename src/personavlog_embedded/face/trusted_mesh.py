"""The mesh of a cut-out's face, where it can be trusted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog.metrics.face import Face, mesh
from personavlog_embedded.face.anatomy import LIP_CORNERS, NOSE, PUPILS
from personavlog_embedded.scene.stage import FacePoints

OFF = 0.35
"""Distances of the pupils by which the mesh may miss one of the detector's five points."""
LEAST = 16.0
"""Px of face height under which the mesh is a guess."""


def find_mesh(rgba: Pixels, face: FacePoints) -> NDArray[np.float32] | None:
    """The 478 points of the face in a (h, w, 4) cut-out, (478, 3) px; None where they do not lie on the detector's
    (pets, most drawings, tiny faces)."""
    if face.box[3] - face.box[1] < LEAST:
        return None
    points = mesh(np.ascontiguousarray(rgba[..., :3]), Face(face.box, 1.0, face.points))
    return points if fits(points, face) else None


def fits(points: NDArray[np.float32], face: FacePoints) -> bool:
    """Whether the mesh's pupils, nose and mouth corners are the detector's."""
    five = points[[*PUPILS, NOSE, *LIP_CORNERS], :2]
    apart = float(np.hypot(*(face.points[1] - face.points[0])))
    return bool(np.hypot(*(five - face.points).T).max() < OFF * max(apart, 1.0))
