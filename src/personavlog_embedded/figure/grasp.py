"""A hand that closes around a round thing until every finger meets it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from personavlog_embedded.figure.geometry import Vectors, turn
from personavlog_embedded.figure.mesh import mesh
from personavlog_embedded.figure.pose import LETTER, SIGN, Angles, Grip, Side
from personavlog_embedded.figure.shape import Bare
from personavlog_embedded.figure.skeleton import curl_axis, hand_axes, of_side
from personavlog_embedded.figure.touch import held

FINGER, THUMB = ((-10, 88), (0, 100), (0, 64)), ((-10, 36), (-5, 44), (-5, 55))
"""Degrees that the joints bend, from the palm on."""
THICK = 0.1
"""Half of a finger's thickness, in lengths of the palm."""
PARTS = np.linspace(0.35, 1.0, 5)
"""Where a phalanx is looked at: not at its own joint, where the one before it touches already."""
STEP, FINEST = 4.0, 0.2
"""Degrees that a finger closes at a time, and to which its touch is found."""


def closed(body: Bare, side: Side, radius: float) -> Grip:
    """The hand closed on a cylinder of this radius (m) that lies in it as ``touch.held`` says."""
    tails = dict(zip(mesh().bones, np.asarray(body.tails, np.float64), strict=True))
    at, sign = of_side(body.joints, side), SIGN[side]
    centre, axis = held(body.joints, side, radius)
    palm = hand_axes(at, sign)[1]
    thick = THICK * float(np.linalg.norm(at["finger3-1"] - at["wrist"]))

    def room(points: Vectors) -> float:
        away = points - centre
        return float(np.linalg.norm(away - np.outer(away @ axis, axis), axis=1).min()) - radius - thick

    def closing(finger: int) -> Angles:
        ends = [*(at[f"finger{finger}-{joint}"] for joint in (1, 2, 3)), tails[f"finger{finger}-3.{LETTER[side]}"]]
        hinge = curl_axis(at, finger, palm, sign)
        return _curled(
            lambda curls: [room(part) for part in _parts(ends, hinge, curls)], FINGER if finger > 1 else THUMB
        )

    thumb, index, third, ring, little = (closing(finger) for finger in range(1, 6))
    return Grip("closed", thumb, index, third, ring, little)


def _parts(ends: list[Vectors], hinge: Vectors, curls: Vectors) -> list[Vectors]:
    """Points (5, 3) along each of the three phalanges, curled."""
    start, out = ends[0], []
    for bent, way in zip(np.cumsum(curls), np.diff(ends, axis=0), strict=True):
        turned = turn(hinge, -float(bent)) @ way
        out.append(start + np.outer(PARTS, turned))
        start = start + turned
    return out


def _curled(rooms: Callable[[Vectors], list[float]], limits: tuple[tuple[float, float], ...]) -> Angles:
    """All joints close together; where a phalanx touches, its joint and those before it stay, and the others go on."""
    least, most = np.array(limits, np.float64).T
    curls, stays, step = least.copy(), 0, STEP
    while stays < 3 and (curls[stays:] < most[stays:]).any():
        tried = curls.copy()
        tried[stays:] = np.minimum(curls[stays:] + step * (most - least)[stays:] / most.max(), most[stays:])
        met = [joint for joint, space in enumerate(rooms(tried)) if joint >= stays and space <= 0]
        if not met:
            curls = tried
        elif step > FINEST:
            step /= 2
        else:
            stays, step = met[-1] + 1, STEP
    return float(curls[0]), float(curls[1]), float(curls[2])
