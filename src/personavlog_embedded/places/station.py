"""A station's concourse: pillars, a departure board, shops and ticket machines."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.places.museum import canvas
from personavlog_embedded.places.theatre import GOLD
from personavlog_embedded.render import furniture, goods
from personavlog_embedded.render.canvas import Colour, scaled
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.panel import Painting, Panel, plain
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.solids import Cutout, Disc, Furniture, FurniturePart


def station(setting: Setting) -> list[Painted]:
    """A concourse: a glass end wall, a departure board, a clock, ticket desks, benches and luggage."""
    return station_room(setting).painted("high")


def station_room(setting: Setting) -> Interior:
    """The concourse."""
    room = Interior(setting, 15.0, 6.6, 19.0, (Angle(1.2, 1.2, -6), Angle(5.4, 2.0, -36), Angle(-4.6, 17.4, 150)), 0.96)
    own: Colour = ((0.86, 0.82, 0.74), (0.78, 0.82, 0.84), (0.88, 0.80, 0.70))[setting.seed % 3]
    accent: Colour = ((0.14, 0.34, 0.44), (0.60, 0.22, 0.18), (0.20, 0.38, 0.28))[setting.seed % 3]
    room.walls("back", "front", paint=_hall_wall(own, accent))
    room.walls("left", paint=_shops(own, accent))
    room.walls("right", paint=_desks(own, accent))
    room.floor(_concourse)
    room.ceiling(_girders)
    room.window("back", 1.0, 1.0, 14.0, 5.9, (7, 3), (0.26, 0.30, 0.33))
    room.window("front", 2.0, 3.2, 13.0, 5.9, (6, 2), (0.26, 0.30, 0.33))
    room.add(departures(accent), (0.6, 12.0, 0, 3.3))
    room.add(clock(), (-3.6, 11.0, 0, 3.4))
    for z in (6.0, 10.5, 15.0):
        for side in (-1, 1):
            room.add(pillar(room.tall, own), (side * 5.6, z))
    for x, z in ((-2.7, 7.4), (3.1, 8.2), (-2.4, 13.2), (2.9, 14.0)):
        room.add(furniture.bench(2.0, (0.52, 0.36, 0.24), back=True), (x, z), (x, z + 0.7, 180))
        room.slot("seat", x, 0.47, z)
    for x, z, yaw, tone in (
        (-1.3, 7.3, 20, (0.80, 0.34, 0.26)),
        (-0.9, 7.6, -15, (0.24, 0.42, 0.50)),
        (4.5, 7.9, 40, (0.86, 0.68, 0.30)),
        (1.3, 13.6, 10, (0.36, 0.32, 0.44)),
    ):
        room.add(suitcase(tone), (x, z, yaw))
    room.add(ticket_machine(accent), (6.9, 4.4, -90), (6.9, 5.6, -90))
    if "vending" in setting.motifs:
        room.add(drinks((0.78, 0.20, 0.18)), (-1.9, 6.0, 20), (-2.9, 6.35, 20))
    room.add(goods.pot(1.8), (-5.6, 7.0), (5.6, 11.6), (-6.9, 18.2), (6.9, 18.2), (-5.6, 16.0))
    for z in (3.0, 8.0, 13.0):
        for x in (-3.6, 3.6):
            room.lamp(x, 5.0, z, reach=3.6, power=0.7, colour=(1.0, 0.92, 0.76))
            room.add(furniture.globe(room.glow.lit, room.tall, 5.0, 0.6), (x, z))
    room.slot("stand", 0.6, 0.0, 5.0)
    room.slot("stand", -0.6, 0.0, 8.4)
    return room


def _hall_wall(own: Colour, accent: Colour) -> Painting:
    def paint(board: Panel) -> None:
        board.fill(own, scaled(own, 0.93), 0.10)
        for y in np.arange(0.0, board.tall, 0.7):
            board.line(0, y, board.wide, y, scaled(own, 0.82), 0.012)
        board.patch(0, 0, board.wide, 0.5, scaled(accent, 0.9), scaled(accent, 0.7))
        for x in (board.wide * 0.25, board.wide * 0.6):
            board.door(x, x + 1.2, 2.4, scaled(accent, 1.2), glass=True)

    return paint


def _shops(own: Colour, accent: Colour) -> Painting:
    """Small shops under lit signs."""

    def paint(board: Panel) -> None:
        _hall_wall(own, accent)(board)
        for number, x in enumerate(np.arange(1.0, board.wide - 3.6, 4.2)):
            tone: Colour = ((0.90, 0.62, 0.28), (0.40, 0.58, 0.50), (0.76, 0.36, 0.30), (0.36, 0.46, 0.62))[number % 4]
            board.patch(x, 0, x + 3.6, 3.3, scaled(accent, 0.6), scaled(accent, 0.5))
            board.patch(x + 0.15, 0.35, x + 3.45, 2.5, (1.0, 0.92, 0.74), (0.93, 0.80, 0.58))
            for y in (0.75, 1.25, 1.75):
                goods.shelf_of_jars(board, x + 0.3, x + 2.3, y, 0.34)
            board.patch(x + 2.5, 0.0, x + 3.4, 2.4, (0.80, 0.72, 0.58), (0.60, 0.50, 0.4))
            board.patch(x, 2.55, x + 3.6, 3.2, tone, scaled(tone, 0.85))
            goods.chalk(board, x + 0.4, 2.65, x + 3.3, 3.1, 0.42, (1.0, 0.97, 0.9))

    return paint


def _desks(own: Colour, accent: Colour) -> Painting:
    """Ticket windows, maps and posters."""

    def paint(board: Panel) -> None:
        _hall_wall(own, accent)(board)
        for x in np.arange(1.2, 8.0, 2.2):
            board.patch(x, 1.0, x + 1.7, 2.7, scaled(accent, 0.8), scaled(accent, 0.7))
            board.patch(x + 0.12, 1.15, x + 1.58, 2.4, (0.98, 0.90, 0.70), (0.86, 0.76, 0.56))
            board.disc(x + 0.85, 1.55, 0.2, (0.40, 0.32, 0.28), 1.1)
            board.patch(x + 0.5, 1.15, x + 1.2, 1.4, (0.40, 0.46, 0.56))
            board.patch(x - 0.1, 0.95, x + 1.8, 1.08, scaled(GOLD, 0.9), scaled(GOLD, 0.6))
        for x in (9.6, 11.6, 16.2):
            tone: Colour = ((0.92, 0.66, 0.36), (0.42, 0.62, 0.70), (0.74, 0.42, 0.40))[int(board.rng.integers(3))]
            board.patch(x - 0.06, 1.1, x + 1.36, 3.06, (0.24, 0.24, 0.26))
            canvas(board, x, 1.16, x + 1.3, 3.0) if board.rng.random() < 0.5 else board.patch(
                x, 1.16, x + 1.3, 3.0, tone, scaled(tone, 0.7)
            )
            goods.chalk(board, x + 0.1, 1.25, x + 1.2, 1.7, 0.2, (1.0, 0.98, 0.9))

    return paint


def _concourse(board: Panel) -> None:
    """Polished stone with inlaid bands."""
    board.tiles((0.84, 0.80, 0.73), (0.80, 0.75, 0.67), 1.0, (0.68, 0.62, 0.54))
    for x in (board.wide * 0.2, board.wide * 0.5, board.wide * 0.8):
        board.patch(x - 0.3, 0, x + 0.3, board.tall, (0.42, 0.34, 0.30), (0.42, 0.34, 0.30), alpha=0.75)
    for y in np.arange(2.0, board.tall, 4.0):
        board.patch(0, y - 0.25, board.wide, y + 0.25, (0.50, 0.40, 0.34), (0.50, 0.40, 0.34), alpha=0.6)


def _girders(board: Panel) -> None:
    """A dark ribbed roof with glass between the ribs."""
    night = board.light.night
    glass: Colour = (0.30, 0.36, 0.52) if night else (0.90, 0.95, 0.98)
    board.fill(glass, scaled(glass, 0.95), 0.06)
    for y in np.arange(0, board.tall, 2.0):
        board.patch(0, y, board.wide, y + 0.45, (0.34, 0.36, 0.38), (0.26, 0.28, 0.30))
    for x in np.arange(0, board.wide + 0.1, 1.5):
        board.line(x, 0, x, board.tall, (0.34, 0.36, 0.38), 0.09)


def pillar(tall: float, own: Colour) -> Furniture:
    """A round-shaded pillar on a base."""

    def shaft(board: Panel) -> None:
        board.fill(own, scaled(own, 0.9), 0.06)
        board.patch(0, 0, board.wide, board.tall, scaled(own, 1.12), scaled(own, 0.6), sideways=True)

    return Furniture(
        [
            FurniturePart((-0.42, 0, -0.42), (0.42, 0.35, 0.42), plain(scaled(own, 0.7))),
            FurniturePart((-0.3, 0.35, -0.3), (0.3, tall - 0.3, 0.3), shaft),
            FurniturePart((-0.45, tall - 0.3, -0.45), (0.45, tall, 0.45), plain(scaled(own, 0.8))),
        ]
    )


def departures(accent: Colour) -> Furniture:
    """A departure board that hangs from the roof."""

    def paint(board: Panel) -> None:
        board.fill((0.10, 0.11, 0.13), (0.07, 0.08, 0.10), 0.02)
        board.patch(0, board.tall - 0.22, board.wide, board.tall, scaled(accent, 1.4), accent)
        for y in np.arange(0.1, board.tall - 0.3, 0.17):
            for x, wide in ((0.12, 0.3), (0.55, 1.2), (2.3, 0.25), (2.8, 0.6)):
                reach = wide * float(board.rng.uniform(0.6, 1.0))
                for dash in np.arange(x, x + reach, 0.08):
                    board.patch(dash, y, dash + 0.055, y + 0.085, (1.0, 0.78, 0.30) if x > 2 else (0.93, 0.92, 0.84))

    body = FurniturePart(
        (-1.8, 0, -0.12), (1.8, 1.5, 0.12), plain((0.2, 0.21, 0.23)), {"front": paint, "back": paint}, 0.55
    )
    return Furniture(
        [
            body,
            *(
                FurniturePart((x - 0.03, 1.5, -0.03), (x + 0.03, 3.3, 0.03), plain((0.25, 0.26, 0.28)))
                for x in (-1.4, 1.4)
            ),
        ],
        soft=True,
    )


def clock() -> Furniture:
    """A station clock that hangs from the roof."""

    def paint(board: Panel) -> None:
        middle = board.wide / 2
        board.line(middle, 1.1, middle, board.tall, (0.25, 0.26, 0.28), 0.06)
        board.disc(middle, 0.6, 0.58, (0.24, 0.26, 0.28))
        board.disc(middle, 0.6, 0.5, (0.98, 0.96, 0.90))
        for hour in range(12):
            turn = hour * np.pi / 6
            board.line(
                middle + 0.4 * np.sin(turn),
                0.6 + 0.4 * np.cos(turn),
                middle + 0.46 * np.sin(turn),
                0.6 + 0.46 * np.cos(turn),
                (0.15, 0.15, 0.16),
                0.03,
            )
        board.line(middle, 0.6, middle - 0.22, 0.78, (0.12, 0.12, 0.13), 0.05)
        board.line(middle, 0.6, middle + 0.08, 0.98, (0.12, 0.12, 0.13), 0.035)

    return Furniture([Cutout((0, 0, 0), 1.2, 3.2, paint, 0.35)], soft=True)


def suitcase(own: Colour) -> Furniture:
    """A suitcase on wheels."""

    def front(board: Panel) -> None:
        plain(own, 0.08)(board)
        for x in np.arange(0.06, board.wide - 0.02, 0.09):
            board.line(x, 0.04, x, board.tall - 0.04, scaled(own, 0.72), 0.014)
        board.line(0.0, 0.02, board.wide, 0.02, scaled(own, 0.5), 0.02)

    parts: list[FurniturePart | Disc | Cutout] = [
        FurniturePart((x, 0, -0.08), (x + 0.05, 0.06, 0.08), plain((0.1, 0.1, 0.1))) for x in (-0.2, 0.15)
    ]
    parts += [
        FurniturePart((-0.22, 0.06, -0.13), (0.22, 0.68, 0.13), front),
        FurniturePart((-0.12, 0.68, -0.02), (-0.1, 0.95, 0.0), plain((0.4, 0.4, 0.42))),
        FurniturePart((0.1, 0.68, -0.02), (0.12, 0.95, 0.0), plain((0.4, 0.4, 0.42))),
    ]
    return Furniture([*parts, FurniturePart((-0.13, 0.95, -0.03), (0.13, 0.98, 0.01), plain((0.15, 0.15, 0.16)))])


def ticket_machine(accent: Colour) -> Furniture:
    """A machine that sells tickets."""

    def front(board: Panel) -> None:
        plain(accent, 0.05)(board)
        board.patch(0.1, 1.0, board.wide - 0.1, 1.55, (0.70, 0.90, 0.98), (0.40, 0.66, 0.86))
        for y in (1.1, 1.25, 1.4):
            board.patch(0.16, y, board.wide - 0.2, y + 0.07, (0.95, 0.97, 1.0))
        board.patch(0.12, 0.7, 0.36, 0.9, (0.12, 0.12, 0.13))
        board.patch(0.42, 0.7, board.wide - 0.1, 0.9, (0.86, 0.70, 0.30), (0.7, 0.55, 0.2))
        board.patch(0, 1.7, board.wide, 1.9, scaled(accent, 1.5))

    return Furniture(
        [FurniturePart((-0.36, 0, -0.3), (0.36, 1.9, 0.3), plain(scaled(accent, 0.8)), {"front": front}, 0.1)]
    )


def drinks(own: Colour) -> Furniture:
    """A lit machine of cans and bottles."""

    def front(board: Panel) -> None:
        board.fill(own, scaled(own, 0.8), 0.04)
        board.patch(0.08, 0.7, board.wide - 0.26, board.tall - 0.1, (0.94, 0.97, 0.98), (0.84, 0.90, 0.93))
        colours: tuple[Colour, ...] = ((0.86, 0.26, 0.24), (0.24, 0.50, 0.78), (0.94, 0.76, 0.22), (0.30, 0.62, 0.36))
        for row, y in enumerate(np.arange(0.76, board.tall - 0.35, 0.3)):
            for number, x in enumerate(np.arange(0.12, board.wide - 0.36, 0.1)):
                board.patch(
                    x,
                    y,
                    x + 0.07,
                    y + 0.2,
                    colours[(row + number) % 4],
                    scaled(colours[(row + number) % 4], 0.7),
                    sideways=True,
                )
            board.line(0.08, y - 0.02, board.wide - 0.26, y - 0.02, (0.5, 0.54, 0.58), 0.02)
        board.patch(0.12, 0.25, board.wide - 0.3, 0.5, (0.12, 0.12, 0.13))
        board.patch(board.wide - 0.2, 0.9, board.wide - 0.08, 1.3, (0.85, 0.86, 0.87))

    return Furniture([FurniturePart((-0.5, 0, -0.38), (0.5, 1.9, 0.38), plain(own), {"front": front}, 0.35)])
