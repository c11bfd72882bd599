"""A pinhole camera for painted rooms: textured faces in metres, seen in perspective without jagged edges.

x runs right, y up from the floor, z away from the front wall. The camera looks level, so that upright edges stay
upright and the horizon is a row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog_embedded.render.canvas import SHIFT, Surface

EYE = 1.6
"""Metres above the floor."""
NEAR = 0.3
"""Metres; what is closer to the lens is cut off."""
MOST = 1300
"""Px that a face's tile measures at most."""
RIM = 6
"""Px beyond the sheet up to which faces are drawn."""

Floats = NDArray[np.float64]
Vector = tuple[float, float, float]
Tile = Callable[[int, int], Pixels]
"""Paints (height, width) px of a face: premultiplied RGBA, as under white light."""
Shine = Callable[["Quad", Floats], NDArray[np.float32]]
"""The light on a face's points (rows, columns, 3) in metres: factors of the same shape."""


@dataclass(frozen=True)
class Quad:
    """A flat parallelogram: ``across`` runs from its upper left corner ``origin`` to the upper right one, ``down`` to
    the lower left one.

    ``glow`` 1 is a lamp's own light, 0 is lit by the room. ``owner`` is the solid that it belongs to, -1 the room's
    shell.
    """

    origin: Vector
    across: Vector
    down: Vector
    tile: Tile
    glow: float = 0.0
    owner: int = -1
    thin: bool = False

    @property
    def normal(self) -> Floats:
        """Out of the side that is painted, length 1."""
        (a, b, c), (d, e, f) = self.across, self.down
        normal = np.array([b * f - c * e, c * d - a * f, a * e - b * d])
        return np.asarray(normal / max(float(np.sqrt(normal @ normal)), 1e-9))

    @property
    def corners(self) -> Floats:
        """(4, 3): upper left, upper right, lower right, lower left."""
        o, a, d = (np.asarray(v, float) for v in (self.origin, self.across, self.down))
        return np.stack([o, o + a, o + a + d, o + d])

    def grid(self, rows: int, columns: int) -> Floats:
        """(rows, columns, 3) points spread over the face, in metres."""
        s, t = (np.arange(columns) + 0.5) / columns, (np.arange(rows) + 0.5) / rows
        o, a, d = (np.asarray(v, float) for v in (self.origin, self.across, self.down))
        return np.asarray(o + s[None, :, None] * a + t[:, None, None] * d)


@dataclass(frozen=True)
class RoomCamera:
    """Stands at ``x``, ``z`` metres and looks ``yaw`` degrees to the right of straight ahead; ``focal``, ``middle`` and
    ``horizon`` in px."""

    x: float
    z: float
    yaw: float
    focal: float
    middle: float
    horizon: float
    eye: float = EYE

    @property
    def turn(self) -> Floats:
        """(3, 4): from homogeneous metres to the camera's right, up and ahead."""
        sin, cos = np.sin(np.radians(self.yaw)), np.cos(np.radians(self.yaw))
        rows = np.array([[cos, 0, -sin], [0, 1, 0], [sin, 0, cos]])
        return np.hstack([rows, -(rows @ np.array([self.x, self.eye, self.z]))[:, None]])

    @property
    def matrix(self) -> Floats:
        """(3, 4): from homogeneous metres to homogeneous px."""
        lens = np.array([[self.focal, 0, self.middle], [0, -self.focal, self.horizon], [0, 0, 1]])
        return np.asarray(lens @ self.turn)

    def ahead(self, points: Floats) -> Floats:
        """(n, 3) metres as the camera's right, up and ahead."""
        return np.asarray(points @ self.turn[:, :3].T + self.turn[:, 3])

    def project(self, point: Vector) -> tuple[float, float, float]:
        """Px from the left, px from the top, and px per metre there."""
        right, up, far = self.ahead(np.asarray([point], float))[0]
        scale = self.focal / max(float(far), NEAR)
        return self.middle + float(right) * scale, self.horizon - float(up) * scale, scale

    def clipped(self, points: Floats, height: int, width: int) -> Floats:
        """The part of a polygon ((n, 3) as ``ahead`` gives it) that a sheet of this size shows; (0, 3) where it shows
        none."""
        f, rim = self.focal, RIM
        planes = np.array(
            [
                (0, 0, 1, -NEAR),
                (f, 0, self.middle + rim, 0),
                (-f, 0, width - self.middle + rim, 0),
                (0, -f, self.horizon + rim, 0),
                (0, f, height - self.horizon + rim, 0),
            ]
        )
        for plane in planes:
            points = _cut(points, plane)
        return points


def _cut(points: Floats, plane: Floats) -> Floats:
    """Sutherland and Hodgman's polygon clipping by one plane."""
    if len(points) == 0:
        return points
    side = points @ plane[:3] + plane[3]
    if (side >= 0).all():
        return points
    kept = []
    for a, b, sa, sb in zip(points, np.roll(points, -1, 0), side, np.roll(side, -1), strict=True):
        if sa >= 0:
            kept.append(a)
        if (sa >= 0) != (sb >= 0):
            kept.append(a + (b - a) * (sa / (sa - sb)))
    return np.array(kept) if len(kept) >= 3 else np.zeros((0, 3))


def visible(camera: RoomCamera, face: Quad) -> bool:
    """Whether the camera stands before the painted side."""
    if face.thin:
        return True
    to_camera = np.array([camera.x, camera.eye, camera.z]) - np.asarray(face.origin)
    return float(to_camera @ face.normal) > 1e-6


def draw_quad(sheet: Surface, camera: RoomCamera, face: Quad, shine: Shine) -> None:
    """Paint what the camera sees of a face over the sheet."""
    if not visible(camera, face):
        return
    seen = camera.clipped(camera.ahead(face.corners), sheet.height, sheet.width)
    if len(seen) == 0:
        return
    outline = np.stack(
        [
            camera.middle + camera.focal * seen[:, 0] / seen[:, 2],
            camera.horizon - camera.focal * seen[:, 1] / seen[:, 2],
        ],
        1,
    )
    x0, y0 = np.maximum(np.floor(outline.min(0)).astype(int) - 2, 0)
    x1, y1 = np.minimum(np.ceil(outline.max(0)).astype(int) + 3, [sheet.width, sheet.height])
    if x1 <= x0 or y1 <= y0:
        return
    near, far = float(seen[:, 2].min()), float(seen[:, 2].max())
    tile = _lit(face, shine, _size(face, camera, near))
    box = (int(x0), int(y0), int(x1), int(y1))
    _blend(sheet, box, _warped(tile, camera, face, box, near, far), _mask(outline, box))


def _size(face: Quad, camera: RoomCamera, near: float) -> tuple[int, int]:
    """Height and width of the tile in px: as fine as its nearest part is seen."""
    wide, tall = float(np.linalg.norm(face.across)), float(np.linalg.norm(face.down))
    density = min(camera.focal / near * (1.7 if face.thin else 1.0), MOST / max(wide, tall))
    return max(3, round(tall * density)), max(3, round(wide * density))


def _lit(face: Quad, shine: Shine, size: tuple[int, int]) -> Pixels:
    """The face's tile under the room's light."""
    tile = face.tile(*size)
    if face.glow >= 1:
        return tile
    tall, wide = float(np.linalg.norm(face.down)), float(np.linalg.norm(face.across))
    fine = 30.0 if face.owner < 0 else 8.0
    rows, columns = (int(np.clip(length * fine, 3, 230)) for length in (tall, wide))
    light = shine(face, face.grid(rows, columns))
    light = light + (1 - light) * face.glow if face.glow else light
    full = cv2.resize(light, (tile.shape[1], tile.shape[0]), interpolation=cv2.INTER_LINEAR)
    red, green, blue, cover = cv2.split(tile)
    parts = [
        cv2.min(cv2.multiply(part, light, dtype=cv2.CV_8U), cover)
        for part, light in zip((red, green, blue), cv2.split(full), strict=True)
    ]
    return np.asarray(cv2.merge([*parts, cover]), np.uint8)


def _warped(
    tile: Pixels, camera: RoomCamera, face: Quad, box: tuple[int, int, int, int], near: float, far: float
) -> Pixels:
    """The tile as the box of px shows it; what is far is taken from a smaller copy, so that nothing flickers or breaks
    up."""
    x0, y0, x1, y1 = box
    plane = camera.matrix @ np.array([[*face.across, 0], [*face.down, 0], [*face.origin, 1]], float).T
    back = np.linalg.inv(plane) @ np.array([[1, 0, x0], [0, 1, y0], [0, 0, 1]], float)
    out: Pixels | None = None
    level, reach = tile, near * 0.8
    while True:
        scale = np.array([[level.shape[1], 0, -0.5], [0, level.shape[0], -0.5], [0, 0, 1]])
        part = cv2.warpPerspective(
            level,
            scale @ back,
            (x1 - x0, y1 - y0),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        if out is None:
            out = np.asarray(part, np.uint8)
        else:
            _farther(out, part, back, reach)
        reach *= 2
        if reach * 0.8 >= far or min(level.shape[:2]) < 8:
            return out
        level = np.asarray(
            cv2.resize(level, (max(2, level.shape[1] // 2), max(2, level.shape[0] // 2)), interpolation=cv2.INTER_AREA),
            np.uint8,
        )


def _farther(out: Pixels, part: Pixels, back: Floats, reach: float) -> None:
    """Take ``part`` where the face is farther than about ``reach`` metres; ``back`` leads from px to the face, its last
    row is one over the distance."""
    height, width = out.shape[:2]
    columns, rows = np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)[:, None]
    right, down, start = (np.float32(value) for value in back[2])
    share = np.clip(
        (np.float32(1.25) - np.float32(reach) * (right * columns + (down * rows + start))) / np.float32(0.42), 0, 1
    )
    out[:] = cv2.blendLinear(np.ascontiguousarray(part), out, share, np.float32(1) - share)


def _mask(outline: Floats, box: tuple[int, int, int, int]) -> Pixels:
    """The outline filled, half a px wider, so that neighbours leave no gap."""
    mask = np.zeros((box[3] - box[1], box[2] - box[0]), np.uint8)
    fixed = np.round((outline - [box[0], box[1]]) * (1 << SHIFT)).astype(np.int32)
    cv2.fillPoly(mask, [fixed], 255, cv2.LINE_AA, SHIFT)
    cv2.polylines(mask, [fixed], True, 255, 1, cv2.LINE_AA, SHIFT)
    return mask


def _blend(sheet: Surface, box: tuple[int, int, int, int], part: Pixels, mask: Pixels) -> None:
    x0, y0, x1, y1 = box
    cover = cv2.merge([mask] * 4)
    part = cv2.multiply(part, cover, scale=1 / 255)
    below = sheet.pixels[y0:y1, x0:x1]
    rest = cv2.multiply(below, cv2.merge([255 - part[..., 3]] * 4), scale=1 / 255)
    below[:] = cv2.add(part, rest)
