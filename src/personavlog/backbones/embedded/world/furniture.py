"""Larger furniture: beds, desks, machines for sport, benches, racks, lights."""

from __future__ import annotations

import numpy as np

from personavlog.backbones.embedded.world.board import Board, Painting, cloth, plain, wood
from personavlog.backbones.embedded.world.goods import OAK, STEEL
from personavlog.backbones.embedded.world.noise import Field
from personavlog.backbones.embedded.world.solids import Cutout, Disc, Part, Solid, legs
from personavlog.backbones.embedded.world.surface import Colour, scaled

Parts = list[Part | Disc | Cutout]
IRON: Colour = (0.22, 0.22, 0.24)


def bed(blanket: Colour, rails: bool = False, wide: float = 0.95, long: float = 2.05) -> Solid:
    """A bed with its head at the rear, seen from its foot."""
    half, end = wide / 2, long / 2
    parts: Parts = [*legs(wide, 0.3, long, plain(STEEL if rails else OAK), 0.06)]
    frame = plain(STEEL, 0.04) if rails else wood(OAK)
    parts += [
        Part((-half, 0.28, -end), (half, 0.40, end), frame), Part((-half, 0.40, -end), (half, 0.56, end), cloth((0.95, 0.94, 0.91))),
        Part((-half - 0.02, 0.42, -end - 0.02), (half + 0.02, 0.60, end * 0.35), cloth(blanket)),
        Part((-half - 0.02, 0.58, end * 0.2), (half + 0.02, 0.62, end * 0.42), cloth((0.97, 0.96, 0.94))),
        Part((-half + 0.1, 0.56, end * 0.55), (half - 0.1, 0.70, end * 0.92), cloth((0.98, 0.97, 0.95))),
        Part((-half, 0.3, end), (half, 1.0, end + 0.05), frame), Part((-half, 0.3, -end - 0.05), (half, 0.72, -end), frame),
    ]  # fmt: skip
    if rails:
        parts += [Part((x - 0.015, 0.72, -0.3), (x + 0.015, 0.76, end * 0.7), plain(STEEL)) for x in (-half, half)]
    return Solid(parts)


def bedside(own: Colour = (0.86, 0.80, 0.70)) -> Solid:
    """A small cupboard with drawers."""
    return Solid([Part((-0.24, 0.05, -0.2), (0.24, 0.7, 0.2), plain(own, 0.08), {"front": drawers(own, 3)})])


def drawers(own: Colour, rows: int, columns: int = 1) -> Painting:
    """Drawer fronts with knobs."""

    def paint(board: Board) -> None:
        plain(own, 0.08)(board)
        for row in range(rows):
            for column in range(columns):
                x0, y0 = board.wide * column / columns, board.tall * row / rows
                x1, y1 = board.wide * (column + 1) / columns, board.tall * (row + 1) / rows
                board.ridge(x0 + 0.025, y0 + 0.02, x1 - 0.025, y1 - 0.02, own, 0.01)
                board.disc((x0 + x1) / 2, (y0 + y1) / 2, 0.02, scaled(own, 0.5))

    return paint


def drip() -> Solid:
    """An infusion stand."""

    def paint(board: Board) -> None:
        board.line(0.25, 0.05, 0.25, 1.9, (0.70, 0.72, 0.75), 0.025)
        board.line(0.08, 0.05, 0.42, 0.05, (0.5, 0.52, 0.55), 0.03)
        board.line(0.12, 1.88, 0.38, 1.88, (0.70, 0.72, 0.75), 0.02)
        board.patch(0.09, 1.5, 0.21, 1.82, (0.86, 0.94, 0.96), (0.70, 0.84, 0.90))
        board.line(0.15, 1.5, 0.2, 1.0, (0.85, 0.9, 0.92), 0.01)

    return Solid([Cutout((0, 0, 0), 0.5, 1.95, paint)], soft=True)


def monitor(medical: bool = False) -> Solid:
    """A screen on a stand with curves on it."""

    def screen(board: Board) -> None:
        board.fill((0.09, 0.13, 0.16), (0.06, 0.09, 0.12), 0.02)
        for number, own in enumerate(((0.35, 0.95, 0.55), (0.35, 0.75, 0.98), (0.98, 0.85, 0.35))):
            y = board.tall * (0.78 - 0.27 * number)
            xs = np.linspace(0.03, board.wide - 0.03, 40)
            beat = 0.09 * np.exp(-(((xs * 9) % 1 - 0.5) ** 2) * 90) - 0.03 * np.exp(-(((xs * 9) % 1 - 0.62) ** 2) * 90)
            board.sheet.stroke(
                [board.at(float(x), y + float(b) * (1 if number == 0 else 0.4)) for x, b in zip(xs, beat, strict=True)], own, max(1, 0.009 * board.px)
            )

    face = Part((-0.24, 1.25, -0.05), (0.24, 1.6, 0.05), plain((0.85, 0.86, 0.86)), {"front": screen}, 0.5)
    return Solid([Part((-0.02, 0, -0.02), (0.02, 1.3, 0.02), plain(STEEL)), Part((-0.2, 0, -0.2), (0.2, 0.06, 0.2), plain(IRON)), face])


def curtain(wide: float, tall: float, own: Colour) -> Solid:
    """A curtain across the room on a rail; it hangs in folds."""

    def paint(board: Board) -> None:
        board.fill(own, scaled(own, 0.86), 0.06)
        folds = np.sin(np.arange(board.sheet.width) / board.px * 24 + 1.5 * np.sin(np.arange(board.sheet.width) / board.px * 7))
        board.sheet.multiply(np.broadcast_to((0.93 + 0.13 * folds).astype(np.float32), (board.sheet.height, board.sheet.width)).copy())

    rail = Part((-wide / 2, tall, -0.015), (wide / 2, tall + 0.03, 0.015), plain(STEEL))
    return Solid([rail, Part((-wide / 2, 0.12, -0.02), (wide / 2, tall, 0.02), paint)])


def armchair(own: Colour) -> Solid:
    """An armchair that looks to the front wall."""
    cover = cloth(own)
    parts: Parts = [
        Part((-0.4, 0.1, -0.38), (0.4, 0.3, 0.38), cloth(scaled(own, 0.8))), Part((-0.3, 0.3, -0.4), (0.3, 0.46, 0.25), cloth(scaled(own, 1.1))),
        Part((-0.4, 0.3, 0.22), (0.4, 0.98, 0.4), cover),
        Part((-0.42, 0.12, -0.38), (-0.28, 0.64, 0.38), cover), Part((0.28, 0.12, -0.38), (0.42, 0.64, 0.38), cover),
    ]  # fmt: skip
    return Solid(parts)


def trolley() -> Solid:
    """A steel trolley with bottles."""

    def goods_(board: Board) -> None:
        for x, tall, own in (
            (0.08, 0.2, (0.90, 0.94, 0.96)),
            (0.22, 0.14, (0.45, 0.66, 0.74)),
            (0.34, 0.24, (0.85, 0.75, 0.55)),
            (0.5, 0.12, (0.95, 0.95, 0.93)),
        ):
            board.patch(x, 0, x + 0.09, tall, scaled(own, 1.05), scaled(own, 0.75), sideways=True)
            board.patch(x + 0.02, tall, x + 0.07, tall + 0.03, (0.4, 0.45, 0.5))

    parts: Parts = [*legs(0.7, 0.85, 0.45, plain(STEEL), 0.03)]
    parts += [Part((-0.35, y, -0.22), (0.35, y + 0.03, 0.22), plain(STEEL, 0.04)) for y in (0.25, 0.82)]
    return Solid([*parts, Cutout((0, 0.85, 0), 0.64, 0.3, goods_), Cutout((0, 0.28, 0), 0.64, 0.3, goods_)])


def desk(wide: float, deep: float, own: Colour = OAK, screen: bool = True, tall: float = 0.74) -> Solid:
    """A desk with drawers; whoever sits at it looks to the front wall. A screen turns its back to the front wall."""
    half = wide / 2
    parts: Parts = [
        Part((-half, 0, -deep / 2), (-half + 0.05, tall - 0.03, deep / 2), wood(scaled(own, 0.8))),
        Part((half - 0.4, 0, -deep / 2), (half, tall - 0.03, deep / 2), wood(scaled(own, 0.85))),
        Part((-half, 0.3, -deep / 2 + 0.03), (half - 0.4, tall - 0.03, -deep / 2 + 0.06), wood(scaled(own, 0.75))),
        Part((-half - 0.02, tall - 0.03, -deep / 2 - 0.02), (half + 0.02, tall, deep / 2 + 0.02), wood(own)),
    ]  # fmt: skip
    if screen:
        shown = plain((0.62, 0.80, 0.92), 0.1)
        parts += [
            Part((-0.1, tall, -0.12), (0.1, tall + 0.12, -0.06), plain(IRON)),
            Part((-0.32, tall + 0.1, -0.12), (0.32, tall + 0.5, -0.08), plain((0.20, 0.21, 0.23)), {"back": shown}, 0.15),
        ]
        parts.append(Part((-0.25, tall, 0.08), (0.2, tall + 0.02, 0.22), plain((0.85, 0.85, 0.84))))
    return Solid(parts)


def swivel(own: Colour) -> Solid:
    """An office chair that looks to the front wall."""
    parts: Parts = [
        Disc((0, 0.06, 0), 0.3, IRON, 0.04),
        Part((-0.03, 0, -0.03), (0.03, 0.42, 0.03), plain(IRON)), Part((-0.25, 0.42, -0.25), (0.25, 0.52, 0.25), cloth(own)),
        Part((-0.03, 0.5, 0.24), (0.03, 0.7, 0.28), plain(IRON)), Part((-0.23, 0.62, 0.22), (0.23, 1.12, 0.30), cloth(scaled(own, 1.08))),
    ]  # fmt: skip
    return Solid(parts)


def treadmill(accent: Colour) -> Solid:
    """A treadmill; its runner looks to the back wall."""

    def display(board: Board) -> None:
        board.fill((0.12, 0.14, 0.16), (0.1, 0.11, 0.13), 0.02)
        board.patch(board.wide * 0.2, board.tall * 0.25, board.wide * 0.8, board.tall * 0.8, (0.45, 0.85, 0.92), (0.25, 0.6, 0.75))

    parts: Parts = [
        Part((-0.4, 0, -0.9), (0.4, 0.16, 0.8), plain(IRON)), Part((-0.3, 0.16, -0.88), (0.3, 0.18, 0.6), plain((0.13, 0.13, 0.14))),
        Part((-0.4, 0.16, -0.88), (-0.31, 0.2, 0.7), plain((0.6, 0.62, 0.64))), Part((0.31, 0.16, -0.88), (0.4, 0.2, 0.7), plain((0.6, 0.62, 0.64))),
        Part((-0.4, 0.15, 0.6), (-0.34, 1.25, 0.68), plain((0.55, 0.56, 0.58))), Part((0.34, 0.15, 0.6), (0.4, 1.25, 0.68), plain((0.55, 0.56, 0.58))),
        Part((-0.4, 1.0, 0.0), (-0.35, 1.05, 0.62), plain(accent)), Part((0.35, 1.0, 0.0), (0.4, 1.05, 0.62), plain(accent)),
        Part((-0.42, 1.15, 0.55), (0.42, 1.45, 0.66), plain(IRON), {"front": display}, 0.15),
    ]  # fmt: skip
    return Solid(parts)


def dumbbell_rack(wide: float) -> Solid:
    """Two rows of dumbbells; the front looks to the front wall."""

    def row(board: Board) -> None:
        for x in np.arange(0.14, board.wide - 0.1, 0.26):
            size = board.tall * (0.28 + 0.16 * x / board.wide)
            board.patch(x - 0.05, board.tall * 0.42, x + 0.05, board.tall * 0.58, (0.7, 0.72, 0.74), (0.45, 0.46, 0.48))
            for side in (-0.06, 0.06):
                board.disc(x + side, board.tall * 0.5, size, (0.17, 0.17, 0.19))
                board.disc(x + side - 0.01, board.tall * 0.5 + 0.01, size * 0.6, (0.32, 0.33, 0.36))

    half = wide / 2
    parts: Parts = [Part((x - 0.03, 0, -0.2), (x + 0.03, 1.0, 0.2), plain((0.40, 0.41, 0.44))) for x in (-half, half)]
    for y in (0.3, 0.75):
        parts += [Part((-half, y, -0.18), (half, y + 0.05, 0.18), plain((0.40, 0.41, 0.44))), Part((-half, y + 0.05, -0.1), (half, y + 0.26, -0.08), row)]
    return Solid(parts)


def weight_bench(accent: Colour) -> Solid:
    """A padded bench for weights with a barbell."""
    parts: Parts = [
        Part((-0.05, 0, -0.5), (0.05, 0.38, -0.42), plain(IRON)), Part((-0.05, 0, 0.42), (0.05, 0.38, 0.5), plain(IRON)),
        Part((-0.16, 0.38, -0.65), (0.16, 0.47, 0.65), cloth(accent)),
        Part((-0.55, 0, 0.5), (-0.5, 1.05, 0.55), plain(IRON)), Part((0.5, 0, 0.5), (0.55, 1.05, 0.55), plain(IRON)),
        Part((-0.95, 1.0, 0.5), (0.95, 1.03, 0.53), plain(STEEL)),
    ]  # fmt: skip
    parts += [weight(x, 1.01, 0.515) for x in (-0.8, 0.8)]
    return Solid(parts, soft=True)


def weight(x: float, y: float, z: float, radius: float = 0.2) -> Cutout:
    """A weight on a bar, its middle at a point."""

    def paint(board: Board) -> None:
        for size, tone in ((1.0, 0.55), (0.92, 0.9), (0.6, 0.7), (0.55, 1.05), (0.16, 2.4)):
            board.disc(radius, radius, radius * size, scaled((0.22, 0.22, 0.24), tone))

    return Cutout((x, y - radius, z), radius * 2, radius * 2, paint)


def squat_rack() -> Solid:
    """A frame with a barbell."""
    steel = plain((0.35, 0.36, 0.40))
    parts: Parts = [Part((x - 0.04, 0, z - 0.04), (x + 0.04, 2.2, z + 0.04), steel) for x in (-0.6, 0.6) for z in (-0.5, 0.5)]
    parts += [Part((-0.6, 2.12, z - 0.03), (0.6, 2.2, z + 0.03), steel) for z in (-0.5, 0.5)]
    parts.append(Part((-1.0, 1.35, -0.6), (1.0, 1.38, -0.57), plain(STEEL)))
    parts += [weight(x, 1.36, -0.585) for x in (-0.85, 0.85)]
    return Solid(parts, soft=True)


def ball(radius: float, own: Colour) -> Solid:
    """A gymnastic ball."""

    def paint(board: Board) -> None:
        for size, tone, shift in ((1.0, 0.62, 0.0), (0.93, 0.8, 0.03), (0.8, 0.95, 0.09), (0.6, 1.08, 0.16), (0.25, 1.35, 0.3)):
            board.disc(radius * (1 - shift), radius * (1 + shift), radius * size, scaled(own, tone))

    return Solid([Cutout((0, 0, 0), radius * 2, radius * 2, paint)])


def mat(own: Colour) -> Solid:
    """A mat on the floor."""
    return Solid([Part((-0.32, 0, -0.9), (0.32, 0.02, 0.9), cloth(own))], soft=True)


def kettlebell() -> Solid:
    """A kettlebell."""

    def paint(board: Board) -> None:
        board.disc(0.12, 0.24, 0.075, (0.2, 0.2, 0.22))
        board.sheet.erase(_hole(board, 0.12, 0.24, 0.048))
        board.disc(0.12, 0.11, 0.11, (0.17, 0.17, 0.19))
        board.disc(0.1, 0.14, 0.06, (0.30, 0.31, 0.34))

    return Solid([Cutout((0, 0, 0), 0.24, 0.33, paint)])


def _hole(board: Board, x: float, y: float, radius: float) -> Field:
    left, top = board.at(x, y)
    rows, columns = np.mgrid[0 : board.sheet.height, 0 : board.sheet.width]
    return np.asarray(np.hypot(columns - left, rows - top) < radius * board.px, np.float32)


def tube(long: float, burns: bool) -> Solid:
    """A hanging strip light along the room."""
    own: Colour = (1.0, 0.98, 0.92) if burns else (0.90, 0.91, 0.92)
    return Solid([Part((-0.07, 0, -long / 2), (0.07, 0.08, long / 2), plain(own, 0.02), None, 0.95 if burns else 0.0)], soft=True)


def globe(burns: bool, ceiling: float, height: float, size: float = 0.4) -> Solid:
    """A glass ball hanging from the ceiling."""

    def paint(board: Board) -> None:
        middle, radius = board.wide / 2, size / 2
        board.line(middle, radius, middle, board.tall, (0.3, 0.28, 0.26), 0.02)
        board.disc(middle, radius, radius, (1.0, 0.90, 0.66) if burns else (0.86, 0.86, 0.84))
        board.disc(middle - radius * 0.1, radius * 1.15, radius * 0.72, (1.0, 0.96, 0.82) if burns else (0.94, 0.94, 0.92))

    return Solid([Cutout((0, height - size / 2, 0), size, ceiling - height + size / 2, paint, 0.9 if burns else 0.0)], soft=True)


def lounger(own: Colour) -> Solid:
    """A deck chair for lying; its head is at the rear."""
    parts: Parts = [*legs(0.6, 0.3, 1.6, plain((0.85, 0.85, 0.84)), 0.05), Part((-0.32, 0.28, -0.9), (0.32, 0.36, 0.4), cloth(own))]
    return Solid([*parts, Part((-0.32, 0.32, 0.4), (0.32, 0.75, 0.55), cloth(own)), Part((-0.3, 0.36, -0.85), (0.3, 0.39, -0.3), cloth((0.35, 0.62, 0.72)))])


def start_block() -> Solid:
    """Where swimmers jump from."""
    return Solid(
        [Part((-0.25, 0, -0.3), (0.25, 0.6, 0.3), plain((0.92, 0.93, 0.93))), Part((-0.28, 0.6, -0.32), (0.28, 0.68, 0.32), plain((0.20, 0.46, 0.62)))]
    )


def bench(wide: float, own: Colour = OAK, back: bool = False) -> Solid:
    """A bench that looks to the front wall."""
    half = wide / 2
    parts: Parts = [Part((x - 0.04, 0, -0.2), (x + 0.04, 0.42, 0.2), plain(IRON)) for x in (-half + 0.2, half - 0.2)]
    parts.append(Part((-half, 0.42, -0.23), (half, 0.47, 0.23), wood(own)))
    if back:
        parts += [Part((-half, y, 0.2), (half, y + 0.1, 0.24), wood(scaled(own, 1.05))) for y in (0.6, 0.76)]
    return Solid(parts)


def crate(own: Colour = (0.74, 0.58, 0.38), size: float = 0.5) -> Solid:
    """A wooden crate."""

    def side(board: Board) -> None:
        board.fill(scaled(own, 0.7), scaled(own, 0.55), 0.12, 1, 5)
        for y in (0.03, 0.36, 0.68):
            board.patch(0.01, board.tall * y, board.wide - 0.01, board.tall * (y + 0.27), scaled(own, 1.05), scaled(own, 0.85))
        for x in (0.0, board.wide - 0.06):
            board.patch(x, 0, x + 0.06, board.tall, scaled(own, 1.15), scaled(own, 0.8))

    return Solid([Part((-size / 2, 0, -size / 2), (size / 2, size * 0.8, size / 2), side, {"top": wood(scaled(own, 0.8))})])
