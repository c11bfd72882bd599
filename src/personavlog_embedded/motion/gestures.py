"""What people do with arms, trunk and hips: key poses over the pose in which they are drawn (``data/moves.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ClassVar, Literal

import numpy as np
from pydantic import ConfigDict

from personavlog_embedded import data
from personavlog_embedded.figure.pose import SIGN, Angles, Arm, Leg, Pose, Side
from personavlog_embedded.motion.pose_blend import added, arm_between, leg_between, lifted
from personavlog_embedded.motion.rhythm import smoothstep

LATE = (0.0, 0.05, 0.09)
"""Seconds by which upper arm, forearm and hand follow: the further out, the later."""
HANGS = -0.35
"""How far up the upper arm or the forearm of an arm that hangs points at most."""
STRENGTHS = (0.7, 1.35)
"""The least and the most that a temper makes of a key's angles."""


@dataclass(frozen=True)
class Limb:
    """The fields are explained in the file, here and below."""

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    to: Arm | None = None
    ahead: tuple[float, float] = (0, 0)
    aside: tuple[float, float] = (0, 0)


@dataclass(frozen=True)
class Key:
    """A pose at a time."""

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    at: float
    own: Limb = Limb()
    other: Limb = Limb()
    hips: Angles = (0, 0, 0)
    chest: Angles = (0, 0, 0)
    head: Angles = (0, 0, 0)
    sink: float = 0.0
    shift: tuple[float, float] = (0, 0)
    lift: float = 0.0
    stand: float = 0.0
    sit: float = 0.0
    leg: Leg | None = None


@dataclass(frozen=True)
class Move:
    """A row of the file."""

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    name: str
    keys: tuple[Key, ...]
    arm: Literal["free", "holding", "both"] = "free"
    hanging: float = HANGS
    loop: tuple[float, float] | None = None
    clock: Literal["time", "voice"] = "time"


@dataclass(frozen=True)
class Hips:
    """Where a gesture has the hips, as the file says it, ``aside`` to the figure's left; ``leg`` is the one that does
    not stand any more, by its side and how far it is on its way."""

    sink: float = 0.0
    aside: float = 0.0
    ahead: float = 0.0
    lift: float = 0.0
    stand: float = 0.0
    sit: float = 0.0
    leg: tuple[Side, Leg, float] | None = None

    @property
    def rest(self) -> bool:
        """Whether they are where they are drawn."""
        return self == Hips()

    def plus(self, other: Hips) -> Hips:
        """Both together."""
        sums = {
            name: getattr(self, name) + getattr(other, name)
            for name in ("sink", "aside", "ahead", "lift", "stand", "sit")
        }
        return Hips(**sums, leg=self.leg or other.leg)


@lru_cache(maxsize=1)
def moves() -> Mapping[str, Move]:
    """By name."""
    return data.read_rows(Move, "moves", by="name")


def acting_side(move: Move, pose: Pose) -> Side:
    """The arm that a move is told for: the raised one of those that may do it, else the right one."""
    arms: dict[Side, Arm] = {"right": pose.right, "left": pose.left}
    wanted = [side for side, arm in arms.items() if arm.holds == (move.arm == "holding")] or list(arms)
    return max(wanted, key=lambda side: (not _hangs(arms[side]), side == "right"))


def gesture(move: Move, pose: Pose, drawn: Pose, t: float, strength: float) -> tuple[Pose, Hips]:
    """``pose`` as the move has it at ``t`` s (or at this loudness); ``drawn`` is the keyframe's."""
    side, strength = acting_side(move, drawn), float(np.clip(strength, *STRENGTHS))
    way = 1.0 if side == "right" else -1.0
    first, then, share = _keys(move, t)

    def arm(where: Side) -> Arm:
        which = "own" if where == side else "other"
        return _arm(move, which, getattr(pose, where), getattr(drawn, where), t, strength)

    def turned(name: str) -> Angles:
        return added(getattr(pose, name), _angles(first, then, share, name, way), strength)

    told = replace(
        pose,
        left=arm("left"),
        right=arm("right"),
        hips=turned("hips"),
        chest=turned("chest"),
        head=turned("head"),
    )
    return told, _hips(first, then, share, side)


def looped(move: Move, seconds: float, fps: float, pace: float) -> float:
    """The time in the move's own seconds; a repeat takes a whole number of drawings, so that they come again."""
    at = seconds * pace
    if move.loop is None or at <= move.loop[1]:
        return at
    start, period = move.loop[0], move.loop[1] - move.loop[0]
    drawings = max(round(period * fps / pace / 2), 2)
    return start + period * (round((at - start) / period * drawings) % drawings) / drawings


def _keys(move: Move, t: float) -> tuple[Key, Key, float]:
    """The keys before and after a time, and how far it is from the one to the other."""
    keys = (Key(0.0), *move.keys)
    after = next((number for number, key in enumerate(keys) if key.at > t), len(keys))
    if after == len(keys):
        return keys[-1], keys[-1], 0.0
    first, then = keys[max(after - 1, 0)], keys[after]
    return first, then, float(smoothstep((t - first.at) / (then.at - first.at)))


def _arm(move: Move, which: str, now: Arm, drawn: Arm, t: float, strength: float) -> Arm:
    """The arm's parts, each at its own time."""
    upper, fore, hand = (_arm_at(move, which, now, drawn, _late(move, t, late), strength) for late in LATE)
    return replace(hand, upper=upper.upper, fore=fore.fore)


def _late(move: Move, t: float, late: float) -> float:
    """An earlier time; in a repeat, one of the repeat."""
    if move.clock == "voice":
        return t
    if move.loop is None or t < move.loop[0]:
        return max(t - late, 0.0)
    start, end = move.loop
    return start + (t - late - start) % (end - start)


def _arm_at(move: Move, which: str, now: Arm, drawn: Arm, t: float, strength: float) -> Arm:
    first, then, share = _keys(move, t)
    ends = [_told(getattr(key, which), now, not _hangs(drawn, move.hanging), strength) for key in (first, then)]
    return ends[0] if ends[0] == ends[1] else arm_between(ends[0], ends[1], share)


def _told(limb: Limb, now: Arm, stays: bool, strength: float) -> Arm:
    arm = now if limb.to is None or stays else arm_between(now, limb.to, 1.0)
    if limb.ahead == limb.aside == (0, 0):
        return arm
    upper, fore = (
        lifted(way, ahead * strength, aside * strength)
        for way, ahead, aside in zip((arm.upper, arm.fore), limb.ahead, limb.aside, strict=True)
    )
    hand = arm.hand and lifted(arm.hand, limb.ahead[1] * strength, limb.aside[1] * strength)
    return replace(arm, upper=upper, fore=fore, hand=hand)


def _hangs(arm: Arm, most: float = HANGS) -> bool:
    return max(arm.upper[1] / float(np.linalg.norm(arm.upper)), arm.fore[1] / float(np.linalg.norm(arm.fore))) < most


def _angles(first: Key, then: Key, share: float, name: str, way: float) -> Angles:
    pitch, yaw, roll = added(getattr(first, name), added(getattr(then, name), getattr(first, name), -1), share)
    return pitch, way * yaw, way * roll


def _hips(first: Key, then: Key, share: float, side: Side) -> Hips:
    own = SIGN[side]
    sink, lift, stand, sit = (
        getattr(first, name) + share * (getattr(then, name) - getattr(first, name))
        for name in ("sink", "lift", "stand", "sit")
    )
    aside, ahead = (one + share * (two - one) for one, two in zip(first.shift, then.shift, strict=True))
    return Hips(sink, own * aside, ahead, lift, stand, sit, _folding(first, then, share, side))


def _folding(first: Key, then: Key, share: float, side: Side) -> tuple[Side, Leg, float] | None:
    if first.leg and then.leg:
        return side, leg_between(first.leg, then.leg, share), 1.0
    if then.leg:
        return side, then.leg, share
    return None if first.leg is None else (side, first.leg, 1 - share)
