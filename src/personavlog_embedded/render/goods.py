"""What rooms are furnished with: counters, plants, lamps, shelves, cups; and what hangs on their walls."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import room_parts
from personavlog_embedded.render.canvas import Colour, mix, scaled
from personavlog_embedded.render.panel import Panel, cloth, plain, wood
from personavlog_embedded.render.solids import Cutout, Disc, Furniture, FurniturePart

OAK: Colour = (0.62, 0.44, 0.29)
STEEL: Colour = (0.72, 0.74, 0.76)


# on walls


def panels(board: Panel, tall: float, own: Colour, step: float = 0.5) -> None:
    """Wainscot with a rail, up to ``tall`` metres."""
    board.patch(0, 0, board.wide, tall, own, scaled(own, 0.82))
    count = max(1, round(board.wide / step))
    size = board.wide / count
    for number in range(count):
        board.ridge(
            number * size + size * 0.14, 0.16, (number + 1) * size - size * 0.14, tall - 0.12, scaled(own, 0.97), 0.01
        )
    board.patch(0, tall - 0.05, board.wide, tall + 0.02, scaled(own, 1.35), scaled(own, 1.0))
    board.patch(0, 0, board.wide, 0.1, scaled(own, 0.8), scaled(own, 0.62))


def skirting(board: Panel, own: Colour = (0.86, 0.83, 0.76), tall: float = 0.1) -> None:
    """A board along the foot of a wall."""
    board.patch(0, 0, board.wide, tall, scaled(own, 1.05), scaled(own, 0.8))
    board.line(0, tall, board.wide, tall, scaled(own, 0.7), 0.008)


def tiled(
    board: Panel, x0: float, y0: float, x1: float, y1: float, one: Colour, two: Colour, size: float, share: float = 0.2
) -> None:
    """Glazed tiles within a rectangle, some of the second colour, each with a light on it."""
    for y in np.arange(y0, y1 - 0.01, size):
        for x in np.arange(x0, x1 - 0.01, size):
            own = scaled(two if board.rng.random() < share else one, board.rng.uniform(0.94, 1.04))
            board.patch(
                x + 0.004,
                y + 0.004,
                min(x + size - 0.004, x1),
                min(y + size - 0.004, y1),
                scaled(own, 1.05),
                scaled(own, 0.93),
            )


def shelf_of_jars(board: Panel, x0: float, x1: float, y: float, tall: float, own: Colour = OAK) -> None:
    """A wall shelf with jars, bottles and small pots."""
    left, _, right, foot = board.box(x0, y, x1, y + tall)
    board.shadow(x0, y - 0.22, x1, y - 0.03, 0.3)
    room_parts.jars(board.sheet, board.rng, board.light, left, right, foot, tall * board.px)
    board.patch(x0 - 0.05, y - 0.035, x1 + 0.05, y, scaled(own, 1.25), scaled(own, 0.8))


def menu_board(board: Panel, x0: float, y0: float, x1: float, y1: float) -> None:
    """A blackboard with chalk lines."""
    board.patch(x0 - 0.05, y0 - 0.05, x1 + 0.05, y1 + 0.05, scaled(OAK, 0.9), scaled(OAK, 0.65))
    board.patch(x0, y0, x1, y1, (0.20, 0.23, 0.22), (0.16, 0.18, 0.18))
    chalk(board, x0 + 0.08, y0 + 0.1, x1 - 0.08, y1 - 0.1, 0.12)


def chalk(
    board: Panel, x0: float, y0: float, x1: float, y1: float, step: float, own: Colour = (0.90, 0.88, 0.80)
) -> None:
    """Lines of writing that cannot be read."""
    for y in np.arange(y1 - step / 2, y0, -step):
        x = x0
        end = x0 + (x1 - x0) * board.rng.uniform(0.5, 1.0)
        while x < end:
            word = board.rng.uniform(0.05, 0.16) * min(1.0, (x1 - x0))
            points = [board.at(min(px, x1), y + board.rng.normal(0, step * 0.09)) for px in np.linspace(x, x + word, 5)]
            board.sheet.stroke(points, own, max(1.0, step * 0.11 * board.px))
            x += word + step * 0.3


# standing


def counter(wide: float, deep: float, tall: float, own: Colour, top: Colour = OAK) -> Furniture:
    """A bar of vertical boards with a wooden top; its front looks to the front wall."""

    def front(board: Panel) -> None:
        board.fill(scaled(own, 1.08), scaled(own, 0.8), 0.1, 1, 0.2)
        for x in np.arange(0, board.wide, 0.16):
            board.line(x, 0, x, board.tall, scaled(own, 0.6), 0.012)
            board.line(x + 0.012, 0.1, x + 0.012, board.tall - 0.03, scaled(own, 1.25), 0.006)
        board.patch(0, 0, board.wide, 0.1, (0.14, 0.13, 0.13), (0.1, 0.1, 0.1))

    base = FurniturePart((-wide / 2, 0, -deep / 2), (wide / 2, tall - 0.05, deep / 2), front)
    slab = FurniturePart(
        (-wide / 2 - 0.05, tall - 0.05, -deep / 2 - 0.08), (wide / 2 + 0.05, tall, deep / 2 + 0.03), wood(top)
    )
    return Furniture([base, slab])


def coffee_machine() -> Furniture:
    """An espresso machine."""

    def front(board: Panel) -> None:
        board.fill(scaled(STEEL, 1.1), scaled(STEEL, 0.7), 0.05)
        board.patch(0.06, 0.05, board.wide - 0.06, 0.24, (0.14, 0.14, 0.15), (0.24, 0.24, 0.25))
        for x in (0.2, 0.42):
            board.patch(x - 0.05, 0.2, x + 0.05, 0.27, scaled(STEEL, 1.1), scaled(STEEL, 0.7))
            board.patch(x - 0.04, 0.06, x + 0.04, 0.13, (0.95, 0.93, 0.9), (0.75, 0.73, 0.7))
        board.patch(0, board.tall - 0.06, board.wide, board.tall, (0.74, 0.28, 0.22), (0.56, 0.2, 0.17))

    return Furniture(
        [
            FurniturePart(
                (-0.32, 0, -0.22),
                (0.32, 0.45, 0.22),
                plain(STEEL, 0.05),
                {"front": front, "top": plain((0.72, 0.3, 0.24))},
            )
        ]
    )


def cake_stand() -> Furniture:
    """A cake under glass."""

    def paint(board: Panel) -> None:
        board.disc(0.17, 0.02, 0.1, (0.86, 0.88, 0.88), 0.3)
        board.patch(0.155, 0.02, 0.185, 0.12, (0.9, 0.92, 0.92), (0.7, 0.72, 0.72), sideways=True)
        board.disc(0.17, 0.12, 0.165, (0.92, 0.93, 0.92), 0.16)
        board.patch(0.05, 0.125, 0.29, 0.22, (0.92, 0.82, 0.66), (0.72, 0.48, 0.30))
        board.disc(0.17, 0.22, 0.12, (0.97, 0.92, 0.84), 0.25)
        for x in (0.1, 0.17, 0.24):
            board.disc(x, 0.235, 0.02, (0.80, 0.20, 0.22))

    return Furniture([Cutout((0, 0, 0), 0.34, 0.3, paint)], soft=True)


def jar_row(wide: float, tall: float = 0.24) -> Furniture:
    """Jars and small plants side by side."""

    def paint(board: Panel) -> None:
        room_parts.jars(
            board.sheet, board.rng, board.light, 2, board.sheet.width - 2, board.sheet.height - 1, tall * board.px
        )

    return Furniture([Cutout((0, 0, 0), wide, tall * 1.7, paint)], soft=True)


def cup(own: Colour = (0.95, 0.93, 0.88)) -> Furniture:
    """A cup on its saucer."""

    def paint(board: Panel) -> None:
        board.disc(0.08, 0.015, 0.075, scaled(own, 0.85), 0.26)
        board.patch(0.04, 0.02, 0.12, 0.085, own, scaled(own, 0.75))
        board.disc(0.08, 0.085, 0.04, scaled(own, 1.05), 0.3)
        board.disc(0.08, 0.083, 0.031, (0.36, 0.22, 0.14), 0.28)

    return Furniture([Cutout((0, 0, 0), 0.16, 0.11, paint)], soft=True)


def pot(tall: float, clay: Colour = (0.76, 0.47, 0.34)) -> Furniture:
    """A plant in a clay pot."""

    def paint(board: Panel) -> None:
        room_parts.pot(
            board.sheet,
            board.rng,
            board.light,
            board.sheet.width / 2,
            board.sheet.height - 1,
            board.sheet.height * 0.94,
            clay,
        )

    return Furniture([Cutout((0, 0, 0), tall * 1.15, tall * 1.06, paint)], soft=True)


def pendant(
    burns: bool, ceiling: float, foot: float, own: Colour = (0.26, 0.33, 0.33), size: float = 0.42
) -> Furniture:
    """A hanging lamp whose shade ends at ``foot`` metres."""

    def paint(board: Panel) -> None:
        middle, tall = board.wide / 2, size * 0.62
        board.line(middle, tall, middle, board.tall, (0.12, 0.12, 0.12), 0.012)
        board.disc(middle, 0.09, size * 0.17, (1.0, 0.95, 0.78) if burns else (0.88, 0.86, 0.8))
        left, right, top = board.at(middle - size / 2, 0.1), board.at(middle + size / 2, 0.1), board.at(middle, tall)[1]
        neck = size * 0.12 * board.px
        board.sheet.patch(
            [
                (left[0], left[1]),
                (right[0], right[1]),
                (board.at(middle, 0)[0] + neck, top),
                (board.at(middle, 0)[0] - neck, top),
            ],
            scaled(own, 1.5),
            scaled(own, 0.7),
            sideways=True,
        )
        if burns:
            board.disc(middle, 0.1, size * 0.46, (1.0, 0.88, 0.62), 0.12)

    return Furniture(
        [Cutout((0, foot - 0.1, 0), size * 1.1, ceiling - foot + 0.1, paint, 0.35 if burns else 0.0)], soft=True
    )


def bookcase(
    wide: float, tall: float, rows: int, own: Colour = (0.5, 0.34, 0.22), deep: float = 0.34, things: float = 0.12
) -> Furniture:
    """A bookcase; its front looks to the front wall."""

    def front(board: Panel) -> None:
        room_parts.shelf(
            board.sheet, board.rng, board.light, (0, 0, board.sheet.width, board.sheet.height), rows, own, 0.72, things
        )

    return Furniture(
        [FurniturePart((-wide / 2, 0, -deep / 2), (wide / 2, tall, deep / 2), wood(own), {"front": front})]
    )


def sofa(wide: float, own: Colour, cushions: Colour | None = None) -> Furniture:
    """A sofa that looks to the front wall."""
    half, cover = wide / 2, cloth(own)
    parts: list[FurniturePart | Disc | Cutout] = [
        FurniturePart((-half, 0.06, -0.42), (half, 0.40, 0.42), cloth(scaled(own, 0.86))),
        FurniturePart((-half, 0.3, 0.2), (half, 0.86, 0.44), cover),
        FurniturePart((-half, 0.1, -0.44), (-half + 0.2, 0.62, 0.42), cover),
        FurniturePart((half - 0.2, 0.1, -0.44), (half, 0.62, 0.42), cover),
    ]
    count = max(1, round((wide - 0.4) / 0.75))
    size = (wide - 0.4) / count
    for number in range(count):
        left = -half + 0.2 + number * size
        parts.append(
            FurniturePart((left + 0.01, 0.38, -0.45), (left + size - 0.01, 0.52, 0.24), cloth(scaled(own, 1.1)))
        )
        if cushions is not None and number != 1:
            parts.append(
                FurniturePart(
                    (left + 0.08, 0.5, 0.02), (left + 0.5, 0.86, 0.18), cloth(mix(cushions, own, 0.15 * number))
                )
            )
    return Furniture(parts)


def book_pile() -> Furniture:
    """A pile of books and a pencil pot."""

    def paint(board: Panel) -> None:
        y = 0.0
        for _ in range(4):
            own, tall, shift = (
                room_parts.BOOKS[int(board.rng.integers(len(room_parts.BOOKS)))],
                float(board.rng.uniform(0.03, 0.05)),
                float(board.rng.uniform(0, 0.04)),
            )
            board.patch(shift, y, shift + 0.24, y + tall, scaled(own, 1.15), scaled(own, 0.7))
            board.patch(shift + 0.225, y + 0.005, shift + 0.24, y + tall - 0.005, (0.95, 0.91, 0.80))
            y += tall
        board.patch(0.31, 0, 0.38, 0.1, (0.86, 0.62, 0.36), (0.62, 0.42, 0.24))
        for x, own in ((0.32, (0.85, 0.3, 0.25)), (0.345, (0.95, 0.8, 0.3)), (0.37, (0.3, 0.5, 0.7))):
            board.line(x, 0.1, x + 0.01, 0.19, own, 0.012)

    return Furniture([Cutout((0, 0, 0), 0.4, 0.22, paint)], soft=True)
