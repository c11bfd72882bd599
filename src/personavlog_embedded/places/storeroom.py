"""Where things are kept: an attic under the roof with trunks, a stockroom with shelves of boxes."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.places.corridor import rail
from personavlog_embedded.render import furniture, goods
from personavlog_embedded.render.canvas import Colour, scaled
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.panel import Panel, plain, wood
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.solids import Cutout, Disc, Furniture, FurniturePart

CARD: Colour = (0.74, 0.58, 0.40)


def attic(setting: Setting) -> list[Painted]:
    """Under the rafters: trunks, old frames, a chest, a dressmaker's rail, dust in the light of one window."""
    room = Interior(setting, 6.6, 3.0, 9.0, (Angle(0.6, 0.6, -7), Angle(2.3, 1.2, -34), Angle(-1.2, 7.8, 166)), 0.85)
    room.walls("left", "right", "back", "front", paint=_planks)
    room.floor(lambda board: board.boards((0.50, 0.39, 0.29), 0.22, uneven=0.2))
    room.ceiling(_rafters)
    room.window("back", 2.5, 1.0, 4.1, 2.2, (2, 2), (0.46, 0.36, 0.27))
    for x, z, yaw, own in (
        (-2.3, 4.2, 80, (0.46, 0.30, 0.20)),
        (2.4, 5.2, -75, (0.34, 0.42, 0.40)),
        (-1.8, 6.8, 20, (0.58, 0.42, 0.26)),
        (1.1, 7.6, -10, (0.52, 0.24, 0.20)),
    ):
        room.add(trunk(own), (x, z, yaw))
    room.add(trunk((0.50, 0.38, 0.28)), (-2.4, 4.3, 76, 0.62))
    room.add(furniture.crate(), (2.5, 3.4, 12), (2.55, 7.5, -8), (-2.6, 2.2, 20))
    room.add(leaning(), (-2.9, 5.6, 90), (2.95, 6.4, -90))
    room.add(rail(1.8), (0.2, 8.2))
    room.add(goods.book_pile(), (-1.7, 6.8, 0, 0.62), (2.4, 5.2, 0, 0.62))
    room.add(
        goods.pendant(room.lamp(0.2, 1.9, 4.8, reach=2.4, power=1.0), room.tall, 1.9, (0.3, 0.26, 0.2), 0.3), (0.2, 4.8)
    )
    room.slot("stand", 0.2, 0.0, 3.4)
    return room.painted("garden")


def stockroom(setting: Setting) -> list[Painted]:
    """Steel shelves of boxes on both sides, parcels on a table."""
    room = Interior(setting, 6.0, 3.1, 10.0, (Angle(0.3, 0.7, -4), Angle(-1.6, 1.2, 20), Angle(0.4, 8.8, 186)), 0.95)
    room.walls("left", "right", "back", "front", paint=_plaster)
    room.floor(lambda board: board.fill((0.62, 0.62, 0.60), (0.56, 0.56, 0.54), 0.12, 2))
    room.ceiling(lambda board: board.fill((0.86, 0.86, 0.84), (0.82, 0.82, 0.80), 0.04))
    for z in (2.2, 4.4, 6.6, 8.8):
        room.add(shelves(2.0), (-2.6, z, 90), (2.6, z, -90))
    room.add(shelves(2.4), (0.0, 9.6))
    room.add(boxes(), (-0.9, 6.6, 15), (1.0, 7.6, -20), (1.2, 4.6, 8))
    for z in (2.6, 6.0):
        burns = room.lamp(0.0, 2.8, z, reach=2.6, power=0.85, colour=(1.0, 0.97, 0.90), halo=0)
        room.add(furniture.tube(1.5, burns), (0.0, z, 0, 2.9))
    room.slot("stand", 0.1, 0.0, 3.6)
    return room.painted("town")


def _planks(board: Panel) -> None:
    board.boards((0.56, 0.44, 0.33), 0.2, along=False, uneven=0.16)
    for x in np.arange(0.2, board.wide, 1.6):
        board.patch(x, 0, x + 0.16, board.tall, (0.46, 0.35, 0.25), (0.36, 0.27, 0.20), sideways=True)


def _rafters(board: Panel) -> None:
    board.boards((0.42, 0.32, 0.24), 0.2, along=False)
    for y in np.arange(0.3, board.tall, 1.1):
        board.patch(0, y, board.wide, y + 0.2, (0.50, 0.38, 0.27), (0.30, 0.22, 0.16))


def _plaster(board: Panel) -> None:
    board.fill((0.80, 0.79, 0.75), (0.70, 0.69, 0.66), 0.10)
    if board.wide < 8:
        board.door(0.4, 1.4, 2.1, (0.46, 0.52, 0.54))


def trunk(own: Colour) -> Furniture:
    """A travelling trunk with straps and brass corners."""

    def front(board: Panel) -> None:
        plain(own, 0.14)(board)
        for x in (0.16, board.wide - 0.24):
            board.patch(x, 0, x + 0.08, board.tall, scaled(own, 0.55), scaled(own, 0.45))
        board.patch(0, board.tall * 0.62, board.wide, board.tall * 0.66, scaled(own, 0.5))
        board.patch(
            board.wide / 2 - 0.05,
            board.tall * 0.5,
            board.wide / 2 + 0.05,
            board.tall * 0.72,
            (0.86, 0.70, 0.40),
            (0.6, 0.46, 0.24),
        )

    return Furniture(
        [
            FurniturePart(
                (-0.5, 0.03, -0.3), (0.5, 0.62, 0.3), plain(own, 0.14), {"front": front, "top": wood(scaled(own, 1.1))}
            )
        ]
    )


def leaning() -> Furniture:
    """Canvases and frames leaning on a wall."""

    def paint(board: Panel) -> None:
        for x, wide, tall in ((0.5, 0.9, 1.2), (0.0, 0.9, 0.9), (0.8, 0.7, 0.75)):
            board.patch(x, 0, x + wide, tall, (0.52, 0.38, 0.22), (0.38, 0.27, 0.16))
            board.patch(x + 0.06, 0.06, x + wide - 0.06, tall - 0.06, (0.86, 0.82, 0.72), (0.70, 0.72, 0.70))
            board.disc(x + wide * 0.55, tall * 0.5, wide * 0.18, (0.78, 0.52, 0.38))

    return Furniture([Cutout((0, 0, 0), 1.6, 1.25, paint)], soft=True)


def _boxed(board: Panel) -> None:
    """Cartons of several sizes on one shelf."""
    x = 0.03
    while x < board.wide - 0.2:
        wide, tall = float(board.rng.uniform(0.24, 0.5)), board.tall * float(board.rng.uniform(0.5, 0.92))
        own = scaled(CARD, float(board.rng.uniform(0.82, 1.12)))
        board.patch(x, 0, min(x + wide, board.wide), tall, scaled(own, 1.06), scaled(own, 0.85))
        board.patch(x + wide * 0.42, 0, x + wide * 0.55, tall, (0.86, 0.76, 0.56), alpha=0.7)
        board.patch(x + 0.04, tall * 0.2, x + wide * 0.36, tall * 0.45, (0.94, 0.93, 0.88))
        x += wide + 0.03


def shelves(wide: float) -> Furniture:
    """A steel rack of four shelves full of cartons."""
    half, steel = wide / 2, plain((0.46, 0.48, 0.50))
    parts: list[FurniturePart | Disc | Cutout] = [
        FurniturePart((x - 0.02, 0, z - 0.02), (x + 0.02, 2.4, z + 0.02), steel)
        for x in (-half, half)
        for z in (-0.26, 0.26)
    ]
    for y in (0.1, 0.7, 1.3, 1.9):
        parts += [
            FurniturePart((-half, y, -0.28), (half, y + 0.04, 0.28), steel),
            FurniturePart((-half + 0.04, y + 0.04, -0.2), (half - 0.04, y + 0.5, 0.2), plain(CARD), {"front": _boxed}),
        ]
    return Furniture(parts)


def boxes() -> Furniture:
    """Two cartons on each other."""
    lower = FurniturePart((-0.32, 0, -0.26), (0.32, 0.42, 0.26), plain(CARD, 0.08), {"front": _boxed})
    return Furniture([lower, FurniturePart((-0.24, 0.42, -0.2), (0.2, 0.72, 0.2), plain(scaled(CARD, 1.08), 0.08))])
