"""Rooms where people learn and work: classroom, office, shop, workshop."""

from __future__ import annotations

import numpy as np

from personavlog.backbones.embedded.world import furniture, goods
from personavlog.backbones.embedded.world.board import Board, Painting, plain, wood
from personavlog.backbones.embedded.world.buildings import CLOTHS
from personavlog.backbones.embedded.world.goods import OAK, STEEL
from personavlog.backbones.embedded.world.interior import Angle, Interior
from personavlog.backbones.embedded.world.setting import Painted, Setting
from personavlog.backbones.embedded.world.shine import COOL
from personavlog.backbones.embedded.world.solids import Cutout, Disc, Part, Solid, chair, legs, stool, table
from personavlog.backbones.embedded.world.surface import Colour, mix, scaled


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
    def paint(board: Board) -> None:
        board.fill(scaled(own, 1.04), scaled(own, 0.95), 0.08)
        board.patch(0, 0, board.wide, 0.95, (0.62, 0.70, 0.62), (0.52, 0.60, 0.54))
        board.patch(0, 0.95, board.wide, 1.0, (0.50, 0.38, 0.26), (0.42, 0.3, 0.2))
        goods.skirting(board, (0.46, 0.36, 0.26))

    return paint


def _blackboard(own: Colour) -> Painting:
    """The blackboard with chalk, a clock and a map."""

    def paint(board: Board) -> None:
        _school_wall(own)(board)
        x0, x1 = 1.5, 6.3
        board.patch(x0 - 0.08, 0.82, x1 + 0.08, 2.48, scaled(OAK, 1.0), scaled(OAK, 0.7))
        board.patch(x0, 0.9, x1, 2.4, (0.18, 0.33, 0.27), (0.14, 0.26, 0.22))
        board.sheet.multiply(1 + 0.05 * board.grain(2))
        goods.chalk(board, x0 + 0.25, 1.3, x0 + 2.3, 2.25, 0.24)
        board.sheet.stroke(
            [board.at(x0 + 2.9 + 0.45 * np.cos(t), 1.7 + 0.45 * np.sin(t)) for t in np.linspace(0, 6.4, 30)], (0.88, 0.86, 0.78), 0.02 * board.px
        )
        for ends in ((2.9, 1.7, 3.3, 1.95), (2.9, 1.7, 2.9, 2.15), (3.6, 1.2, 4.5, 1.2), (3.6, 1.2, 3.6, 2.1), (3.6, 1.3, 4.4, 2.0)):
            board.line(x0 + ends[0], ends[1], x0 + ends[2], ends[3], (0.93, 0.83, 0.55), 0.018)
        board.patch(x0, 0.8, x1, 0.86, scaled(OAK, 1.3), scaled(OAK, 0.8))
        board.disc(7.3, 2.6, 0.22, (0.24, 0.22, 0.2))
        board.disc(7.3, 2.6, 0.19, (0.97, 0.95, 0.9))
        board.line(7.3, 2.6, 7.3, 2.74, (0.1, 0.1, 0.1), 0.016)
        board.line(7.3, 2.6, 7.4, 2.55, (0.1, 0.1, 0.1), 0.02)
        _map(board, 6.75, 1.25, 7.95, 2.15)

    return paint


def _map(board: Board, x0: float, y0: float, x1: float, y1: float) -> None:
    board.patch(x0 - 0.03, y0 - 0.05, x1 + 0.03, y1 + 0.05, (0.92, 0.88, 0.76), (0.86, 0.80, 0.66))
    board.patch(x0, y0, x1, y1, (0.62, 0.80, 0.88), (0.55, 0.74, 0.84))
    for _ in range(9):
        x, y = float(board.rng.uniform(x0 + 0.15, x1 - 0.15)), float(board.rng.uniform(y0 + 0.12, y1 - 0.12))
        own: Colour = ((0.66, 0.76, 0.44), (0.88, 0.76, 0.46), (0.80, 0.56, 0.40))[int(board.rng.integers(3))]
        angles = np.linspace(0, 6.28, 10)[:-1]
        reach = board.rng.uniform(0.05, 0.15, 9)
        board.sheet.polygon([board.at(x + float(r * np.cos(t)), y + float(r * 0.7 * np.sin(t))) for t, r in zip(angles, reach, strict=True)], own)


def _drawings(own: Colour) -> Painting:
    """Children's drawings on a cork wall and the door."""

    def paint(board: Board) -> None:
        _school_wall(own)(board)
        board.patch(2.0, 1.15, 6.4, 2.5, scaled(OAK, 0.9), scaled(OAK, 0.7))
        board.patch(2.06, 1.21, 6.34, 2.44, (0.80, 0.64, 0.44), (0.74, 0.58, 0.39))
        for x in np.arange(2.2, 6.0, 0.55):
            for y in (1.3, 1.88):
                tilt, tone = float(board.rng.normal(0, 0.02)), CLOTHS[int(board.rng.integers(len(CLOTHS)))]
                board.patch(x, y + tilt, x + 0.42, y + 0.46 + tilt, (0.97, 0.96, 0.92), (0.90, 0.89, 0.85))
                board.patch(x + 0.04, y + tilt + 0.04, x + 0.38, y + tilt + 0.16, mix(tone, (0.5, 0.7, 0.4), 0.5))
                board.disc(x + 0.28, y + tilt + 0.34, 0.06, (0.96, 0.78, 0.30))
                board.sheet.polygon([board.at(x + 0.08, y + tilt + 0.12), board.at(x + 0.24, y + tilt + 0.12), board.at(x + 0.16, y + tilt + 0.32)], tone)
        board.door(7.6, 8.6, 2.1, (0.46, 0.58, 0.54), glass=True)

    return paint


def _lockers(own: Colour) -> Painting:
    def paint(board: Board) -> None:
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


def globe_() -> Solid:
    """A globe on its stand."""

    def paint(board: Board) -> None:
        board.disc(0.2, 0.03, 0.1, (0.40, 0.28, 0.2), 0.3)
        board.line(0.2, 0.03, 0.2, 0.1, (0.40, 0.28, 0.2), 0.03)
        board.disc(0.2, 0.26, 0.17, (0.25, 0.42, 0.58))
        board.disc(0.18, 0.28, 0.145, (0.40, 0.64, 0.78))
        for x, y, size in ((0.15, 0.32, 0.06), (0.23, 0.22, 0.07), (0.12, 0.22, 0.035)):
            board.disc(x, y, size, (0.58, 0.68, 0.38), 0.8)

    return Solid([Cutout((0, 0, 0), 0.4, 0.46, paint)], soft=True)


def office(setting: Setting) -> list[Painted]:
    """An office high above the town: desks with screens, a glass meeting corner, plants and shelves."""
    return office_room(setting).painted("high")


def office_room(setting: Setting) -> Interior:
    """The office."""
    room = Interior(setting, 9.4, 3.1, 10.4, (Angle(1.1, 0.5, -8), Angle(3.6, 1.3, -42), Angle(3.3, 9.5, 212)), 0.96)
    accent = CLOTHS[setting.seed % len(CLOTHS)]
    own: Colour = (0.90, 0.89, 0.86)
    room.walls("back", "front", paint=_office_wall(own, accent))
    room.walls("left", paint=_kanban(own, accent))
    room.walls("right", paint=_office_wall(own, accent))
    room.floor(lambda board: board.tiles((0.50, 0.53, 0.57), (0.47, 0.50, 0.54), 0.5, (0.44, 0.47, 0.5)))
    room.ceiling(lambda board: board.tiles((0.94, 0.94, 0.93), (0.93, 0.93, 0.92), 0.6, (0.84, 0.85, 0.86), uneven=0.012))
    room.window("back", 0.5, 0.35, 8.9, 2.75, (6, 1), (0.28, 0.30, 0.33))
    room.window("right", 1.0, 0.35, 5.2, 2.75, (3, 1), (0.28, 0.30, 0.33))
    for x, z in ((-1.6, 4.2), (-1.6, 6.6), (1.9, 5.3), (1.9, 7.7)):
        room.add(furniture.desk(1.6, 0.75, (0.86, 0.74, 0.56)), (x, z, 0), (x, z + 0.8, 180))
        room.add(furniture.swivel(mix(accent, (0.3, 0.3, 0.34), 0.35)), (x, z - 0.75, 180), (x + 0.1, z + 1.55, 12))
        room.add(goods.cup(), (x + 0.55, z, 0, 0.74))
        room.add(desk_lamp(room.lamp(x - 0.6, 1.15, z, reach=0.9, power=0.7, halo=0.3)), (x - 0.6, z, 0, 0.74))
        room.slot("seat", x, 0.5, z - 0.7)
        room.slot("top", x, 0.74, z)
    room.add(table(2.4, 1.1, (0.80, 0.66, 0.48)), (3.1, 2.7, 90))
    for z in (2.0, 2.8, 3.6):
        room.add(furniture.swivel(accent), (2.2, z, 90))
    room.add(goods.sofa(1.9, mix(accent, (0.7, 0.68, 0.64), 0.4), accent), (-4.1, 3.0, 90))
    room.add(goods.bookcase(1.8, 1.2, 3, (0.86, 0.84, 0.80), things=0.4), (-4.4, 8.6, 90))
    room.add(goods.pot(1.6, (0.86, 0.86, 0.84)), (-4.2, 5.6), (4.2, 9.8), (-4.2, 9.9), (4.1, 4.6))
    for z in (2.0, 5.2, 8.4):
        for x in (-2.0, 2.0):
            room.lamp(x, 2.9, z, reach=2.3, power=0.5, colour=(1.0, 0.95, 0.86), halo=0)
            room.add(furniture.tube(1.6, room.glow.lit), (x, z, 0, 2.8))
    room.slot("stand", 0.2, 0.0, 3.4)
    return room


def _office_wall(own: Colour, accent: Colour) -> Painting:
    def paint(board: Board) -> None:
        board.fill(own, scaled(own, 0.94), 0.06)
        goods.skirting(board, (0.40, 0.42, 0.45), 0.1)
        if board.wide < 10:
            board.patch(5.8, 0, board.wide, board.tall, mix(own, accent, 0.55), mix(own, accent, 0.62))
            board.door(6.6, 7.6, 2.15, (0.66, 0.52, 0.38), glass=True)
            board.framed(1.0, 1.3, 2.1, 2.1)

    return paint


def _kanban(own: Colour, accent: Colour) -> Painting:
    """A whiteboard full of notes, and pictures."""

    def paint(board: Board) -> None:
        board.fill(mix(own, accent, 0.3), mix(own, accent, 0.36), 0.07)
        goods.skirting(board, (0.40, 0.42, 0.45), 0.1)
        board.patch(4.0, 0.95, 7.2, 2.5, (0.66, 0.68, 0.70), (0.54, 0.56, 0.58))
        board.patch(4.06, 1.01, 7.14, 2.44, (0.98, 0.98, 0.98), (0.92, 0.93, 0.94))
        for column in range(4):
            x = 4.2 + column * 0.74
            board.line(x - 0.07, 1.1, x - 0.07, 2.4, (0.72, 0.75, 0.78), 0.01)
            goods.chalk(board, x, 2.25, x + 0.5, 2.4, 0.12, (0.30, 0.34, 0.40))
            for y in np.arange(1.12, 2.1, 0.3)[: int(board.rng.integers(2, 5))]:
                note: Colour = ((0.98, 0.86, 0.42), (0.98, 0.62, 0.56), (0.60, 0.84, 0.62), (0.58, 0.78, 0.94))[int(board.rng.integers(4))]
                at = x + float(board.rng.uniform(0, 0.2))
                board.patch(at, y, at + 0.24, y + 0.24, note, scaled(note, 0.92))
        for x in (0.9, 2.1):
            board.framed(x, 1.4, x + 0.8, 2.3)
        board.framed(8.3, 1.5, 9.4, 2.2)

    return paint


def desk_lamp(burns: bool) -> Solid:
    """A small lamp on a jointed arm."""

    def paint(board: Board) -> None:
        iron: Colour = (0.20, 0.21, 0.23)
        board.disc(0.2, 0.02, 0.09, iron, 0.3)
        board.sheet.stroke([board.at(0.2, 0.02), board.at(0.1, 0.25), board.at(0.24, 0.42)], iron, max(1, 0.018 * board.px))
        if burns:
            board.disc(0.28, 0.36, 0.06, (1.0, 0.93, 0.72))
        board.sheet.polygon([board.at(0.2, 0.47), board.at(0.28, 0.47), board.at(0.38, 0.36), board.at(0.16, 0.36)], (0.78, 0.42, 0.26))

    return Solid([Cutout((0, 0, 0), 0.42, 0.5, paint, 0.3 if burns else 0.0)], soft=True)


def shop(setting: Setting) -> list[Painted]:
    """A grocer's: shelves of bottles and packets, a fridge wall, crates of fruit, a till by the window."""
    return shop_room(setting).painted("town")


def shop_room(setting: Setting) -> Interior:
    """The shop."""
    room = Interior(setting, 8.6, 3.2, 10.6, (Angle(0.3, 0.5, 0), Angle(1.6, 1.0, -30), Angle(-3.0, 9.6, 158)), 0.9)
    accent: Colour = ((0.26, 0.56, 0.40), (0.84, 0.36, 0.26), (0.22, 0.46, 0.66))[setting.seed % 3]
    room.walls("back", paint=_fridges(accent))
    room.walls("left", paint=_shop_wall(accent, True))
    room.walls("right", "front", paint=_shop_wall(accent, False))
    room.floor(lambda board: board.tiles((0.90, 0.87, 0.80), (0.80, 0.76, 0.68), 0.45))
    room.ceiling(lambda board: board.tiles((0.95, 0.95, 0.93), (0.94, 0.94, 0.92), 0.6, (0.86, 0.86, 0.86), uneven=0.012))
    room.window("front", 0.6, 0.7, 5.2, 2.5, (4, 1), (0.30, 0.30, 0.30))
    room.window("right", 6.2, 0.8, 9.8, 2.4, (3, 1), (0.30, 0.30, 0.30))
    for z in (4.3, 6.9):
        for x in (-1.7, 1.5):
            room.add(gondola(2.0, accent), (x, z, -90), (x + 0.42, z, 90))
    for z in (2.6, 3.4):
        room.add(fruit_crate(0), (-3.6, z, 90))
        room.add(fruit_crate(1), (-3.0, z, 90))
    room.add(fruit_crate(2), (-3.6, 4.2, 90), (-3.0, 4.2, 90))
    room.add(goods.counter(2.0, 0.7, 0.95, mix(accent, (0.9, 0.88, 0.82), 0.3), OAK), (3.2, 2.9, -90))
    room.add(till(), (3.2, 3.3, -90, 0.95))
    room.add(goods.jar_row(0.6), (3.2, 2.3, -90, 0.95))
    for z in (2.0, 5.0, 8.0):
        for x in (-2.2, 2.2):
            room.lamp(x, 2.9, z, reach=2.5, power=0.72, colour=COOL, always=True, halo=0)
            room.add(furniture.tube(1.8, True), (x, z, 0, 2.95))
    room.slot("stand", 0.1, 0.0, 3.6)
    room.slot("top", 3.2, 0.95, 2.7)
    return room


def packets(board: Board, x0: float, y0: float, x1: float, y1: float) -> None:
    """Goods of all colours standing in a row: boxes, bottles, tins, a few of each kind."""
    x, rng = x0, board.rng
    while x < x1 - 0.05:
        own: Colour = (
            (0.86, 0.30, 0.24),
            (0.95, 0.74, 0.26),
            (0.30, 0.54, 0.40),
            (0.26, 0.44, 0.66),
            (0.94, 0.92, 0.86),
            (0.76, 0.48, 0.28),
            (0.56, 0.34, 0.52),
            (0.52, 0.74, 0.80),
        )[int(rng.integers(8))]
        wide, tall, bottle = float(rng.uniform(0.07, 0.15)), (y1 - y0) * float(rng.uniform(0.6, 0.95)), rng.random() < 0.4
        for _ in range(int(rng.integers(2, 5))):
            if x + wide > x1:
                return
            body = tall * (0.68 if bottle else 1.0)
            board.patch(x, y0, x + wide, y0 + body, scaled(own, 1.12), scaled(own, 0.72), sideways=True)
            board.patch(x + wide * 0.1, y0 + body * 0.3, x + wide * 0.9, y0 + body * 0.65, mix(own, (1, 0.98, 0.9), 0.75))
            if bottle:
                board.patch(x + wide * 0.32, y0 + body, x + wide * 0.68, y0 + tall, scaled(own, 0.9), scaled(own, 0.7), sideways=True)
            x += wide + 0.012
        x += 0.02


def gondola(wide: float, accent: Colour) -> Solid:
    """A shelf of goods that looks to the front wall."""

    def front(board: Board) -> None:
        board.fill((0.46, 0.44, 0.42), (0.36, 0.34, 0.33), 0.05)
        for y in (0.12, 0.48, 0.84, 1.17):
            packets(board, 0.03, y, board.wide - 0.03, y + 0.29)
            board.shadow(0, y + 0.24, board.wide, y + 0.4, 0.25)
            board.patch(0, y - 0.05, board.wide, y, (0.96, 0.95, 0.92), (0.80, 0.79, 0.76))
            for x in np.arange(0.15, board.wide - 0.1, 0.33):
                board.patch(x, y - 0.045, x + 0.1, y - 0.008, (0.98, 0.85, 0.35))
        board.patch(0, 1.43, board.wide, board.tall, accent, scaled(accent, 0.85))

    def end(board: Board) -> None:
        board.fill(accent, scaled(accent, 0.85), 0.06)
        for y in (0.15, 0.55, 0.95):
            packets(board, 0.03, y, board.wide - 0.03, y + 0.3)
            board.patch(0, y - 0.04, board.wide, y, (0.96, 0.95, 0.92), (0.80, 0.79, 0.76))

    sides = {"front": front, "left": end, "right": end}
    return Solid([Part((-wide / 2, 0, -0.2), (wide / 2, 1.5, 0.2), plain((0.88, 0.87, 0.84), 0.05), sides)])


def _fridges(accent: Colour) -> Painting:
    """Lit fridges with glass doors along the wall."""

    def paint(board: Board) -> None:
        board.fill((0.93, 0.92, 0.88), (0.88, 0.87, 0.83), 0.05)
        board.patch(0, 2.35, board.wide, 2.95, accent, scaled(accent, 0.85))
        goods.chalk(board, board.wide * 0.25, 2.45, board.wide * 0.8, 2.85, 0.4, (1.0, 0.98, 0.92))
        for x in np.arange(0.4, board.wide - 0.9, 1.0):
            board.patch(x, 0.05, x + 0.96, 2.25, (0.32, 0.34, 0.36), (0.24, 0.25, 0.27))
            board.patch(x + 0.06, 0.2, x + 0.9, 2.15, (0.97, 1.0, 1.0), (0.84, 0.92, 0.95))
            for y in (0.25, 0.63, 1.01, 1.39, 1.77):
                packets(board, x + 0.09, y, x + 0.87, y + 0.3)
                board.patch(x + 0.06, y - 0.03, x + 0.9, y, (0.86, 0.92, 0.95))
            left, top, right, foot = board.box(x + 0.06, 0.2, x + 0.9, 2.15)
            board.sheet.patch([(left, foot), (left + (right - left) * 0.25, foot), (right, top), (left + (right - left) * 0.7, top)], (1, 1, 1), alpha=0.13)
            board.patch(x + 0.9, 0.9, x + 0.93, 1.5, (0.86, 0.87, 0.88))

    return paint


def _shop_wall(accent: Colour, shelves: bool) -> Painting:
    def paint(board: Board) -> None:
        board.fill((0.95, 0.92, 0.85), (0.90, 0.86, 0.78), 0.06)
        board.patch(0, 2.6, board.wide, 2.85, accent, scaled(accent, 0.85))
        goods.skirting(board, (0.45, 0.42, 0.4), 0.12)
        if shelves:
            for y in (1.25, 1.65, 2.05):
                board.patch(1.6, y - 0.05, 9.9, y, scaled(OAK, 1.2), scaled(OAK, 0.8))
                packets(board, 1.65, y, 9.85, y + 0.3)
        elif board.wide > 9:
            for y in (0.3, 0.75, 1.2, 1.65, 2.1):
                board.patch(0.5, y - 0.05, 5.2, y, scaled(OAK, 1.2), scaled(OAK, 0.8))
                packets(board, 0.55, y, 5.15, y + 0.33)
        else:
            board.door(6.2, 7.2, 2.2, scaled(accent, 0.8), glass=True)

    return paint


def fruit_crate(kind: int) -> Solid:
    """A sloping crate of fruit on a stand."""
    fruit: Colour = ((0.88, 0.28, 0.22), (0.98, 0.66, 0.20), (0.56, 0.72, 0.28))[kind % 3]

    def heap(board: Board) -> None:
        board.fill((0.30, 0.21, 0.14), (0.26, 0.18, 0.12), 0.1)
        for y in np.arange(0.05, board.tall, 0.075):
            for x in np.arange(0.05, board.wide, 0.085):
                at, up = x + float(board.rng.normal(0, 0.012)), y + float(board.rng.normal(0, 0.012))
                tone = scaled(fruit, float(board.rng.uniform(0.85, 1.1)))
                board.disc(at, up, 0.048, scaled(tone, 0.66))
                board.disc(at - 0.006, up + 0.008, 0.04, tone)
                board.disc(at - 0.016, up + 0.02, 0.013, mix(tone, (1, 1, 1), 0.55))

    crate = Part((-0.36, 0.5, -0.28), (0.36, 0.75, 0.28), furniture_side, {"top": heap})
    return Solid([Part((-0.36, 0, -0.26), (0.36, 0.5, 0.26), plain((0.42, 0.32, 0.24), 0.1, 1)), crate])


def furniture_side(board: Board) -> None:
    """Slats."""
    board.fill((0.5, 0.36, 0.24), (0.42, 0.30, 0.2), 0.1, 1, 5)
    for y in np.arange(0.015, board.tall - 0.05, 0.08):
        board.patch(0, y, board.wide, y + 0.065, (0.80, 0.62, 0.42), (0.66, 0.48, 0.32))


def till() -> Solid:
    """A till."""
    shown = plain((0.60, 0.86, 0.92), 0.04)
    return Solid(
        [
            Part((-0.2, 0, -0.18), (0.2, 0.12, 0.2), plain((0.24, 0.25, 0.27))),
            Part((-0.17, 0.12, 0.0), (0.17, 0.38, 0.05), plain((0.20, 0.21, 0.23)), {"back": shown, "front": shown}, 0.2),
        ]
    )


def workshop(setting: Setting) -> list[Painted]:
    """A workshop: benches with vices, tools on the wall, shelves of jars, crates, a lathe and a half-built machine."""
    return workshop_room(setting).painted("garden")


def workshop_room(setting: Setting) -> Interior:
    """The workshop."""
    room = Interior(setting, 8.2, 3.6, 9.4, (Angle(1.0, 0.5, -9), Angle(3.1, 1.2, -42), Angle(2.7, 8.1, 214)), 1.02)
    brick: Colour = ((0.66, 0.40, 0.31), (0.70, 0.64, 0.56), (0.56, 0.44, 0.38))[setting.seed % 3]
    room.walls("back", "right", paint=_bricks(brick))
    room.walls("left", paint=_tool_wall(brick))
    room.walls("front", paint=_gate(brick))
    room.floor(_stained)
    room.ceiling(_beams)
    room.window("back", 1.2, 1.2, 4.2, 2.9, (5, 3), (0.24, 0.30, 0.30))
    room.window("back", 4.8, 1.2, 7.0, 2.9, (4, 3), (0.24, 0.30, 0.30))
    room.window("right", 4.6, 1.2, 7.6, 2.9, (5, 3), (0.24, 0.30, 0.30))
    room.add(workbench(3.4), (-3.6, 4.6, 90))
    room.add(workbench(2.6), (0.6, 8.8))
    room.add(vice(), (-3.5, 5.7, 90, 0.92), (1.4, 8.6, 0, 0.92))
    room.add(goods.jar_row(0.9), (-3.7, 3.6, 90, 0.92), (0.0, 8.9, 0, 0.92))
    room.add(table(1.8, 1.0, (0.60, 0.43, 0.28), 0.85), (1.6, 5.6, 12))
    room.add(machine(), (1.6, 5.6, 12, 0.85))
    room.add(stool(scaled(OAK, 0.8), 0.62), (0.3, 5.0), (2.9, 4.6), (-2.6, 4.2))
    room.add(furniture.crate(), (3.5, 7.6, 10), (3.4, 8.5, -8), (3.5, 8.0, 30, 0.4), (-2.4, 8.7, 15), (3.6, 3.0, 20))
    room.add(goods.bookcase(1.8, 2.0, 4, (0.46, 0.36, 0.28), things=1.0), (3.85, 5.4, -90))
    room.add(barrel(), (-3.5, 7.9), (-3.0, 8.5))
    room.add(bicycle(), (-1.0, 8.9))
    for x, z in ((-2.6, 4.6), (1.6, 5.6), (0.6, 8.2), (-0.4, 3.0)):
        room.add(goods.pendant(room.lamp(x, 2.2, z, power=0.85), room.tall, 2.25, (0.20, 0.36, 0.30), 0.5), (x, z))
    room.slot("stand", 0.0, 0.0, 3.6)
    room.slot("top", 1.6, 0.85, 5.6)
    room.slot("top", -3.5, 0.92, 4.6)
    return room


def _bricks(own: Colour) -> Painting:
    """Rough brick, partly plastered over."""

    def paint(board: Board) -> None:
        board.fill(scaled(own, 0.72), scaled(own, 0.66), 0.1)
        for row, y in enumerate(np.arange(0, board.tall, 0.11)):
            for x in np.arange(-0.15 * (row % 2), board.wide, 0.3):
                tone = scaled(own, float(board.rng.uniform(0.86, 1.12)))
                left, top, right, foot = board.box(max(x, 0) + 0.008, y + 0.008, min(x + 0.292, board.wide), y + 0.102)
                board.sheet.rect(left, top, right, foot, tone)
        board.sheet.multiply(1 + 0.16 * board.grain(4))
        board.patch(0, 0, board.wide, 0.3, (0.34, 0.31, 0.29), (0.26, 0.24, 0.23), alpha=0.5)

    return paint


def _tool_wall(own: Colour) -> Painting:
    """Tools hung on a pegboard over the bench."""

    def paint(board: Board) -> None:
        _bricks(own)(board)
        x0, x1, y0, y1 = 2.8, 6.6, 1.15, 2.6
        board.patch(x0 - 0.06, y0 - 0.06, x1 + 0.06, y1 + 0.06, scaled(OAK, 0.7), scaled(OAK, 0.5))
        board.patch(x0, y0, x1, y1, (0.80, 0.68, 0.50), (0.70, 0.58, 0.42))
        for row in (1.92, 1.28):
            x = x0 + 0.15
            while x < x1 - 0.3:
                _tool(board, x, row, int(board.rng.integers(5)))
                x += float(board.rng.uniform(0.22, 0.4))
        goods.shelf_of_jars(board, 0.6, 2.4, 1.7, 0.32)
        goods.shelf_of_jars(board, 0.6, 2.4, 2.25, 0.32)
        goods.shelf_of_jars(board, 7.0, 9.0, 1.9, 0.32)

    return paint


def _tool(board: Board, x: float, y: float, kind: int) -> None:
    """A hammer, a saw, a spanner, a screwdriver or a square, hanging."""
    haft, steel = (0.70, 0.40, 0.22), (0.62, 0.64, 0.66)
    board.line(x + 0.03, y - 0.01, x + 0.03, y + 0.4, (0.3, 0.24, 0.18), 0.012)
    if kind == 0:
        board.line(x + 0.02, y, x + 0.02, y + 0.42, haft, 0.04)
        board.patch(x - 0.06, y + 0.38, x + 0.12, y + 0.48, scaled(steel, 0.9), scaled(steel, 0.5))
    elif kind == 1:
        board.sheet.polygon([board.at(x, y + 0.45), board.at(x + 0.16, y + 0.45), board.at(x + 0.06, y - 0.05), board.at(x + 0.01, y - 0.05)], steel)
        board.patch(x, y + 0.4, x + 0.17, y + 0.54, (0.80, 0.30, 0.22), (0.6, 0.2, 0.16))
    elif kind == 2:
        board.line(x + 0.03, y + 0.05, x + 0.03, y + 0.4, steel, 0.045)
        for at in (0.03, 0.43):
            board.disc(x + 0.03, y + at, 0.055, steel)
            board.disc(x + 0.03, y + at, 0.025, (0.6, 0.5, 0.38))
    elif kind == 3:
        board.line(x + 0.03, y, x + 0.03, y + 0.25, steel, 0.022)
        board.line(x + 0.03, y + 0.25, x + 0.03, y + 0.45, (0.24, 0.50, 0.60), 0.06)
    else:
        board.line(x, y, x, y + 0.42, steel, 0.04)
        board.line(x, y + 0.42, x + 0.2, y + 0.42, scaled(haft, 1.1), 0.06)


def _gate(own: Colour) -> Painting:
    """A wide wooden gate."""

    def paint(board: Board) -> None:
        _bricks(own)(board)
        tone: Colour = (0.32, 0.44, 0.42)
        board.patch(1.5, 0, 5.7, 2.9, scaled(tone, 0.6), scaled(tone, 0.5))
        for x in np.arange(1.56, 5.6, 0.3):
            board.ridge(x, 0.02, x + 0.28, 2.84, scaled(tone, float(board.rng.uniform(0.92, 1.08))), 0.01)
        for y in (0.5, 2.2):
            board.patch(1.56, y, 5.64, y + 0.16, scaled(tone, 0.8), scaled(tone, 0.6))
        board.line(3.6, 0, 3.6, 2.85, (0.12, 0.15, 0.15), 0.03)

    return paint


def _stained(board: Board) -> None:
    """Worn concrete with stains and shavings."""
    board.fill((0.58, 0.55, 0.51), (0.54, 0.51, 0.48), 0.16)
    for x in np.arange(0, board.wide, 2.05):
        board.line(x, 0, x, board.tall, (0.40, 0.38, 0.36), 0.014)
    for y in np.arange(0, board.tall, 2.35):
        board.line(0, y, board.wide, y, (0.40, 0.38, 0.36), 0.014)
    for _ in range(16):
        x, y, size = float(board.rng.uniform(0, board.wide)), float(board.rng.uniform(0, board.tall)), float(board.rng.uniform(0.08, 0.4))
        left, top = board.at(x, y)
        board.sheet.glow(left, top, size * board.px + 2, (0.26, 0.23, 0.21), 0.35)
    for _ in range(140):
        x, y = float(board.rng.uniform(0, board.wide)), float(board.rng.uniform(board.tall * 0.15, board.tall))
        board.line(x, y, x + 0.03, y + 0.02, (0.80, 0.66, 0.46), 0.014)


def _beams(board: Board) -> None:
    board.boards((0.50, 0.38, 0.28), 0.28, gap=0.7)
    for y in np.arange(0.6, board.tall, 1.6):
        board.patch(0, y, board.wide, y + 0.24, (0.36, 0.26, 0.19), (0.27, 0.19, 0.14))
        board.patch(0, y - 0.12, board.wide, y, (0, 0, 0), alpha=0.25)


def workbench(wide: float) -> Solid:
    """A heavy bench with drawers and a shelf."""
    parts: list[Part | Disc | Cutout] = [*legs(wide, 0.85, 0.7, wood((0.46, 0.32, 0.21)), 0.1)]
    parts += [
        Part((-wide / 2 + 0.05, 0.18, -0.3), (wide / 2 - 0.05, 0.24, 0.3), wood((0.48, 0.34, 0.22))),
        Part(
            (-wide / 2 + 0.05, 0.6, -0.33),
            (wide / 2 - 0.05, 0.84, 0.3),
            plain((0.46, 0.32, 0.21), 0.1, 1),
            {"front": furniture.drawers((0.52, 0.37, 0.24), 1, 4)},
        ),
    ]
    return Solid([*parts, Part((-wide / 2, 0.84, -0.38), (wide / 2, 0.92, 0.36), wood((0.66, 0.48, 0.31)))])


def vice() -> Solid:
    """A vice."""
    iron = plain((0.24, 0.36, 0.44), 0.08)
    return Solid(
        [
            Part((-0.08, 0, -0.1), (0.08, 0.1, 0.1), iron),
            Part((-0.1, 0.08, -0.02), (0.1, 0.2, 0.12), iron),
            Part((-0.1, 0.08, -0.18), (0.1, 0.2, -0.1), iron),
            Part((-0.02, 0.1, -0.3), (0.02, 0.14, -0.1), plain(STEEL)),
        ]
    )


def machine() -> Solid:
    """Something half built: gears and a frame of brass."""
    brass: Colour = (0.78, 0.60, 0.30)

    def gears(board: Board) -> None:
        for x, y, radius, own in ((0.3, 0.3, 0.22, brass), (0.62, 0.42, 0.15, (0.60, 0.62, 0.64)), (0.52, 0.16, 0.11, (0.72, 0.42, 0.28))):
            for turn in np.linspace(0, 6.28, 13)[:-1]:
                board.disc(x + radius * float(np.cos(turn)), y + radius * float(np.sin(turn)), radius * 0.14, scaled(own, 0.8))
            for size, tone in ((1.0, 0.7), (0.92, 1.0), (0.5, 0.75), (0.42, 1.1), (0.14, 0.4)):
                board.disc(x, y, radius * size, scaled(own, tone))

    return Solid([Part((-0.4, 0, -0.2), (0.4, 0.06, 0.2), plain(scaled(brass, 0.7))), Cutout((0, 0.05, 0), 0.85, 0.6, gears)], soft=True)


def barrel() -> Solid:
    """A metal drum."""

    def paint(board: Board) -> None:
        own: Colour = (0.26, 0.44, 0.54)
        board.disc(0.3, 0.06, 0.29, scaled(own, 0.5), 0.2)
        board.patch(0.01, 0.06, 0.3, 0.84, scaled(own, 0.8), scaled(own, 1.2), sideways=True)
        board.patch(0.3, 0.06, 0.59, 0.84, scaled(own, 1.2), scaled(own, 0.5), sideways=True)
        for y in (0.3, 0.58):
            board.patch(0.0, y, 0.6, y + 0.04, scaled(own, 1.3), scaled(own, 0.7))
        board.disc(0.3, 0.84, 0.29, scaled(own, 0.9), 0.2)
        board.disc(0.3, 0.845, 0.25, scaled(own, 0.65), 0.2)

    return Solid([Cutout((0, 0, 0), 0.6, 0.92, paint)])


def bicycle() -> Solid:
    """A bicycle leaning at the wall."""

    def paint(board: Board) -> None:
        own: Colour = (0.80, 0.30, 0.24)
        for x in (0.36, 1.34):
            board.sheet.stroke(
                [board.at(x + 0.32 * float(np.cos(t)), 0.34 + 0.32 * float(np.sin(t))) for t in np.linspace(0, 6.3, 34)], (0.14, 0.14, 0.15), 0.045 * board.px
            )
            for t in np.linspace(0, 3.0, 7):
                board.line(
                    x - 0.3 * float(np.cos(t)), 0.34 - 0.3 * float(np.sin(t)), x + 0.3 * float(np.cos(t)), 0.34 + 0.3 * float(np.sin(t)), (0.7, 0.7, 0.7), 0.006
                )
        for ends in (
            (0.36, 0.34, 0.66, 0.8),
            (0.66, 0.8, 1.2, 0.84),
            (0.78, 0.34, 1.2, 0.84),
            (0.78, 0.34, 0.64, 0.88),
            (0.36, 0.34, 0.78, 0.34),
            (1.34, 0.34, 1.18, 0.98),
        ):
            board.line(*ends, own, 0.035)
        board.line(0.54, 0.92, 0.76, 0.92, (0.18, 0.14, 0.12), 0.06)
        board.line(1.06, 1.0, 1.26, 0.98, (0.18, 0.18, 0.18), 0.04)

    return Solid([Cutout((0, 0, 0), 1.7, 1.05, paint)], soft=True)
