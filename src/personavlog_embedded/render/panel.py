"""A flat thing to paint on in metres: a wall, a table top, the side of a cupboard; under white light, the room's own
comes later."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from personavlog.media.arrays import Box, Pixels
from personavlog_embedded.render import room_parts
from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.light import Light, light
from personavlog_embedded.render.noise import Field, Rng, fractal
from personavlog_embedded.render.room_camera import Tile

GRAIN = 640
"""Px of the noises that all boards take their texture from."""
_noises: dict[tuple[int, float], Field] = {}


def white(burning: bool = False) -> Light:
    """Light that gives colours as they are, with the soft modelling that painted things have; lamps on a board burn if
    ``burning``."""
    base = light("night" if burning else "noon", "clear")
    return Light(
        base.time,
        "clear",
        base.sky,
        (1.0, 1.0, 1.0),
        (0.60, 0.59, 0.63),
        (1, 1, 1),
        0.0,
        -0.5,
        0.8,
        base.cloud_lit,
        base.cloud_shade,
        0.0,
    )


WHITE = white()


def noise(kind: int, stretch: float = 1.0) -> Field:
    """A tileable-enough noise about 1, painted once: (GRAIN, GRAIN)."""
    key = (kind, stretch)
    if key not in _noises:
        _noises[key] = np.asarray(
            fractal(np.random.default_rng([kind, 77]), GRAIN, GRAIN, 90, 6, 0.62, stretch) * 2 - 1, np.float32
        )
    return _noises[key]


class Panel:
    """``wide`` x ``tall`` metres; x runs from its left edge, y up from its lower one. ``sheet`` may be painted on
    directly, ``px`` is px per metre."""

    def __init__(self, height: int, width: int, tall: float, wide: float, rng: Rng, burning: bool = False) -> None:
        self.sheet = Surface(height, width)
        self.tall, self.wide, self.rng = tall, wide, rng
        self.light = white(True) if burning else WHITE

    @property
    def px(self) -> float:
        """Px per metre."""
        return self.sheet.width / self.wide

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Metres as px of the sheet."""
        return x * self.sheet.width / self.wide, self.sheet.height * (1 - y / self.tall)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """Metres (lower left, upper right) as the px box x0, top, x1, foot."""
        left, foot = self.at(x0, y0)
        right, top = self.at(x1, y1)
        return left, top, right, foot

    def fill(
        self, top: Colour, bottom: Colour | None = None, rough: float = 0.10, kind: int = 0, stretch: float = 1.0
    ) -> None:
        """The whole board in a gradient with a painter's unevenness of about ``rough``."""
        height, width = self.sheet.height, self.sheet.width
        share = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
        ramp = (
            np.asarray(top, np.float32) * (1 - share)
            + np.asarray(top if bottom is None else bottom, np.float32) * share
        )
        paint = np.asarray(ramp * (1 + rough * self.grain(kind, stretch)[..., None]), np.float32)
        cv2.merge(
            [cv2.multiply(part, 255, dtype=cv2.CV_8U) for part in cv2.split(paint)]
            + [np.full((height, width), 255, np.uint8)],
            self.sheet.pixels,
        )

    def grain(self, kind: int = 0, stretch: float = 1.0, metres: float = 2.4) -> Field:
        """Noise about 0 over the board, its coarsest grain in metres and not in px; another cut of it on every
        board."""
        source = noise(kind, stretch)
        rows, columns = (int(np.clip(length / metres * GRAIN, 8, GRAIN)) for length in (self.tall, self.wide))
        y, x = int(self.rng.integers(0, GRAIN - rows + 1)), int(self.rng.integers(0, GRAIN - columns + 1))
        return np.asarray(
            cv2.resize(
                source[y : y + rows, x : x + columns],
                (self.sheet.width, self.sheet.height),
                interpolation=cv2.INTER_LINEAR,
            ),
            np.float32,
        )

    def patch(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        top: Colour,
        bottom: Colour | None = None,
        alpha: float = 1.0,
        sideways: bool = False,
    ) -> None:
        """A rectangle with a gradient."""
        a, b, c, d = self.box(x0, y0, x1, y1)
        self.sheet.patch([(a, b), (c, b), (c, d), (a, d)], top, bottom, alpha=alpha, sideways=sideways)

    def line(self, x0: float, y0: float, x1: float, y1: float, colour: Colour, thick: float = 0.01) -> None:
        """A straight stroke, ``thick`` in metres."""
        self.sheet.stroke([self.at(x0, y0), self.at(x1, y1)], colour, thick * self.px)

    def disc(self, x: float, y: float, radius: float, colour: Colour, flat: float = 1.0) -> None:
        """A filled ellipse, ``flat`` times as tall as wide."""
        left, top = self.at(x, y)
        size = max(1, round(radius * self.px * 16))
        if flat == 1.0:
            ink = [min(1.0, max(0.0, part)) * 255 for part in colour]
            cv2.circle(self.sheet.pixels, (round(left * 16), round(top * 16)), size, (*ink, 255), -1, cv2.LINE_AA, 4)
        else:
            self.sheet.ellipse(left, top, radius * self.px, radius * self.px * flat, colour)

    def ridge(self, x0: float, y0: float, x1: float, y1: float, own: Colour, size: float = 0.012) -> None:
        """A raised or framed panel: light upper left edges, dark lower right ones."""
        self.patch(x0, y0, x1, y1, scaled(own, 1.05), scaled(own, 0.93))
        self.line(x0, y1, x1, y1, scaled(own, 1.25), size)
        self.line(x0, y0, x0, y1, scaled(own, 1.15), size)
        self.line(x0, y0, x1, y0, scaled(own, 0.62), size)
        self.line(x1, y0, x1, y1, scaled(own, 0.72), size)

    def shadow(self, x0: float, y0: float, x1: float, y1: float, deep: float = 0.3) -> None:
        """A soft dark falling down from y1 to y0."""
        for share in (1.0, 0.66, 0.33):
            self.patch(x0, y1 - (y1 - y0) * share, x1, y1, (0, 0, 0), (0, 0, 0), alpha=deep / 3)

    def window(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        panes: tuple[int, int] = (2, 2),
        frame: Colour = (0.93, 0.90, 0.84),
    ) -> None:
        """An opening in a frame, with a deep reveal and a sill; what lies behind shows through."""
        box = self.box(x0, y0, x1, y1)
        room_parts.pane(self.sheet, self.light, box, panes[0], panes[1], frame, min(0.05, 0.045 / (x1 - x0)))
        self.shadow(x0 - 0.08, y0 - 0.3, x1 + 0.08, y0 - 0.09, 0.22)

    def framed(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A picture in a frame, throwing a soft shadow."""
        self.patch(x0 - 0.02, y0 - 0.09, x1 + 0.09, y1 - 0.02, (0, 0, 0), alpha=0.16)
        room_parts.picture(self.sheet, self.rng, self.light, self.box(x0, y0, x1, y1))

    def door(self, x0: float, x1: float, top: float, own: Colour, glass: bool = False) -> None:
        """A panelled door in its frame, standing on the floor."""
        frame = scaled(own, 0.78)
        self.patch(x0 - 0.09, 0, x1 + 0.09, top + 0.09, scaled(frame, 1.1), frame)
        self.patch(x0, 0, x1, top, scaled(own, 1.04), scaled(own, 0.9))
        wide = x1 - x0
        for low, high in ((0.12, 0.42), (0.5, 0.93)):
            for a, b in ((0.1, 0.46), (0.54, 0.9)) if wide > 0.7 else ((0.14, 0.86),):
                self.ridge(
                    x0 + wide * a,
                    top * low,
                    x0 + wide * b,
                    top * high,
                    (0.62, 0.74, 0.80) if glass and low > 0.4 else scaled(own, 0.94),
                )
        self.disc(x0 + wide * 0.92, top * 0.46, 0.03, (0.82, 0.72, 0.48))

    def boards(
        self, own: Colour, size: float = 0.16, along: bool = True, uneven: float = 0.12, gap: float = 0.55
    ) -> None:
        """Floor boards running up the board, or tongue-and-groove across if not ``along``."""
        self.fill(own, own, 0.13, 1, 0.2)
        length, other = (self.wide, self.tall) if along else (self.tall, self.wide)
        for number in range(int(np.ceil(length / size))):
            tone, cut = self.rng.uniform(1 - uneven, 1 + uneven), self.rng.uniform(0, other)
            a, b = number * size, min((number + 1) * size, length)
            box = (a, 0.0, b, self.tall) if along else (0.0, a, self.wide, b)
            self.patch(*box, scaled(own, tone * 0.95), scaled(own, tone * 0.98), alpha=0.55, sideways=along)
            dark = scaled(own, gap)
            for at in np.arange(cut % 2.2, other, 2.2):
                joint = (a, at, b, at) if along else (at, a, at, b)
                self.line(joint[0], joint[1], joint[2], joint[3], dark, 0.006)
            seam = (a, 0.0, a, self.tall) if along else (0.0, a, self.wide, a)
            self.line(seam[0], seam[1], seam[2], seam[3], dark, 0.007)

    def tiles(
        self,
        one: Colour,
        two: Colour,
        size: float,
        grout: Colour | None = None,
        share: float = 0.5,
        chequer: bool = True,
        uneven: float = 0.05,
    ) -> None:
        """Square tiles of two colours, in turn or at random."""
        columns, rows = int(np.ceil(self.wide / size)), int(np.ceil(self.tall / size))
        grid_y, grid_x = np.mgrid[0:rows, 0:columns]
        pick = ((grid_x + grid_y) % 2 == 0) if chequer else self.rng.random((rows, columns)) < share
        tone = self.rng.uniform(1 - uneven, 1 + uneven, (rows, columns, 1))
        cells = (np.where(pick[..., None], one, two) * tone).astype(np.float32)
        px = size * self.px
        big = cv2.resize(cells, (round(columns * px), round(rows * px)), interpolation=cv2.INTER_NEAREST)[
            : self.sheet.height, : self.sheet.width
        ]
        self.fill(one)
        paint = big * (1 + 0.07 * self.grain(2)[: big.shape[0], : big.shape[1], None])
        self.sheet.pixels[: big.shape[0], : big.shape[1], :3] = np.clip(paint * 255, 0, 255).astype(np.uint8)
        line = scaled(mix(one, two, 0.5), 0.72) if grout is None else grout
        for x in np.arange(0, self.wide, size):
            self.line(x, self.tall, x, 0, line, 0.007)
        for row in range(rows + 1):
            y = self.tall - row * size
            self.line(0, y, self.wide, y, line, 0.007)


Painting = Callable[[Panel], None]


def tile(paint: Painting, wide: float, tall: float, seed: tuple[int, ...], burning: bool = False) -> Tile:
    """A face's tile that is painted as a board of these metres, the same whenever it is."""

    def painted(height: int, width: int) -> Pixels:
        board = Panel(height, width, tall, wide, np.random.default_rng(seed), burning)
        paint(board)
        return board.sheet.pixels

    return painted


def plain(own: Colour, rough: float = 0.10, kind: int = 0, stretch: float = 1.0) -> Painting:
    """One material: uneven colour, a light upper edge and darker lower one, as a brush leaves it."""

    def paint(board: Panel) -> None:
        board.fill(scaled(own, 1.05), scaled(own, 0.92), rough, kind, stretch)
        edge = min(0.012, board.tall * 0.2)
        board.patch(0, board.tall - edge, board.wide, board.tall, scaled(own, 1.28))

    return paint


def wood(own: Colour) -> Painting:
    """Grain that runs along the longer side."""

    def paint(board: Panel) -> None:
        plain(own, 0.17, 1, 6.0 if board.wide >= board.tall else 0.17)(board)

    return paint


def cloth(own: Colour) -> Painting:
    """Fabric: finely uneven, soft edges."""

    def paint(board: Panel) -> None:
        board.fill(scaled(own, 1.10), scaled(own, 0.86), 0.12, 3)
        board.patch(0, 0, board.wide, min(0.05, board.tall * 0.3), scaled(own, 0.8), scaled(own, 0.66), alpha=0.5)

    return paint


def clear(board: Panel) -> None:
    """Nothing: a side that is not there."""
