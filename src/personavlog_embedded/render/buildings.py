"""Boxes, gabled roofs, round towers and cones in metres, drawn into a sheet in the right perspective, light and order,
and their shadows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from personavlog_embedded.render import materials
from personavlog_embedded.render.canvas import Surface, scaled
from personavlog_embedded.render.materials import Skin
from personavlog_embedded.render.noise import Field
from personavlog_embedded.render.outdoor_camera import NEAREST, OutdoorCamera, Vectors
from personavlog_embedded.render.warp_tile import warp_tile

FINEST = 420
"""Px that a face's tile measures at most."""


@dataclass(frozen=True)
class Plate:
    """A flat quad in the world: upper left, upper right, lower right, lower left as seen from outside, (4, 3) metres.

    ``closed`` ones bound a solid: nobody sees their back.
    """

    corners: Vectors
    skin: Skin
    bright: float = 0.0
    closed: bool = False


class Masses:
    """What stands in one layer: plates are collected, then drawn from far to near."""

    def __init__(self, view: OutdoorCamera, tag: str) -> None:
        self.view, self.tag = view, tag
        self.plates: list[Plate] = []
        self.hulls: list[Vectors] = []

    def plate(self, corners: ArrayLike, skin: Skin, bright: float = 0.0, closed: bool = False) -> None:
        """One quad, seen from both sides unless it is ``closed``."""
        self.plates.append(Plate(np.asarray(corners, np.float64), skin, bright, closed))

    def box(
        self,
        middle: tuple[float, float],
        size: tuple[float, float, float],
        side: Skin,
        roof: Skin | None = None,
        front: Skin | None = None,
        turn: float = 0.0,
        base: float = 0.0,
    ) -> None:
        """A box on the ground: middle x and z, size along x, y (up) and z; ``front`` is the face towards -z; ``turn``
        in radians."""
        (w, h, d), low, high = size, base, base + size[1]
        foot = _turned(middle, turn, [(-w / 2, -d / 2), (w / 2, -d / 2), (w / 2, d / 2), (-w / 2, d / 2)])
        for number in range(4):
            self.plate(
                _wall(foot[number], foot[(number + 1) % 4], low, high),
                front if front and number == 0 else side,
                closed=True,
            )
        self.plate(
            [
                (*foot[3][:1], high, foot[3][1]),
                (foot[2][0], high, foot[2][1]),
                (foot[1][0], high, foot[1][1]),
                (foot[0][0], high, foot[0][1]),
            ],
            roof or side,
            0.25,
            True,
        )
        self.shade(foot, h + base)

    def gable(
        self,
        middle: tuple[float, float],
        size: tuple[float, float, float],
        rise: float,
        wall: Skin,
        roof: Skin,
        front: Skin | None = None,
        side: Skin | None = None,
        turn: float = 0.0,
        eaves: float = 0.4,
        base: float = 0.0,
    ) -> None:
        """A house with a gable towards -z: box of ``size``, ridge ``rise`` metres above the walls, roof reaching
        ``eaves`` beyond them."""
        (w, _, d), top = size, base + size[1]
        foot = _turned(middle, turn, [(-w / 2, -d / 2), (w / 2, -d / 2), (w / 2, d / 2), (-w / 2, d / 2)])
        for number, skin in enumerate((front or wall, side or wall, wall, side or wall)):
            self.plate(_wall(foot[number], foot[(number + 1) % 4], base, top), skin, closed=True)
        for near, far, end in ((0, 1, -d / 2), (2, 3, d / 2)):
            peak = _turned(middle, turn, [(0, end)])[0]
            self.plate(
                [
                    (peak[0], top + rise, peak[1]),
                    (peak[0], top + rise, peak[1]),
                    (*foot[far][:1], top, foot[far][1]),
                    (*foot[near][:1], top, foot[near][1]),
                ],
                wall,
            )
        drop, out, long = rise * eaves / (w / 2), w / 2 + eaves, d / 2 + eaves
        for way in (-1, 1):
            at = _turned(middle, turn, [(0, -long), (0, long), (way * out, long), (way * out, -long)])
            heights = (top + rise + 0.06, top + rise + 0.06, top - drop + 0.06, top - drop + 0.06)
            self.plate([(x, y, z) for (x, z), y in zip(at, heights, strict=True)], roof, 0.2)
        self.shade(foot, top + rise * 0.7)

    def tower(
        self,
        middle: tuple[float, float],
        radius: float,
        tall: float,
        wall: Skin,
        base: float = 0.0,
        top: float | None = None,
        sides: int = 14,
    ) -> None:
        """A round tower, narrowing to the radius ``top``."""
        upper = radius if top is None else top
        angles = np.linspace(0, 2 * np.pi, sides + 1)
        ring = [(np.cos(a), np.sin(a)) for a in angles]
        for (c0, s0), (c1, s1) in pairwise(ring):
            x, z = middle
            high = [(x + c0 * upper, base + tall, z + s0 * upper), (x + c1 * upper, base + tall, z + s1 * upper)]
            self.plate(
                [*high, (x + c1 * radius, base, z + s1 * radius), (x + c0 * radius, base, z + s0 * radius)],
                wall,
                closed=True,
            )
        self.shade([(middle[0] + c * radius, middle[1] + s * radius) for c, s in ring[:-1]], base + tall)

    def shade(self, foot: Sequence[tuple[float, float]] | Vectors, tall: float) -> None:
        """Let something with this outline on the ground, ``tall`` metres high, cast a shadow."""
        self.hulls.append(np.array([(x, tall, z) for x, z in foot], np.float64))

    def draw(self, sheet: Surface) -> None:
        """All plates into the sheet, far ones first."""
        seen = [(plate, self.view.seen(plate.corners)) for plate in self.plates]
        seen = [(plate, corners) for plate, corners in seen if corners[:, 2].max() > NEAREST]
        for number, (plate, corners) in enumerate(
            sorted(seen, key=lambda pair: -float(np.linalg.norm(pair[1].mean(0))))
        ):
            self._draw_plate(sheet, plate, corners, number)

    def _draw_plate(self, sheet: Surface, plate: Plate, seen: Vectors, number: int) -> None:
        normal = np.cross(seen[1] - seen[3], seen[2] - seen[0])
        length = float(np.linalg.norm(normal))
        if length < 1e-9:
            return
        normal = normal / length
        away = float(normal @ seen.mean(0)) > 0
        if plate.closed and (away or _in_the_way(seen)):
            return
        normal = -normal if away else normal
        sun = self.view.sunwards()
        lit = float(np.clip(0.42 + 0.62 * float(normal @ sun) + plate.bright, 0.04, 1.0))
        setting, middle = self.view.setting, float(np.clip(seen[:, 2].mean(), NEAREST, None))
        points = _before_lens(self.view, seen)
        if (
            points is None
            or points[:, 0].max() < 0
            or points[:, 0].min() > setting.width
            or points[:, 1].max() < 0
            or points[:, 1].min() > setting.height
        ):
            return
        wide = max(float(np.linalg.norm(seen[1] - seen[0])), float(np.linalg.norm(seen[2] - seen[3])))
        tall = max(float(np.linalg.norm(seen[3] - seen[0])), float(np.linalg.norm(seen[2] - seen[1])))
        metre = min(self.view.focal / max(float(seen[:, 2].min()), NEAREST * 1.5), FINEST / max(wide, tall))
        tile = Surface(max(3, round(tall * metre)), max(3, round(wide * metre)))
        rng = np.random.default_rng([setting.seed, number, len(self.tag), round(abs(float(plate.corners.sum())) * 100)])
        face = materials.Facet(rng, setting.light, lit, self.view.depth(middle), metre)
        plate.skin(tile, face)
        if len(points) == 4 and (seen[:, 2] > NEAREST).all():
            _set(sheet, tile, points)
        else:
            tone = tile.pixels.reshape(-1, 4).mean(0) / 255
            sheet.patch(
                points,
                (float(tone[0]), float(tone[1]), float(tone[2])),
                scaled((float(tone[0]), float(tone[1]), float(tone[2])), 0.85),
            )


def shadows(sheet: Surface, view: OutdoorCamera, masses: Sequence[Masses], strength: float = 1.0) -> None:
    """Everything's shadow on the ground, into the ground's sheet: cast by the sun or moon where it shines, and a soft
    dark foot in any weather."""
    light, setting = view.setting.light, view.setting
    sun = view.sunwards()
    reach = np.array([-sun[0], 0.0, -sun[2]]) / max(float(sun[1]), 0.35)
    cast, foot = np.zeros((2, setting.height, setting.width), np.uint8)
    for hull in (hull for group in masses for hull in group.hulls):
        ground = hull * (1, 0, 1)
        seen = view.seen(ground)
        if seen[:, 2].min() < NEAREST:
            continue
        tip = seen + reach * min(float(hull[0, 1]), 9.0)
        for mask, outline in ((foot, seen), (cast, np.concatenate([seen, tip]))):
            outline = outline[outline[:, 2] > NEAREST]
            px = np.stack(
                [
                    setting.width / 2 + view.focal * outline[:, 0] / outline[:, 2],
                    setting.horizon - view.focal * outline[:, 1] / outline[:, 2],
                ],
                1,
            )
            cv2.fillConvexPoly(
                mask, cv2.convexHull(np.round(np.clip(px, -9000, 9000) * 8).astype(np.int32)), 255, cv2.LINE_AA, 3
            )
    hard = {"clear": 0.5, "cloud": 0.16}.get(light.weather, 0.0) * (0.6 if light.night else 1.0)
    soft = setting.unit
    tone = scaled(light.shade, 0.34)
    if hard:
        sheet.tint(tone, _blurred(cast, soft * 0.004) * hard * strength)
    sheet.tint(tone, _blurred(foot, soft * 0.012) * 0.62 * strength)


def _in_the_way(seen: Vectors) -> bool:
    """Whether it is a small thing right before the lens, which no painter would leave there."""
    return float(seen[:, 2].min()) < 2.4 and float(np.ptp(seen, axis=0).max()) < 3.2


def _blurred(mask: NDArray[np.uint8], sigma: float) -> Field:
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), max(sigma, 0.6)), np.float32) / np.float32(255)


def facing(x: float, z: float, to: tuple[float, float] = (0.0, 8.0)) -> float:
    """The turn with which a front at world ``x``, ``z`` looks at a point."""
    return float(np.arctan2(x - to[0], z - to[1]))


def _turned(
    middle: tuple[float, float], turn: float, around: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    cos, sin = float(np.cos(turn)), float(np.sin(turn))
    return [(middle[0] + x * cos + z * sin, middle[1] + z * cos - x * sin) for x, z in around]


def _wall(start: tuple[float, float], end: tuple[float, float], low: float, high: float) -> Vectors:
    return np.array(
        [(start[0], high, start[1]), (end[0], high, end[1]), (end[0], low, end[1]), (start[0], low, start[1])]
    )


def _before_lens(view: OutdoorCamera, seen: Vectors) -> Vectors | None:
    """The quad's part before the lens in px, (n, 2); None where nothing is."""
    kept: list[Vectors] = []
    for here, there in zip(seen, np.roll(seen, -1, axis=0), strict=True):
        if here[2] >= NEAREST:
            kept.append(here)
        if (here[2] - NEAREST) * (there[2] - NEAREST) < 0:
            kept.append(here + (there - here) * (NEAREST - here[2]) / (there[2] - here[2]))
    if len(kept) < 3:
        return None
    at = np.array(kept)
    return np.stack(
        [
            view.setting.width / 2 + view.focal * at[:, 0] / at[:, 2],
            view.setting.horizon - view.focal * at[:, 1] / at[:, 2],
        ],
        axis=1,
    )


def _set(sheet: Surface, tile: Surface, points: Vectors) -> None:
    """A tile into its quad; a gable's peak, where two corners meet, gets its triangle cut out of the tile instead."""
    if float(np.linalg.norm(points[0] - points[1])) > 1e-6:
        warp_tile(sheet, tile, points)
        return
    mask = np.zeros((tile.height, tile.width), np.uint8)
    cv2.fillPoly(
        mask, [np.array([(tile.width / 2, 0), (tile.width, tile.height), (0, tile.height)], np.int32)], 255, cv2.LINE_AA
    )
    tile.erase(1 - mask.astype(np.float32) / 255)
    rise = points[0] - (points[2] + points[3]) / 2
    warp_tile(sheet, tile, np.array([points[3] + rise, points[2] + rise, points[2], points[3]]))
