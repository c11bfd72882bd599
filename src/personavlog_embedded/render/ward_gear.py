"""What a hospital ward has: drips, monitors, trolleys."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render.canvas import scaled
from personavlog_embedded.render.furniture import Parts
from personavlog_embedded.render.goods import STEEL
from personavlog_embedded.render.palette import IRON
from personavlog_embedded.render.panel import Panel, plain
from personavlog_embedded.render.solids import Cutout, Furniture, FurniturePart, legs


def drip() -> Furniture:
    """An infusion stand."""

    def paint(board: Panel) -> None:
        board.line(0.25, 0.05, 0.25, 1.9, (0.70, 0.72, 0.75), 0.025)
        board.line(0.08, 0.05, 0.42, 0.05, (0.5, 0.52, 0.55), 0.03)
        board.line(0.12, 1.88, 0.38, 1.88, (0.70, 0.72, 0.75), 0.02)
        board.patch(0.09, 1.5, 0.21, 1.82, (0.86, 0.94, 0.96), (0.70, 0.84, 0.90))
        board.line(0.15, 1.5, 0.2, 1.0, (0.85, 0.9, 0.92), 0.01)

    return Furniture([Cutout((0, 0, 0), 0.5, 1.95, paint)], soft=True)


def monitor() -> Furniture:
    """A screen on a stand with curves on it."""

    def screen(board: Panel) -> None:
        board.fill((0.09, 0.13, 0.16), (0.06, 0.09, 0.12), 0.02)
        for number, own in enumerate(((0.35, 0.95, 0.55), (0.35, 0.75, 0.98), (0.98, 0.85, 0.35))):
            y = board.tall * (0.78 - 0.27 * number)
            xs = np.linspace(0.03, board.wide - 0.03, 40)
            beat = 0.09 * np.exp(-(((xs * 9) % 1 - 0.5) ** 2) * 90) - 0.03 * np.exp(-(((xs * 9) % 1 - 0.62) ** 2) * 90)
            board.sheet.stroke(
                [board.at(float(x), y + float(b) * (1 if number == 0 else 0.4)) for x, b in zip(xs, beat, strict=True)],
                own,
                max(1, 0.009 * board.px),
            )

    face = FurniturePart((-0.24, 1.25, -0.05), (0.24, 1.6, 0.05), plain((0.85, 0.86, 0.86)), {"front": screen}, 0.5)
    return Furniture(
        [
            FurniturePart((-0.02, 0, -0.02), (0.02, 1.3, 0.02), plain(STEEL)),
            FurniturePart((-0.2, 0, -0.2), (0.2, 0.06, 0.2), plain(IRON)),
            face,
        ]
    )


def trolley() -> Furniture:
    """A steel trolley with bottles."""

    def goods_(board: Panel) -> None:
        for x, tall, own in (
            (0.08, 0.2, (0.90, 0.94, 0.96)),
            (0.22, 0.14, (0.45, 0.66, 0.74)),
            (0.34, 0.24, (0.85, 0.75, 0.55)),
            (0.5, 0.12, (0.95, 0.95, 0.93)),
        ):
            board.patch(x, 0, x + 0.09, tall, scaled(own, 1.05), scaled(own, 0.75), sideways=True)
            board.patch(x + 0.02, tall, x + 0.07, tall + 0.03, (0.4, 0.45, 0.5))

    parts: Parts = [*legs(0.7, 0.85, 0.45, plain(STEEL), 0.03)]
    parts += [FurniturePart((-0.35, y, -0.22), (0.35, y + 0.03, 0.22), plain(STEEL, 0.04)) for y in (0.25, 0.82)]
    return Furniture([*parts, Cutout((0, 0.85, 0), 0.64, 0.3, goods_), Cutout((0, 0.28, 0), 0.64, 0.3, goods_)])
