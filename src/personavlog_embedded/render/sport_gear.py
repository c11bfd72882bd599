"""Gear of gyms and pools: treadmills, weights, balls, mats, loungers, start blocks."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render.canvas import Colour, scaled
from personavlog_embedded.render.furniture import Parts
from personavlog_embedded.render.goods import STEEL
from personavlog_embedded.render.noise import Field
from personavlog_embedded.render.palette import IRON
from personavlog_embedded.render.panel import Panel, cloth, plain
from personavlog_embedded.render.solids import Cutout, Furniture, FurniturePart, legs


def treadmill(accent: Colour) -> Furniture:
    """A treadmill; its runner looks to the back wall."""

    def display(board: Panel) -> None:
        board.fill((0.12, 0.14, 0.16), (0.1, 0.11, 0.13), 0.02)
        board.patch(
            board.wide * 0.2,
            board.tall * 0.25,
            board.wide * 0.8,
            board.tall * 0.8,
            (0.45, 0.85, 0.92),
            (0.25, 0.6, 0.75),
        )

    parts: Parts = [
        FurniturePart((-0.4, 0, -0.9), (0.4, 0.16, 0.8), plain(IRON)),
        FurniturePart((-0.3, 0.16, -0.88), (0.3, 0.18, 0.6), plain((0.13, 0.13, 0.14))),
        FurniturePart((-0.4, 0.16, -0.88), (-0.31, 0.2, 0.7), plain((0.6, 0.62, 0.64))),
        FurniturePart((0.31, 0.16, -0.88), (0.4, 0.2, 0.7), plain((0.6, 0.62, 0.64))),
        FurniturePart((-0.4, 0.15, 0.6), (-0.34, 1.25, 0.68), plain((0.55, 0.56, 0.58))),
        FurniturePart((0.34, 0.15, 0.6), (0.4, 1.25, 0.68), plain((0.55, 0.56, 0.58))),
        FurniturePart((-0.4, 1.0, 0.0), (-0.35, 1.05, 0.62), plain(accent)),
        FurniturePart((0.35, 1.0, 0.0), (0.4, 1.05, 0.62), plain(accent)),
        FurniturePart((-0.42, 1.15, 0.55), (0.42, 1.45, 0.66), plain(IRON), {"front": display}, 0.15),
    ]
    return Furniture(parts)


def dumbbell_rack(wide: float) -> Furniture:
    """Two rows of dumbbells; the front looks to the front wall."""

    def row(board: Panel) -> None:
        for x in np.arange(0.14, board.wide - 0.1, 0.26):
            size = board.tall * (0.28 + 0.16 * x / board.wide)
            board.patch(x - 0.05, board.tall * 0.42, x + 0.05, board.tall * 0.58, (0.7, 0.72, 0.74), (0.45, 0.46, 0.48))
            for side in (-0.06, 0.06):
                board.disc(x + side, board.tall * 0.5, size, (0.17, 0.17, 0.19))
                board.disc(x + side - 0.01, board.tall * 0.5 + 0.01, size * 0.6, (0.32, 0.33, 0.36))

    half = wide / 2
    parts: Parts = [
        FurniturePart((x - 0.03, 0, -0.2), (x + 0.03, 1.0, 0.2), plain((0.40, 0.41, 0.44))) for x in (-half, half)
    ]
    for y in (0.3, 0.75):
        parts += [
            FurniturePart((-half, y, -0.18), (half, y + 0.05, 0.18), plain((0.40, 0.41, 0.44))),
            FurniturePart((-half, y + 0.05, -0.1), (half, y + 0.26, -0.08), row),
        ]
    return Furniture(parts)


def weight_bench(accent: Colour) -> Furniture:
    """A padded bench for weights with a barbell."""
    parts: Parts = [
        FurniturePart((-0.05, 0, -0.5), (0.05, 0.38, -0.42), plain(IRON)),
        FurniturePart((-0.05, 0, 0.42), (0.05, 0.38, 0.5), plain(IRON)),
        FurniturePart((-0.16, 0.38, -0.65), (0.16, 0.47, 0.65), cloth(accent)),
        FurniturePart((-0.55, 0, 0.5), (-0.5, 1.05, 0.55), plain(IRON)),
        FurniturePart((0.5, 0, 0.5), (0.55, 1.05, 0.55), plain(IRON)),
        FurniturePart((-0.95, 1.0, 0.5), (0.95, 1.03, 0.53), plain(STEEL)),
    ]
    parts += [weight(x, 1.01, 0.515) for x in (-0.8, 0.8)]
    return Furniture(parts, soft=True)


def weight(x: float, y: float, z: float, radius: float = 0.2) -> Cutout:
    """A weight on a bar, its middle at a point."""

    def paint(board: Panel) -> None:
        for size, tone in ((1.0, 0.55), (0.92, 0.9), (0.6, 0.7), (0.55, 1.05), (0.16, 2.4)):
            board.disc(radius, radius, radius * size, scaled((0.22, 0.22, 0.24), tone))

    return Cutout((x, y - radius, z), radius * 2, radius * 2, paint)


def squat_rack() -> Furniture:
    """A frame with a barbell."""
    steel = plain((0.35, 0.36, 0.40))
    parts: Parts = [
        FurniturePart((x - 0.04, 0, z - 0.04), (x + 0.04, 2.2, z + 0.04), steel)
        for x in (-0.6, 0.6)
        for z in (-0.5, 0.5)
    ]
    parts += [FurniturePart((-0.6, 2.12, z - 0.03), (0.6, 2.2, z + 0.03), steel) for z in (-0.5, 0.5)]
    parts.append(FurniturePart((-1.0, 1.35, -0.6), (1.0, 1.38, -0.57), plain(STEEL)))
    parts += [weight(x, 1.36, -0.585) for x in (-0.85, 0.85)]
    return Furniture(parts, soft=True)


def ball(radius: float, own: Colour) -> Furniture:
    """A gymnastic ball."""

    def paint(board: Panel) -> None:
        for size, tone, shift in (
            (1.0, 0.62, 0.0),
            (0.93, 0.8, 0.03),
            (0.8, 0.95, 0.09),
            (0.6, 1.08, 0.16),
            (0.25, 1.35, 0.3),
        ):
            board.disc(radius * (1 - shift), radius * (1 + shift), radius * size, scaled(own, tone))

    return Furniture([Cutout((0, 0, 0), radius * 2, radius * 2, paint)])


def mat(own: Colour) -> Furniture:
    """A mat on the floor."""
    return Furniture([FurniturePart((-0.32, 0, -0.9), (0.32, 0.02, 0.9), cloth(own))], soft=True)


def kettlebell() -> Furniture:
    """A kettlebell."""

    def paint(board: Panel) -> None:
        board.disc(0.12, 0.24, 0.075, (0.2, 0.2, 0.22))
        board.sheet.erase(_hole(board, 0.12, 0.24, 0.048))
        board.disc(0.12, 0.11, 0.11, (0.17, 0.17, 0.19))
        board.disc(0.1, 0.14, 0.06, (0.30, 0.31, 0.34))

    return Furniture([Cutout((0, 0, 0), 0.24, 0.33, paint)])


def _hole(board: Panel, x: float, y: float, radius: float) -> Field:
    left, top = board.at(x, y)
    rows, columns = np.mgrid[0 : board.sheet.height, 0 : board.sheet.width]
    return np.asarray(np.hypot(columns - left, rows - top) < radius * board.px, np.float32)


def lounger(own: Colour) -> Furniture:
    """A deck chair for lying; its head is at the rear."""
    parts: Parts = [
        *legs(0.6, 0.3, 1.6, plain((0.85, 0.85, 0.84)), 0.05),
        FurniturePart((-0.32, 0.28, -0.9), (0.32, 0.36, 0.4), cloth(own)),
    ]
    return Furniture(
        [
            *parts,
            FurniturePart((-0.32, 0.32, 0.4), (0.32, 0.75, 0.55), cloth(own)),
            FurniturePart((-0.3, 0.36, -0.85), (0.3, 0.39, -0.3), cloth((0.35, 0.62, 0.72))),
        ]
    )


def start_block() -> Furniture:
    """Where swimmers jump from."""
    return Furniture(
        [
            FurniturePart((-0.25, 0, -0.3), (0.25, 0.6, 0.3), plain((0.92, 0.93, 0.93))),
            FurniturePart((-0.28, 0.6, -0.32), (0.28, 0.68, 0.32), plain((0.20, 0.46, 0.62))),
        ]
    )
