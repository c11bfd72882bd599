"""A living room: a sofa, a hearth, bookcases, fairy lights."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.places.kitchen import plain_wall
from personavlog_embedded.render import furniture, goods, room_parts
from personavlog_embedded.render.canvas import Colour, mix, scaled
from personavlog_embedded.render.goods import OAK
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.palette import CLOTHS
from personavlog_embedded.render.panel import Painting, Panel, clear, plain, wood
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.solids import Cutout, Furniture, FurniturePart, table

DARK: Colour = (0.44, 0.29, 0.19)


def living(setting: Setting) -> list[Painted]:
    """A living room: a sofa and armchairs around a rug, books, a fireplace, fairy lights, plants."""
    return living_room(setting).painted("garden")


def living_room(setting: Setting) -> Interior:
    """The living room."""
    room = Interior(setting, 7.0, 2.9, 7.4, (Angle(0.7, 0.2, -6), Angle(2.7, 0.9, -42), Angle(2.7, 6.6, 216)), 0.97)
    own: Colour = ((0.82, 0.75, 0.70), (0.66, 0.74, 0.71), (0.80, 0.80, 0.70))[setting.seed % 3]
    fabric, accent = mix(CLOTHS[setting.seed % 5], (0.72, 0.66, 0.6), 0.45), CLOTHS[(setting.seed + 2) % 5]
    room.walls("back", paint=_curtained(own))
    room.walls("left", paint=_hearth(own))
    room.walls("right", paint=plain_wall(own, 4.2))
    room.walls("front", paint=plain_wall(own, 3.4))
    room.floor(_rugged(accent))
    room.ceiling(lambda board: board.fill((0.96, 0.93, 0.88), (0.93, 0.90, 0.85), 0.05))
    room.window("back", 2.3, 0.8, 4.9, 2.35, (3, 2))
    room.window("right", 1.2, 0.9, 3.2, 2.3, (2, 2))
    room.window("front", 0.8, 0.9, 2.6, 2.3, (2, 2))
    room.add(goods.sofa(2.3, fabric, accent), (0.4, 5.7))
    room.add(furniture.armchair(mix(accent, (0.6, 0.5, 0.4), 0.3)), (2.3, 4.1, -72), (-1.9, 3.2, 118))
    room.add(table(1.1, 0.6, OAK, 0.42), (0.4, 4.1))
    room.add(goods.cup(), (0.1, 4.0, 0, 0.42))
    room.add(goods.book_pile(), (0.65, 4.1, 0, 0.42))
    room.add(goods.bookcase(1.5, 2.1, 5), (-2.6, 7.1), (2.75, 7.15))
    room.add(goods.bookcase(1.7, 1.0, 3, things=0.4), (3.25, 3.0, -90))
    room.add(hearth(), (-3.3, 4.9, 90))
    room.add(goods.jar_row(1.2), (-3.3, 4.9, 90, 1.18))
    room.lamp(-2.9, 0.5, 4.9, reach=1.3, power=0.7, colour=(1.0, 0.56, 0.22), halo=0.5)
    room.add(floor_lamp(room.lamp(2.0, 1.55, 6.2, reach=1.7, power=1.0)), (2.0, 6.3))
    room.add(floor_lamp(room.lamp(-2.7, 1.55, 2.6, reach=1.6, power=0.8)), (-2.8, 2.6))
    room.add(goods.pot(1.5), (-1.4, 6.7), (3.0, 5.6), (-3.0, 0.6))
    room.add(goods.pot(0.5), (3.25, 3.2, 0, 1.0))
    room.add(fairy_lights(6.8, room.glow.lit), (0, 7.2, 0, 2.35))
    room.lamp(0.0, 2.4, 6.6, reach=1.8, power=0.5, halo=0)
    room.slot("seat", 0.4, 0.52, 5.4)
    room.slot("top", 0.4, 0.42, 4.1)
    room.slot("stand", -0.8, 0.0, 3.2)
    return room


def _curtained(own: Colour) -> Painting:
    def paint(board: Panel) -> None:
        board.fill(scaled(own, 1.05), scaled(own, 0.95), 0.10)
        goods.skirting(board)
        board.line(1.7, 2.5, 5.5, 2.5, (0.36, 0.25, 0.18), 0.03)
        for a, b in ((1.75, 2.4), (4.8, 5.45)):
            left, top, right, foot = board.box(a, 0.12, b, 2.5)
            room_parts.curtain(board.sheet, board.light, left, right, top, foot, (0.92, 0.74, 0.54), 6)

    return paint


def _hearth(own: Colour) -> Painting:
    def paint(board: Panel) -> None:
        board.fill(scaled(own, 1.05), scaled(own, 0.95), 0.10)
        goods.skirting(board)
        for box in (
            (0.9, 1.3, 1.6, 2.2),
            (1.85, 1.5, 2.5, 2.0),
            (1.95, 1.0, 2.5, 1.4),
            (4.3, 1.5, 5.5, 2.4),
            (6.4, 1.2, 7.0, 2.1),
        ):
            board.framed(*box)

    return paint


def _rugged(accent: Colour) -> Painting:
    """Boards with a round rug."""

    def paint(board: Panel) -> None:
        board.boards((0.64, 0.46, 0.32), 0.15)
        x, y = board.wide / 2 + 0.4, board.tall - (7.4 - 4.1)
        for share, tone in ((1.75, 0.0), (1.62, 0.75), (1.25, 0.2), (1.08, 0.78), (0.6, 0.1), (0.48, 0.7)):
            board.disc(x, y, share, mix(accent, (0.94, 0.88, 0.78), tone), board.sheet.height / board.tall / board.px)
        left, top, right, foot = (int(v) for v in board.box(x - 1.75, y - 1.75, x + 1.75, y + 1.75))
        part = board.sheet.pixels[max(top, 0) : foot, max(left, 0) : right]
        grain = board.grain(3, 1.0, 1.0)[max(top, 0) : foot, max(left, 0) : right]
        part[..., :3] = np.clip(part[..., :3] * (1 + 0.12 * grain[..., None]), 0, 255).astype(np.uint8)

    return paint


def hearth() -> Furniture:
    """A fireplace with a fire."""

    def front(board: Panel) -> None:
        board.fill((0.80, 0.76, 0.70), (0.70, 0.66, 0.60), 0.1)
        goods.tiled(board, 0.05, 0.05, board.wide - 0.05, 1.05, (0.72, 0.46, 0.36), (0.62, 0.38, 0.30), 0.13, 0.4)
        board.patch(0.4, 0, board.wide - 0.4, 0.75, (0.10, 0.07, 0.06), (0.16, 0.09, 0.06))
        for share, own in ((1.0, (0.86, 0.28, 0.10)), (0.7, (0.98, 0.58, 0.18)), (0.4, (1.0, 0.88, 0.50))):
            for x in np.linspace(0.55, board.wide - 0.55, 5):
                tall = 0.42 * share * (1 - 0.5 * abs(x - board.wide / 2))
                board.sheet.polygon(
                    [
                        board.at(x - 0.11 * share, 0.06),
                        board.at(x + 0.11 * share, 0.06),
                        board.at(x + 0.03, 0.06 + tall),
                    ],
                    own,
                )
        board.line(0.5, 0.06, board.wide - 0.5, 0.06, (0.26, 0.16, 0.1), 0.08)

    return Furniture(
        [
            FurniturePart((-0.75, 0, -0.18), (0.75, 1.1, 0.18), plain((0.78, 0.74, 0.68)), {"front": front}, 0.1),
            FurniturePart((-0.85, 1.1, -0.26), (0.85, 1.18, 0.2), wood(DARK)),
        ]
    )


def floor_lamp(burns: bool) -> Furniture:
    """A standing lamp with a cloth shade."""

    def paint(board: Panel) -> None:
        board.disc(0.3, 0.03, 0.16, (0.26, 0.19, 0.15), 0.25)
        board.line(0.3, 0.03, 0.3, 1.4, (0.26, 0.19, 0.15), 0.03)
        shade: Colour = (1.0, 0.88, 0.62) if burns else (0.90, 0.84, 0.72)
        board.sheet.patch(
            [board.at(0.15, 1.75), board.at(0.45, 1.75), board.at(0.58, 1.3), board.at(0.02, 1.3)],
            scaled(shade, 0.95),
            shade,
        )
        board.line(0.02, 1.3, 0.58, 1.3, scaled(shade, 0.8), 0.02)

    return Furniture([Cutout((0, 0, 0), 0.6, 1.78, paint, 0.7 if burns else 0.0)], soft=True)


def fairy_lights(wide: float, burns: bool) -> Furniture:
    """Small bulbs on a sagging wire along a wall."""

    def paint(board: Panel) -> None:
        xs = np.linspace(0, board.wide, 49)
        ys = board.tall - 0.04 - 0.16 * np.abs(np.sin(xs / board.wide * np.pi * 3))
        board.sheet.stroke(
            [board.at(float(x), float(y)) for x, y in zip(xs, ys, strict=True)],
            (0.25, 0.22, 0.2),
            max(1, 0.012 * board.px),
        )
        for x, y in zip(xs[1::2], ys[1::2], strict=True):
            left, top = board.at(float(x), float(y) - 0.03)
            if burns:
                board.sheet.glow(left, top, 0.16 * board.px + 1, (1.0, 0.82, 0.5), 0.5)
            board.disc(float(x), float(y) - 0.03, 0.03, (1.0, 0.93, 0.70) if burns else (0.95, 0.90, 0.78))

    return Furniture(
        [
            FurniturePart(
                (-wide / 2, 0, 0),
                (wide / 2, 0.36, 0.005),
                paint,
                dict.fromkeys(("top", "under", "left", "right", "back"), clear),
                0.8 if burns else 0.0,
            )
        ],
        soft=True,
    )
