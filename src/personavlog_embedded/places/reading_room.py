"""A reading room: walls of books, green lamps, a ladder."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.places.living_room import DARK
from personavlog_embedded.render import goods
from personavlog_embedded.render.canvas import Colour, mix, scaled
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.panel import Painting, Panel, wood
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.solids import Cutout, Furniture, FurniturePart, chair, table


def library(setting: Setting) -> list[Painted]:
    """A reading hall: bookcases along both sides, an arched window, reading tables with green lamps, a ladder."""
    return library_room(setting).painted("garden")


def library_room(setting: Setting) -> Interior:
    """The hall."""
    room = Interior(setting, 8.4, 4.6, 12.0, (Angle(0.0, 0.6, 0), Angle(2.9, 1.4, -38), Angle(-1.5, 10.9, 158)), 0.95)
    own: Colour = (0.78, 0.70, 0.58)
    carpet: Colour = ((0.60, 0.20, 0.18), (0.20, 0.36, 0.34), (0.26, 0.28, 0.46))[setting.seed % 3]
    room.walls("left", "right", paint=_book_wall)
    room.walls("back", paint=_end_wall(own))
    room.walls("front", paint=_end_wall(own, door=True))
    room.floor(_carpeted(carpet))
    room.ceiling(_coffers)
    room.window("back", 2.9, 1.0, 5.5, 4.1, (4, 4), (0.80, 0.72, 0.58))
    for z in (2.6, 5.0, 7.4, 9.8):
        for side in (-1, 1):
            room.add(goods.bookcase(2.0, 3.4, 8, DARK, 0.42, 0.05), (side * 3.95, z, -90 * side))
            room.add(_pilaster(4.3), (side * 3.95, z + 1.2))
    for z in (4.4, 8.0):
        for side in (-1, 1):
            room.add(table(1.9, 0.9, DARK, 0.76), (side * 2.15, z, 90))
            room.add(
                green_lamp(room.lamp(side * 2.15, 1.15, z, reach=1.2, power=0.9, halo=0.35)), (side * 2.15, z, 0, 0.76)
            )
            room.add(goods.book_pile(), (side * 2.0, z - 0.55, 0, 0.76))
            room.add(
                chair(scaled(DARK, 1.15), carpet), (side * 2.9, z + 0.3, -90 * side), (side * 1.45, z - 0.2, 90 * side)
            )
            room.slot("seat", side * 1.45, 0.47, z - 0.2)
            room.slot("top", side * 2.15, 0.76, z)
    room.add(ladder(), (-3.55, 6.3, 90))
    room.add(goods.pot(1.4), (-3.3, 11.4), (3.3, 11.4))
    for z in (2.5, 6.0, 9.5):
        room.add(
            goods.pendant(room.lamp(0.0, 2.9, z, reach=2.4, power=0.8), room.tall, 2.95, (0.60, 0.46, 0.26), 0.6),
            (0.0, z),
        )
    room.slot("stand", 0.0, 0.0, 3.4)
    return room


def _book_wall(board: Panel) -> None:
    board.fill((0.40, 0.28, 0.2), (0.32, 0.22, 0.15), 0.12, 1)
    goods.panels(board, board.tall - 0.6, (0.42, 0.28, 0.19), 1.2)
    board.patch(0, board.tall - 0.6, board.wide, board.tall, (0.84, 0.77, 0.65), (0.74, 0.66, 0.54))


def _end_wall(own: Colour, door: bool = False) -> Painting:
    def paint(board: Panel) -> None:
        board.fill(scaled(own, 1.06), scaled(own, 0.94), 0.10)
        goods.panels(board, 1.0, DARK, 0.6)
        middle = board.wide / 2
        if door:
            board.door(middle - 1.0, middle, 2.5, (0.46, 0.30, 0.2))
            board.door(middle + 0.02, middle + 1.02, 2.5, (0.46, 0.30, 0.2))
            board.framed(1.2, 1.6, 2.3, 3.0)
            board.framed(6.1, 1.6, 7.2, 3.0)
        else:
            board.patch(middle - 1.65, 0.6, middle + 1.65, 4.4, (0.92, 0.87, 0.76), (0.80, 0.74, 0.63))
            for x in (0.9, 6.5):
                board.framed(x, 1.6, x + 1.0, 3.0)

    return paint


def _carpeted(own: Colour) -> Painting:
    def paint(board: Panel) -> None:
        board.boards((0.50, 0.34, 0.22), 0.18)
        middle = board.wide / 2
        for half, tone in ((0.85, own), (0.76, (0.82, 0.66, 0.38)), (0.71, own)):
            board.patch(middle - half, 0.2, middle + half, board.tall - 0.3, tone, scaled(tone, 1.05))
        for y in np.arange(0.8, board.tall - 0.6, 0.8):
            board.sheet.polygon(
                [
                    board.at(middle, y + 0.2),
                    board.at(middle + 0.16, y),
                    board.at(middle, y - 0.2),
                    board.at(middle - 0.16, y),
                ],
                mix(own, (0.82, 0.66, 0.38), 0.6),
            )

    return paint


def _coffers(board: Panel) -> None:
    board.fill((0.66, 0.50, 0.35), (0.60, 0.45, 0.31), 0.1, 1)
    for y in np.arange(0.2, board.tall, 1.2):
        for x in np.arange(0.2, board.wide - 0.9, 1.15):
            board.ridge(x, y, x + 0.95, y + 1.0, (0.56, 0.41, 0.28), 0.04)


def _pilaster(tall: float) -> Furniture:
    return Furniture(
        [
            FurniturePart((-0.17, 0, -0.17), (0.17, tall, 0.17), wood(scaled(DARK, 1.1))),
            FurniturePart((-0.22, tall - 0.3, -0.22), (0.22, tall, 0.22), wood(scaled(DARK, 1.3))),
        ]
    )


def green_lamp(burns: bool) -> Furniture:
    """A banker's lamp."""

    def paint(board: Panel) -> None:
        brass: Colour = (0.80, 0.64, 0.34)
        board.disc(0.2, 0.02, 0.1, brass, 0.3)
        board.line(0.2, 0.02, 0.2, 0.32, brass, 0.022)
        if burns:
            board.disc(0.2, 0.31, 0.14, (1.0, 0.94, 0.72), 0.3)
        board.sheet.patch(
            [board.at(0.1, 0.43), board.at(0.3, 0.43), board.at(0.37, 0.32), board.at(0.03, 0.32)],
            (0.32, 0.66, 0.44),
            (0.16, 0.42, 0.28),
        )

    return Furniture([Cutout((0, 0, 0), 0.4, 0.46, paint, 0.4 if burns else 0.0)], soft=True)


def ladder() -> Furniture:
    """A ladder that leans at the shelves."""

    def paint(board: Panel) -> None:
        for x in (0.06, 0.5):
            board.line(x, 0, x + 0.02, 3.0, (0.62, 0.44, 0.28), 0.06)
        for y in np.arange(0.3, 2.9, 0.32):
            board.line(0.06, y, 0.52, y, (0.70, 0.51, 0.33), 0.05)

    return Furniture([Cutout((0, 0, 0), 0.58, 3.05, paint)], soft=True)
