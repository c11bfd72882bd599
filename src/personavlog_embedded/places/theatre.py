"""A theatre: a stage with a curtain, rows of velvet seats, balconies."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import furniture, goods
from personavlog_embedded.render.canvas import Colour, mix, scaled
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.panel import Painting, Panel, clear, cloth, plain, wood
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.solids import Cutout, Disc, Furniture, FurniturePart

VELVET: tuple[Colour, ...] = ((0.72, 0.14, 0.15), (0.62, 0.12, 0.24), (0.66, 0.20, 0.12))
GOLD: Colour = (0.84, 0.66, 0.34)


def theatre(setting: Setting) -> list[Painted]:
    """A theatre: a stage with a curtain, rows of velvet seats, balconies with gilded fronts."""
    return theatre_room(setting).painted("town")


def theatre_room(setting: Setting) -> Interior:
    """The house and its stage: from the aisle, from the side, and from the stage into the seats."""
    room = Interior(setting, 13.0, 6.4, 16.0, (Angle(0.0, 2.2, 0), Angle(5.7, 2.9, -30), Angle(1.2, 13.6, 186)), 0.8)
    velvet = VELVET[setting.seed % 3]
    room.walls("back", paint=_stage_wall(velvet))
    room.walls("left", "right", paint=_balconies(velvet))
    room.walls("front", paint=_balconies(velvet, True))
    room.floor(lambda board: _house_floor(board, velvet))
    room.ceiling(_gilded)
    room.add(
        Furniture(
            [
                FurniturePart(
                    (-6.5, 0, -2.0),
                    (6.5, 0.75, 2.0),
                    wood((0.50, 0.32, 0.20)),
                    {"top": _stage_boards, "front": _stage_front},
                )
            ],
            0,
            14.0,
        )
    )
    for side in (-1, 1):
        room.add(hanging(2.3, 5.4, velvet), (side * 5.2, 12.3, 0, 0.75))
        room.add(_column(5.8), (side * 6.15, 11.9))
    room.add(_swag(13.0, 1.1, velvet), (0.0, 12.2, 0, 5.25))
    for z in (4.4, 5.5, 6.6, 7.7, 8.8, 9.9):
        for side in (-1, 1):
            room.add(seats(6, velvet), (side * 3.0, z))
    for x in (-3.0, -1.0, 1.0, 3.0):
        room.lamp(x, 5.2, 12.6, reach=3.4, power=0.85, colour=(1.0, 0.90, 0.70), always=True, halo=0)
        room.add(footlight(), (x, 12.1, 0, 0.75))
    for z in (3.5, 7.5):
        for side in (-1, 1):
            room.lamp(side * 5.9, 3.4, z, reach=2.4, power=0.7, always=True, halo=0.7)
            room.add(furniture.globe(True, 3.55, 3.4, 0.26), (side * 6.2, z))
    room.lamp(0.0, 5.2, 6.5, reach=3.6, power=0.55, always=True, halo=1.6)
    room.add(chandelier(), (0.0, 6.5, 0, 4.4))
    room.slot("stand", 0.0, 0.75, 13.4)
    room.slot("stand", 0.0, 0.0, 5.0)
    room.slot("seat", -1.6, 0.45, 5.5)
    return room


def _stage_wall(velvet: Colour) -> Painting:
    """A painted backdrop: hills under a moonlit sky, framed by the dark of the stage."""

    def paint(board: Panel) -> None:
        board.fill((0.20, 0.26, 0.48), (0.86, 0.62, 0.52), 0.08)
        for number, own in enumerate(((0.42, 0.42, 0.60), (0.32, 0.36, 0.50), (0.22, 0.30, 0.36))):
            xs = np.linspace(0, board.wide, 24)
            ys = (
                2.9
                - 0.5 * number
                + 0.45 * np.sin(xs * (0.9 + 0.3 * number) + board.rng.uniform(0, 6))
                + 0.15 * np.sin(xs * 3.1)
            )
            board.sheet.polygon(
                [
                    *(board.at(float(x), float(y)) for x, y in zip(xs, ys, strict=True)),
                    board.at(board.wide, 0),
                    board.at(0, 0),
                ],
                own,
            )
        board.disc(board.wide * 0.66, 4.6, 0.55, (1.0, 0.95, 0.80))
        board.patch(0, 5.6, board.wide, board.tall, scaled(velvet, 0.5), scaled(velvet, 0.3))
        for x in (0.0, board.wide - 1.4):
            board.patch(x, 0, x + 1.4, board.tall, (0.08, 0.06, 0.08), (0.06, 0.05, 0.06))

    return paint


def _balconies(velvet: Colour, rear: bool = False) -> Painting:
    """Two tiers of boxes with gilded fronts."""

    def paint(board: Panel) -> None:
        board.fill(scaled(velvet, 0.75), scaled(velvet, 0.6), 0.14, 3)
        goods.panels(board, 1.1, (0.34, 0.20, 0.14), 0.8)
        for low in (2.4, 4.5):
            board.patch(0, low + 0.55, board.wide, low + 1.65, (0.13, 0.08, 0.08), (0.22, 0.12, 0.10))
            for x in np.arange(0.4, board.wide, 1.6):
                for seat in np.arange(x + 0.1, x + 1.1, 0.42):
                    board.disc(seat, low + 0.62, 0.16, scaled(velvet, 0.9), 1.2)
                board.patch(
                    x + 1.2, low - 0.1, x + 1.35, low + 1.75, scaled(GOLD, 1.0), scaled(GOLD, 0.55), sideways=True
                )
            board.patch(0, low, board.wide, low + 0.6, (0.90, 0.84, 0.70), (0.70, 0.60, 0.46))
            for x in np.arange(0.1, board.wide, 0.8):
                board.ridge(x, low + 0.1, x + 0.6, low + 0.46, (0.86, 0.78, 0.62), 0.02)
                board.disc(x + 0.3, low + 0.28, 0.1, GOLD)
            board.patch(0, low + 0.56, board.wide, low + 0.66, scaled(velvet, 1.3), scaled(velvet, 0.8))
            board.patch(0, low - 0.08, board.wide, low, scaled(GOLD, 1.1), scaled(GOLD, 0.6))
            board.shadow(0, low - 0.7, board.wide, low - 0.08, 0.4)
        if rear:
            board.door(board.wide / 2 - 1.0, board.wide / 2, 2.1, (0.42, 0.24, 0.16))
            board.door(board.wide / 2 + 0.02, board.wide / 2 + 1.02, 2.1, (0.42, 0.24, 0.16))

    return paint


def _house_floor(board: Panel, velvet: Colour) -> None:
    board.fill(scaled(velvet, 0.8), scaled(velvet, 0.7), 0.16, 3)
    middle = board.wide / 2
    board.patch(middle - 0.9, 0, middle + 0.9, board.tall, mix(velvet, GOLD, 0.2), mix(velvet, GOLD, 0.25))
    for x in (middle - 0.9, middle + 0.86):
        board.patch(x, 0, x + 0.06, board.tall, GOLD, GOLD)
    for y in np.arange(0.3, board.tall, 0.6):
        board.disc(middle, y, 0.12, scaled(GOLD, 0.8), 0.7)


def _gilded(board: Panel) -> None:
    board.fill((0.86, 0.78, 0.66), (0.82, 0.72, 0.58), 0.08)
    for y in np.arange(0.3, board.tall, 1.6):
        for x in np.arange(0.3, board.wide - 0.5, 1.8):
            board.ridge(x, y, x + 1.5, y + 1.3, (0.80, 0.70, 0.56), 0.03)
            board.disc(x + 0.75, y + 0.65, 0.16, GOLD)


def _stage_boards(board: Panel) -> None:
    board.boards((0.58, 0.40, 0.26), 0.2)


def _stage_front(board: Panel) -> None:
    plain((0.34, 0.21, 0.14), 0.1, 1)(board)
    for x in np.arange(0.1, board.wide - 0.6, 0.75):
        board.ridge(x, 0.12, x + 0.6, 0.58, (0.38, 0.24, 0.16), 0.015)
    board.patch(0, board.tall - 0.07, board.wide, board.tall, scaled(GOLD, 1.1), scaled(GOLD, 0.7))


def hanging(wide: float, tall: float, own: Colour) -> Furniture:
    """A heavy curtain in folds with a gold hem."""

    def paint(board: Panel) -> None:
        board.fill(own, scaled(own, 0.72), 0.08, 3)
        columns = np.arange(board.sheet.width) / board.px
        folds = 0.72 + 0.42 * np.abs(np.sin(columns * 5.2 + 0.4 * np.sin(columns * 2.1))) ** 0.7
        board.sheet.multiply(np.broadcast_to(folds.astype(np.float32), (board.sheet.height, board.sheet.width)).copy())
        board.patch(0, 0.12, board.wide, 0.3, GOLD, scaled(GOLD, 0.6), alpha=0.85)

    return Furniture([FurniturePart((-wide / 2, 0, -0.1), (wide / 2, tall, 0.1), paint)])


def _swag(wide: float, tall: float, own: Colour) -> Furniture:
    """Gathered cloth along the top of the stage."""

    def paint(board: Panel) -> None:
        step = 1.3
        for x in np.arange(0, board.wide, step):
            for share in np.linspace(0, 1, 7):
                xs = np.linspace(x, x + step, 13)
                sag = board.tall * (0.35 + 0.6 * (1 - share)) * (1 - ((xs - x) / step * 2 - 1) ** 2)
                points = [board.at(float(a), board.tall - float(b)) for a, b in zip(xs, sag, strict=True)]
                board.sheet.polygon(
                    [*points, board.at(x + step, board.tall), board.at(x, board.tall)], scaled(own, 0.55 + 0.55 * share)
                )
            for point in np.linspace(x, x + step, 24):
                sag = board.tall * 0.95 * (1 - ((point - x) / step * 2 - 1) ** 2)
                board.disc(point, board.tall - sag, 0.03, GOLD)
        board.patch(0, board.tall - 0.12, board.wide, board.tall, scaled(GOLD, 1.1), scaled(GOLD, 0.6))

    sides = dict.fromkeys(("under", "top", "left", "right"), clear)
    return Furniture([FurniturePart((-wide / 2, 0, -0.02), (wide / 2, tall, 0.02), paint, sides)], soft=True)


def _column(tall: float) -> Furniture:
    """A gilded pillar."""

    def shaft(board: Panel) -> None:
        board.fill((0.90, 0.82, 0.66), (0.80, 0.70, 0.54), 0.06)
        for x in np.arange(0.02, board.wide, 0.1):
            board.patch(x, 0.3, x + 0.045, board.tall - 0.4, scaled(GOLD, 0.62), scaled(GOLD, 0.5), sideways=True)
        for y in (0.0, board.tall - 0.4):
            board.patch(0, y, board.wide, y + 0.3, scaled(GOLD, 1.15), scaled(GOLD, 0.7))

    return Furniture([FurniturePart((-0.3, 0, -0.3), (0.3, tall, 0.3), shaft)])


def seats(count: int, own: Colour, step: float = 0.62) -> Furniture:
    """A row of folding seats that look to the back wall."""

    def rests(board: Panel) -> None:
        board.fill(scaled(own, 0.5), scaled(own, 0.4), 0.05)
        for number in range(count):
            x = number * step + 0.05
            for inset, tone in ((0.0, 0.8), (0.03, 1.0), (0.1, 1.12)):
                right, top = x + step - 0.1 - inset, board.tall - inset
                outline = [
                    (x + inset, inset),
                    (right, inset),
                    (right, top - 0.08),
                    (x + step * 0.5, top),
                    (x + inset, top - 0.08),
                ]
                board.sheet.patch(
                    [board.at(*point) for point in outline], scaled(own, tone * 1.1), scaled(own, tone * 0.85)
                )

    half = count * step / 2
    shell = wood((0.36, 0.22, 0.15))
    parts: list[FurniturePart | Disc | Cutout] = [
        FurniturePart((-half, 0, -0.1), (half, 0.42, 0.3), plain((0.14, 0.09, 0.09))),
        FurniturePart((-half, 0.38, -0.1), (half, 0.5, 0.35), cloth(own)),
    ]
    parts.append(FurniturePart((-half, 0.45, -0.22), (half, 0.98, -0.1), shell, {"back": rests, "front": rests}))
    return Furniture(parts)


def footlight() -> Furniture:
    """A small lamp at the stage's edge."""

    def paint(board: Panel) -> None:
        board.disc(0.12, 0.06, 0.11, (0.20, 0.16, 0.12))
        board.disc(0.12, 0.09, 0.07, (1.0, 0.93, 0.72))

    return Furniture([Cutout((0, 0, 0), 0.24, 0.18, paint, 0.9)], soft=True)


def chandelier() -> Furniture:
    """Rings of burning bulbs."""

    def paint(board: Panel) -> None:
        middle = board.wide / 2
        board.line(middle, 0.8, middle, board.tall, (0.5, 0.38, 0.2), 0.03)
        for y, radius, count in ((0.35, 1.0, 17), (0.75, 0.7, 13), (1.1, 0.4, 9)):
            board.disc(middle, y, radius, scaled(GOLD, 0.8), 0.12)
            for x in np.linspace(-radius, radius, count):
                board.disc(middle + x, y + 0.09, 0.055, (1.0, 0.92, 0.70))
                board.line(middle + x, y, middle + x * 0.9, y - 0.2, (0.93, 0.90, 0.84), 0.02)

    return Furniture([Cutout((0, 0, 0), 2.1, 2.0, paint, 0.85)], soft=True)
