"""A bathroom: tiles, a mirror over the basin, a tub with feet, towels."""

from __future__ import annotations

from personavlog_embedded.render import goods
from personavlog_embedded.render.canvas import Colour, mix, scaled
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.palette import CLOTHS
from personavlog_embedded.render.panel import Panel, cloth, plain, wood
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.solids import Cutout, Disc, Furniture, FurniturePart

WHITE: Colour = (0.95, 0.95, 0.93)


def bathroom(setting: Setting) -> list[Painted]:
    """The room in the morning's light."""
    room = Interior(setting, 5.0, 2.7, 5.6, (Angle(0.6, 0.2, -10), Angle(1.7, 0.5, -38), Angle(-1.4, 4.9, 150)), 1.05)
    own: Colour = ((0.62, 0.78, 0.78), (0.84, 0.80, 0.68), (0.72, 0.78, 0.68))[setting.seed % 3]
    accent = CLOTHS[setting.seed % len(CLOTHS)]
    room.walls("left", "right", "back", "front", paint=lambda board: _tiled(board, own))
    room.floor(lambda board: board.tiles((0.92, 0.91, 0.88), mix(own, (0.3, 0.3, 0.3), 0.4), 0.3))
    room.ceiling(lambda board: board.fill((0.97, 0.96, 0.94), (0.94, 0.93, 0.91), 0.03))
    room.window("right", 1.6, 1.2, 3.0, 2.2, (2, 2))
    room.add(basin(), (-0.6, 5.2))
    room.add(mirror(1.3, 1.1), (-0.6, 5.55, 0, 1.15))
    burns = room.lamp(-0.6, 2.4, 5.2, reach=1.8, power=0.9, halo=0.4)
    room.add(
        Furniture([Disc((0, 0, 0), 0.16, (1.0, 0.95, 0.80) if burns else (0.92, 0.91, 0.88), 0.1)], soft=True),
        (-0.6, 5.3, 0, 2.42),
    )
    room.add(tub(), (1.7, 3.6, 90))
    room.add(towels(accent), (-2.44, 3.2, 90, 0.8))
    room.add(goods.pot(0.9), (1.9, 5.2), (-2.1, 4.9))
    room.add(Furniture([FurniturePart((-0.5, 0, -0.35), (0.5, 0.03, 0.35), cloth(accent))], soft=True), (-0.6, 4.4))
    room.slot("stand", -0.5, 0.0, 3.4)
    return room.painted("garden")


def _tiled(board: Panel, own: Colour) -> None:
    board.fill(scaled(WHITE, 0.98), scaled(WHITE, 0.92), 0.05)
    goods.tiled(board, 0, 0, board.wide, 1.5, scaled(own, 1.06), scaled(own, 0.94), 0.15, 0.4)
    board.patch(0, 1.5, board.wide, 1.58, scaled(own, 0.7), scaled(own, 0.6))
    if board.wide < 5.2:
        board.door(board.wide - 1.3, board.wide - 0.4, 2.05, (0.90, 0.88, 0.82))


def basin() -> Furniture:
    """A wash-stand with a bowl and a tap."""
    tap = FurniturePart((-0.02, 0.92, 0.1), (0.02, 1.12, 0.14), plain((0.78, 0.80, 0.82)))
    return Furniture(
        [
            FurniturePart((-0.6, 0, -0.26), (0.6, 0.82, 0.28), wood((0.62, 0.46, 0.32))),
            FurniturePart((-0.64, 0.82, -0.3), (0.64, 0.88, 0.3), plain(WHITE, 0.03)),
            Disc((0, 0.93, -0.02), 0.24, WHITE, 0.06),
            tap,
        ]
    )


def mirror(wide: float, tall: float) -> Furniture:
    """A framed mirror with a slanting light in it."""

    def paint(board: Panel) -> None:
        board.patch(0, 0, board.wide, board.tall, (0.78, 0.64, 0.40), (0.58, 0.44, 0.26))
        board.patch(0.06, 0.06, board.wide - 0.06, board.tall - 0.06, (0.70, 0.80, 0.84), (0.84, 0.87, 0.86))
        for a, b in ((0.2, 0.36), (0.42, 0.47)):
            points = [
                (board.wide * a, 0.06),
                (board.wide * b, 0.06),
                (board.wide * (b + 0.3), board.tall - 0.06),
                (board.wide * (a + 0.3), board.tall - 0.06),
            ]
            board.sheet.patch([board.at(x, y) for x, y in points], (1, 1, 1), alpha=0.35)

    return Furniture([Cutout((0, 0, 0), wide, tall, paint)], soft=True)


def tub() -> Furniture:
    """A tub on feet with a rolled rim and water in it."""

    def side(board: Panel) -> None:
        board.fill(WHITE, scaled(WHITE, 0.82), 0.03)
        board.patch(0, board.tall - 0.07, board.wide, board.tall, (1.0, 1.0, 0.99), scaled(WHITE, 0.9))

    def water(board: Panel) -> None:
        board.fill(WHITE, WHITE, 0.02)
        board.patch(0.1, 0.1, board.wide - 0.1, board.tall - 0.1, (0.62, 0.84, 0.88), (0.72, 0.88, 0.90))
        for x in (0.3, 0.5, 0.62, 1.1, 1.25):
            board.disc(x, board.tall * 0.55, 0.09, (0.98, 0.99, 1.0))

    feet = [
        FurniturePart((x - 0.05, 0, z - 0.05), (x + 0.05, 0.14, z + 0.05), plain((0.80, 0.64, 0.36)))
        for x in (-0.7, 0.7)
        for z in (-0.26, 0.26)
    ]
    return Furniture([*feet, FurniturePart((-0.85, 0.14, -0.38), (0.85, 0.66, 0.38), side, {"top": water})])


def towels(own: Colour) -> Furniture:
    """Towels on a rail."""

    def paint(board: Panel) -> None:
        board.line(0, board.tall - 0.04, board.wide, board.tall - 0.04, (0.78, 0.80, 0.82), 0.03)
        for x, tone in ((0.08, own), (0.6, (0.95, 0.93, 0.88))):
            board.patch(x, 0.1, x + 0.42, board.tall - 0.04, scaled(tone, 1.05), scaled(tone, 0.78), sideways=True)

    return Furniture([Cutout((0, 0, 0), 1.15, 0.9, paint)], soft=True)
