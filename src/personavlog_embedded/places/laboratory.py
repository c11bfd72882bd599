"""A laboratory: benches with glassware and screens, a fume cupboard, a board full of formulas."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import furniture, goods, ward_gear
from personavlog_embedded.render.canvas import Colour, scaled
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.panel import Panel, plain
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.solids import Cutout, Furniture, FurniturePart, stool

FLUIDS: tuple[Colour, ...] = (
    (0.30, 0.72, 0.66),
    (0.92, 0.46, 0.36),
    (0.96, 0.80, 0.32),
    (0.52, 0.42, 0.82),
    (0.40, 0.70, 0.34),
)


def laboratory(setting: Setting) -> list[Painted]:
    """The lab between its benches."""
    room = Interior(setting, 7.6, 3.0, 9.4, (Angle(0.6, 0.6, -6), Angle(2.7, 1.2, -36), Angle(-2.2, 8.2, 158)), 1.02)
    accent: Colour = ((0.24, 0.50, 0.56), (0.36, 0.46, 0.66), (0.30, 0.54, 0.42))[setting.seed % 3]
    room.walls("back", paint=_formulas)
    room.walls("left", "right", "front", paint=lambda board: _clean(board, accent))
    room.floor(lambda board: board.tiles((0.88, 0.89, 0.88), (0.80, 0.82, 0.82), 0.6))
    room.ceiling(lambda board: board.fill((0.95, 0.96, 0.96), (0.92, 0.93, 0.93), 0.03))
    room.window("right", 1.6, 1.1, 5.4, 2.4, (4, 1), (0.86, 0.88, 0.88))
    for z in (3.6, 6.4):
        room.add(goods.counter(3.2, 0.9, 0.92, (0.88, 0.90, 0.90), (0.26, 0.30, 0.33)), (-0.1, z))
        room.add(glassware(2.8), (-0.1, z, 0, 0.92))
        room.add(stool((0.30, 0.34, 0.36)), (-1.0, z - 0.9), (0.8, z - 0.9))
        room.slot("top", 0.4, 0.92, z - 0.2)
    room.add(goods.counter(6.0, 0.7, 0.92, (0.88, 0.90, 0.90), (0.26, 0.30, 0.33)), (-3.4, 4.8, 90))
    room.add(glassware(5.4), (-3.4, 4.8, 90, 0.92))
    room.add(ward_gear.monitor(), (2.9, 7.6, -30), (-2.9, 8.2, 40))
    for z in (2.4, 5.0, 7.6):
        burns = room.lamp(0.0, 2.7, z, reach=2.6, power=0.85, colour=(0.96, 0.99, 1.0), halo=0)
        room.add(furniture.tube(1.5, burns), (0.0, z, 0, 2.82))
    room.slot("stand", 0.6, 0.0, 2.6)
    return room.painted("town")


def _clean(board: Panel, accent: Colour) -> None:
    board.fill((0.92, 0.94, 0.94), (0.86, 0.88, 0.88), 0.05)
    board.patch(0, 1.0, board.wide, 1.08, accent, scaled(accent, 0.8))
    for y in (1.7, 2.2):
        goods.shelf_of_jars(board, board.wide * 0.1, board.wide * 0.45, y, 0.28, (0.80, 0.82, 0.82))


def _formulas(board: Panel) -> None:
    """A dark board with curves and writing, a door."""
    _clean(board, (0.3, 0.5, 0.55))
    board.patch(1.0, 1.0, 5.2, 2.5, (0.80, 0.82, 0.82))
    board.patch(1.06, 1.06, 5.14, 2.44, (0.14, 0.24, 0.22), (0.11, 0.20, 0.19))
    goods.chalk(board, 1.2, 1.2, 2.9, 2.3, 0.16)
    xs = np.linspace(3.2, 5.0, 50)
    board.sheet.stroke(
        [board.at(float(x), 1.7 + 0.4 * float(np.sin(x * 5) * np.exp(-(x - 3.2)))) for x in xs],
        (0.95, 0.93, 0.85),
        0.02 * board.px,
    )
    for x, y in ((3.5, 1.3), (3.9, 1.35), (4.3, 1.25), (4.7, 1.4)):
        board.disc(x, y, 0.06, (0.95, 0.80, 0.50))
    board.door(6.0, 7.0, 2.1, (0.70, 0.76, 0.78), glass=True)


def glassware(wide: float) -> Furniture:
    """Flasks, beakers and tubes with coloured fluids, a burner between."""

    def paint(board: Panel) -> None:
        x = 0.1
        while x < board.wide - 0.25:
            own, tall = FLUIDS[int(board.rng.integers(len(FLUIDS)))], float(board.rng.uniform(0.2, 0.42))
            if board.rng.random() < 0.5:
                flask = [
                    (x, 0),
                    (x + 0.2, 0),
                    (x + 0.12, tall * 0.65),
                    (x + 0.12, tall),
                    (x + 0.08, tall),
                    (x + 0.08, tall * 0.65),
                ]
                board.sheet.polygon([board.at(a, b) for a, b in flask], (0.86, 0.92, 0.93))
                board.sheet.polygon(
                    [
                        board.at(a, b)
                        for a, b in ((x, 0), (x + 0.2, 0), (x + 0.15, tall * 0.35), (x + 0.05, tall * 0.35))
                    ],
                    own,
                )
            else:
                board.patch(x, 0, x + 0.12, tall, (0.88, 0.93, 0.94), (0.80, 0.87, 0.88))
                board.patch(x, 0, x + 0.12, tall * 0.6, own, scaled(own, 0.8))
            x += float(board.rng.uniform(0.2, 0.42))

    return Furniture(
        [
            Cutout((0, 0, 0), wide, 0.5, paint),
            FurniturePart((wide * 0.3, 0, -0.1), (wide * 0.3 + 0.3, 0.34, 0.12), plain((0.80, 0.82, 0.84))),
        ],
        soft=True,
    )
