"""The mesh that every figure is made of (``data/body.npz``, packed by ``tools/pack_body.py``): MakeHuman's body, its
cloth helpers, bones and shapes."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from personavlog_embedded import data

Floats = NDArray[np.float32]
Indices = NDArray[np.int32]
METRE = 10_000
"""Packed units a metre."""
PARTS = ("body", "tights", "skirt", "left eye", "right eye", "lashes")
"""What a face belongs to, by its number; sides are the figure's own. The tights are the cloth from neck to socks."""
NEIGHBOURS = 8


@dataclass(frozen=True, eq=False)
class Mesh:
    """``points`` (v, 3) are MakeHuman's own base shape, which shapes are measured from and which garments are cut by;
    ``quads`` (q, 4), ``part`` (q,).

    ``bones`` name their ``parents`` (-1: none), parents first; ``ends`` are the points whose middles are a bone's head
    and tail. ``bone`` and ``share`` (v, 4) are the bones that a point hangs on. ``targets`` are moves of points by
    name: which (n,) and how far (n, 3) in metres.
    """

    points: Floats
    quads: Indices
    part: NDArray[np.uint8]
    bones: tuple[str, ...]
    parents: tuple[int, ...]
    ends: tuple[tuple[Indices, Indices], ...]
    bone: Indices
    share: Floats
    targets: Mapping[str, tuple[Indices, Floats]]

    @cached_property
    def skin(self) -> Indices:
        """(n,): the points of the body's own kept skin."""
        return np.asarray(np.unique(self.quads[self.of("body")]), np.int32)

    @cached_property
    def near(self) -> Indices:
        """(v, 8): each point's neighbours, itself where it has fewer."""
        q = self.quads
        sides = np.sort(np.concatenate([q[:, [k, (k + 1) % 4]] for k in range(4)]), axis=1)
        pairs = np.unique(sides, axis=0)
        both = np.concatenate([pairs, pairs[:, ::-1]])
        both = both[np.argsort(both[:, 0], kind="stable")]
        rank = np.arange(len(both)) - np.searchsorted(both[:, 0], both[:, 0])
        out = np.tile(np.arange(len(self.points), dtype=np.int32)[:, None], (1, NEIGHBOURS))
        few = rank < NEIGHBOURS
        out[both[few, 0], rank[few]] = both[few, 1]
        return out

    @cached_property
    def weights(self) -> Floats:
        """(v, b): how much of each point hangs on each bone; rows sum to 1."""
        out = np.zeros((len(self.points), len(self.bones)), np.float32)
        np.add.at(out, (np.arange(len(out))[:, None], self.bone), self.share)
        return out

    def hangs_on(self, *beginnings: str) -> Floats:
        """(v,) 0 to 1: how much of each point hangs on bones whose names begin so."""
        return np.asarray(self.weights[:, [name.startswith(beginnings) for name in self.bones]].sum(1), np.float32)

    def of(self, *parts: str) -> NDArray[np.bool_]:
        """(q,): which faces belong to these parts."""
        return np.isin(self.part, [PARTS.index(part) for part in parts])


@lru_cache(maxsize=1)
def mesh() -> Mesh:
    """The one mesh; read once a process (0.03 s)."""
    with np.load(io.BytesIO(data.file("body.npz").read_bytes())) as held:
        arrays = {name: held[name] for name in held.files}
    bones = tuple(json.loads(arrays["bones"].tobytes()))
    ends = _rows(arrays["end"], arrays["end_starts"])
    moved = _rows(arrays["moved"], arrays["moved_starts"])
    names = json.loads(arrays["targets"].tobytes())
    deltas = np.split(arrays["deltas"].astype(np.float32) / METRE, arrays["moved_starts"][1:-1])
    share = arrays["share"].astype(np.float32)
    return Mesh(
        arrays["points"].astype(np.float32) / METRE,
        arrays["quads"].astype(np.int32),
        arrays["part"],
        bones,
        tuple(int(parent) for parent in arrays["parents"]),
        tuple(zip(ends[::2], ends[1::2], strict=True)),
        arrays["bone"].astype(np.int32),
        share / share.sum(1, keepdims=True),
        dict(zip(names, zip(moved, deltas, strict=True), strict=True)),
    )


def _rows(flat: NDArray[np.uint16], starts: NDArray[np.uint32]) -> list[Indices]:
    return [row.astype(np.int32) for row in np.split(flat, starts[1:-1])]
