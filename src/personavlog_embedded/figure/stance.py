"""Feet on the ground, for every build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np

from personavlog_embedded.figure.geometry import Vectors
from personavlog_embedded.figure.mesh import Indices, mesh
from personavlog_embedded.figure.pose import LETTER, SIDES, SIGN, Pose, Side, direction, legs, with_leg
from personavlog_embedded.figure.reach import reach
from personavlog_embedded.figure.shape import Bare
from personavlog_embedded.figure.skeleton import FLIP, Bones, skeleton, skin_points

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
    leg, letter = legs(pose)[side], LETTER[side]
    goal = bones.joints[f"foot.{letter}"] - bones.joints[f"upperleg01.{letter}"] + np.array([0, rise, 0])
    thigh, shin = leg_to(bones.joints, side, goal, np.array(leg.toe) * FLIP[side])
    return with_leg(pose, side, replace(leg, thigh=direction(thigh), shin=direction(shin)))


def leg_to(joints: Mapping[str, Vectors], side: Side, goal: Vectors, toe: Vectors) -> tuple[Vectors, Vectors]:
    """Where thigh and shin (3,) point, outwards, up and forwards, to bring the ankle to ``goal``, which is given from
    the hip; the knee stays bowed as it is, and towards ``toe`` where it is straight. All in the figure's axes."""
    hip, knee, ankle = (joints[f"{bone}.{LETTER[side]}"] for bone in ("upperleg01", "lowerleg01", "foot"))
    bow = knee - (hip + ankle) / 2 + 0.05 * toe
    upper, lower = float(np.linalg.norm(knee - hip)), float(np.linalg.norm(ankle - knee))
    thigh, shin = reach(goal, upper, lower, bow)
    return thigh * FLIP[side], shin * FLIP[side]


def _under(body: Bare, bones: Bones, which: Indices) -> float:
    return float(bones.carried(body.points[which], which)[:, 1].min())


@lru_cache(maxsize=1)
def _shanks() -> dict[Side, Indices]:
    own, skin = mesh(), skin_points()
    below = own.hangs_on("lowerleg", "foot", "toe")[skin] > 0.5
    return {side: skin[below & (own.points[skin, 0] * SIGN[side] > 0)] for side in SIDES}
