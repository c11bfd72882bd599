"""Interiors: walls, windows, shelves, lamps, tables and the light that falls in."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from personavlog.backbones.embedded.world.buildings import CLOTHS, LAMP, onto
from personavlog.backbones.embedded.world.light import Light
from personavlog.backbones.embedded.world.noise import Rng, fractal
from personavlog.backbones.embedded.world.plants import _leaf
from personavlog.backbones.embedded.world.setting import Setting
from personavlog.backbones.embedded.world.surface import Colour, Points, Surface, mix, scaled

Box = tuple[float, float, float, float]
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


@dataclass(frozen=True)
class Room:
    """A room in one-point perspective; ``back`` is the rear wall, x0, y0, x1, y1 in px."""

    setting: Setting
    back: Box
    light: Light

    def floor(self) -> list[tuple[float, float]]:
        """Its floor as a polygon."""
        x0, _, x1, y1 = self.back
        reach = self.setting.height - y1
        return [(x0, y1), (x1, y1), (x1 + reach * 1.6, self.setting.height), (x0 - reach * 1.6, self.setting.height)]

    def wall(self, side: int) -> list[tuple[float, float]]:
        """Left (-1) or right (1) wall: upper back, lower back, lower front, upper front."""
        x0, y0, x1, y1 = self.back
        x, way = (x0, -1) if side < 0 else (x1, 1)
        reach = self.setting.width
        slope_down, slope_up = 1 / 1.6, y0 / max(x0, 1) if side < 0 else y0 / max(self.setting.width - x1, 1)
        return [(x, y0), (x, y1), (x + way * reach, y1 + reach * slope_down), (x + way * reach, y0 - reach * slope_up)]


def shell(room: Room, sheet: Surface, wall: Colour, floor: Colour, ceiling: Colour = (0.90, 0.88, 0.84)) -> None:
    """Walls, ceiling and a board floor, lit from the window's side."""
    setting, light = room.setting, room.light
    rng = setting.rng("shell")
    texture = 0.94 + 0.12 * fractal(rng, setting.height, setting.width, setting.unit * 0.12, 5, 0.6)
    x0, y0, x1, y1 = room.back
    sheet.patch([(0, 0), (setting.width, 0), (setting.width, y0), (0, y0)], light.colour(scaled(ceiling, 0.8), 0.45), light.colour(ceiling, 0.6), texture)
    sheet.patch([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], light.colour(wall, 0.8), light.colour(wall, 0.45), texture)
    for side in (-1, 1):
        lit = 0.3 if side * light.side > 0 else 0.68
        sheet.patch(room.wall(side), light.colour(wall, lit * 1.05), light.colour(wall, lit * 0.6), texture)
    boards(room, sheet, floor)
    for line in ([(x0, y1), (x1, y1)],):
        sheet.stroke(line, light.colour(scaled(wall, 0.75), 0.4), setting.unit * 0.008)
    _corners(room, sheet)


def _corners(room: Room, sheet: Surface) -> None:
    """Soft dark where walls meet."""
    x0, y0, x1, y1 = (int(v) for v in room.back)
    shade = np.ones((room.setting.height, room.setting.width), np.float32)
    for x in (x0, x1):
        columns = np.arange(room.setting.width, dtype=np.float32)[None, :]
        shade *= 1 - 0.2 * np.exp(-np.abs(columns - x) / (room.setting.unit * 0.06))
    rows = np.arange(room.setting.height, dtype=np.float32)[:, None]
    for y in (y0, y1):
        shade *= 1 - 0.22 * np.exp(-np.abs(rows - y) / (room.setting.unit * 0.05))
    sheet.multiply(shade)


def boards(room: Room, sheet: Surface, floor: Colour) -> None:
    """A floor of boards running away from the viewer."""
    rng, light = room.setting.rng("boards"), room.light
    tile = Surface(384, 512)
    grain = 0.82 + 0.36 * fractal(rng, 384, 512, 60, 4, 0.6, stretch=0.15)
    count = 13
    for number in range(count):
        own = scaled(floor, rng.uniform(0.82, 1.12))
        left, right = number * 512 / count, (number + 1) * 512 / count
        tile.patch([(left, 0), (right, 0), (right, 384), (left, 384)], light.colour(own, 0.55), light.colour(own, 0.75), grain)
        tile.stroke([(left, 0), (left, 384)], light.colour(scaled(floor, 0.55), 0.4), 2)
        cut = rng.uniform(40, 340)
        tile.stroke([(left, cut), (right, cut)], light.colour(scaled(floor, 0.55), 0.4), 2)
    onto(sheet, tile, room.floor())


def hole(sheet: Surface, points: Points) -> None:
    """Cut a window out of a wall."""
    mask = np.zeros((sheet.height, sheet.width), np.uint8)
    cv2.fillPoly(mask, [np.round(np.asarray(points) * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    sheet.erase(mask.astype(np.float32) / 255)


def pane(
    sheet: Surface, light: Light, box: Box, columns: int = 2, rows: int = 2, frame: Colour = (0.93, 0.90, 0.84), thick: float = 0.03, cut: bool = True
) -> None:
    """A framed window; the wall behind the glass is cut away."""
    x0, y0, x1, y1 = box
    size = (x1 - x0) * thick
    outer = [(x0 - size * 1.6, y0 - size * 1.6), (x1 + size * 1.6, y0 - size * 1.6), (x1 + size * 1.6, y1 + size * 1.6), (x0 - size * 1.6, y1 + size * 1.6)]
    sheet.patch(outer, light.colour(frame, 0.75), light.colour(frame, 0.5))
    if cut:
        hole(sheet, [(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
    _glass(sheet, light, box)
    for column in range(1, columns):
        x = x0 + (x1 - x0) * column / columns
        sheet.patch(
            [(x - size / 2, y0), (x + size / 2, y0), (x + size / 2, y1), (x - size / 2, y1)], light.colour(frame, 0.85), light.colour(frame, 0.4), sideways=True
        )
    for row in range(1, rows):
        y = y0 + (y1 - y0) * row / rows
        sheet.patch([(x0, y - size / 2), (x1, y - size / 2), (x1, y + size / 2), (x0, y + size / 2)], light.colour(frame, 0.85), light.colour(frame, 0.4))
    sheet.patch(
        [(x0 - size * 3, y1 + size * 1.4), (x1 + size * 3, y1 + size * 1.4), (x1 + size * 3, y1 + size * 3.2), (x0 - size * 3, y1 + size * 3.2)],
        light.colour(frame, 1.0),
        light.colour(frame, 0.35),
    )


def _glass(sheet: Surface, light: Light, box: Box) -> None:
    x0, y0, x1, y1 = box
    wide = x1 - x0
    for start, end in ((0.12, 0.24), (0.3, 0.34)):
        sheet.patch(
            [(x0 + wide * start, y1), (x0 + wide * end, y1), (x0 + wide * (end + 0.3), y0), (x0 + wide * (start + 0.3), y0)],
            (1, 1, 1),
            (1, 1, 1),
            alpha=0.10 if not light.night else 0.05,
        )


def curtain(sheet: Surface, light: Light, x0: float, x1: float, top: float, foot: float, cloth: Colour, folds: int = 5) -> None:
    """A hanging curtain in folds."""
    for fold in range(folds):
        left, right = x0 + (x1 - x0) * fold / folds, x0 + (x1 - x0) * (fold + 1) / folds
        sheet.patch(
            [(left, top), (right, top), (right + (right - left) * 0.1, foot), (left, foot)], light.colour(cloth, 0.95), light.colour(cloth, 0.25), sideways=True
        )


def shaft(sheet: Surface, light: Light, box: Box, floor: float, drift: float) -> None:
    """Light falling through a window to ``floor`` px, moved sideways by ``drift`` px; only where the sun stands."""
    if light.weather not in ("clear",) or light.night:
        return
    x0, y0, x1, y1 = box
    beam = Surface(sheet.height, sheet.width)
    beam.patch([(x0, y0), (x1, y0), (x1 + drift, floor), (x0 + drift, floor)], light.key, light.key, alpha=1.0)
    beam.patch([(x0, y1), (x1, y1), (x1 + drift * 1.15, floor), (x0 + drift * 1.15, floor)], light.key, light.key, alpha=1.0)
    soft = cv2.GaussianBlur(beam.pixels[..., 3].astype(np.float32) / 255, (0, 0), (x1 - x0) * 0.06)
    rows = np.clip((np.arange(sheet.height, dtype=np.float32) - y0) / (floor - y0), 0, 1)[:, None]
    mask = soft * (0.34 - 0.2 * rows)
    rgb = np.clip(np.asarray(light.key, np.float32), 0, 1)
    cover = sheet.pixels[..., 3:4].astype(np.float32) / 255
    lit = sheet.pixels[..., :3].astype(np.float32)
    sheet.pixels[..., :3] = np.clip(lit + (rgb * 255 * cover - lit) * mask[..., None], 0, 255).astype(np.uint8)


def books(sheet: Surface, rng: Rng, light: Light, x0: float, x1: float, foot: float, tall: float, lit: float = 0.6) -> None:
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
            [(x, foot - high), (right, foot - high), (right, foot), (x, foot)], light.colour(own, lit + 0.2), light.colour(own, lit - 0.3), sideways=True
        )
        for share in (0.18, 0.8):
            sheet.stroke(
                [(x + 1, foot - high * share), (right - 1, foot - high * share)], light.colour(mix(own, (0.9, 0.8, 0.5), 0.5), lit), max(1, tall * 0.02)
            )
        x = right + 0.5


def shelf(sheet: Surface, rng: Rng, light: Light, box: Box, rows: int, wood: Colour = WOOD, lit: float = 0.6, things: float = 0.15) -> None:
    """A bookcase; ``things`` is the share of compartments that hold something else than books."""
    x0, y0, x1, y1 = box
    sheet.patch([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], light.colour(scaled(wood, 0.42), lit), light.colour(scaled(wood, 0.34), lit * 0.6))
    step, edge = (y1 - y0) / rows, (y1 - y0) / rows * 0.09
    for row in range(rows):
        foot = y0 + (row + 1) * step - edge
        if rng.random() < things:
            jars(sheet, rng, light, x0 + edge * 2, x1 - edge * 2, foot, step * 0.6)
        else:
            books(sheet, rng, light, x0 + edge * 1.4, x1 - edge * 1.4, foot, step * 0.84, lit)
        sheet.patch([(x0, foot), (x1, foot), (x1, foot + edge), (x0, foot + edge)], light.colour(wood, lit + 0.3), light.colour(scaled(wood, 0.7), lit))
        sheet.patch([(x0, foot + edge), (x1, foot + edge), (x1, foot + edge * 2.6), (x0, foot + edge * 2.6)], (0, 0, 0), (0, 0, 0), alpha=0.25)
    for x in (x0, x1 - edge * 1.3):
        sheet.patch(
            [(x, y0), (x + edge * 1.3, y0), (x + edge * 1.3, y1), (x, y1)], light.colour(wood, lit + 0.25), light.colour(scaled(wood, 0.75), lit), sideways=True
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
        own: Colour = ((0.86, 0.80, 0.68), (0.55, 0.66, 0.62), (0.74, 0.48, 0.34), (0.40, 0.50, 0.56), (0.90, 0.88, 0.82), (0.62, 0.52, 0.30))[
            int(rng.integers(6))
        ]
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
            sheet.rect(x + width * 0.18, foot - high * 0.92, x + width * 0.82, foot - high * 0.78, light.colour(scaled(own, 0.6), 0.5))
        elif kind < 0.6:
            plant(sheet, rng, light, x + width / 2, foot - high * 0.75, tall * 0.6)
        sheet.stroke(
            [(x + width * 0.2, foot - high * 0.62), (x + width * 0.2, foot - high * 0.15)], light.colour(mix(own, (1, 1, 1), 0.6), 1.0), max(1, width * 0.08)
        )
        x += width * rng.uniform(1.1, 1.5)


def plant(sheet: Surface, rng: Rng, light: Light, x: float, y: float, size: float, own: Colour = (0.32, 0.50, 0.28), hang: bool = False) -> None:
    """House-plant leaves fanning out from a point."""
    for _ in range(26):
        angle = rng.uniform(-2.7, -0.4) if not hang else rng.uniform(0.3, 2.8)
        reach = size * rng.uniform(0.35, 1.0)
        tip = (x + np.cos(angle) * reach * 0.7, y + np.sin(angle) * reach + (0.15 * reach if not hang else 0))
        sheet.stroke([(x, y), ((x + tip[0]) / 2, (y + tip[1]) / 2 - size * 0.05), tip], light.colour(scaled(own, 0.7), 0.4), max(1, size * 0.02))
        _leaf(sheet, rng, light, tip[0], tip[1], size * 0.16, own)


def pot(sheet: Surface, rng: Rng, light: Light, x: float, foot: float, size: float, clay: Colour = (0.78, 0.48, 0.34)) -> None:
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


def pendant(sheet: Surface, light: Light, x: float, y: float, size: float, shade: Colour = (0.28, 0.34, 0.34)) -> None:
    """A hanging lamp whose shade ends at ``y``."""
    sheet.stroke([(x, 0), (x, y - size)], light.colour((0.15, 0.14, 0.14), 0.4), max(1, size * 0.05))
    burning = light.dark or light.weather in ("rain", "snow", "fog")
    if burning:
        sheet.glow(x, y, size * 4.2, LAMP, 0.5)
    sheet.ellipse(x, y, size * 0.34, size * 0.26, (1.0, 0.94, 0.74) if burning else light.colour((0.95, 0.92, 0.84), 0.8))
    sheet.patch(
        [(x - size * 0.18, y - size), (x + size * 0.18, y - size), (x + size * 0.8, y), (x - size * 0.8, y)],
        light.colour(scaled(shade, 1.5), 0.9),
        light.colour(shade, 0.3),
        sideways=True,
    )


def table(sheet: Surface, rng: Rng, light: Light, x: float, y: float, width: float, tall: float, wood: Colour = WOOD) -> None:
    """A round cafe table whose top lies at ``y``."""
    sheet.stroke([(x, y), (x, y + tall)], light.colour(scaled(wood, 0.4), 0.4), max(2, width * 0.05))
    sheet.ellipse(x, y + tall, width * 0.22, width * 0.05, light.colour(scaled(wood, 0.35), 0.4))
    sheet.ellipse(x, y + width * 0.025, width * 0.5, width * 0.13, light.colour(scaled(wood, 0.55), 0.4))
    sheet.ellipse(x, y, width * 0.5, width * 0.13, light.colour(wood, 0.85))
    sheet.ellipse(x + light.side * width * 0.15, y - width * 0.01, width * 0.26, width * 0.06, light.colour(scaled(wood, 1.2), 1.0))


def chair(sheet: Surface, light: Light, x: float, seat: float, size: float, own: Colour = WOOD) -> None:
    """A wooden chair seen from the side of the room; ``seat`` px is its seat's height."""
    dark, lit = light.colour(scaled(own, 0.55), 0.4), light.colour(own, 0.75)
    wide = max(2, size * 0.06)
    for at in (-0.38, 0.38):
        sheet.stroke([(x + at * size, seat), (x + at * size * 1.12, seat + size * 0.95)], dark, wide)
        sheet.stroke([(x + at * size * 0.9, seat), (x + at * size * 0.9, seat - size * 0.9)], lit, wide)
    for share in (0.35, 0.62, 0.88):
        sheet.stroke([(x - size * 0.36, seat - size * share), (x + size * 0.36, seat - size * share)], lit, wide * 1.2)
    sheet.patch(
        [
            (x - size * 0.42, seat - size * 0.06),
            (x + size * 0.42, seat - size * 0.06),
            (x + size * 0.5, seat + size * 0.1),
            (x - size * 0.5, seat + size * 0.1),
        ],
        light.colour(scaled(own, 1.1), 0.9),
        lit,
    )


def picture(sheet: Surface, rng: Rng, light: Light, box: Box) -> None:
    """A framed picture of hills, on the wall."""
    x0, y0, x1, y1 = box
    edge = (x1 - x0) * 0.06
    sheet.rect(x0 - edge, y0 - edge, x1 + edge, y1 + edge, light.colour((0.36, 0.27, 0.2), 0.6))
    sheet.patch([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], light.colour((0.93, 0.84, 0.66), 0.8), light.colour((0.62, 0.74, 0.76), 0.8))
    for number, own in enumerate(((0.52, 0.62, 0.6), (0.36, 0.5, 0.42), (0.74, 0.5, 0.34))):
        y = y0 + (y1 - y0) * (0.5 + 0.16 * number)
        xs = np.linspace(x0, x1, 9)
        outline = [(float(x), y + rng.uniform(-0.1, 0.06) * (y1 - y0)) for x in xs]
        sheet.polygon([*outline, (x1, y1), (x0, y1)], light.colour(own, 0.7))


def cloth(rng: Rng) -> Colour:
    """One of the fabric colours."""
    return CLOTHS[int(rng.integers(len(CLOTHS)))]
