"""Corridors: at home with coats and pictures, in a school with lockers, behind a stage."""

from __future__ import annotations

from functools import partial

import numpy as np

from personavlog_embedded.render import furniture, goods
from personavlog_embedded.render.canvas import Colour, scaled
from personavlog_embedded.render.goods import OAK
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.palette import CLOTHS
from personavlog_embedded.render.panel import Painting, Panel, wood
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.solids import Cutout, Furniture, FurniturePart

DEEP = 13.0


def _corridor(setting: Setting, wide: float, wall: Painting, end: Painting) -> Interior:
    """The bare corridor: down its length, from a side, and back."""
    room = Interior(
        setting, wide, 2.8, DEEP, (Angle(0.25, 0.7, -4), Angle(-wide * 0.24, 1.4, 17), Angle(-0.2, 11.6, 184)), 0.95
    )
    room.clear = (1.2, 0.7)
    room.walls("left", "right", paint=wall)
    room.walls("back", "front", paint=end)
    room.window("back", wide / 2 - 0.6, 0.9, wide / 2 + 0.6, 2.3, (2, 2))
    room.slot("stand", 0.0, 0.0, 3.6)
    return room


def hallway(setting: Setting) -> list[Painted]:
    """A home's hall: coats on hooks, shoes, a mirror, a runner."""
    own: Colour = ((0.82, 0.76, 0.66), (0.68, 0.74, 0.70), (0.80, 0.72, 0.70))[setting.seed % 3]
    accent = CLOTHS[setting.seed % len(CLOTHS)]
    room = _corridor(setting, 2.9, partial(_home_wall, own), partial(_home_end, own))
    room.floor(partial(_runner, accent))
    room.ceiling(lambda board: board.fill((0.95, 0.93, 0.88), (0.92, 0.89, 0.84), 0.04))
    room.add(coats(2.2), (-1.36, 3.8, 90, 0.9), (1.36, 8.4, -90, 0.9))
    room.add(furniture.bench(1.6, OAK), (-1.15, 3.8, 90))
    room.add(goods.pot(1.0), (1.1, 2.6), (-1.1, 9.8))
    room.add(goods.bookcase(1.2, 1.0, 3), (1.2, 5.2, -90))
    for z in (2.8, 6.2, 9.6):
        room.add(goods.pendant(room.lamp(0.0, 2.1, z, reach=1.8, power=0.9), room.tall, 2.1), (0.0, z))
    return room.painted("garden")


def lockers(setting: Setting) -> list[Painted]:
    """A school's corridor or changing room: rows of lockers, benches, a notice board."""
    own: Colour = ((0.28, 0.46, 0.56), (0.66, 0.34, 0.26), (0.30, 0.50, 0.40))[setting.seed % 3]
    room = _corridor(setting, 3.6, partial(_locker_wall, own), partial(_home_end, (0.86, 0.86, 0.82)))
    room.floor(lambda board: board.tiles((0.82, 0.80, 0.74), (0.70, 0.70, 0.68), 0.6))
    room.ceiling(lambda board: board.fill((0.93, 0.93, 0.91), (0.90, 0.90, 0.88), 0.04))
    room.add(furniture.bench(2.0, OAK), (-1.3, 4.4, 90), (1.3, 7.2, -90))
    for z in (2.4, 5.6, 8.8, 12.0):
        burns = room.lamp(0.0, 2.6, z, reach=2.2, power=0.8, colour=(1.0, 0.98, 0.92), halo=0)
        room.add(furniture.tube(1.4, burns), (0.0, z, 0, 2.68))
    return room.painted("garden")


def backstage(setting: Setting) -> list[Painted]:
    """Behind a stage: costumes on rails, ropes, a mirror with bulbs, crates."""
    room = _corridor(setting, 4.2, _bricks, _bricks)
    room.floor(lambda board: board.boards((0.30, 0.25, 0.22), 0.16))
    room.ceiling(lambda board: board.fill((0.16, 0.15, 0.16), (0.12, 0.11, 0.12), 0.05))
    room.add(rail(2.2), (-1.6, 4.2, 90), (1.65, 7.6, -90), (-1.6, 9.8, 90))
    room.add(furniture.crate(), (1.6, 3.4, 10), (1.55, 4.1, -20), (-1.5, 6.9, 5))
    room.add(bulbs(), (1.98, 5.2, -90, 0.9))
    room.lamp(1.5, 1.6, 5.2, reach=1.8, power=1.0, always=True, halo=0.4)
    for z in (2.6, 7.4, 11.2):
        room.add(
            goods.pendant(room.lamp(0.0, 2.0, z, reach=1.9, power=0.8, always=True), room.tall, 2.0, (0.2, 0.2, 0.22)),
            (0.0, z),
        )
    return room.painted("town")


def _home_wall(own: Colour, board: Panel) -> None:
    board.fill(scaled(own, 1.04), scaled(own, 0.95), 0.08)
    goods.panels(board, 0.9, (0.88, 0.85, 0.78))
    for x in (1.6, 6.4, 10.6):
        board.door(x, x + 0.9, 2.1, (0.76, 0.66, 0.52))
    for x in (3.4, 4.4, 8.4, 9.4):
        board.framed(x, 1.35, x + 0.5, 1.95)


def _home_end(own: Colour, board: Panel) -> None:
    board.fill(scaled(own, 1.04), scaled(own, 0.95), 0.08)
    goods.skirting(board)


def _runner(own: Colour, board: Panel) -> None:
    board.boards((0.56, 0.40, 0.27), 0.14)
    middle = board.wide / 2
    for half, tone in ((0.55, scaled(own, 0.7)), (0.48, own)):
        board.patch(middle - half, 0.6, middle + half, board.tall - 0.6, tone)


def _locker_wall(own: Colour, board: Panel) -> None:
    """Steel doors with slots and handles; a classroom's door and a notice board between."""
    board.fill((0.88, 0.87, 0.82), (0.82, 0.81, 0.76), 0.06)
    for start, end in ((0.3, 4.5), (6.9, 12.6)):
        for x in np.arange(start, end - 0.3, 0.38):
            for low, high in ((0.12, 0.98), (1.0, 1.86)):
                tone = scaled(own, float(board.rng.uniform(0.9, 1.1)))
                board.ridge(x, low, x + 0.36, high, tone, 0.01)
                for y in (0.78, 0.72, 0.66):
                    board.line(x + 0.1, low + y, x + 0.26, low + y, scaled(tone, 0.5), 0.012)
                board.patch(x + 0.3, low + 0.38, x + 0.33, low + 0.5, (0.85, 0.86, 0.86))
    board.door(5.2, 6.2, 2.1, (0.66, 0.50, 0.34), glass=True)
    board.patch(7.4, 2.0, 9.2, 2.6, (0.70, 0.54, 0.36))
    for x in np.arange(7.5, 9.0, 0.3):
        board.patch(x, 2.08, x + 0.22, 2.08 + float(board.rng.uniform(0.25, 0.42)), (0.95, 0.93, 0.86))


def _bricks(board: Panel) -> None:
    board.fill((0.46, 0.36, 0.33), (0.38, 0.30, 0.28), 0.14)
    for row, y in enumerate(np.arange(0, board.tall, 0.1)):
        board.line(0, y, board.wide, y, (0.32, 0.26, 0.25), 0.01)
        for x in np.arange((row % 2) * 0.13, board.wide, 0.26):
            board.line(x, y, x, y + 0.1, (0.32, 0.26, 0.25), 0.008)
    if board.wide < 6:
        board.door(0.5, 1.5, 2.1, (0.30, 0.34, 0.36))


def coats(wide: float) -> Furniture:
    """Coats and hats on a row of hooks."""

    def paint(board: Panel) -> None:
        board.patch(0, board.tall - 0.18, board.wide, board.tall - 0.06, scaled(OAK, 0.9), scaled(OAK, 0.7))
        for number, x in enumerate(np.arange(0.2, board.wide - 0.1, 0.36)):
            own = CLOTHS[number % len(CLOTHS)]
            long = float(board.rng.uniform(0.6, 0.95))
            top = board.tall - 0.14
            points = [
                (x - 0.06, top),
                (x + 0.06, top),
                (x + 0.17, top - 0.12),
                (x + 0.2, top - long),
                (x - 0.2, top - long),
                (x - 0.17, top - 0.12),
            ]
            board.sheet.patch([board.at(a, b) for a, b in points], scaled(own, 1.05), scaled(own, 0.6), sideways=True)
            board.line(x, top - 0.1, x, top - long, scaled(own, 0.5), 0.01)

    return Furniture([Cutout((0, 0, 0), wide, 1.1, paint)], soft=True)


def rail(wide: float) -> Furniture:
    """A clothes rail full of costumes."""

    def hung(board: Panel) -> None:
        for number, x in enumerate(np.arange(0.06, board.wide - 0.06, 0.13)):
            own = scaled(CLOTHS[(number * 3) % len(CLOTHS)], float(board.rng.uniform(0.8, 1.2)))
            long = float(board.rng.uniform(0.8, 1.2))
            board.patch(
                x, board.tall - long, x + 0.16, board.tall - 0.03, scaled(own, 1.1), scaled(own, 0.6), sideways=True
            )

    half, steel = wide / 2, wood((0.5, 0.5, 0.52))
    parts: list[FurniturePart | Cutout] = [
        FurniturePart((x - 0.02, 0, -0.25), (x + 0.02, 1.6, 0.25), steel) for x in (-half, half)
    ]
    return Furniture(
        [
            *parts,
            FurniturePart((-half, 1.55, -0.02), (half, 1.6, 0.02), steel),
            FurniturePart((-half + 0.05, 0.3, -0.14), (half - 0.05, 1.55, 0.14), hung),
        ]
    )


def bulbs() -> Furniture:
    """A dressing table's mirror between burning bulbs."""

    def paint(board: Panel) -> None:
        board.patch(0, 0, board.wide, board.tall, (0.40, 0.28, 0.20))
        board.patch(0.12, 0.12, board.wide - 0.12, board.tall - 0.12, (0.66, 0.72, 0.76), (0.80, 0.80, 0.78))
        for y in np.arange(0.1, board.tall, 0.2):
            for x in (0.06, board.wide - 0.06):
                board.disc(x, y, 0.05, (1.0, 0.93, 0.74))

    return Furniture([Cutout((0, 0, 0), 1.2, 1.1, paint, 0.5, True)], soft=True)
