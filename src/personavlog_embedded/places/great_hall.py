"""A castle's great hall, and the same walls as a ballroom: banners, torches, a long table and a throne, or a polished
floor under chandeliers."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.places import station, theatre
from personavlog_embedded.places.theatre import GOLD
from personavlog_embedded.render import furniture
from personavlog_embedded.render.canvas import Colour, mix, scaled
from personavlog_embedded.render.goods import OAK
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.panel import Painting, Panel, cloth, plain, wood
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.solids import Cutout, Furniture, FurniturePart

STONE: Colour = (0.60, 0.56, 0.51)
BANNERS: tuple[Colour, ...] = ((0.62, 0.14, 0.14), (0.16, 0.26, 0.46), (0.16, 0.36, 0.26))
FIRE: Colour = (1.0, 0.62, 0.26)


def great_hall(setting: Setting) -> list[Painted]:
    """The hall of the castle."""
    return hall_room(setting).painted("fields")


def hall_room(setting: Setting) -> Interior:
    """From the door, from beside the table, and from the throne."""
    room, own = _walls(setting, _stone_wall), BANNERS[setting.seed % 3]
    room.floor(_flags(own))
    room.add(
        station.pillar(room.tall, scaled(STONE, 1.05)), *((side * 3.3, z) for side in (-1, 1) for z in (3.6, 7.2, 10.8))
    )
    for z in (2.4, 5.4, 9.0, 12.4):
        for side in (-1, 1):
            room.add(banner(own), (side * 4.42, z, -90 * side, 2.2))
    for z in (3.6, 7.2, 10.8):
        for side in (-1, 1):
            room.lamp(side * 2.85, 2.35, z, reach=2.2, power=1.0, colour=FIRE, always=True, halo=0.6)
            room.add(torch(), (side * 2.9, z, 0, 1.8))
    for x, z in ((0.0, 7.4),):
        room.add(long_table(6.2), (x, z, 90))
        room.add(furniture.bench(6.0, scaled(OAK, 0.7)), (x - 1.05, z, 90), (x + 1.05, z, -90))
        room.slot("top", x, 0.8, z - 1.6)
        room.slot("seat", x - 1.05, 0.47, z - 1.2)
    room.add(Furniture([FurniturePart((-2.6, 0, -1.3), (2.6, 0.3, 1.3), plain(scaled(STONE, 0.9)))]), (0.0, 13.0))
    room.add(throne(own), (0.0, 13.2, 0, 0.3))
    room.add(theatre.chandelier(), (0.0, 5.0, 0, 3.9), (0.0, 9.6, 0, 3.9))
    for z in (5.0, 9.6):
        room.lamp(0.0, 4.4, z, reach=3.0, power=0.6, always=True, halo=1.0)
    room.slot("stand", 1.9, 0.0, 4.4)
    return room


def ballroom(setting: Setting) -> list[Painted]:
    """An empty hall for dancing, or an entrance hall of marble."""
    room, own = _walls(setting, _mirrored), BANNERS[setting.seed % 3]
    room.floor(lambda board: board.tiles((0.90, 0.86, 0.78), (0.44, 0.34, 0.30), 0.9, uneven=0.03))
    room.add(
        station.pillar(room.tall, (0.92, 0.88, 0.80)), *((side * 3.7, z) for side in (-1, 1) for z in (3.4, 6.8, 10.2))
    )
    room.add(theatre.chandelier(), (0.0, 4.4, 0, 3.7), (0.0, 8.2, 0, 3.7), (0.0, 12.0, 0, 3.7))
    for z in (4.4, 8.2, 12.0):
        room.lamp(0.0, 4.2, z, reach=3.4, power=0.75, colour=(1.0, 0.86, 0.62), halo=1.1, always=True)
    room.add(theatre.hanging(1.2, 4.6, own), (-3.2, 13.8, 0, 0.2), (3.2, 13.8, 0, 0.2))
    room.add(furniture.armchair(own), (-3.7, 5.2, 90), (3.7, 8.6, -90), (-3.7, 11.8, 90))
    room.slot("stand", 0.3, 0.0, 4.2)
    return room.painted("garden")


def _walls(setting: Setting, paint: Painting) -> Interior:
    room = Interior(setting, 9.0, 5.6, 14.4, (Angle(0.5, 0.8, -4), Angle(-2.4, 2.2, 26), Angle(1.3, 12.6, 192)), 0.9)
    room.walls("back", "front", "left", "right", paint=paint)
    room.ceiling(_roof)
    for side in ("left", "right"):
        for x in (3.3, 6.6, 10.2):
            room.window(side, x, 2.2, x + 1.0, 4.6, (2, 4), (0.40, 0.36, 0.33))
    room.window("back", 3.6, 2.4, 5.4, 4.9, (3, 4), (0.40, 0.36, 0.33))
    return room


def _stone_wall(board: Panel) -> None:
    """Courses of hewn stone; a heavy door on the short walls."""
    board.fill(scaled(STONE, 0.66), scaled(STONE, 0.58), 0.16, 1)
    for row, y in enumerate(np.arange(0, board.tall, 0.45)):
        x = -0.5 * (row % 2) - float(board.rng.uniform(0, 0.3))
        while x < board.wide:
            wide = float(board.rng.uniform(0.6, 1.1))
            tone = scaled(STONE, float(board.rng.uniform(0.82, 1.1)))
            board.patch(
                max(x, 0) + 0.012,
                y + 0.012,
                min(x + wide, board.wide) - 0.012,
                y + 0.438,
                scaled(tone, 1.05),
                scaled(tone, 0.86),
            )
            x += wide
    board.sheet.multiply(1 + 0.22 * board.grain(2))
    if board.wide < 10:
        for x in (0.9, board.wide - 2.3):
            board.door(x, x + 1.4, 2.5, (0.36, 0.25, 0.17))


def _mirrored(board: Panel) -> None:
    """Pale panels with gilded frames and tall mirrors."""
    own: Colour = (0.90, 0.86, 0.78)
    board.fill(own, scaled(own, 0.92), 0.06)
    for x in np.arange(0.3, board.wide - 1.2, 1.65):
        board.ridge(x, 0.4, x + 1.3, 4.7, scaled(own, 0.98), 0.04)
        if board.wide > 10:
            board.patch(x + 0.15, 0.6, x + 1.15, 4.5, (0.62, 0.72, 0.76), (0.80, 0.80, 0.76))
            board.patch(x + 0.3, 0.6, x + 0.5, 4.5, (1, 1, 1), alpha=0.22)
        for y in (0.4, 4.7):
            board.patch(x, y - 0.05, x + 1.3, y + 0.05, GOLD, scaled(GOLD, 0.7))
    board.patch(0, 5.1, board.wide, 5.3, GOLD, scaled(GOLD, 0.6))
    if board.wide < 10:
        board.door(board.wide / 2 - 1.0, board.wide / 2, 2.5, (0.80, 0.74, 0.62))
        board.door(board.wide / 2, board.wide / 2 + 1.0, 2.5, (0.80, 0.74, 0.62))


def _flags(own: Colour) -> Painting:
    """Stone flags with a runner to the throne."""

    def paint(board: Panel) -> None:
        board.tiles(scaled(STONE, 0.92), scaled(STONE, 0.78), 0.8, share=0.4, chequer=False, uneven=0.12)
        middle = board.wide / 2
        for half, tone in ((0.75, GOLD), (0.68, own)):
            board.patch(middle - half, 0, middle + half, board.tall, tone, scaled(tone, 0.9))

    return paint


def _roof(board: Panel) -> None:
    """Dark planks between beams."""
    board.boards((0.34, 0.25, 0.18), 0.3, gap=0.6)
    for y in np.arange(0.8, board.tall, 1.8):
        board.patch(0, y, board.wide, y + 0.36, (0.30, 0.21, 0.15), (0.20, 0.14, 0.10))


def banner(own: Colour) -> Furniture:
    """A long cloth with a pale beast on it."""

    def paint(board: Panel) -> None:
        w, h = board.wide, board.tall
        tail = [board.at(0, h), board.at(w, h), board.at(w, 0.3), board.at(w / 2, 0.0), board.at(0, 0.3)]
        board.sheet.patch(tail, scaled(own, 1.15), scaled(own, 0.75))
        board.disc(w / 2, h * 0.6, w * 0.28, GOLD)
        board.disc(w / 2, h * 0.6, w * 0.2, scaled(own, 0.9))
        board.sheet.polygon(
            [board.at(w / 2 - 0.12, h * 0.55), board.at(w / 2, h * 0.68), board.at(w / 2 + 0.12, h * 0.55)], GOLD
        )
        board.patch(0, h - 0.06, w, h, (0.30, 0.22, 0.15))

    return Furniture([Cutout((0, 0, 0), 0.8, 2.6, paint)], soft=True)


def torch() -> Furniture:
    """A burning torch in an iron ring."""

    def paint(board: Panel) -> None:
        w = board.wide / 2
        board.sheet.patch(
            [board.at(w - 0.07, 0.5), board.at(w + 0.07, 0.5), board.at(w + 0.03, 0.0), board.at(w - 0.03, 0.0)],
            (0.34, 0.24, 0.16),
        )
        for tall, half, tone in (
            (0.95, 0.14, (0.98, 0.46, 0.12)),
            (0.84, 0.1, (1.0, 0.70, 0.22)),
            (0.72, 0.06, (1.0, 0.93, 0.62)),
        ):
            flame = [
                board.at(w - half, 0.5),
                board.at(w - half * 0.9, 0.62),
                board.at(w + 0.02, tall),
                board.at(w + half, 0.6),
                board.at(w + half, 0.5),
            ]
            board.sheet.polygon(flame, tone)

    return Furniture([Cutout((0, 0, 0), 0.4, 1.0, paint, 0.9, True)], soft=True)


def long_table(long: float) -> Furniture:
    """A trestle table set with plates, jugs and candles."""

    def laid(board: Panel) -> None:
        for x in np.arange(0.3, board.wide - 0.2, 0.55):
            kind = int(board.rng.integers(4))
            if kind == 0:
                board.patch(x, 0, x + 0.03, 0.24, (0.95, 0.92, 0.82))
                board.disc(x + 0.015, 0.27, 0.03, (1.0, 0.85, 0.45))
            elif kind == 1:
                board.patch(x, 0, x + 0.14, 0.2, (0.72, 0.70, 0.66), (0.45, 0.43, 0.40), sideways=True)
            else:
                board.disc(x + 0.1, 0.05, 0.12, mix((0.70, 0.42, 0.22), GOLD, float(board.rng.random())), 0.5)

    half = long / 2
    parts: list[FurniturePart | Cutout] = [
        FurniturePart((x - 0.08, 0, -0.4), (x + 0.08, 0.75, 0.4), wood(scaled(OAK, 0.55)))
        for x in (-half + 0.5, 0.0, half - 0.5)
    ]
    parts += [
        FurniturePart((-half, 0.74, -0.52), (half, 0.8, 0.52), wood(scaled(OAK, 0.72))),
        FurniturePart((-half, 0.8, -0.01), (half, 1.1, 0.01), laid),
    ]
    return Furniture(parts)


def throne(own: Colour) -> Furniture:
    """A high carved chair."""
    dark = wood(scaled(OAK, 0.6))
    parts: list[FurniturePart | Cutout] = [
        FurniturePart((-0.42, 0, -0.34), (0.42, 0.5, 0.34), dark),
        FurniturePart((-0.36, 0.5, -0.32), (0.36, 0.58, 0.28), cloth(own)),
        FurniturePart((-0.46, 0.5, 0.24), (0.46, 2.0, 0.36), dark, {"front": _back(own)}),
        FurniturePart((-0.48, 0.5, -0.34), (-0.36, 0.9, 0.3), dark),
        FurniturePart((0.36, 0.5, -0.34), (0.48, 0.9, 0.3), dark),
    ]
    return Furniture(parts)


def _back(own: Colour) -> Painting:
    def paint(board: Panel) -> None:
        wood(scaled(OAK, 0.6))(board)
        board.patch(0.1, 0.15, board.wide - 0.1, board.tall - 0.3, own, scaled(own, 0.7))
        for x in (0.1, board.wide - 0.1):
            board.disc(x, board.tall - 0.1, 0.07, GOLD)

    return paint
