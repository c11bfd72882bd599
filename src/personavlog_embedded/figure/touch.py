"""Hands on what they touch: points of the own body by name (``data/touch_points.toml``), and any point in reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike
from pydantic import ConfigDict

from personavlog_embedded import data
from personavlog_embedded.figure.geometry import Vectors, cross, unit
from personavlog_embedded.figure.mesh import mesh
from personavlog_embedded.figure.pose import (
    LETTER,
    OTHER,
    SIGN,
    Arm,
    Direction,
    Pose,
    Side,
    arms,
    direction,
    with_arm,
)
from personavlog_embedded.figure.reach import reach
from personavlog_embedded.figure.shape import Bare
from personavlog_embedded.figure.skeleton import FLIP, Bones, hand_axes, of_side, skeleton, skin_points

ROUNDS = 12
"""The shoulder follows the arm, and the hand the forearm: the arm is aimed anew until it is there."""
SHARE = 0.75
"""How much of what an arm misses is amended at a time."""
NEAR_ENOUGH = 0.004
DEPTH = 0.225
"""From the bones of the palm to its skin, in lengths of the palm: 0.22 to 0.23 in seven measured builds."""
HELD, MIDDLE = 0.95, 0.7
"""Where a rod lies in the hand, and where the palm is flat: from the wrist (0) to the knuckles (1)."""
OUT = 0.6
"""How much further out a thick thing lies, in its radii."""
USUAL = 1.7
"""The height (m) that ``away`` is given for."""


@dataclass(frozen=True)
class TouchPoint:
    """``at`` is where it lies on the base mesh (m, on the figure's left); ``other`` that the hand of the other side
    touches it; ``over`` m that cloth lies on it."""

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    name: str
    at: Direction
    other: bool = False
    over: float = 0.0

    def on(self, side: Side) -> int:
        """The point of the mesh for a hand of this side."""
        skin = skin_points()
        at = np.array(self.at) * FLIP[OTHER[side] if self.other else side]
        return int(skin[np.linalg.norm(mesh().points[skin] - at, axis=1).argmin()])


@lru_cache(maxsize=1)
def touch_points() -> Mapping[str, TouchPoint]:
    """By name."""
    return data.read_rows(TouchPoint, "touch_points", by="name")


def touching(body: Bare, pose: Pose) -> Pose:
    """The pose with every hand that has a ``to`` on its point of this body; a hand on the other arm goes there last."""
    laid = [side for side, arm in arms(pose).items() if arm.to]
    laid.sort(key=lambda side: (touch_points()[arms(pose)[side].to].other, arms(pose)[side].to, arms(pose)[side].away))
    for side in laid * (2 if all(touch_points()[arms(pose)[side].to].other for side in laid) else 1):
        pose = reached(body, pose, side, aim(body, skeleton(body, pose), side, arms(pose)[side]))
    return pose


def aim(body: Bare, bones: Bones, side: Side, arm: Arm) -> Vectors:
    """Where the hand of an arm with a ``to`` goes, in the figure's axes."""
    spot, outwards = surface(body, bones, touch_points()[arm.to].on(side))
    away = np.array(arm.away) * FLIP[side] * body.tall / USUAL
    return np.asarray(spot + outwards * touch_points()[arm.to].over + away)


def surface(body: Bare, bones: Bones, point: int) -> tuple[Vectors, Vectors]:
    """Where a point of the mesh is, and where its skin looks."""
    ring = np.array([point, *_ring(point)], np.int32)
    at = np.asarray(bones.carried(body.points[ring], ring), np.float64)
    around = at[1:] - at[0]
    return at[0], unit(np.cross(around, np.roll(around, -1, axis=0)).sum(0))


def reached(body: Bare, pose: Pose, side: Side, target: ArrayLike, bow: ArrayLike | None = None) -> Pose:
    """The pose with the palm (or the tip) of one hand at ``target`` (3,) in the figure's axes, or stretched towards it.
    The elbow goes towards ``bow`` (out, up, forwards), by default where the upper arm points."""
    flip, goal = FLIP[side], np.array(target, np.float64)
    bent = unit(np.array(arms(pose)[side].upper if bow is None else bow) * flip)
    aimed, tried = np.zeros(3), list[tuple[float, Pose]]()
    for step in range(ROUNDS):
        bones = skeleton(body, pose)
        contact = touches(bones, side, arms(pose)[side])
        miss = goal - contact
        tried.append((float(np.linalg.norm(miss)), pose))
        if tried[-1][0] < NEAR_ENOUGH:
            break
        shoulder, elbow, wrist = (
            bones.joints[f"{bone}.{LETTER[side]}"] for bone in ("upperarm01", "lowerarm01", "wrist")
        )
        end = wrist if arms(pose)[side].hand else contact
        lengths = (float(np.linalg.norm(elbow - shoulder)), float(np.linalg.norm(end - elbow)))
        aimed = aimed + SHARE * miss if step else end + miss
        upper, fore = reach(aimed - shoulder, *lengths, bent)
        pose = with_arm(
            pose, side, replace(arms(pose)[side], upper=direction(upper * flip), fore=direction(fore * flip))
        )
    return min(tried, key=lambda one: one[0])[1]


def touches(bones: Bones, side: Side, arm: Arm) -> Vectors:
    """Where the part of the hand is that touches."""
    letter = LETTER[side]
    if arm.by == "palm":
        crease, _, palm = _hold_point(bones.joints, side)
        wrist = bones.joints[f"wrist.{letter}"]
        return np.asarray(crease + (1 - MIDDLE / HELD) * (wrist + palm * ((crease - wrist) @ palm) - crease))
    last, before = (bones.joints[f"finger3-{k}.{letter}"] for k in (3, 2))
    return np.asarray(last + 1.1 * (last - before))


def held(joints: Mapping[str, Vectors], side: Side, radius: float) -> tuple[Vectors, Vectors]:
    """The middle and the way of a round thing of this radius (m) in a hand, (3,) each; a thick one lies further out in
    the fingers."""
    crease, axis, palm = _hold_point(joints, side)
    return crease + palm * radius + cross(palm, axis) * SIGN[side] * OUT * radius, axis


def _hold_point(joints: Mapping[str, Vectors], side: Side) -> tuple[Vectors, Vectors, Vectors]:
    """Where the skin of the palm meets what the hand holds, the way of a rod that lies across it (from the little
    finger to the index finger), and where the palm looks: (3,) each, in the joints' axes."""
    at = of_side(joints, side)
    _, palm = hand_axes(at, SIGN[side])
    knuckles = [at[f"finger{finger}-1"] for finger in (2, 3, 4, 5)]
    span = np.mean(knuckles, axis=0) - at["wrist"]
    across = knuckles[0] - knuckles[-1]
    crease = at["wrist"] + HELD * span + palm * DEPTH * np.linalg.norm(span)
    return crease, unit(across - palm * (across @ palm)), palm


@lru_cache(maxsize=256)
def _ring(point: int) -> tuple[int, ...]:
    """Its neighbours on the mesh, in turn, seen from outside."""
    quads = mesh().quads[mesh().of("body", "tights")]
    corner = {}
    for quad in quads[(quads == point).any(1)]:
        k = int(np.flatnonzero(quad == point)[0])
        corner[int(quad[(k + 1) % 4])] = int(quad[(k + 3) % 4])
    ring = [next((start for start in corner if start not in corner.values()), next(iter(corner)))]
    while len(ring) < len(corner) and ring[-1] in corner:
        ring.append(corner[ring[-1]])
    return tuple(ring)
