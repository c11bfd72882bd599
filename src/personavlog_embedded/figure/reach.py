"""Two bones that reach for a point."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.figure.geometry import Vectors, unit


def reach(target: Vectors, upper: float, lower: float, bow: Vectors) -> tuple[Vectors, Vectors]:
    """Unit directions of two bones of these lengths (m) from the origin to ``target``, the joint between them bowed
    towards ``bow``; stretched where it is too far."""
    far = min(float(np.linalg.norm(target)), 0.999 * (upper + lower))
    along = unit(target)
    out = unit(bow - along * (bow @ along))
    cosine = np.clip((upper**2 + far**2 - lower**2) / (2 * upper * far), -1, 1)
    middle = upper * (cosine * along + np.sqrt(1 - cosine**2) * out)
    return unit(middle), unit(along * far - middle)
