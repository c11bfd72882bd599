"""A hospital ward: beds, curtains, monitors."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import furniture, goods, ward_gear
from personavlog_embedded.render.canvas import Colour, mix, scaled
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.panel import Painting, Panel
from personavlog_embedded.render.room_light import COOL
from personavlog_embedded.render.setting import Painted, Setting


def hospital(setting: Setting) -> list[Painted]:
    """A hospital ward: beds between curtains, a wide window, a door to the corridor."""
    return hospital_room(setting).painted("garden")


def hospital_room(setting: Setting) -> Interior:
    """The ward."""
    room = Interior(setting, 7.4, 3.0, 8.4, (Angle(0.5, 0.5, -6), Angle(2.6, 1.2, -42), Angle(2.3, 7.7, 212)), 0.9)
    mint: Colour = ((0.72, 0.85, 0.82), (0.76, 0.82, 0.90), (0.90, 0.86, 0.76))[setting.seed % 3]
    room.walls("back", "left", "right", paint=_ward_wall(mint))
    room.walls("front", paint=_ward_door(mint))
    room.floor(lambda board: board.tiles((0.82, 0.84, 0.83), (0.77, 0.81, 0.81), 0.6))
    room.ceiling(_panelled_ceiling)
    room.window("back", 1.0, 0.95, 6.4, 2.5, (4, 1), (0.94, 0.95, 0.95))
    room.window("right", 1.0, 0.95, 3.2, 2.5, (2, 1), (0.94, 0.95, 0.95))
    blanket = ((0.45, 0.66, 0.70), (0.50, 0.58, 0.80), (0.84, 0.60, 0.50))[setting.seed % 3]
    for z in (3.0, 5.9):
        room.add(furniture.bed(blanket, rails=True), (-2.45, z, 90))
        room.add(furniture.bedside(), (-3.3, z - 0.85, 90))
        room.add(goods.pot(0.4), (-3.3, z - 0.85, 0, 0.7))
        room.add(ward_gear.drip(), (-3.1, z + 0.75))
        room.add(ward_gear.monitor(), (-3.35, z + 0.75, 90))
        room.slot("seat", -1.9, 0.6, z)
        room.slot("top", -3.3, 0.7, z - 0.85)
    room.add(furniture.bed(blanket, rails=True), (2.45, 5.9, -90))
    room.add(furniture.curtain(1.9, 2.3, mix(mint, (0.55, 0.75, 0.80), 0.5)), (-2.6, 4.5), (2.75, 7.1))
    room.add(furniture.armchair(scaled(blanket, 0.9)), (2.6, 3.2, -70))
    room.add(ward_gear.trolley(), (0.9, 6.6, 20))
    room.add(goods.pot(1.2), (3.2, 7.9))
    for z in (2.4, 5.6):
        for x in (-1.7, 1.7):
            room.lamp(x, 2.9, z, reach=2.3, power=0.75, colour=COOL, always=True, halo=0)
    room.slot("stand", 0.2, 0.0, 3.4)
    return room


def _ward_wall(own: Colour) -> Painting:
    def paint(board: Panel) -> None:
        board.fill((0.95, 0.95, 0.92), (0.91, 0.92, 0.90), 0.05)
        board.patch(0, 0, board.wide, 1.15, scaled(own, 1.02), scaled(own, 0.9))
        board.patch(0, 1.15, board.wide, 1.2, scaled(own, 0.75), scaled(own, 0.65))
        board.patch(0, 0.82, board.wide, 0.94, (0.80, 0.70, 0.56), (0.62, 0.52, 0.4))
        goods.skirting(board, (0.55, 0.62, 0.64), 0.12)
        if board.wide > 8:
            for x in (2.2, 5.1):
                board.patch(x, 1.55, x + 1.6, 1.75, (0.93, 0.94, 0.94), (0.78, 0.80, 0.82))
                for share in (0.15, 0.4, 0.65, 0.85):
                    board.disc(x + 1.6 * share, 1.65, 0.035, (0.35, 0.55, 0.60))
            board.framed(7.3, 1.5, 7.9, 2.1)

    return paint


def _ward_door(own: Colour) -> Painting:
    def paint(board: Panel) -> None:
        _ward_wall(own)(board)
        board.door(2.4, 3.4, 2.15, (0.60, 0.74, 0.74), glass=True)
        board.door(3.42, 4.42, 2.15, (0.60, 0.74, 0.74), glass=True)
        board.patch(2.7, 2.35, 4.1, 2.6, (0.25, 0.50, 0.52), (0.2, 0.42, 0.45))
        goods.chalk(board, 2.85, 2.4, 4.0, 2.55, 0.12)
        board.patch(5.2, 1.3, 6.4, 2.1, (0.80, 0.66, 0.48), (0.70, 0.56, 0.4))
        for x, y, own_ in (
            (5.3, 1.75, (0.96, 0.94, 0.86)),
            (5.7, 1.4, (0.95, 0.85, 0.55)),
            (5.95, 1.7, (0.75, 0.86, 0.90)),
            (5.35, 1.4, (0.93, 0.75, 0.7)),
        ):
            board.patch(x, y, x + 0.3, y + 0.3, own_, scaled(own_, 0.92))

    return paint


def _panelled_ceiling(board: Panel) -> None:
    """Square panels with some light fields."""
    board.tiles((0.95, 0.95, 0.94), (0.93, 0.93, 0.93), 0.6, (0.85, 0.86, 0.87), uneven=0.015)
    for x in np.arange(1.8, board.wide - 0.6, 2.4):
        for y in np.arange(1.2, board.tall - 0.6, 1.8):
            board.patch(x, y, x + 1.2, y + 0.6, (1.0, 1.0, 0.98), (0.97, 0.98, 0.98))
