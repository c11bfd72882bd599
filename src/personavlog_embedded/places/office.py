"""An open-plan office: desks with screens, a glass wall, a board of notes."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import furniture, goods
from personavlog_embedded.render.canvas import Colour, mix, scaled
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.palette import CLOTHS
from personavlog_embedded.render.panel import Painting, Panel
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.solids import Cutout, Furniture, table


def office(setting: Setting) -> list[Painted]:
    """An office high above the town: desks with screens, a glass meeting corner, plants and shelves."""
    return office_room(setting).painted("high")


def office_room(setting: Setting) -> Interior:
    """The office."""
    room = Interior(setting, 9.4, 3.1, 10.4, (Angle(1.1, 0.5, -8), Angle(3.6, 1.3, -42), Angle(3.3, 9.5, 212)), 0.96)
    accent = CLOTHS[setting.seed % len(CLOTHS)]
    own: Colour = (0.90, 0.89, 0.86)
    room.walls("back", "front", paint=_office_wall(own, accent))
    room.walls("left", paint=_kanban(own, accent))
    room.walls("right", paint=_office_wall(own, accent))
    room.floor(lambda board: board.tiles((0.50, 0.53, 0.57), (0.47, 0.50, 0.54), 0.5, (0.44, 0.47, 0.5)))
    room.ceiling(
        lambda board: board.tiles((0.94, 0.94, 0.93), (0.93, 0.93, 0.92), 0.6, (0.84, 0.85, 0.86), uneven=0.012)
    )
    room.window("back", 0.5, 0.35, 8.9, 2.75, (6, 1), (0.28, 0.30, 0.33))
    room.window("right", 1.0, 0.35, 5.2, 2.75, (3, 1), (0.28, 0.30, 0.33))
    for x, z in ((-1.6, 4.2), (-1.6, 6.6), (1.9, 5.3), (1.9, 7.7)):
        room.add(furniture.desk(1.6, 0.75, (0.86, 0.74, 0.56)), (x, z, 0), (x, z + 0.8, 180))
        room.add(furniture.swivel(mix(accent, (0.3, 0.3, 0.34), 0.35)), (x, z - 0.75, 180), (x + 0.1, z + 1.55, 12))
        room.add(goods.cup(), (x + 0.55, z, 0, 0.74))
        room.add(desk_lamp(room.lamp(x - 0.6, 1.15, z, reach=0.9, power=0.7, halo=0.3)), (x - 0.6, z, 0, 0.74))
        room.slot("seat", x, 0.5, z - 0.7)
        room.slot("top", x, 0.74, z)
    room.add(table(2.4, 1.1, (0.80, 0.66, 0.48)), (3.1, 2.7, 90))
    for z in (2.0, 2.8, 3.6):
        room.add(furniture.swivel(accent), (2.2, z, 90))
    room.add(goods.sofa(1.9, mix(accent, (0.7, 0.68, 0.64), 0.4), accent), (-4.1, 3.0, 90))
    room.add(goods.bookcase(1.8, 1.2, 3, (0.86, 0.84, 0.80), things=0.4), (-4.4, 8.6, 90))
    room.add(goods.pot(1.6, (0.86, 0.86, 0.84)), (-4.2, 5.6), (4.2, 9.8), (-4.2, 9.9), (4.1, 4.6))
    for z in (2.0, 5.2, 8.4):
        for x in (-2.0, 2.0):
            room.lamp(x, 2.9, z, reach=2.3, power=0.5, colour=(1.0, 0.95, 0.86), halo=0)
            room.add(furniture.tube(1.6, room.glow.lit), (x, z, 0, 2.8))
    room.slot("stand", 0.2, 0.0, 3.4)
    return room


def _office_wall(own: Colour, accent: Colour) -> Painting:
    def paint(board: Panel) -> None:
        board.fill(own, scaled(own, 0.94), 0.06)
        goods.skirting(board, (0.40, 0.42, 0.45), 0.1)
        if board.wide < 10:
            board.patch(5.8, 0, board.wide, board.tall, mix(own, accent, 0.55), mix(own, accent, 0.62))
            board.door(6.6, 7.6, 2.15, (0.66, 0.52, 0.38), glass=True)
            board.framed(1.0, 1.3, 2.1, 2.1)

    return paint


def _kanban(own: Colour, accent: Colour) -> Painting:
    """A whiteboard full of notes, and pictures."""

    def paint(board: Panel) -> None:
        board.fill(mix(own, accent, 0.3), mix(own, accent, 0.36), 0.07)
        goods.skirting(board, (0.40, 0.42, 0.45), 0.1)
        board.patch(4.0, 0.95, 7.2, 2.5, (0.66, 0.68, 0.70), (0.54, 0.56, 0.58))
        board.patch(4.06, 1.01, 7.14, 2.44, (0.98, 0.98, 0.98), (0.92, 0.93, 0.94))
        for column in range(4):
            x = 4.2 + column * 0.74
            board.line(x - 0.07, 1.1, x - 0.07, 2.4, (0.72, 0.75, 0.78), 0.01)
            goods.chalk(board, x, 2.25, x + 0.5, 2.4, 0.12, (0.30, 0.34, 0.40))
            for y in np.arange(1.12, 2.1, 0.3)[: int(board.rng.integers(2, 5))]:
                note: Colour = ((0.98, 0.86, 0.42), (0.98, 0.62, 0.56), (0.60, 0.84, 0.62), (0.58, 0.78, 0.94))[
                    int(board.rng.integers(4))
                ]
                at = x + float(board.rng.uniform(0, 0.2))
                board.patch(at, y, at + 0.24, y + 0.24, note, scaled(note, 0.92))
        for x in (0.9, 2.1):
            board.framed(x, 1.4, x + 0.8, 2.3)
        board.framed(8.3, 1.5, 9.4, 2.2)

    return paint


def desk_lamp(burns: bool) -> Furniture:
    """A small lamp on a jointed arm."""

    def paint(board: Panel) -> None:
        iron: Colour = (0.20, 0.21, 0.23)
        board.disc(0.2, 0.02, 0.09, iron, 0.3)
        board.sheet.stroke(
            [board.at(0.2, 0.02), board.at(0.1, 0.25), board.at(0.24, 0.42)], iron, max(1, 0.018 * board.px)
        )
        if burns:
            board.disc(0.28, 0.36, 0.06, (1.0, 0.93, 0.72))
        board.sheet.polygon(
            [board.at(0.2, 0.47), board.at(0.28, 0.47), board.at(0.38, 0.36), board.at(0.16, 0.36)], (0.78, 0.42, 0.26)
        )

    return Furniture([Cutout((0, 0, 0), 0.42, 0.5, paint, 0.3 if burns else 0.0)], soft=True)
