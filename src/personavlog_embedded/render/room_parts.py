"""Parts of interiors painted flat: windows, curtains, shelves, books, jars, plants, pictures; and the light inside."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from personavlog.media.arrays import Box
from personavlog_embedded.render.canvas import Colour, Points, Surface, mix, scaled
from personavlog_embedded.render.light import Light
from personavlog_embedded.render.noise import Rng
from personavlog_embedded.render.palette import CLOTHS
from personavlog_embedded.render.plants import _leaf

WOOD: Colour = (0.62, 0.44, 0.30)
BOOKS: tuple[Colour, ...] = (
    (0.66, 0.26, 0.22),
    (0.22, 0.36, 0.48),
    (0.78, 0.62, 0.34),
    (0.30, 0.42, 0.30),
    (0.86, 0.80, 0.68),
    (0.46, 0.28, 0.34),
    (0.24, 0.24, 0.34),
    (0.82, 0.46, 0.26),
)


def indoor(light: Light) -> Light:
    """The light inside: daylight softened by walls, or lamps after dark; no haze to speak of."""
    key, shade = {
        "morning": ((1.12, 1.02, 0.86), (0.60, 0.58, 0.62)),
        "noon": ((1.10, 1.06, 0.96), (0.62, 0.62, 0.68)),
        "dusk": ((1.15, 0.86, 0.60), (0.50, 0.42, 0.50)),
        "night": ((1.06, 0.84, 0.58), (0.36, 0.29, 0.33)),
    }[light.time]
    if light.weather != "clear" and light.time != "night":
        key, shade = mix(key, (0.92, 0.88, 0.82), 0.6), mix(shade, (0.52, 0.50, 0.52), 0.6)
    return replace(light, key=key, shade=shade, air=0.12, haze=mix(key, (0.8, 0.75, 0.7), 0.5))


def hole(sheet: Surface, points: Points) -> None:
    """Cut a window out of a wall."""
    mask = np.zeros((sheet.height, sheet.width), np.uint8)
    cv2.fillPoly(mask, [np.round(np.asarray(points) * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    sheet.erase(mask.astype(np.float32) / 255)


def pane(
    sheet: Surface,
    light: Light,
    box: Box,
    columns: int = 2,
    rows: int = 2,
    frame: Colour = (0.93, 0.90, 0.84),
    thick: float = 0.03,
    cut: bool = True,
) -> None:
    """A framed window; the wall behind the glass is cut away."""
    x0, y0, x1, y1 = box
    size = (x1 - x0) * thick
    outer = [
        (x0 - size * 1.6, y0 - size * 1.6),
        (x1 + size * 1.6, y0 - size * 1.6),
        (x1 + size * 1.6, y1 + size * 1.6),
        (x0 - size * 1.6, y1 + size * 1.6),
    ]
    sheet.patch(outer, light.colour(frame, 0.75), light.colour(frame, 0.5))
    if cut:
        hole(sheet, [(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
    _glass(sheet, light, box)
    for column in range(1, columns):
        x = x0 + (x1 - x0) * column / columns
        sheet.patch(
            [(x - size / 2, y0), (x + size / 2, y0), (x + size / 2, y1), (x - size / 2, y1)],
            light.colour(frame, 0.85),
            light.colour(frame, 0.4),
            sideways=True,
        )
    for row in range(1, rows):
        y = y0 + (y1 - y0) * row / rows
        sheet.patch(
            [(x0, y - size / 2), (x1, y - size / 2), (x1, y + size / 2), (x0, y + size / 2)],
            light.colour(frame, 0.85),
            light.colour(frame, 0.4),
        )
    sheet.patch(
        [
            (x0 - size * 3, y1 + size * 1.4),
            (x1 + size * 3, y1 + size * 1.4),
            (x1 + size * 3, y1 + size * 3.2),
            (x0 - size * 3, y1 + size * 3.2),
        ],
        light.colour(frame, 1.0),
        light.colour(frame, 0.35),
    )


def _glass(sheet: Surface, light: Light, box: Box) -> None:
    x0, y0, x1, y1 = box
    wide = x1 - x0
    for start, end in ((0.12, 0.24), (0.3, 0.34)):
        sheet.patch(
            [
                (x0 + wide * start, y1),
                (x0 + wide * end, y1),
                (x0 + wide * (end + 0.3), y0),
                (x0 + wide * (start + 0.3), y0),
            ],
            (1, 1, 1),
            (1, 1, 1),
            alpha=0.10 if not light.night else 0.05,
        )


def curtain(
    sheet: Surface, light: Light, x0: float, x1: float, top: float, foot: float, cloth: Colour, folds: int = 5
) -> None:
    """A hanging curtain in folds."""
    for fold in range(folds):
        left, right = x0 + (x1 - x0) * fold / folds, x0 + (x1 - x0) * (fold + 1) / folds
        sheet.patch(
            [(left, top), (right, top), (right + (right - left) * 0.1, foot), (left, foot)],
            light.colour(cloth, 0.95),
            light.colour(cloth, 0.25),
            sideways=True,
        )


def books(
    sheet: Surface, rng: Rng, light: Light, x0: float, x1: float, foot: float, tall: float, lit: float = 0.6
) -> None:
    """A row of books standing on ``foot``."""
    x = x0
    while x < x1 - tall * 0.1:
        width, high = tall * rng.uniform(0.1, 0.22), tall * rng.uniform(0.68, 0.98)
        if rng.random() < 0.08:
            x += width * 1.5
            continue
        own = scaled(BOOKS[int(rng.integers(len(BOOKS)))], rng.uniform(0.8, 1.15))
        right = min(x + width, x1)
        sheet.patch(
            [(x, foot - high), (right, foot - high), (right, foot), (x, foot)],
            light.colour(own, lit + 0.2),
            light.colour(own, lit - 0.3),
            sideways=True,
        )
        for share in (0.18, 0.8):
            sheet.stroke(
                [(x + 1, foot - high * share), (right - 1, foot - high * share)],
                light.colour(mix(own, (0.9, 0.8, 0.5), 0.5), lit),
                max(1, tall * 0.02),
            )
        x = right + 0.5


def shelf(
    sheet: Surface,
    rng: Rng,
    light: Light,
    box: Box,
    rows: int,
    wood: Colour = WOOD,
    lit: float = 0.6,
    things: float = 0.15,
) -> None:
    """A bookcase; ``things`` is the share of compartments that hold something else than books."""
    x0, y0, x1, y1 = box
    sheet.patch(
        [(x0, y0), (x1, y0), (x1, y1), (x0, y1)],
        light.colour(scaled(wood, 0.42), lit),
        light.colour(scaled(wood, 0.34), lit * 0.6),
    )
    step, edge = (y1 - y0) / rows, (y1 - y0) / rows * 0.09
    for row in range(rows):
        foot = y0 + (row + 1) * step - edge
        if rng.random() < things:
            jars(sheet, rng, light, x0 + edge * 2, x1 - edge * 2, foot, step * 0.6)
        else:
            books(sheet, rng, light, x0 + edge * 1.4, x1 - edge * 1.4, foot, step * 0.84, lit)
        sheet.patch(
            [(x0, foot), (x1, foot), (x1, foot + edge), (x0, foot + edge)],
            light.colour(wood, lit + 0.3),
            light.colour(scaled(wood, 0.7), lit),
        )
        sheet.patch(
            [(x0, foot + edge), (x1, foot + edge), (x1, foot + edge * 2.6), (x0, foot + edge * 2.6)],
            (0, 0, 0),
            (0, 0, 0),
            alpha=0.25,
        )
    for x in (x0, x1 - edge * 1.3):
        sheet.patch(
            [(x, y0), (x + edge * 1.3, y0), (x + edge * 1.3, y1), (x, y1)],
            light.colour(wood, lit + 0.25),
            light.colour(scaled(wood, 0.75), lit),
            sideways=True,
        )
    sheet.patch(
        [(x0 - edge, y0 - edge), (x1 + edge, y0 - edge), (x1 + edge, y0 + edge), (x0 - edge, y0 + edge)],
        light.colour(wood, lit + 0.4),
        light.colour(scaled(wood, 0.7), lit),
    )


def jars(sheet: Surface, rng: Rng, light: Light, x0: float, x1: float, foot: float, tall: float) -> None:
    """Jars, cups, bottles and small pots standing on ``foot``."""
    x = x0
    while x < x1 - tall * 0.3:
        width, high = tall * rng.uniform(0.28, 0.5), tall * rng.uniform(0.45, 1.0)
        own: Colour = (
            (0.86, 0.80, 0.68),
            (0.55, 0.66, 0.62),
            (0.74, 0.48, 0.34),
            (0.40, 0.50, 0.56),
            (0.90, 0.88, 0.82),
            (0.62, 0.52, 0.30),
        )[int(rng.integers(6))]
        kind = rng.random()
        body = [
            (x, foot),
            (x + width, foot),
            (x + width, foot - high * 0.7),
            (x + width * 0.75, foot - high * 0.8),
            (x + width * 0.25, foot - high * 0.8),
            (x, foot - high * 0.7),
        ]
        sheet.patch(body, light.colour(own, 0.95), light.colour(scaled(own, 0.7), 0.2), sideways=True)
        if kind < 0.4:
            sheet.rect(
                x + width * 0.18,
                foot - high * 0.92,
                x + width * 0.82,
                foot - high * 0.78,
                light.colour(scaled(own, 0.6), 0.5),
            )
        elif kind < 0.6:
            plant(sheet, rng, light, x + width / 2, foot - high * 0.75, tall * 0.6)
        sheet.stroke(
            [(x + width * 0.2, foot - high * 0.62), (x + width * 0.2, foot - high * 0.15)],
            light.colour(mix(own, (1, 1, 1), 0.6), 1.0),
            max(1, width * 0.08),
        )
        x += width * rng.uniform(1.1, 1.5)


def plant(
    sheet: Surface,
    rng: Rng,
    light: Light,
    x: float,
    y: float,
    size: float,
    own: Colour = (0.32, 0.50, 0.28),
    hang: bool = False,
) -> None:
    """House-plant leaves fanning out from a point."""
    for _ in range(26):
        angle = rng.uniform(-2.7, -0.4) if not hang else rng.uniform(0.3, 2.8)
        reach = size * rng.uniform(0.35, 1.0)
        tip = (x + np.cos(angle) * reach * 0.7, y + np.sin(angle) * reach + (0.15 * reach if not hang else 0))
        sheet.stroke(
            [(x, y), ((x + tip[0]) / 2, (y + tip[1]) / 2 - size * 0.05), tip],
            light.colour(scaled(own, 0.7), 0.4),
            max(1, size * 0.02),
        )
        _leaf(sheet, rng, light, tip[0], tip[1], size * 0.16, own)


def pot(
    sheet: Surface, rng: Rng, light: Light, x: float, foot: float, size: float, clay: Colour = (0.78, 0.48, 0.34)
) -> None:
    """A potted plant ``size`` px tall."""
    half, tall = size * 0.2, size * 0.34
    plant(sheet, rng, light, x, foot - tall * 0.95, size * 0.75)
    sheet.patch(
        [(x - half, foot - tall), (x + half, foot - tall), (x + half * 0.75, foot), (x - half * 0.75, foot)],
        light.colour(clay, 0.95 if light.side < 0 else 0.3),
        light.colour(clay, 0.3 if light.side < 0 else 0.95),
        sideways=True,
    )
    sheet.patch(
        [
            (x - half * 1.12, foot - tall * 1.12),
            (x + half * 1.12, foot - tall * 1.12),
            (x + half * 1.12, foot - tall * 0.88),
            (x - half * 1.12, foot - tall * 0.88),
        ],
        light.colour(scaled(clay, 1.1), 0.8),
        light.colour(clay, 0.4),
    )


def picture(sheet: Surface, rng: Rng, light: Light, box: Box) -> None:
    """A framed picture of hills, on the wall."""
    x0, y0, x1, y1 = box
    edge = (x1 - x0) * 0.06
    sheet.rect(x0 - edge, y0 - edge, x1 + edge, y1 + edge, light.colour((0.36, 0.27, 0.2), 0.6))
    sheet.patch(
        [(x0, y0), (x1, y0), (x1, y1), (x0, y1)],
        light.colour((0.93, 0.84, 0.66), 0.8),
        light.colour((0.62, 0.74, 0.76), 0.8),
    )
    for number, own in enumerate(((0.52, 0.62, 0.6), (0.36, 0.5, 0.42), (0.74, 0.5, 0.34))):
        y = y0 + (y1 - y0) * (0.5 + 0.16 * number)
        xs = np.linspace(x0, x1, 9)
        outline = [(float(x), y + rng.uniform(-0.1, 0.06) * (y1 - y0)) for x in xs]
        sheet.polygon([*outline, (x1, y1), (x0, y1)], light.colour(own, 0.7))


def cloth(rng: Rng) -> Colour:
    """One of the fabric colours."""
    return CLOTHS[int(rng.integers(len(CLOTHS)))]
