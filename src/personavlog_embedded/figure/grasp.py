"""A hand that closes around a round thing until every part of every finger meets it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from personavlog_embedded.figure.geometry import Vectors, turn
from personavlog_embedded.figure.mesh import mesh
from personavlog_embedded.figure.pose import Angles, Grip, Side
from personavlog_embedded.figure.shape import Bare
from personavlog_embedded.figure.skeleton import SIDES, curl_axis
from personavlog_embedded.figure.touch import palm_axes

LIMITS = ((-8.0, 84.0), (4.0, 98.0), (4.0, 60.0))
THUMB = ((-24.0, 36.0), (0.0, 40.0), (0.0, 50.0))
"""Degrees that the joints of a finger and of the thumb bend, from the palm on."""
THICK = 0.1
"""Half of a finger's thickness, in lengths of the palm."""
PARTS = np.linspace(0.35, 1.0, 5)
"""Where a phalanx is looked at: not at its own joint, where the one before it touches already."""
STEP, HALVINGS = 4.0, 8


def closed(body: Bare, side: Side, radius: float, reach: float = 0.0) -> Grip:
    """The hand closed on a cylinder of this radius (m) that lies across the palm (``touch.hold_point``), ``reach`` m further out along the fingers: 0 is a handle
    in the fist, 0.05 something held by the fingers."""
    joints = dict(zip(mesh().bones, np.asarray(body.heads, np.float64), strict=True))
    tails = dict(zip(mesh().bones, np.asarray(body.tails, np.float64), strict=True))
    letter, sign = next((letter, sign) for letter, sign, name in SIDES if name == side)
    middle, axis, palm = palm_axes(joints, side)
    at = {name[:-2]: point for name, point in joints.items() if name.endswith(f".{letter}")}
    thick = THICK * float(np.linalg.norm(at["finger3-1"] - at["wrist"]))
    centre = middle + palm * radius + np.cross(palm, axis) * sign * reach

    def clear(points: Vectors) -> float:
        away = points - centre
        return float(np.linalg.norm(away - np.outer(away @ axis, axis), axis=1).min()) - radius - thick

    curls: list[Angles] = []
    for finger in range(1, 6):
        hinge = curl_axis(at, finger, palm, sign)
        ends = [*(at[f"finger{finger}-{joint}"] for joint in (1, 2, 3)), tails[f"finger{finger}-3.{letter}"]]
        start, bent, out = ends[0], 0.0, []
        for (least, most), one, two in zip(LIMITS if finger > 1 else THUMB, ends[:3], ends[1:], strict=True):
            def room(angle: float, start: Vectors = start, way: Vectors = two - one, bent: float = bent) -> float:
                return clear(start + np.outer(PARTS, turn(hinge, -bent - angle) @ way))

            angle = _first_touch(room, least, most)
            bent += angle
            start = start + turn(hinge, -bent) @ (two - one)
            out.append(angle)
        curls.append((out[0], out[1], out[2]))
    return Grip("closed", *curls)


def _first_touch(room: Callable[[float], float], least: float, most: float) -> float:
    """The first angle from ``least`` on at which there is no room left, ``least`` where there is none at all; ``most`` where there always is."""
    tried = np.append(np.arange(least, most, STEP), most)
    rooms = [room(angle) for angle in tried]
    near = next((k for k, space in enumerate(rooms) if space <= 0), None)
    if not near:
        return float(least if near == 0 else most)
    low, high = tried[near - 1], tried[near]
    for _ in range(HALVINGS):
        half = (low + high) / 2
        low, high = (half, high) if room(half) > 0 else (low, half)
    return float(low)
