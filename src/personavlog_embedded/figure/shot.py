"""Who is seen from where: all that a drawing of figures is made from, a kilobyte of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from personavlog_embedded.figure.geometry import Vectors, turn
from personavlog_embedded.figure.mesh import Floats
from personavlog_embedded.figure.outfit import Colour, DrawnHead, Outfit
from personavlog_embedded.figure.pose import Pose
from personavlog_embedded.figure.shape import Shape

Point = tuple[float, float, float]


@dataclass(frozen=True)
class Camera:
    """Looks level along -z from ``height`` m over the ground and ``distance`` m before the origin, where the figures
    stand. ``focal``, ``horizon`` (row) and ``centre`` (column of the axis) in px of a sheet of ``width`` x ``tall`` px.
    """

    width: int
    tall: int
    focal: float
    horizon: float
    centre: float
    height: float
    distance: float

    def px(self, points: Vectors) -> Vectors:
        """(..., 2): where world points (..., 3) are seen."""
        far = self.distance - points[..., 2]
        return np.stack(
            [
                self.centre + self.focal * points[..., 0] / far,
                self.horizon + self.focal * (self.height - points[..., 1]) / far,
            ],
            -1,
        )

    @property
    def metre(self) -> float:
        """Px of a metre where the figures stand."""
        return self.focal / self.distance


@dataclass(frozen=True)
class Sun:
    """``way`` points to the light; ``warm`` and ``cool`` multiply what it reaches and what it does not; ``shadow`` 0 to
    1 is how dark the ground's shadow is."""

    way: Point = (0.5, 0.75, 0.55)
    warm: Colour = (1.05, 1.0, 0.93)
    cool: Colour = (0.62, 0.6, 0.74)
    shadow: float = 0.5

    @property
    def towards(self) -> Floats:
        """(3,): the unit vector to the light."""
        way = np.asarray(self.way, np.float32)
        return np.asarray(way / np.linalg.norm(way))


@dataclass(frozen=True)
class Performer:
    """One figure: ``x``, ``z`` where it stands (m), ``yaw`` degrees to its left from facing the lens (the pose's own is
    added), ``lift`` m that its lowest point is over the ground. ``head`` None leaves the head out: a photo's is put on,
    ``head_size`` times as large as the body's own: a hat fits it."""

    shape: Shape
    outfit: Outfit
    pose: Pose
    x: float = 0.0
    z: float = 0.0
    yaw: float = 0.0
    lift: float = 0.0
    head: DrawnHead | None = None
    seed: int = 1
    head_size: float = 1.0

    @property
    def faces(self) -> float:
        """Degrees that the figure is turned to its left from facing the lens."""
        return self.yaw + self.pose.yaw

    @property
    def turned(self) -> Vectors:
        """(3, 3): from the figure's axes into the world's."""
        return turn([0, 1, 0], self.faces)


@dataclass(frozen=True)
class Block:
    """A box that is drawn with the figures, such as a bench: its lowest corner nearest the origin of its axes, and its
    size, m."""

    low: Point
    high: Point
    colour: Colour


@dataclass(frozen=True)
class Shot:
    """Everything that is drawn together and hides each other truly."""

    camera: Camera
    sun: Sun
    performers: tuple[Performer, ...]
    blocks: tuple[Block, ...] = ()
    ink: float = 1.6
