"""Hats as sheets around the head, drawn or a photo's (``data/hats.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import ConfigDict

from personavlog_embedded import data
from personavlog_embedded.figure.geometry import turn
from personavlog_embedded.figure.hair import COLUMNS, grid
from personavlog_embedded.figure.head import CENTRE, CHIN, RADII, HeadSheet, on_shape
from personavlog_embedded.figure.label import ARM_T, LEG_T, Shell, Y
from personavlog_embedded.figure.mesh import Floats
from personavlog_embedded.figure.shape import Bare


@dataclass(frozen=True)
class HatCut:
    """Metres on the base shape's head.

    ``rings`` from the top to the brim's edge: height, how far out of a dome over the skull, and how much further over
    the face; ``tilt`` degrees back, ``rim`` the height below which hair is free. A hood is ``open`` before the face:
    degrees to each side, lowest and highest.
    """

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    name: str
    rings: tuple[tuple[float, float, float], ...]
    rim: float
    tilt: float = 0.0
    open: tuple[float, float, float] = (0.0, 0.0, 1.0)


@lru_cache(maxsize=1)
def hats() -> Mapping[str, HatCut]:
    """By name."""
    return data.read_rows(HatCut, "hats", by="name")


def hat(body: Bare, name: str, size: float) -> HeadSheet:
    """A hat on a shape whose head is ``size`` times its own, measured from the chin."""
    cut = hats()[name]
    around, rings = np.linspace(-np.pi, np.pi, COLUMNS + 1), np.array(cut.rings)
    wide = np.sqrt(1 - np.clip((rings[:, 0] - CENTRE[1]) / max(rings[0, 0] - CENTRE[1], 0.05), 0, 1) ** 2)
    front = np.clip(np.cos(around), 0, 1)[:, None] ** 0.6
    out = rings[:, 1] + rings[:, 2] * front
    x, z = (np.sin(around)[:, None] * (RADII[0] * wide + out), np.cos(around)[:, None] * (RADII[2] * wide + out))
    points = np.stack([x, np.broadcast_to(rings[:, 0] - CENTRE[1], x.shape), z], -1).reshape(-1, 3)
    points = points @ turn([1, 0, 0], -cut.tilt).T + CENTRE
    fields = np.zeros((len(points), 8), np.float32)
    fields[:, :3] = points
    fields[:, ARM_T], fields[:, LEG_T] = (
        np.repeat(around, len(rings)),
        np.tile(np.linspace(0, 1, len(rings)), len(around)),
    )
    quads = grid(len(around), len(rings))
    placed, chin = on_shape(body, points), on_shape(body, CHIN[None])
    return HeadSheet(
        np.asarray(chin + size * (placed - chin), np.float32),
        quads,
        Shell.HAT,
        fields,
        np.zeros(len(points), np.float32),
    )


def opened(name: str, at: Floats) -> NDArray[np.bool_]:
    """Whether points (n, 8) of a hat lie in its opening."""
    side, low, high = hats()[name].open
    tall = (at[:, Y] - (low + high) / 2) / ((high - low) / 2)
    return np.asarray(np.abs(np.degrees(at[:, ARM_T])) < side * np.sqrt(np.clip(1 - tall**2, 0, 1)))
