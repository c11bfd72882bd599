"""Which triangles of a mesh rays meet: by Embree where there is a wheel of it, else by a tree of boxes in numpy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Singles = NDArray[np.float32]
Integers = NDArray[np.int32]

LEAST_FAR = np.float32(1e-4)
"""Before this many lengths of its direction a ray meets nothing, so that it can leave the surface where it begins."""

_BLOCK = 1 << 15
"""Pairs of a ray and a box that the tree looks at together: some 15 MB of temporaries, and still in the cache."""

_SLACK = np.float32(1e-4)
"""How far (barycentric) a ray may pass a triangle: rounding opens no gap between two that share an edge."""


@dataclass(frozen=True)
class Hits:
    """What n rays met first.

    ``triangle`` (n,): its row, -1 for nothing. ``u``, ``v`` (n,): barycentric, the point is a (1 - u - v) + b u + c v.
    ``far`` (n,): the distance in lengths of the ray's direction, inf for nothing.
    """

    triangle: Integers
    u: Singles
    v: Singles
    far: Singles


class Caster(Protocol):
    """A mesh that is ready for rays. Its methods may be called from several threads."""

    def first(self, origins: Floats, ways: Floats) -> Hits:
        """The nearest triangle beyond ``LEAST_FAR``, seen from either side; origins (3,) or (n, 3), ways (n, 3)."""

    def blocked(self, origins: Floats, way: Floats) -> NDArray[np.bool_]:
        """(n,): whether anything lies beyond ``LEAST_FAR`` of origins (n, 3) in the one direction way (3,)."""


def caster(points: Floats, triangles: Integers, *, prefer: Literal["", "embree", "numpy"] = "") -> Caster:
    """For points (p, 3) and the rows (t, 3) of each triangle's corners a, b, c.

    Both kinds answer alike but for rounding; "" takes Embree where it can be imported.

    Raises:
        ImportError: Embree was asked for and there is no wheel for this machine.
    """
    if prefer == "numpy":
        return TreeCaster(points, triangles)
    try:
        return EmbreeCaster(points, triangles)
    except ImportError:
        if prefer:
            raise
        return TreeCaster(points, triangles)


class EmbreeCaster:
    """By Embree, one ray after another in the calling thread, without Python's lock; the first call builds its tree."""

    def __init__(self, points: Floats, triangles: Integers) -> None:
        from embreex.mesh_construction import TriangleMesh
        from embreex.rtcore_scene import EmbreeScene

        self._scene = EmbreeScene()
        TriangleMesh(self._scene, np.asarray(points, np.float32), triangles)

    def first(self, origins: Floats, ways: Floats) -> Hits:
        """See ``Caster``."""
        ways = np.ascontiguousarray(ways, np.float32)
        met = self._scene.run(np.asarray(origins, np.float32) + LEAST_FAR * ways, ways, output=1)
        far = np.where(met["primID"] >= 0, met["tfar"] + LEAST_FAR, np.float32(np.inf))
        return Hits(met["primID"], met["u"], met["v"], far)

    def blocked(self, origins: Floats, way: Floats) -> NDArray[np.bool_]:
        """See ``Caster``."""
        way = np.asarray(way, np.float32)[None]
        met: Integers = self._scene.run(np.asarray(origins, np.float32) + LEAST_FAR * way, way)
        return met >= 0


class TreeCaster:
    """By numpy: pairs of rays and boxes go down a tree of four boxes in a box, until single triangles are left."""

    def __init__(self, points: Floats, triangles: Integers) -> None:
        filled = np.concatenate([np.asarray(points, np.float32)[triangles], np.full((1, 3, 3), np.nan, np.float32)])
        self._order = _halved(filled.mean(axis=1))
        corners = filled[self._order]
        self._levels = _boxes(np.fmin.reduce(corners, axis=1), np.fmax.reduce(corners, axis=1))
        a, b, c = corners.transpose(1, 2, 0)
        self._sides = np.ascontiguousarray([a, b - a, c - a])

    def first(self, origins: Floats, ways: Floats) -> Hits:
        """See ``Caster``."""
        ways = np.asarray(ways, np.float32)
        origins = np.broadcast_to(np.asarray(origins, np.float32), ways.shape)
        slot, (far, u, v) = self._met(np.ascontiguousarray(origins.T), np.ascontiguousarray(ways.T))
        return Hits(np.where(slot >= 0, self._order[slot], np.int32(-1)), u, v, far)

    def blocked(self, origins: Floats, way: Floats) -> NDArray[np.bool_]:
        """See ``Caster``."""
        return self.first(origins, np.broadcast_to(way, origins.shape)).triangle >= 0

    def _met(self, origins: Singles, ways: Singles) -> tuple[Integers, Singles]:
        """For rays (3, n): the slot (n,) of the nearest triangle in the tree, -1 for none, and its far, u, v (3, n)."""
        rays = ways.shape[1]
        slots, places = np.full(rays, -1, np.int32), np.zeros((3, rays), np.float32)
        places[0] = np.inf
        with np.errstate(all="ignore"):
            inverse = np.reciprocal(np.copysign(np.maximum(np.abs(ways), np.float32(1e-30)), ways))
            pending = [(0, np.arange(rays, dtype=np.int32), np.zeros(rays, np.int32))]
            while pending:
                level, ray, box = pending.pop()
                if len(ray) > _BLOCK:
                    pending.append((level, ray[_BLOCK:], box[_BLOCK:]))
                    ray, box = ray[:_BLOCK], box[:_BLOCK]
                boxes = self._levels[level]
                pair, child = np.nonzero(_crossed(boxes[:, :, box], origins[:, ray], inverse[:, ray]))
                ray, box = ray[pair], box[pair] * boxes.shape[3] + child
                if level + 1 < len(self._levels):
                    pending.append((level + 1, ray, box))
                else:
                    self._meet(ray, box, origins, ways, slots, places)
        return slots, places

    def _meet(
        self, ray: Integers, slot: Integers, origins: Singles, ways: Singles, slots: Integers, places: Singles
    ) -> None:
        """Keep for each ray the nearest of what it met and the triangles paired with it (Möller and Trumbore 1997)."""
        corner, along, across = self._sides[:, :, slot]
        way, offset = ways[:, ray], origins[:, ray] - corner
        normal, turned = _cross(way, across), _cross(offset, along)
        scale = 1 / _dot(along, normal)
        far, u, v = _dot(across, turned) * scale, _dot(offset, normal) * scale, _dot(way, turned) * scale
        inside = (far > LEAST_FAR) & (far < places[0, ray]) & (u >= -_SLACK) & (v >= -_SLACK) & (u + v <= 1 + _SLACK)
        (met,) = np.nonzero(inside)
        met = met[np.argsort(-far[met], kind="stable")]  # of several for one ray the last one, the nearest, stays
        slots[ray[met]] = slot[met]
        places[:, ray[met]] = far[met], u[met], v[met]


def _halved(centres: Singles) -> Integers:
    """The rows of centres (m, 3), halved by their median along the longest side again and again.

    They are filled up to a power of two with the last row, which is not a number and meets nothing.
    """
    last = len(centres) - 1
    order = np.minimum(np.arange(1 << last.bit_length(), dtype=np.int32), last)[None]
    while order.shape[1] > 1:
        here = centres[order]
        axis = np.argmax(np.fmax.reduce(here, axis=1) - np.fmin.reduce(here, axis=1), axis=1)
        along = np.take_along_axis(here, axis[:, None, None], axis=2)[:, :, 0]
        order = np.take_along_axis(order, np.argsort(along, axis=1, kind="stable"), axis=1).reshape(
            -1, order.shape[1] // 2
        )
    return order[:, 0]


def _boxes(low: Singles, high: Singles) -> list[Singles]:
    """From the boxes of single triangles (m, 3) each level from the top: (2, 3, parents, children), lows and highs."""
    levels: list[Singles] = []
    box = np.stack([low.T, high.T])
    while not levels or box.shape[2] > 1:
        box = box.reshape(2, 3, -1, min(4, box.shape[2]))
        levels.append(np.ascontiguousarray(box))
        box = np.stack([np.fmin.reduce(box[0], axis=2), np.fmax.reduce(box[1], axis=2)])
    return levels[::-1]


def _crossed(boxes: Singles, origins: Singles, inverse: Singles) -> NDArray[np.bool_]:
    """(n, children): whether rays, origins and 1 / ways (3, n), cross their boxes (2, 3, n, children) before them."""
    enters, leaves = np.zeros((), np.float32), np.full((), np.inf, np.float32)
    for (low, high), origin, scale in zip(boxes.transpose(1, 0, 2, 3), origins, inverse, strict=True):
        one, other = (low - origin[:, None]) * scale[:, None], (high - origin[:, None]) * scale[:, None]
        enters, leaves = np.maximum(enters, np.minimum(one, other)), np.minimum(leaves, np.maximum(one, other))
    crossed: NDArray[np.bool_] = enters <= leaves * np.float32(1 + 1e-6)  # Ize 2013: rounding loses no box
    return crossed


def _dot(a: Singles, b: Singles) -> Singles:
    x, y, z = a * b
    return x + y + z  # type: ignore[no-any-return]


def _cross(a: Singles, b: Singles) -> Singles:
    (ax, ay, az), (bx, by, bz) = a, b
    return np.stack([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx])
