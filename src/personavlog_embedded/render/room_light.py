"""Light inside a room: daylight from windows, patches of sun on floors and walls, lamps, and soft dark where things
touch."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from personavlog.media.arrays import Plane
from personavlog_embedded.render.canvas import Colour, mix
from personavlog_embedded.render.light import Light
from personavlog_embedded.render.noise import smoothstep
from personavlog_embedded.render.room_camera import Floats, Quad, Vector

WARM: Colour = (1.0, 0.76, 0.46)
COOL: Colour = (0.98, 0.99, 0.96)
AMBIENT: dict[str, Colour] = {
    "morning": (0.74, 0.72, 0.74),
    "noon": (0.88, 0.88, 0.90),
    "dusk": (0.60, 0.51, 0.53),
    "night": (0.34, 0.31, 0.37),
}
SKYLIGHT: dict[str, Colour] = {
    "morning": (0.34, 0.34, 0.36),
    "noon": (0.32, 0.36, 0.40),
    "dusk": (0.40, 0.26, 0.22),
    "night": (0.05, 0.08, 0.16),
}
SUN: dict[str, Colour] = {
    "morning": (0.62, 0.46, 0.24),
    "noon": (0.62, 0.56, 0.40),
    "dusk": (0.72, 0.34, 0.10),
    "night": (0.05, 0.08, 0.16),
}
SOFT = 0.92
"""Light above this counts half, as paper and film take it."""
HIGH: dict[str, float] = {"morning": 0.62, "noon": 1.25, "dusk": 0.42, "night": 0.9}
"""How many metres the sun's rays fall per metre into the room."""


@dataclass(frozen=True)
class Window:
    """An opening: its lower left corner, the run to the lower right one (unit vector times width), height, panes across
    and up; ``inward`` is a unit vector."""

    corner: Vector
    run: Vector
    tall: float
    inward: Vector
    panes: tuple[int, int] = (2, 2)


@dataclass(frozen=True)
class Lamp:
    """A lamp at ``at``; ``reach`` in metres is where its light has fallen to half. ``always`` burns by day too."""

    at: Vector
    reach: float = 1.8
    power: float = 0.75
    colour: Colour = WARM
    always: bool = False


@dataclass(frozen=True)
class Block:
    """A solid's box, low and high corner in metres, for soft dark around it and its shadow in the sun."""

    low: Vector
    high: Vector
    owner: int


@dataclass
class Glow:
    """All that shines in a room of ``size`` metres (width, height, depth)."""

    light: Light
    size: Vector
    windows: list[Window] = field(default_factory=list)
    lamps: list[Lamp] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    base: float = 1.0

    @property
    def lit(self) -> bool:
        """Whether ordinary lamps burn."""
        return self.light.dark or self.light.weather in ("rain", "snow", "fog")

    def __call__(self, face: Quad, points: Floats) -> Plane:
        """The factors by which a face's own colours are multiplied."""
        flat, normal = points.reshape(-1, 3), face.normal
        total = self._ambient(normal) + self._skylight(flat, normal) + self._lamplight(flat, normal)
        total += self._sun(face, flat, normal)
        total *= self._touch(face, flat, normal)[:, None]
        total = np.where(total > SOFT, SOFT + (total - SOFT) * 0.5, total)
        return np.asarray(total.reshape(points.shape), np.float32)

    def _ambient(self, normal: Floats) -> Plane:
        """What comes from everywhere: more from above, a little warmer from the floor."""
        base = (
            np.asarray(
                mix(AMBIENT[self.light.time], (0.70, 0.72, 0.76), 0.35 if self._grey and not self.light.dark else 0.0),
                np.float32,
            )
            * self.base
        )
        turned = 1 + 0.10 * normal[1] - 0.07 * normal[0] * np.sign(self.light.side or 1)
        return np.asarray(base * turned, np.float32)[None]

    @property
    def _grey(self) -> bool:
        return self.light.weather != "clear"

    def _skylight(self, points: Floats, normal: Floats) -> Plane:
        total = np.zeros((len(points), 3), np.float32)
        colour = np.asarray(SKYLIGHT[self.light.time], np.float32) * (0.8 if self._grey else 1.0)
        for window in self.windows:
            middle = np.asarray(window.corner) + np.asarray(window.run) / 2 + np.array([0, window.tall / 2, 0])
            away = middle - points
            far2 = (away**2).sum(1)
            area = float(np.linalg.norm(window.run)) * window.tall
            facing = 0.45 + 0.55 * np.clip(away @ normal / np.sqrt(far2 + 1e-6), -0.5, 1)
            leaving = np.clip(-(away @ np.asarray(window.inward)) / np.sqrt(far2 + 1e-6), 0, 1)
            total += (area / (area + 0.7 * far2) * facing * leaving).astype(np.float32)[:, None] * colour
        return np.asarray(np.minimum(total, 1.6 * colour + 0.02), np.float32)

    def _lamplight(self, points: Floats, normal: Floats) -> Plane:
        burning = [lamp for lamp in self.lamps if lamp.always or self.lit]
        if not burning:
            return np.zeros((1, 3), np.float32)
        share = 1.25 if self.light.night else 0.7 if self.light.dark else 0.3
        places = np.array([lamp.at for lamp in burning])
        away = places[None] - points[:, None]
        far2 = (away**2).sum(2) + 1e-4
        facing = 0.5 + 0.5 * np.clip((away @ normal) / np.sqrt(far2), -0.3, 1)
        power = np.array([lamp.power for lamp in burning]) * share
        fall = power * facing / (1 + far2 / np.array([lamp.reach for lamp in burning]) ** 2)
        total = np.asarray(fall @ np.array([lamp.colour for lamp in burning]), np.float32)
        return np.asarray(1.05 * (1 - np.exp(-total / 1.05)), np.float32)

    def _sun(self, face: Quad, points: Floats, normal: Floats) -> Plane:
        """Patches of sun, or of the moon: where the ray from a point back to the sky leaves through a pane."""
        total = np.zeros((len(points), 3), np.float32)
        if self._grey or face.thin or normal[1] < -0.5:
            return total
        for window in self.windows:
            inward = np.asarray(window.inward)
            along = np.asarray(window.run) / np.linalg.norm(window.run)
            ray = -inward + along * (0.5 * self.light.side) + np.array([0, HIGH[self.light.time], 0])
            ray /= np.linalg.norm(ray)
            cosine = float(ray @ normal)
            if cosine > 0.05:
                share = self._through(window, points, ray)
                hit = np.flatnonzero(share > 0.03)
                if len(hit):
                    share[hit] *= self._clear(face, points[hit], ray)
                    total += (share * min(1.0, 0.45 + cosine))[:, None] * np.asarray(SUN[self.light.time], np.float32)
        return np.asarray(np.minimum(total, 1.1 * np.asarray(SUN[self.light.time], np.float32)), np.float32)

    def _through(self, window: Window, points: Floats, ray: Floats) -> Plane:
        inward, corner, run = (np.asarray(v, float) for v in (window.inward, window.corner, window.run))
        depth = (points - corner) @ inward
        reach = depth / max(float(-ray @ inward), 1e-6)
        hit = points + ray * reach[:, None] - corner
        wide = float(np.linalg.norm(run))
        u, v = hit @ run / wide, hit[:, 1]
        soft = (0.02 + 0.018 * reach).astype(np.float32)
        share = np.where(depth > 0.01, _between(u, 0, wide, soft) * _between(v, 0, window.tall, soft), 0)
        for size, length, at in ((window.panes[0], wide, u), (window.panes[1], window.tall, v)):
            for bar in range(1, size):
                share = share * (1 - 0.8 * np.exp(-(((at - length * bar / size) / (0.03 + soft)) ** 2)))
        return np.asarray(share / (1 + 0.02 * reach**2), np.float32)

    def _clear(self, face: Quad, points: Floats, ray: Floats) -> Plane:
        """Less than 1 where a block stands between a point and the sun; furniture lets some of it pass."""
        clear = np.ones(len(points), np.float32)
        safe = np.where(np.abs(ray) < 1e-6, 1e-6, ray)
        for block in self.blocks:
            if block.owner == face.owner:
                continue
            enter, leave = np.full(len(points), 0.02), np.full(len(points), np.inf)
            for axis in (0, 1, 2):
                one, two = (
                    (block.low[axis] - points[:, axis]) / safe[axis],
                    (block.high[axis] - points[:, axis]) / safe[axis],
                )
                enter, leave = np.maximum(enter, np.minimum(one, two)), np.minimum(leave, np.maximum(one, two))
            clear[leave > enter] *= 0.5
        return np.maximum(clear, np.float32(0.15))

    def _touch(self, face: Quad, points: Floats, normal: Floats) -> Plane:
        """Soft dark in corners and around what stands on or at a face."""
        wide, tall, deep = self.size
        dark = np.ones(len(points), np.float32)
        if face.owner < 0:
            for axis, low, high in ((0, -wide / 2, wide / 2), (1, 0.0, tall), (2, 0.0, deep)):
                if abs(normal[axis]) < 0.5:
                    for gap in (points[:, axis] - low, high - points[:, axis]):
                        dark *= (1 - 0.26 * np.exp(-gap / 0.22) - 0.10 * np.exp(-gap / 0.9)).astype(np.float32)
        elif abs(normal[1]) < 0.5:
            dark *= (1 - 0.30 * np.exp(-np.maximum(points[:, 1], 0) / 0.35)).astype(np.float32)
        if normal[1] < -0.5 and face.owner >= 0:
            dark *= np.float32(0.6)
        return np.asarray(dark * self._around(face, points), np.float32)

    def _around(self, face: Quad, points: Floats) -> Plane:
        dark = np.ones(len(points), np.float32)
        if face.owner >= 0 and abs(face.normal[1]) < 0.5:
            return dark
        low, high = points.min(0) - 0.7, points.max(0) + 0.7
        for block in self.blocks:
            if (
                block.owner == face.owner
                or (np.asarray(block.low) > high).any()
                or (np.asarray(block.high) < low).any()
            ):
                continue
            far2 = np.zeros(len(points), np.float32)
            for axis in (0, 1, 2):
                gap = np.maximum(
                    np.maximum(block.low[axis] - points[:, axis], points[:, axis] - block.high[axis]), 0
                ).astype(np.float32)
                far2 += gap * gap
            close = np.flatnonzero(far2 < 1.0)
            far = np.sqrt(far2[close])
            dark[close] *= 1 - 0.40 * np.exp(-far / 0.10) - 0.16 * np.exp(-far / 0.35)
        return np.maximum(dark, np.float32(0.3 if abs(face.normal[1]) > 0.5 else 0.62))


def _between(value: Floats, low: float, high: float, soft: Plane) -> Plane:
    return np.asarray(
        smoothstep(0, 1, (value - low) / soft + 0.5) * smoothstep(0, 1, (high - value) / soft + 0.5), np.float32
    )
