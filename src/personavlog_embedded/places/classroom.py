"""A classroom: desks in rows, a blackboard, a globe, lockers."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import furniture, goods
from personavlog_embedded.render.canvas import Colour, mix, scaled
from personavlog_embedded.render.goods import OAK
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.palette import CLOTHS
from personavlog_embedded.render.panel import Painting, Panel
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.solids import Cutout, Furniture, chair, table


def classroom(setting: Setting) -> list[Painted]:
    """A classroom: a blackboard, rows of desks, windows along one side, lockers and drawings along the other."""
    return classroom_room(setting).painted("garden")


def classroom_room(setting: Setting) -> Interior:
    """The classroom: towards the board, across to the windows, and from the board into the rows."""
    room = Interior(setting, 8.4, 3.2, 9.6, (Angle(0.0, 0.5, 0), Angle(2.7, 1.3, -44), Angle(2.4, 8.4, 196)), 0.95)
    own: Colour = ((0.92, 0.87, 0.74), (0.84, 0.88, 0.82), (0.90, 0.84, 0.80))[setting.seed % 3]
    room.walls("back", paint=_blackboard(own))
    room.walls("left", paint=_school_wall(own))
    room.walls("right", paint=_drawings(own))
    room.walls("front", paint=_lockers(own))
    room.floor(lambda board: board.boards((0.66, 0.48, 0.31), 0.14))
    room.ceiling(lambda board: board.fill((0.95, 0.94, 0.90), (0.93, 0.92, 0.88), 0.05))
    for z in (1.0, 3.9, 6.7):
        room.window("left", z, 0.95, z + 2.3, 2.75, (3, 2), (0.92, 0.92, 0.88))
    for z in (2.7, 4.1, 5.5):
        for x in (-2.7, -0.95, 0.95, 2.7):
            room.add(table(1.1, 0.55, (0.80, 0.63, 0.42), 0.72), (x, z))
            room.add(chair((0.74, 0.56, 0.36), (0.42, 0.58, 0.60)).at(x, z - 0.55, 180))
            room.slot("seat", x, 0.47, z - 0.5)
            room.slot("top", x, 0.72, z)
    for x, z in ((-2.7, 4.1), (0.95, 5.5), (2.7, 2.7)):
        room.add(goods.book_pile(), (x, z, 0, 0.72))
    room.add(furniture.desk(1.7, 0.75, (0.52, 0.34, 0.22), screen=False), (1.4, 7.9, 0))
    room.add(globe_(), (1.9, 7.9, 0, 0.74))
    room.add(goods.bookcase(1.4, 1.3, 3), (3.7, 8.2, -90))
    room.add(goods.pot(1.1), (-3.8, 8.9), (3.8, 0.7))
    for z in (2.2, 4.8, 7.4):
        for x in (-1.8, 1.8):
            room.lamp(x, 2.9, z, reach=2.3, power=0.6, colour=(1.0, 0.93, 0.80), halo=0)
            room.add(furniture.tube(1.4, room.glow.lit), (x, z, 90, 2.85))
    room.slot("stand", -0.6, 0.0, 7.4)
    room.slot("stand", 0.0, 0.0, 3.4)
    return room


def _school_wall(own: Colour) -> Painting:
    def paint(board: Panel) -> None:
        board.fill(scaled(own, 1.04), scaled(own, 0.95), 0.08)
        board.patch(0, 0, board.wide, 0.95, (0.62, 0.70, 0.62), (0.52, 0.60, 0.54))
        board.patch(0, 0.95, board.wide, 1.0, (0.50, 0.38, 0.26), (0.42, 0.3, 0.2))
        goods.skirting(board, (0.46, 0.36, 0.26))

    return paint


def _blackboard(own: Colour) -> Painting:
    """The blackboard with chalk, a clock and a map."""

    def paint(board: Panel) -> None:
        _school_wall(own)(board)
        x0, x1 = 1.5, 6.3
        board.patch(x0 - 0.08, 0.82, x1 + 0.08, 2.48, scaled(OAK, 1.0), scaled(OAK, 0.7))
        board.patch(x0, 0.9, x1, 2.4, (0.18, 0.33, 0.27), (0.14, 0.26, 0.22))
        board.sheet.multiply(1 + 0.05 * board.grain(2))
        goods.chalk(board, x0 + 0.25, 1.3, x0 + 2.3, 2.25, 0.24)
        board.sheet.stroke(
            [board.at(x0 + 2.9 + 0.45 * np.cos(t), 1.7 + 0.45 * np.sin(t)) for t in np.linspace(0, 6.4, 30)],
            (0.88, 0.86, 0.78),
            0.02 * board.px,
        )
        for ends in (
            (2.9, 1.7, 3.3, 1.95),
            (2.9, 1.7, 2.9, 2.15),
            (3.6, 1.2, 4.5, 1.2),
            (3.6, 1.2, 3.6, 2.1),
            (3.6, 1.3, 4.4, 2.0),
        ):
            board.line(x0 + ends[0], ends[1], x0 + ends[2], ends[3], (0.93, 0.83, 0.55), 0.018)
        board.patch(x0, 0.8, x1, 0.86, scaled(OAK, 1.3), scaled(OAK, 0.8))
        board.disc(7.3, 2.6, 0.22, (0.24, 0.22, 0.2))
        board.disc(7.3, 2.6, 0.19, (0.97, 0.95, 0.9))
        board.line(7.3, 2.6, 7.3, 2.74, (0.1, 0.1, 0.1), 0.016)
        board.line(7.3, 2.6, 7.4, 2.55, (0.1, 0.1, 0.1), 0.02)
        _map(board, 6.75, 1.25, 7.95, 2.15)

    return paint


def _map(board: Panel, x0: float, y0: float, x1: float, y1: float) -> None:
    board.patch(x0 - 0.03, y0 - 0.05, x1 + 0.03, y1 + 0.05, (0.92, 0.88, 0.76), (0.86, 0.80, 0.66))
    board.patch(x0, y0, x1, y1, (0.62, 0.80, 0.88), (0.55, 0.74, 0.84))
    for _ in range(9):
        x, y = float(board.rng.uniform(x0 + 0.15, x1 - 0.15)), float(board.rng.uniform(y0 + 0.12, y1 - 0.12))
        own: Colour = ((0.66, 0.76, 0.44), (0.88, 0.76, 0.46), (0.80, 0.56, 0.40))[int(board.rng.integers(3))]
        angles = np.linspace(0, 6.28, 10)[:-1]
        reach = board.rng.uniform(0.05, 0.15, 9)
        board.sheet.polygon(
            [
                board.at(x + float(r * np.cos(t)), y + float(r * 0.7 * np.sin(t)))
                for t, r in zip(angles, reach, strict=True)
            ],
            own,
        )


def _drawings(own: Colour) -> Painting:
    """Children's drawings on a cork wall and the door."""

    def paint(board: Panel) -> None:
        _school_wall(own)(board)
        board.patch(2.0, 1.15, 6.4, 2.5, scaled(OAK, 0.9), scaled(OAK, 0.7))
        board.patch(2.06, 1.21, 6.34, 2.44, (0.80, 0.64, 0.44), (0.74, 0.58, 0.39))
        for x in np.arange(2.2, 6.0, 0.55):
            for y in (1.3, 1.88):
                tilt, tone = float(board.rng.normal(0, 0.02)), CLOTHS[int(board.rng.integers(len(CLOTHS)))]
                board.patch(x, y + tilt, x + 0.42, y + 0.46 + tilt, (0.97, 0.96, 0.92), (0.90, 0.89, 0.85))
                board.patch(x + 0.04, y + tilt + 0.04, x + 0.38, y + tilt + 0.16, mix(tone, (0.5, 0.7, 0.4), 0.5))
                board.disc(x + 0.28, y + tilt + 0.34, 0.06, (0.96, 0.78, 0.30))
                board.sheet.polygon(
                    [
                        board.at(x + 0.08, y + tilt + 0.12),
                        board.at(x + 0.24, y + tilt + 0.12),
                        board.at(x + 0.16, y + tilt + 0.32),
                    ],
                    tone,
                )
        board.door(7.6, 8.6, 2.1, (0.46, 0.58, 0.54), glass=True)

    return paint


def _lockers(own: Colour) -> Painting:
    def paint(board: Panel) -> None:
        _school_wall(own)(board)
        for number, x in enumerate(np.arange(0.5, board.wide - 0.8, 0.5)):
            tone: Colour = ((0.42, 0.60, 0.62), (0.84, 0.68, 0.38), (0.74, 0.46, 0.38))[number % 3]
            board.ridge(x, 0.1, x + 0.46, 1.7, tone, 0.014)
            for y in (1.5, 1.42, 1.34):
                board.line(x + 0.12, y, x + 0.34, y, scaled(tone, 0.6), 0.014)
            board.disc(x + 0.38, 0.9, 0.022, (0.9, 0.88, 0.82))
        for x in (1.2, 3.3, 5.6):
            board.framed(x, 1.95, x + 1.1, 2.7)

    return paint


def globe_() -> Furniture:
    """A globe on its stand."""

    def paint(board: Panel) -> None:
        board.disc(0.2, 0.03, 0.1, (0.40, 0.28, 0.2), 0.3)
        board.line(0.2, 0.03, 0.2, 0.1, (0.40, 0.28, 0.2), 0.03)
        board.disc(0.2, 0.26, 0.17, (0.25, 0.42, 0.58))
        board.disc(0.18, 0.28, 0.145, (0.40, 0.64, 0.78))
        for x, y, size in ((0.15, 0.32, 0.06), (0.23, 0.22, 0.07), (0.12, 0.22, 0.035)):
            board.disc(x, y, size, (0.58, 0.68, 0.38), 0.8)

    return Furniture([Cutout((0, 0, 0), 0.4, 0.46, paint)], soft=True)
