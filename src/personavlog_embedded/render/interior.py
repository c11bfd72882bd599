"""A room with walls, windows, lamps and furniture, painted from where the camera of this shot stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from personavlog_embedded.render import window_view
from personavlog_embedded.render.canvas import Colour, Surface
from personavlog_embedded.render.paint_order import far_first
from personavlog_embedded.render.panel import Painting, Panel, plain, tile
from personavlog_embedded.render.room_camera import Quad, RoomCamera, Vector, draw_quad
from personavlog_embedded.render.room_light import WARM, Block, Glow, Lamp, Window
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.solids import Furniture

Side = Literal["back", "left", "right", "front"]
SIDES: tuple[Side, ...] = ("back", "left", "right", "front")
NEARNESS = 1.7
"""Metres over distance is how near a layer is: a person stands at about two metres."""
WIDE, UPRIGHT = 0.98, 0.80
"""The lens, in units, for landscape and upright frames."""
CLEAR = (1.7, 1.3)
"""Metres ahead of the camera and to its sides in which no furniture stands in the person's way."""


@dataclass(frozen=True)
class Angle:
    """Where a camera stands in metres and how many degrees it looks to the right of the back wall."""

    x: float
    z: float
    yaw: float


@dataclass(frozen=True)
class Slot:
    """Where somebody or something can be: ``kind`` stand, seat or top; px from left and top on the setting's sheet, and
    px per metre there."""

    kind: str
    x: float
    y: float
    scale: float


class Interior:
    """A room of ``wide`` x ``deep`` metres, ``tall`` high: x from -wide/2 to wide/2, z from 0 at the front wall to deep
    at the back one."""

    def __init__(
        self, setting: Setting, wide: float, tall: float, deep: float, angles: Sequence[Angle], base: float = 1.0
    ) -> None:
        self.setting, self.wide, self.tall, self.deep, self.angles = setting, wide, tall, deep, tuple(angles)
        self.glow = Glow(setting.light, (wide, tall, deep), base=base)
        self.clear = CLEAR
        self._walls: dict[Side, Painting] = dict.fromkeys(SIDES, plain((0.85, 0.82, 0.76)))
        self._holes: dict[Side, list[tuple[float, float, float, float, tuple[int, int], Colour]]] = {
            side: [] for side in SIDES
        }
        self._floor: Painting = plain((0.6, 0.45, 0.32))
        self._ceiling: Painting = plain((0.93, 0.91, 0.87), 0.05)
        self._solids: list[Furniture] = []
        self._sprites: list[tuple[Vector, float, Colour]] = []
        self._slots: list[tuple[str, Vector]] = []

    # building

    def walls(self, *sides: Side, paint: Painting) -> None:
        """How these walls are painted; x of the board runs from the wall's left as seen from inside."""
        for side in sides:
            self._walls[side] = paint

    def floor(self, paint: Painting) -> None:
        """The floor; the board's upper edge lies at the back wall."""
        self._floor = paint

    def ceiling(self, paint: Painting) -> None:
        """The ceiling, as seen looking up from the front."""
        self._ceiling = paint

    def window(
        self,
        side: Side,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        panes: tuple[int, int] = (2, 2),
        frame: Colour = (0.93, 0.90, 0.84),
    ) -> None:
        """An opening in a wall, in metres from its left and from the floor."""
        corner, run, inward, _ = self._frame(side)
        foot = (corner[0] + run[0] * x0, y0, corner[2] + run[2] * x0)
        length = x1 - x0
        self.glow.windows.append(Window(foot, (run[0] * length, 0.0, run[2] * length), y1 - y0, inward, panes))
        self._holes[side].append((x0, y0, x1, y1, panes, frame))

    def lamp(
        self,
        x: float,
        y: float,
        z: float,
        *,
        reach: float = 1.8,
        power: float = 0.75,
        colour: Colour = WARM,
        always: bool = False,
        halo: float = 0.55,
    ) -> bool:
        """A light; ``halo`` is the radius in metres of its glow in the air. Says whether it burns."""
        self.glow.lamps.append(Lamp((x, y, z), reach, power, colour, always))
        burns = always or self.glow.lit
        if burns and halo:
            self._sprites.append(((x, y, z), halo, colour))
        return burns

    def add(self, solid: Furniture, *places: tuple[float, ...]) -> None:
        """Furniture as it is, or at each (x, z[, yaw[, y]])."""
        self._solids += [solid.at(*place) for place in places] if places else [solid]

    def slot(self, kind: str, x: float, y: float, z: float) -> None:
        """Where somebody can stand or sit, or where a small thing can stand."""
        self._slots.append((kind, (x, y, z)))

    def _frame(self, side: Side) -> tuple[Vector, Vector, Vector, float]:
        """A wall's lower left corner, unit vector to the right, unit vector into the room, and length."""
        half = self.wide / 2
        return {
            "back": ((-half, 0.0, self.deep), (1.0, 0.0, 0.0), (0.0, 0.0, -1.0), self.wide),
            "right": ((half, 0.0, self.deep), (0.0, 0.0, -1.0), (-1.0, 0.0, 0.0), self.deep),
            "front": ((half, 0.0, 0.0), (-1.0, 0.0, 0.0), (0.0, 0.0, 1.0), self.wide),
            "left": ((-half, 0.0, 0.0), (0.0, 0.0, 1.0), (1.0, 0.0, 0.0), self.deep),
        }[side]

    # looking

    @property
    def camera(self) -> RoomCamera:
        """The camera of this shot: another corner of the room at every hour."""
        angle, setting = self.angles[self.setting.hour % len(self.angles)], self.setting
        lens = UPRIGHT if setting.height > setting.width else WIDE
        return RoomCamera(angle.x, angle.z, angle.yaw, setting.unit * lens, setting.width / 2, setting.horizon)

    def slots(self) -> list[Slot]:
        """The slots that this shot's camera sees, the near ones first."""
        camera = self.camera
        seen = [
            (kind, camera.project(point), camera.ahead(np.asarray([point], float))[0, 2]) for kind, point in self._slots
        ]
        inside = [
            (far, Slot(kind, *at))
            for kind, at, far in seen
            if far > 1.0 and 0 <= at[0] <= self.setting.width and at[1] <= self.setting.height
        ]
        return [slot for _, slot in sorted(inside, key=lambda pair: float(pair[0]))]

    def painted(self, outside: window_view.View = "garden") -> list[Painted]:
        """The layers from far to near: what is seen through the windows, the shell, the floor, furniture far and
        near."""
        camera, setting = self.camera, self.setting
        self.glow.blocks = [Block(*solid.bounds, number) for number, solid in enumerate(self._solids) if not solid.soft]
        shell, floor = setting.sheet(), setting.sheet()
        ground = self._floor_face()
        for face in (self._ceiling_face(), *(self._wall_face(side) for side in SIDES)):
            draw_quad(shell, camera, face, self.glow)
        draw_quad(floor, camera, ground, self.glow)
        shell.over(floor)
        open_ = bool(shell.pixels[..., 3].min() < 250)
        layers = window_view.outside(setting, outside) if open_ else []
        if open_:
            window_view.bloom(setting, shell)
        depth = self._depth(camera)
        layers.append(Painted("room", "mid", depth, shell))
        layers.append(Painted("floor", "ground", depth - 0.03, floor))
        return layers + self._furniture(camera, depth - 0.05)

    def _depth(self, camera: RoomCamera) -> float:
        """The depth of the walls that the camera looks at."""
        corners = camera.ahead(
            np.array([(x, 1.0, z) for x in (-self.wide / 2, self.wide / 2) for z in (0.0, self.deep)])
        )
        ahead = corners[corners[:, 2] > 0.5]
        return float(np.clip(1 - NEARNESS / max(float(ahead[:, 2].mean()) * 0.9, 2.0), 0.45, 0.85))

    def _wall_face(self, side: Side) -> Quad:
        corner, run, _, length = self._frame(side)
        paint, holes = self._walls[side], self._holes[side]

        def full(board: Panel) -> None:
            paint(board)
            for x0, y0, x1, y1, panes, frame in holes:
                board.window(x0, y0, x1, y1, panes, frame)

        origin = (corner[0], self.tall, corner[2])
        across = (run[0] * length, 0.0, run[2] * length)
        return Quad(
            origin,
            across,
            (0.0, -self.tall, 0.0),
            tile(full, length, self.tall, (self.setting.seed, SIDES.index(side)), self.glow.lit),
        )

    def _floor_face(self) -> Quad:
        return Quad(
            (-self.wide / 2, 0.0, self.deep),
            (self.wide, 0.0, 0.0),
            (0.0, 0.0, -self.deep),
            tile(self._floor, self.wide, self.deep, (self.setting.seed, 8)),
        )

    def _ceiling_face(self) -> Quad:
        painted = tile(self._ceiling, self.wide, self.deep, (self.setting.seed, 9), self.glow.lit)
        return Quad((-self.wide / 2, self.tall, 0.0), (self.wide, 0.0, 0.0), (0.0, 0.0, self.deep), painted)

    def _furniture(self, camera: RoomCamera, depth: float) -> list[Painted]:
        """Solids in painter's order, cut into a far and a near layer."""
        standing = self._standing(camera)
        queue = [
            standing[place]
            for place in far_first([solid.bounds for _, solid in standing], (camera.x, camera.eye, camera.z))
        ]
        far = [float(camera.ahead(np.asarray(solid.bounds, float).mean(0, keepdims=True))[0, 2]) for _, solid in queue]
        cut = _cut(far)
        layers = []
        for name, kind, part in (("furniture", "mid", slice(0, cut)), ("near furniture", "near", slice(cut, None))):
            sheet = self.setting.sheet()
            for number, solid in queue[part]:
                for face in solid.faces(number, self.setting.seed + number, camera):
                    draw_quad(sheet, camera, face, self.glow)
            self._halos(camera, sheet, far[part])
            depth = min(
                depth - 0.02, float(np.clip(1 - NEARNESS / max(float(np.median(far[part] or [3.0])), 2.0), 0.2, 0.8))
            )
            layers.append(Painted(name, kind, max(depth, 0.17), sheet))  # type: ignore[arg-type]
        return layers

    def _standing(self, camera: RoomCamera) -> list[tuple[int, Furniture]]:
        """The solids with their numbers, without what stands in the way and what stood on it."""
        away = [solid.bounds for solid in self._solids if self._in_the_way(camera, solid)]
        return [
            (number, solid)
            for number, solid in enumerate(self._solids)
            if not self._in_the_way(camera, solid) and not any(_on(solid.bounds, low) for low in away)
        ]

    def _in_the_way(self, camera: RoomCamera, solid: Furniture) -> bool:
        low, high = solid.bounds
        right, _, far = camera.ahead(np.array([[(low[0] + high[0]) / 2, 0.5, (low[2] + high[2]) / 2]]))[0]
        return bool(far < -0.5 or (far < self.clear[0] and abs(right) < self.clear[1] and low[1] < 1.9))

    def _halos(self, camera: RoomCamera, sheet: Surface, far: Sequence[float]) -> None:
        """The glow of burning lamps in the air, on the layer at whose distance they hang."""
        if not far:
            return
        for point, radius, colour in self._sprites:
            distance = float(camera.ahead(np.asarray([point], float))[0, 2])
            x, y, scale = camera.project(point)
            if distance > 0.8 and min(far) - 0.5 <= distance <= max(far) + 0.5 and -200 < x < sheet.width + 200:
                strength = 0.42 if self.setting.light.night else 0.3
                sheet.glow(x, y, min(radius * scale, sheet.height * 0.4), colour, strength)


def _on(upper: tuple[Vector, Vector], lower: tuple[Vector, Vector]) -> bool:
    """Whether one box stands on another."""
    x, z = (upper[0][0] + upper[1][0]) / 2, (upper[0][2] + upper[1][2]) / 2
    inside = lower[0][0] <= x <= lower[1][0] and lower[0][2] <= z <= lower[1][2]
    return inside and upper[0][1] > 0.05 and abs(upper[0][1] - lower[1][1]) < 0.1


def _cut(far: Sequence[float]) -> int:
    """How many of the solids, in their order, belong to the far layer."""
    if len(far) < 2:
        return len(far)
    middle = (max(far) + max(min(far), 0.5)) / 2
    return next((number for number, distance in enumerate(far) if distance < middle), len(far))
