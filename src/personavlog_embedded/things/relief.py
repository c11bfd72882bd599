"""Solids seen from the scene's camera: colour, surface direction and depth for every px, and the shadow that they throw
on the ground."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Plane
from personavlog_embedded.things.models.solid import Solid, Vectors, rotation

FINE = 2
"""A thing is worked out at this multiple of its size, so that its edges are smooth."""
FAR = 5.0
"""How many of its own sizes away the lens is: what is nearer looks larger."""
PAD = 3
SHIFT = 3


@dataclass(frozen=True)
class ThingCamera:
    """How a thing is seen: ``yaw`` turns it, ``pitch`` is how far the lens looks down on it, ``roll`` leans it in the
    picture; degrees."""

    yaw: float
    pitch: float
    roll: float = 0.0


@dataclass(frozen=True)
class Relief:
    """Per px: ``own`` colour (h, w, 3), ``normal`` (h, w, 3; x right, y up, z to the lens), ``cover`` 0 to 1,
    ``nearness`` in heights, ``part`` number.

    ``gloss`` and ``glow`` as the solids have them. ``root`` is where the thing's origin lies, px from the top left;
    ``scale`` px for a metre.
    """

    own: Plane
    normal: Plane
    cover: Plane
    nearness: Plane
    part: NDArray[np.int32]
    gloss: Plane
    glow: Plane
    root: tuple[float, float]
    scale: float


def relief_of(solids: Sequence[Solid], eye: ThingCamera, scale: float) -> Relief:
    """The solids as the eye sees them, ``scale`` px for a metre, at ``FINE`` times that resolution and cropped with
    ``PAD`` px of air."""
    turned = [_camera(solid.points, solids, eye) for solid in solids]
    everything = np.concatenate(turned)
    low, high = everything[:, :2].min(0), everything[:, :2].max(0)
    fine = scale * FINE
    width, height = (int(np.ceil(v)) + 2 * PAD * FINE for v in (high - low) * fine)
    width, height = width + width % FINE, height + height % FINE
    shift = np.array([-low[0], high[1]]) * fine + PAD * FINE
    depth = np.full((height, width), -np.inf, np.float32)
    out = _Canvas.empty(height, width, depth)
    for number, (solid, points) in enumerate(zip(solids, turned, strict=True), 1):
        screen = np.column_stack([points[:, 0] * fine + shift[0], shift[1] - points[:, 1] * fine, points[:, 2] * fine])
        _draw(out, solid, screen, number)
    cover = (out.part > 0).astype(np.float32)
    near = np.where(out.part > 0, out.depth, 0) / max(height, 1)
    return Relief(
        out.own,
        out.normal,
        cover * (1 - out.sheer),
        np.asarray(near, np.float32),
        out.part,
        out.gloss,
        out.glow,
        (shift[0], shift[1]),
        fine,
    )


def offset(
    solids: Sequence[Solid], eye: ThingCamera, scale: float, point: tuple[float, float, float]
) -> tuple[float, float]:
    """Px to the right of and below the origin at which a point of the thing is seen."""
    x, y, _ = _camera(np.array([point], np.float64), solids, eye)[0]
    return float(x * scale), float(-y * scale)


def _camera(points: Vectors, solids: Sequence[Solid], eye: ThingCamera) -> Vectors:
    """Camera co-ordinates in metres, with perspective."""
    size = max(float(np.ptp(np.concatenate([solid.points for solid in solids]), axis=0).max()), 1e-3) if solids else 1.0
    turned = points @ (rotation("x", eye.pitch) @ rotation("y", eye.yaw)).T
    turned = turned / (1 - turned[:, 2:] / (FAR * size))
    return turned @ rotation("z", eye.roll).T


@dataclass
class _Canvas:
    own: Plane
    normal: Plane
    part: NDArray[np.int32]
    gloss: Plane
    glow: Plane
    sheer: Plane
    depth: Plane

    @classmethod
    def empty(cls, height: int, width: int, depth: Plane) -> _Canvas:
        def planes() -> Plane:
            return np.zeros((height, width), np.float32)

        colours = np.zeros((height, width, 3), np.float32)
        return cls(colours, colours.copy(), np.zeros((height, width), np.int32), planes(), planes(), planes(), depth)


def _draw(out: _Canvas, solid: Solid, screen: Vectors, number: int) -> None:
    """One solid, by its faces' numbers, then by what the faces are, where nothing nearer is drawn yet."""
    groups = [screen[solid.quads], *(screen[list(lid)][None] for lid in solid.lids)]
    planes = np.concatenate([_planes(group) for group in groups])
    facing = planes[:, 5] > 1e-6 if not solid.open else np.abs(planes[:, 5]) > 1e-6
    order = np.argsort(planes[:, 6])
    order = order[facing[order]]
    if not order.size:
        return
    x0, y0 = np.maximum(np.floor(screen[:, :2].min(0)).astype(int) - 1, 0)
    x1, y1 = np.ceil(screen[:, :2].max(0)).astype(int) + 2
    x1, y1 = min(x1, out.part.shape[1]), min(y1, out.part.shape[0])
    faces = np.zeros((y1 - y0, x1 - x0), np.int32)
    corners = [
        face for group in groups for face in np.round((group[..., :2] - (x0, y0)) * (1 << SHIFT)).astype(np.int32)
    ]
    for at in order.tolist():
        cv2.fillPoly(faces, [corners[at]], at + 1, cv2.LINE_8, SHIFT)
    rows, columns = np.nonzero(faces)
    which = planes[faces[rows, columns] - 1]
    near = which[:, 0] * (columns + x0) + which[:, 1] * (rows + y0) + which[:, 2] + solid.lift
    won = near > out.depth[rows + y0, columns + x0] + 1e-3
    _keep(
        out,
        solid,
        number,
        (rows[won], columns[won]),
        (int(y0), int(x0)),
        near[won],
        _bent(faces, which[:, 3:6], rows, columns, solid.smooth)[won],
    )


def _planes(faces: Vectors) -> Vectors:
    """Per face (n, corners, 3): depth as a x + b y + c, the outward direction (Newell's sum) with y upwards, and the
    middle's depth: (n, 7)."""
    after = np.roll(faces, -1, axis=1)
    less, more = faces - after, faces + after
    # y runs downwards on the screen, which turns the sum's sign.
    normal = -np.stack([(less[..., k - 2] * more[..., k - 1]).sum(axis=1) for k in range(3)], axis=-1)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True) + 1e-9
    x, y, z = normal.T
    steep = np.where(np.abs(z) > 0.02, z, np.where(z >= 0, 0.02, -0.02))
    a, b = np.clip(-x / steep, -8, 8), np.clip(-y / steep, -8, 8)
    middle = faces.mean(axis=1)
    return np.column_stack([a, b, middle[:, 2] - a * middle[:, 0] - b * middle[:, 1], x, -y, z, middle[:, 2]])


def _bent(
    faces: NDArray[np.int32], normals: Vectors, rows: NDArray[np.int64], columns: NDArray[np.int64], smooth: bool
) -> Plane:
    """The faces' directions towards the lens; between the faces of a bent surface they change gradually."""
    toward = (normals * np.where(normals[:, 2:] < 0, -1, 1)).astype(np.float32)
    if not smooth:
        return toward
    field = np.zeros((*faces.shape, 3), np.float32)
    field[rows, columns] = toward
    sigma = max(1.0, 0.035 * max(faces.shape))
    soft = cv2.GaussianBlur(field, (0, 0), sigma)[rows, columns]
    return np.asarray(soft / (np.linalg.norm(soft, axis=1, keepdims=True) + 1e-6), np.float32)


def _keep(
    out: _Canvas,
    solid: Solid,
    number: int,
    at: tuple[NDArray[np.int64], NDArray[np.int64]],
    origin: tuple[int, int],
    near: Vectors,
    normal: Plane,
) -> None:
    rows, columns = at[0] + origin[0], at[1] + origin[1]
    own = np.asarray(solid.colour, np.float32)
    if solid.sheer:
        hidden = out.part[rows, columns] > 0
        own = out.own[rows, columns] * solid.sheer + own * (1 - solid.sheer)
        out.sheer[rows, columns] = np.where(hidden, out.sheer[rows, columns], solid.sheer * 0.6)
    else:
        out.sheer[rows, columns] = 0
    out.own[rows, columns], out.normal[rows, columns] = own, normal
    out.depth[rows, columns], out.part[rows, columns] = near, number
    out.gloss[rows, columns], out.glow[rows, columns] = solid.gloss, solid.glow


def cast_shadow(
    solids: Sequence[Solid], eye: ThingCamera, scale: float, fall: tuple[float, float]
) -> tuple[Plane, tuple[float, float]]:
    """What the solids throw on the ground they stand on, ``fall`` (x, z) metres for a metre of height: (h, w) 0 or 1,
    and where their origin lies in it."""
    flat = [
        np.column_stack([p[:, 0] + fall[0] * p[:, 1], 0 * p[:, 1], p[:, 2] + fall[1] * p[:, 1]])
        for p in _standing(solids, eye.yaw)
    ]
    seen_ = [points @ rotation("x", eye.pitch).T * scale for points in flat]
    everything = np.concatenate(seen_)
    low, high = everything.min(0), everything.max(0)
    width, height = (int(np.ceil(v)) + 2 * PAD for v in (high - low)[:2])
    mask = np.zeros((height, width), np.uint8)
    for solid, points in zip(solids, seen_, strict=True):
        screen = np.round(
            np.column_stack([points[:, 0] - low[0] + PAD, high[1] - points[:, 1] + PAD]) * (1 << SHIFT)
        ).astype(np.int32)
        for face in (*solid.quads, *map(list, solid.lids)):
            cv2.fillPoly(mask, [screen[face]], 255, cv2.LINE_AA, SHIFT)
    return mask.astype(np.float32) / np.float32(255), (PAD - low[0], high[1] + PAD)


def _standing(solids: Sequence[Solid], yaw: float) -> list[Vectors]:
    return [solid.points @ rotation("y", yaw).T for solid in solids]
