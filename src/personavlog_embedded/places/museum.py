"""A gallery: paintings in gilded frames, a statue, glass cases."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.places.theatre import GOLD
from personavlog_embedded.render import fossil, furniture, goods
from personavlog_embedded.render.canvas import Colour, mix, scaled
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.panel import Painting, Panel, plain
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.solids import Cutout, Disc, Furniture, FurniturePart


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
    if "dinosaur" in setting.motifs:
        room.add(fossil.skeleton(), (0.2, 7.6))
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

    def paint(board: Panel) -> None:
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


def canvas(board: Panel, x0: float, y0: float, x1: float, y1: float) -> None:
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
            board.sheet.ellipse(
                *board.at(x0 + wide / 2, y0 + tall * 0.12), wide * share * board.px, tall * share * board.px, own
            )
        board.disc(x0 + wide * 0.5, y0 + tall * 0.62, min(wide, tall) * 0.16, (0.86, 0.68, 0.54), 1.25)
        board.disc(x0 + wide * 0.5, y0 + tall * 0.71, min(wide, tall) * 0.17, (0.24, 0.15, 0.11), 0.8)
        return
    for number in range(4):
        own = mix(
            (0.50, 0.56, 0.60),
            ((0.26, 0.36, 0.24), (0.14, 0.36, 0.46), (0, 0, 0), (0.56, 0.46, 0.28))[kind],
            number / 3,
        )
        xs = np.linspace(x0, x1, 14)
        ys = (
            y0
            + tall * (0.55 - 0.14 * number)
            + tall * 0.07 * np.sin(xs * rng.uniform(2, 6) + rng.uniform(0, 6))
            + tall * 0.02 * rng.normal(size=14)
        )
        points = [board.at(float(x), float(min(max(y, y0), y1))) for x, y in zip(xs, ys, strict=True)]
        board.sheet.polygon([*points, board.at(x1, y0), board.at(x0, y0)], own)
    if kind == 1:
        board.sheet.polygon(
            [
                board.at(x0 + wide * 0.4, y0 + tall * 0.42),
                board.at(x0 + wide * 0.52, y0 + tall * 0.8),
                board.at(x0 + wide * 0.6, y0 + tall * 0.42),
            ],
            (0.95, 0.92, 0.84),
        )
    for _ in range(26):
        x, y = float(rng.uniform(x0, x1 - wide * 0.1)), float(rng.uniform(y0, y1))
        board.patch(
            x, y, x + wide * 0.09, min(y + tall * 0.02, y1), scaled(sky, float(rng.uniform(0.7, 1.2))), alpha=0.22
        )


def _archway(own: Colour) -> Painting:
    """The end wall with pillars beside its window."""

    def paint(board: Panel) -> None:
        _hung(own)(board)
        middle = board.wide / 2
        board.patch(middle - 1.9, 0, middle + 1.9, 4.2, (0.88, 0.85, 0.78), (0.80, 0.76, 0.70))
        for x in (middle - 1.85, middle + 1.4):
            board.patch(x, 0.2, x + 0.45, 4.05, (0.97, 0.95, 0.90), (0.70, 0.67, 0.62), sideways=True)
            for y in (0.0, 3.95):
                board.patch(x - 0.06, y, x + 0.51, y + 0.22, (0.97, 0.95, 0.9), (0.76, 0.73, 0.67))

    return paint


def _parquet(board: Panel) -> None:
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
                box = (
                    (x + a, y, x + b - 0.006, y + size - 0.006)
                    if upright
                    else (x, y + a, x + size - 0.006, y + b - 0.006)
                )
                left, top, right, foot = board.box(*box)
                board.sheet.rect(left, top, right, foot, tone)
    board.sheet.multiply(1 + 0.12 * board.grain(1))


def _skylight(board: Panel) -> None:
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


def statue() -> Furniture:
    """A marble bust on a plinth."""
    marble: Colour = (0.93, 0.91, 0.87)

    def bust(board: Panel) -> None:
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

    parts: list[FurniturePart | Disc | Cutout] = [
        FurniturePart((-0.32, 0, -0.32), (0.32, 0.12, 0.32), plain((0.78, 0.76, 0.72))),
        FurniturePart((-0.26, 0.12, -0.26), (0.26, 1.1, 0.26), plain((0.86, 0.84, 0.80))),
        FurniturePart((-0.3, 1.1, -0.3), (0.3, 1.16, 0.3), plain((0.80, 0.78, 0.74))),
    ]
    return Furniture([*parts, Cutout((0, 1.14, 0), 0.8, 0.9, bust)])


def glass_case() -> Furniture:
    """A glass case with a vase in it."""

    def vase(board: Panel) -> None:
        own: Colour = ((0.24, 0.42, 0.62), (0.72, 0.40, 0.26), (0.34, 0.52, 0.44))[int(board.rng.integers(3))]
        ys = np.linspace(0.0, 0.5, 22)
        half = 0.05 + 0.11 * np.exp(-(((ys - 0.2) / 0.13) ** 2)) + 0.03 * np.exp(-(((ys - 0.5) / 0.05) ** 2))
        for tone, size, shift in ((0.6, 1.0, 0.0), (0.85, 0.86, -0.01), (1.1, 0.6, -0.03), (1.4, 0.15, -0.06)):
            points = [(0.2 + shift + h * size, y) for y, h in zip(ys, half, strict=True)] + [
                (0.2 + shift - h * size, y) for y, h in zip(ys[::-1], half[::-1], strict=True)
            ]
            board.sheet.polygon([board.at(float(x), float(y)) for x, y in points], scaled(own, tone))
        board.patch(0.07, 0.2, 0.33, 0.23, GOLD, alpha=0.8)

    def glass(board: Panel) -> None:
        board.patch(0, 0, board.wide, board.tall, (0.85, 0.93, 0.95), alpha=0.12)
        board.sheet.patch(
            [board.at(0.1, 0), board.at(0.2, 0), board.at(0.5, board.tall), board.at(0.38, board.tall)],
            (1, 1, 1),
            alpha=0.2,
        )
        for start, end in (
            ((0, 0), (0, board.tall)),
            ((board.wide, 0), (board.wide, board.tall)),
            ((0, board.tall), (board.wide, board.tall)),
        ):
            board.line(start[0], start[1], end[0], end[1], (0.80, 0.88, 0.90), 0.012)

    return Furniture(
        [
            FurniturePart((-0.35, 0, -0.35), (0.35, 0.9, 0.35), plain((0.30, 0.22, 0.18), 0.1, 1)),
            Cutout((0, 0.9, 0), 0.4, 0.55, vase),
            Cutout((0, 0.9, -0.3), 0.66, 0.7, glass),
        ]
    )


def barrier() -> Furniture:
    """Two brass posts with a rope."""

    def paint(board: Panel) -> None:
        for x in (0.1, board.wide - 0.1):
            board.patch(x - 0.025, 0, x + 0.025, 0.9, scaled(GOLD, 1.1), scaled(GOLD, 0.6), sideways=True)
            board.disc(x, 0.92, 0.045, GOLD)
            board.disc(x, 0.03, 0.1, scaled(GOLD, 0.7), 0.35)
        xs = np.linspace(0.1, board.wide - 0.1, 15)
        points = [board.at(float(x), 0.84 - 0.22 * (1 - (2 * (x - 0.1) / (board.wide - 0.2) - 1) ** 2)) for x in xs]
        board.sheet.stroke(points, (0.56, 0.12, 0.14), max(1, 0.035 * board.px))

    return Furniture([Cutout((0, 0, 0), 1.6, 1.0, paint)], soft=True)
