"""A stairwell: a wide flight of old steps with a banister, a landing, and a clock; what leads up and nobody knows where
to."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import goods
from personavlog_embedded.render.canvas import Colour, scaled
from personavlog_embedded.render.goods import OAK
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.palette import CLOTHS
from personavlog_embedded.render.panel import Panel, plain, wood
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.solids import Cutout, Disc, Furniture, FurniturePart

RISE, TREAD = 0.18, 0.29


def stairwell(setting: Setting) -> list[Painted]:
    """The hall at the foot of the stairs."""
    room = Interior(setting, 6.4, 5.4, 10.0, (Angle(0.9, 0.8, -8), Angle(-2.0, 1.2, 20), Angle(-1.8, 8.6, 168)), 0.95)
    own: Colour = ((0.70, 0.72, 0.64), (0.76, 0.66, 0.56), (0.60, 0.66, 0.70))[setting.seed % 3]
    carpet = CLOTHS[setting.seed % len(CLOTHS)]
    room.walls("left", "right", "back", "front", paint=lambda board: _wall(board, own))
    room.floor(lambda board: board.tiles((0.86, 0.83, 0.76), (0.30, 0.30, 0.32), 0.45))
    room.ceiling(lambda board: board.fill((0.93, 0.91, 0.86), (0.90, 0.87, 0.82), 0.04))
    room.window("back", 2.3, 3.0, 4.1, 4.8, (3, 3))
    room.window("right", 1.4, 1.0, 2.8, 2.8, (2, 3))
    room.add(flight(14, 2.4, carpet), (-0.6, 4.4))
    room.add(Furniture([FurniturePart((-3.2, 0, -0.9), (3.2, RISE * 14, 0.9), wood(scaled(OAK, 0.7)))]), (0.0, 9.2))
    for x in (-1.85, 0.65):
        room.add(banister(14), (x, 4.4))
    room.add(newel(), (-1.85, 4.3), (0.65, 4.3))
    room.add(clock_case(), (2.7, 5.2, -90))
    room.add(goods.pot(1.3), (2.6, 3.4), (-2.7, 2.2))
    for z in (2.6, 6.4):
        room.add(
            goods.pendant(room.lamp(0.9, 2.9, z, reach=2.6, power=0.9), room.tall, 2.9, (0.70, 0.56, 0.32)), (0.9, z)
        )
    room.slot("stand", 1.5, 0.0, 3.4)
    return room.painted("garden")


def _wall(board: Panel, own: Colour) -> None:
    board.fill(scaled(own, 1.05), scaled(own, 0.94), 0.10)
    goods.panels(board, 1.0, (0.44, 0.31, 0.22))
    for x in np.arange(0.7, board.wide - 0.8, 1.5):
        board.framed(x, 1.6, x + 0.7, 2.5)
    if board.wide < 8:
        board.door(board.wide - 1.5, board.wide - 0.5, 2.2, (0.42, 0.30, 0.22))


def flight(steps: int, wide: float, carpet: Colour) -> Furniture:
    """Steps that rise away from the front wall, a carpet down their middle."""

    def tread(board: Panel) -> None:
        wood(OAK)(board)
        board.patch(board.wide * 0.2, 0, board.wide * 0.8, board.tall, scaled(carpet, 1.08), scaled(carpet, 0.9))

    def riser(board: Panel) -> None:
        plain((0.88, 0.85, 0.78), 0.05)(board)
        board.patch(board.wide * 0.2, 0, board.wide * 0.8, board.tall, scaled(carpet, 0.8), scaled(carpet, 0.65))

    half, dark = wide / 2, wood(scaled(OAK, 0.75))
    return Furniture(
        [
            FurniturePart(
                (-half, 0, n * TREAD), (half, (n + 1) * RISE, (n + 1) * TREAD), dark, {"front": riser, "top": tread}
            )
            for n in range(steps)
        ]
    )


def banister(steps: int) -> Furniture:
    """Turned posts and a hand rail along a flight."""
    parts: list[FurniturePart | Disc | Cutout] = []
    for n in range(steps):
        low, z = (n + 1) * RISE, (n + 0.5) * TREAD
        parts.append(
            FurniturePart((-0.02, low, z - 0.02), (0.02, low + 0.85, z + 0.02), plain((0.90, 0.87, 0.80), 0.04))
        )
        parts.append(
            FurniturePart(
                (-0.045, low + 0.82, z - TREAD / 2), (0.045, low + 0.92, z + TREAD / 2), wood(scaled(OAK, 0.8))
            )
        )
    return Furniture(parts, soft=True)


def newel() -> Furniture:
    """The post at a banister's foot with a ball on it."""
    return Furniture(
        [
            FurniturePart((-0.08, 0, -0.08), (0.08, 1.15, 0.08), wood(scaled(OAK, 0.8))),
            Disc((0, 1.24, 0), 0.1, scaled(OAK, 0.95), 0.1),
        ]
    )


def clock_case() -> Furniture:
    """A tall clock with a pendulum."""

    def front(board: Panel) -> None:
        wood(scaled(OAK, 0.62))(board)
        middle = board.wide / 2
        board.patch(0.1, 0.5, board.wide - 0.1, board.tall - 0.75, (0.16, 0.12, 0.10))
        board.line(middle, 0.75, middle, board.tall - 0.8, (0.86, 0.70, 0.40), 0.015)
        board.disc(middle, 0.72, 0.09, (0.90, 0.74, 0.42))
        board.disc(middle, board.tall - 0.38, 0.2, (0.84, 0.68, 0.40))
        board.disc(middle, board.tall - 0.38, 0.17, (0.96, 0.94, 0.86))
        board.line(middle, board.tall - 0.38, middle, board.tall - 0.26, (0.12, 0.1, 0.1), 0.015)
        board.line(middle, board.tall - 0.38, middle + 0.08, board.tall - 0.42, (0.12, 0.1, 0.1), 0.015)

    return Furniture([FurniturePart((-0.27, 0, -0.18), (0.27, 2.2, 0.18), wood(scaled(OAK, 0.6)), {"front": front})])
