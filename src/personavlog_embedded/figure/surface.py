"""Meshes as surfaces: normals, smoothing, and finer faces for round outlines."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.figure.mesh import Floats, Indices

BULGE = 0.7
"""How much of Phong tessellation's lift is taken (Boubekeur and Alexa 2008 use 0.6 to 0.75)."""


def normals(points: Floats, quads: Indices) -> Floats:
    """(v, 3), length 1, out of the surface."""
    a, b, c, d = (points[quads[:, k]] for k in range(4))
    flat = np.cross(c - a, d - b)
    out = np.stack([np.bincount(quads.ravel(), np.repeat(flat[:, k], 4), len(points)) for k in range(3)], 1)
    return _unit(np.asarray(out, np.float32))


def smooth(values: Floats, near: Indices, times: int, share: float | Floats = 0.5) -> Floats:
    """Each value moved towards the mean of its neighbours, some times."""
    for _ in range(times):
        values = np.asarray(values + share * (values[near].mean(1) - values), np.float32)
    return values


def split(quads: Indices) -> Indices:
    """(2 q, 3): each face as two triangles; first all first halves."""
    return np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])


def refined(
    points: Floats, normal: Floats, fields: Floats, quads: Indices, which: Indices
) -> tuple[Floats, Floats, Floats, Indices]:
    """The faces ``which`` cut in four, new points bulged as their neighbours' normals ask, so that outlines are round.
    Sides shared with a face that stays whole remain straight: no gap opens. The new faces come last, four times
    ``which``."""
    cut = quads[which]
    edges = np.sort(np.stack([cut, np.roll(cut, -1, 1)], -1), -1).reshape(-1, 2)
    key = edges[:, 0].astype(np.int64) * len(points) + edges[:, 1]
    known, first, where, uses = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
    pairs = edges[first]
    where = where.reshape(-1, 4) + len(points)
    middle = len(points) + len(known) + np.arange(len(cut))

    def bulged(corners: Indices, share: Floats) -> Floats:
        flat = points[corners].mean(1)
        lift = [flat - ((flat - points[c]) * normal[c]).sum(1, keepdims=True) * normal[c] for c in corners.T]
        return np.asarray(flat + share[:, None] * (np.mean(lift, 0) - flat), np.float32)

    free = (BULGE * (uses > 1)).astype(np.float32)
    new = [bulged(pairs, free), bulged(cut, np.full(len(cut), BULGE, np.float32))]
    fine = np.concatenate([np.stack([cut[:, k], where[:, k], middle, where[:, k - 1]], 1) for k in range(4)])
    return (
        np.concatenate([points, *new]),
        np.concatenate([normal, *(_unit(normal[c].mean(1)) for c in (pairs, cut))]),
        np.concatenate([fields, *(fields[c].mean(1) for c in (pairs, cut))]),
        np.concatenate([np.delete(quads, which, 0), fine.astype(np.int32)]),
    )


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9), np.float32)
