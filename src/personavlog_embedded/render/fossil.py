"""The skeleton of a great reptile, mounted on its plinth."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render.canvas import Colour, scaled
from personavlog_embedded.render.panel import Panel, plain
from personavlog_embedded.render.solids import Cutout, Furniture, FurniturePart

BONE: Colour = (0.90, 0.84, 0.70)


def skeleton() -> Furniture:
    """Six metres from snout to tail, three tall."""
    return Furniture(
        [
            FurniturePart((-2.4, 0, -0.6), (2.4, 0.35, 0.6), plain((0.30, 0.28, 0.27))),
            Cutout((0, 0.35, 0), 6.0, 3.1, _bones),
        ]
    )


def _bones(board: Panel) -> None:
    """A walking hunter seen from its side: spine, ribs, hips and legs, small arms, a long skull with teeth."""
    xs = np.linspace(0.15, 4.55, 34)
    ys = np.interp(xs, [0.15, 1.6, 2.9, 3.9, 4.55], [1.15, 1.75, 1.95, 2.25, 2.62])
    board.sheet.stroke([board.at(float(x), float(y)) for x, y in zip(xs, ys, strict=True)], BONE, 0.07 * board.px)
    for number, (x, y) in enumerate(zip(xs, ys, strict=True)):
        board.line(
            float(x), float(y), float(x) - 0.05, float(y) + 0.1 + 0.05 * float(np.sin(number * 0.1)), BONE, 0.045
        )
    for x in np.linspace(2.7, 3.85, 11):
        y, long = float(np.interp(x, xs, ys)), 0.85 * float(np.sin((x - 2.3) * 1.7))
        board.sheet.stroke(
            [board.at(float(x), y), board.at(float(x) + 0.13, y - long * 0.55), board.at(float(x) - 0.02, y - long)],
            scaled(BONE, 0.92),
            0.04 * board.px,
        )
    for chain, thick in (
        ([(2.3, 1.9), (2.75, 1.3), (2.3, 0.75), (2.55, 0.08), (2.9, 0.05)], 0.12),
        ([(2.2, 1.9), (1.9, 1.25), (1.75, 0.7), (1.45, 0.1), (1.8, 0.06)], 0.11),
        ([(3.95, 2.0), (4.2, 1.6), (4.45, 1.72)], 0.06),
    ):
        board.sheet.stroke([board.at(x, y) for x, y in chain], scaled(BONE, 0.96), thick * board.px)
        for x, y in chain[1:-1]:
            board.disc(x, y, thick * 0.8, BONE)
    skull = [
        (4.45, 2.55),
        (4.6, 2.95),
        (5.05, 3.02),
        (5.75, 2.72),
        (5.8, 2.52),
        (5.0, 2.45),
        (5.7, 2.36),
        (5.6, 2.2),
        (4.9, 2.22),
        (4.5, 2.4),
    ]
    board.sheet.polygon([board.at(x, y) for x, y in skull], BONE)
    board.disc(4.85, 2.8, 0.09, (0.16, 0.14, 0.13))
    board.disc(5.25, 2.72, 0.06, (0.30, 0.26, 0.22))
    for x in np.arange(5.05, 5.75, 0.09):
        board.sheet.polygon(
            [board.at(float(x), 2.52), board.at(float(x) + 0.05, 2.52), board.at(float(x) + 0.02, 2.41)],
            (0.98, 0.95, 0.86),
        )
