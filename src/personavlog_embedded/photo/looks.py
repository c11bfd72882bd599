"""What a cut-out person looks like in words: hair and clothes by colour, for writers that see no pictures.

Only what was measured is said: no sex, age or origin is guessed from a face.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Box, Pixels

HAIR = {
    "black": (22, 19, 18),
    "dark brown": (58, 42, 32),
    "brown": (104, 74, 50),
    "auburn": (128, 62, 38),
    "blonde": (196, 162, 108),
    "grey": (142, 140, 138),
    "white": (222, 220, 216),
}
CLOTHES = {
    "black": (20, 20, 22),
    "dark grey": (66, 66, 70),
    "grey": (132, 132, 134),
    "white": (232, 232, 230),
    "red": (190, 40, 42),
    "dark red": (110, 28, 34),
    "orange": (232, 110, 46),
    "yellow": (232, 200, 70),
    "green": (64, 132, 72),
    "dark green": (34, 66, 46),
    "light blue": (142, 182, 220),
    "blue": (48, 92, 176),
    "dark blue": (28, 40, 78),
    "purple": (112, 66, 140),
    "pink": (226, 146, 168),
    "brown": (110, 76, 52),
    "beige": (206, 186, 156),
}
LEAST_SHARE = 0.2
"""A colour is named when it covers this share of the clothes."""
LEAST_PIXELS = 400


def describe(rgba: Pixels, face: Box | None) -> str:
    """One sentence about a cut-out (h, w, 4), straight alpha; ``face`` is its face's box in the same px, None where
    there is none."""
    solid = rgba[..., 3] > 200
    if face is None:
        return _sentence("The subject of the photo", "", _names(rgba[solid], CLOTHES))
    x0, y0, x1, y1 = face
    rows, columns = np.mgrid[: rgba.shape[0], : rgba.shape[1]]
    tall, wide = y1 - y0, x1 - x0
    above = solid & (rows < y0 + 0.06 * tall) & (columns > x0 - 0.3 * wide) & (columns < x1 + 0.3 * wide)
    below = solid & (rows > y1 + 0.45 * tall)
    return _sentence("A person", _first(_names(rgba[above], HAIR)), _names(rgba[below], CLOTHES))


def _sentence(subject: str, hair: str, colours: list[str]) -> str:
    parts = [f"with {hair} hair" if hair else "", f"in {' and '.join(colours)} clothes" if colours else ""]
    return " ".join([subject, *filter(None, parts)])


def _first(names: list[str]) -> str:
    return names[0] if names else ""


def _names(pixels: Pixels, table: dict[str, tuple[int, int, int]]) -> list[str]:
    """The names that cover most pixels (n, 4), at most two, by nearest colour in L*a*b* with lightness counting half,
    since light falls unevenly."""
    if len(pixels) < LEAST_PIXELS:
        return []
    names, scale = list(table), np.array([0.5, 1.0, 1.0])
    known = _lab(np.array([table[name] for name in names], np.uint8)) * scale
    found = _lab(pixels[:: max(1, len(pixels) // 20000), :3]) * scale
    nearest = np.argmin(((found[:, None] - known[None]) ** 2).sum(axis=2), axis=1)
    shares = np.bincount(nearest, minlength=len(names)) / len(found)
    return [names[index] for index in np.argsort(-shares)[:2] if shares[index] >= LEAST_SHARE]


def _lab(colours: Pixels) -> NDArray[np.float64]:
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(colours[None]), cv2.COLOR_RGB2LAB)[0], np.float64)
