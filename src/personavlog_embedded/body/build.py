"""The measures of a body, in head heights (top of the hair to the chin)."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Build:
    """Lengths between joints and half widths. ``shoulder`` and ``hip`` are the joints' distance from the middle,
    ``slope`` how much the shoulder joints lie below the base of the neck; ``thick`` multiplies every limb's half width.
    ``neck`` is the neck's half width, ``throat`` its length below the chin.
    """

    shoulder: float
    slope: float
    hip: float
    neck: float
    throat: float
    torso: float
    upper_arm: float
    forearm: float
    hand: float
    thigh: float
    shin: float
    foot: float
    thick: float

    @property
    def standing(self) -> float:
        """Height of the whole body, standing upright."""
        return 1 + self.throat + self.torso + self.thigh + self.shin + self.foot


ADULT = Build(0.68, 0.29, 0.27, 0.235, 0.17, 1.98, 1.12, 0.95, 0.62, 1.62, 1.58, 0.18, 1.16)
"""Six and a half heads tall, hair included: seven and a half of the bare head that anatomists count."""
CHILD = Build(0.51, 0.23, 0.21, 0.2, 0.13, 1.6, 0.86, 0.73, 0.48, 1.28, 1.24, 0.15, 0.94)
"""Five and a half, hair included."""


SHORT = 0.12
"""Length of the throat of who wears the photo's own clothes, whose collar is where the photo has it."""


def build(child: bool, neck: float, shoulder: float | None, deep: bool = False) -> Build:
    """The measures for a person whose photo shows a neck this wide and, where it shows shoulders, how far they reach
    (both halves, in heads)."""
    base = CHILD if child else ADULT
    wide = (
        base.shoulder
        if shoulder is None
        else min(max(shoulder - 0.16 * base.thick, 0.9 * base.shoulder), 1.3 * base.shoulder)
    )
    throat = min(base.throat, SHORT) if deep else base.throat
    return replace(base, throat=throat, neck=min(max(neck, 0.17), 0.28), shoulder=wide)
