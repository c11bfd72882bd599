"""How a figure is built: sex, years, weight and strength, as mixes of MakeHuman's shapes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from personavlog_embedded.figure.geometry import Vectors
from personavlog_embedded.figure.mesh import Floats, mesh

AGES = {"baby": 1.0, "child": 11.0, "young": 25.0, "old": 90.0}
"""Years that each of the shapes is of."""


@dataclass(frozen=True)
class Shape:
    """``male`` 0 to 1, ``years`` 1 to 90, ``weight`` and ``strength`` -1 to 1 with the usual at 0. Origin is never a
    part of it."""

    male: float = 0.5
    years: float = 25.0
    weight: float = 0.0
    strength: float = 0.0


@dataclass(frozen=True, eq=False)
class Bare:
    """A shaped body at rest: ``points`` (v, 3), ``heads`` and ``tails`` (b, 3) of the bones."""

    points: Floats
    heads: Floats
    tails: Floats

    @cached_property
    def joints(self) -> Mapping[str, Vectors]:
        """Where each bone begins at rest, metres."""
        return dict(zip(mesh().bones, np.asarray(self.heads, np.float64), strict=True))

    @property
    def tall(self) -> float:
        """Height in metres, barefoot, without hair."""
        body = self.points[mesh().skin]
        return float(np.ptp(body[:, 1]))


@lru_cache(maxsize=16)
def bare(shape: Shape) -> Bare:
    """The body of this shape."""
    own = mesh()
    points = own.points.copy()
    for name, amount in _mixed(shape):
        which, far = own.targets[name]
        points[which] += np.float32(amount) * far
    heads, tails = (np.array([points[pair[k]].mean(0) for pair in own.ends], np.float32) for k in (0, 1))
    return Bare(points, heads, tails)


def _mixed(shape: Shape) -> Iterator[tuple[str, float]]:
    """Targets and how much of each."""
    for sex, part in (("male", shape.male), ("female", 1 - shape.male)):
        for age, share in _aged(shape.years):
            if not part * share:
                continue
            yield f"{sex} {age}", part * share
            if age == "baby":
                continue
            for amount, low, high in ((shape.weight, "thin", "heavy"), (shape.strength, "weak", "strong")):
                if amount:
                    yield f"{sex} {age} {high if amount > 0 else low}", part * share * abs(amount)


def _aged(years: float) -> Iterator[tuple[str, float]]:
    """The two ages beside ``years``, and their shares."""
    names, at = list(AGES), list(AGES.values())
    years = min(max(years, at[0]), at[-1])
    upper = next(k for k in range(1, len(at)) if years <= at[k])
    share = (years - at[upper - 1]) / (at[upper] - at[upper - 1])
    yield names[upper - 1], 1 - share
    yield names[upper], share
