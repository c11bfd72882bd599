"""Rooms of a home: kitchen and living room; and the library, which is one for many."""

from __future__ import annotations

import numpy as np

from personavlog.backbones.embedded.world import furniture, goods, rooms
from personavlog.backbones.embedded.world.board import Board, Painting, clear, plain, wood
from personavlog.backbones.embedded.world.buildings import CLOTHS
from personavlog.backbones.embedded.world.goods import OAK, STEEL
from personavlog.backbones.embedded.world.interior import Angle, Interior
from personavlog.backbones.embedded.world.setting import Painted, Setting
from personavlog.backbones.embedded.world.solids import Cutout, Disc, Part, Solid, chair, table
from personavlog.backbones.embedded.world.surface import Colour, mix, scaled

DARK: Colour = (0.44, 0.29, 0.19)


def kitchen(setting: Setting) -> list[Painted]:
    """A country kitchen: cupboards and a window over the sink, a stove, a dresser, a long table."""
    return kitchen_room(setting).painted("garden")


def kitchen_room(setting: Setting) -> Interior:
    """The kitchen."""
    room = Interior(setting, 6.4, 2.9, 6.8, (Angle(0.7, 0.2, -7), Angle(2.4, 0.9, -42), Angle(2.3, 5.7, 222)), 0.98)
    own: Colour = ((0.93, 0.87, 0.74), (0.86, 0.89, 0.86), (0.92, 0.82, 0.74))[setting.seed % 3]
    paint: Colour = ((0.44, 0.60, 0.56), (0.36, 0.50, 0.64), (0.62, 0.66, 0.46))[setting.seed % 3]
    room.walls("back", paint=_kitchen_wall(own))
    room.walls("left", paint=_stove_wall(own))
    room.walls("right", paint=_plain_wall(own, 3.6))
    room.walls("front", paint=_plain_wall(own, 3.0))
    room.floor(lambda board: board.tiles((0.80, 0.56, 0.42), (0.74, 0.50, 0.37), 0.36))
    room.ceiling(_joists)
    room.window("back", 2.2, 1.12, 4.2, 2.4, (3, 2))
    room.window("right", 1.4, 0.95, 3.0, 2.3, (2, 2))
    room.window("front", 0.8, 0.95, 2.4, 2.3, (2, 2))
    room.add(units(5.0, paint, sink=True), (0.2, 6.48))
    room.add(units(2.2, paint), (-2.88, 4.9, 90))
    room.add(stove(), (-2.88, 3.35, 90))
    room.add(units(1.2, paint), (-2.88, 2.4, 90))
    room.add(fridge(mix(paint, (0.95, 0.94, 0.9), 0.75)), (2.75, 6.2, -90))
    room.add(table(2.0, 0.95, OAK), (0.7, 3.9))
    for x, z, yaw in ((0.2, 3.15, 180), (1.2, 3.15, 176), (0.2, 4.65, 0), (1.2, 4.65, 5), (2.05, 3.9, -88)):
        room.add(chair(scaled(OAK, 0.9), mix(paint, OAK, 0.4)), (x, z, yaw))
        room.slot("seat", x, 0.47, z)
    room.add(fruit_bowl(), (0.6, 3.9, 0, 0.75))
    room.add(goods.cup(), (1.3, 3.7, 0, 0.75), (0.1, 4.1, 0, 0.75))
    room.add(goods.jar_row(1.0), (-1.6, 6.5, 0, 0.92), (-2.95, 5.2, 90, 0.92))
    room.add(kettle(), (-2.8, 3.2, 0, 0.93))
    room.add(goods.pot(0.35), (-0.7, 6.6, 0, 0.92), (1.1, 6.6, 0, 0.92), (-2.9, 2.3, 0, 0.92))
    for x in (0.1, 1.3):
        room.add(goods.pendant(room.lamp(x, 1.75, 3.9, power=0.85), room.tall, 1.8, (0.62, 0.28, 0.22)), (x, 3.9))
    room.lamp(-1.5, 2.2, 5.6, power=0.55, halo=0)
    room.slot("stand", -1.0, 0.0, 3.0)
    room.slot("top", 0.7, 0.75, 3.9)
    return room


def _plain_wall(own: Colour, door: float) -> Painting:
    def paint(board: Board) -> None:
        board.fill(scaled(own, 1.04), scaled(own, 0.95), 0.10)
        goods.skirting(board)
        board.door(door + 0.4, door + 1.3, 2.1, (0.72, 0.62, 0.48))
        board.framed(door + 1.9, 1.4, door + 2.5, 2.1)

    return paint


def _kitchen_wall(own: Colour) -> Painting:
    def paint(board: Board) -> None:
        board.fill(scaled(own, 1.04), scaled(own, 0.95), 0.10)
        goods.tiled(board, 0.0, 0.9, board.wide, 1.6, (0.90, 0.92, 0.88), (0.50, 0.68, 0.70), 0.14)
        for y in (1.66, 2.1):
            goods.shelf_of_jars(board, 0.4, 1.8, y, 0.3)
            goods.shelf_of_jars(board, 4.6, 5.4, y, 0.3)
        for a, b in ((1.95, 2.35), (4.05, 4.45)):
            left, top, right, foot = board.box(a, 1.25, b, 2.52)
            rooms.curtain(board.sheet, board.light, left, right, top, foot, (0.96, 0.82, 0.56), 4)

    return paint


def _stove_wall(own: Colour) -> Painting:
    """Tiles, a hood over the stove, pans on hooks."""

    def paint(board: Board) -> None:
        board.fill(scaled(own, 1.04), scaled(own, 0.95), 0.10)
        goods.skirting(board)
        goods.tiled(board, 1.6, 0.9, 6.1, 1.6, (0.90, 0.92, 0.88), (0.50, 0.68, 0.70), 0.14)
        board.sheet.polygon([board.at(2.75, 1.75), board.at(3.95, 1.75), board.at(3.6, 2.3), board.at(3.1, 2.3)], (0.60, 0.44, 0.30))
        board.patch(3.1, 2.3, 3.6, board.tall, (0.66, 0.49, 0.34), (0.5, 0.36, 0.25))
        board.patch(2.7, 1.68, 4.0, 1.78, (0.76, 0.57, 0.38), (0.54, 0.39, 0.26))
        board.line(4.3, 2.3, 5.9, 2.3, (0.25, 0.22, 0.2), 0.03)
        for number, x in enumerate(np.arange(4.45, 5.9, 0.34)):
            own_: Colour = (0.78, 0.46, 0.29) if number % 2 else (0.34, 0.34, 0.36)
            board.line(x, 2.3, x, 2.0, scaled(own_, 0.7), 0.025)
            board.disc(x, 1.88, 0.14, scaled(own_, 0.7))
            board.disc(x - 0.01, 1.89, 0.11, own_)
        goods.shelf_of_jars(board, 0.5, 1.4, 1.6, 0.28)
        goods.shelf_of_jars(board, 0.5, 1.4, 2.05, 0.28)

    return paint


def _joists(board: Board) -> None:
    board.fill((0.95, 0.92, 0.85), (0.92, 0.89, 0.82), 0.05)
    for y in np.arange(0.5, board.tall, 1.1):
        board.patch(0, y, board.wide, y + 0.16, scaled(OAK, 0.85), scaled(OAK, 0.65))


def units(wide: float, own: Colour, sink: bool = False) -> Solid:
    """Kitchen cupboards with a wooden top."""

    def front(board: Board) -> None:
        board.fill(scaled(own, 0.9), scaled(own, 0.8), 0.06)
        count = max(1, round(board.wide / 0.55))
        size = board.wide / count
        for number in range(count):
            board.ridge(number * size + 0.03, 0.14, (number + 1) * size - 0.03, 0.62, own, 0.012)
            board.ridge(number * size + 0.03, 0.66, (number + 1) * size - 0.03, 0.84, own, 0.01)
            for y in (0.54, 0.75):
                board.disc((number + 0.5) * size, y, 0.02, (0.86, 0.72, 0.42))
        board.patch(0, 0, board.wide, 0.1, (0.16, 0.15, 0.15), (0.12, 0.11, 0.11))

    parts: list[Part | Disc | Cutout] = [
        Part((-wide / 2, 0, -0.3), (wide / 2, 0.88, 0.3), plain(own), {"front": front}),
        Part((-wide / 2 - 0.02, 0.88, -0.33), (wide / 2 + 0.02, 0.92, 0.32), wood(scaled(OAK, 1.1))),
    ]
    if sink:
        parts.append(Cutout((0, 0.92, 0.15), 0.3, 0.36, _tap))
    return Solid(parts)


def _tap(board: Board) -> None:
    points = [(0.15, 0.0), (0.15, 0.22), (0.12, 0.31), (0.06, 0.31), (0.04, 0.22)]
    for tone, wide in ((0.6, 0.045), (1.15, 0.02)):
        board.sheet.stroke([board.at(*point) for point in points], scaled(STEEL, tone), max(1, wide * board.px))


def stove() -> Solid:
    """A stove with an oven that glows."""
    iron: Colour = (0.22, 0.23, 0.25)

    def front(board: Board) -> None:
        plain(iron, 0.05)(board)
        board.patch(0.1, 0.12, board.wide - 0.1, 0.6, scaled(iron, 0.6), scaled(iron, 0.5))
        board.patch(0.16, 0.2, board.wide - 0.16, 0.52, (0.96, 0.56, 0.24), (0.42, 0.16, 0.10))
        board.patch(0.12, 0.64, board.wide - 0.12, 0.67, (0.82, 0.80, 0.76))
        for x in np.linspace(0.14, board.wide - 0.14, 5):
            board.disc(float(x), 0.78, 0.04, (0.85, 0.83, 0.78))

    def top(board: Board) -> None:
        plain(scaled(iron, 0.8), 0.03)(board)
        for x in (0.25, board.wide - 0.25):
            for y in (0.17, board.tall - 0.17):
                board.disc(x, y, 0.12, (0.09, 0.09, 0.1))
                board.disc(x, y, 0.06, (0.32, 0.32, 0.34))

    return Solid([Part((-0.42, 0, -0.31), (0.42, 0.92, 0.31), plain(iron), {"front": front, "top": top})])


def fridge(own: Colour) -> Solid:
    """A rounded old refrigerator."""

    def front(board: Board) -> None:
        plain(own, 0.04)(board)
        board.line(0, 1.15, board.wide, 1.15, scaled(own, 0.62), 0.016)
        for y in (0.8, 1.3):
            board.patch(0.07, y, 0.11, y + 0.25, (0.86, 0.86, 0.86), (0.56, 0.56, 0.58))
        for x, y, tone in ((0.4, 1.45, (0.95, 0.85, 0.4)), (0.5, 0.95, (0.9, 0.5, 0.45)), (0.35, 0.85, (0.6, 0.8, 0.9))):
            board.patch(x, y, x + 0.12, y + 0.13, tone)

    return Solid([Part((-0.34, 0.04, -0.32), (0.34, 1.75, 0.32), plain(own, 0.04), {"front": front})])


def fruit_bowl() -> Solid:
    """A bowl of fruit."""

    def paint(board: Board) -> None:
        for x, y, own in (
            (0.12, 0.16, (0.90, 0.32, 0.24)),
            (0.24, 0.17, (0.98, 0.70, 0.22)),
            (0.18, 0.22, (0.62, 0.74, 0.30)),
            (0.3, 0.15, (0.90, 0.40, 0.26)),
        ):
            board.disc(x, y, 0.065, scaled(own, 0.75))
            board.disc(x - 0.01, y + 0.01, 0.05, own)
        board.sheet.polygon([board.at(0.02, 0.15), board.at(0.38, 0.15), board.at(0.27, 0.0), board.at(0.13, 0.0)], (0.42, 0.56, 0.62))
        board.line(0.02, 0.15, 0.38, 0.15, (0.62, 0.76, 0.80), 0.016)

    return Solid([Cutout((0, 0, 0), 0.4, 0.32, paint)], soft=True)


def kettle() -> Solid:
    """A kettle on the stove."""

    def paint(board: Board) -> None:
        own: Colour = (0.76, 0.30, 0.24)
        board.sheet.stroke(
            [board.at(0.05 + 0.12 * float(1 - np.cos(t)), 0.16 + 0.12 * float(np.sin(t))) for t in np.linspace(0, 3.1, 12)],
            (0.16, 0.15, 0.15),
            0.022 * board.px,
        )
        board.sheet.polygon([board.at(0.28, 0.1), board.at(0.38, 0.19), board.at(0.35, 0.2), board.at(0.26, 0.14)], scaled(own, 0.8))
        board.disc(0.17, 0.09, 0.12, scaled(own, 0.7), 0.75)
        board.disc(0.16, 0.1, 0.1, own, 0.75)
        board.disc(0.13, 0.13, 0.03, scaled(own, 1.5), 0.75)

    return Solid([Cutout((0, 0, 0), 0.4, 0.3, paint)], soft=True)


def living(setting: Setting) -> list[Painted]:
    """A living room: a sofa and armchairs around a rug, books, a fireplace, fairy lights, plants."""
    return living_room(setting).painted("garden")


def living_room(setting: Setting) -> Interior:
    """The living room."""
    room = Interior(setting, 7.0, 2.9, 7.4, (Angle(0.7, 0.2, -6), Angle(2.7, 0.9, -42), Angle(2.7, 6.6, 216)), 0.97)
    own: Colour = ((0.82, 0.75, 0.70), (0.66, 0.74, 0.71), (0.80, 0.80, 0.70))[setting.seed % 3]
    fabric, accent = mix(CLOTHS[setting.seed % 5], (0.72, 0.66, 0.6), 0.45), CLOTHS[(setting.seed + 2) % 5]
    room.walls("back", paint=_curtained(own))
    room.walls("left", paint=_hearth(own))
    room.walls("right", paint=_plain_wall(own, 4.2))
    room.walls("front", paint=_plain_wall(own, 3.4))
    room.floor(_rugged(accent))
    room.ceiling(lambda board: board.fill((0.96, 0.93, 0.88), (0.93, 0.90, 0.85), 0.05))
    room.window("back", 2.3, 0.8, 4.9, 2.35, (3, 2))
    room.window("right", 1.2, 0.9, 3.2, 2.3, (2, 2))
    room.window("front", 0.8, 0.9, 2.6, 2.3, (2, 2))
    room.add(goods.sofa(2.3, fabric, accent), (0.4, 5.7))
    room.add(furniture.armchair(mix(accent, (0.6, 0.5, 0.4), 0.3)), (2.3, 4.1, -72), (-1.9, 3.2, 118))
    room.add(table(1.1, 0.6, OAK, 0.42), (0.4, 4.1))
    room.add(goods.cup(), (0.1, 4.0, 0, 0.42))
    room.add(goods.book_pile(), (0.65, 4.1, 0, 0.42))
    room.add(goods.bookcase(1.5, 2.1, 5), (-2.6, 7.1), (2.75, 7.15))
    room.add(goods.bookcase(1.7, 1.0, 3, things=0.4), (3.25, 3.0, -90))
    room.add(hearth(), (-3.3, 4.9, 90))
    room.add(goods.jar_row(1.2), (-3.3, 4.9, 90, 1.18))
    room.lamp(-2.9, 0.5, 4.9, reach=1.3, power=0.7, colour=(1.0, 0.56, 0.22), halo=0.5)
    room.add(floor_lamp(room.lamp(2.0, 1.55, 6.2, reach=1.7, power=1.0)), (2.0, 6.3))
    room.add(floor_lamp(room.lamp(-2.7, 1.55, 2.6, reach=1.6, power=0.8)), (-2.8, 2.6))
    room.add(goods.pot(1.5), (-1.4, 6.7), (3.0, 5.6), (-3.0, 0.6))
    room.add(goods.pot(0.5), (3.25, 3.2, 0, 1.0))
    room.add(fairy_lights(6.8, room.glow.lit), (0, 7.2, 0, 2.35))
    room.lamp(0.0, 2.4, 6.6, reach=1.8, power=0.5, halo=0)
    room.slot("seat", 0.4, 0.52, 5.4)
    room.slot("top", 0.4, 0.42, 4.1)
    room.slot("stand", -0.8, 0.0, 3.2)
    return room


def _curtained(own: Colour) -> Painting:
    def paint(board: Board) -> None:
        board.fill(scaled(own, 1.05), scaled(own, 0.95), 0.10)
        goods.skirting(board)
        board.line(1.7, 2.5, 5.5, 2.5, (0.36, 0.25, 0.18), 0.03)
        for a, b in ((1.75, 2.4), (4.8, 5.45)):
            left, top, right, foot = board.box(a, 0.12, b, 2.5)
            rooms.curtain(board.sheet, board.light, left, right, top, foot, (0.92, 0.74, 0.54), 6)

    return paint


def _hearth(own: Colour) -> Painting:
    def paint(board: Board) -> None:
        board.fill(scaled(own, 1.05), scaled(own, 0.95), 0.10)
        goods.skirting(board)
        for box in ((0.9, 1.3, 1.6, 2.2), (1.85, 1.5, 2.5, 2.0), (1.95, 1.0, 2.5, 1.4), (4.3, 1.5, 5.5, 2.4), (6.4, 1.2, 7.0, 2.1)):
            board.framed(*box)

    return paint


def _rugged(accent: Colour) -> Painting:
    """Boards with a round rug."""

    def paint(board: Board) -> None:
        board.boards((0.64, 0.46, 0.32), 0.15)
        x, y = board.wide / 2 + 0.4, board.tall - (7.4 - 4.1)
        for share, tone in ((1.75, 0.0), (1.62, 0.75), (1.25, 0.2), (1.08, 0.78), (0.6, 0.1), (0.48, 0.7)):
            board.disc(x, y, share, mix(accent, (0.94, 0.88, 0.78), tone), board.sheet.height / board.tall / board.px)
        left, top, right, foot = (int(v) for v in board.box(x - 1.75, y - 1.75, x + 1.75, y + 1.75))
        part = board.sheet.pixels[max(top, 0) : foot, max(left, 0) : right]
        grain = board.grain(3, 1.0, 1.0)[max(top, 0) : foot, max(left, 0) : right]
        part[..., :3] = np.clip(part[..., :3] * (1 + 0.12 * grain[..., None]), 0, 255).astype(np.uint8)

    return paint


def hearth() -> Solid:
    """A fireplace with a fire."""

    def front(board: Board) -> None:
        board.fill((0.80, 0.76, 0.70), (0.70, 0.66, 0.60), 0.1)
        goods.tiled(board, 0.05, 0.05, board.wide - 0.05, 1.05, (0.72, 0.46, 0.36), (0.62, 0.38, 0.30), 0.13, 0.4)
        board.patch(0.4, 0, board.wide - 0.4, 0.75, (0.10, 0.07, 0.06), (0.16, 0.09, 0.06))
        for share, own in ((1.0, (0.86, 0.28, 0.10)), (0.7, (0.98, 0.58, 0.18)), (0.4, (1.0, 0.88, 0.50))):
            for x in np.linspace(0.55, board.wide - 0.55, 5):
                tall = 0.42 * share * (1 - 0.5 * abs(x - board.wide / 2))
                board.sheet.polygon([board.at(x - 0.11 * share, 0.06), board.at(x + 0.11 * share, 0.06), board.at(x + 0.03, 0.06 + tall)], own)
        board.line(0.5, 0.06, board.wide - 0.5, 0.06, (0.26, 0.16, 0.1), 0.08)

    return Solid(
        [Part((-0.75, 0, -0.18), (0.75, 1.1, 0.18), plain((0.78, 0.74, 0.68)), {"front": front}, 0.1), Part((-0.85, 1.1, -0.26), (0.85, 1.18, 0.2), wood(DARK))]
    )


def floor_lamp(burns: bool) -> Solid:
    """A standing lamp with a cloth shade."""

    def paint(board: Board) -> None:
        board.disc(0.3, 0.03, 0.16, (0.26, 0.19, 0.15), 0.25)
        board.line(0.3, 0.03, 0.3, 1.4, (0.26, 0.19, 0.15), 0.03)
        shade: Colour = (1.0, 0.88, 0.62) if burns else (0.90, 0.84, 0.72)
        board.sheet.patch([board.at(0.15, 1.75), board.at(0.45, 1.75), board.at(0.58, 1.3), board.at(0.02, 1.3)], scaled(shade, 0.95), shade)
        board.line(0.02, 1.3, 0.58, 1.3, scaled(shade, 0.8), 0.02)

    return Solid([Cutout((0, 0, 0), 0.6, 1.78, paint, 0.7 if burns else 0.0)], soft=True)


def fairy_lights(wide: float, burns: bool) -> Solid:
    """Small bulbs on a sagging wire along a wall."""

    def paint(board: Board) -> None:
        xs = np.linspace(0, board.wide, 49)
        ys = board.tall - 0.04 - 0.16 * np.abs(np.sin(xs / board.wide * np.pi * 3))
        board.sheet.stroke([board.at(float(x), float(y)) for x, y in zip(xs, ys, strict=True)], (0.25, 0.22, 0.2), max(1, 0.012 * board.px))
        for x, y in zip(xs[1::2], ys[1::2], strict=True):
            left, top = board.at(float(x), float(y) - 0.03)
            if burns:
                board.sheet.glow(left, top, 0.16 * board.px + 1, (1.0, 0.82, 0.5), 0.5)
            board.disc(float(x), float(y) - 0.03, 0.03, (1.0, 0.93, 0.70) if burns else (0.95, 0.90, 0.78))

    return Solid(
        [Part((-wide / 2, 0, 0), (wide / 2, 0.36, 0.005), paint, dict.fromkeys(("top", "under", "left", "right", "back"), clear), 0.8 if burns else 0.0)],
        soft=True,
    )


def library(setting: Setting) -> list[Painted]:
    """A reading hall: bookcases along both sides, an arched window, reading tables with green lamps, a ladder."""
    return library_room(setting).painted("garden")


def library_room(setting: Setting) -> Interior:
    """The hall."""
    room = Interior(setting, 8.4, 4.6, 12.0, (Angle(0.0, 0.6, 0), Angle(2.9, 1.4, -38), Angle(-1.5, 10.9, 158)), 0.95)
    own: Colour = (0.78, 0.70, 0.58)
    carpet: Colour = ((0.60, 0.20, 0.18), (0.20, 0.36, 0.34), (0.26, 0.28, 0.46))[setting.seed % 3]
    room.walls("left", "right", paint=_book_wall)
    room.walls("back", paint=_end_wall(own))
    room.walls("front", paint=_end_wall(own, door=True))
    room.floor(_carpeted(carpet))
    room.ceiling(_coffers)
    room.window("back", 2.9, 1.0, 5.5, 4.1, (4, 4), (0.80, 0.72, 0.58))
    for z in (2.6, 5.0, 7.4, 9.8):
        for side in (-1, 1):
            room.add(goods.bookcase(2.0, 3.4, 8, DARK, 0.42, 0.05), (side * 3.95, z, -90 * side))
            room.add(_pilaster(4.3), (side * 3.95, z + 1.2))
    for z in (4.4, 8.0):
        for side in (-1, 1):
            room.add(table(1.9, 0.9, DARK, 0.76), (side * 2.15, z, 90))
            room.add(green_lamp(room.lamp(side * 2.15, 1.15, z, reach=1.2, power=0.9, halo=0.35)), (side * 2.15, z, 0, 0.76))
            room.add(goods.book_pile(), (side * 2.0, z - 0.55, 0, 0.76))
            room.add(chair(scaled(DARK, 1.15), carpet), (side * 2.9, z + 0.3, -90 * side), (side * 1.45, z - 0.2, 90 * side))
            room.slot("seat", side * 1.45, 0.47, z - 0.2)
            room.slot("top", side * 2.15, 0.76, z)
    room.add(ladder(), (-3.55, 6.3, 90))
    room.add(goods.pot(1.4), (-3.3, 11.4), (3.3, 11.4))
    for z in (2.5, 6.0, 9.5):
        room.add(goods.pendant(room.lamp(0.0, 2.9, z, reach=2.4, power=0.8), room.tall, 2.95, (0.60, 0.46, 0.26), 0.6), (0.0, z))
    room.slot("stand", 0.0, 0.0, 3.4)
    return room


def _book_wall(board: Board) -> None:
    board.fill((0.40, 0.28, 0.2), (0.32, 0.22, 0.15), 0.12, 1)
    goods.panels(board, board.tall - 0.6, (0.42, 0.28, 0.19), 1.2)
    board.patch(0, board.tall - 0.6, board.wide, board.tall, (0.84, 0.77, 0.65), (0.74, 0.66, 0.54))


def _end_wall(own: Colour, door: bool = False) -> Painting:
    def paint(board: Board) -> None:
        board.fill(scaled(own, 1.06), scaled(own, 0.94), 0.10)
        goods.panels(board, 1.0, DARK, 0.6)
        middle = board.wide / 2
        if door:
            board.door(middle - 1.0, middle, 2.5, (0.46, 0.30, 0.2))
            board.door(middle + 0.02, middle + 1.02, 2.5, (0.46, 0.30, 0.2))
            board.framed(1.2, 1.6, 2.3, 3.0)
            board.framed(6.1, 1.6, 7.2, 3.0)
        else:
            board.patch(middle - 1.65, 0.6, middle + 1.65, 4.4, (0.92, 0.87, 0.76), (0.80, 0.74, 0.63))
            for x in (0.9, 6.5):
                board.framed(x, 1.6, x + 1.0, 3.0)

    return paint


def _carpeted(own: Colour) -> Painting:
    def paint(board: Board) -> None:
        board.boards((0.50, 0.34, 0.22), 0.18)
        middle = board.wide / 2
        for half, tone in ((0.85, own), (0.76, (0.82, 0.66, 0.38)), (0.71, own)):
            board.patch(middle - half, 0.2, middle + half, board.tall - 0.3, tone, scaled(tone, 1.05))
        for y in np.arange(0.8, board.tall - 0.6, 0.8):
            board.sheet.polygon(
                [board.at(middle, y + 0.2), board.at(middle + 0.16, y), board.at(middle, y - 0.2), board.at(middle - 0.16, y)],
                mix(own, (0.82, 0.66, 0.38), 0.6),
            )

    return paint


def _coffers(board: Board) -> None:
    board.fill((0.66, 0.50, 0.35), (0.60, 0.45, 0.31), 0.1, 1)
    for y in np.arange(0.2, board.tall, 1.2):
        for x in np.arange(0.2, board.wide - 0.9, 1.15):
            board.ridge(x, y, x + 0.95, y + 1.0, (0.56, 0.41, 0.28), 0.04)


def _pilaster(tall: float) -> Solid:
    return Solid(
        [Part((-0.17, 0, -0.17), (0.17, tall, 0.17), wood(scaled(DARK, 1.1))), Part((-0.22, tall - 0.3, -0.22), (0.22, tall, 0.22), wood(scaled(DARK, 1.3)))]
    )


def green_lamp(burns: bool) -> Solid:
    """A banker's lamp."""

    def paint(board: Board) -> None:
        brass: Colour = (0.80, 0.64, 0.34)
        board.disc(0.2, 0.02, 0.1, brass, 0.3)
        board.line(0.2, 0.02, 0.2, 0.32, brass, 0.022)
        if burns:
            board.disc(0.2, 0.31, 0.14, (1.0, 0.94, 0.72), 0.3)
        board.sheet.patch([board.at(0.1, 0.43), board.at(0.3, 0.43), board.at(0.37, 0.32), board.at(0.03, 0.32)], (0.32, 0.66, 0.44), (0.16, 0.42, 0.28))

    return Solid([Cutout((0, 0, 0), 0.4, 0.46, paint, 0.4 if burns else 0.0)], soft=True)


def ladder() -> Solid:
    """A ladder that leans at the shelves."""

    def paint(board: Board) -> None:
        for x in (0.06, 0.5):
            board.line(x, 0, x + 0.02, 3.0, (0.62, 0.44, 0.28), 0.06)
        for y in np.arange(0.3, 2.9, 0.32):
            board.line(0.06, y, 0.52, y, (0.70, 0.51, 0.33), 0.05)

    return Solid([Cutout((0, 0, 0), 0.58, 3.05, paint)], soft=True)
