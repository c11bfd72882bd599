"""A hand of the person in a keyframe, as things that are held need to know it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Hand = Literal["left hand", "right hand"]


@dataclass(frozen=True)
class Grip:
    """A palm at ``x``, ``y`` in canvas px; ``size`` is the hand's length in px, ``angle`` the forearm's direction in
    degrees (0 right, 90 down).

    ``hand`` names the figure's own hand that carries what is held. ``holds`` tells whether the pose closes this hand
    around something; ``before`` whether the hand is drawn before the body.
    """

    x: float
    y: float
    size: float
    angle: float
    holds: bool
    before: bool = True
    hand: Hand = "left hand"
