"""What the camera sees of a shot: places, normals, labels, body parts and owners; transparent cloth is looked through.

Px whose neighbours show something else are looked at again, at four points, so that edges are smooth and all the rest
costs one ray.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache
from typing import Any, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog_embedded.figure.garments import labels
from personavlog_embedded.figure.label import Label, Shell
from personavlog_embedded.figure.mesh import Floats, Indices, mesh
from personavlog_embedded.figure.posed_figure import PosedFigure
from personavlog_embedded.figure.rays import Caster, caster
from personavlog_embedded.figure.shot import Block, Camera, Shot
from personavlog_embedded.figure.surface import split

KindT = TypeVar("KindT", bound=np.generic)
DEEPEST = 6
"""Sheets that a ray looks through at most."""
GRID = 8
"""Windows begin and end at multiples of so many px, so that what is worked out on smaller copies of them lies alike."""
MARGIN = 24
"""Px that are looked at beyond the sheet's border, so that blurs are there as they are elsewhere."""
FINE = 2
"""Samples across a px at edges."""
STEP = np.float32(2e-4)
"""Metres that a ray starts behind what it looks through."""
BENT = 0.004
"""Metres that depth is bent by at a px that is looked at more closely."""
NOTHING = 99.0
"""Metres to where nothing is."""
NEAREST = 0.05
"""Metres from the lens that something must be away to be seen."""
KERNEL = np.ones((3, 3), np.uint8)
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


@lru_cache(maxsize=1)
def part_numbers() -> NDArray[np.uint8]:
    """(b,): the number in ``BODY_PARTS`` of each bone."""
    return np.array([BODY_PARTS.index(_part(bone)) for bone in mesh().bones], np.uint8)


@lru_cache(maxsize=1)
def _digits() -> NDArray[np.uint8]:
    """(b,): 1 to 5 for the fingers of a hand, thumb first, 0 for all other bones."""
    return np.array([int(bone[6]) if bone.startswith("finger") else 0 for bone in mesh().bones], np.uint8)


def _part(bone: str) -> str:
    named = next((part for part, beginnings in _PART_OF if bone.startswith(beginnings)), "trunk")
    side = {".L": "left ", ".R": "right "}.get(bone[-2:], "")
    return named if named in ("head", "trunk") else side + named


@dataclass(frozen=True, eq=False)
class Samples:
    """What n rays met. ``where`` (n,) is the px of the window, row by row; ``label`` (label.Label), ``part``
    (``BODY_PARTS``), ``owner`` (performer + 1), ``shell`` and ``digit`` (1 to 5 for fingers) are (n,) uint8. ``at``
    (n, 3) in the world, ``normal`` (n, 3) towards us, ``fields`` (n, 8); ``far`` is metres from the lens along its
    axis."""

    where: Indices
    label: NDArray[np.uint8]
    part: NDArray[np.uint8]
    owner: NDArray[np.uint8]
    shell: NDArray[np.uint8]
    digit: NDArray[np.uint8]
    at: Floats
    normal: Floats
    fields: Floats
    far: Floats

    @cached_property
    def kind(self) -> NDArray[np.uint16]:
        """(n,): differs where another thing, another's or another sheet is."""
        label = np.where(self.label == Label.FACE, Label.SKIN, self.label).astype(np.uint16)
        upper = np.isin(self.shell, (Shell.UPPER, Shell.TAILS)) | (self.label == Label.OVER)
        return np.asarray(label + np.uint16(32) * upper + np.uint16(64) * self.owner)

    def only(self, which: NDArray[np.bool_]) -> Samples:
        """Some of them."""
        return Samples(*(getattr(self, field.name)[which] for field in fields(self)))


@dataclass(frozen=True, eq=False)
class View:
    """A window of ``height`` x ``width`` px whose first px is (``left``, ``top``) of the sheet.

    ``middle`` are the samples in the middle of each px that shows something. ``edges`` (e,) are the px looked at more
    closely; ``edge`` are what was met there (m,), and ``ray`` (m,) by which of the ``FINE`` squared rays of each.
    """

    left: int
    top: int
    height: int
    width: int
    middle: Samples
    edges: Indices
    edge: Samples
    ray: Indices
    scene: Caster

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.height, self.width

    @cached_property
    def even(self) -> Samples:
        """What of ``middle`` is no edge."""
        apart = np.ones(self.height * self.width, bool)
        apart[self.edges] = False
        return self.middle.only(apart[self.middle.where])

    def plane(self, values: NDArray[KindT], empty: float = 0) -> NDArray[KindT]:
        """(h, w): one value of each sample in ``middle``, ``empty`` where nothing is."""
        out = np.full(self.height * self.width, empty, values.dtype)
        out[self.middle.where] = values
        return out.reshape(self.shape)

    def close(self, name: str, empty: float = 0) -> NDArray[Any]:
        """(h * FINE, w * FINE): a field of the samples as they are at edges, repeated or (``far``) graded elsewhere."""
        coarse = self.plane(getattr(self.middle, name), empty)
        size = (self.width * FINE, self.height * FINE)
        graded = coarse.dtype == np.float32
        out = cv2.resize(coarse, size, interpolation=cv2.INTER_LINEAR if graded else cv2.INTER_NEAREST)
        values = np.full(len(self.edges) * FINE * FINE, empty, coarse.dtype)
        values[self.ray] = getattr(self.edge, name)
        row, column = np.divmod(self.edges, np.int32(self.width))
        for k in range(FINE * FINE):
            out[row * FINE + k // FINE, column * FINE + k % FINE] = values[k :: FINE * FINE]
        return np.asarray(out)


def view(
    shot: Shot, figures: tuple[PosedFigure, ...], *, hidden: Set[str] = frozenset(), ground: bool = True
) -> View | None:
    """Cast the rays; None where nothing is in the sheet. ``hidden`` are parts (``BODY_PARTS``) of the first left out;
    without ``ground`` also what is too low to be seen and to stand before the sun."""
    scene = _Scene.of(shot, figures, hidden)
    if not ground:
        scene = scene.above(_lowest(shot.camera, scene.points))
    boxes = _boxes(shot.camera, scene)
    if not boxes:
        return None
    (x0, y0), (x1, y1) = (int(v) for v in np.min(boxes, 0)[:2]), (int(v) for v in np.max(boxes, 0)[2:])
    shape = (y1 - y0, x1 - x0)
    wanted = np.zeros(shape, bool)
    for left, top, right, bottom in boxes:
        wanted[top - y0 : bottom - y0, left - x0 : right - x0] = True
    rays, where = caster(scene.points, scene.triangles), np.flatnonzero(wanted).astype(np.int32)
    cast = _Cast(shot.camera, scene, figures, rays, (x0, y0), shape)
    _, middle = cast.samples(where, 0.5, 0.5)
    edges = _edges(middle, shape)
    grid = [(k // FINE, k % FINE) for k in range(FINE * FINE)]
    rows, columns = (np.tile([(p[k] + 0.5) / FINE for p in grid], len(edges)).astype(np.float32) for k in (0, 1))
    ray, edge = cast.samples(np.repeat(edges, FINE * FINE), rows, columns)
    return View(x0, y0, *shape, middle, edges, edge, ray, rays)


def _edges(seen: Samples, shape: tuple[int, int]) -> Indices:
    """Px beside which something else is seen."""
    kind, digit = np.zeros(shape, np.uint16), np.zeros(shape, np.uint8)
    far = np.full(shape, NOTHING, np.float32)
    for plane, values in ((kind, seen.kind), (digit, seen.digit), (far, seen.far)):
        plane.ravel()[seen.where] = values
    found = differ(kind) | differ(digit) | (bent(far) > BENT)
    return np.flatnonzero(cv2.dilate(found.astype(np.uint8), KERNEL)).astype(np.int32)


def differ(names: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Whether a px or sample (h, w) has another name than one of its neighbours."""
    return np.asarray(cv2.dilate(names, KERNEL) != cv2.erode(names, KERNEL))


def bent(far: Floats) -> Floats:
    """How far a depth (h, w) lies from the middle of the least and the most around it, doubled: 0 on a plane."""
    both = cv2.add(cv2.dilate(far, KERNEL), cv2.erode(far, KERNEL))
    return np.asarray(np.abs(cv2.scaleAdd(far, -2, both)), np.float32)


@dataclass(frozen=True, eq=False)
class _Scene:
    """All triangles together; ``owner`` counts from 0."""

    points: Floats
    normals: Floats
    fields: Floats
    triangles: Indices
    shell: NDArray[np.uint8]
    part: NDArray[np.uint8]
    digit: NDArray[np.uint8]
    owner: NDArray[np.uint8]

    @classmethod
    def of(cls, shot: Shot, figures: tuple[PosedFigure, ...], hidden: Set[str]) -> _Scene:
        parts, digits = part_numbers(), _digits()
        gone = np.isin(np.arange(len(BODY_PARTS)), [BODY_PARTS.index(name) for name in hidden])
        rows: list[tuple[NDArray[np.generic], ...]] = []
        for number, one in enumerate(figures):
            part = np.where(one.shell == Shell.HAT, BODY_PARTS.index("hat"), parts[one.bone]).astype(np.uint8)
            kept = ~gone[part] | (number > 0)
            bone = one.bone[kept]
            owner = np.full(len(bone), number, np.uint8)
            surface = (one.points, one.normals, one.fields, one.triangles[kept], one.shell[kept])
            rows.append((*surface, part[kept], digits[bone], owner))
        rows += [_block(block, len(figures) + number) for number, block in enumerate(shot.blocks)]
        starts = np.cumsum([0, *(len(row[0]) for row in rows)]).astype(np.int32)
        columns = [[row[k] for row in rows] for k in range(8)]
        columns[3] = [row + start for row, start in zip(columns[3], starts, strict=False)]
        return cls(*(np.concatenate(column) for column in columns))

    def above(self, height: float) -> _Scene:
        """Without the triangles that lie all below a height."""
        kept = (self.points[:, 1] >= height)[self.triangles].any(1)
        return replace(
            self,
            triangles=self.triangles[kept],
            shell=self.shell[kept],
            part=self.part[kept],
            digit=self.digit[kept],
            owner=self.owner[kept],
        )

    def labels(self, triangle: Indices, known: Floats, figures: tuple[PosedFigure, ...]) -> NDArray[np.uint8]:
        owner, shell = self.owner[triangle], self.shell[triangle]
        if len(figures) == 1 and not owner.any():
            return labels(shell, known, figures[0].worn)
        out = np.full(len(triangle), Label.THING, np.uint8)
        for number, one in enumerate(figures):
            mine = np.flatnonzero(owner == number)
            out[mine] = labels(shell[mine], known[mine], one.worn)
        return out


@dataclass(frozen=True, eq=False)
class _Cast:
    """Rays through px of a window of the sheet that begins at ``corner`` and has this ``shape``."""

    camera: Camera
    scene: _Scene
    figures: tuple[PosedFigure, ...]
    rays: Caster
    corner: tuple[int, int]
    shape: tuple[int, int]

    def samples(self, where: Indices, down: float | Floats, right: float | Floats) -> tuple[Indices, Samples]:
        """Which of the rays through (``down``, ``right``) of px ``where`` meet something, and what."""
        way, scene = self._ways(where, down, right), self.scene
        eye = np.array([0, self.camera.height, self.camera.distance], np.float32)
        todo, gone = np.arange(len(where), dtype=np.int32), np.zeros(len(where), np.float32)
        found: list[tuple[NDArray[np.generic], ...]] = []
        for _ in range(DEEPEST):
            ways = way[todo] if found else way
            hit = self.rays.first(eye + ways * gone[:, None] if found else eye, ways)
            got = np.flatnonzero(hit.triangle >= 0)
            todo, triangle, far = todo[got], hit.triangle[got], gone[got] + hit.far[got]
            corner, share = scene.triangles[triangle].T, _shares(hit.u[got], hit.v[got])
            known = _mixed(scene.fields, corner, share)
            label = scene.labels(triangle, known, self.figures)
            shown, through = np.flatnonzero(label), np.flatnonzero(label == 0)
            normal = _mixed(scene.normals, corner[:, shown], share[:, shown])
            found.append((todo[shown], triangle[shown], label[shown], known[shown], far[shown], normal))
            todo, gone = todo[through], far[through] + STEP
            if not len(todo):
                break
        ray, triangle, label, known, far, normal = (np.concatenate(column) for column in zip(*found, strict=True))
        along = way[ray]
        flip = np.where((normal * along).sum(1) > 0, np.float32(-1), np.float32(1))
        normal *= (flip / np.sqrt((normal * normal).sum(1)).clip(1e-9))[:, None]
        sort = (scene.part[triangle], scene.owner[triangle] + np.uint8(1), scene.shell[triangle], scene.digit[triangle])
        at = np.ascontiguousarray(eye + along * far[:, None])
        return ray, Samples(where[ray], label, *sort, at, np.ascontiguousarray(normal), known, far)

    def _ways(self, where: Indices, down: float | Floats, right: float | Floats) -> Floats:
        """(n, 3): 1 long along the lens's axis, so that a hit's distance is its depth."""
        row, column = np.divmod(where, np.int32(self.shape[1]))
        camera, out = self.camera, np.empty((3, len(where)), np.float32).T
        out[:, 0] = (column + (self.corner[0] - camera.centre + right)) / camera.focal
        out[:, 1] = (camera.horizon - self.corner[1] - row - down) / camera.focal
        out[:, 2] = -1
        return out


def _shares(u: Floats, v: Floats) -> Floats:
    return np.stack([1 - u - v, u, v]).astype(np.float32)


def _mixed(values: Floats, corner: Indices, share: Floats) -> Floats:
    """(n, k): what of ``values`` (v, k) lies between three corners (3, n) by their shares (3, n); a column at a time,
    which is how it is read."""
    out = np.empty((values.shape[1], len(corner[0])), np.float32)
    for known, column in zip(out, np.ascontiguousarray(values.T), strict=True):
        np.multiply(column[corner[0]], share[0], out=known)
        known += column[corner[1]] * share[1]
        known += column[corner[2]] * share[2]
    return out.T


def _block(block: Block, owner: int) -> tuple[NDArray[np.generic], ...]:
    """A box as 24 corners and 12 triangles."""
    low, high = np.array(block.low, np.float32), np.array(block.high, np.float32)
    corners = np.array([[(high if n >> k & 1 else low)[k] for k in range(3)] for n in range(8)], np.float32)
    faces = ((0, 4, 6, 2), (1, 3, 7, 5), (0, 1, 5, 4), (2, 6, 7, 3), (0, 2, 3, 1), (4, 5, 7, 6))
    points = corners[[corner for face in faces for corner in face]]
    middle = points.mean(0)
    normal = np.repeat(np.array([points[4 * k : 4 * k + 4].mean(0) - middle for k in range(6)], np.float32), 4, axis=0)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    quads = np.arange(24, dtype=np.int32).reshape(6, 4)
    known = np.pad(points, ((0, 0), (0, 5))).astype(np.float32)
    part = np.full(12, BODY_PARTS.index("thing"), np.uint8)
    none = np.zeros(12, np.uint8)
    return points, normal, known, split(quads).astype(np.int32), none, part, none, np.full(12, owner, np.uint8)


def _lowest(camera: Camera, points: Floats) -> float:
    """The least height that is seen of what has these points."""
    far = camera.distance - float(points[:, 2].min())
    return camera.height - (_ends(camera)[1] - camera.horizon) * max(far, NEAREST) / camera.focal


def _ends(camera: Camera) -> list[int]:
    return [-(-size // GRID) * GRID + MARGIN for size in (camera.width, camera.tall)]


def _boxes(camera: Camera, scene: _Scene) -> list[tuple[int, int, int, int]]:
    """The px of the sheet that each figure and thing can touch: left, top, right, bottom."""
    out = []
    for owner in np.unique(scene.owner):
        used = np.zeros(len(scene.points), bool)
        used[scene.triangles[scene.owner == owner]] = True
        points = scene.points[used & (scene.points[:, 2] < camera.distance - NEAREST)]
        if not len(points):
            continue
        px = camera.px(points.astype(np.float64))
        if (px.max(0) < 0).any() or (px.min(0) > [camera.width, camera.tall]).any():
            continue
        x0, y0 = np.maximum(np.floor(px.min(0) / GRID - 0.5).astype(int) * GRID, -MARGIN)
        x1, y1 = np.minimum(np.ceil(px.max(0) / GRID + 0.5).astype(int) * GRID, _ends(camera))
        out.append((int(x0), int(y0), int(x1), int(y1)))
    return out
