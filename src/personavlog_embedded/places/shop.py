"""A small supermarket: shelves of packets, fridges, fruit in crates, a till."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import furniture, goods
from personavlog_embedded.render.canvas import Colour, mix, scaled
from personavlog_embedded.render.goods import OAK
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.panel import Painting, Panel, plain
from personavlog_embedded.render.room_light import COOL
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.solids import Furniture, FurniturePart


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
    room.ceiling(
        lambda board: board.tiles((0.95, 0.95, 0.93), (0.94, 0.94, 0.92), 0.6, (0.86, 0.86, 0.86), uneven=0.012)
    )
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


def packets(board: Panel, x0: float, y0: float, x1: float, y1: float) -> None:
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
        wide, tall, bottle = (
            float(rng.uniform(0.07, 0.15)),
            (y1 - y0) * float(rng.uniform(0.6, 0.95)),
            rng.random() < 0.4,
        )
        for _ in range(int(rng.integers(2, 5))):
            if x + wide > x1:
                return
            body = tall * (0.68 if bottle else 1.0)
            board.patch(x, y0, x + wide, y0 + body, scaled(own, 1.12), scaled(own, 0.72), sideways=True)
            board.patch(
                x + wide * 0.1, y0 + body * 0.3, x + wide * 0.9, y0 + body * 0.65, mix(own, (1, 0.98, 0.9), 0.75)
            )
            if bottle:
                board.patch(
                    x + wide * 0.32,
                    y0 + body,
                    x + wide * 0.68,
                    y0 + tall,
                    scaled(own, 0.9),
                    scaled(own, 0.7),
                    sideways=True,
                )
            x += wide + 0.012
        x += 0.02


def gondola(wide: float, accent: Colour) -> Furniture:
    """A shelf of goods that looks to the front wall."""

    def front(board: Panel) -> None:
        board.fill((0.46, 0.44, 0.42), (0.36, 0.34, 0.33), 0.05)
        for y in (0.12, 0.48, 0.84, 1.17):
            packets(board, 0.03, y, board.wide - 0.03, y + 0.29)
            board.shadow(0, y + 0.24, board.wide, y + 0.4, 0.25)
            board.patch(0, y - 0.05, board.wide, y, (0.96, 0.95, 0.92), (0.80, 0.79, 0.76))
            for x in np.arange(0.15, board.wide - 0.1, 0.33):
                board.patch(x, y - 0.045, x + 0.1, y - 0.008, (0.98, 0.85, 0.35))
        board.patch(0, 1.43, board.wide, board.tall, accent, scaled(accent, 0.85))

    def end(board: Panel) -> None:
        board.fill(accent, scaled(accent, 0.85), 0.06)
        for y in (0.15, 0.55, 0.95):
            packets(board, 0.03, y, board.wide - 0.03, y + 0.3)
            board.patch(0, y - 0.04, board.wide, y, (0.96, 0.95, 0.92), (0.80, 0.79, 0.76))

    sides = {"front": front, "left": end, "right": end}
    return Furniture(
        [FurniturePart((-wide / 2, 0, -0.2), (wide / 2, 1.5, 0.2), plain((0.88, 0.87, 0.84), 0.05), sides)]
    )


def _fridges(accent: Colour) -> Painting:
    """Lit fridges with glass doors along the wall."""

    def paint(board: Panel) -> None:
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
            board.sheet.patch(
                [(left, foot), (left + (right - left) * 0.25, foot), (right, top), (left + (right - left) * 0.7, top)],
                (1, 1, 1),
                alpha=0.13,
            )
            board.patch(x + 0.9, 0.9, x + 0.93, 1.5, (0.86, 0.87, 0.88))

    return paint


def _shop_wall(accent: Colour, shelves: bool) -> Painting:
    def paint(board: Panel) -> None:
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


def fruit_crate(kind: int) -> Furniture:
    """A sloping crate of fruit on a stand."""
    fruit: Colour = ((0.88, 0.28, 0.22), (0.98, 0.66, 0.20), (0.56, 0.72, 0.28))[kind % 3]

    def heap(board: Panel) -> None:
        board.fill((0.30, 0.21, 0.14), (0.26, 0.18, 0.12), 0.1)
        for y in np.arange(0.05, board.tall, 0.075):
            for x in np.arange(0.05, board.wide, 0.085):
                at, up = x + float(board.rng.normal(0, 0.012)), y + float(board.rng.normal(0, 0.012))
                tone = scaled(fruit, float(board.rng.uniform(0.85, 1.1)))
                board.disc(at, up, 0.048, scaled(tone, 0.66))
                board.disc(at - 0.006, up + 0.008, 0.04, tone)
                board.disc(at - 0.016, up + 0.02, 0.013, mix(tone, (1, 1, 1), 0.55))

    crate = FurniturePart((-0.36, 0.5, -0.28), (0.36, 0.75, 0.28), furniture_side, {"top": heap})
    return Furniture([FurniturePart((-0.36, 0, -0.26), (0.36, 0.5, 0.26), plain((0.42, 0.32, 0.24), 0.1, 1)), crate])


def furniture_side(board: Panel) -> None:
    """Slats."""
    board.fill((0.5, 0.36, 0.24), (0.42, 0.30, 0.2), 0.1, 1, 5)
    for y in np.arange(0.015, board.tall - 0.05, 0.08):
        board.patch(0, y, board.wide, y + 0.065, (0.80, 0.62, 0.42), (0.66, 0.48, 0.32))


def till() -> Furniture:
    """A till."""
    shown = plain((0.60, 0.86, 0.92), 0.04)
    return Furniture(
        [
            FurniturePart((-0.2, 0, -0.18), (0.2, 0.12, 0.2), plain((0.24, 0.25, 0.27))),
            FurniturePart(
                (-0.17, 0.12, 0.0), (0.17, 0.38, 0.05), plain((0.20, 0.21, 0.23)), {"back": shown, "front": shown}, 0.2
            ),
        ]
    )
