"""A workshop: benches, tools on the wall, machines, a roller door."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import craft_gear, furniture, goods
from personavlog_embedded.render.canvas import Colour, scaled
from personavlog_embedded.render.goods import OAK, STEEL
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.panel import Painting, Panel, plain, wood
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.solids import Cutout, Disc, Furniture, FurniturePart, legs, stool, table


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
    if not setting.motifs & {"clocks", "pottery"}:
        room.add(bicycle(), (-1.0, 8.9))
    for x, z in ((-2.6, 4.6), (1.6, 5.6), (0.6, 8.2), (-0.4, 3.0)):
        room.add(goods.pendant(room.lamp(x, 2.2, z, power=0.85), room.tall, 2.25, (0.20, 0.36, 0.30), 0.5), (x, z))
    craft_gear.add(room, setting.motifs)
    room.slot("stand", 0.0, 0.0, 3.6)
    room.slot("top", 1.6, 0.85, 5.6)
    room.slot("top", -3.5, 0.92, 4.6)
    return room


def _bricks(own: Colour) -> Painting:
    """Rough brick, partly plastered over."""

    def paint(board: Panel) -> None:
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

    def paint(board: Panel) -> None:
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


def _tool(board: Panel, x: float, y: float, kind: int) -> None:
    """A hammer, a saw, a spanner, a screwdriver or a square, hanging."""
    haft, steel = (0.70, 0.40, 0.22), (0.62, 0.64, 0.66)
    board.line(x + 0.03, y - 0.01, x + 0.03, y + 0.4, (0.3, 0.24, 0.18), 0.012)
    if kind == 0:
        board.line(x + 0.02, y, x + 0.02, y + 0.42, haft, 0.04)
        board.patch(x - 0.06, y + 0.38, x + 0.12, y + 0.48, scaled(steel, 0.9), scaled(steel, 0.5))
    elif kind == 1:
        board.sheet.polygon(
            [
                board.at(x, y + 0.45),
                board.at(x + 0.16, y + 0.45),
                board.at(x + 0.06, y - 0.05),
                board.at(x + 0.01, y - 0.05),
            ],
            steel,
        )
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

    def paint(board: Panel) -> None:
        _bricks(own)(board)
        tone: Colour = (0.32, 0.44, 0.42)
        board.patch(1.5, 0, 5.7, 2.9, scaled(tone, 0.6), scaled(tone, 0.5))
        for x in np.arange(1.56, 5.6, 0.3):
            board.ridge(x, 0.02, x + 0.28, 2.84, scaled(tone, float(board.rng.uniform(0.92, 1.08))), 0.01)
        for y in (0.5, 2.2):
            board.patch(1.56, y, 5.64, y + 0.16, scaled(tone, 0.8), scaled(tone, 0.6))
        board.line(3.6, 0, 3.6, 2.85, (0.12, 0.15, 0.15), 0.03)

    return paint


def _stained(board: Panel) -> None:
    """Worn concrete with stains and shavings."""
    board.fill((0.58, 0.55, 0.51), (0.54, 0.51, 0.48), 0.16)
    for x in np.arange(0, board.wide, 2.05):
        board.line(x, 0, x, board.tall, (0.40, 0.38, 0.36), 0.014)
    for y in np.arange(0, board.tall, 2.35):
        board.line(0, y, board.wide, y, (0.40, 0.38, 0.36), 0.014)
    for _ in range(16):
        x, y, size = (
            float(board.rng.uniform(0, board.wide)),
            float(board.rng.uniform(0, board.tall)),
            float(board.rng.uniform(0.08, 0.4)),
        )
        left, top = board.at(x, y)
        board.sheet.glow(left, top, size * board.px + 2, (0.26, 0.23, 0.21), 0.35)
    for _ in range(140):
        x, y = float(board.rng.uniform(0, board.wide)), float(board.rng.uniform(board.tall * 0.15, board.tall))
        board.line(x, y, x + 0.03, y + 0.02, (0.80, 0.66, 0.46), 0.014)


def _beams(board: Panel) -> None:
    board.boards((0.50, 0.38, 0.28), 0.28, gap=0.7)
    for y in np.arange(0.6, board.tall, 1.6):
        board.patch(0, y, board.wide, y + 0.24, (0.36, 0.26, 0.19), (0.27, 0.19, 0.14))
        board.patch(0, y - 0.12, board.wide, y, (0, 0, 0), alpha=0.25)


def workbench(wide: float) -> Furniture:
    """A heavy bench with drawers and a shelf."""
    parts: list[FurniturePart | Disc | Cutout] = [*legs(wide, 0.85, 0.7, wood((0.46, 0.32, 0.21)), 0.1)]
    parts += [
        FurniturePart((-wide / 2 + 0.05, 0.18, -0.3), (wide / 2 - 0.05, 0.24, 0.3), wood((0.48, 0.34, 0.22))),
        FurniturePart(
            (-wide / 2 + 0.05, 0.6, -0.33),
            (wide / 2 - 0.05, 0.84, 0.3),
            plain((0.46, 0.32, 0.21), 0.1, 1),
            {"front": furniture.drawers((0.52, 0.37, 0.24), 1, 4)},
        ),
    ]
    return Furniture(
        [*parts, FurniturePart((-wide / 2, 0.84, -0.38), (wide / 2, 0.92, 0.36), wood((0.66, 0.48, 0.31)))]
    )


def vice() -> Furniture:
    """A vice."""
    iron = plain((0.24, 0.36, 0.44), 0.08)
    return Furniture(
        [
            FurniturePart((-0.08, 0, -0.1), (0.08, 0.1, 0.1), iron),
            FurniturePart((-0.1, 0.08, -0.02), (0.1, 0.2, 0.12), iron),
            FurniturePart((-0.1, 0.08, -0.18), (0.1, 0.2, -0.1), iron),
            FurniturePart((-0.02, 0.1, -0.3), (0.02, 0.14, -0.1), plain(STEEL)),
        ]
    )


def machine() -> Furniture:
    """Something half built: gears and a frame of brass."""
    brass: Colour = (0.78, 0.60, 0.30)

    def gears(board: Panel) -> None:
        for x, y, radius, own in (
            (0.3, 0.3, 0.22, brass),
            (0.62, 0.42, 0.15, (0.60, 0.62, 0.64)),
            (0.52, 0.16, 0.11, (0.72, 0.42, 0.28)),
        ):
            for turn in np.linspace(0, 6.28, 13)[:-1]:
                board.disc(
                    x + radius * float(np.cos(turn)), y + radius * float(np.sin(turn)), radius * 0.14, scaled(own, 0.8)
                )
            for size, tone in ((1.0, 0.7), (0.92, 1.0), (0.5, 0.75), (0.42, 1.1), (0.14, 0.4)):
                board.disc(x, y, radius * size, scaled(own, tone))

    return Furniture(
        [
            FurniturePart((-0.4, 0, -0.2), (0.4, 0.06, 0.2), plain(scaled(brass, 0.7))),
            Cutout((0, 0.05, 0), 0.85, 0.6, gears),
        ],
        soft=True,
    )


def barrel() -> Furniture:
    """A metal drum."""

    def paint(board: Panel) -> None:
        own: Colour = (0.26, 0.44, 0.54)
        board.disc(0.3, 0.06, 0.29, scaled(own, 0.5), 0.2)
        board.patch(0.01, 0.06, 0.3, 0.84, scaled(own, 0.8), scaled(own, 1.2), sideways=True)
        board.patch(0.3, 0.06, 0.59, 0.84, scaled(own, 1.2), scaled(own, 0.5), sideways=True)
        for y in (0.3, 0.58):
            board.patch(0.0, y, 0.6, y + 0.04, scaled(own, 1.3), scaled(own, 0.7))
        board.disc(0.3, 0.84, 0.29, scaled(own, 0.9), 0.2)
        board.disc(0.3, 0.845, 0.25, scaled(own, 0.65), 0.2)

    return Furniture([Cutout((0, 0, 0), 0.6, 0.92, paint)])


def bicycle() -> Furniture:
    """A bicycle leaning at the wall."""

    def paint(board: Panel) -> None:
        own: Colour = (0.80, 0.30, 0.24)
        for x in (0.36, 1.34):
            board.sheet.stroke(
                [
                    board.at(x + 0.32 * float(np.cos(t)), 0.34 + 0.32 * float(np.sin(t)))
                    for t in np.linspace(0, 6.3, 34)
                ],
                (0.14, 0.14, 0.15),
                0.045 * board.px,
            )
            for t in np.linspace(0, 3.0, 7):
                board.line(
                    x - 0.3 * float(np.cos(t)),
                    0.34 - 0.3 * float(np.sin(t)),
                    x + 0.3 * float(np.cos(t)),
                    0.34 + 0.3 * float(np.sin(t)),
                    (0.7, 0.7, 0.7),
                    0.006,
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

    return Furniture([Cutout((0, 0, 0), 1.7, 1.05, paint)], soft=True)
