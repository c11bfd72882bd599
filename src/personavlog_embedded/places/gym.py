"""A gym: machines, weights, a wall of mirrors."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import furniture, goods, sport_gear
from personavlog_embedded.render.canvas import Colour, scaled
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.panel import Painting, Panel
from personavlog_embedded.render.setting import Painted, Setting


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
    if "climbing" in setting.motifs:
        room.walls("left", "back", paint=_holds)
    room.floor(_gym_floor(accent))
    room.ceiling(lambda board: board.boards((0.42, 0.43, 0.46), 0.5, gap=0.75))
    if "climbing" not in setting.motifs:
        room.window("back", 0.7, 0.4, 8.3, 2.9, (5, 1), (0.24, 0.25, 0.28))
    room.window("front", 1.0, 1.6, 5.5, 2.9, (4, 1), (0.24, 0.25, 0.28))
    for x in () if "climbing" in setting.motifs else (-3.2, -1.6, 0.0, 1.6, 3.2):
        room.add(sport_gear.treadmill(accent), (x, 8.3))
    if "climbing" not in setting.motifs:
        room.add(sport_gear.dumbbell_rack(2.4), (-4.1, 6.2, 90), (-4.1, 3.4, 90))
    room.add(sport_gear.weight_bench(accent), (-2.4, 5.4, 30), (-2.4, 3.2, 20))
    room.add(sport_gear.squat_rack(), (2.9, 5.0, -60))
    for x, z, own in ((2.2, 3.0, accent), (3.5, 3.6, (0.28, 0.44, 0.66)), (0.4, 6.4, (0.90, 0.80, 0.30))):
        room.add(sport_gear.ball(0.32, own), (x, z))
    room.add(sport_gear.mat(accent), (1.2, 4.4, 10), (0.9, 2.6, 5))
    room.add(sport_gear.kettlebell(), (-0.9, 5.6), (-0.6, 5.8), (-1.2, 5.9))
    room.add(goods.pot(1.5), (4.1, 9.5), (-4.0, 0.7))
    for z in (2.0, 5.0, 8.0):
        for x in (-2.2, 2.2):
            room.lamp(x, 3.3, z, reach=2.6, power=0.6, colour=(1.0, 0.95, 0.86), halo=0)
            room.add(furniture.tube(1.6, room.glow.lit), (x, z, 0, 3.2))
    room.slot("stand", 0.3, 0.0, 3.4)
    return room


def _gym_wall(accent: Colour) -> Painting:
    def paint(board: Panel) -> None:
        board.fill((0.86, 0.85, 0.84), (0.80, 0.79, 0.79), 0.10)
        board.patch(0, 0, board.wide, 0.35, (0.32, 0.33, 0.36), (0.24, 0.25, 0.28))
        board.patch(0, 1.15, board.wide, 1.4, accent, scaled(accent, 0.9))
        board.patch(0, 1.06, board.wide, 1.11, accent, scaled(accent, 0.9))

    return paint


def _holds(board: Panel) -> None:
    """Grey panels with holds of all colours, screwed on at random."""
    board.fill((0.62, 0.60, 0.57), (0.54, 0.52, 0.50), 0.14)
    for x in np.arange(0, board.wide, 1.25):
        board.line(x, 0, x + 0.3, board.tall, (0.46, 0.45, 0.43), 0.015)
    colours: tuple[Colour, ...] = (
        (0.86, 0.26, 0.24),
        (0.24, 0.50, 0.78),
        (0.94, 0.76, 0.22),
        (0.30, 0.62, 0.36),
        (0.86, 0.46, 0.70),
        (0.20, 0.20, 0.22),
    )
    for _ in range(int(board.wide * 16)):
        own, size = colours[int(board.rng.integers(len(colours)))], float(board.rng.uniform(0.05, 0.12))
        x, y = float(board.rng.uniform(0.1, board.wide - 0.1)), float(board.rng.uniform(0.35, board.tall - 0.1))
        board.disc(x + 0.02, y - 0.03, size, (0.36, 0.35, 0.34), 0.8)
        board.disc(x, y, size, scaled(own, 0.85), 0.8)
        board.disc(x - size * 0.2, y + size * 0.2, size * 0.6, scaled(own, 1.15), 0.8)


def _mirror_wall(accent: Colour) -> Painting:
    """Mirrors that show a dim, soft room."""

    def paint(board: Panel) -> None:
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
    def paint(board: Panel) -> None:
        board.tiles((0.34, 0.35, 0.38), (0.31, 0.32, 0.35), 1.0)
        board.sheet.multiply(1 + 0.16 * board.grain(3, 1.0, 0.8))
        board.patch(
            board.wide * 0.45, 1.0, board.wide * 0.97, board.tall * 0.62, (0.66, 0.50, 0.34), (0.70, 0.52, 0.35)
        )
        for x in np.arange(board.wide * 0.45, board.wide * 0.97, 0.14):
            board.line(x, 1.0, x, board.tall * 0.62, (0.46, 0.33, 0.22), 0.008)
        for y in (1.0, board.tall * 0.62):
            board.line(board.wide * 0.45, y, board.wide * 0.97, y, accent, 0.06)

    return paint
