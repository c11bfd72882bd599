"""A pose in directions: where each limb points, whatever the build (``data/poses.toml``), and what the hands do
(``data/grips.toml``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ClassVar, Literal

from pydantic import ConfigDict

from personavlog_embedded import data

Direction = tuple[float, float, float]
"""Outwards (away from the body's middle), up, forwards; of any length."""
Angles = tuple[float, float, float]
"""Degrees: bent forwards, turned to the figure's left, leaned to its right."""
Seat = Literal["", "bench", "ground"]
Side = Literal["left", "right"]
"""The figure's own."""
SIDES: tuple[Side, Side] = ("left", "right")
OTHER: Mapping[Side, Side] = {"left": "right", "right": "left"}
LETTER: Mapping[Side, str] = {"left": "L", "right": "R"}
"""What the names of a side's bones end in."""
SIGN: Mapping[Side, int] = {"left": 1, "right": -1}
"""Which way along x a side lies in the figure's axes."""


@dataclass(frozen=True)
class Grip:
    """Degrees that the three joints of a finger curl, thumb first, and that the fingers spread."""

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    name: str
    thumb: Angles
    index: Angles
    middle: Angles
    ring: Angles
    little: Angles
    spread: float = 0.0


@dataclass(frozen=True)
class Arm:
    """``upper`` and ``fore`` are where the two halves point, ``palm`` where the palm looks, ``hand`` where the fingers
    point (None: on from the forearm).

    ``grip`` is one of ``data/grips.toml``, or computed (``grasp``). ``holds`` says that the hand closes around
    something. ``to`` names what of the body the hand is put on (``data/touch_points.toml``), ``away`` how far from
    there (m for a figure of 1.7 m); then ``upper`` only says where the elbow goes. ``by`` is what of the hand touches:
    the palm or the middle finger's tip.
    """

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    upper: Direction = (0.16, -1, -0.02)
    fore: Direction = (0.06, -1, 0.26)
    palm: Direction = (-1, 0, -0.25)
    hand: Direction | None = None
    grip: str | Grip = "relaxed"
    holds: bool = False
    to: str = ""
    away: Direction = (0, 0, 0)
    by: Literal["palm", "tip"] = "palm"


@dataclass(frozen=True)
class Leg:
    """``thigh`` and ``shin`` are where the two halves point, ``toe`` where the foot does; ``ball`` degrees that the
    toes bend up (negative)."""

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    thigh: Direction = (0.06, -1, 0.02)
    shin: Direction = (0.02, -1, -0.05)
    toe: Direction = (0.22, 0, 1)
    ball: float = 0.0


@dataclass(frozen=True)
class Pose:
    """``hips`` are turned as a whole, ``chest`` against them, ``head`` against the chest. Sides are the figure's own;
    every pose may be mirrored.

    ``yaw`` is how far the figure turns from facing the viewer, degrees to its left. ``back`` shows it from behind.
    ``half`` tells that the pose reads without legs, ``table`` that the hands are on a table, ``seat`` what is sat on,
    ``rooted`` that the ground holds the hips where they are. The feet of ``planted`` sides are put on the ground,
    whatever the legs' lengths; another leg may touch it with knee or toes, and never goes below.
    """

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    name: str
    left: Arm = Arm()
    right: Arm = Arm()
    left_leg: Leg = Leg()
    right_leg: Leg = Leg()
    hips: Angles = (0, 0, 0)
    chest: Angles = (0, 0, 0)
    head: Angles = (0, 0, 0)
    yaw: float = 0.0
    back: bool = False
    half: bool = True
    table: bool = False
    seat: Seat = ""
    rooted: bool = False
    planted: tuple[Side, ...] = ()

    def mirrored(self) -> Pose:
        """The same with left and right exchanged."""
        flip = {
            key: (a, -b, -c) for key, (a, b, c) in (("hips", self.hips), ("chest", self.chest), ("head", self.head))
        }
        return replace(
            self,
            left=self.right,
            right=self.left,
            left_leg=self.right_leg,
            right_leg=self.left_leg,
            yaw=-self.yaw,
            planted=tuple(OTHER[side] for side in self.planted),
            hips=flip["hips"],
            chest=flip["chest"],
            head=flip["head"],
        )


def direction(way: Iterable[float]) -> Direction:
    """Three numbers, such as an array's, as plain ones."""
    out, up, forwards = (float(part) for part in way)
    return out, up, forwards


def arms(pose: Pose) -> dict[Side, Arm]:
    """Both, by side."""
    return {"left": pose.left, "right": pose.right}


def with_arm(pose: Pose, side: Side, arm: Arm) -> Pose:
    """The pose with another arm on one side."""
    return replace(pose, left=arm) if side == "left" else replace(pose, right=arm)


def legs(pose: Pose) -> dict[Side, Leg]:
    """Both, by side."""
    return {"left": pose.left_leg, "right": pose.right_leg}


def with_leg(pose: Pose, side: Side, leg: Leg) -> Pose:
    """The pose with another leg on one side."""
    return replace(pose, left_leg=leg) if side == "left" else replace(pose, right_leg=leg)


@lru_cache(maxsize=1)
def grips() -> Mapping[str, Grip]:
    """By name."""
    return data.read_rows(Grip, "grips", by="name")
