"""The shapes that a thing is put together from: turned, blown, bent, sawn and cut ones, in metres; x right, y up, z
towards the viewer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from personavlog_embedded.render.canvas import Colour

Point = tuple[float, float, float]
Vectors = NDArray[np.float64]
Quads = NDArray[np.int64]


@dataclass(frozen=True)
class Solid:
    """``points`` (n, 3); ``quads`` (m, 4) and ``lids`` (flat outlines) index them, seen from outside counter-clockwise.

    ``open`` ones are seen from both sides. ``smooth`` surfaces bend, others have edges. ``gloss`` 0 to 1 shines,
    ``glow`` 0 to 1 gives light of its own,
    ``sheer`` 0 to 1 lets through what lies behind. Faces that hardly differ in depth go to the one with the greater
    ``lift``.
    """

    points: Vectors
    quads: Quads
    lids: tuple[tuple[int, ...], ...]
    colour: Colour
    open: bool = False
    smooth: bool = True
    gloss: float = 0.0
    glow: float = 0.0
    sheer: float = 0.0
    lift: float = 0.0

    def moved(self, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Solid:
        """The same solid elsewhere."""
        return replace(self, points=self.points + np.array([x, y, z]))

    def turned(self, axis: str, degrees: float, about: Point = (0.0, 0.0, 0.0)) -> Solid:
        """Turned around an axis through ``about``, counter-clockwise as seen from its positive end."""
        return replace(self, points=(self.points - about) @ rotation(axis, degrees).T + about)

    def but(self, **changes: object) -> Solid:
        """A copy with other looks."""
        return replace(self, **changes)  # type: ignore[arg-type]


def rotation(axis: str, degrees: float) -> Vectors:
    """(3, 3) turn around x, y or z."""
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    first, second = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    matrix = np.eye(3)
    matrix[first, first] = matrix[second, second] = cos
    matrix[first, second], matrix[second, first] = -sin, sin
    return matrix


def _grid(rows: int, columns: int) -> Quads:
    """Quads between rings of ``columns`` points, closed around."""
    at = np.arange((rows - 1) * columns).reshape(rows - 1, columns)
    after = np.roll(at, -1, axis=1)
    return np.stack([at, after, after + columns, at + columns], axis=-1).reshape(-1, 4)


def lathe(
    profile: Sequence[tuple[float, float]],
    colour: Colour,
    at: Point = (0.0, 0.0, 0.0),
    sides: int = 26,
    bent: bool = False,
) -> Solid:
    """Turned around the y axis: ``profile`` is (radius, height) from below upwards; ``bent`` rounds it."""
    outline = rounded(profile, 3) if bent else np.asarray(profile, np.float64)
    angles = np.linspace(0, -2 * np.pi, sides, endpoint=False)
    ring = np.stack([np.cos(angles), np.zeros(sides), np.sin(angles)], axis=-1)
    points = ring[None] * outline[:, :1, None] + np.array([0.0, 1.0, 0.0]) * outline[:, 1:, None]
    count = len(outline)
    lids = ((*range(sides - 1, -1, -1),), (*range((count - 1) * sides, count * sides),))
    return Solid(points.reshape(-1, 3) + at, _grid(count, sides), lids, colour)


def shell(
    profile: Sequence[tuple[float, float]],
    colour: Colour,
    at: Point = (0.0, 0.0, 0.0),
    sides: int = 30,
    bent: bool = True,
) -> Solid:
    """A turned vessel without a lid, whose inside is seen."""
    return lathe(profile, colour, at, sides, bent).but(lids=(), open=True)


def ball(at: Point, radii: Point | float, colour: Colour, sides: int = 18) -> Solid:
    """An ellipsoid."""
    angles = np.linspace(-np.pi / 2, np.pi / 2, 11)
    unit = lathe([(max(1e-4, float(np.cos(a))), float(np.sin(a))) for a in angles], colour, sides=sides)
    return replace(unit, points=unit.points * np.broadcast_to(np.asarray(radii, np.float64), (3,)) + at)


def tube(
    path: Sequence[Point],
    radius: float | Sequence[float],
    colour: Colour,
    sides: int = 12,
    flat: float = 1.0,
    bent: bool = True,
) -> Solid:
    """A bent rod of changing radius; ``flat`` is its depth for its width."""
    knots = np.column_stack(
        [np.asarray(path, np.float64), np.broadcast_to(np.asarray(radius, np.float64), (len(path),))]
    )
    line = rounded(knots, 4) if bent and len(path) > 2 else knots
    ahead = np.gradient(line[:, :3], axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True) + 1e-9
    guide = np.array([0.0, 0.0, 1.0]) if np.abs(ahead[:, 2]).max() < 0.9 else np.array([0.31, 0.95, 0.0])
    across = np.cross(ahead, guide)
    across /= np.linalg.norm(across, axis=1, keepdims=True) + 1e-9
    up = np.cross(across, ahead)
    angles = np.linspace(0, -2 * np.pi, sides, endpoint=False)
    rings = line[:, None, :3] + line[:, 3:, None] * (
        np.cos(angles)[:, None] * across[:, None] + flat * np.sin(angles)[:, None] * up[:, None]
    )
    last = len(line) - 1
    lids = ((*range(sides - 1, -1, -1),), (*range(last * sides, (last + 1) * sides),))
    return Solid(rings.reshape(-1, 3), _grid(len(line), sides), lids, colour)


def box(at: Point, size: Point, colour: Colour, bevel: float = 0.0) -> Solid:
    """An upright box whose floor's middle is ``at``; ``bevel`` cuts its upright edges."""
    x, z = size[0] / 2, size[2] / 2
    b = min(bevel, x * 0.9, z * 0.9)
    ring = [(-x, z - b), (-x + b, z), (x - b, z), (x, z - b), (x, -z + b), (x - b, -z), (-x + b, -z), (-x, -z + b)]
    if b == 0:
        ring = [(-x, z), (x, z), (x, -z), (-x, -z)]
    return prism(ring, size[1], colour).moved(*at)


def prism(outline: Sequence[tuple[float, float]], height: float, colour: Colour) -> Solid:
    """An outline in x and z, drawn upwards."""
    flat = np.asarray(outline, np.float64)
    count = len(flat)
    points = np.concatenate([np.column_stack([flat[:, 0], np.full(count, y), flat[:, 1]]) for y in (0.0, height)])
    if _area(flat) > 0:
        points = points.reshape(2, count, 3)[:, ::-1].reshape(-1, 3)
    return Solid(
        points, _grid(2, count), ((*range(count - 1, -1, -1),), (*range(count, 2 * count),)), colour, smooth=False
    )


def board(outline: Sequence[tuple[float, float]], thick: float, colour: Colour, z: float = 0.0) -> Solid:
    """An upright cut-out: an outline in x and y, ``thick`` deep around ``z``."""
    flat = prism([(x, -y) for x, y in outline], thick, colour)
    return flat.turned("x", 90).moved(z=z - thick / 2)


def sheet(corners: Sequence[Point], colour: Colour, lift: float = 0.0) -> Solid:
    """A flat or nearly flat piece seen from both sides; with ``lift`` a mark on what it lies on."""
    return Solid(
        np.asarray(corners, np.float64),
        np.zeros((0, 4), np.int64),
        ((*range(len(corners)),),),
        colour,
        open=True,
        smooth=False,
        lift=lift,
    )


def disc(at: Point, radius: float, colour: Colour, axis: str = "y", lift: float = 0.0, squash: float = 1.0) -> Solid:
    """A round mark across an axis."""
    angles = np.linspace(0, 2 * np.pi, 20, endpoint=False)
    first, second, none = radius * np.cos(angles), radius * squash * np.sin(angles), np.zeros(20)
    columns = {"x": (none, second, first), "y": (first, none, second), "z": (first, second, none)}[axis]
    return sheet(
        [(float(x), float(y), float(z)) for x, y, z in np.column_stack(columns) + np.asarray(at)], colour, lift
    )


def round_outline(
    width: float, height: float, corner: float, middle: tuple[float, float] = (0.0, 0.0)
) -> list[tuple[float, float]]:
    """A rectangle with rounded corners, counter-clockwise."""
    out: list[tuple[float, float]] = []
    for quarter, (sx, sy) in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1))):
        for angle in np.radians(90 * quarter + np.array([0, 30, 60, 90])):
            x = sx * (width / 2 - corner) + corner * float(np.cos(angle))
            out.append((middle[0] + x, middle[1] + sy * (height / 2 - corner) + corner * float(np.sin(angle))))
    return out


def rounded(knots: Sequence[tuple[float, ...]] | Vectors, steps: int) -> Vectors:
    """A Catmull-Rom line through the knots, ``steps`` points a piece."""
    line = np.asarray(knots, np.float64)
    padded = np.concatenate([2 * line[:1] - line[1:2], line, 2 * line[-1:] - line[-2:-1]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        pieces.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.concatenate([*pieces, line[-1:]])


def _area(flat: Vectors) -> float:
    x, y = flat[:, 0], flat[:, 1]
    return float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2
