"""How a cut-out moves as a whole: (frames, 3, 3) from canvas px as drawn to canvas px as moved."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.motion.rhythm import Floats


def shifted(by: Floats) -> Floats:
    """Translations by (frames, 2) px."""
    matrix = np.tile(np.eye(3), (len(by), 1, 1))
    matrix[:, :2, 2] = by
    return matrix


def turned(at: Floats, degrees: Floats) -> Floats:
    """Rotations about ``at`` (2,), clockwise in the picture."""
    matrix = np.tile(np.eye(3), (len(degrees), 1, 1))
    cos, sin = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    matrix[:, 0, 0], matrix[:, 0, 1], matrix[:, 1, 0], matrix[:, 1, 1] = cos, -sin, sin, cos
    matrix[:, 0, 2], matrix[:, 1, 2] = at[0] - cos * at[0] + sin * at[1], at[1] - sin * at[0] - cos * at[1]
    return matrix
