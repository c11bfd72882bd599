"""Larger furniture: beds, desks, benches, lights, crates."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render.canvas import Colour, scaled
from personavlog_embedded.render.goods import OAK, STEEL
from personavlog_embedded.render.palette import IRON
from personavlog_embedded.render.panel import Painting, Panel, cloth, plain, wood
from personavlog_embedded.render.solids import Cutout, Disc, Furniture, FurniturePart, legs

Parts = list[FurniturePart | Disc | Cutout]


def bed(blanket: Colour, rails: bool = False, wide: float = 0.95, long: float = 2.05) -> Furniture:
    """A bed with its head at the rear, seen from its foot."""
    half, end = wide / 2, long / 2
    parts: Parts = [*legs(wide, 0.3, long, plain(STEEL if rails else OAK), 0.06)]
    frame = plain(STEEL, 0.04) if rails else wood(OAK)
    parts += [
        FurniturePart((-half, 0.28, -end), (half, 0.40, end), frame),
        FurniturePart((-half, 0.40, -end), (half, 0.56, end), cloth((0.95, 0.94, 0.91))),
        FurniturePart((-half - 0.02, 0.42, -end - 0.02), (half + 0.02, 0.60, end * 0.35), cloth(blanket)),
        FurniturePart((-half - 0.02, 0.58, end * 0.2), (half + 0.02, 0.62, end * 0.42), cloth((0.97, 0.96, 0.94))),
        FurniturePart((-half + 0.1, 0.56, end * 0.55), (half - 0.1, 0.70, end * 0.92), cloth((0.98, 0.97, 0.95))),
        FurniturePart((-half, 0.3, end), (half, 1.0, end + 0.05), frame),
        FurniturePart((-half, 0.3, -end - 0.05), (half, 0.72, -end), frame),
    ]
    if rails:
        parts += [
            FurniturePart((x - 0.015, 0.72, -0.3), (x + 0.015, 0.76, end * 0.7), plain(STEEL)) for x in (-half, half)
        ]
    return Furniture(parts)


def bedside(own: Colour = (0.86, 0.80, 0.70)) -> Furniture:
    """A small cupboard with drawers."""
    return Furniture(
        [FurniturePart((-0.24, 0.05, -0.2), (0.24, 0.7, 0.2), plain(own, 0.08), {"front": drawers(own, 3)})]
    )


def drawers(own: Colour, rows: int, columns: int = 1) -> Painting:
    """Drawer fronts with knobs."""

    def paint(board: Panel) -> None:
        plain(own, 0.08)(board)
        for row in range(rows):
            for column in range(columns):
                x0, y0 = board.wide * column / columns, board.tall * row / rows
                x1, y1 = board.wide * (column + 1) / columns, board.tall * (row + 1) / rows
                board.ridge(x0 + 0.025, y0 + 0.02, x1 - 0.025, y1 - 0.02, own, 0.01)
                board.disc((x0 + x1) / 2, (y0 + y1) / 2, 0.02, scaled(own, 0.5))

    return paint


def curtain(wide: float, tall: float, own: Colour) -> Furniture:
    """A curtain across the room on a rail; it hangs in folds."""

    def paint(board: Panel) -> None:
        board.fill(own, scaled(own, 0.86), 0.06)
        folds = np.sin(
            np.arange(board.sheet.width) / board.px * 24 + 1.5 * np.sin(np.arange(board.sheet.width) / board.px * 7)
        )
        board.sheet.multiply(
            np.broadcast_to((0.93 + 0.13 * folds).astype(np.float32), (board.sheet.height, board.sheet.width)).copy()
        )

    rail = FurniturePart((-wide / 2, tall, -0.015), (wide / 2, tall + 0.03, 0.015), plain(STEEL))
    return Furniture([rail, FurniturePart((-wide / 2, 0.12, -0.02), (wide / 2, tall, 0.02), paint)])


def armchair(own: Colour) -> Furniture:
    """An armchair that looks to the front wall."""
    cover = cloth(own)
    parts: Parts = [
        FurniturePart((-0.4, 0.1, -0.38), (0.4, 0.3, 0.38), cloth(scaled(own, 0.8))),
        FurniturePart((-0.3, 0.3, -0.4), (0.3, 0.46, 0.25), cloth(scaled(own, 1.1))),
        FurniturePart((-0.4, 0.3, 0.22), (0.4, 0.98, 0.4), cover),
        FurniturePart((-0.42, 0.12, -0.38), (-0.28, 0.64, 0.38), cover),
        FurniturePart((0.28, 0.12, -0.38), (0.42, 0.64, 0.38), cover),
    ]
    return Furniture(parts)


def desk(wide: float, deep: float, own: Colour = OAK, screen: bool = True, tall: float = 0.74) -> Furniture:
    """A desk with drawers; whoever sits at it looks to the front wall. A screen turns its back to the front wall."""
    half = wide / 2
    parts: Parts = [
        FurniturePart((-half, 0, -deep / 2), (-half + 0.05, tall - 0.03, deep / 2), wood(scaled(own, 0.8))),
        FurniturePart((half - 0.4, 0, -deep / 2), (half, tall - 0.03, deep / 2), wood(scaled(own, 0.85))),
        FurniturePart(
            (-half, 0.3, -deep / 2 + 0.03), (half - 0.4, tall - 0.03, -deep / 2 + 0.06), wood(scaled(own, 0.75))
        ),
        FurniturePart((-half - 0.02, tall - 0.03, -deep / 2 - 0.02), (half + 0.02, tall, deep / 2 + 0.02), wood(own)),
    ]
    if screen:
        shown = plain((0.62, 0.80, 0.92), 0.1)
        parts += [
            FurniturePart((-0.1, tall, -0.12), (0.1, tall + 0.12, -0.06), plain(IRON)),
            FurniturePart(
                (-0.32, tall + 0.1, -0.12), (0.32, tall + 0.5, -0.08), plain((0.20, 0.21, 0.23)), {"back": shown}, 0.15
            ),
        ]
        parts.append(FurniturePart((-0.25, tall, 0.08), (0.2, tall + 0.02, 0.22), plain((0.85, 0.85, 0.84))))
    return Furniture(parts)


def swivel(own: Colour) -> Furniture:
    """An office chair that looks to the front wall."""
    parts: Parts = [
        Disc((0, 0.06, 0), 0.3, IRON, 0.04),
        FurniturePart((-0.03, 0, -0.03), (0.03, 0.42, 0.03), plain(IRON)),
        FurniturePart((-0.25, 0.42, -0.25), (0.25, 0.52, 0.25), cloth(own)),
        FurniturePart((-0.03, 0.5, 0.24), (0.03, 0.7, 0.28), plain(IRON)),
        FurniturePart((-0.23, 0.62, 0.22), (0.23, 1.12, 0.30), cloth(scaled(own, 1.08))),
    ]
    return Furniture(parts)


def tube(long: float, burns: bool) -> Furniture:
    """A hanging strip light along the room."""
    own: Colour = (1.0, 0.98, 0.92) if burns else (0.90, 0.91, 0.92)
    return Furniture(
        [FurniturePart((-0.07, 0, -long / 2), (0.07, 0.08, long / 2), plain(own, 0.02), None, 0.95 if burns else 0.0)],
        soft=True,
    )


def globe(burns: bool, ceiling: float, height: float, size: float = 0.4) -> Furniture:
    """A glass ball hanging from the ceiling."""

    def paint(board: Panel) -> None:
        middle, radius = board.wide / 2, size / 2
        board.line(middle, radius, middle, board.tall, (0.3, 0.28, 0.26), 0.02)
        board.disc(middle, radius, radius, (1.0, 0.90, 0.66) if burns else (0.86, 0.86, 0.84))
        board.disc(
            middle - radius * 0.1, radius * 1.15, radius * 0.72, (1.0, 0.96, 0.82) if burns else (0.94, 0.94, 0.92)
        )

    return Furniture(
        [Cutout((0, height - size / 2, 0), size, ceiling - height + size / 2, paint, 0.9 if burns else 0.0)], soft=True
    )


def bench(wide: float, own: Colour = OAK, back: bool = False) -> Furniture:
    """A bench that looks to the front wall."""
    half = wide / 2
    parts: Parts = [
        FurniturePart((x - 0.04, 0, -0.2), (x + 0.04, 0.42, 0.2), plain(IRON)) for x in (-half + 0.2, half - 0.2)
    ]
    parts.append(FurniturePart((-half, 0.42, -0.23), (half, 0.47, 0.23), wood(own)))
    if back:
        parts += [FurniturePart((-half, y, 0.2), (half, y + 0.1, 0.24), wood(scaled(own, 1.05))) for y in (0.6, 0.76)]
    return Furniture(parts)


def crate(own: Colour = (0.74, 0.58, 0.38), size: float = 0.5) -> Furniture:
    """A wooden crate."""

    def side(board: Panel) -> None:
        board.fill(scaled(own, 0.7), scaled(own, 0.55), 0.12, 1, 5)
        for y in (0.03, 0.36, 0.68):
            board.patch(
                0.01, board.tall * y, board.wide - 0.01, board.tall * (y + 0.27), scaled(own, 1.05), scaled(own, 0.85)
            )
        for x in (0.0, board.wide - 0.06):
            board.patch(x, 0, x + 0.06, board.tall, scaled(own, 1.15), scaled(own, 0.8))

    return Furniture(
        [
            FurniturePart(
                (-size / 2, 0, -size / 2), (size / 2, size * 0.8, size / 2), side, {"top": wood(scaled(own, 0.8))}
            )
        ]
    )
