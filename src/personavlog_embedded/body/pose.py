"""A pose: how far every limb turns, which way the person looks, what the hands do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from pydantic import ConfigDict

STRICT = ConfigDict(extra="forbid")
HandShape = Literal["relaxed", "open", "fist", "point", "grip", "flat"]
Seat = Literal["", "bench", "ground"]
Move = Literal[
    "walk",
    "run",
    "wave",
    "point",
    "read",
    "drink",
    "hold",
    "cheer",
    "dance",
    "work",
    "look",
    "crouch",
    "talk",
    "laugh",
    "nod",
    "reach",
    "tap",
]
"""What a clip can let a posed body do."""


@dataclass(frozen=True)
class Arm:
    """Degrees away from hanging straight down, outward positive, beyond 180 inward from above: of the upper arm and of
    the forearm, each in the picture.

    ``upper_seen`` and ``fore_seen`` are how much of their length is seen (less than 1 towards the lens). ``wrist``
    turns the hand against the forearm, outward positive. ``behind`` says whether the whole arm is behind the body.
    ``to`` is where the wrist goes instead of where the angles lead, in heads from the chin, outward and down: the
    forearm turns there and the upper arm comes towards the lens as far as that takes, whatever the build. ``points`` is
    where the hand points then, degrees as for the arm's, None for on from the forearm.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    upper: float = 9.0
    fore: float = 5.0
    hand: HandShape = "relaxed"
    holds: bool = False
    upper_seen: float = 1.0
    fore_seen: float = 1.0
    wrist: float = 0.0
    behind: bool = False
    to: tuple[float, float] | None = None
    points: float | None = None


@dataclass(frozen=True)
class Leg:
    """Degrees as for an arm. ``toe`` is where the shoe points: -1 left in the picture, 0 to the lens, 1 right.
    ``before`` draws it before the torso."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    thigh: float = 3.0
    shin: float = 1.0
    thigh_seen: float = 1.0
    shin_seen: float = 1.0
    toe: float | None = None
    before: bool = False


@dataclass(frozen=True)
class Pose:
    """``left`` and ``right`` are the picture's. ``lean`` and ``head`` are degrees, clockwise positive: of the torso,
    and of the head against it.

    ``turned`` narrows the shoulders as a turn to the side does, 0 to 1. ``back`` shows the person from behind. ``half``
    tells that the pose reads without legs. ``table`` has the hands on a table, ``seat`` is what the person sits on,
    ``rooted`` says that the knees, the ground or a chair that is not seen hold the hips where they are.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    name: str
    left: Arm = Arm()
    right: Arm = Arm()
    left_leg: Leg = Leg(2.0, 0.0)
    right_leg: Leg = Leg(8.0, 5.0)
    lean: float = 0.0
    head: float = 0.0
    turned: float = 0.0
    back: bool = False
    half: bool = True
    table: bool = False
    seat: Seat = ""
    rooted: bool = False

    def mirrored(self) -> Pose:
        """The same with left and right exchanged."""
        return replace(
            self,
            left=self.right,
            right=self.left,
            left_leg=_turned(self.right_leg),
            right_leg=_turned(self.left_leg),
            lean=-self.lean,
            head=-self.head,
        )


def _turned(leg: Leg) -> Leg:
    return replace(leg, toe=None if leg.toe is None else -leg.toe)
