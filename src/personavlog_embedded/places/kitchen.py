"""A kitchen: units, a stove, a fridge, a table under lamps."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import goods, room_parts
from personavlog_embedded.render.canvas import Colour, mix, scaled
from personavlog_embedded.render.goods import OAK, STEEL
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.panel import Painting, Panel, plain, wood
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.solids import Cutout, Disc, Furniture, FurniturePart, chair, table


def kitchen(setting: Setting) -> list[Painted]:
    """A country kitchen: cupboards and a window over the sink, a stove, a dresser, a long table."""
    return kitchen_room(setting).painted("garden")


def kitchen_room(setting: Setting) -> Interior:
    """The kitchen."""
    room = Interior(setting, 6.4, 2.9, 6.8, (Angle(0.7, 0.2, -7), Angle(2.4, 0.9, -42), Angle(2.3, 5.7, 222)), 0.98)
    own: Colour = ((0.93, 0.87, 0.74), (0.86, 0.89, 0.86), (0.92, 0.82, 0.74))[setting.seed % 3]
    paint: Colour = ((0.44, 0.60, 0.56), (0.36, 0.50, 0.64), (0.62, 0.66, 0.46))[setting.seed % 3]
    room.walls("back", paint=_kitchen_wall(own))
    room.walls("left", paint=_stove_wall(own))
    room.walls("right", paint=plain_wall(own, 3.6))
    room.walls("front", paint=plain_wall(own, 3.0))
    room.floor(lambda board: board.tiles((0.80, 0.56, 0.42), (0.74, 0.50, 0.37), 0.36))
    room.ceiling(_joists)
    room.window("back", 2.2, 1.12, 4.2, 2.4, (3, 2))
    room.window("right", 1.4, 0.95, 3.0, 2.3, (2, 2))
    room.window("front", 0.8, 0.95, 2.4, 2.3, (2, 2))
    room.add(units(5.0, paint, sink=True), (0.2, 6.48))
    room.add(units(2.2, paint), (-2.88, 4.9, 90))
    room.add(stove(), (-2.88, 3.35, 90))
    room.add(units(1.2, paint), (-2.88, 2.4, 90))
    room.add(fridge(mix(paint, (0.95, 0.94, 0.9), 0.75)), (2.75, 6.2, -90))
    room.add(table(2.0, 0.95, OAK), (0.7, 3.9))
    for x, z, yaw in ((0.2, 3.15, 180), (1.2, 3.15, 176), (0.2, 4.65, 0), (1.2, 4.65, 5), (2.05, 3.9, -88)):
        room.add(chair(scaled(OAK, 0.9), mix(paint, OAK, 0.4)), (x, z, yaw))
        room.slot("seat", x, 0.47, z)
    room.add(fruit_bowl(), (0.6, 3.9, 0, 0.75))
    room.add(goods.cup(), (1.3, 3.7, 0, 0.75), (0.1, 4.1, 0, 0.75))
    room.add(goods.jar_row(1.0), (-1.6, 6.5, 0, 0.92), (-2.95, 5.2, 90, 0.92))
    room.add(kettle(), (-2.8, 3.2, 0, 0.93))
    room.add(goods.pot(0.35), (-0.7, 6.6, 0, 0.92), (1.1, 6.6, 0, 0.92), (-2.9, 2.3, 0, 0.92))
    for x in (0.1, 1.3):
        room.add(goods.pendant(room.lamp(x, 1.75, 3.9, power=0.85), room.tall, 1.8, (0.62, 0.28, 0.22)), (x, 3.9))
    room.lamp(-1.5, 2.2, 5.6, power=0.55, halo=0)
    room.slot("stand", -1.0, 0.0, 3.0)
    room.slot("top", 0.7, 0.75, 3.9)
    return room


def plain_wall(own: Colour, door: float) -> Painting:
    """A plastered wall with a door ``door`` metres from its left."""

    def paint(board: Panel) -> None:
        board.fill(scaled(own, 1.04), scaled(own, 0.95), 0.10)
        goods.skirting(board)
        board.door(door + 0.4, door + 1.3, 2.1, (0.72, 0.62, 0.48))
        board.framed(door + 1.9, 1.4, door + 2.5, 2.1)

    return paint


def _kitchen_wall(own: Colour) -> Painting:
    def paint(board: Panel) -> None:
        board.fill(scaled(own, 1.04), scaled(own, 0.95), 0.10)
        goods.tiled(board, 0.0, 0.9, board.wide, 1.6, (0.90, 0.92, 0.88), (0.50, 0.68, 0.70), 0.14)
        for y in (1.66, 2.1):
            goods.shelf_of_jars(board, 0.4, 1.8, y, 0.3)
            goods.shelf_of_jars(board, 4.6, 5.4, y, 0.3)
        for a, b in ((1.95, 2.35), (4.05, 4.45)):
            left, top, right, foot = board.box(a, 1.25, b, 2.52)
            room_parts.curtain(board.sheet, board.light, left, right, top, foot, (0.96, 0.82, 0.56), 4)

    return paint


def _stove_wall(own: Colour) -> Painting:
    """Tiles, a hood over the stove, pans on hooks."""

    def paint(board: Panel) -> None:
        board.fill(scaled(own, 1.04), scaled(own, 0.95), 0.10)
        goods.skirting(board)
        goods.tiled(board, 1.6, 0.9, 6.1, 1.6, (0.90, 0.92, 0.88), (0.50, 0.68, 0.70), 0.14)
        board.sheet.polygon(
            [board.at(2.75, 1.75), board.at(3.95, 1.75), board.at(3.6, 2.3), board.at(3.1, 2.3)], (0.60, 0.44, 0.30)
        )
        board.patch(3.1, 2.3, 3.6, board.tall, (0.66, 0.49, 0.34), (0.5, 0.36, 0.25))
        board.patch(2.7, 1.68, 4.0, 1.78, (0.76, 0.57, 0.38), (0.54, 0.39, 0.26))
        board.line(4.3, 2.3, 5.9, 2.3, (0.25, 0.22, 0.2), 0.03)
        for number, x in enumerate(np.arange(4.45, 5.9, 0.34)):
            own_: Colour = (0.78, 0.46, 0.29) if number % 2 else (0.34, 0.34, 0.36)
            board.line(x, 2.3, x, 2.0, scaled(own_, 0.7), 0.025)
            board.disc(x, 1.88, 0.14, scaled(own_, 0.7))
            board.disc(x - 0.01, 1.89, 0.11, own_)
        goods.shelf_of_jars(board, 0.5, 1.4, 1.6, 0.28)
        goods.shelf_of_jars(board, 0.5, 1.4, 2.05, 0.28)

    return paint


def _joists(board: Panel) -> None:
    board.fill((0.95, 0.92, 0.85), (0.92, 0.89, 0.82), 0.05)
    for y in np.arange(0.5, board.tall, 1.1):
        board.patch(0, y, board.wide, y + 0.16, scaled(OAK, 0.85), scaled(OAK, 0.65))


def units(wide: float, own: Colour, sink: bool = False) -> Furniture:
    """Kitchen cupboards with a wooden top."""

    def front(board: Panel) -> None:
        board.fill(scaled(own, 0.9), scaled(own, 0.8), 0.06)
        count = max(1, round(board.wide / 0.55))
        size = board.wide / count
        for number in range(count):
            board.ridge(number * size + 0.03, 0.14, (number + 1) * size - 0.03, 0.62, own, 0.012)
            board.ridge(number * size + 0.03, 0.66, (number + 1) * size - 0.03, 0.84, own, 0.01)
            for y in (0.54, 0.75):
                board.disc((number + 0.5) * size, y, 0.02, (0.86, 0.72, 0.42))
        board.patch(0, 0, board.wide, 0.1, (0.16, 0.15, 0.15), (0.12, 0.11, 0.11))

    parts: list[FurniturePart | Disc | Cutout] = [
        FurniturePart((-wide / 2, 0, -0.3), (wide / 2, 0.88, 0.3), plain(own), {"front": front}),
        FurniturePart((-wide / 2 - 0.02, 0.88, -0.33), (wide / 2 + 0.02, 0.92, 0.32), wood(scaled(OAK, 1.1))),
    ]
    if sink:
        parts.append(Cutout((0, 0.92, 0.15), 0.3, 0.36, _tap))
    return Furniture(parts)


def _tap(board: Panel) -> None:
    points = [(0.15, 0.0), (0.15, 0.22), (0.12, 0.31), (0.06, 0.31), (0.04, 0.22)]
    for tone, wide in ((0.6, 0.045), (1.15, 0.02)):
        board.sheet.stroke([board.at(*point) for point in points], scaled(STEEL, tone), max(1, wide * board.px))


def stove() -> Furniture:
    """A stove with an oven that glows."""
    iron: Colour = (0.22, 0.23, 0.25)

    def front(board: Panel) -> None:
        plain(iron, 0.05)(board)
        board.patch(0.1, 0.12, board.wide - 0.1, 0.6, scaled(iron, 0.6), scaled(iron, 0.5))
        board.patch(0.16, 0.2, board.wide - 0.16, 0.52, (0.96, 0.56, 0.24), (0.42, 0.16, 0.10))
        board.patch(0.12, 0.64, board.wide - 0.12, 0.67, (0.82, 0.80, 0.76))
        for x in np.linspace(0.14, board.wide - 0.14, 5):
            board.disc(float(x), 0.78, 0.04, (0.85, 0.83, 0.78))

    def top(board: Panel) -> None:
        plain(scaled(iron, 0.8), 0.03)(board)
        for x in (0.25, board.wide - 0.25):
            for y in (0.17, board.tall - 0.17):
                board.disc(x, y, 0.12, (0.09, 0.09, 0.1))
                board.disc(x, y, 0.06, (0.32, 0.32, 0.34))

    return Furniture([FurniturePart((-0.42, 0, -0.31), (0.42, 0.92, 0.31), plain(iron), {"front": front, "top": top})])


def fridge(own: Colour) -> Furniture:
    """A rounded old refrigerator."""

    def front(board: Panel) -> None:
        plain(own, 0.04)(board)
        board.line(0, 1.15, board.wide, 1.15, scaled(own, 0.62), 0.016)
        for y in (0.8, 1.3):
            board.patch(0.07, y, 0.11, y + 0.25, (0.86, 0.86, 0.86), (0.56, 0.56, 0.58))
        for x, y, tone in (
            (0.4, 1.45, (0.95, 0.85, 0.4)),
            (0.5, 0.95, (0.9, 0.5, 0.45)),
            (0.35, 0.85, (0.6, 0.8, 0.9)),
        ):
            board.patch(x, y, x + 0.12, y + 0.13, tone)

    return Furniture([FurniturePart((-0.34, 0.04, -0.32), (0.34, 1.75, 0.32), plain(own, 0.04), {"front": front})])


def fruit_bowl() -> Furniture:
    """A bowl of fruit."""

    def paint(board: Panel) -> None:
        for x, y, own in (
            (0.12, 0.16, (0.90, 0.32, 0.24)),
            (0.24, 0.17, (0.98, 0.70, 0.22)),
            (0.18, 0.22, (0.62, 0.74, 0.30)),
            (0.3, 0.15, (0.90, 0.40, 0.26)),
        ):
            board.disc(x, y, 0.065, scaled(own, 0.75))
            board.disc(x - 0.01, y + 0.01, 0.05, own)
        board.sheet.polygon(
            [board.at(0.02, 0.15), board.at(0.38, 0.15), board.at(0.27, 0.0), board.at(0.13, 0.0)], (0.42, 0.56, 0.62)
        )
        board.line(0.02, 0.15, 0.38, 0.15, (0.62, 0.76, 0.80), 0.016)

    return Furniture([Cutout((0, 0, 0), 0.4, 0.32, paint)], soft=True)


def kettle() -> Furniture:
    """A kettle on the stove."""

    def paint(board: Panel) -> None:
        own: Colour = (0.76, 0.30, 0.24)
        board.sheet.stroke(
            [
                board.at(0.05 + 0.12 * float(1 - np.cos(t)), 0.16 + 0.12 * float(np.sin(t)))
                for t in np.linspace(0, 3.1, 12)
            ],
            (0.16, 0.15, 0.15),
            0.022 * board.px,
        )
        board.sheet.polygon(
            [board.at(0.28, 0.1), board.at(0.38, 0.19), board.at(0.35, 0.2), board.at(0.26, 0.14)], scaled(own, 0.8)
        )
        board.disc(0.17, 0.09, 0.12, scaled(own, 0.7), 0.75)
        board.disc(0.16, 0.1, 0.1, own, 0.75)
        board.disc(0.13, 0.13, 0.03, scaled(own, 1.5), 0.75)

    return Furniture([Cutout((0, 0, 0), 0.4, 0.3, paint)], soft=True)
