"""Legs between hips that move and feet that stand where they stand, by two bones that reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from personavlog_embedded.figure.geometry import Vectors, turn, unit
from personavlog_embedded.figure.mesh import mesh
from personavlog_embedded.figure.pose import LETTER, SIDES, Leg, Pose, Side, legs, with_leg
from personavlog_embedded.figure.rig import posed
from personavlog_embedded.figure.shape import Bare
from personavlog_embedded.figure.skeleton import FLIP
from personavlog_embedded.figure.stance import leg_to
from personavlog_embedded.motion.pose_blend import ROUNDED, leg_between, rounded

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
        hip, knee, ankle = (self.body.joints[f"{bone}.L"] for bone in ("upperleg01", "lowerleg01", "foot"))
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
        leg = legs(self.pose)[side]
        return Foot(self.joints[f"toe2-1.{LETTER[side]}"], unit(np.array(leg.toe) * FLIP[side]), leg.ball)

    def stepped(self, pose: Pose, moved: Vectors, yaw: float, feet: Mapping[Side, Foot]) -> Pose:
        """``pose`` with the legs that put ``feet`` where they are while the hips have ``moved`` (3,) m and the figure
        has turned by ``yaw`` degrees."""
        back = turn([0, 1, 0], -yaw)
        goals = {side: Foot(back @ (foot.ball - moved), back @ foot.toe, foot.bend) for side, foot in feet.items()}
        for side, foot in goals.items():
            toe = rounded(foot.toe * FLIP[side])
            pose = with_leg(pose, side, replace(legs(pose)[side], toe=toe, ball=round(foot.bend, 1)))
        for number in range(ROUNDS):
            joints = posed(self.body, pose).joints
            for side, foot in goals.items():
                pose = self._reached(pose, joints, side, foot, number == ROUNDS - 1)
        return pose

    def bent(self, pose: Pose, side: Side, leg: Leg, share: float) -> Pose:
        """``pose`` with one leg on the way to ``leg``, whatever it stands on."""
        return with_leg(pose, side, leg_between(legs(pose)[side], leg, share))

    def _reached(self, pose: Pose, joints: Mapping[str, Vectors], side: Side, foot: Foot, last: bool) -> Pose:
        hip, ankle, ball = (joints[f"{bone}.{LETTER[side]}"] for bone in ("upperleg01", "foot", "toe2-1"))
        ways = leg_to(joints, side, ankle + foot.ball - ball - hip, unit(foot.toe * [1, 0, 1]))
        thigh, shin = (rounded(way, ROUNDED if last else 9) for way in ways)
        return with_leg(pose, side, replace(legs(pose)[side], thigh=thigh, shin=shin))


def pitched(toe: Vectors, degrees: float) -> Vectors:
    """The foot's direction, level, with its tip raised."""
    level, c = unit(toe * [1, 0, 1]), np.cos(np.radians(degrees))
    return np.array([c * level[0], np.sin(np.radians(degrees)), c * level[2]])
