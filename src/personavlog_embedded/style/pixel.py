"""Pixel art: a grid of cells that is the frame's own, and one palette for every film."""

from __future__ import annotations

from functools import cache, lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog_embedded.style.look import to_lab

CELLS = 150
"""Cells along the frame's shorter side: large enough to be seen in a small copy; a face in a selfie is about 60 of them
high, enough to tell whose it is."""
PALETTE = (
    "0d0b14 1c1a28 34323f 5a5866 85838d b3b1b5 dcdad6 fbf8ef "
    "2b1714 4a2a20 6b3f2c 8c5a3c ad7852 c99670 dfb48f eecfae f8e6d0 c9806a e6a892 "
    "5a1522 94222b cf3b36 f0725a 8a4a14 d07a1e f2a93b f9d978 "
    "12301f 1f5233 3b7f3c 74ad45 b6d96b 0e3a46 1b6b74 3ca7a1 8ddcc5 "
    "2a3350 46557a 141c4a 1f3c8c 2f6fcf 5ba8ee a6d8f7 2c1744 5b2f7a 9a55ae d493cf f2b3c4 c24a7a"
)
"""49 colours: grays, skin from dark to light, then reds, yellows, greens, teals, blues and violets, each as a ramp."""
DITHER = 9.0
"""How far, of 255, the ordered dither moves a colour at most."""
LEVELS = 32
"""Steps a channel of the table that finds the nearest colour of the palette."""


def cell(height: int, width: int) -> int:
    """Side of a cell in px."""
    return max(2, round(min(height, width) / CELLS))


def pixelled(frame: Pixels) -> Pixels:
    """A (h, w, 3 or 4) frame as cells of the palette; the grid begins at the upper left corner. Done twice it is the
    same as once."""
    height, width = frame.shape[:2]
    side = cell(height, width)
    rows, columns = -(-height // side), -(-width // side)
    whole = cv2.copyMakeBorder(frame[..., :3], 0, rows * side - height, 0, columns * side - width, cv2.BORDER_REPLICATE)
    cells = cv2.resize(whole, (columns, rows), interpolation=cv2.INTER_AREA)
    large = cv2.resize(_limited(cells), None, fx=side, fy=side, interpolation=cv2.INTER_NEAREST)[:height, :width]
    if frame.shape[2] == 4:
        return np.asarray(cv2.cvtColor(large, cv2.COLOR_RGB2RGBA), np.uint8)
    return np.ascontiguousarray(large)


@cache
def colours() -> Pixels:
    """The palette, (n, 3) RGB."""
    return np.array([tuple(bytes.fromhex(code)) for code in PALETTE.split()], np.uint8)


def _limited(cells: Pixels) -> Pixels:
    """Every cell the palette's nearest colour after an ordered dither."""
    steps = np.clip(cells.astype(np.int16) + _threshold(*cells.shape[:2]), 0, 255).astype(np.uint16) * LEVELS >> 8
    index = (steps[..., 0] * LEVELS + steps[..., 1]) * LEVELS + steps[..., 2]
    own = _own(cells)
    return np.asarray(np.where(own[..., None], cells, _nearest()[index]), np.uint8)


def _own(cells: Pixels) -> NDArray[np.bool_]:
    """Cells that are a colour of the palette already."""
    code = (cells[..., 0].astype(np.uint32) << 16) + (cells[..., 1].astype(np.uint32) << 8) + cells[..., 2]
    known = np.sort([int(text, 16) for text in PALETTE.split()]).astype(np.uint32)
    return np.asarray(known[np.minimum(np.searchsorted(known, code), len(known) - 1)] == code)


@lru_cache(maxsize=4)
def _threshold(rows: int, columns: int) -> NDArray[np.int16]:
    """Bayer's 4 x 4 matrix over all cells, (rows, columns, 1), from -``DITHER`` to ``DITHER``."""
    bayer = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32)
    tiled = np.tile((bayer + 0.5) / 8 - 1, (-(-rows // 4), -(-columns // 4)))[:rows, :columns]
    return np.asarray(np.round(tiled * DITHER), np.int16)[..., None]


@cache
def _nearest() -> Pixels:
    """For every step of red, green and blue the nearest colour of the palette in L*a*b*, (LEVELS ** 3, 3)."""
    step = ((np.arange(LEVELS) + 0.5) * 256 / LEVELS).astype(np.uint8)
    grid = np.stack(np.meshgrid(step, step, step, indexing="ij"), -1).reshape(-1, 1, 3)
    some, known = to_lab(grid)[:, 0], to_lab(colours()[:, None])[:, 0]
    far = ((some[:, None] - known[None]) ** 2 * np.array([1.4, 1, 1], np.float32)).sum(-1)
    return np.asarray(colours()[far.argmin(1)], np.uint8)
