"""In which order solids are painted so that the nearer one covers the farther one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from personavlog_embedded.render.room_camera import Vector

Bounds = tuple[Vector, Vector]
TOUCH = 0.02
"""Metres by which two solids may reach into each other and still count as side by side."""


def far_first(bounds: Sequence[Bounds], eye: Vector) -> list[int]:
    """The boxes' numbers from far to near; where planes between two boxes say who covers whom, that holds, else the
    distance decides."""
    distance = [
        float(np.linalg.norm((np.asarray(low) + np.asarray(high)) / 2 - np.asarray(eye))) for low, high in bounds
    ]
    behind = [
        {j for j in range(len(bounds)) if j != i and covers(bounds[i], bounds[j], eye)} for i in range(len(bounds))
    ]
    left, done = set(range(len(bounds))), []
    while left:
        free = [i for i in left if not (behind[i] & left)]
        chosen = max(free or left, key=lambda i: (distance[i], i))
        left.discard(chosen)
        done.append(chosen)
    return done


def covers(one: Bounds, other: Bounds, eye: Vector) -> bool:
    """Whether ``one`` can hide ``other`` and not the other way round."""
    verdict = False
    for axis in (0, 2, 1):
        if one[0][axis] >= other[1][axis] - TOUCH:
            if eye[axis] < other[1][axis]:
                return False
            verdict = verdict or eye[axis] >= one[0][axis] - TOUCH
        elif other[0][axis] >= one[1][axis] - TOUCH:
            if eye[axis] > other[0][axis]:
                return False
            verdict = verdict or eye[axis] <= one[1][axis] + TOUCH
    return verdict
