"""How a line is cut into subtitles of at most two lines.

Nothing is put in or taken out: the pieces joined again are the line. ``breaks`` says where it may be cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from personavlog.cut.breaks import clusters, is_wide, phrases, units
from personavlog.cut.font import Font

LATIN_CUE = 64
"""Characters of Latin text in one subtitle: what can be read in the time it is spoken."""
WIDE_CUE = 26
"""The same for Chinese, Japanese and Korean characters."""
SMALLEST = 0.5
"""A word that is wider than a line is made smaller down to this share; beyond it, it is broken."""
SHORTEST = 0.8
"""Seconds that a subtitle is shown at the least."""

_SENTENCE_END = re.compile(r"[.!?。！？…؟۔।][\"'”’」』）)]*$")
_CLAUSE_END = re.compile(r"[,;:，；：、—–،؛][\"'”’」』）)]*$")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:\w|[\w.]*\.\w+|Mrs?|Ms|Dr|Prof|St|Mt|No|vs|etc|Jr|Sr|Ave|Gen|Capt|Lt|approx|dept|vol|fig)\.$", re.I
)


@dataclass(frozen=True)
class Room:
    """The space for a subtitle: a line of at most ``width`` em in ``font``."""

    width: float
    font: Font

    def fits(self, text: str) -> bool:
        """Whether the text is short enough for one line."""
        return self.font.width(text.strip()) <= self.width

    def size(self, lines: tuple[str, ...]) -> float:
        """The share of the usual size at which the longest of the lines fits; at most 1."""
        return min([1.0, *(self.width / max(self.font.width(line), 1e-6) for line in lines)])


@dataclass(frozen=True)
class Piece:
    """What one subtitle shows, in the parts that stay whole."""

    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The piece as it stands in the line, white space at its end included."""
        return "".join(self.parts)

    @property
    def load(self) -> float:
        """How much of what can be read in one subtitle it is, 0 to 1."""
        return sum(map(_load, self.parts))

    def lines(self, room: Room) -> tuple[str, ...]:
        """The lines it is shown in: one where it fits, else two of about equal length."""
        if room.fits(self.text) or len(self.parts) < 2:
            return (self.text.strip(),)
        halves = [
            ("".join(self.parts[:at]).strip(), "".join(self.parts[at:]).strip()) for at in range(1, len(self.parts))
        ]
        return min(halves, key=lambda pair: _unevenness(pair, room))

    def __add__(self, after: Piece) -> Piece:
        return Piece(self.parts + after.parts)


def split(text: str, room: Room, seconds: float | None = None) -> list[Piece]:
    """The text in pieces that are subtitles of one or two lines; joined they are the text again.

    Of all ways to cut it, the one whose pieces end with sentences or clauses, are about equally long and, where the
    text is spoken in ``seconds``, are not shown for a moment only.
    """
    parts = [part for phrase in phrases(text) for part in _fitted(phrase, room)]
    pace = seconds / max(sum(map(_load, parts)), 1e-6) if seconds is not None else None
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(parts) + 1):
        best.append(min(_candidates(parts, end, best, room, pace)))
    pieces: list[Piece] = []
    end = len(parts)
    while end:
        start = best[end][1]
        pieces.insert(0, Piece(tuple(parts[start:end])))
        end = start
    return pieces


def _unevenness(pair: tuple[str, str], room: Room) -> float:
    longest = max(map(room.font.width, pair))
    at_mark = _SENTENCE_END.search(pair[0]) or _CLAUSE_END.search(pair[0])
    return longest - (0.3 * room.width if at_mark and longest <= room.width * 0.98 else 0.0)


def _candidates(
    parts: Sequence[str], end: int, best: list[tuple[float, int]], room: Room, pace: float | None
) -> Iterator[tuple[float, int]]:
    """Every way for the last piece before ``end``, with what the whole costs."""
    after = parts[end] if end < len(parts) else ""
    for start in range(end - 1, -1, -1):
        if start < end - 1 and not _readable_at_once(parts[start:end], room):
            return
        yield best[start][0] + _cost("".join(parts[start:end]).strip(), after, pace), start


def _cost(text: str, after: str, pace: float | None) -> float:
    ending, load = 1.0 if _CLAUSE_END.search(text) else 3.0, _load(text)
    if not after or _ends_sentence(text, after):
        ending = 0.0
    hasty = max(0.0, 1 - load * pace / SHORTEST) if pace is not None else 0.0
    return 2.0 + ending + 3.0 * (1 - min(load, 1.0)) ** 2 + 5.0 * hasty


def _ends_sentence(text: str, after: str) -> bool:
    return bool(_SENTENCE_END.search(text)) and not _ABBREVIATION.search(text) and not after[0].islower()


def _readable_at_once(parts: Sequence[str], room: Room) -> bool:
    if sum(map(_load, parts)) > 1:
        return False
    taken, used = 0, 0.0
    for part in parts:
        alone = room.font.width(part.rstrip())
        if used + alone > room.width:
            taken, used = taken + 1, 0.0
        if alone > room.width or taken > 1:
            return False
        used += room.font.width(part)
    return True


def _load(text: str) -> float:
    return sum(1 / WIDE_CUE if is_wide(character) else 1 / LATIN_CUE for character in text)


def _fitted(phrase: str, room: Room) -> list[str]:
    """A phrase; where it is wider than a line, at Unicode's places in it; a word that would have to be made too small,
    in parts of a line's width."""
    if room.fits(phrase):
        return [phrase]
    return [part for unit in units(phrase) for part in _cut(unit, room)]


def _cut(word: str, room: Room) -> list[str]:
    if room.font.width(word.strip()) * SMALLEST <= room.width:
        return [word]
    parts = [""]
    for character in clusters(word):
        if parts[-1] and not room.fits(parts[-1] + character):
            parts.append("")
        parts[-1] += character
    return parts
