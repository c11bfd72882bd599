"""Rays against a mesh, by Embree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from embreex.mesh_construction import TriangleMesh
from embreex.rtcore_scene import EmbreeScene
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Hits:
    """What rays met: ``triangle`` (n,) or -1, barycentric ``u``, ``v`` (n,), and how ``far``, in lengths of the ray's direction."""

    triangle: NDArray[np.int32]
    u: Floats
    v: Floats
    far: Floats


class Caster(Protocol):
    """A mesh that rays are cast at."""

    def first(self, origins: Floats, ways: Floats) -> Hits:
        """The nearest hits of rays from (3,) or (n, 3) along (n, 3)."""
        ...

    def blocked(self, origins: Floats, way: Floats) -> NDArray[np.bool_]:
        """Whether anything lies from (n, 3) in one direction (3,)."""
        ...


class EmbreeCaster:
    """``Caster`` by Embree."""

    def __init__(self, points: Floats, triangles: NDArray[np.int32]) -> None:
        self._scene = EmbreeScene()
        self._mesh = TriangleMesh(self._scene, np.ascontiguousarray(points[triangles], np.float32))

    def first(self, origins: Floats, ways: Floats) -> Hits:
        """As ``Caster`` says."""
        origins = np.ascontiguousarray(np.broadcast_to(origins, ways.shape), np.float32)
        hit = self._scene.run(origins, np.ascontiguousarray(ways, np.float32), output=1)
        return Hits(hit["primID"], hit["u"], hit["v"], hit["tfar"])

    def blocked(self, origins: Floats, way: Floats) -> NDArray[np.bool_]:
        """As ``Caster`` says."""
        ways = np.ascontiguousarray(np.broadcast_to(way, origins.shape), np.float32)
        return np.asarray(self._scene.run(np.ascontiguousarray(origins, np.float32), ways) >= 0)


def caster(points: Floats, triangles: NDArray[np.int32]) -> Caster:
    """For this mesh."""
    return EmbreeCaster(points, triangles)
