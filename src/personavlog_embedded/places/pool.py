"""An indoor swimming pool: lanes, start blocks, loungers."""

from __future__ import annotations

import cv2
import numpy as np

from personavlog_embedded.render import furniture, goods, sport_gear
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.panel import Panel
from personavlog_embedded.render.setting import Painted, Setting


def pool(setting: Setting) -> list[Painted]:
    """An indoor pool: turquoise water with lanes, tall windows, benches."""
    return pool_room(setting).painted("garden")


def pool_room(setting: Setting) -> Interior:
    """The swimming hall."""
    room = Interior(
        setting, 12.0, 4.6, 14.0, (Angle(-3.9, 0.8, 16), Angle(4.7, 1.4, -34), Angle(-4.4, 12.6, 150)), 0.94
    )
    room.walls("back", "left", "right", "front", paint=_pool_wall)
    room.floor(_pool_floor)
    room.ceiling(lambda board: board.boards((0.80, 0.66, 0.48), 0.4, gap=0.78))
    room.window("back", 0.8, 0.8, 11.2, 3.9, (6, 2), (0.92, 0.94, 0.94))
    room.window("left", 2.0, 0.8, 12.0, 3.9, (6, 2), (0.92, 0.94, 0.94))
    for z in (3.0, 6.0, 9.0):
        room.add(sport_gear.lounger((0.94, 0.93, 0.88)), (-4.6, z, 90), (4.8, z, -90))
    for x in (-1.6, 0.0, 1.6):
        room.add(sport_gear.start_block(), (x + 0.6, 12.7, 180))
    for x, z in ((5.3, 12.8), (-5.3, 13.3), (-5.4, 1.0), (5.4, 1.2)):
        room.add(goods.pot(1.9), (x, z))
    for z in (3.0, 7.0, 11.0):
        for x in (-4.6, 4.6):
            burns = room.lamp(x, 3.2, z, reach=2.6, power=0.7, colour=(1.0, 0.9, 0.72))
            room.add(furniture.globe(burns, room.tall, 3.2), (x, z))
        room.lamp(0.0, 0.3, z, reach=2.6, power=0.35, colour=(0.35, 0.85, 0.95), halo=0)
    room.slot("stand", -4.0, 0.0, 4.0)
    return room


def _pool_wall(board: Panel) -> None:
    board.fill((0.93, 0.93, 0.89), (0.88, 0.90, 0.88), 0.06)
    board.tiles((0.78, 0.90, 0.90), (0.62, 0.82, 0.84), 0.3, share=0.7, chequer=False)
    board.patch(0, 1.5, board.wide, board.tall, (0.94, 0.94, 0.90), (0.90, 0.91, 0.88))
    board.patch(0, 1.45, board.wide, 1.55, (0.24, 0.52, 0.60), (0.2, 0.44, 0.52))


def _pool_floor(board: Panel) -> None:
    """Stone slabs around a basin; the water is painted into it with lanes and ripples of light."""
    board.tiles((0.86, 0.84, 0.79), (0.82, 0.80, 0.76), 0.5)
    x0, x1, y0, y1 = 2.9, board.wide - 2.3, 1.6, board.tall - 1.9
    board.patch(x0 - 0.35, y0 - 0.35, x1 + 0.35, y1 + 0.35, (0.94, 0.95, 0.94), (0.90, 0.91, 0.90))
    board.patch(x0, y0, x1, y1, (0.42, 0.80, 0.84), (0.16, 0.58, 0.70))
    for share in (0.2, 0.4, 0.6, 0.8):
        x = x0 + (x1 - x0) * share
        board.line(x, y0, x, y1, (0.12, 0.36, 0.56), 0.12)
        for number, y in enumerate(np.arange(y0, y1, 0.35)):
            board.line(
                x + 0.42, y, x + 0.42, y + 0.3, (0.92, 0.30, 0.26) if number % 4 < 2 else (0.97, 0.97, 0.95), 0.07
            )
    left, top, right, foot = (int(v) for v in board.box(x0, y0, x1, y1))
    rings = np.abs(board.grain(0, 1.0, 7.0) + 0.5 * board.grain(3, 1.0, 5.0))[top:foot, left:right]
    light = cv2.GaussianBlur(np.clip(1 - rings * 5, 0, 1), (0, 0), max(1.0, 0.05 * board.px))
    board.sheet.blend((0.93, 1.0, 0.98), light * 0.26, top, left)
    board.shadow(x0, y1 - 0.6, x1, y1, 0.35)
