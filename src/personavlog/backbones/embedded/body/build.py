"""The measures of a body, in head heights (top of the hair to the chin)."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Build:
    """Lengths between joints and half widths. ``shoulder`` and ``hip`` are the joints' distance from the middle, ``slope`` how much the shoulder joints
    lie below the base of the neck; ``thick`` multiplies every limb's half width. ``neck`` is the neck's half width, ``throat`` its length below the chin.
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


ADULT = Build(0.60, 0.27, 0.23, 0.23, 0.12, 1.62, 0.88, 0.76, 0.54, 1.2, 1.16, 0.15, 1.0)
"""About six heads tall, as drawn people are: the face stays readable."""
CHILD = Build(0.46, 0.22, 0.19, 0.2, 0.12, 1.24, 0.64, 0.57, 0.42, 0.82, 0.8, 0.13, 0.84)


def build(child: bool, neck: float, shoulder: float | None) -> Build:
    """The measures for a person whose photo shows a neck this wide and, where it shows shoulders, how far they reach (both halves, in heads)."""
    base = CHILD if child else ADULT
    wide = base.shoulder if shoulder is None else min(max(shoulder - 0.16 * base.thick, 0.9 * base.shoulder), 1.3 * base.shoulder)
    return replace(base, neck=min(max(neck, 0.17), 0.28), shoulder=wide)
