"""A railway carriage: seats, tables, wide windows."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import goods, room_parts
from personavlog_embedded.render.canvas import Colour, mix, scaled
from personavlog_embedded.render.goods import OAK, STEEL
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.panel import Painting, Panel, cloth, plain, wood
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.solids import Cutout, Disc, Furniture, FurniturePart

WINDOWS = (0.75, 2.75, 4.75, 6.75, 8.75)
"""Metres from the carriage's front wall to the left edges of its windows; each is 1.5 m wide, with a bay of seats
before it."""


def train(setting: Setting) -> list[Painted]:
    """A railway carriage: bays of seats with tables at wide windows, luggage racks, a door at the end."""
    return train_room(setting).painted("fields")


def train_room(setting: Setting) -> Interior:
    """The carriage: down the aisle, across a bay to the window, and back up the aisle to the other side."""
    room = Interior(
        setting, 3.5, 2.5, 11.0, (Angle(0.35, 0.7, -11), Angle(1.15, 5.0, -64), Angle(-0.3, 10.3, 194)), 0.95
    )
    room.clear = (0.7, 0.6)
    own: Colour = ((0.24, 0.42, 0.40), (0.60, 0.22, 0.20), (0.26, 0.34, 0.52))[setting.seed % 3]
    room.walls("left", "right", paint=_side)
    room.walls("back", "front", paint=_end(own))
    room.floor(_aisle(own))
    room.ceiling(_roof)
    frame: Colour = (0.50, 0.36, 0.25)
    for at in WINDOWS:
        room.window("left", at, 0.86, at + 1.5, 1.82, (1, 1), frame)
        room.window("right", 11.0 - at - 1.5, 0.86, 11.0 - at, 1.82, (1, 1), frame)
        middle = at + 0.75
        for side in (-1, 1):
            x = side * 1.22
            room.add(seat(own), (x, middle - 0.78, 180), (x, middle + 0.78, 0))
            room.add(folding_table(), (side * 1.4, middle))
            room.add(drape(own), (side * 1.7, at - 0.1, 90 * -side), (side * 1.7, at + 1.6, 90 * -side))
            room.slot("seat", x, 0.47, middle + 0.6)
            room.slot("top", side * 1.4, 0.74, middle)
    for side in (-1, 1):
        room.add(rack(10.6), (side * 1.53, 5.5, 90 * -side, 1.94))
        for number, z in enumerate(np.arange(1.2, 10.4, 1.3)):
            tone = room_parts.BOOKS[(number * 3 + side + setting.seed) % len(room_parts.BOOKS)]
            if (number * 7 + side + setting.seed) % 3:
                room.add(bag(tone), (side * 1.5, float(z), 90 * -side, 2.0))
    for at in (WINDOWS[1], WINDOWS[3]):
        room.add(goods.cup(), (-1.3, at + 0.7, 0, 0.74))
        room.add(goods.book_pile(), (1.35, at + 0.8, 0, 0.74))
    for z in (1.5, 4.2, 6.9, 9.6):
        burns = room.lamp(0.0, 2.3, z, reach=1.6, power=0.8, halo=0)
        room.add(
            Furniture([Disc((0, 2.46, 0), 0.16, (1.0, 0.93, 0.74) if burns else (0.93, 0.91, 0.85), 0.05)], soft=True),
            (0.0, z),
        )
    for z in (WINDOWS[0], WINDOWS[1], WINDOWS[2], WINDOWS[3], WINDOWS[4]):
        for side in (-1, 1):
            burns = room.lamp(side * 1.6, 1.6, z + 1.75, reach=0.7, power=0.6, halo=0.25)
            room.add(sconce(burns), (side * 1.66, z + 1.75, 0, 1.45))
    room.slot("stand", 0.0, 0.0, 3.2)
    return room


def _side(board: Panel) -> None:
    board.fill((0.80, 0.62, 0.43), (0.70, 0.52, 0.35), 0.14, 1, 5)
    for x in np.arange(0.5, board.wide, 2.0):
        board.patch(x - 0.02, 0.0, x + 0.02, board.tall, scaled(OAK, 1.1), scaled(OAK, 0.8))
    board.patch(0, 0, board.wide, 0.75, scaled(OAK, 0.92), scaled(OAK, 0.72))
    for x in np.arange(0.06, board.wide - 0.4, 0.5):
        board.ridge(x, 0.12, x + 0.42, 0.66, scaled(OAK, 0.9), 0.01)
    board.patch(0, 0.74, board.wide, 0.79, (0.84, 0.68, 0.40), (0.58, 0.45, 0.25))
    board.patch(0, 1.9, board.wide, 1.94, (0.84, 0.68, 0.40), (0.58, 0.45, 0.25))
    board.patch(0, 1.94, board.wide, board.tall, (0.93, 0.88, 0.78), (0.86, 0.80, 0.69))


def _end(own: Colour) -> Painting:
    """The end of the carriage with its sliding door."""

    def paint(board: Panel) -> None:
        _side(board)
        middle = board.wide / 2
        board.patch(middle - 0.55, 0, middle + 0.55, 2.14, scaled(OAK, 0.7), scaled(OAK, 0.55))
        board.patch(middle - 0.46, 0, middle + 0.46, 2.06, scaled(OAK, 1.05), scaled(OAK, 0.85))
        board.patch(middle - 0.32, 1.0, middle + 0.32, 1.92, (0.60, 0.70, 0.74), (0.72, 0.78, 0.78))
        board.ridge(middle - 0.32, 0.2, middle + 0.32, 0.85, scaled(OAK, 0.95), 0.014)
        board.disc(middle + 0.38, 1.0, 0.035, (0.86, 0.70, 0.40))
        board.patch(middle - 0.4, 2.2, middle + 0.4, 2.38, scaled(own, 0.9), scaled(own, 0.7))
        goods.chalk(board, middle - 0.3, 2.23, middle + 0.32, 2.36, 0.12, (1.0, 0.86, 0.5))
        for x in (0.25, board.wide - 0.8):
            board.framed(x, 1.1, x + 0.55, 1.65)

    return paint


def _aisle(own: Colour) -> Painting:
    """Dark boards with a runner."""

    def paint(board: Panel) -> None:
        board.boards((0.40, 0.30, 0.23), 0.12)
        middle = board.wide / 2
        for half, tone in ((0.42, scaled(own, 1.05)), (0.36, (0.82, 0.68, 0.42)), (0.33, own)):
            board.patch(middle - half, 0, middle + half, board.tall, tone)
        board.sheet.multiply(1 + 0.12 * board.grain(3))

    return paint


def _roof(board: Panel) -> None:
    """A pale, slightly vaulted roof with brass ribs."""
    board.fill((0.94, 0.91, 0.84), (0.94, 0.91, 0.84), 0.04)
    board.patch(0, 0, board.wide / 2, board.tall, (0.72, 0.68, 0.60), (1.0, 0.97, 0.90), alpha=0.5, sideways=True)
    board.patch(
        board.wide / 2, 0, board.wide, board.tall, (1.0, 0.97, 0.90), (0.72, 0.68, 0.60), alpha=0.5, sideways=True
    )
    for y in np.arange(0.5, board.tall, 2.0):
        board.patch(0, y - 0.04, board.wide, y + 0.04, (0.80, 0.66, 0.42), (0.66, 0.52, 0.32))


def seat(own: Colour) -> Furniture:
    """A padded double seat with head cloths; it looks to the front wall."""

    def back(board: Panel) -> None:
        cloth(own)(board)
        for x in (0.0, board.wide / 2):
            for at in np.arange(x + 0.1, x + board.wide / 2 - 0.05, 0.11):
                board.line(at, 0.05, at, board.tall - 0.3, scaled(own, 0.8), 0.012)
            board.patch(
                x + 0.07,
                board.tall - 0.26,
                x + board.wide / 2 - 0.07,
                board.tall,
                (0.96, 0.94, 0.89),
                (0.88, 0.85, 0.78),
            )
        board.line(board.wide / 2, 0, board.wide / 2, board.tall, scaled(own, 0.55), 0.03)

    parts: list[FurniturePart | Disc | Cutout] = [
        FurniturePart((-0.47, 0.0, -0.2), (0.47, 0.28, 0.2), wood(scaled(OAK, 0.7))),
        FurniturePart((-0.48, 0.28, -0.27), (0.48, 0.47, 0.2), cloth(scaled(own, 1.12))),
        FurniturePart((-0.48, 0.3, 0.16), (0.48, 1.22, 0.27), cloth(own), {"front": back}),
        FurniturePart((0.44, 0.3, -0.22), (0.5, 0.68, 0.2), wood(OAK)),
        FurniturePart((-0.5, 0.3, -0.22), (-0.44, 0.68, 0.2), wood(OAK)),
    ]
    return Furniture(parts)


def folding_table() -> Furniture:
    """The small table at a window."""
    return Furniture(
        [
            FurniturePart((-0.32, 0.7, -0.32), (0.32, 0.74, 0.32), wood(scaled(OAK, 1.15))),
            FurniturePart((-0.03, 0, -0.03), (0.03, 0.7, 0.03), plain((0.70, 0.56, 0.32))),
        ]
    )


def drape(own: Colour) -> Furniture:
    """A narrow curtain tied beside a window."""

    def paint(board: Panel) -> None:
        left, top, right, foot = board.box(0.02, 0.02, board.wide - 0.02, board.tall)
        room_parts.curtain(board.sheet, board.light, left, right, top, foot, mix(own, (0.9, 0.85, 0.75), 0.25), 4)

    return Furniture([Cutout((0, 0.8, 0), 0.26, 1.08, paint)], soft=True)


def rack(long: float) -> Furniture:
    """A luggage rack of brass rods along a wall."""
    brass = plain((0.80, 0.64, 0.36), 0.05)
    half = long / 2
    rods: list[FurniturePart | Disc | Cutout] = [
        FurniturePart((-half, 0, z), (half, 0.03, z + 0.03), brass) for z in (-0.2, -0.07, 0.06, 0.18)
    ]
    return Furniture(
        [
            *rods,
            FurniturePart((-half, 0.04, -0.22), (half, 0.1, -0.19), brass),
            *(FurniturePart((x, -0.05, -0.2), (x + 0.03, 0.03, 0.2), brass) for x in np.arange(-half + 0.3, half, 2.0)),
        ],
        soft=True,
    )


def bag(own: Colour) -> Furniture:
    """A suitcase lying in the rack."""

    def front(board: Panel) -> None:
        plain(own, 0.1)(board)
        for x in (0.12, board.wide - 0.16):
            board.patch(x, 0, x + 0.04, board.tall, mix(own, (0.85, 0.7, 0.45), 0.6))
        board.patch(board.wide / 2 - 0.08, board.tall - 0.03, board.wide / 2 + 0.08, board.tall, scaled(STEEL, 0.7))

    return Furniture([FurniturePart((-0.32, 0.03, -0.16), (0.32, 0.28, 0.14), plain(own), {"front": front})], soft=True)


def sconce(burns: bool) -> Furniture:
    """A small wall lamp."""

    def paint(board: Panel) -> None:
        board.disc(0.09, 0.06, 0.04, (0.80, 0.64, 0.36))
        board.sheet.patch(
            [board.at(0.04, 0.26), board.at(0.14, 0.26), board.at(0.17, 0.1), board.at(0.01, 0.1)],
            (1.0, 0.92, 0.70) if burns else (0.92, 0.88, 0.78),
            (1.0, 0.82, 0.52) if burns else (0.82, 0.78, 0.68),
        )

    return Furniture([Cutout((0, 0, 0), 0.18, 0.28, paint, 0.8 if burns else 0.0)], soft=True)
