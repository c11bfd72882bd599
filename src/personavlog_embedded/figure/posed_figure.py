"""A performer as triangles in the world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from personavlog_embedded.figure.garments import Dressed, dressed
from personavlog_embedded.figure.geometry import Vectors, turn, unit
from personavlog_embedded.figure.hanging import Hanging
from personavlog_embedded.figure.head import HeadSheet, flat
from personavlog_embedded.figure.label import Shell
from personavlog_embedded.figure.limbs import charts, landmarks
from personavlog_embedded.figure.mesh import Floats, Indices, mesh
from personavlog_embedded.figure.rig import Bones, posed
from personavlog_embedded.figure.shot import Performer
from personavlog_embedded.figure.surface import normals, refined, smooth, split

SMOOTHED = 3
"""How often cloth is smoothed after posing: what linear blend skinning creases."""


@dataclass(frozen=True, eq=False)
class PosedFigure:
    """``points``, ``normals`` (v, 3), ``fields`` (v, 8: ``garments``), ``triangles`` (t, 3), ``shell`` and ``bone`` (t,): the sheet, and the bone that holds most of
    it. ``joints`` are where the bones begin, in the world; ``head`` (3, 4) takes the head at rest into the world."""

    points: Floats
    normals: Floats
    fields: Floats
    triangles: Indices
    shell: NDArray[np.uint8]
    bone: NDArray[np.uint8]
    worn: Dressed
    joints: Mapping[str, Vectors]
    turn: Vectors
    head: Vectors

    @property
    def marks(self) -> Mapping[str, Vectors]:
        """Where "chin" and "crown" are in the world."""
        points = self.worn.body.points
        return {name: self.head[:, :3] @ points[vertex] + self.head[:, 3] for name, vertex in landmarks().items()}


def posed_figure(who: Performer, *, fine: bool = True) -> PosedFigure:
    """Posed, dressed and set on the ground; ``fine`` cuts every face in four."""
    worn = dressed(who.shape, who.outfit, who.head and who.head.calm(), who.head_size)
    bones = posed(worn.body, who.pose)
    spin = turn([0, 1, 0], who.yaw + who.pose.yaw)
    carried: dict[int, Floats] = {id(layer.points): bones.carried(layer.points) for layer in worn.layers}
    low = min(float(carried[id(layer.points)][np.unique(layer.quads), 1].min()) for layer in worn.layers[:2])
    shift = np.array([who.x, who.lift - low, who.z])
    placed = _placed(bones, "head", spin, shift)
    parts = [
        _sheet(
            worn,
            layer.shell,
            carried[id(layer.points)],
            layer.quads,
            spin,
            shift,
            fine,
            placed if who.head is not None and layer.shell in (Shell.BODY, Shell.EYES) else None,
        )
        for layer in worn.layers
    ]
    outer, left = bones.carried(worn.outer), bones.turns[mesh().bones.index("root")] @ [1, 0, 0]
    parts += [_hung(one, one.hung(outer, left, worn.size) @ spin.T + shift, fine) for one in worn.hanging]
    parts += [_head_sheet(sheet, bones, spin, shift, fine) for sheet in worn.sheets]
    starts = np.cumsum([0, *(len(part.points) for part in parts)])
    joints = {name: spin @ at + shift for name, at in bones.joints.items()}
    return PosedFigure(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in ("points", "normals", "fields")),
        np.concatenate([part.triangles + start for part, start in zip(parts, starts, strict=False)]),
        *(np.concatenate([getattr(part, name) for part in parts]) for name in ("shell", "bone")),
        worn,
        joints,
        spin,
        placed,
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
    worn: Dressed,
    shell: Shell,
    carried: Floats,
    faces: Indices,
    spin: Vectors,
    shift: Vectors,
    fine: bool,
    calm: Vectors | None,
) -> _Sheet:
    own, c = mesh(), charts()
    used, quads = np.unique(faces, return_inverse=True)
    quads, squeeze = quads.reshape(-1, 4).astype(np.int32), np.ones(len(used), np.float32)
    bone = own.bone[faces[:, 0], 0].astype(np.uint8)
    if shell in (Shell.LOW, Shell.UPPER, Shell.SKIRT):
        squeeze = np.linalg.norm(carried[own.near[used]] - carried[used, None], axis=2).mean(1) / worn.reach[used]
        carried = smooth(carried, own.near, SMOOTHED, np.where(c.on_foot < 0.3, 0.5, 0.0)[:, None].astype(np.float32))
    points = np.asarray(carried[used] @ spin.T + shift, np.float32)
    fields = np.column_stack(
        [own.points[used], c.arm[used], c.leg[used], c.on_arm[used], squeeze, c.on_foot[used]]
    ).astype(np.float32)
    normal = normals(points, quads)
    if calm is not None:
        egg, share = flat()
        normal = _mixed_normals(normal, egg[used] @ calm[:, :3].T, share[used])
    if fine:
        points, normal, fields, quads = refined(points, normal, fields, quads)
        bone = np.tile(bone, 4)
    return _Sheet(points, normal, fields, split(quads), np.full(2 * len(quads), shell, np.uint8), np.tile(bone, 2))


def _mixed_normals(own: Floats, egg: Vectors, share: Floats) -> Floats:
    return np.asarray(unit(own * (1 - share[:, None]) + egg * share[:, None]), np.float32)


def _placed(bones: Bones, bone: str, spin: Vectors, shift: Vectors) -> Vectors:
    """(3, 4): from the body at rest into the world, as one bone moves."""
    k = mesh().bones.index(bone)
    turned = spin @ bones.turns[k]
    return np.column_stack([turned, spin @ bones.heads[k] + shift - turned @ bones.rest[k]])


def _head_sheet(sheet: HeadSheet, bones: Bones, spin: Vectors, shift: Vectors, fine: bool) -> _Sheet:
    """Hair and hats, carried by the head and, as far as they are loose, by the chest."""
    head, chest = (
        sheet.points @ at[:, :3].T + at[:, 3]
        for at in (_placed(bones, bone, spin, shift) for bone in ("head", "spine01"))
    )
    loose = sheet.loose[:, None]
    points, quads, fields = np.asarray(head * (1 - loose) + chest * loose, np.float32), sheet.quads, sheet.fields
    normal = normals(points, quads)
    if fine:
        points, normal, fields, quads = refined(points, normal, fields, quads)
    bone = np.full(2 * len(quads), mesh().bones.index("head"), np.uint8)
    return _Sheet(points, normal, fields, split(quads), np.full(2 * len(quads), sheet.shell, np.uint8), bone)


def _hung(hanging: Hanging, at: Vectors, fine: bool) -> _Sheet:
    points, fields, quads = np.asarray(at, np.float32), hanging.fields, hanging.quads
    normal, bone = normals(points, quads), np.tile(hanging.bones, 8 if fine else 2).astype(np.uint8)
    if fine:
        points, normal, fields, quads = refined(points, normal, fields, quads)
    return _Sheet(points, normal, fields, split(quads), np.full(2 * len(quads), hanging.shell, np.uint8), bone)
