"""Two figures that touch: arms around each other, hands that meet, for any two builds (``data/touches.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ClassVar, Literal

import numpy as np
from pydantic import ConfigDict

from personavlog_embedded import data
from personavlog_embedded.figure.geometry import Vectors, unit
from personavlog_embedded.figure.mesh import mesh
from personavlog_embedded.figure.pose import LETTER, OTHER, Direction, Pose, Side, arms, with_arm
from personavlog_embedded.figure.rig import posed, settled
from personavlog_embedded.figure.shape import Shape, bare
from personavlog_embedded.figure.shot import Performer
from personavlog_embedded.figure.skeleton import FLIP, skeleton, skin_points
from personavlog_embedded.figure.touch import reached, surface, touch_points, touches

TOUCHING = 0.012
"""How near (m) a hand must come to count as there."""
HANGING = 0.47
"""How high a hand hangs, in heights: who is taller reaches no lower without bending."""


@dataclass(frozen=True)
class Hand:
    """``hand`` of ``who`` goes on the first point of ``on`` that it reaches: a touch point of the other one's near
    side, or of the far one where it begins so. ``bow`` is where the elbow goes."""

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    who: Literal["first", "second", "both"]
    hand: Literal["inner", "outer"]
    on: tuple[str, ...]
    bow: Direction = (1, -1, 0)


@dataclass(frozen=True)
class Touch:
    """``gap`` is the room (m) that is left between the two trunks (None: they stay where they stand), ``hands`` who
    touches whom, ``meet`` where between them their inner hands meet: up and forwards, in heights of the smaller one."""

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    name: str
    gap: float | None = None
    hands: tuple[Hand, ...] = ()
    meet: tuple[float, float] | None = None


@lru_cache(maxsize=1)
def touch_kinds() -> Mapping[str, Touch]:
    """By name."""
    return data.read_rows(Touch, "touches", by="name")


def together(kind: str, first: Performer, second: Performer) -> tuple[Performer, Performer]:
    """Both performers as they touch; the second comes nearer or goes further away along the line between them where the
    touch says how near they are."""
    touch = touch_kinds()[kind]
    first, second = (replace(who, pose=settled(bare(who.shape), who.pose)) for who in (first, second))
    if touch.gap is not None:
        second = _beside(first, second, touch.gap)
    if touch.meet:
        return _met(first, second, touch.meet)
    both = {"first": first, "second": second}
    for hand in touch.hands:
        for name in ("first", "second") if hand.who == "both" else (hand.who,):
            both[name] = _laid(both[name], both["second" if name == "first" else "first"], hand)
    return both["first"], both["second"]


def near_side(who: Performer, other: Performer) -> Side:
    """Which side of ``who`` the other one stands on."""
    return "left" if float(_into(who, np.array([other.x, 0, other.z]))[0]) > 0 else "right"


def world(who: Performer, points: Vectors) -> Vectors:
    """Points (n, 3) in the figure's axes, set where it stands."""
    return np.asarray(points @ who.turned.T + [who.x, who.lift - _low(who.shape, who.pose), who.z])


def _into(who: Performer, point: Vectors) -> Vectors:
    return np.asarray((point - [who.x, who.lift - _low(who.shape, who.pose), who.z]) @ who.turned)


@lru_cache(maxsize=64)
def _low(shape: Shape, pose: Pose) -> float:
    body = bare(shape)
    return float(posed(body, pose).carried(body.points[skin_points()], skin_points())[:, 1].min())


def _beside(first: Performer, second: Performer, gap: float) -> Performer:
    """The second so far along the line between them that there is this room (m) between their trunks."""
    line = unit([second.x - first.x, 0, second.z - first.z])
    trunks = [world(who, _trunk(who)) - [who.x, 0, who.z] for who in (first, second)]
    apart = float((trunks[0] @ line).max() - (trunks[1] @ line).min()) + gap
    return replace(second, x=first.x + float(line[0]) * apart, z=first.z + float(line[2]) * apart)


def _trunk(who: Performer) -> Vectors:
    body, own = bare(who.shape), mesh()
    which = skin_points()[own.hangs_on("spine", "pelvis", "root", "breast")[skin_points()] > 0.6]
    return np.asarray(posed(body, who.pose).carried(body.points[which], which), np.float64)


def _laid(who: Performer, other: Performer, hand: Hand) -> Performer:
    """The first point that is reached, else the one that is missed least."""
    near = near_side(who, other)
    side, theirs = near if hand.hand == "inner" else OTHER[near], near_side(other, who)
    tried = list[tuple[Performer, float]]()
    for name in hand.on:
        spot, outwards = _spot(other, name.removeprefix("far "), OTHER[theirs] if name.startswith("far ") else theirs)
        tried.append(_handed(who, side, spot, outwards, hand.bow))
        if tried[-1][1] < TOUCHING:
            break
    return min(tried, key=lambda one: one[1])[0]


def _spot(who: Performer, name: str, side: Side) -> tuple[Vectors, Vectors]:
    """A touch point of somebody in the world, over the cloth, and where its skin looks."""
    body, point = bare(who.shape), touch_points()[name]
    at, outwards = surface(body, posed(body, who.pose), point.on(side))
    return world(who, (at + outwards * point.over)[None])[0], who.turned @ outwards


def _handed(who: Performer, side: Side, spot: Vectors, outwards: Vectors, bow: Direction) -> tuple[Performer, float]:
    """Somebody with a palm on a point of the world, whose skin looks ``outwards``, and by how much (m) it is missed."""
    body = bare(who.shape)
    target, into = _into(who, spot), -outwards @ who.turned
    shoulder = posed(body, who.pose).joints[f"upperarm01.{LETTER[side]}"]
    along = target - shoulder
    flat, palm = unit(along - into * (along @ into)) * FLIP[side], into * FLIP[side]
    arm = replace(arms(who.pose)[side], palm=tuple(palm), hand=tuple(flat), grip="rest", to="")
    pose = reached(body, with_arm(who.pose, side, arm), side, target, bow)
    return replace(who, pose=pose), float(np.linalg.norm(touches(skeleton(body, pose), side, arm) - target))


def _met(first: Performer, second: Performer, meet: tuple[float, float]) -> tuple[Performer, Performer]:
    """Both with the palms of their inner hands on one point between them."""
    smaller, taller = sorted(bare(who.shape).tall for who in (first, second))
    high = max(meet[0] * smaller, (HANGING + 0.4 * meet[1]) * taller)
    middle = np.array([(first.x + second.x) / 2, high, (first.z + second.z) / 2 + meet[1] * smaller])
    line = unit([second.x - first.x, 0, second.z - first.z])
    return (
        _handed(first, near_side(first, second), middle, -line, (1, -1, -0.2))[0],
        _handed(second, near_side(second, first), middle, line, (1, -1, -0.2))[0],
    )
