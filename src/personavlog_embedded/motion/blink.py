"""When the eyes close."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.motion.rhythm import Floats

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
