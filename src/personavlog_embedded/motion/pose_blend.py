"""Poses between poses: directions go the short way round, angles in proportion."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from personavlog_embedded.figure.geometry import Vectors, unit
from personavlog_embedded.figure.pose import Angles, Arm, Direction, Leg

ROUNDED = 3
"""Decimals of a performed pose: what differs by less is the same drawing."""


def between(a: Direction, b: Direction, share: float) -> Direction:
    """The unit direction that far on the way from ``a`` to ``b``."""
    one, two = unit(a), unit(b)
    angle = float(np.arccos(np.clip(one @ two, -0.999, 1)))
    if angle < 1e-4:
        return rounded(two)
    return rounded(unit((np.sin((1 - share) * angle) * one + np.sin(share * angle) * two) / np.sin(angle)))


def rounded(way: Direction | Vectors, decimals: int = ROUNDED) -> Direction:
    """As plain numbers."""
    x, y, z = (round(float(part), decimals) + 0.0 for part in way)
    return x, y, z


def arm_between(a: Arm, b: Arm, share: float) -> Arm:
    """The arm that far on the way; what the hand closes around it keeps."""
    hand = between(a.hand or a.fore, b.hand or b.fore, share) if a.hand or b.hand else None
    return replace(
        a if a.holds or share < 0.5 else b,
        upper=between(a.upper, b.upper, share),
        fore=between(a.fore, b.fore, share),
        palm=between(a.palm, b.palm, share),
        hand=hand,
        holds=a.holds,
    )


def leg_between(a: Leg, b: Leg, share: float) -> Leg:
    """The leg that far on the way."""
    ways = {name: between(getattr(a, name), getattr(b, name), share) for name in ("thigh", "shin", "toe")}
    return Leg(**ways, ball=round(a.ball + (b.ball - a.ball) * share, 1))


def lifted(way: Direction, ahead: float, aside: float) -> Direction:
    """The direction swung ``ahead`` degrees forwards and up, then ``aside`` degrees outwards and up."""
    out, up, forth = way
    c, s = np.cos(np.radians(ahead)), np.sin(np.radians(ahead))
    up, forth = c * up + s * forth, c * forth - s * up
    c, s = np.cos(np.radians(aside)), np.sin(np.radians(aside))
    return rounded(np.array([c * out - s * up, c * up + s * out, forth]))


def added(a: Angles, b: Angles, share: float = 1.0) -> Angles:
    """``a`` and a share of ``b``, to a tenth of a degree."""
    x, y, z = (round(float(one + two * share), 1) + 0.0 for one, two in zip(a, b, strict=True))
    return x, y, z
