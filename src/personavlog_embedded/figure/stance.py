"""Feet on the ground, for every build."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from personavlog_embedded.figure.geometry import Vectors
from personavlog_embedded.figure.mesh import Indices, mesh
from personavlog_embedded.figure.pose import Leg, Pose, Side
from personavlog_embedded.figure.reach import reach
from personavlog_embedded.figure.shape import Bare
from personavlog_embedded.figure.skeleton import SIDES, Bones, skeleton, skin_points

ROUNDS = 2
"""The pelvis follows the thigh a little, so the hip moves when the leg is turned."""


def planted(body: Bare, pose: Pose) -> Pose:
    """The pose with the soles of its ``planted`` feet on one level, bent or stretched at the knee; the hips sink where
    a leg is too short."""
    if not pose.planted:
        return pose
    lows = soles(body, skeleton(body, pose))
    free = [low for side, low in lows.items() if side not in pose.planted]
    return stood(body, pose, min([max(lows[side] for side in pose.planted), *free]))


def stood(body: Bare, pose: Pose, ground: float) -> Pose:
    """The pose with the soles of its ``planted`` feet at this height in the figure's axes (m), as far as its legs
    reach."""
    for _ in range(ROUNDS):
        bones = skeleton(body, pose)
        for side, low in soles(body, bones).items():
            if side in pose.planted:
                pose = _stepped(pose, bones, side, ground - low)
    return pose


def soles(body: Bare, bones: Bones) -> dict[Side, float]:
    """The height (m, in the figure's axes) of the lowest point of each leg from the knee down."""
    return {side: _under(body, bones, which) for side, which in _shanks().items()}


def _stepped(pose: Pose, bones: Bones, side: Side, rise: float) -> Pose:
    letter, sign = next((letter, sign) for letter, sign, name in SIDES if name == side)
    hip, knee, ankle = (bones.joints[f"{bone}.{letter}"] for bone in ("upperleg01", "lowerleg01", "foot"))
    leg: Leg = pose.left_leg if side == "left" else pose.right_leg
    toe = np.array(leg.toe) * [sign, 1, 1]
    bow = knee - (hip + ankle) / 2 + 0.05 * toe
    upper, lower = float(np.linalg.norm(knee - hip)), float(np.linalg.norm(ankle - knee))
    ways = reach(ankle - hip + np.array([0, rise, 0]), upper, lower, bow)
    thigh, shin = (_outwards(way, sign) for way in ways)
    leg = replace(leg, thigh=thigh, shin=shin)
    return replace(pose, left_leg=leg) if side == "left" else replace(pose, right_leg=leg)


def _outwards(way: Vectors, sign: float) -> tuple[float, float, float]:
    return float(way[0] * sign), float(way[1]), float(way[2])


def _under(body: Bare, bones: Bones, which: Indices) -> float:
    return float(bones.carried(body.points[which], which)[:, 1].min())


@lru_cache(maxsize=1)
def _shanks() -> dict[Side, Indices]:
    own, skin = mesh(), skin_points()
    below = own.hangs_on("lowerleg", "foot", "toe")[skin] > 0.5
    return {side: skin[below & (own.points[skin, 0] * sign > 0)] for _, sign, side in SIDES}
