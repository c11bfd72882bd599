"""A bedroom: a wide bed under a window, bedside lamps, a wardrobe with a mirror, a rug."""

from __future__ import annotations

from personavlog_embedded.places import bathroom, living_room
from personavlog_embedded.render import furniture, goods
from personavlog_embedded.render.canvas import Colour, mix, scaled
from personavlog_embedded.render.goods import OAK
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.palette import CLOTHS
from personavlog_embedded.render.panel import Painting, Panel, wood
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.solids import Furniture, FurniturePart


def bedroom(setting: Setting) -> list[Painted]:
    """From the door, from the wardrobe, and from the window."""
    room = Interior(setting, 5.8, 2.8, 6.4, (Angle(0.7, 0.2, -8), Angle(2.1, 0.6, -38), Angle(-1.6, 5.7, 152)), 0.97)
    own: Colour = ((0.80, 0.76, 0.84), (0.70, 0.78, 0.80), (0.88, 0.78, 0.70))[setting.seed % 3]
    accent = CLOTHS[setting.seed % len(CLOTHS)]
    room.walls("left", "right", "back", "front", paint=lambda board: _papered(board, own))
    room.floor(lambda board: board.boards((0.62, 0.46, 0.32), 0.15))
    room.ceiling(lambda board: board.fill((0.97, 0.95, 0.92), (0.94, 0.92, 0.89), 0.04))
    room.window("back", 0.5, 0.9, 2.1, 2.3, (2, 2))
    room.window("right", 1.2, 0.9, 2.8, 2.3, (2, 2))
    room.add(furniture.bed(mix(accent, (0.9, 0.88, 0.84), 0.35), wide=1.6), (0.4, 4.9))
    for x in (-0.75, 1.55):
        room.add(furniture.bedside(), (x, 6.0))
        burns = room.lamp(x, 1.1, 5.9, reach=1.3, power=0.9, halo=0.45)
        room.add(goods.pendant(burns, 0.45, 0.14, (0.86, 0.74, 0.54), 0.3), (x, 6.0, 0, 0.8))
    room.add(wardrobe(), (-2.55, 3.6, 90))
    room.add(bathroom.mirror(0.7, 1.7), (2.6, 4.6, -60, 0.05))
    room.add(Furniture([FurniturePart((-1.2, 0, -0.8), (1.2, 0.02, 0.8), _rug(accent))], soft=True), (0.3, 3.0))
    room.add(furniture.armchair(mix(accent, (0.7, 0.66, 0.6), 0.4)), (-1.9, 5.6, 60))
    room.add(goods.bookcase(1.0, 1.2, 3), (2.65, 3.2, -90))
    room.add(goods.pot(1.1), (2.4, 5.9))
    room.add(living_room.fairy_lights(4.6, room.glow.lit), (0.2, 6.3, 0, 2.3))
    room.slot("stand", -0.7, 0.0, 2.9)
    room.slot("seat", 0.4, 0.6, 4.0)
    return room.painted("garden")


def _papered(board: Panel, own: Colour) -> None:
    """Striped paper over a white skirting, a picture or two, a door on the short wall."""
    board.fill(scaled(own, 1.04), scaled(own, 0.96), 0.05)
    for number in range(int(board.wide / 0.24)):
        board.patch(number * 0.24, 0, number * 0.24 + 0.12, board.tall, scaled(own, 0.95), alpha=0.5)
    goods.skirting(board, tall=0.14)
    board.framed(board.wide * 0.55, 1.5, board.wide * 0.55 + 0.7, 2.05)
    if board.wide < 6:
        board.door(board.wide - 1.2, board.wide - 0.3, 2.05, (0.92, 0.89, 0.83))


def _rug(own: Colour) -> Painting:
    def paint(board: Panel) -> None:
        board.fill(own, own, 0.12, 3)
        for inset, tone in ((0.1, (0.94, 0.90, 0.80)), (0.16, scaled(own, 0.8))):
            board.patch(inset, inset, board.wide - inset, board.tall - inset, tone)

    return paint


def wardrobe() -> Furniture:
    """Two panelled doors."""

    def front(board: Panel) -> None:
        wood(scaled(OAK, 1.1))(board)
        for x in (0.05, board.wide / 2 + 0.03):
            board.ridge(x, 0.15, x + board.wide / 2 - 0.08, board.tall - 0.1, scaled(OAK, 1.15), 0.015)
            board.disc(board.wide / 2 + (0.08 if x > 0.1 else -0.08), board.tall * 0.5, 0.025, (0.86, 0.70, 0.40))

    return Furniture([FurniturePart((-0.75, 0, -0.3), (0.75, 2.1, 0.3), wood(OAK), {"front": front})])
