"""Halls for many people: theatre, museum, station."""

from __future__ import annotations

import numpy as np

from personavlog.backbones.embedded.world import furniture, goods
from personavlog.backbones.embedded.world.board import Board, Painting, clear, cloth, plain, wood
from personavlog.backbones.embedded.world.interior import Angle, Interior
from personavlog.backbones.embedded.world.setting import Painted, Setting
from personavlog.backbones.embedded.world.solids import Cutout, Disc, Part, Solid
from personavlog.backbones.embedded.world.surface import Colour, mix, scaled

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
    room.add(Solid([Part((-6.5, 0, -2.0), (6.5, 0.75, 2.0), wood((0.50, 0.32, 0.20)), {"top": _stage_boards, "front": _stage_front})], 0, 14.0))
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

    def paint(board: Board) -> None:
        board.fill((0.20, 0.26, 0.48), (0.86, 0.62, 0.52), 0.08)
        for number, own in enumerate(((0.42, 0.42, 0.60), (0.32, 0.36, 0.50), (0.22, 0.30, 0.36))):
            xs = np.linspace(0, board.wide, 24)
            ys = 2.9 - 0.5 * number + 0.45 * np.sin(xs * (0.9 + 0.3 * number) + board.rng.uniform(0, 6)) + 0.15 * np.sin(xs * 3.1)
            board.sheet.polygon([*(board.at(float(x), float(y)) for x, y in zip(xs, ys, strict=True)), board.at(board.wide, 0), board.at(0, 0)], own)
        board.disc(board.wide * 0.66, 4.6, 0.55, (1.0, 0.95, 0.80))
        board.patch(0, 5.6, board.wide, board.tall, scaled(velvet, 0.5), scaled(velvet, 0.3))
        for x in (0.0, board.wide - 1.4):
            board.patch(x, 0, x + 1.4, board.tall, (0.08, 0.06, 0.08), (0.06, 0.05, 0.06))

    return paint


def _balconies(velvet: Colour, rear: bool = False) -> Painting:
    """Two tiers of boxes with gilded fronts."""

    def paint(board: Board) -> None:
        board.fill(scaled(velvet, 0.75), scaled(velvet, 0.6), 0.14, 3)
        goods.panels(board, 1.1, (0.34, 0.20, 0.14), 0.8)
        for low in (2.4, 4.5):
            board.patch(0, low + 0.55, board.wide, low + 1.65, (0.13, 0.08, 0.08), (0.22, 0.12, 0.10))
            for x in np.arange(0.4, board.wide, 1.6):
                for seat in np.arange(x + 0.1, x + 1.1, 0.42):
                    board.disc(seat, low + 0.62, 0.16, scaled(velvet, 0.9), 1.2)
                board.patch(x + 1.2, low - 0.1, x + 1.35, low + 1.75, scaled(GOLD, 1.0), scaled(GOLD, 0.55), sideways=True)
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


def _house_floor(board: Board, velvet: Colour) -> None:
    board.fill(scaled(velvet, 0.8), scaled(velvet, 0.7), 0.16, 3)
    middle = board.wide / 2
    board.patch(middle - 0.9, 0, middle + 0.9, board.tall, mix(velvet, GOLD, 0.2), mix(velvet, GOLD, 0.25))
    for x in (middle - 0.9, middle + 0.86):
        board.patch(x, 0, x + 0.06, board.tall, GOLD, GOLD)
    for y in np.arange(0.3, board.tall, 0.6):
        board.disc(middle, y, 0.12, scaled(GOLD, 0.8), 0.7)


def _gilded(board: Board) -> None:
    board.fill((0.86, 0.78, 0.66), (0.82, 0.72, 0.58), 0.08)
    for y in np.arange(0.3, board.tall, 1.6):
        for x in np.arange(0.3, board.wide - 0.5, 1.8):
            board.ridge(x, y, x + 1.5, y + 1.3, (0.80, 0.70, 0.56), 0.03)
            board.disc(x + 0.75, y + 0.65, 0.16, GOLD)


def _stage_boards(board: Board) -> None:
    board.boards((0.58, 0.40, 0.26), 0.2)


def _stage_front(board: Board) -> None:
    plain((0.34, 0.21, 0.14), 0.1, 1)(board)
    for x in np.arange(0.1, board.wide - 0.6, 0.75):
        board.ridge(x, 0.12, x + 0.6, 0.58, (0.38, 0.24, 0.16), 0.015)
    board.patch(0, board.tall - 0.07, board.wide, board.tall, scaled(GOLD, 1.1), scaled(GOLD, 0.7))


def hanging(wide: float, tall: float, own: Colour) -> Solid:
    """A heavy curtain in folds with a gold hem."""

    def paint(board: Board) -> None:
        board.fill(own, scaled(own, 0.72), 0.08, 3)
        columns = np.arange(board.sheet.width) / board.px
        folds = 0.72 + 0.42 * np.abs(np.sin(columns * 5.2 + 0.4 * np.sin(columns * 2.1))) ** 0.7
        board.sheet.multiply(np.broadcast_to(folds.astype(np.float32), (board.sheet.height, board.sheet.width)).copy())
        board.patch(0, 0.12, board.wide, 0.3, GOLD, scaled(GOLD, 0.6), alpha=0.85)

    return Solid([Part((-wide / 2, 0, -0.1), (wide / 2, tall, 0.1), paint)])


def _swag(wide: float, tall: float, own: Colour) -> Solid:
    """Gathered cloth along the top of the stage."""

    def paint(board: Board) -> None:
        step = 1.3
        for x in np.arange(0, board.wide, step):
            for share in np.linspace(0, 1, 7):
                xs = np.linspace(x, x + step, 13)
                sag = board.tall * (0.35 + 0.6 * (1 - share)) * (1 - ((xs - x) / step * 2 - 1) ** 2)
                points = [board.at(float(a), board.tall - float(b)) for a, b in zip(xs, sag, strict=True)]
                board.sheet.polygon([*points, board.at(x + step, board.tall), board.at(x, board.tall)], scaled(own, 0.55 + 0.55 * share))
            for point in np.linspace(x, x + step, 24):
                sag = board.tall * 0.95 * (1 - ((point - x) / step * 2 - 1) ** 2)
                board.disc(point, board.tall - sag, 0.03, GOLD)
        board.patch(0, board.tall - 0.12, board.wide, board.tall, scaled(GOLD, 1.1), scaled(GOLD, 0.6))

    sides = dict.fromkeys(("under", "top", "left", "right"), clear)
    return Solid([Part((-wide / 2, 0, -0.02), (wide / 2, tall, 0.02), paint, sides)], soft=True)


def _column(tall: float) -> Solid:
    """A gilded pillar."""

    def shaft(board: Board) -> None:
        board.fill((0.90, 0.82, 0.66), (0.80, 0.70, 0.54), 0.06)
        for x in np.arange(0.02, board.wide, 0.1):
            board.patch(x, 0.3, x + 0.045, board.tall - 0.4, scaled(GOLD, 0.62), scaled(GOLD, 0.5), sideways=True)
        for y in (0.0, board.tall - 0.4):
            board.patch(0, y, board.wide, y + 0.3, scaled(GOLD, 1.15), scaled(GOLD, 0.7))

    return Solid([Part((-0.3, 0, -0.3), (0.3, tall, 0.3), shaft)])


def seats(count: int, own: Colour, step: float = 0.62) -> Solid:
    """A row of folding seats that look to the back wall."""

    def rests(board: Board) -> None:
        board.fill(scaled(own, 0.5), scaled(own, 0.4), 0.05)
        for number in range(count):
            x = number * step + 0.05
            for inset, tone in ((0.0, 0.8), (0.03, 1.0), (0.1, 1.12)):
                right, top = x + step - 0.1 - inset, board.tall - inset
                outline = [(x + inset, inset), (right, inset), (right, top - 0.08), (x + step * 0.5, top), (x + inset, top - 0.08)]
                board.sheet.patch([board.at(*point) for point in outline], scaled(own, tone * 1.1), scaled(own, tone * 0.85))

    half = count * step / 2
    shell = wood((0.36, 0.22, 0.15))
    parts: list[Part | Disc | Cutout] = [
        Part((-half, 0, -0.1), (half, 0.42, 0.3), plain((0.14, 0.09, 0.09))),
        Part((-half, 0.38, -0.1), (half, 0.5, 0.35), cloth(own)),
    ]
    parts.append(Part((-half, 0.45, -0.22), (half, 0.98, -0.1), shell, {"back": rests, "front": rests}))
    return Solid(parts)


def footlight() -> Solid:
    """A small lamp at the stage's edge."""

    def paint(board: Board) -> None:
        board.disc(0.12, 0.06, 0.11, (0.20, 0.16, 0.12))
        board.disc(0.12, 0.09, 0.07, (1.0, 0.93, 0.72))

    return Solid([Cutout((0, 0, 0), 0.24, 0.18, paint, 0.9)], soft=True)


def chandelier() -> Solid:
    """Rings of burning bulbs."""

    def paint(board: Board) -> None:
        middle = board.wide / 2
        board.line(middle, 0.8, middle, board.tall, (0.5, 0.38, 0.2), 0.03)
        for y, radius, count in ((0.35, 1.0, 17), (0.75, 0.7, 13), (1.1, 0.4, 9)):
            board.disc(middle, y, radius, scaled(GOLD, 0.8), 0.12)
            for x in np.linspace(-radius, radius, count):
                board.disc(middle + x, y + 0.09, 0.055, (1.0, 0.92, 0.70))
                board.line(middle + x, y, middle + x * 0.9, y - 0.2, (0.93, 0.90, 0.84), 0.02)

    return Solid([Cutout((0, 0, 0), 2.1, 2.0, paint, 0.85)], soft=True)


def museum(setting: Setting) -> list[Painted]:
    """A gallery: paintings in gilded frames, a statue, glass cases, benches under a skylight."""
    return museum_room(setting).painted("garden")


def museum_room(setting: Setting) -> Interior:
    """The gallery."""
    room = Interior(setting, 9.0, 4.6, 12.0, (Angle(0.9, 0.8, -7), Angle(3.3, 1.6, -38), Angle(-1.2, 10.9, 160)), 1.0)
    wall: Colour = ((0.42, 0.50, 0.50), (0.60, 0.30, 0.28), (0.84, 0.80, 0.72))[setting.seed % 3]
    room.walls("left", "right", paint=_hung(wall))
    room.walls("front", paint=_hung(wall))
    room.walls("back", paint=_archway(wall))
    room.floor(_parquet)
    room.ceiling(_skylight)
    room.window("back", 3.3, 0.5, 5.7, 3.9, (3, 4), (0.92, 0.90, 0.84))
    room.add(furniture.bench(2.2, (0.40, 0.27, 0.19)), (0.6, 5.4, 90), (0.6, 9.0, 90))
    room.add(statue(), (-2.6, 8.6), (2.9, 10.6))
    room.add(glass_case(), (2.4, 6.6), (-2.4, 5.2), (2.7, 3.4))
    for z in (3.4, 5.8, 8.2):
        room.add(barrier(), (-3.6, z, 90))
    for z in (2.0, 4.5, 7.0, 9.5):
        for side in (-1, 1):
            room.lamp(side * 3.2, 4.2, z, reach=2.2, power=0.55, colour=(1.0, 0.88, 0.68), always=True, halo=0)
    room.add(goods.pot(1.5), (-3.9, 11.4), (3.9, 0.7))
    room.slot("stand", -0.9, 0.0, 4.4)
    room.slot("seat", 0.6, 0.47, 5.4)
    return room


def _hung(own: Colour) -> Painting:
    """A wall of paintings."""

    def paint(board: Board) -> None:
        board.fill(scaled(own, 1.05), scaled(own, 0.93), 0.10, 3)
        goods.panels(board, 0.85, scaled((0.88, 0.85, 0.78), 1.0 if sum(own) < 2 else 0.9), 0.9)
        board.patch(0, board.tall - 0.35, board.wide, board.tall, (0.93, 0.90, 0.84), (0.80, 0.76, 0.68))
        x = 0.7
        while x < board.wide - 1.6:
            wide, tall = float(board.rng.uniform(0.9, 1.9)), float(board.rng.uniform(0.9, 1.7))
            wide = min(wide, board.wide - 0.5 - x)
            canvas(board, x, 2.25 - tall / 2, x + wide, 2.25 + tall / 2)
            x += wide + float(board.rng.uniform(0.5, 0.9))

    return paint


def canvas(board: Board, x0: float, y0: float, x1: float, y1: float) -> None:
    """An old painting in a gilded frame, with its lamp's light on it."""
    board.patch(x0 - 0.06, y0 - 0.2, x1 + 0.16, y1, (0, 0, 0), alpha=0.2)
    for edge, tone in ((0.12, 0.75), (0.09, 1.15), (0.05, 0.85), (0.02, 1.2)):
        board.patch(x0 - edge, y0 - edge, x1 + edge, y1 + edge, scaled(GOLD, tone), scaled(GOLD, tone * 0.75))
    rng, kind = board.rng, int(board.rng.integers(4))
    wide, tall = x1 - x0, y1 - y0
    sky: Colour = ((0.92, 0.80, 0.58), (0.56, 0.70, 0.80), (0.36, 0.34, 0.44), (0.84, 0.88, 0.84))[kind]
    board.patch(x0, y0, x1, y1, scaled(sky, 1.05), mix(sky, (0.96, 0.86, 0.66), 0.5))
    if kind == 2:
        for share, own in ((0.42, (0.20, 0.14, 0.14)), (0.3, (0.34, 0.20, 0.18))):
            board.sheet.ellipse(*board.at(x0 + wide / 2, y0 + tall * 0.12), wide * share * board.px, tall * share * board.px, own)
        board.disc(x0 + wide * 0.5, y0 + tall * 0.62, min(wide, tall) * 0.16, (0.86, 0.68, 0.54), 1.25)
        board.disc(x0 + wide * 0.5, y0 + tall * 0.71, min(wide, tall) * 0.17, (0.24, 0.15, 0.11), 0.8)
        return
    for number in range(4):
        own = mix((0.50, 0.56, 0.60), ((0.26, 0.36, 0.24), (0.14, 0.36, 0.46), (0, 0, 0), (0.56, 0.46, 0.28))[kind], number / 3)
        xs = np.linspace(x0, x1, 14)
        ys = y0 + tall * (0.55 - 0.14 * number) + tall * 0.07 * np.sin(xs * rng.uniform(2, 6) + rng.uniform(0, 6)) + tall * 0.02 * rng.normal(size=14)
        points = [board.at(float(x), float(min(max(y, y0), y1))) for x, y in zip(xs, ys, strict=True)]
        board.sheet.polygon([*points, board.at(x1, y0), board.at(x0, y0)], own)
    if kind == 1:
        board.sheet.polygon(
            [board.at(x0 + wide * 0.4, y0 + tall * 0.42), board.at(x0 + wide * 0.52, y0 + tall * 0.8), board.at(x0 + wide * 0.6, y0 + tall * 0.42)],
            (0.95, 0.92, 0.84),
        )
    for _ in range(26):
        x, y = float(rng.uniform(x0, x1 - wide * 0.1)), float(rng.uniform(y0, y1))
        board.patch(x, y, x + wide * 0.09, min(y + tall * 0.02, y1), scaled(sky, float(rng.uniform(0.7, 1.2))), alpha=0.22)


def _archway(own: Colour) -> Painting:
    """The end wall with pillars beside its window."""

    def paint(board: Board) -> None:
        _hung(own)(board)
        middle = board.wide / 2
        board.patch(middle - 1.9, 0, middle + 1.9, 4.2, (0.88, 0.85, 0.78), (0.80, 0.76, 0.70))
        for x in (middle - 1.85, middle + 1.4):
            board.patch(x, 0.2, x + 0.45, 4.05, (0.97, 0.95, 0.90), (0.70, 0.67, 0.62), sideways=True)
            for y in (0.0, 3.95):
                board.patch(x - 0.06, y, x + 0.51, y + 0.22, (0.97, 0.95, 0.9), (0.76, 0.73, 0.67))

    return paint


def _parquet(board: Board) -> None:
    """Herring-bone parquet: short boards that meet at right angles."""
    own: Colour = (0.62, 0.44, 0.28)
    board.fill(own, own, 0.12, 1)
    size = 0.42
    for row in range(int(board.tall / size) + 1):
        for column in range(int(board.wide / size) + 1):
            x, y = column * size, row * size
            upright = (row + column) % 2 == 0
            for part in range(3):
                tone = scaled(own, float(board.rng.uniform(0.84, 1.14)))
                a, b = part / 3 * size, (part + 1) / 3 * size
                box = (x + a, y, x + b - 0.006, y + size - 0.006) if upright else (x, y + a, x + size - 0.006, y + b - 0.006)
                left, top, right, foot = board.box(*box)
                board.sheet.rect(left, top, right, foot, tone)
    board.sheet.multiply(1 + 0.12 * board.grain(1))


def _skylight(board: Board) -> None:
    """A long glazed field in a white ceiling."""
    board.fill((0.93, 0.91, 0.86), (0.90, 0.88, 0.83), 0.05)
    x0, x1 = board.wide * 0.3, board.wide * 0.7
    board.patch(x0 - 0.2, 0.8, x1 + 0.2, board.tall - 0.8, (0.84, 0.82, 0.76), (0.80, 0.78, 0.72))
    burning = board.light.night
    pale: Colour = (0.40, 0.46, 0.62) if burning else (1.0, 1.0, 1.0)
    board.patch(x0, 1.0, x1, board.tall - 1.0, pale, scaled(pale, 0.96))
    for y in np.arange(1.0, board.tall - 0.9, 1.0):
        board.line(x0, y, x1, y, (0.72, 0.72, 0.70), 0.05)
    for x in np.linspace(x0, x1, 5):
        board.line(x, 1.0, x, board.tall - 1.0, (0.72, 0.72, 0.70), 0.05)


def statue() -> Solid:
    """A marble bust on a plinth."""
    marble: Colour = (0.93, 0.91, 0.87)

    def bust(board: Board) -> None:
        def blob(x: float, y: float, wide: float, tall: float, tone: float) -> None:
            board.sheet.ellipse(*board.at(x, y), wide * board.px, tall * board.px, scaled(marble, tone))

        for shift, tone in ((0.0, 0.66), (-0.025, 0.84), (-0.05, 0.98)):
            blob(0.4 + shift, 0.16, 0.33 + shift, 0.22 + shift, tone)
            blob(0.4 + shift * 0.6, 0.42, 0.09 + shift * 0.4, 0.16, tone * 0.95)
            blob(0.4 + shift * 0.8, 0.64, 0.15 + shift * 0.5, 0.2 + shift * 0.5, tone)
        for x, y in ((0.3, 0.78), (0.36, 0.82), (0.44, 0.83), (0.5, 0.77), (0.53, 0.68)):
            blob(x, y, 0.06, 0.05, 0.8)
            blob(x - 0.012, y + 0.012, 0.042, 0.035, 0.98)
        for x in (0.33, 0.44):
            blob(x, 0.65, 0.025, 0.014, 0.62)
        board.line(0.385, 0.66, 0.37, 0.58, scaled(marble, 0.7), 0.012)
        board.line(0.36, 0.53, 0.42, 0.53, scaled(marble, 0.62), 0.012)

    parts: list[Part | Disc | Cutout] = [
        Part((-0.32, 0, -0.32), (0.32, 0.12, 0.32), plain((0.78, 0.76, 0.72))),
        Part((-0.26, 0.12, -0.26), (0.26, 1.1, 0.26), plain((0.86, 0.84, 0.80))),
        Part((-0.3, 1.1, -0.3), (0.3, 1.16, 0.3), plain((0.80, 0.78, 0.74))),
    ]
    return Solid([*parts, Cutout((0, 1.14, 0), 0.8, 0.9, bust)])


def glass_case() -> Solid:
    """A glass case with a vase in it."""

    def vase(board: Board) -> None:
        own: Colour = ((0.24, 0.42, 0.62), (0.72, 0.40, 0.26), (0.34, 0.52, 0.44))[int(board.rng.integers(3))]
        ys = np.linspace(0.0, 0.5, 22)
        half = 0.05 + 0.11 * np.exp(-(((ys - 0.2) / 0.13) ** 2)) + 0.03 * np.exp(-(((ys - 0.5) / 0.05) ** 2))
        for tone, size, shift in ((0.6, 1.0, 0.0), (0.85, 0.86, -0.01), (1.1, 0.6, -0.03), (1.4, 0.15, -0.06)):
            points = [(0.2 + shift + h * size, y) for y, h in zip(ys, half, strict=True)] + [
                (0.2 + shift - h * size, y) for y, h in zip(ys[::-1], half[::-1], strict=True)
            ]
            board.sheet.polygon([board.at(float(x), float(y)) for x, y in points], scaled(own, tone))
        board.patch(0.07, 0.2, 0.33, 0.23, GOLD, alpha=0.8)

    def glass(board: Board) -> None:
        board.patch(0, 0, board.wide, board.tall, (0.85, 0.93, 0.95), alpha=0.12)
        board.sheet.patch([board.at(0.1, 0), board.at(0.2, 0), board.at(0.5, board.tall), board.at(0.38, board.tall)], (1, 1, 1), alpha=0.2)
        for start, end in (((0, 0), (0, board.tall)), ((board.wide, 0), (board.wide, board.tall)), ((0, board.tall), (board.wide, board.tall))):
            board.line(start[0], start[1], end[0], end[1], (0.80, 0.88, 0.90), 0.012)

    return Solid(
        [
            Part((-0.35, 0, -0.35), (0.35, 0.9, 0.35), plain((0.30, 0.22, 0.18), 0.1, 1)),
            Cutout((0, 0.9, 0), 0.4, 0.55, vase),
            Cutout((0, 0.9, -0.3), 0.66, 0.7, glass),
        ]
    )


def barrier() -> Solid:
    """Two brass posts with a rope."""

    def paint(board: Board) -> None:
        for x in (0.1, board.wide - 0.1):
            board.patch(x - 0.025, 0, x + 0.025, 0.9, scaled(GOLD, 1.1), scaled(GOLD, 0.6), sideways=True)
            board.disc(x, 0.92, 0.045, GOLD)
            board.disc(x, 0.03, 0.1, scaled(GOLD, 0.7), 0.35)
        xs = np.linspace(0.1, board.wide - 0.1, 15)
        points = [board.at(float(x), 0.84 - 0.22 * (1 - (2 * (x - 0.1) / (board.wide - 0.2) - 1) ** 2)) for x in xs]
        board.sheet.stroke(points, (0.56, 0.12, 0.14), max(1, 0.035 * board.px))

    return Solid([Cutout((0, 0, 0), 1.6, 1.0, paint)], soft=True)


def station(setting: Setting) -> list[Painted]:
    """A concourse: a glass end wall, a departure board, a clock, ticket desks, benches and luggage."""
    return station_room(setting).painted("high")


def station_room(setting: Setting) -> Interior:
    """The concourse."""
    room = Interior(setting, 15.0, 6.6, 19.0, (Angle(1.2, 1.2, -6), Angle(5.4, 2.0, -36), Angle(-4.6, 17.4, 150)), 0.96)
    own: Colour = ((0.86, 0.82, 0.74), (0.78, 0.82, 0.84), (0.88, 0.80, 0.70))[setting.seed % 3]
    accent: Colour = ((0.14, 0.34, 0.44), (0.60, 0.22, 0.18), (0.20, 0.38, 0.28))[setting.seed % 3]
    room.walls("back", "front", paint=_hall_wall(own, accent))
    room.walls("left", paint=_shops(own, accent))
    room.walls("right", paint=_desks(own, accent))
    room.floor(_concourse)
    room.ceiling(_girders)
    room.window("back", 1.0, 1.0, 14.0, 5.9, (7, 3), (0.26, 0.30, 0.33))
    room.window("front", 2.0, 3.2, 13.0, 5.9, (6, 2), (0.26, 0.30, 0.33))
    room.add(departures(accent), (0.6, 12.0, 0, 3.3))
    room.add(clock(), (-3.6, 11.0, 0, 3.4))
    for z in (6.0, 10.5, 15.0):
        for side in (-1, 1):
            room.add(pillar(room.tall, own), (side * 5.6, z))
    for x, z in ((-2.7, 7.4), (3.1, 8.2), (-2.4, 13.2), (2.9, 14.0)):
        room.add(furniture.bench(2.0, (0.52, 0.36, 0.24), back=True), (x, z), (x, z + 0.7, 180))
        room.slot("seat", x, 0.47, z)
    for x, z, yaw, tone in (
        (-1.3, 7.3, 20, (0.80, 0.34, 0.26)),
        (-0.9, 7.6, -15, (0.24, 0.42, 0.50)),
        (4.5, 7.9, 40, (0.86, 0.68, 0.30)),
        (1.3, 13.6, 10, (0.36, 0.32, 0.44)),
    ):
        room.add(suitcase(tone), (x, z, yaw))
    room.add(ticket_machine(accent), (6.9, 4.4, -90), (6.9, 5.6, -90))
    room.add(goods.pot(1.8), (-5.6, 7.0), (5.6, 11.6), (-6.9, 18.2), (6.9, 18.2), (-5.6, 16.0))
    for z in (3.0, 8.0, 13.0):
        for x in (-3.6, 3.6):
            room.lamp(x, 5.0, z, reach=3.6, power=0.7, colour=(1.0, 0.92, 0.76))
            room.add(furniture.globe(room.glow.lit, room.tall, 5.0, 0.6), (x, z))
    room.slot("stand", 0.6, 0.0, 5.0)
    room.slot("stand", -0.6, 0.0, 8.4)
    return room


def _hall_wall(own: Colour, accent: Colour) -> Painting:
    def paint(board: Board) -> None:
        board.fill(own, scaled(own, 0.93), 0.10)
        for y in np.arange(0.0, board.tall, 0.7):
            board.line(0, y, board.wide, y, scaled(own, 0.82), 0.012)
        board.patch(0, 0, board.wide, 0.5, scaled(accent, 0.9), scaled(accent, 0.7))
        for x in (board.wide * 0.25, board.wide * 0.6):
            board.door(x, x + 1.2, 2.4, scaled(accent, 1.2), glass=True)

    return paint


def _shops(own: Colour, accent: Colour) -> Painting:
    """Small shops under lit signs."""

    def paint(board: Board) -> None:
        _hall_wall(own, accent)(board)
        for number, x in enumerate(np.arange(1.0, board.wide - 3.6, 4.2)):
            tone: Colour = ((0.90, 0.62, 0.28), (0.40, 0.58, 0.50), (0.76, 0.36, 0.30), (0.36, 0.46, 0.62))[number % 4]
            board.patch(x, 0, x + 3.6, 3.3, scaled(accent, 0.6), scaled(accent, 0.5))
            board.patch(x + 0.15, 0.35, x + 3.45, 2.5, (1.0, 0.92, 0.74), (0.93, 0.80, 0.58))
            for y in (0.75, 1.25, 1.75):
                goods.shelf_of_jars(board, x + 0.3, x + 2.3, y, 0.34)
            board.patch(x + 2.5, 0.0, x + 3.4, 2.4, (0.80, 0.72, 0.58), (0.60, 0.50, 0.4))
            board.patch(x, 2.55, x + 3.6, 3.2, tone, scaled(tone, 0.85))
            goods.chalk(board, x + 0.4, 2.65, x + 3.3, 3.1, 0.42, (1.0, 0.97, 0.9))

    return paint


def _desks(own: Colour, accent: Colour) -> Painting:
    """Ticket windows, maps and posters."""

    def paint(board: Board) -> None:
        _hall_wall(own, accent)(board)
        for x in np.arange(1.2, 8.0, 2.2):
            board.patch(x, 1.0, x + 1.7, 2.7, scaled(accent, 0.8), scaled(accent, 0.7))
            board.patch(x + 0.12, 1.15, x + 1.58, 2.4, (0.98, 0.90, 0.70), (0.86, 0.76, 0.56))
            board.disc(x + 0.85, 1.55, 0.2, (0.40, 0.32, 0.28), 1.1)
            board.patch(x + 0.5, 1.15, x + 1.2, 1.4, (0.40, 0.46, 0.56))
            board.patch(x - 0.1, 0.95, x + 1.8, 1.08, scaled(GOLD, 0.9), scaled(GOLD, 0.6))
        for x in (9.6, 11.6, 16.2):
            tone: Colour = ((0.92, 0.66, 0.36), (0.42, 0.62, 0.70), (0.74, 0.42, 0.40))[int(board.rng.integers(3))]
            board.patch(x - 0.06, 1.1, x + 1.36, 3.06, (0.24, 0.24, 0.26))
            canvas(board, x, 1.16, x + 1.3, 3.0) if board.rng.random() < 0.5 else board.patch(x, 1.16, x + 1.3, 3.0, tone, scaled(tone, 0.7))
            goods.chalk(board, x + 0.1, 1.25, x + 1.2, 1.7, 0.2, (1.0, 0.98, 0.9))

    return paint


def _concourse(board: Board) -> None:
    """Polished stone with inlaid bands."""
    board.tiles((0.84, 0.80, 0.73), (0.80, 0.75, 0.67), 1.0, (0.68, 0.62, 0.54))
    for x in (board.wide * 0.2, board.wide * 0.5, board.wide * 0.8):
        board.patch(x - 0.3, 0, x + 0.3, board.tall, (0.42, 0.34, 0.30), (0.42, 0.34, 0.30), alpha=0.75)
    for y in np.arange(2.0, board.tall, 4.0):
        board.patch(0, y - 0.25, board.wide, y + 0.25, (0.50, 0.40, 0.34), (0.50, 0.40, 0.34), alpha=0.6)


def _girders(board: Board) -> None:
    """A dark ribbed roof with glass between the ribs."""
    night = board.light.night
    glass: Colour = (0.30, 0.36, 0.52) if night else (0.90, 0.95, 0.98)
    board.fill(glass, scaled(glass, 0.95), 0.06)
    for y in np.arange(0, board.tall, 2.0):
        board.patch(0, y, board.wide, y + 0.45, (0.34, 0.36, 0.38), (0.26, 0.28, 0.30))
    for x in np.arange(0, board.wide + 0.1, 1.5):
        board.line(x, 0, x, board.tall, (0.34, 0.36, 0.38), 0.09)


def pillar(tall: float, own: Colour) -> Solid:
    """A round-shaded pillar on a base."""

    def shaft(board: Board) -> None:
        board.fill(own, scaled(own, 0.9), 0.06)
        board.patch(0, 0, board.wide, board.tall, scaled(own, 1.12), scaled(own, 0.6), sideways=True)

    return Solid(
        [
            Part((-0.42, 0, -0.42), (0.42, 0.35, 0.42), plain(scaled(own, 0.7))),
            Part((-0.3, 0.35, -0.3), (0.3, tall - 0.3, 0.3), shaft),
            Part((-0.45, tall - 0.3, -0.45), (0.45, tall, 0.45), plain(scaled(own, 0.8))),
        ]
    )


def departures(accent: Colour) -> Solid:
    """A departure board that hangs from the roof."""

    def paint(board: Board) -> None:
        board.fill((0.10, 0.11, 0.13), (0.07, 0.08, 0.10), 0.02)
        board.patch(0, board.tall - 0.22, board.wide, board.tall, scaled(accent, 1.4), accent)
        for y in np.arange(0.1, board.tall - 0.3, 0.17):
            for x, wide in ((0.12, 0.3), (0.55, 1.2), (2.3, 0.25), (2.8, 0.6)):
                reach = wide * float(board.rng.uniform(0.6, 1.0))
                for dash in np.arange(x, x + reach, 0.08):
                    board.patch(dash, y, dash + 0.055, y + 0.085, (1.0, 0.78, 0.30) if x > 2 else (0.93, 0.92, 0.84))

    body = Part((-1.8, 0, -0.12), (1.8, 1.5, 0.12), plain((0.2, 0.21, 0.23)), {"front": paint, "back": paint}, 0.55)
    return Solid([body, *(Part((x - 0.03, 1.5, -0.03), (x + 0.03, 3.3, 0.03), plain((0.25, 0.26, 0.28))) for x in (-1.4, 1.4))], soft=True)


def clock() -> Solid:
    """A station clock that hangs from the roof."""

    def paint(board: Board) -> None:
        middle = board.wide / 2
        board.line(middle, 1.1, middle, board.tall, (0.25, 0.26, 0.28), 0.06)
        board.disc(middle, 0.6, 0.58, (0.24, 0.26, 0.28))
        board.disc(middle, 0.6, 0.5, (0.98, 0.96, 0.90))
        for hour in range(12):
            turn = hour * np.pi / 6
            board.line(middle + 0.4 * np.sin(turn), 0.6 + 0.4 * np.cos(turn), middle + 0.46 * np.sin(turn), 0.6 + 0.46 * np.cos(turn), (0.15, 0.15, 0.16), 0.03)
        board.line(middle, 0.6, middle - 0.22, 0.78, (0.12, 0.12, 0.13), 0.05)
        board.line(middle, 0.6, middle + 0.08, 0.98, (0.12, 0.12, 0.13), 0.035)

    return Solid([Cutout((0, 0, 0), 1.2, 3.2, paint, 0.35)], soft=True)


def suitcase(own: Colour) -> Solid:
    """A suitcase on wheels."""

    def front(board: Board) -> None:
        plain(own, 0.08)(board)
        for x in np.arange(0.06, board.wide - 0.02, 0.09):
            board.line(x, 0.04, x, board.tall - 0.04, scaled(own, 0.72), 0.014)
        board.line(0.0, 0.02, board.wide, 0.02, scaled(own, 0.5), 0.02)

    parts: list[Part | Disc | Cutout] = [Part((x, 0, -0.08), (x + 0.05, 0.06, 0.08), plain((0.1, 0.1, 0.1))) for x in (-0.2, 0.15)]
    parts += [
        Part((-0.22, 0.06, -0.13), (0.22, 0.68, 0.13), front),
        Part((-0.12, 0.68, -0.02), (-0.1, 0.95, 0.0), plain((0.4, 0.4, 0.42))),
        Part((0.1, 0.68, -0.02), (0.12, 0.95, 0.0), plain((0.4, 0.4, 0.42))),
    ]
    return Solid([*parts, Part((-0.13, 0.95, -0.03), (0.13, 0.98, 0.01), plain((0.15, 0.15, 0.16)))])


def ticket_machine(accent: Colour) -> Solid:
    """A machine that sells tickets."""

    def front(board: Board) -> None:
        plain(accent, 0.05)(board)
        board.patch(0.1, 1.0, board.wide - 0.1, 1.55, (0.70, 0.90, 0.98), (0.40, 0.66, 0.86))
        for y in (1.1, 1.25, 1.4):
            board.patch(0.16, y, board.wide - 0.2, y + 0.07, (0.95, 0.97, 1.0))
        board.patch(0.12, 0.7, 0.36, 0.9, (0.12, 0.12, 0.13))
        board.patch(0.42, 0.7, board.wide - 0.1, 0.9, (0.86, 0.70, 0.30), (0.7, 0.55, 0.2))
        board.patch(0, 1.7, board.wide, 1.9, scaled(accent, 1.5))

    return Solid([Part((-0.36, 0, -0.3), (0.36, 1.9, 0.3), plain(scaled(accent, 0.8)), {"front": front}, 0.1)])
