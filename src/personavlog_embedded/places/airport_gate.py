"""An airport: a gate with seats before a wall of glass, an aircraft outside, a check-in desk, a belt with bags."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.places import station
from personavlog_embedded.render import furniture, goods
from personavlog_embedded.render.canvas import Colour, scaled
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.panel import Painting, Panel, cloth, plain
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.solids import Furniture, FurniturePart

ACCENTS: tuple[Colour, ...] = ((0.16, 0.40, 0.62), (0.80, 0.44, 0.16), (0.20, 0.48, 0.44))


def gate(setting: Setting) -> list[Painted]:
    """The hall at the gate."""
    room = Interior(setting, 11.0, 4.4, 13.0, (Angle(0.6, 0.8, -4), Angle(-3.4, 1.6, 24), Angle(2.4, 11.4, 206)), 1.0)
    accent = ACCENTS[setting.seed % 3]
    room.walls("left", "right", "back", "front", paint=lambda board: _panels(board, accent))
    room.floor(_terrazzo)
    room.ceiling(_slats)
    room.window("back", 0.4, 0.3, 10.6, 4.0, (6, 2), (0.62, 0.66, 0.70))
    room.window("right", 1.0, 0.3, 6.5, 4.0, (4, 2), (0.62, 0.66, 0.70))
    for x, z in ((-2.6, 6.0), (1.6, 6.4), (-2.6, 9.2), (1.6, 9.6)):
        room.add(seats(3, accent), (x, z), (x, z + 0.8, 180))
        room.slot("seat", x, 0.45, z)
    room.add(desk(accent), (-4.1, 4.2, 60))
    room.add(belt(4.6), (4.3, 6.2, -90))
    for number, z in enumerate((4.6, 6.0, 7.4)):
        room.add(
            station.suitcase(((0.80, 0.34, 0.26), (0.24, 0.42, 0.50), (0.86, 0.68, 0.30))[number]), (4.3, z, -90, 0.5)
        )
    room.add(station.departures(accent), (0.6, 7.8, 0, 2.6))
    room.add(goods.pot(1.6), (-4.9, 8.6), (4.8, 11.8))
    for z in (3.0, 7.0, 11.0):
        for x in (-2.8, 2.8):
            burns = room.lamp(x, 4.0, z, reach=3.2, power=0.8, colour=(1.0, 0.97, 0.90), halo=0)
            room.add(furniture.tube(1.8, burns), (x, z, 0, 4.2))
    room.slot("stand", 0.3, 0.0, 4.0)
    return room.painted("apron")


def _panels(board: Panel, accent: Colour) -> None:
    board.fill((0.90, 0.91, 0.91), (0.84, 0.85, 0.86), 0.05)
    for x in np.arange(0, board.wide, 1.4):
        board.line(x, 0, x, board.tall, (0.74, 0.76, 0.78), 0.012)
    board.patch(0, 2.9, board.wide, 3.3, accent, scaled(accent, 0.8))
    for x in np.arange(0.8, board.wide - 2.0, 4.5):
        board.patch(x, 2.95, x + 0.5, 3.25, (0.98, 0.86, 0.36))
        goods.chalk(board, x + 0.7, 3.0, x + 2.0, 3.2, 0.14, (0.96, 0.97, 0.97))


def _terrazzo(board: Panel) -> None:
    board.tiles((0.80, 0.81, 0.82), (0.76, 0.77, 0.79), 1.2, uneven=0.03)
    board.patch(board.wide * 0.42, 0, board.wide * 0.58, board.tall, (0.62, 0.68, 0.74), alpha=0.5)


def _slats(board: Panel) -> None:
    board.fill((0.93, 0.93, 0.92), (0.90, 0.90, 0.90), 0.03)
    for y in np.arange(0.2, board.tall, 0.6):
        board.patch(0, y, board.wide, y + 0.1, (0.80, 0.80, 0.80), (0.72, 0.72, 0.73))


def seats(count: int, own: Colour) -> Furniture:
    """A row of padded seats on one beam; it looks to the front wall."""
    wide = count * 0.62
    parts = [
        FurniturePart((x - 0.04, 0, -0.2), (x + 0.04, 0.34, 0.2), plain((0.7, 0.72, 0.74)))
        for x in (-wide / 2 + 0.3, wide / 2 - 0.3)
    ]
    parts.append(FurniturePart((-wide / 2, 0.3, -0.05), (wide / 2, 0.36, 0.05), plain((0.6, 0.62, 0.64))))
    for number in range(count):
        x = -wide / 2 + 0.62 * (number + 0.5)
        parts += [
            FurniturePart((x - 0.27, 0.38, -0.26), (x + 0.27, 0.46, 0.22), cloth(scaled(own, 0.9))),
            FurniturePart((x - 0.27, 0.46, 0.18), (x + 0.27, 0.98, 0.26), cloth(own)),
        ]
    return Furniture(parts)


def desk(accent: Colour) -> Furniture:
    """A check-in desk with a screen."""

    def front(board: Panel) -> None:
        plain((0.92, 0.93, 0.93), 0.04)(board)
        board.patch(0, 0.2, board.wide, 0.6, accent, scaled(accent, 0.8))

    shown: Painting = plain((0.40, 0.62, 0.82), 0.05)
    return Furniture(
        [
            FurniturePart((-0.9, 0, -0.35), (0.9, 1.1, 0.35), plain((0.86, 0.87, 0.88)), {"front": front}),
            FurniturePart((-0.3, 1.1, -0.03), (0.3, 1.5, 0.03), plain((0.14, 0.15, 0.17)), {"back": shown}),
        ]
    )


def belt(long: float) -> Furniture:
    """A luggage belt."""
    half = long / 2
    return Furniture(
        [
            FurniturePart((-half, 0, -0.5), (half, 0.44, 0.5), plain((0.76, 0.78, 0.80))),
            FurniturePart((-half, 0.44, -0.42), (half, 0.5, 0.42), plain((0.16, 0.16, 0.18))),
        ]
    )
