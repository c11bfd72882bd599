"""Rooms of care and of the body: hospital, gym, pool."""

from __future__ import annotations

import cv2
import numpy as np

from personavlog.backbones.embedded.world import furniture, goods
from personavlog.backbones.embedded.world.board import Board, Painting
from personavlog.backbones.embedded.world.interior import Angle, Interior
from personavlog.backbones.embedded.world.setting import Painted, Setting
from personavlog.backbones.embedded.world.shine import COOL
from personavlog.backbones.embedded.world.surface import Colour, mix, scaled


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
        room.add(furniture.drip(), (-3.1, z + 0.75))
        room.add(furniture.monitor(True), (-3.35, z + 0.75, 90))
        room.slot("seat", -1.9, 0.6, z)
        room.slot("top", -3.3, 0.7, z - 0.85)
    room.add(furniture.bed(blanket, rails=True), (2.45, 5.9, -90))
    room.add(furniture.curtain(1.9, 2.3, mix(mint, (0.55, 0.75, 0.80), 0.5)), (-2.6, 4.5), (2.75, 7.1))
    room.add(furniture.armchair(scaled(blanket, 0.9)), (2.6, 3.2, -70))
    room.add(furniture.trolley(), (0.9, 6.6, 20))
    room.add(goods.pot(1.2), (3.2, 7.9))
    for z in (2.4, 5.6):
        for x in (-1.7, 1.7):
            room.lamp(x, 2.9, z, reach=2.3, power=0.75, colour=COOL, always=True, halo=0)
    room.slot("stand", 0.2, 0.0, 3.4)
    return room


def _ward_wall(own: Colour) -> Painting:
    def paint(board: Board) -> None:
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
    def paint(board: Board) -> None:
        _ward_wall(own)(board)
        board.door(2.4, 3.4, 2.15, (0.60, 0.74, 0.74), glass=True)
        board.door(3.42, 4.42, 2.15, (0.60, 0.74, 0.74), glass=True)
        board.patch(2.7, 2.35, 4.1, 2.6, (0.25, 0.50, 0.52), (0.2, 0.42, 0.45))
        goods.chalk(board, 2.85, 2.4, 4.0, 2.55, 0.12)
        board.patch(5.2, 1.3, 6.4, 2.1, (0.80, 0.66, 0.48), (0.70, 0.56, 0.4))
        for x, y, own_ in ((5.3, 1.75, (0.96, 0.94, 0.86)), (5.7, 1.4, (0.95, 0.85, 0.55)), (5.95, 1.7, (0.75, 0.86, 0.90)), (5.35, 1.4, (0.93, 0.75, 0.7))):
            board.patch(x, y, x + 0.3, y + 0.3, own_, scaled(own_, 0.92))

    return paint


def _panelled_ceiling(board: Board) -> None:
    """Square panels with some light fields."""
    board.tiles((0.95, 0.95, 0.94), (0.93, 0.93, 0.93), 0.6, (0.85, 0.86, 0.87), uneven=0.015)
    for x in np.arange(1.8, board.wide - 0.6, 2.4):
        for y in np.arange(1.2, board.tall - 0.6, 1.8):
            board.patch(x, y, x + 1.2, y + 0.6, (1.0, 1.0, 0.98), (0.97, 0.98, 0.98))


def gym(setting: Setting) -> list[Painted]:
    """A fitness studio: treadmills before a high window, racks of weights, a mirror wall."""
    return gym_room(setting).painted("high")


def gym_room(setting: Setting) -> Interior:
    """The studio."""
    room = Interior(setting, 9.0, 3.5, 10.0, (Angle(0.9, 0.5, -8), Angle(3.4, 1.2, -40), Angle(-3.0, 8.6, 146)), 0.98)
    accent: Colour = ((0.92, 0.52, 0.20), (0.22, 0.62, 0.66), (0.80, 0.26, 0.30))[setting.seed % 3]
    room.walls("back", paint=_gym_wall(accent))
    room.walls("right", paint=_mirror_wall(accent))
    room.walls("left", "front", paint=_gym_wall(accent))
    room.floor(_gym_floor(accent))
    room.ceiling(lambda board: board.boards((0.42, 0.43, 0.46), 0.5, gap=0.75))
    room.window("back", 0.7, 0.4, 8.3, 2.9, (5, 1), (0.24, 0.25, 0.28))
    room.window("front", 1.0, 1.6, 5.5, 2.9, (4, 1), (0.24, 0.25, 0.28))
    for x in (-3.2, -1.6, 0.0, 1.6, 3.2):
        room.add(furniture.treadmill(accent), (x, 8.3))
    room.add(furniture.dumbbell_rack(2.4), (-4.1, 6.2, 90), (-4.1, 3.4, 90))
    room.add(furniture.weight_bench(accent), (-2.4, 5.4, 30), (-2.4, 3.2, 20))
    room.add(furniture.squat_rack(), (2.9, 5.0, -60))
    for x, z, own in ((2.2, 3.0, accent), (3.5, 3.6, (0.28, 0.44, 0.66)), (0.4, 6.4, (0.90, 0.80, 0.30))):
        room.add(furniture.ball(0.32, own), (x, z))
    room.add(furniture.mat(accent), (1.2, 4.4, 10), (0.9, 2.6, 5))
    room.add(furniture.kettlebell(), (-0.9, 5.6), (-0.6, 5.8), (-1.2, 5.9))
    room.add(goods.pot(1.5), (4.1, 9.5), (-4.0, 0.7))
    for z in (2.0, 5.0, 8.0):
        for x in (-2.2, 2.2):
            room.lamp(x, 3.3, z, reach=2.6, power=0.6, colour=(1.0, 0.95, 0.86), halo=0)
            room.add(furniture.tube(1.6, room.glow.lit), (x, z, 0, 3.2))
    room.slot("stand", 0.3, 0.0, 3.4)
    return room


def _gym_wall(accent: Colour) -> Painting:
    def paint(board: Board) -> None:
        board.fill((0.86, 0.85, 0.84), (0.80, 0.79, 0.79), 0.10)
        board.patch(0, 0, board.wide, 0.35, (0.32, 0.33, 0.36), (0.24, 0.25, 0.28))
        board.patch(0, 1.15, board.wide, 1.4, accent, scaled(accent, 0.9))
        board.patch(0, 1.06, board.wide, 1.11, accent, scaled(accent, 0.9))

    return paint


def _mirror_wall(accent: Colour) -> Painting:
    """Mirrors that show a dim, soft room."""

    def paint(board: Board) -> None:
        _gym_wall(accent)(board)
        for x in np.arange(0.6, board.wide - 1.6, 1.5):
            board.patch(x, 0.4, x + 1.46, 2.7, (0.74, 0.80, 0.84), (0.56, 0.58, 0.60))
            board.patch(x, 0.4, x + 1.46, 1.1, (0.50, 0.46, 0.42), (0.40, 0.36, 0.34), alpha=0.55)
            board.patch(x + 0.2, 1.3, x + 0.34, 2.5, (1, 1, 1), alpha=0.12)
            left, top, right, foot = board.box(x, 0.4, x + 1.46, 2.7)
            board.sheet.patch(
                [
                    (left + (right - left) * 0.15, foot),
                    (left + (right - left) * 0.3, foot),
                    (left + (right - left) * 0.75, top),
                    (left + (right - left) * 0.6, top),
                ],
                (1, 1, 1),
                alpha=0.14,
            )
            board.line(x, 0.4, x, 2.7, (0.4, 0.42, 0.45), 0.015)
        board.patch(0.6, 0.98, board.wide - 0.6, 1.04, (0.62, 0.44, 0.28), (0.45, 0.3, 0.2))

    return paint


def _gym_floor(accent: Colour) -> Painting:
    def paint(board: Board) -> None:
        board.tiles((0.34, 0.35, 0.38), (0.31, 0.32, 0.35), 1.0)
        board.sheet.multiply(1 + 0.16 * board.grain(3, 1.0, 0.8))
        board.patch(board.wide * 0.45, 1.0, board.wide * 0.97, board.tall * 0.62, (0.66, 0.50, 0.34), (0.70, 0.52, 0.35))
        for x in np.arange(board.wide * 0.45, board.wide * 0.97, 0.14):
            board.line(x, 1.0, x, board.tall * 0.62, (0.46, 0.33, 0.22), 0.008)
        for y in (1.0, board.tall * 0.62):
            board.line(board.wide * 0.45, y, board.wide * 0.97, y, accent, 0.06)

    return paint


def pool(setting: Setting) -> list[Painted]:
    """An indoor pool: turquoise water with lanes, tall windows, benches."""
    return pool_room(setting).painted("garden")


def pool_room(setting: Setting) -> Interior:
    """The swimming hall."""
    room = Interior(setting, 12.0, 4.6, 14.0, (Angle(-3.9, 0.8, 16), Angle(4.7, 1.4, -34), Angle(-4.4, 12.6, 150)), 0.94)
    room.walls("back", "left", "right", "front", paint=_pool_wall)
    room.floor(_pool_floor)
    room.ceiling(lambda board: board.boards((0.80, 0.66, 0.48), 0.4, gap=0.78))
    room.window("back", 0.8, 0.8, 11.2, 3.9, (6, 2), (0.92, 0.94, 0.94))
    room.window("left", 2.0, 0.8, 12.0, 3.9, (6, 2), (0.92, 0.94, 0.94))
    for z in (3.0, 6.0, 9.0):
        room.add(furniture.lounger((0.94, 0.93, 0.88)), (-4.6, z, 90), (4.8, z, -90))
    for x in (-1.6, 0.0, 1.6):
        room.add(furniture.start_block(), (x + 0.6, 12.7, 180))
    for x, z in ((5.3, 12.8), (-5.3, 13.3), (-5.4, 1.0), (5.4, 1.2)):
        room.add(goods.pot(1.9), (x, z))
    for z in (3.0, 7.0, 11.0):
        for x in (-4.6, 4.6):
            burns = room.lamp(x, 3.2, z, reach=2.6, power=0.7, colour=(1.0, 0.9, 0.72))
            room.add(furniture.globe(burns, room.tall, 3.2), (x, z))
        room.lamp(0.0, 0.3, z, reach=2.6, power=0.35, colour=(0.35, 0.85, 0.95), halo=0)
    room.slot("stand", -4.0, 0.0, 4.0)
    return room


def _pool_wall(board: Board) -> None:
    board.fill((0.93, 0.93, 0.89), (0.88, 0.90, 0.88), 0.06)
    board.tiles((0.78, 0.90, 0.90), (0.62, 0.82, 0.84), 0.3, share=0.7, chequer=False)
    board.patch(0, 1.5, board.wide, board.tall, (0.94, 0.94, 0.90), (0.90, 0.91, 0.88))
    board.patch(0, 1.45, board.wide, 1.55, (0.24, 0.52, 0.60), (0.2, 0.44, 0.52))


def _pool_floor(board: Board) -> None:
    """Stone slabs around a basin; the water is painted into it with lanes and ripples of light."""
    board.tiles((0.86, 0.84, 0.79), (0.82, 0.80, 0.76), 0.5)
    x0, x1, y0, y1 = 2.9, board.wide - 2.3, 1.6, board.tall - 1.9
    board.patch(x0 - 0.35, y0 - 0.35, x1 + 0.35, y1 + 0.35, (0.94, 0.95, 0.94), (0.90, 0.91, 0.90))
    board.patch(x0, y0, x1, y1, (0.42, 0.80, 0.84), (0.16, 0.58, 0.70))
    for share in (0.2, 0.4, 0.6, 0.8):
        x = x0 + (x1 - x0) * share
        board.line(x, y0, x, y1, (0.12, 0.36, 0.56), 0.12)
        for number, y in enumerate(np.arange(y0, y1, 0.35)):
            board.line(x + 0.42, y, x + 0.42, y + 0.3, (0.92, 0.30, 0.26) if number % 4 < 2 else (0.97, 0.97, 0.95), 0.07)
    left, top, right, foot = (int(v) for v in board.box(x0, y0, x1, y1))
    rings = np.abs(board.grain(0, 1.0, 7.0) + 0.5 * board.grain(3, 1.0, 5.0))[top:foot, left:right]
    light = cv2.GaussianBlur(np.clip(1 - rings * 5, 0, 1), (0, 0), max(1.0, 0.05 * board.px))
    board.sheet.blend((0.93, 1.0, 0.98), light * 0.26, top, left)
    board.shadow(x0, y1 - 0.6, x1, y1, 0.35)
