"""Hair as sheets of its own: combed down around the skull from the crown, and locks along lines
(``data/hair.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np
from pydantic import ConfigDict

from personavlog_embedded import data
from personavlog_embedded.figure.geometry import Vectors, turn, unit
from personavlog_embedded.figure.head import CENTRE, HeadSheet, on_shape, skull
from personavlog_embedded.figure.label import ARM_T, LEG_T, Shell
from personavlog_embedded.figure.mesh import Floats, Indices
from personavlog_embedded.figure.shape import Bare

COLUMNS, ROWS, ROUND = 96, 16, 12
UNDER_HAT = 0.005
"""Metres that hair stands off under a hat."""
Point4 = tuple[float, float, float, float]


@dataclass(frozen=True)
class Haircut:
    """Metres on the base shape's head.

    ``edge`` lists degrees from the face to the nape and the height at which hair ends there; it stands off ``top`` and
    ``side``, and more by ``lift`` over the forehead; ``curl`` and ``jag`` are lumps and points of the edge. It lies on
    the nape (``hug`` 1) or hangs (0), ends thin or ``blunt``. ``crown`` degrees to the figure's left and back.
    ``locks`` are lines of x, y, z and radius.
    """

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    name: str
    edge: tuple[tuple[float, float], ...] = ()
    top: float = 0.016
    side: float = 0.012
    lift: float = 0.0
    curl: float = 0.0
    jag: float = 0.0
    hug: float = 1.0
    blunt: float = 0.0
    crown: tuple[float, float] = (0.0, 20.0)
    locks: tuple[tuple[Point4, ...], ...] = ()


@lru_cache(maxsize=1)
def haircuts() -> Mapping[str, Haircut]:
    """By name."""
    return data.read_rows(Haircut, "hair", by="name")


def hair(body: Bare, name: str, rim: float | None) -> tuple[HeadSheet, ...]:
    """The sheets of a haircut on a shape; flat above ``rim`` (m on the base shape) where a hat is worn."""
    return tuple(
        HeadSheet(on_shape(body, points), quads, Shell.HAIR, fields, _loose(points))
        for points, quads, fields in _sheets(name, rim)
    )


@lru_cache(maxsize=32)
def _sheets(name: str, rim: float | None) -> tuple[tuple[Vectors, Indices, Floats], ...]:
    cut = haircuts()[name]
    combed = [_combed(cut, rim)] if cut.edge else []
    kept = [lock for lock in cut.locks if rim is None or max(y for _, y, _, _ in lock) < rim + 0.01]
    return tuple(combed + [_lock(np.array(lock)) for lock in kept])


def _combed(cut: Haircut, rim: float | None) -> tuple[Vectors, Indices, Floats]:
    """Columns of strands from the crown to the edge."""
    around = np.linspace(-np.pi, np.pi, COLUMNS + 1)
    path = _paths(cut, around)
    azimuth = np.degrees(np.abs(np.arctan2(path[..., 0], path[..., 2] - CENTRE[2])))
    ends = np.interp(azimuth, *np.array(cut.edge).T) + cut.jag * np.abs((around[:, None] * 11 / np.pi) % 2 - 1)
    inside = path[..., 1] > ends
    last = np.where(inside.all(1), path.shape[1] - 1, np.argmin(inside, 1))
    strands = np.stack([_resampled(path[k, : max(last[k], 2) + 1]) for k in range(len(around))])
    down = np.broadcast_to(np.linspace(0, 1, ROWS), strands.shape[:2])
    points = _stood_off(cut, strands, around, down, rim)
    fields = np.zeros((strands[..., 0].size, 8), np.float32)
    fields[:, :3] = strands.reshape(-1, 3)
    fields[:, ARM_T], fields[:, LEG_T] = np.repeat(around, ROWS), down.ravel()
    return points.reshape(-1, 3), grid(*strands.shape[:2]), fields


def _paths(cut: Haircut, around: Vectors) -> Vectors:
    """(columns, n, 3): on the skin of the skull down from the crown, then down as the hair hangs."""
    polar = np.radians(np.linspace(0.5, 128, 64))
    ways = np.stack(
        [
            np.outer(np.sin(around), np.sin(polar)),
            np.broadcast_to(np.cos(polar), (len(around), 64)),
            np.outer(np.cos(around), np.sin(polar)),
        ],
        -1,
    )
    tilt = turn([1, 0, 0], -cut.crown[1]) @ turn([0, 0, 1], -cut.crown[0])
    fade = np.clip(1 - polar / np.radians(110), 0, 1)[:, None]
    ways = unit(ways @ tilt.T * fade + ways * (1 - fade))
    path = CENTRE + ways * skull(ways)[..., None]
    flat = path[..., [0, 2]] - CENTRE[[0, 2]]
    far = np.linalg.norm(flat, axis=-1, keepdims=True)
    held = np.where(path[..., 1:2] < CENTRE[1] + 0.02, np.maximum.accumulate(far, 1), far)
    path[..., [0, 2]] = CENTRE[[0, 2]] + flat / np.maximum(far, 1e-6) * (cut.hug * far + (1 - cut.hug) * held)
    below = np.linspace(0.005, 0.4, 40)[None, :, None] * np.array([0, -1, 0]) + path[:, -1:]
    return np.concatenate([path, below], 1)


def _resampled(path: Vectors) -> Vectors:
    along = np.cumsum(np.r_[0, np.linalg.norm(np.diff(path, axis=0), axis=1)])
    return np.stack([np.interp(np.linspace(0, along[-1], ROWS), along, path[:, k]) for k in range(3)], -1)


def _stood_off(cut: Haircut, strands: Vectors, around: Vectors, down: Vectors, rim: float | None) -> Vectors:
    up = np.clip((strands[..., 1] - 0.76) / 0.08, 0, 1)
    front = np.exp(-((np.arctan2(strands[..., 0], strands[..., 2] - CENTRE[2]) / 0.75) ** 2))
    off = cut.side + (cut.top - cut.side) * up + cut.lift * front * np.sin(np.pi * np.clip(down, 0, 1) ** 1.5)
    curls = np.sin(13 * around[:, None] + 2.2 * np.sin(9 * down)) * np.sin(
        15 * down + 1.7 * np.sin(5 * around[:, None])
    )
    off = off + cut.curl * curls * np.clip(4 * down, 0, 1)
    off = off * (cut.blunt + (1 - cut.blunt) * np.sqrt(np.clip((1.0 - down) / 0.3, 0, 1))) + 0.0035
    if rim is not None:
        off = np.where(strands[..., 1] > rim - 0.01, np.minimum(off, UNDER_HAT), off)
    out = unit(strands - CENTRE)
    out[..., 1] *= np.clip((strands[..., 1] - 0.7) / 0.05, 0, 1)
    return np.asarray(strands + unit(out) * off[..., None])


def grid(columns: int, rows: int) -> Indices:
    """Faces that look outwards."""
    first = (np.arange(columns - 1)[:, None] * rows + np.arange(rows - 1)).ravel()
    return np.stack([first, first + 1, first + rows + 1, first + rows], 1).astype(np.int32)


def _lock(line: Vectors) -> tuple[Vectors, Indices, Floats]:
    """A tube along a line (n, 4)."""
    fine = np.linspace(0, len(line) - 1, 4 * (len(line) - 1) + 1)
    middle = np.stack([np.interp(fine, np.arange(len(line)), line[:, k]) for k in range(4)], -1)
    along = unit(np.gradient(middle[:, :3], axis=0))
    side = unit(np.cross(along, np.where(np.abs(along[:, :1]) > 0.9, [0.0, 0, 1], [1.0, 0, 0])))
    up = np.cross(side, along)
    angle = np.linspace(-np.pi, np.pi, ROUND + 1)[:, None, None]
    ring = np.cos(angle) * side + np.sin(angle) * up
    points = middle[None, :, :3] + ring * middle[None, :, 3:]
    fields = np.zeros((points[..., 0].size, 8), np.float32)
    fields[:, :3] = points.reshape(-1, 3)
    fields[:, ARM_T] = np.repeat(angle.ravel(), len(fine))
    fields[:, LEG_T] = np.tile(np.linspace(0, 1, len(fine)), ROUND + 1)
    return points.reshape(-1, 3), grid(ROUND + 1, len(fine)), fields


def _loose(points: Vectors) -> Floats:
    return np.asarray(np.clip((0.63 - points[:, 1]) / 0.12, 0, 1), np.float32)
