"""A performer as triangles in the world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from personavlog_embedded.figure.garments import Dressed, dressed
from personavlog_embedded.figure.geometry import Vectors, turn
from personavlog_embedded.figure.hanging import Hanging
from personavlog_embedded.figure.label import Shell
from personavlog_embedded.figure.limbs import charts
from personavlog_embedded.figure.mesh import Floats, Indices, mesh
from personavlog_embedded.figure.rig import posed
from personavlog_embedded.figure.shot import Performer
from personavlog_embedded.figure.surface import normals, refined, smooth, split

SMOOTHED = 3
"""How often cloth is smoothed after posing: what linear blend skinning creases."""


@dataclass(frozen=True, eq=False)
class PosedFigure:
    """``points``, ``normals`` (v, 3), ``fields`` (v, 8: ``garments``), ``triangles`` (t, 3), ``shell`` and ``bone`` (t,): the sheet, and the bone that holds most of
    it. ``joints`` are where the bones begin, in the world."""

    points: Floats
    normals: Floats
    fields: Floats
    triangles: Indices
    shell: NDArray[np.uint8]
    bone: NDArray[np.uint8]
    worn: Dressed
    joints: Mapping[str, Vectors]
    turn: Vectors


def posed_figure(who: Performer, *, fine: bool = True) -> PosedFigure:
    """Posed, dressed and set on the ground; ``fine`` cuts every face in four."""
    worn = dressed(who.shape, who.outfit, who.head)
    bones = posed(worn.body, who.pose)
    spin = turn([0, 1, 0], who.yaw + who.pose.yaw)
    carried: dict[int, Floats] = {id(layer.points): bones.carried(layer.points) for layer in worn.layers}
    low = min(float(carried[id(layer.points)][np.unique(layer.quads), 1].min()) for layer in worn.layers[:2])
    shift = np.array([who.x, who.lift - low, who.z])
    parts = [
        _sheet(worn, layer.shell, carried[id(layer.points)], layer.quads, spin, shift, fine) for layer in worn.layers
    ]
    outer, left = bones.carried(worn.outer), bones.turns[mesh().bones.index("root")] @ [1, 0, 0]
    parts += [_hung(one, one.hung(outer, left, worn.size), spin, shift, fine) for one in worn.hanging]
    starts = np.cumsum([0, *(len(part.points) for part in parts)])
    joints = {name: spin @ at + shift for name, at in bones.joints.items()}
    return PosedFigure(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in ("points", "normals", "fields")),
        np.concatenate([part.triangles + start for part, start in zip(parts, starts, strict=False)]),
        *(np.concatenate([getattr(part, name) for part in parts]) for name in ("shell", "bone")),
        worn,
        joints,
        spin,
    )


@dataclass(frozen=True, eq=False)
class _Sheet:
    points: Floats
    normals: Floats
    fields: Floats
    triangles: Indices
    shell: NDArray[np.uint8]
    bone: NDArray[np.uint8]


def _sheet(
    worn: Dressed, shell: Shell, carried: Floats, faces: Indices, spin: Vectors, shift: Vectors, fine: bool
) -> _Sheet:
    own, c = mesh(), charts()
    used, quads = np.unique(faces, return_inverse=True)
    quads, squeeze = quads.reshape(-1, 4).astype(np.int32), np.ones(len(used), np.float32)
    bone = own.bone[faces[:, 0], 0].astype(np.uint8)
    if shell in (Shell.LOW, Shell.UPPER, Shell.SKIRT):
        squeeze = np.linalg.norm(carried[own.near[used]] - carried[used, None], axis=2).mean(1) / worn.reach[used]
        carried = smooth(carried, own.near, SMOOTHED, np.where(c.on_foot < 0.3, 0.5, 0.0)[:, None].astype(np.float32))
    fields = np.column_stack(
        [own.points[used], c.arm[used], c.leg[used], c.on_arm[used], squeeze, c.on_foot[used]]
    ).astype(np.float32)
    return _placed(shell, carried[used], fields, quads, bone, spin, shift, fine)


def _hung(hanging: Hanging, points: Floats, spin: Vectors, shift: Vectors, fine: bool) -> _Sheet:
    bone = hanging.bones.astype(np.uint8)
    return _placed(hanging.shell, points, hanging.fields, hanging.quads, bone, spin, shift, fine)


def _placed(
    shell: Shell,
    points: Floats,
    fields: Floats,
    quads: Indices,
    bone: NDArray[np.uint8],
    spin: Vectors,
    shift: Vectors,
    fine: bool,
) -> _Sheet:
    points = np.asarray(points @ spin.T + shift, np.float32)
    normal = normals(points, quads)
    if fine:
        points, normal, fields, quads = refined(points, normal, fields, quads)
        bone = np.tile(bone, 4)
    return _Sheet(points, normal, fields, split(quads), np.full(2 * len(quads), shell, np.uint8), np.tile(bone, 2))
