"""The bridge of a ship in space or in the deep: consoles, chairs, wide windows, a round door."""

from __future__ import annotations

from functools import partial

import numpy as np

from personavlog_embedded.render import furniture
from personavlog_embedded.render.canvas import Colour, scaled
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.panel import Painting, Panel, plain
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.solids import Furniture, FurniturePart

HULL: Colour = (0.74, 0.77, 0.80)


def spaceship(setting: Setting) -> list[Painted]:
    """A bridge among the stars."""
    return _bridge(setting, (0.30, 0.72, 0.92), HULL).painted("space")


def submarine(setting: Setting) -> list[Painted]:
    """The same under water, in copper."""
    return _bridge(setting, (0.96, 0.72, 0.36), (0.62, 0.54, 0.42)).painted("deep")


def _bridge(setting: Setting, accent: Colour, hull: Colour) -> Interior:
    """From behind the chairs, from a side, and back to the door."""
    room = Interior(setting, 7.0, 3.0, 8.0, (Angle(0.5, 0.6, -5), Angle(2.4, 1.0, -34), Angle(-1.6, 6.6, 160)), 0.9)
    room.walls("left", "right", "back", "front", paint=partial(_hull, hull, accent))
    room.floor(partial(_deck, accent))
    room.ceiling(partial(_ribs, hull))
    room.window("back", 0.7, 1.0, 6.3, 2.6, (5, 1), scaled(hull, 0.6))
    room.window("left", 4.2, 1.2, 6.2, 2.4, (2, 1), scaled(hull, 0.6))
    room.window("right", 1.8, 1.2, 3.8, 2.4, (2, 1), scaled(hull, 0.6))
    room.add(console(5.0, hull, accent), (0.0, 7.2))
    room.add(console(2.4, hull, accent), (-2.9, 4.4, 90), (2.9, 4.4, -90))
    room.add(furniture.swivel(scaled(accent, 0.6)), (-1.2, 5.9, 180), (1.2, 5.9, 180), (-1.9, 4.0, -90))
    for x in (-1.6, 1.6):
        room.lamp(x, 2.7, 4.0, reach=2.2, power=0.8, colour=(0.80, 0.92, 1.0), always=True, halo=0)
    room.lamp(0.0, 1.0, 6.9, reach=1.8, power=0.7, colour=accent, always=True, halo=0)
    room.slot("stand", 0.3, 0.0, 3.0)
    room.slot("seat", -1.2, 0.5, 5.9)
    return room


def _hull(own: Colour, accent: Colour, board: Panel) -> None:
    """Panels with rivets, a glowing band; a round-shouldered door on the wall opposite the windows."""
    board.fill(own, scaled(own, 0.85), 0.05)
    for x in np.arange(0.1, board.wide - 0.8, 1.15):
        for low, high in ((0.15, 0.85), (1.0, 2.6)):
            board.ridge(x, low, x + 1.05, high, scaled(own, float(board.rng.uniform(0.92, 1.05))), 0.012)
    board.patch(0, 0.88, board.wide, 0.96, accent, scaled(accent, 0.8))
    board.patch(0, 2.7, board.wide, 2.78, accent, scaled(accent, 0.8))
    if board.wide < 7.5:
        middle = board.wide / 2
        board.patch(middle - 0.7, 0, middle + 0.7, 2.1, scaled(own, 0.5), scaled(own, 0.4))
        board.patch(middle - 0.58, 0, middle - 0.02, 2.0, scaled(own, 0.95), scaled(own, 0.75))
        board.patch(middle + 0.02, 0, middle + 0.58, 2.0, scaled(own, 0.95), scaled(own, 0.75))


def _deck(accent: Colour, board: Panel) -> None:
    board.tiles((0.34, 0.36, 0.39), (0.30, 0.32, 0.35), 0.8, uneven=0.06)
    for x in (board.wide * 0.3, board.wide * 0.7):
        board.patch(x - 0.04, 0, x + 0.04, board.tall, accent, accent)


def _ribs(own: Colour, board: Panel) -> None:
    board.fill(scaled(own, 0.9), scaled(own, 0.82), 0.05)
    for y in np.arange(0.4, board.tall, 1.3):
        board.patch(0, y, board.wide, y + 0.24, scaled(own, 0.75), scaled(own, 0.55))
        board.patch(0, y + 0.6, board.wide, y + 0.7, (0.92, 0.97, 1.0))


def console(wide: float, hull: Colour, accent: Colour) -> Furniture:
    """A desk of screens, dials and buttons; it looks to the front wall."""
    half = wide / 2
    panel: Painting = partial(_dials, accent)
    return Furniture(
        [
            FurniturePart((-half, 0, -0.3), (half, 0.8, 0.35), plain(scaled(hull, 0.7))),
            FurniturePart(
                (-half - 0.04, 0.8, -0.4), (half + 0.04, 0.86, 0.36), plain(scaled(hull, 0.5)), {"top": panel}, 0.5
            ),
            FurniturePart((-half, 0.86, 0.16), (half, 1.08, 0.3), plain(scaled(hull, 0.5)), {"front": panel}, 0.6),
        ]
    )


def _dials(accent: Colour, board: Panel) -> None:
    board.fill((0.10, 0.12, 0.15), (0.08, 0.10, 0.12), 0.02)
    lights: tuple[Colour, ...] = (
        accent,
        (0.95, 0.36, 0.30),
        (0.98, 0.82, 0.36),
        (0.42, 0.88, 0.52),
        (0.90, 0.94, 0.96),
    )
    for x in np.arange(0.06, board.wide - 0.3, 0.36):
        if board.rng.random() < 0.45:
            board.patch(x, board.tall * 0.15, x + 0.3, board.tall * 0.85, scaled(accent, 0.9), scaled(accent, 0.45))
        else:
            for dx in (0.03, 0.12, 0.21):
                for y in (0.3, 0.68):
                    board.disc(x + dx, board.tall * y, 0.025, lights[int(board.rng.integers(5))])
