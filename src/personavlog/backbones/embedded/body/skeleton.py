"""Where the joints of a posed body are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from personavlog.backbones.embedded.body.build import Build
from personavlog.backbones.embedded.body.pose import Arm, Leg, Pose

Point = NDArray[np.float64]
NARROW = 0.2
"""How much narrower a body turned fully to the side is drawn."""


@dataclass(frozen=True, eq=False)
class Limb:
    """An arm or a leg: its three joints and the direction in which hand or foot go on, degrees (0 right, 90 down). ``side`` is -1 on the left."""

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
    """All in px on the canvas; ``head_px`` is the head's height. ``neck`` is the base of the neck, ``chin`` lies above it; ``lean`` is the torso's."""

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
            self.build, self.pose, self.head_px * scale, move(self.hips), move(self.neck), move(self.chin),
            (limb(self.arms[0]), limb(self.arms[1])), (limb(self.legs[0]), limb(self.legs[1])),
        )  # fmt: skip

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
    arms = (_arm(build, pose.left, neck, pose.lean, -1, width), _arm(build, pose.right, neck, pose.lean, 1, width))
    legs = (_leg(build, pose.left_leg, -1, width), _leg(build, pose.right_leg, 1, width))
    return Skeleton(build, pose, 1.0, hips, neck, chin, arms, legs)


def _arm(build: Build, arm: Arm, neck: Point, lean: float, side: int, width: float) -> Limb:
    lift = 0.0 if arm.upper < 60 else min((arm.upper - 60) / 90, 1.0)
    root = neck + _turn(np.array([side * build.shoulder * width * (1 - 0.1 * lift), build.slope + 0.03 - 0.15 * lift]), lean)
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
