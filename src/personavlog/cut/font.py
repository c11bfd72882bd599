"""How wide a text is in one font, and which characters the font has.

Pillow answers both: it shapes text with HarfBuzz as the renderer of the subtitles does, and it is here anyway. Without
the font's file the width is estimated from the characters' classes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from PIL import ImageFont

from personavlog.cut.breaks import is_wide

FAMILY, HEIGHT = "Noto Sans SC", 1.448
_SIZE = 200
"""Pixels of an em when a text is measured: widths are then exact to half a percent of an em."""
_GLYPH = 40
"""Pixels of an em when a glyph is compared with that of no character."""
_NO_CHARACTER = "\U0010ffff"
"""Never a character, so every font draws it as what it cannot show."""
REMEMBERED = 1 << 16
"""Texts whose width is kept: to cut a line, each of its parts is measured many times."""
_UNSEEN = frozenset("\n\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f")
"""Characters that are never drawn: they join, part or order their neighbours, in every font."""


@dataclass(frozen=True)
class Run:
    """Characters that one font shows: the ``family`` it has that name of, and its ``height``, what a size in the ASS
    format counts, in em. No family: they cannot be shown."""

    family: str
    height: float
    text: str


class Font(Protocol):
    """What the breaking of lines and the writing of subtitles ask of a font, or of several that act as one; ``family``
    and ``height`` (see ``Run``) are those of the most letters."""

    @property
    def family(self) -> str:
        """The family's name."""
        ...

    @property
    def height(self) -> float:
        """What a size in the ASS format counts, in em."""
        ...

    def width(self, text: str) -> float:
        """The text's length in one line, in em."""

    def shows(self, character: str) -> bool:
        """Whether the font has the character and all marks that stand on it."""

    def runs(self, text: str) -> Iterable[Run]:
        """The text, cut where another font shows it."""


class EstimatedFont:
    """A font of which only the characters' classes are known: Chinese ones take an em, all others a little more than
    the average Latin letter takes."""

    family, height = FAMILY, HEIGHT

    def width(self, text: str) -> float:
        """The text's length in one line, in em."""
        return sum(1.0 if is_wide(character) else 0.6 for character in text)

    def shows(self, character: str) -> bool:
        """Always true: nothing is known against it."""
        return True

    def runs(self, text: str) -> Iterable[Run]:
        """All of it."""
        return (Run(self.family, self.height, text),)


class MeasuredFont:
    """A font from its file."""

    def __init__(self, path: Path) -> None:
        self._font = ImageFont.truetype(path, _SIZE)
        # One by one: shaped, an accented letter that is not there would be made of two that are, as libass does not.
        self._glyphs = ImageFont.truetype(path, _GLYPH, layout_engine=ImageFont.Layout.BASIC)
        self._unknown = bytes(self._glyphs.getmask(_NO_CHARACTER))
        self.width = lru_cache(REMEMBERED)(self._measured)
        self.shows = lru_cache(REMEMBERED)(self._has_all)

    def _measured(self, text: str) -> float:
        return self._font.getlength(text) / _SIZE

    def _has_all(self, character: str) -> bool:
        return all(one in _UNSEEN or bytes(self._glyphs.getmask(one)) != self._unknown for one in character)


ESTIMATED = EstimatedFont()
