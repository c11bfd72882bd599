"""What a sitting person sits on where the place offers nothing: a bench of wood, a block of stone, or a padded one in a
room."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from personavlog_embedded.body.part_sheet import Sheet, around, toned
from personavlog_embedded.body.skeleton import Skeleton

WOOD = np.array([0.55, 0.40, 0.27], np.float32)
STONE = np.array([0.58, 0.56, 0.52], np.float32)
CLOTH = np.array([0.42, 0.50, 0.52], np.float32)
REACH = 1.55
"""Half the bench's length, heads."""


def bench(skeleton: Skeleton, made_of: str = "wood") -> Sheet:
    """From under the hips down to the ground: a slab on two legs of "wood", on two blocks of "stone", or a "cloth"
    cushion on a wooden box."""
    unit, (x, y) = skeleton.head_px, skeleton.hips
    top, ground = float(y) + 0.2 * unit, skeleton.lowest - 0.03 * unit
    middle = (float(x) + float(np.mean([leg.middle[0] for leg in skeleton.legs]))) / 2
    left, right = middle - REACH * unit, middle + REACH * unit
    sheet = around(np.array([(left, top - 0.2 * unit), (right, ground)]), 0.1 * unit)
    if made_of == "cloth":
        _board(sheet, left + 0.1 * unit, top + 0.1 * unit, right - 0.1 * unit, ground, 0.72, WOOD)
        _board(sheet, left, top - 0.12 * unit, right, top + 0.22 * unit, 1.05, CLOTH)
        _board(sheet, left, top + 0.16 * unit, right, top + 0.24 * unit, 0.7, CLOTH)
        return sheet
    own, foot = (STONE, 0.55) if made_of == "stone" else (WOOD, 0.2)
    for at in (left + 0.16 * unit, right - (0.16 + foot) * unit):
        _board(sheet, at, top + 0.1 * unit, at + foot * unit, ground, 0.62, own)
    _board(sheet, left, top - 0.1 * unit, right, top + 0.05 * unit, 1.12, own)
    _board(sheet, left, top + 0.04 * unit, right, top + 0.19 * unit, 0.8, own)
    return sheet


def _board(sheet: Sheet, x0: float, y0: float, x1: float, y1: float, light: float, own: NDArray[np.float32]) -> None:
    """An upright board with grain."""
    cover = sheet.fill(np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]))
    x, y = sheet.grid()
    size = max(y1 - y0, 1.0)
    grain = 0.03 * np.sin((y - y0) / size * 19 + 1.6 * np.sin(x / (1.7 * size))) - 0.10 * ((y - y0) / size - 0.3)
    sheet.lay(toned(own, np.asarray(light + grain, np.float32)), cover)
