"""A place outdoors in metres, seen by the setting's camera: what stands where in the world, at which px, how large and
how hazy.

World axes: x to the right and z away from the viewer of the first angle, y up from the ground. Other angles walk around
a pivot.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from personavlog_embedded.render.noise import Field
from personavlog_embedded.render.setting import Setting

EYE = 1.18
"""Metres from the ground to the lens: the height at which a grown person fills two thirds of the frame with their feet
at nine tenths."""
LENS = 1.15
"""Focal length in the setting's units."""
NEAREST = 0.7
"""Metres before the lens within which nothing is drawn."""
Vectors = NDArray[np.float64]


@dataclass(frozen=True)
class OutdoorCamera:
    """The camera of a setting. ``pivot`` is how far ahead of the first angle's viewer the others turn around, metres.

    ``turn`` scales how far they turn: narrow places allow less. ``eye`` is the lens's height, metres.
    """

    setting: Setting
    pivot: float = 8.0
    turn: float = 1.0
    eye: float = EYE

    @property
    def yaw(self) -> float:
        """Radians that this angle looks to the right of the first; looking back is never scaled."""
        return self.setting.yaw * (1.0 if self.setting.angle == 3 else self.turn)

    @property
    def focal(self) -> float:
        """Focal length in px."""
        return self.setting.unit * LENS

    @property
    def stand(self) -> tuple[float, float]:
        """Where the viewer stands, world x and z."""
        return -self.pivot * float(np.sin(self.yaw)), self.pivot * (1 - float(np.cos(self.yaw)))

    def seen(self, points: ArrayLike) -> Vectors:
        """World points (n, 3) as the camera has them: right, up from the lens, ahead; metres."""
        world, (x, z) = np.asarray(points, np.float64).reshape(-1, 3), self.stand
        cos, sin = np.cos(self.yaw), np.sin(self.yaw)
        dx, dz = world[:, 0] - x, world[:, 2] - z
        return np.stack([dx * cos - dz * sin, world[:, 1] - self.eye, dx * sin + dz * cos], axis=1)

    def px(self, points: ArrayLike) -> Vectors:
        """World points (n, 3) in px (n, 2); what is behind the lens is taken as just before it."""
        return self.projected(self.seen(points))

    def projected(self, seen: Vectors) -> Vectors:
        """Points in camera axes (n, 3) in px (n, 2)."""
        ahead = np.maximum(seen[:, 2], NEAREST)
        return np.stack(
            [
                self.setting.width / 2 + self.focal * seen[:, 0] / ahead,
                self.setting.horizon - self.focal * seen[:, 1] / ahead,
            ],
            axis=1,
        )

    def ground(self, x: float, z: float, y: float = 0.0) -> tuple[float, float]:
        """Px of one point, on the ground unless ``y`` says otherwise."""
        at = self.px([(x, y, z)])[0]
        return float(at[0]), float(at[1])

    def far(self, x: float, z: float) -> float:
        """Metres straight ahead to a point of the ground; negative behind the viewer."""
        return float(self.seen([(x, 0, z)])[0, 2])

    def scale(self, x: float, z: float) -> float:
        """Px that a metre measures there."""
        return self.focal / max(self.far(x, z), NEAREST)

    def visible(self, x: float, z: float, wide: float = 1.0) -> bool:
        """Whether something ``wide`` metres to each side can be seen there."""
        seen = self.seen([(x, 0, z)])[0]
        return bool(seen[2] > NEAREST * 1.5 and abs(seen[0]) - wide < seen[2] * self.setting.width / 2 / self.focal)

    def depth(self, far: float) -> float:
        """Haze depth 0..1 of something ``far`` metres away."""
        return float(1 - 1 / (1 + max(far, 0.0) / 26))

    @property
    def brink(self) -> int:
        """First px row below the horizon."""
        return int(self.setting.horizon) + 1

    def floor(self) -> tuple[Field, Field, Field]:
        """World x, world z and metres ahead of the ground at every px from ``brink`` down, (h - brink, w) each."""
        setting = self.setting
        rows = np.maximum(np.arange(self.brink, setting.height, dtype=np.float32) - np.float32(setting.horizon), 1.0)[
            :, None
        ]
        ahead = np.broadcast_to(np.float32(self.focal * self.eye) / rows, (len(rows), setting.width))
        right = (
            (np.arange(setting.width, dtype=np.float32)[None, :] - np.float32(setting.width / 2))
            / np.float32(self.focal)
            * ahead
        )
        (x, z), cos, sin = self.stand, np.float32(np.cos(self.yaw)), np.float32(np.sin(self.yaw))
        return (
            right * cos + ahead * sin + np.float32(x),
            ahead * cos - right * sin + np.float32(z),
            np.ascontiguousarray(ahead),
        )

    def sunwards(self) -> Vectors:
        """Unit vector to the light in camera axes: right, up, ahead."""
        light = self.setting.light
        way = np.array([0.95 * light.side, 0.32 + 0.55 * light.height, -0.32])
        return way / float(np.linalg.norm(way))
