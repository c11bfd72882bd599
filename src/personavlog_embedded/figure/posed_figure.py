"""A performer as triangles in the world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from personavlog_embedded.figure.garments import Dressed, Layer, dressed
from personavlog_embedded.figure.geometry import Vectors, unit
from personavlog_embedded.figure.hanging import Hanging
from personavlog_embedded.figure.head import HeadSheet, flat
from personavlog_embedded.figure.label import Shell
from personavlog_embedded.figure.limbs import charts, landmarks
from personavlog_embedded.figure.mesh import Floats, Indices, mesh
from personavlog_embedded.figure.rig import Bones, posed
from personavlog_embedded.figure.shot import Camera, Performer
from personavlog_embedded.figure.surface import normals, refined, smooth, split

CLOTHS = (Shell.LOW, Shell.UPPER)
SMOOTHED = 3
"""How often cloth is smoothed after posing: what linear blend skinning creases."""
ROUGH, GRAZING = 4.0, 0.5
"""Px that a face at the outline may measure, and the cosine between normal and view below which it lies there."""


@dataclass(frozen=True, eq=False)
class Standing:
    """Where a performer is: its ``bones`` are in its own axes, which ``turn`` (3, 3) and ``shift`` (3,) take into the
    world."""

    worn: Dressed
    bones: Bones
    turn: Vectors
    shift: Vectors

    @cached_property
    def joints(self) -> Mapping[str, Vectors]:
        """Where the bones begin, in the world."""
        return {name: self.turn @ at + self.shift for name, at in self.bones.joints.items()}

    @cached_property
    def head(self) -> Vectors:
        """(3, 4): from the head at rest into the world."""
        return self.along("head")

    def along(self, bone: str) -> Vectors:
        """(3, 4): from the body at rest into the world, as one bone moves."""
        k = mesh().bones.index(bone)
        turned = self.turn @ self.bones.turns[k]
        return np.column_stack([turned, self.turn @ self.bones.heads[k] + self.shift - turned @ self.bones.rest[k]])

    @property
    def marks(self) -> Mapping[str, Vectors]:
        """Where "chin" and "crown" are in the world."""
        points = self.worn.body.points
        return {name: self.head[:, :3] @ points[vertex] + self.head[:, 3] for name, vertex in landmarks().items()}


@dataclass(frozen=True, eq=False)
class PosedFigure(Standing):
    """``points``, ``normals`` (v, 3), ``fields`` (v, 8: ``garments``), ``triangles`` (t, 3), ``shell`` and ``bone``
    (t,): the sheet, and the bone that holds most of it."""

    points: Floats
    normals: Floats
    fields: Floats
    triangles: Indices
    shell: NDArray[np.uint8]
    bone: NDArray[np.uint8]


def standing(who: Performer) -> Standing:
    """Posed and set on the ground by the lowest point of skin and shoes, without its surfaces."""
    worn = dressed(who.shape, who.outfit, who.head and who.head.calm(), who.head_size)
    bones = posed(worn.body, who.pose)
    low = min(float(points[:, 1].min()) for points in _carried(worn, bones)[:2])
    return Standing(worn, bones, who.turned, np.array([who.x, who.lift - low, who.z]))


def posed_figure(who: Performer, camera: Camera | None = None, *, fine: bool = True) -> PosedFigure:
    """Posed, dressed and set on the ground. Where ``camera`` sees an outline, faces of more than ``ROUGH`` px (twice as
    much where not ``fine``) are cut in four."""
    stood = standing(who)
    worn, bones = stood.worn, stood.bones
    carried = _carried(worn, bones)
    outer, left = bones.carried(worn.outer), bones.turns[mesh().bones.index("root")] @ [1, 0, 0]
    parts = [
        *(_sheet(layer, points, stood, who) for layer, points in zip(worn.layers, carried, strict=True)),
        *(
            _hung(one, one.hung(outer, left, worn.size) @ stood.turn.T + stood.shift)
            for one in worn.hanging
            if not (who.pose.seat and one.shell == Shell.TAILS)
        ),
        *(_head_sheet(sheet, stood) for sheet in worn.sheets),
    ]
    if camera is not None:
        parts = [part.rounded(camera, ROUGH if fine else 2 * ROUGH) for part in parts]
    starts = np.cumsum([0, *(len(part.points) for part in parts)])
    return PosedFigure(
        worn,
        bones,
        stood.turn,
        stood.shift,
        np.concatenate([part.points for part in parts]),
        np.concatenate([part.normals for part in parts]),
        np.concatenate([part.fields for part in parts]),
        np.concatenate([split(part.quads) + start for part, start in zip(parts, starts, strict=False)]),
        np.concatenate([np.full(2 * len(part.quads), part.shell, np.uint8) for part in parts]),
        np.concatenate([np.tile(part.bone, 2) for part in parts]),
    )


@lru_cache(maxsize=4)
def _carried(worn: Dressed, bones: Bones) -> tuple[Floats, ...]:
    """The points of each layer that it uses, as the bones carry them."""
    return tuple(bones.carried(layer.points[which], which) for layer in worn.layers for which in [_sewn(layer).used])


@dataclass(frozen=True, eq=False)
class _Sheet:
    """``quads`` and ``bone`` (q, 4) and (q,), the rest by point."""

    points: Floats
    normals: Floats
    fields: Floats
    quads: Indices
    bone: NDArray[np.uint8]
    shell: Shell

    def rounded(self, camera: Camera, px: float) -> _Sheet:
        """With faces larger than ``px`` cut in four where the outline is."""
        way = np.array([0, camera.height, camera.distance], np.float32) - self.points
        away = np.sqrt((way * way).sum(1)).clip(1e-6)
        facing = ((self.normals * way).sum(1) / away)[self.quads]
        size = np.abs(self.points[self.quads[:, 0]] - self.points[self.quads[:, 2]]).max(1)
        large = size * camera.focal > px * away[self.quads[:, 0]]
        which = np.flatnonzero(large & (np.abs(facing).min(1) < GRAZING)).astype(np.int32)
        if not len(which):
            return self
        bone = np.concatenate([np.delete(self.bone, which), np.tile(self.bone[which], 4)])
        return _Sheet(*refined(self.points, self.normals, self.fields, self.quads, which), bone, self.shell)


def _sheet(layer: Layer, carried: Floats, stood: Standing, who: Performer) -> _Sheet:
    """``carried`` (n, 3) are the layer's points, posed. A drawn face is lit as an egg."""
    sewn = _sewn(layer)
    squeeze = np.ones(len(carried), np.float32)
    if layer.shell in CLOTHS:
        squeeze = _reach(carried, sewn.near) / sewn.reach
        carried = smooth(carried, sewn.near, SMOOTHED, sewn.loose)
    points = np.asarray(carried @ stood.turn.T + stood.shift, np.float32)
    fields = np.column_stack([sewn.known[:, :6], squeeze, sewn.known[:, 6]])
    normal = normals(points, sewn.quads)
    if who.head is not None and layer.shell in (Shell.BODY, Shell.EYES):
        egg, share = (part[sewn.used] for part in flat())
        normal = np.asarray(
            unit(normal * (1 - share[:, None]) + egg @ stood.head[:, :3].T * share[:, None]), np.float32
        )
    return _Sheet(points, normal, fields, sewn.quads, sewn.bone, layer.shell)


def _head_sheet(sheet: HeadSheet, stood: Standing) -> _Sheet:
    """Hair and hats, carried by the head and, as far as they are loose, by the chest."""
    head, chest = (sheet.points @ at[:, :3].T + at[:, 3] for at in (stood.head, stood.along("spine01")))
    loose = sheet.loose[:, None]
    points = np.asarray(head * (1 - loose) + chest * loose, np.float32)
    bone = np.full(len(sheet.quads), mesh().bones.index("head"), np.uint8)
    return _Sheet(points, normals(points, sheet.quads), sheet.fields, sheet.quads, bone, sheet.shell)


def _hung(hanging: Hanging, at: Vectors) -> _Sheet:
    points, bone = np.asarray(at, np.float32), hanging.bones.astype(np.uint8)
    return _Sheet(points, normals(points, hanging.quads), hanging.fields, hanging.quads, bone, hanging.shell)


@dataclass(frozen=True, eq=False)
class _Sewn:
    """What of a layer is the same in all poses.

    ``used`` (n,) points of the mesh, of these the faces ``quads`` (q, 4) and the neighbours ``near`` (n, 8) with their
    mean distance ``reach`` (n,); ``loose`` (n, 1), how far they may be smoothed; the fields ``known`` (n, 7), without
    the squeeze; ``bone`` (q,).
    """

    used: Indices
    quads: Indices
    near: Indices
    reach: Floats
    loose: Floats
    known: Floats
    bone: NDArray[np.uint8]


@lru_cache(maxsize=64)
def _sewn(layer: Layer) -> _Sewn:
    own, c = mesh(), charts()
    used, quads = np.unique(layer.quads, return_inverse=True)
    place = np.full(len(own.points), -1, np.int32)
    place[used] = np.arange(len(used))
    near = place[own.near[used]]
    near = np.where(near < 0, np.arange(len(used), dtype=np.int32)[:, None], near)
    loose = np.where(c.on_foot[used] < 0.3, 0.5, 0.0)[:, None].astype(np.float32)
    known = np.column_stack([own.points, c.arm, c.leg, c.on_arm, c.on_foot])[used].astype(np.float32)
    bone = own.bone[layer.quads[:, 0], 0].astype(np.uint8)
    reach = np.maximum(_reach(layer.points[used], near), 1e-6)
    return _Sewn(used, quads.reshape(-1, 4).astype(np.int32), near, reach, loose, known, bone)


def _reach(points: Floats, near: Indices) -> Floats:
    """(n,): the mean distance of each point's neighbours."""
    way = points[near] - points[:, None]
    return np.asarray(np.sqrt((way * way).sum(2)).mean(1), np.float32)
