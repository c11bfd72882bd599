"""A cafe: a counter with a coffee machine, small tables, a menu on the wall."""

from __future__ import annotations

from personavlog_embedded.render import goods
from personavlog_embedded.render.canvas import Colour, mix, scaled
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.palette import CLOTHS
from personavlog_embedded.render.panel import Painting, Panel
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.solids import bistro, chair, stool

OAK: Colour = (0.62, 0.44, 0.29)


def cafe(setting: Setting) -> list[Painted]:
    """A warm cafe: street windows, a bar with shelves along the left wall, pendant lamps, small tables."""
    return cafe_room(setting).painted("town")


def cafe_room(setting: Setting) -> Interior:
    """The cafe's room."""
    room = Interior(setting, 7.6, 3.1, 8.2, (Angle(0.9, 0.4, -10), Angle(2.9, 1.4, -44), Angle(2.9, 7.5, 216)))
    wall: Colour = ((0.62, 0.67, 0.58), (0.80, 0.66, 0.50), (0.55, 0.62, 0.66))[setting.seed % 3]
    paint, accent = (0.27, 0.37, 0.35), CLOTHS[setting.seed % len(CLOTHS)]
    room.walls("back", "right", paint=_cafe_wall(wall, True))
    room.walls("left", paint=_bar_wall(wall))
    room.walls("front", paint=_cafe_door(wall))
    room.floor(lambda board: board.boards((0.56, 0.39, 0.26), 0.17))
    room.ceiling(lambda board: board.boards((0.93, 0.88, 0.78), 0.3, gap=0.8))
    frame: Colour = (0.33, 0.25, 0.2)
    room.window("back", 2.9, 0.95, 7.0, 2.55, (4, 1), frame)
    room.window("right", 0.9, 0.95, 3.6, 2.55, (3, 1), frame)
    room.window("front", 1.0, 0.95, 3.8, 2.55, (3, 1), frame)
    room.add(goods.counter(4.6, 0.65, 1.08, paint, OAK), (-2.65, 5.2, 90))
    room.add(goods.coffee_machine(), (-2.75, 6.4, 90, 1.08))
    room.add(goods.cake_stand(), (-2.7, 4.0, 90, 1.08))
    room.add(goods.jar_row(1.0), (-2.8, 5.1, 90, 1.08))
    for z in (3.7, 4.6, 5.5, 6.4):
        room.add(stool(scaled(OAK, 0.9)), (-1.85, z))
    for x, z in ((0.4, 6.3), (2.3, 6.5), (2.6, 4.2), (0.6, 3.6), (2.5, 1.9), (-1.2, 1.7)):
        room.add(bistro(0.4, OAK), (x, z))
        room.add(chair(scaled(OAK, 0.9), mix(accent, OAK, 0.4)), (x - 0.62, z + 0.05, 90), (x + 0.62, z - 0.05, -90))
        room.add(goods.cup(), (x - 0.14, z - 0.1, 0, 0.75))
        room.slot("seat", x - 0.62, 0.47, z)
        room.slot("top", x, 0.75, z)
    for x, z in ((0.4, 6.3), (2.3, 6.5), (2.6, 4.2), (0.6, 3.6), (-2.5, 4.2), (-2.5, 6.0)):
        room.add(goods.pendant(room.lamp(x, 1.98, z), room.tall, 2.02), (x, z))
    room.add(goods.pot(1.3), (3.3, 7.7), (3.3, 0.6))
    room.add(goods.pot(0.9), (-3.4, 0.5))
    room.slot("stand", 0.2, 0.0, 3.0)
    room.slot("stand", -1.4, 0.0, 4.8)
    return room


def _cafe_wall(own: Colour, pictures: bool) -> Painting:
    """Plaster over wooden panels."""

    def paint(board: Panel) -> None:
        board.fill(scaled(own, 1.05), scaled(own, 0.95), 0.12)
        goods.panels(board, 0.9, (0.42, 0.29, 0.21))
        if pictures and board.wide > 8:
            for x0, y0, x1, y1 in ((4.3, 1.4, 5.0, 2.3), (5.25, 1.6, 5.9, 2.1), (6.3, 1.35, 6.9, 2.2)):
                board.framed(x0, y0, x1, y1)

    return paint


def _bar_wall(own: Colour) -> Painting:
    """Tiles and shelves of jars and bottles behind the bar."""

    def paint(board: Panel) -> None:
        _cafe_wall(own, False)(board)
        goods.tiled(board, 2.6, 0.9, 7.8, 1.6, (0.90, 0.90, 0.84), (0.52, 0.66, 0.64), 0.11)
        for y in (1.62, 2.02, 2.42):
            goods.shelf_of_jars(board, 2.8, 7.6, y, 0.3)
        board.framed(0.5, 1.4, 1.1, 2.2)
        goods.menu_board(board, 1.4, 1.35, 2.3, 2.5)

    return paint


def _cafe_door(own: Colour) -> Painting:
    """The street side with the door."""

    def paint(board: Panel) -> None:
        _cafe_wall(own, False)(board)
        board.door(5.2, 6.2, 2.2, (0.30, 0.42, 0.38), glass=True)

    return paint
