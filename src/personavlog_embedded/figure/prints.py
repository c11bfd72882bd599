"""A picture on the front of a top, such as the chest that a photo shows."""

from __future__ import annotations

import cv2
import numpy as np

from personavlog.media.arrays import Pixels
from personavlog_embedded.figure.label import ON_ARM, Label, Shell, X, Y, Z
from personavlog_embedded.figure.mesh import Floats
from personavlog_embedded.figure.noise import read_at
from personavlog_embedded.figure.view import Samples

CHIN, HIPS, HALF_WIDE = 0.62, 0.049, 0.35
"""What a print spans on the bare mesh, metres: from the chin's height to the hips', and so far to each side of the
middle. The bare mesh's head is ``HEAD`` high, which is what a photo's px are measured by. Seen from the front: its left
is the figure's right."""
HEAD = 0.23


def premultiplied(picture: Pixels) -> Floats:
    """A picture (h, w, 4: RGB, straight alpha) as ``printed`` takes it, 0 to 255."""
    *colours, cover = cv2.split(picture.astype(np.float32))
    share = cover / 255
    return np.asarray(cv2.merge([*(own * share for own in colours), cover]), np.float32)


def printed(colour: Floats, light: Floats, seen: Samples, owner: int, picture: Floats) -> Floats:
    """``colour`` (3, n), 0 to 255, with ``picture`` (h, w, 4: RGB times alpha, alpha) times ``light`` (3, n) on what
    is seen of this owner's top in front."""
    where = np.flatnonzero((seen.owner == owner) & (seen.shell == Shell.UPPER) & (seen.label == Label.TOP))
    if not len(where):
        return colour
    at = seen.fields[where]
    tall, wide = picture.shape[:2]
    across = (at[:, X] / HALF_WIDE + 1) / 2 * wide - 0.5
    down = (CHIN - at[:, Y]) / (CHIN - HIPS) * tall - 0.5
    got = np.ascontiguousarray(read_at(picture, across, down, cv2.BORDER_CONSTANT).T)
    fades = np.clip(at[:, Z] / 0.03, 0, 1) * np.clip((0.5 - at[:, ON_ARM]) / 0.3, 0, 1)
    out = colour.copy()
    out[:, where] = out[:, where] * (1 - got[3] / 255 * fades) + got[:3] * light[:, where] * fades
    return out
