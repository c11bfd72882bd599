"""What the camera sees of a shot, px by px: place, normal, label, body part and owner; transparent cloth is looked through."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from personavlog_embedded.figure.garments import labels
from personavlog_embedded.figure.label import Label, Shell
from personavlog_embedded.figure.mesh import Floats, Indices, mesh
from personavlog_embedded.figure.posed_figure import PosedFigure
from personavlog_embedded.figure.rays import Caster, caster
from personavlog_embedded.figure.shot import Block, Camera, Shot

DEEPEST = 6
"""Sheets that a ray looks through at most."""
ROOM = 6
"""Px around the figures."""
BODY_PARTS = (
    "",
    "head",
    "trunk",
    "left upper arm",
    "left forearm",
    "left hand",
    "right upper arm",
    "right forearm",
    "right hand",
    "left leg",
    "left foot",
    "right leg",
    "right foot",
    "thing",
    "hat",
)
"""What a px shows, by its number; sides are the figure's own."""
_PART_OF = (
    ("head", ("head", "jaw", "neck", "special", "levator", "orb", "ocul", "oris", "risor", "tempor", "tongue", "eye")),
    ("upper arm", ("upperarm",)),
    ("forearm", ("lowerarm",)),
    ("hand", ("wrist", "finger", "metacarpal")),
    ("leg", ("upperleg", "lowerleg")),
    ("foot", ("foot", "toe")),
)


def part_numbers() -> NDArray[np.uint8]:
    """(b,): the number in ``BODY_PARTS`` of each bone."""
    return np.array([BODY_PARTS.index(_part(bone)) for bone in mesh().bones], np.uint8)


def _part(bone: str) -> str:
    named = next((part for part, beginnings in _PART_OF if bone.startswith(beginnings)), "trunk")
    side = {".L": "left ", ".R": "right "}.get(bone[-2:], "")
    return named if named in ("head", "trunk") else side + named


@dataclass(frozen=True, eq=False)
class View:
    """A window of ``height`` x ``width`` samples whose first px is (``left``, ``top``) of the sheet, ``fine`` samples a px each way; every array is flat over it.

    ``label`` (garments.Label), ``part`` (``BODY_PARTS``), ``owner`` (performer + 1), ``shell``; ``at`` (n, 3) in the world, ``normal`` (n, 3) towards us,
    ``fields`` (n, 8), ``far`` metres from the lens along its axis, inf where nothing is.
    """

    left: int
    top: int
    height: int
    width: int
    fine: int
    label: NDArray[np.uint8]
    part: NDArray[np.uint8]
    owner: NDArray[np.uint8]
    shell: NDArray[np.uint8]
    at: Floats
    normal: Floats
    fields: Floats
    far: Floats
    scene: Caster

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of samples."""
        return self.height, self.width


def view(shot: Shot, figures: tuple[PosedFigure, ...], *, fine: int = 2, hidden: Set[str] = frozenset()) -> View | None:
    """Cast one ray a sample; None where nothing is in the sheet. ``hidden`` are parts (``BODY_PARTS``) left out."""
    scene = _Scene.of(shot, figures, hidden)
    camera, box = shot.camera, _window(shot.camera, scene.points[np.unique(scene.triangles)])
    if box is None:
        return None
    x0, y0, x1, y1 = box
    height, width = (y1 - y0) * fine, (x1 - x0) * fine
    gx, gy = np.meshgrid(x0 + (np.arange(width) + 0.5) / fine, y0 + (np.arange(height) + 0.5) / fine)
    way = (
        np.stack([(gx - camera.centre) / camera.focal, (camera.horizon - gy) / camera.focal, np.full_like(gx, -1)], -1)
        .reshape(-1, 3)
        .astype(np.float32)
    )
    eye = np.array([0, camera.height, camera.distance], np.float32)
    count = height * width
    label, part, owner, shell = (np.zeros(count, np.uint8) for _ in range(4))
    normal, fields, at = (
        np.zeros((count, 3), np.float32),
        np.zeros((count, 8), np.float32),
        np.zeros((count, 3), np.float32),
    )
    far = np.full(count, np.inf, np.float32)
    rays = caster(scene.points, scene.triangles)
    todo, origin = np.arange(count), np.tile(eye, (count, 1))
    for _ in range(DEEPEST):
        hit = rays.first(origin[todo], way[todo])
        got = hit.triangle >= 0
        todo, triangle = todo[got], hit.triangle[got]
        if not len(todo):
            break
        u, v, corner = hit.u[got, None], hit.v[got, None], scene.triangles[triangle]
        spot, known = (_mixed(values, corner, u, v) for values in (scene.points, scene.fields))
        seen = scene.labels(triangle, known, figures)
        shown = seen > 0
        where, faces = todo[shown], triangle[shown]
        label[where], part[where], owner[where], shell[where] = (
            seen[shown],
            scene.part[faces],
            scene.owner[faces] + 1,
            scene.shell[faces],
        )
        at[where], fields[where] = spot[shown], known[shown]
        normal[where] = _mixed(scene.normals, corner[shown], u[shown], v[shown])
        far[where] = camera.distance - spot[shown, 2]
        todo = todo[~shown]
        origin[todo] = spot[~shown] + way[todo] * np.float32(2e-4)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
    normal *= np.where((normal * way).sum(1, keepdims=True) > 0, -1, 1).astype(np.float32)
    return View(x0, y0, height, width, fine, label, part, owner, shell, at, normal, fields, far, rays)


@dataclass(frozen=True, eq=False)
class _Scene:
    """All triangles together."""

    points: Floats
    normals: Floats
    fields: Floats
    triangles: Indices
    shell: NDArray[np.uint8]
    part: NDArray[np.uint8]
    owner: NDArray[np.int32]

    @classmethod
    def of(cls, shot: Shot, figures: tuple[PosedFigure, ...], hidden: Set[str]) -> _Scene:
        parts = part_numbers()
        gone = np.isin(np.arange(len(BODY_PARTS)), [BODY_PARTS.index(name) for name in hidden])
        rows: list[tuple[Floats, Floats, Floats, Indices, NDArray[np.uint8], NDArray[np.uint8], NDArray[np.int32]]] = []
        for number, one in enumerate(figures):
            part = np.where(one.shell == Shell.HAT, BODY_PARTS.index("hat"), parts[one.bone]).astype(np.uint8)
            kept = ~gone[part]
            rows.append(
                (
                    one.points,
                    one.normals,
                    one.fields,
                    one.triangles[kept],
                    one.shell[kept],
                    part[kept],
                    np.full(int(kept.sum()), number, np.int32),
                )
            )
        rows += [_block(block, len(figures) + number) for number, block in enumerate(shot.blocks)]
        starts = np.cumsum([0, *(len(row[0]) for row in rows)])
        triangles = np.concatenate([row[3] + start for row, start in zip(rows, starts, strict=False)])
        return cls(
            *(np.concatenate([row[k] for row in rows]) for k in range(3)),
            triangles.astype(np.int32),
            *(np.concatenate([row[k] for row in rows]) for k in range(4, 7)),
        )

    def labels(self, triangle: NDArray[np.int32], known: Floats, figures: tuple[PosedFigure, ...]) -> NDArray[np.uint8]:
        out = np.full(len(triangle), Label.THING, np.uint8)
        for number, one in enumerate(figures):
            mine = self.owner[triangle] == number
            out[mine] = labels(self.shell[triangle[mine]], known[mine], one.worn)
        return out


def _block(
    block: Block, owner: int
) -> tuple[Floats, Floats, Floats, Indices, NDArray[np.uint8], NDArray[np.uint8], NDArray[np.int32]]:
    """A box as 24 corners and 12 triangles."""
    low, high = np.array(block.low, np.float32), np.array(block.high, np.float32)
    corners = np.array([[(high if n >> k & 1 else low)[k] for k in range(3)] for n in range(8)], np.float32)
    faces = ((0, 4, 6, 2), (1, 3, 7, 5), (0, 1, 5, 4), (2, 6, 7, 3), (0, 2, 3, 1), (4, 5, 7, 6))
    points = corners[[corner for face in faces for corner in face]]
    middle = points.mean(0)
    normal = np.repeat(np.array([points[4 * k : 4 * k + 4].mean(0) - middle for k in range(6)], np.float32), 4, axis=0)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    quads = np.arange(24, dtype=np.int32).reshape(6, 4)
    triangles = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    fields = np.pad(points, ((0, 0), (0, 5))).astype(np.float32)
    thing = BODY_PARTS.index("thing")
    return (
        points,
        normal,
        fields,
        triangles,
        np.zeros(12, np.uint8),
        np.full(12, thing, np.uint8),
        np.full(12, owner, np.int32),
    )


def _mixed(values: Floats, corner: Indices, u: Floats, v: Floats) -> Floats:
    return np.asarray(
        values[corner[:, 0]] * (1 - u - v) + values[corner[:, 1]] * u + values[corner[:, 2]] * v, np.float32
    )


def _window(camera: Camera, points: Floats) -> tuple[int, int, int, int] | None:
    """The px of the sheet that the points can touch."""
    px = camera.px(points.astype(np.float64))[points[:, 2] < camera.distance - 0.05]
    if not len(px):
        return None
    x0, y0 = np.maximum(np.floor(px.min(0)).astype(int) - ROOM, 0)
    x1, y1 = np.minimum(np.ceil(px.max(0)).astype(int) + ROOM, [camera.width, camera.tall])
    return (int(x0), int(y0), int(x1), int(y1)) if x1 > x0 and y1 > y0 else None
