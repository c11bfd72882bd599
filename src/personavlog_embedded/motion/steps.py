"""Walking, running and turning: feet that stand while the body passes over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import ClassVar

import numpy as np
from pydantic import ConfigDict

from personavlog_embedded import data
from personavlog_embedded.figure.geometry import Vectors, turn, unit
from personavlog_embedded.figure.pose import LETTER, SIDES, SIGN, Arm, Pose, Side
from personavlog_embedded.motion.pose_blend import added, arm_between, rounded
from personavlog_embedded.motion.rhythm import smoothstep
from personavlog_embedded.motion.stance import Foot, Stance, pitched

SHORTEST = 0.16
"""Of the leg's length that a step is at least; who has no room left stops."""
LEAST = 0.55
"""Of a step's vigour that a short one has."""
FIRST, ROLL = 0.25, 0.6
"""Steps before the first foot leaves the ground, and over which a foot that is drawn rolls before it does."""
HALT = 0.5
"""Steps over which a walk comes to rest, and before its end."""
APART = 0.065
"""Metres from the middle line to a walking foot."""
TOE = (0.1, 0.0, 1.0)
ONSET = 0.8
"""Steps in which a walk grows from the pose that was drawn."""
SWAY = 0.018
"""Metres that the hips go over the foot that stands."""
QUARTER = 50.0
"""Degrees of a turn: further, and the photographed head would look over its shoulder."""


@dataclass(frozen=True)
class Gait:
    """The fields are explained in the file."""

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    name: str
    cadence: float
    step: float
    margin: float
    stands: tuple[tuple[float, float], ...]
    swings: tuple[tuple[float, float], ...]
    clear: float
    straight: float
    hop: float
    lean: float
    counter: float
    swing: float
    elbow: tuple[float, float]

    @property
    def drawings(self) -> int:
        """Of a cycle of two steps."""
        return int(np.clip(round(24 / self.cadence / 2) * 2, 10, 12))


@lru_cache(maxsize=1)
def gaits() -> Mapping[str, Gait]:
    """By name."""
    return data.read_rows(Gait, "gaits", by="name")


@dataclass(frozen=True, eq=False)
class Walk:
    """A body on its way: ``last`` steps of ``long`` m towards ``aim`` (3,), a unit vector; positions are in its own
    axes from where it stands first."""

    stance: Stance
    gait: Gait
    long: float
    last: float
    aim: Vectors

    @cached_property
    def first(self) -> Side:
        """The foot that swings first: the one behind."""
        return min(SIDES, key=lambda side: float(self.stance.feet[side].ball @ self.aim))

    @cached_property
    def _vigour(self) -> float:
        """0 to 1: how far a step this short rolls the foot and swings the arms."""
        return float(np.clip(self.long / (0.7 * self.stance.leg), LEAST, 1))

    def gone(self, phase: float) -> float:
        """Metres that the hips are on after ``phase`` steps; they come to rest in the last one."""
        over = float(np.clip(phase - (self.last - HALT), 0, 2 * HALT))
        return self.long * (min(phase, self.last - HALT) + over - over**2 / (4 * HALT))

    def again(self, phase: float) -> float:
        """The phase of the first cycle that looks the same."""
        return 2 + (phase - 2) % 2 if 4 <= phase <= self.last - 2 else phase

    def pose(self, pose: Pose, phase: float) -> tuple[Pose, Vectors, float]:
        """``pose`` walking, where the hips are beside their way (3,) m, and how high the feet are both off the
        ground."""
        phase = min(phase, self.last + 1)
        feet = {side: self._foot(side, phase) for side in SIDES}
        begun = float(smoothstep(phase / ONSET))
        grown = begun * (1 - float(smoothstep(phase - self.last)))
        beside = np.array([self._sway(phase) * grown, begun * self._risen(feet, phase), 0])
        pose = self._above(pose, phase, grown)
        lift = max(min(foot.ball[1] for foot in feet.values()) - self.stance.ground - self.stance.sole, 0.0)
        posed = self.stance.stepped(pose, beside + self.gone(phase) * self.aim, 0.0, feet)
        return posed, beside * [1, 0, 1], (lift + self._hop(phase)) * grown

    def _sway(self, phase: float) -> float:
        side = -1.0 if self.first == "left" else 1.0  # Over the foot that stands.
        return side * SWAY * float(np.sin(np.pi * phase))

    def _hop(self, phase: float) -> float:
        return self.gait.hop * float(np.cos(np.pi * phase) ** 2) * self._vigour

    def _foot(self, side: Side, phase: float) -> Foot:
        drawn, out = self.stance.feet[side], SIGN[side]
        number = 0 if side == self.first else 1
        margin, level = self.gait.margin, self.stance.ground + self.stance.sole
        made = max(int(np.floor((phase - number + 1 + margin) / 2 + 1e-9)), 0)  # Swings that are over.
        leaves, lands = max(number + 2 * made + margin, FIRST), number + 2 * made + 1 - margin
        share = (phase - leaves) / (lands - leaves)
        toe = TOE if made else drawn.toe * [out, 1, 1]
        start = self._landed(side, made)
        if share <= 0:
            aim = np.array(toe) * [out, 1, 1]
            if not made:
                return self._leaving(start, aim, drawn, float(smoothstep(1 - (leaves - phase) / min(leaves, ROLL))))
            return self._planted(start, aim, 1 + (phase - leaves) / (1 + 2 * margin))
        ease = float(smoothstep(share))
        way = start + (self._landed(side, made + 1) - start) * ease
        pitch = self._vigour * _between(self.gait.swings, share)
        up = self.gait.clear * self.stance.leg * self._vigour * float(np.sin(np.pi * share))
        way[1] = start[1] + (level - start[1]) * ease + up + self._heel(pitch)
        aim = unit(np.array(toe) * [out, 0, 1]) * (1 - ease) + unit(np.array(TOE) * [out, 0, 1]) * ease
        return Foot(way, pitched(aim, pitch), 0.5 * min(pitch, 0))

    def _leaving(self, at: Vectors, toe: Vectors, drawn: Foot, share: float) -> Foot:
        """The drawn foot, which rolls from how it is drawn to its first swing."""
        begun = float(np.degrees(np.arcsin(np.clip(drawn.toe[1], -1, 1))))
        pitch = begun + (self._vigour * self.gait.stands[-1][1] - begun) * share
        return Foot(at, pitched(toe, pitch), drawn.bend + (pitch - drawn.bend) * share)

    def _planted(self, at: Vectors, toe: Vectors, lasted: float) -> Foot:
        """A foot that stands, ``lasted`` being the share of its time."""
        pitch = self._vigour * _between(self.gait.stands, lasted)
        return Foot(at + np.array([0, self._heel(pitch), 0]), pitched(toe, pitch), min(pitch, 0))

    def _heel(self, pitch: float) -> float:
        """How much higher the ball is while the heel alone stands."""
        return float(np.sin(np.radians(max(pitch, 0)))) * 0.2 * self.stance.leg / 0.8

    def _landed(self, side: Side, made: int) -> Vectors:
        """Where the ball stands after so many swings."""
        drawn = self.stance.feet[side].ball
        if not made:
            return drawn.copy()
        number = (0 if side == self.first else 1) + 2 * (made - 1)
        at = (self.gone(number + 1.5) if number + 1.5 < self.last else self.gone(self.last + 1)) * self.aim
        return np.asarray(at + np.array([SIGN[side] * APART, self.stance.ground + self.stance.sole, self._ball_ahead]))

    @cached_property
    def _ball_ahead(self) -> float:
        """How far the ball is before the hip over a foot that stands."""
        joints = self.stance.joints
        hip, ball, ankle = (
            np.mean([joints[f"{bone}.{side}"] for side in "LR"], axis=0) for bone in ("upperleg01", "toe2-1", "foot")
        )
        return float(hip[2]) + 0.8 * float(np.linalg.norm((ball - ankle)[[0, 2]]))

    def _risen(self, feet: Mapping[Side, Foot], phase: float) -> float:
        """Metres by which hips over nearly straight legs are higher than drawn."""
        heights = []
        for side, foot in feet.items():
            joints = self.stance.joints
            hip, ankle, ball = (joints[f"{name}.{LETTER[side]}"] for name in ("upperleg01", "foot", "toe2-1"))
            length = float(np.linalg.norm((ball - ankle)[[0, 2]]))
            level = unit(foot.toe * [1, 0, 1])
            pitch = float(np.arcsin(np.clip(foot.toe[1], -1, 1)))
            over = self.stance.ankle - self.stance.sole
            up, back = over * np.cos(pitch) - length * np.sin(pitch), length * np.cos(pitch) + over * np.sin(pitch)
            at = foot.ball - level * back + [0, up, 0]
            away = (at - self.gone(phase) * self.aim - hip)[[0, 2]]
            reach = (self.gait.straight * self.stance.leg) ** 2 - float(away @ away)
            heights.append(float(at[1]) + np.sqrt(max(reach, 0.2 * self.stance.leg**2)) - float(hip[1]))
        low, high = min(heights), max(heights)
        return float(low - 0.01 * np.exp(-(high - low) / 0.02))

    def _above(self, pose: Pose, phase: float, grown: float) -> Pose:
        """Trunk and arms."""
        gait, size = self.gait, self._vigour
        beat = float(np.cos(np.pi * phase)) * (1 if self.first == "left" else -1) * size * grown
        swing = beat * gait.swing
        return replace(
            pose,
            left=self._arm(pose.left, swing, grown),
            right=self._arm(pose.right, -swing, grown),
            hips=added(pose.hips, (gait.lean * grown * 0.5, gait.counter * beat, 0)),
            chest=added(pose.chest, (gait.lean * grown * 0.5, -1.9 * gait.counter * beat, 0)),
            head=added(pose.head, (-0.6 * gait.lean * grown, 0.9 * gait.counter * beat, 0)),
        )

    def _arm(self, arm: Arm, swing: float, grown: float) -> Arm:
        """An arm that swings; one that holds something stays nearly as it is drawn."""
        if arm.holds:
            return arm
        ahead, least, more = np.radians(swing), *self.gait.elbow
        bend = ahead + np.radians(least + more * max(swing / self.gait.swing, 0))
        goal = Arm(
            upper=rounded(np.array([0.17 - 0.1 * np.sin(ahead), -np.cos(ahead), np.sin(ahead)])),
            fore=rounded(np.array([0.04 - 0.35 * max(np.sin(ahead), 0), -np.cos(bend), np.sin(bend)])),
            grip=arm.grip,
        )
        return arm_between(arm, goal, grown)


def _between(rows: tuple[tuple[float, float], ...], share: float) -> float:
    return float(np.interp(share, [at for at, _ in rows], [value for _, value in rows]))


def turning(stance: Stance, pose: Pose, share: float, way: float) -> tuple[Pose, float]:
    """``pose`` turned by a ``share`` of a quarter turn to its left (``way`` 1) or right, one foot after the other; and
    the degrees of the whole figure."""
    yaw = way * QUARTER * float(smoothstep(share))
    leads: tuple[Side, Side] = ("left", "right") if way > 0 else ("right", "left")
    feet = {}
    for number, side in enumerate(leads):
        drawn, swing = stance.feet[side], float(np.clip((share - 0.08 - 0.42 * number) / 0.42, 0, 1))
        spin = turn([0, 1, 0], way * QUARTER * float(smoothstep(swing)))
        feet[side] = Foot(spin @ drawn.ball + [0, 0.05 * np.sin(np.pi * swing), 0], spin @ drawn.toe, drawn.bend)
    ahead = way * 14 * float(np.sin(np.pi * share))
    pose = replace(pose, chest=added(pose.chest, (0, ahead, 0)), head=added(pose.head, (0, -0.62 * yaw - ahead, 0)))
    return stance.stepped(pose, np.zeros(3), yaw, feet), yaw
