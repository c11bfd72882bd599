"""How wide a text is in the subtitles' font, and which characters the font has.

Pillow answers both: it shapes text with HarfBuzz as the renderer of the subtitles does (kerning included), and it is
here anyway. Without the font's file the width is estimated from the characters' classes.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from PIL import ImageFont

FILE = "NotoSansSC-Regular.ttf"
NAME = "Noto Sans SC"
_SIZE = 200
"""Pixels of an em when a text is measured: widths are then exact to half a percent of an em."""
_NO_CHARACTER = "\U0010ffff"
"""Never a character, so every font draws it as what it cannot show."""


class Font(Protocol):
    """What the breaking of lines asks of a font; lengths in em."""

    @property
    def height(self) -> float:
        """From the lowest to the highest a line may reach: what a size in the ASS format counts."""

    def width(self, text: str) -> float:
        """The text's length in one line."""

    def shows(self, character: str) -> bool:
        """Whether the font has the character."""


class EstimatedFont:
    """A font of which only the characters' classes are known: Chinese ones take an em, all others a little more than
    the average Latin letter takes."""

    height = 1.45

    def width(self, text: str) -> float:
        """The text's length in one line, in em."""
        return sum(1.0 if is_wide(character) else 0.6 for character in text)

    def shows(self, character: str) -> bool:
        """Always true: nothing is known against it."""
        return True


class MeasuredFont:
    """A font from its file."""

    def __init__(self, path: Path) -> None:
        self._font = ImageFont.truetype(path, _SIZE)
        self._unknown = bytes(self._font.getmask(_NO_CHARACTER))
        self.height = sum(self._font.getmetrics()) / _SIZE
        self.width = lru_cache(maxsize=None)(self._measured)
        self.shows = lru_cache(maxsize=None)(self._has)

    def _measured(self, text: str) -> float:
        return self._font.getlength(text) / _SIZE

    def _has(self, character: str) -> bool:
        return bytes(self._font.getmask(character)) != self._unknown


ESTIMATED = EstimatedFont()


def is_wide(character: str) -> bool:
    """Whether a character takes the width of a Chinese one."""
    return unicodedata.east_asian_width(character) in "WF"
