"""Folds of cloth as tapering strokes (``data/folds.toml``) on maps of the bare mesh, so that they go with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Literal

import cv2
import numpy as np
from numpy.typing import NDArray
from pydantic import ConfigDict

from personavlog_embedded import data
from personavlog_embedded.figure.geometry import Vectors, unit
from personavlog_embedded.figure.label import ARM_T, LEG_T, ON_ARM, SQUEEZE, X, Y, Z
from personavlog_embedded.figure.limbs import ARM, LEG, charts
from personavlog_embedded.figure.mesh import Floats
from personavlog_embedded.figure.noise import on_tile

PX = 256
"""Of a map along either of its sides."""
WIDE = {"arm": (0.0, 2.3, 0.0, 1.0), "leg": (-0.4, 2.3, 0.0, 1.0), "trunk": (0.0, 0.6, -0.3, 0.3)}
"""What a map shows: ``at`` from and to, ``around`` from and to."""
BENDS = 20
"""Points of a stroke."""


@dataclass(frozen=True)
class Fold:
    """A stroke, as ``data/folds.toml`` explains."""

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    name: str
    map: Literal["arm", "leg", "trunk"]
    at: float
    around: float
    long: float
    slant: float
    wide: float
    deep: float
    bent: bool


def folds(fields: Floats) -> Floats:
    """(n,) 0 to 1: how deep in a fold points of cloth lie that are known by ``fields`` (n, 8)."""
    bent = np.clip((0.97 - fields[:, SQUEEZE]) * 5, 0, 1)
    arm = np.clip((fields[:, ON_ARM] - 0.5) * 4, 0, 1)
    below = np.clip(1 - 3 * fields[:, ON_ARM], 0, 1)
    leg = np.clip(fields[:, LEG_T] * 8 + 0.6, 0, 1) * below
    out = np.zeros(len(fields), np.float32)
    for name, share, lay in (("arm", arm, _on_arm), ("leg", leg, _on_leg), ("trunk", below - leg, _on_trunk)):
        here = np.flatnonzero(share > 0.02)
        if len(here):
            x, y = lay(fields[here])
            always, squeezed = (on_tile(plane, x, y) for plane in _maps()[name])
            out[here] += share[here] * np.maximum(always, squeezed * bent[here])
    return out


def _on_arm(fields: Floats) -> tuple[Floats, Floats]:
    at, c = fields[:, ARM_T], charts().at
    joints = np.array([c[f"{bone}.L"] for bone in ARM])
    upper, fore = joints[1] - joints[0], joints[2] - joints[1]
    front = [_square(fore, upper), _square(-upper, fore)]
    out = [np.cross(front[0], unit(upper)), np.cross(front[1], unit(fore))]
    from_axis = _from_axis(fields, at, joints)
    share = np.clip((at - 0.8) / 0.4, 0, 1)
    across, forwards = ((1 - share) * (from_axis @ way[0]) + share * (from_axis @ way[1]) for way in (out, front))
    return _placed("arm", at, np.arctan2(forwards, across) / (2 * np.pi) % 1)


def _on_leg(fields: Floats) -> tuple[Floats, Floats]:
    at = fields[:, LEG_T]
    from_axis = _from_axis(fields, at, np.array([charts().at[f"{bone}.L"] for bone in LEG]))
    return _placed("leg", at, np.arctan2(from_axis[:, 2], from_axis[:, 0]) / (2 * np.pi) % 1)


def _on_trunk(fields: Floats) -> tuple[Floats, Floats]:
    return _placed("trunk", fields[:, Y], fields[:, X])


def _from_axis(fields: Floats, at: Floats, joints: Vectors) -> Floats:
    """(n, 3): from the limb's axis to each point, as of a left limb."""
    own = np.stack([np.abs(fields[:, X]), fields[:, Y], fields[:, Z]], 1)
    axis = np.stack([np.interp(at, [0, 1, 2], joints[:, k]) for k in range(3)], 1)
    return np.asarray(own - axis, np.float32)


def _square(way: Vectors, to: Vectors) -> Vectors:
    """What of ``way`` is at right angles to ``to``, of length 1."""
    along = unit(to)
    return unit(way - (way @ along) * along)


def _placed(name: str, at: NDArray[np.floating], around: NDArray[np.floating]) -> tuple[Floats, Floats]:
    """Px on a map, across and down."""
    low, high, left, right = WIDE[name]
    x, y = (around - left) / (right - left) * PX, (np.clip(at, low, high) - low) / (high - low) * (PX - 1)
    return np.asarray(x, np.float32), np.asarray(y, np.float32)


@lru_cache(maxsize=1)
def _maps() -> dict[str, tuple[Floats, Floats]]:
    """By name: the strokes that are always there, and those of squeezed cloth."""
    drawn = {name: (np.zeros((PX, PX), np.float32), np.zeros((PX, PX), np.float32)) for name in WIDE}
    for fold in data.read_rows(Fold, "folds", by="name").values():
        plane = drawn[fold.map][int(fold.bent)]
        np.maximum(plane, fold.deep * _stroke(fold), out=plane)
    return drawn


def _stroke(fold: Fold) -> Floats:
    """A stroke bowed a little, broad in its first half and thin at its end; it goes on over the map's left and right
    sides."""
    t = np.linspace(0, 1, BENDS)
    bow = fold.at + fold.slant * (t - 0.5) + 0.5 * fold.wide * np.sin(np.pi * t)
    x, y = _placed(fold.map, bow, fold.around + fold.long * (t - 0.5))
    high = PX / (WIDE[fold.map][1] - WIDE[fold.map][0])
    half = fold.wide / 2 * high * np.sin(np.pi * t**0.7)
    outline = np.concatenate([np.stack([x, y - half], 1), np.stack([x, y + half], 1)[::-1]])
    plane = np.zeros((PX, PX), np.float32)
    for turn in (-PX, 0, PX):
        cv2.fillPoly(plane, [np.round((outline + np.array([turn, 0])) * 16).astype(np.int32)], 1.0, cv2.LINE_AA, 4)
    return np.asarray(cv2.GaussianBlur(plane, (0, 0), 1.2, borderType=cv2.BORDER_REPLICATE), np.float32)
