"""Whether a face wears glasses: their bridge is a dark line across the nose, which skin never has."""

from __future__ import annotations

import cv2
import numpy as np

from personavlog.media.arrays import Pixels
from personavlog_embedded.face.anatomy import Anatomy

LINE = 0.09
"""How much darker than its surroundings the bridge is at least; noses without one have 0.06 at most, in photos and
drawings."""
_NOSE_BRIDGE = (168, 6)


def worn(rgba: Pixels, face: Anatomy) -> bool:
    """Looks at the bridge of the nose of a (h, w, 4) cut-out."""
    middle = float(face.local[list(_NOSE_BRIDGE), 0].mean())
    own = np.stack(np.meshgrid(middle + np.linspace(-0.05, 0.05, 21), np.linspace(-0.06, 0.14, 61)), axis=-1)
    seen = cv2.remap(
        cv2.cvtColor(rgba[..., :3], cv2.COLOR_RGB2GRAY), face.outward(own).astype(np.float32), None, cv2.INTER_LINEAR
    )
    rows = cv2.GaussianBlur(seen.astype(np.float64).mean(axis=1)[:, None], (1, 5), 1)
    dip = cv2.GaussianBlur(rows, (1, 25), 6) - rows
    return bool(dip.max() > LINE * max(float(rows.mean()), 1.0))
