"""Where the joints of a posed body are."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from personavlog_embedded.body.build import Build
from personavlog_embedded.body.pose import Arm, Leg, Pose

Point = NDArray[np.float64]
NARROW = 0.2
"""How much narrower a body turned fully to the side is drawn."""
LEAST_SEEN = 0.26
"""Of an upper arm's length that is seen of one that points at the lens."""


@dataclass(frozen=True, eq=False)
class Limb:
    """An arm or a leg: its three joints and the direction in which hand or foot go on, degrees (0 right, 90 down).
    ``side`` is -1 on the left."""

    root: Point
    middle: Point
    end: Point
    side: int
    onward: float

    @property
    def lower(self) -> float:
        """Direction of forearm or shin, degrees."""
        x, y = self.end - self.middle
        return float(np.degrees(np.arctan2(y, x)))


@dataclass(frozen=True, eq=False)
class Skeleton:
    """All in px on the canvas; ``head_px`` is the head's height. ``neck`` is the base of the neck, ``chin`` lies above
    it; ``lean`` is the torso's."""

    build: Build
    pose: Pose
    head_px: float
    hips: Point
    neck: Point
    chin: Point
    arms: tuple[Limb, Limb]
    legs: tuple[Limb, Limb]

    @property
    def width(self) -> float:
        """Factor of everything across the body, for turned bodies."""
        return 1 - NARROW * self.pose.turned

    def placed(self, x: float, y: float, scale: float) -> Skeleton:
        """Enlarged by ``scale`` about the hips, which go to ``x``, ``y``."""

        def move(point: Point) -> Point:
            return np.asarray((point - self.hips) * scale + np.array([x, y]), np.float64)

        def limb(one: Limb) -> Limb:
            return Limb(move(one.root), move(one.middle), move(one.end), one.side, one.onward)

        return Skeleton(
            self.build,
            self.pose,
            self.head_px * scale,
            move(self.hips),
            move(self.neck),
            move(self.chin),
            (limb(self.arms[0]), limb(self.arms[1])),
            (limb(self.legs[0]), limb(self.legs[1])),
        )

    @property
    def lowest(self) -> float:
        """Px row where the lower of the soles, or what is sat on, meets the ground."""
        soles = [leg.end[1] + self.build.foot * self.head_px for leg in self.legs]
        seat = self.hips[1] + 0.27 * self.head_px if self.pose.seat == "ground" else 0.0
        return float(max(*soles, seat))


def skeleton(build: Build, pose: Pose) -> Skeleton:
    """The posed body with its hips at 0, 0 and a head one px high."""
    hips = np.zeros(2)
    width = 1 - NARROW * pose.turned
    up = _turn(np.array([0.0, -build.torso]), pose.lean)
    neck = hips + up
    chin = neck + _turn(np.array([0.0, -build.throat]), pose.lean + pose.head)
    pose = replace(
        pose, left=_aimed(build, pose, pose.left, neck, chin, -1), right=_aimed(build, pose, pose.right, neck, chin, 1)
    )
    arms = (_arm(build, pose.left, neck, pose.lean, -1, width), _arm(build, pose.right, neck, pose.lean, 1, width))
    legs = (_leg(build, pose.left_leg, -1, width), _leg(build, pose.right_leg, 1, width))
    return Skeleton(build, pose, 1.0, hips, neck, chin, arms, legs)


def _aimed(build: Build, pose: Pose, arm: Arm, neck: Point, chin: Point, side: int) -> Arm:
    """The arm with the foreshortening and the forearm's turn that bring its wrist to where ``to`` says."""
    if arm.to is None:
        return arm
    across, down = arm.to
    goal = chin + _turn(np.array([side * across, down]), pose.lean + (pose.head if down < 0.4 else 0.0))
    root = _shoulder(build, arm, neck, pose.lean, side, 1 - NARROW * pose.turned)
    shares = np.linspace(LEAST_SEEN, 1.0, 38)
    elbows = root + build.upper_arm * shares[:, None] * _out(arm.upper, side)
    far = np.hypot(*(goal - elbows).T)
    best = int(np.abs(far - build.forearm * arm.fore_seen).argmin())
    x, y = goal - elbows[best]
    fore = float(np.degrees(np.arctan2(side * x, y)))
    wrist = arm.wrist if arm.points is None else (arm.points - fore + 180) % 360 - 180
    return replace(
        arm,
        to=None,
        upper_seen=float(shares[best]),
        fore=fore,
        fore_seen=float(min(far[best] / build.forearm, 1.0)),
        wrist=wrist,
    )


def _shoulder(build: Build, arm: Arm, neck: Point, lean: float, side: int, width: float) -> Point:
    lift = 0.0 if arm.upper < 60 else min((arm.upper - 60) / 90, 1.0)
    return np.asarray(
        neck
        + _turn(np.array([side * build.shoulder * width * (1 - 0.1 * lift), build.slope + 0.03 - 0.15 * lift]), lean),
        np.float64,
    )


def _arm(build: Build, arm: Arm, neck: Point, lean: float, side: int, width: float) -> Limb:
    root = _shoulder(build, arm, neck, lean, side, width)
    middle = root + build.upper_arm * arm.upper_seen * _out(arm.upper, side)
    end = middle + build.forearm * arm.fore_seen * _out(arm.fore, side)
    x, y = _out(arm.fore + arm.wrist, side)
    return Limb(root, middle, end, side, float(np.degrees(np.arctan2(y, x))))


def _leg(build: Build, leg: Leg, side: int, width: float) -> Limb:
    root = np.array([side * build.hip * width, 0.05])
    middle = root + build.thigh * leg.thigh_seen * _out(leg.thigh, side)
    end = middle + build.shin * leg.shin_seen * _out(leg.shin, side)
    toe = side * 0.35 if leg.toe is None else leg.toe
    return Limb(root, middle, end, side, toe)


def _out(degrees: float, side: int) -> Point:
    turn = np.radians(degrees)
    return np.array([side * np.sin(turn), np.cos(turn)])


def _turn(point: Point, degrees: float) -> Point:
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([c * point[0] - s * point[1], s * point[0] + c * point[1]])
