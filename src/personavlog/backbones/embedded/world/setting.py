"""What a place is painted for: the sheet's size, where the horizon lies, the light and the seed; and what it hands back."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np

from personavlog.backbones.embedded.stage import Kind
from personavlog.backbones.embedded.world.light import Light
from personavlog.backbones.embedded.world.noise import Rng
from personavlog.backbones.embedded.world.surface import Surface


@dataclass(frozen=True)
class Setting:
    """A sheet of ``height`` x ``width`` px; ``horizon`` in px from the top; ``unit`` is the px that a screen-filling thing measures.

    The same place has other clouds at another ``hour``.
    """

    height: int
    width: int
    horizon: float
    unit: float
    light: Light
    seed: int
    hour: int = 0

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


def composite(setting: Setting, layers: list[Painted]) -> Surface:
    """The layers over each other."""
    flat = setting.sheet()
    for layer in layers:
        flat.over(layer.surface)
    return flat
