"""Furniture from boxes, round tops and cut-outs, in metres on a room's floor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from personavlog_embedded.render.canvas import Colour, scaled
from personavlog_embedded.render.paint_order import far_first
from personavlog_embedded.render.panel import Painting, Panel, plain, tile, wood
from personavlog_embedded.render.room_camera import Floats, Quad, RoomCamera, Vector


@dataclass(frozen=True)
class FurniturePart:
    """One box of a solid, in the solid's own metres: low and high corner; ``paint`` covers every side that ``sides``
    does not name.

    Sides are named as one who faces the solid sees them: front, back, left, right, top, under.
    """

    low: Vector
    high: Vector
    paint: Painting
    sides: Mapping[str, Painting] | None = None
    glow: float = 0.0


@dataclass(frozen=True)
class Disc:
    """A round top: middle, radius."""

    middle: Vector
    radius: float
    paint: Colour
    thick: float = 0.03


@dataclass(frozen=True)
class Cutout:
    """A picture that stands upright and always turns to the camera: its foot's middle, size, and who paints it;
    ``glow`` as faces have it."""

    foot: Vector
    wide: float
    tall: float
    paint: Painting
    glow: float = 0.0
    burning: bool = False


@dataclass(frozen=True)
class Furniture:
    """Parts that stand together at ``x``, ``z``, turned ``yaw`` degrees: 0 looks to the front wall, 90 to the right
    one; ``soft`` solids throw no shadow."""

    parts: Sequence[FurniturePart | Disc | Cutout]
    x: float = 0.0
    z: float = 0.0
    yaw: float = 0.0
    y: float = 0.0
    soft: bool = False

    def at(self, x: float, z: float, yaw: float = 0.0, y: float = 0.0) -> Furniture:
        """The same at another place."""
        return replace(self, x=x, z=z, yaw=yaw, y=y)

    def turned(self, points: Floats) -> Floats:
        """(n, 3) of its own metres as metres of the room."""
        sin, cos = np.sin(np.radians(self.yaw)), np.cos(np.radians(self.yaw))
        x, y, z = points.T
        return np.stack([self.x + cos * x - sin * z, y + self.y, self.z + sin * x + cos * z], 1)

    @property
    def bounds(self) -> tuple[Vector, Vector]:
        """Low and high corner in the room."""
        points = self.turned(np.concatenate([_extent(part) for part in self.parts]))
        low, high = points.min(0), points.max(0)
        return (float(low[0]), float(low[1]), float(low[2])), (float(high[0]), float(high[1]), float(high[2]))

    def faces(self, owner: int, seed: int, camera: RoomCamera) -> list[Quad]:
        """Every face, the far parts first."""
        sin, cos = np.sin(np.radians(self.yaw)), np.cos(np.radians(self.yaw))
        x, z = camera.x - self.x, camera.z - self.z
        eye = (float(cos * x + sin * z), camera.eye - self.y, float(cos * z - sin * x))
        boxes = [(part_.min(0), part_.max(0)) for part_ in map(_extent, self.parts)]
        order = far_first([(_v(low), _v(high)) for low, high in boxes], eye)
        world = np.array([camera.x, camera.eye, camera.z])
        return [face for number in order for face in self._painted(self.parts[number], owner, (seed, number), world)]

    def _painted(
        self, part: FurniturePart | Disc | Cutout, owner: int, seed: tuple[int, int], eye: Floats
    ) -> list[Quad]:
        if isinstance(part, FurniturePart):
            return self._box(part, owner, seed)
        return self._round(part, owner, seed) if isinstance(part, Disc) else [self._cutout(part, owner, seed, eye)]

    def _box(self, part: FurniturePart, owner: int, seed: tuple[int, int]) -> list[Quad]:
        (x0, y0, z0), (x1, y1, z1) = part.low, part.high
        named = part.sides or {}
        corners = {
            "back": ((x1, y1, z1), (x0, y1, z1), (x1, y0, z1)),
            "under": ((x0, y0, z0), (x1, y0, z0), (x0, y0, z1)),
            "left": ((x0, y1, z1), (x0, y1, z0), (x0, y0, z1)),
            "right": ((x1, y1, z0), (x1, y1, z1), (x1, y0, z0)),
            "front": ((x0, y1, z0), (x1, y1, z0), (x0, y0, z0)),
            "top": ((x0, y1, z1), (x1, y1, z1), (x0, y1, z0)),
        }
        faces = []
        for order, (side, points) in enumerate(corners.items()):
            origin, right, below = self.turned(np.array(points))
            across, down = right - origin, below - origin
            wide, tall = float(np.linalg.norm(across)), float(np.linalg.norm(down))
            paint = named.get(side, part.paint)
            faces.append(
                Quad(_v(origin), _v(across), _v(down), tile(paint, wide, tall, (*seed, order)), part.glow, owner)
            )
        return faces

    def _round(self, part: Disc, owner: int, seed: tuple[int, int]) -> list[Quad]:
        middle = self.turned(np.array([part.middle]))[0]
        faces = []
        for drop, tone in ((part.thick, 0.55), (part.thick / 2, 0.7), (0.0, 1.0)):
            origin = (float(middle[0]) - part.radius, float(middle[1]) - drop, float(middle[2]) + part.radius)
            size = part.radius * 2
            faces.append(
                Quad(
                    origin,
                    (size, 0, 0),
                    (0, 0, -size),
                    tile(round_(scaled(part.paint, tone)), size, size, seed),
                    0.0,
                    owner,
                )
            )
        return faces

    def _cutout(self, part: Cutout, owner: int, seed: tuple[int, int], eye: Floats) -> Quad:
        foot = self.turned(np.array([part.foot]))[0]
        away = foot - eye
        across = np.array([away[2], 0, -away[0]]) / max(float(np.hypot(away[0], away[2])), 1e-6) * part.wide
        origin = foot - across / 2 + np.array([0, part.tall, 0])
        painted = tile(part.paint, part.wide, part.tall, seed, part.burning)
        return Quad(_v(origin), _v(across), (0, -part.tall, 0), painted, part.glow, owner, thin=True)


def _v(vector: Floats) -> Vector:
    return float(vector[0]), float(vector[1]), float(vector[2])


def _extent(part: FurniturePart | Disc | Cutout) -> Floats:
    """Its corners, (n, 3)."""
    if isinstance(part, FurniturePart):
        low, high = np.asarray(part.low), np.asarray(part.high)
        return np.array([(x, y, z) for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])])
    if isinstance(part, Disc):
        x, y, z = part.middle
        return np.array([(x - part.radius, y - part.thick, z - part.radius), (x + part.radius, y, z + part.radius)])
    x, y, z = part.foot
    return np.array([(x - part.wide / 2, y, z - 0.05), (x + part.wide / 2, y + part.tall, z + 0.05)])


def round_(own: Colour) -> Painting:
    """A disc with a soft shine."""

    def paint(board: Panel) -> None:
        radius = board.wide / 2
        board.disc(radius, radius, radius, scaled(own, 0.92))
        board.disc(radius * 0.97, radius * 1.03, radius * 0.93, own)
        for size in (0.6, 0.45, 0.3):
            board.disc(radius * 0.85, radius * 1.15, radius * size, scaled(own, 1.02 + 0.06 * (0.6 - size) / 0.3))
        board.sheet.multiply(1 + 0.14 * board.grain(1, 6.0))

    return paint


def box(wide: float, tall: float, deep: float, paint: Painting, y: float = 0.0, **sides: Painting) -> Furniture:
    """One box standing on its middle."""
    return Furniture([FurniturePart((-wide / 2, y, -deep / 2), (wide / 2, y + tall, deep / 2), paint, dict(sides))])


def legs(wide: float, tall: float, deep: float, paint: Painting, thick: float = 0.045) -> list[FurniturePart]:
    """Four legs."""
    return [
        FurniturePart((x - thick / 2, 0, z - thick / 2), (x + thick / 2, tall, z + thick / 2), paint)
        for x in (-wide / 2 + thick, wide / 2 - thick)
        for z in (-deep / 2 + thick, deep / 2 - thick)
    ]


def table(wide: float, deep: float, own: Colour, tall: float = 0.75) -> Furniture:
    """A table on four legs."""
    top = FurniturePart((-wide / 2, tall - 0.04, -deep / 2), (wide / 2, tall, deep / 2), wood(own))
    rail = FurniturePart(
        (-wide / 2 + 0.06, tall - 0.12, -deep / 2 + 0.06),
        (wide / 2 - 0.06, tall - 0.04, deep / 2 - 0.06),
        wood(scaled(own, 0.72)),
    )
    return Furniture([*legs(wide - 0.06, tall - 0.04, deep - 0.06, wood(scaled(own, 0.66)), 0.06), rail, top])


def bistro(radius: float, own: Colour, tall: float = 0.75) -> Furniture:
    """A round table on one foot."""
    iron = plain((0.16, 0.15, 0.16))
    return Furniture(
        [
            Disc((0, 0.03, 0), radius * 0.55, (0.17, 0.16, 0.17), 0.02),
            FurniturePart((-0.03, 0, -0.03), (0.03, tall - 0.03, 0.03), iron),
            Disc((0, tall, 0), radius, own),
        ]
    )


def chair(own: Colour, seat: Colour | None = None) -> Furniture:
    """A chair that looks towards the front wall; its back is at its rear."""
    dark, cover = wood(scaled(own, 0.85)), plain(own if seat is None else seat, 0.1, 3)
    parts: list[FurniturePart | Disc | Cutout] = [*legs(0.44, 0.44, 0.44, dark)]
    parts.append(FurniturePart((-0.22, 0.43, -0.22), (0.22, 0.47, 0.22), cover))
    parts += [FurniturePart((x - 0.02, 0.47, 0.18), (x + 0.02, 0.88, 0.215), wood(own)) for x in (-0.19, 0.19)]
    parts += [
        FurniturePart((-0.2, y, 0.185), (0.2, y + 0.07, 0.21), wood(scaled(own, 1.08))) for y in (0.58, 0.69, 0.8)
    ]
    return Furniture(parts)


def stool(own: Colour, tall: float = 0.7) -> Furniture:
    """A bar stool."""
    iron = plain((0.20, 0.19, 0.2))
    return Furniture(
        [
            Disc((0, 0.03, 0), 0.17, (0.2, 0.19, 0.2), 0.02),
            FurniturePart((-0.025, 0, -0.025), (0.025, tall - 0.05, 0.025), iron),
            Disc((0, tall, 0), 0.18, own, 0.06),
        ]
    )
