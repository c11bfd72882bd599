"""What a workshop of one craft has more: a potter's wheel, a kiln and pots; clocks of all sizes."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render.canvas import Colour, scaled
from personavlog_embedded.render.goods import OAK
from personavlog_embedded.render.interior import Interior
from personavlog_embedded.render.panel import Panel, plain, wood
from personavlog_embedded.render.solids import Cutout, Disc, Furniture, FurniturePart

CLAY: Colour = (0.72, 0.48, 0.36)
BRASS: Colour = (0.84, 0.68, 0.38)


def add(room: Interior, motifs: frozenset[str]) -> None:
    """The tools of the crafts that the board speaks of."""
    if "pottery" in motifs:
        room.add(wheel(), (-0.6, 5.6))
        room.add(kiln(), (2.7, 8.3, -25))
        room.add(pots(1.8), (-1.9, 8.7, 0, 0.0), (1.5, 5.7, 12, 0.86))
        room.lamp(2.5, 0.7, 7.6, reach=1.6, power=1.0, colour=(1.0, 0.52, 0.2), always=True, halo=0.5)
    if "clocks" in motifs:
        room.add(dials(2.6), (3.98, 5.0, -90, 1.4), (-2.0, 9.3, 0, 1.5), (2.4, 9.3, 0, 1.5))
        room.add(giant(), (-1.7, 9.2, 0, 0.2))


def wheel() -> Furniture:
    """A potter's wheel with a half-made vase."""

    def vase(board: Panel) -> None:
        m = board.wide / 2
        outline = [
            (m - 0.1, 0),
            (m - 0.17, 0.14),
            (m - 0.12, 0.28),
            (m - 0.07, 0.36),
            (m + 0.07, 0.36),
            (m + 0.12, 0.28),
            (m + 0.17, 0.14),
            (m + 0.1, 0),
        ]
        board.sheet.patch([board.at(x, y) for x, y in outline], scaled(CLAY, 1.2), scaled(CLAY, 0.65), sideways=True)

    frame = FurniturePart((-0.4, 0, -0.4), (0.4, 0.62, 0.4), wood(scaled(OAK, 0.75)))
    return Furniture([frame, Disc((0, 0.7, 0), 0.3, (0.62, 0.62, 0.64), 0.05), Cutout((0, 0.7, 0), 0.4, 0.4, vase)])


def kiln() -> Furniture:
    """A brick kiln with a glowing mouth."""

    def front(board: Panel) -> None:
        board.fill((0.62, 0.36, 0.28), (0.50, 0.28, 0.22), 0.16)
        for row, y in enumerate(np.arange(0, board.tall, 0.12)):
            board.line(0, y, board.wide, y, (0.40, 0.26, 0.22), 0.012)
            for x in np.arange((row % 2) * 0.14, board.wide, 0.28):
                board.line(x, y, x, y + 0.12, (0.40, 0.26, 0.22), 0.01)
        m = board.wide / 2
        for size, tone in ((0.36, (0.16, 0.10, 0.09)), (0.29, (1.0, 0.50, 0.16)), (0.2, (1.0, 0.80, 0.36))):
            board.disc(m, 0.6, size, tone)
            board.patch(m - size, 0.25, m + size, 0.6, tone)

    return Furniture(
        [
            FurniturePart((-0.8, 0, -0.6), (0.8, 1.7, 0.6), plain((0.58, 0.34, 0.27)), {"front": front}),
            FurniturePart((-0.2, 1.7, -0.1), (0.2, 3.5, 0.3), plain((0.52, 0.32, 0.26))),
        ]
    )


def pots(wide: float) -> Furniture:
    """A row of pots and bowls, glazed and raw."""

    def paint(board: Panel) -> None:
        x, glazes = 0.05, (CLAY, (0.36, 0.52, 0.58), (0.86, 0.80, 0.68), (0.46, 0.54, 0.38))
        while x < board.wide - 0.2:
            w, h, own = (
                float(board.rng.uniform(0.14, 0.28)),
                float(board.rng.uniform(0.14, 0.4)),
                glazes[int(board.rng.integers(4))],
            )
            points = [
                (x + w * 0.25, 0),
                (x, h * 0.55),
                (x + w * 0.2, h),
                (x + w * 0.8, h),
                (x + w, h * 0.55),
                (x + w * 0.75, 0),
            ]
            board.sheet.patch([board.at(a, b) for a, b in points], scaled(own, 1.15), scaled(own, 0.66), sideways=True)
            x += w + 0.05

    return Furniture([Cutout((0, 0, 0), wide, 0.45, paint)], soft=True)


def _face(board: Panel, x: float, y: float, radius: float, hour: float) -> None:
    board.disc(x, y, radius, scaled(BRASS, 0.8))
    board.disc(x, y, radius * 0.86, (0.96, 0.93, 0.84))
    for number in range(12):
        a = np.pi / 6 * number
        board.line(
            x + radius * 0.7 * float(np.sin(a)),
            y + radius * 0.7 * float(np.cos(a)),
            x + radius * 0.8 * float(np.sin(a)),
            y + radius * 0.8 * float(np.cos(a)),
            (0.2, 0.16, 0.14),
            radius * 0.05,
        )
    for turn, reach in ((hour / 12, 0.45), (hour % 1, 0.68)):
        a = 2 * np.pi * turn
        board.line(
            x,
            y,
            x + radius * reach * float(np.sin(a)),
            y + radius * reach * float(np.cos(a)),
            (0.14, 0.12, 0.12),
            radius * 0.07,
        )


def dials(wide: float) -> Furniture:
    """A wall of clocks, no two telling the same hour."""

    def paint(board: Panel) -> None:
        for row in range(2):
            for column in range(int(wide / 0.6)):
                radius = float(board.rng.uniform(0.15, 0.27))
                _face(board, 0.32 + 0.6 * column, 0.34 + 0.66 * row, radius, float(board.rng.uniform(0, 12)))

    return Furniture([Cutout((0, 0, 0), wide, 1.4, paint)], soft=True)


def giant() -> Furniture:
    """A tower clock's face, as tall as two people, waiting for its hands to be mended."""
    return Furniture([Cutout((0, 0, 0), 2.6, 2.6, lambda board: _face(board, 1.3, 1.3, 1.28, 10.15))], soft=True)
