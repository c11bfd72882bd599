"""Legs between hips that move and feet that stand where they stand, by two bones that reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from personavlog_embedded.figure.geometry import Vectors, turn, unit
from personavlog_embedded.figure.mesh import mesh
from personavlog_embedded.figure.pose import Leg, Pose, Side
from personavlog_embedded.figure.reach import reach
from personavlog_embedded.figure.rig import posed
from personavlog_embedded.figure.shape import Bare
from personavlog_embedded.motion.pose_blend import ROUNDED, leg_between, rounded

SIDES: tuple[Side, Side] = ("left", "right")
ROUNDS = 3
"""The pelvis follows the thigh a little, so the hip moves when the leg does."""


@dataclass(frozen=True, eq=False)
class Foot:
    """``ball`` is where the ball of the foot is (3,), in the axes and from the place of the figure in its first pose;
    ``toe`` where the foot points, a unit vector; ``bend`` the degrees that the toes bend up (negative)."""

    ball: Vectors
    toe: Vectors
    bend: float = 0.0


@dataclass(frozen=True, eq=False)
class Stance:
    """A body as it stands in its first pose."""

    body: Bare
    pose: Pose

    @cached_property
    def joints(self) -> Mapping[str, Vectors]:
        """Of the first pose."""
        return posed(self.body, self.pose).joints

    @cached_property
    def feet(self) -> Mapping[Side, Foot]:
        """As they are drawn."""
        return {side: self._foot(side) for side in SIDES}

    @cached_property
    def lengths(self) -> tuple[float, float]:
        """Metres of thigh and shin."""
        at = dict(zip(mesh().bones, np.asarray(self.body.heads, np.float64), strict=True))
        hip, knee, ankle = (at[f"{bone}.L"] for bone in ("upperleg01", "lowerleg01", "foot"))
        return float(np.linalg.norm(knee - hip)), float(np.linalg.norm(ankle - knee))

    @property
    def leg(self) -> float:
        """Metres of both together."""
        return sum(self.lengths)

    @cached_property
    def sole(self) -> float:
        """Metres from the ground to the ball of a foot that stands."""
        return self._over_sole("toe2-1.L")

    @cached_property
    def ankle(self) -> float:
        """The same to its ankle."""
        return self._over_sole("foot.L")

    def _over_sole(self, bone: str) -> float:
        own = mesh()
        low = float(self.body.points[own.skin, 1].min())
        return float(self.body.heads[own.bones.index(bone), 1]) - low

    @property
    def ground(self) -> float:
        """The height of the ground in the figure's axes."""
        return float(min(foot.ball[1] for foot in self.feet.values())) - self.sole

    def _foot(self, side: Side) -> Foot:
        leg = _leg(self.pose, side)
        flip = np.array([_sign(side), 1, 1])
        return Foot(self.joints[f"toe2-1.{side[0].upper()}"], unit(np.array(leg.toe) * flip), leg.ball)

    def stepped(self, pose: Pose, moved: Vectors, yaw: float, feet: Mapping[Side, Foot]) -> Pose:
        """``pose`` with the legs that put ``feet`` where they are while the hips have ``moved`` (3,) m and the figure
        has turned by ``yaw`` degrees."""
        back = turn([0, 1, 0], -yaw)
        goals = {side: Foot(back @ (foot.ball - moved), back @ foot.toe, foot.bend) for side, foot in feet.items()}
        for side, foot in goals.items():
            leg = _leg(pose, side)
            toe = rounded(foot.toe * [_sign(side), 1, 1])
            pose = _with(pose, side, replace(leg, toe=toe, ball=round(foot.bend, 1)))
        for number in range(ROUNDS):
            joints = posed(self.body, pose).joints
            for side, foot in goals.items():
                pose = self._reached(pose, joints, side, foot, number == ROUNDS - 1)
        return pose

    def bent(self, pose: Pose, side: Side, leg: Leg, share: float) -> Pose:
        """``pose`` with one leg on the way to ``leg``, whatever it stands on."""
        return _with(pose, side, leg_between(_leg(pose, side), leg, share))

    def _reached(self, pose: Pose, joints: Mapping[str, Vectors], side: Side, foot: Foot, last: bool) -> Pose:
        letter = side[0].upper()
        hip, knee, ankle, ball = (joints[f"{bone}.{letter}"] for bone in ("upperleg01", "lowerleg01", "foot", "toe2-1"))
        bow = knee - (hip + ankle) / 2 + 0.05 * unit(foot.toe * [1, 0, 1])
        upper, lower = np.linalg.norm(knee - hip), np.linalg.norm(ankle - knee)
        ways = reach(ankle + foot.ball - ball - hip, float(upper), float(lower), bow)
        thigh, shin = (rounded(way * [_sign(side), 1, 1], ROUNDED if last else 9) for way in ways)
        return _with(pose, side, replace(_leg(pose, side), thigh=thigh, shin=shin))


def pitched(toe: Vectors, degrees: float) -> Vectors:
    """The foot's direction, level, with its tip raised."""
    level, c = unit(toe * [1, 0, 1]), np.cos(np.radians(degrees))
    return np.array([c * level[0], np.sin(np.radians(degrees)), c * level[2]])


def _leg(pose: Pose, side: Side) -> Leg:
    return pose.left_leg if side == "left" else pose.right_leg


def _with(pose: Pose, side: Side, leg: Leg) -> Pose:
    return replace(pose, left_leg=leg) if side == "left" else replace(pose, right_leg=leg)


def _sign(side: Side) -> float:
    return 1.0 if side == "left" else -1.0
