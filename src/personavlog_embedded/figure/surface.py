"""Meshes as surfaces: normals, smoothing, and finer faces for round outlines."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from personavlog_embedded.figure.mesh import Floats, Indices

BULGE = 0.7
"""How much of Phong tessellation's lift is taken (Boubekeur and Alexa 2008 use 0.6 to 0.75)."""


def normals(points: Floats, quads: Indices) -> Floats:
    """(v, 3), length 1, out of the surface."""
    a, b, c, d = (points[quads[:, k]] for k in range(4))
    flat = np.cross(c - a, d - b)
    out = np.stack([np.bincount(quads.ravel(), np.repeat(flat[:, k], 4), len(points)) for k in range(3)], 1)
    return _unit(out.astype(np.float32))


def smooth(values: Floats, near: Indices, times: int, share: float | Floats = 0.5) -> Floats:
    """Each value moved towards the mean of its neighbours, some times."""
    for _ in range(times):
        values = np.asarray(values + share * (values[near].mean(1) - values), np.float32)
    return values


def split(quads: Indices) -> Indices:
    """(2 q, 3): each face as two triangles; first all first halves."""
    return np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])


def refined(points: Floats, normal: Floats, fields: Floats, quads: Indices) -> tuple[Floats, Floats, Floats, Indices]:
    """Every face cut in four, new points bulged as their neighbours' normals ask, so that outlines are round."""
    edges = np.sort(np.stack([quads, np.roll(quads, -1, 1)], -1), -1).reshape(-1, 2)
    key = edges[:, 0].astype(np.int64) * len(points) + edges[:, 1]
    known, first, where = np.unique(key, return_index=True, return_inverse=True)
    pairs = edges[first]
    where = where.reshape(-1, 4) + len(points)
    middle = len(points) + len(known) + np.arange(len(quads))

    def bulged(corners: Indices) -> Floats:
        flat = points[corners].mean(1)
        lift = [flat - ((flat - points[c]) * normal[c]).sum(1, keepdims=True) * normal[c] for c in corners.T]
        return np.asarray(flat + BULGE * (np.mean(lift, 0) - flat), np.float32)

    def grown(values: Floats, new: Callable[[Indices], Floats]) -> Floats:
        return np.concatenate([values, new(pairs), new(quads)])

    fine = np.concatenate([np.stack([quads[:, k], where[:, k], middle, where[:, k - 1]], 1) for k in range(4)])
    return (
        grown(points, bulged),
        grown(normal, lambda c: _unit(normal[c].mean(1))),
        grown(fields, lambda c: fields[c].mean(1)),
        fine.astype(np.int32),
    )


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9), np.float32)
