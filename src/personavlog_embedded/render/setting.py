"""What a place is painted for: the sheet's size, where the horizon lies, the light and the seed; and what it hands
back."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from personavlog_embedded.render.canvas import Surface
from personavlog_embedded.render.light import Light
from personavlog_embedded.render.noise import Field, Rng, line
from personavlog_embedded.scene.stage import Kind

YAWS = (0.0, 0.72, -0.68, 2.85)
"""How far the viewer has turned to the right for each angle, radians: ahead, from the left, from the right, back."""


@dataclass(frozen=True)
class Setting:
    """A sheet of ``height`` x ``width`` px; ``horizon`` in px from the top; ``unit`` is the px that a screen-filling
    thing measures.

    ``motifs`` are what the board asks of the place beyond its kind (``motif.of``).
    The same place has other clouds at another ``hour`` and is seen from another spot at another ``angle``.
    """

    height: int
    width: int
    horizon: float
    unit: float
    light: Light
    seed: int
    hour: int = 0
    angle: int = 0
    motifs: frozenset[str] = frozenset()

    @property
    def yaw(self) -> float:
        """Radians that the viewer has turned to the right since the first view."""
        return YAWS[self.angle]

    @property
    def reach(self) -> float:
        """Px that one radian measures far away."""
        return min(self.unit * 1.15, self.width * 0.56)

    @property
    def vanish(self) -> float:
        """Px from the left where a street runs out of sight: walking to its sides moves it, looking back does not."""
        return self.width * (0.5, 0.36, 0.65, 0.5)[self.angle]

    def beside(self, share: float) -> float:
        """Px from the left for a share of the width of a street whose end the first angle has in the middle."""
        return self.x(share) + self.vanish - self.width / 2

    def column(self, bearing: float) -> float:
        """Px from the left of something far away that lies ``bearing`` radians to the right of the first view."""
        return self.width / 2 + self.reach * ((bearing - self.yaw + np.pi) % (2 * np.pi) - np.pi)

    def panorama(self, rng: Rng, cell: float, octaves: int = 5, gain: float = 0.5) -> Field:
        """One-dimensional noise 0..1, (width,): the part of one skyline all around that this angle sees."""
        whole = line(rng, self.width + round(4.0 * self.reach), cell, octaves, gain)
        start = round((self.yaw - min(YAWS)) * self.reach)
        return whole[start : start + self.width]

    def turned(self) -> Setting:
        """This angle with the light as its viewer has it; for places under the sky."""
        return replace(self, light=self.light.turned(self.yaw))

    def rng(self, tag: str) -> Rng:
        """A generator of its own for every part, so that one part's strokes never move another's."""
        return np.random.default_rng([self.seed, zlib.crc32(tag.encode())])

    def sheet(self) -> Surface:
        """An empty surface of the setting's size."""
        return Surface(self.height, self.width)

    def x(self, share: float) -> float:
        """Px from the left for a share of the width."""
        return share * self.width

    def y(self, share: float) -> float:
        """Px from the top for a share of the height."""
        return share * self.height

    def below(self, share: float) -> float:
        """Px from the top for a share of the ground: 0 at the horizon, 1 at the lower edge."""
        return self.horizon + share * (self.height - self.horizon)


@dataclass(frozen=True)
class Painted:
    """One layer of a place, setting-sized."""

    name: str
    kind: Kind
    depth: float
    surface: Surface


def composite(setting: Setting, layers: Sequence[Painted]) -> Surface:
    """The layers over each other."""
    flat = setting.sheet()
    for layer in layers:
        flat.over(layer.surface)
    return flat
