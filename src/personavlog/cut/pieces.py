"""Where a line may be broken, and how it is cut into subtitles of at most two lines.

Nothing is put in or taken out: the pieces joined again are the line. It is broken at white space and between Chinese
characters only, never inside a number, a time, an address or an abbreviation, and no mark comes to stand at a line's
beginning (Requirements for Chinese Text Layout, section 3.1; UAX #14).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from personavlog.cut.font import Font, is_wide

LATIN_CUE = 64
"""Characters of Latin text in one subtitle: what can be read in the time it is spoken."""
WIDE_CUE = 26
"""The same for Chinese, Japanese and Korean characters."""
SMALLEST = 0.5
"""A word that is wider than a line is made smaller down to this share; beyond it, it is broken."""

_NEVER_FIRST = frozenset("、。，．！？；：…‥—–～·・ー々゛゜ぁぃぅぇぉっゃゅょァィゥェォッャュョ％℃!?,.;:%")
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两")
_SENTENCE_END = re.compile(r"[.!?。！？…][\"'”’」』）)]*$")
_CLAUSE_END = re.compile(r"[,;:，；：、—–][\"'”’」』）)]*$")
_TITLE = re.compile(r"^\W?(?:Mrs?|Ms|Dr|Prof|St|Mt|No|Gen|Capt|Lt)\.$")
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


def split(text: str, room: Room) -> list[str]:
    """The text in pieces that are subtitles of one or two lines; joined they are the text again.

    Of all ways to cut it, the one whose pieces end with sentences or clauses and are about equally long.
    """
    atoms = [part for atom in _atoms(text) for part in _broken(atom, room)]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(atoms) + 1):
        best.append(min(_candidates(atoms, end, best, room)))
    pieces: list[str] = []
    end = len(atoms)
    while end:
        start = best[end][1]
        pieces.insert(0, "".join(atoms[start:end]))
        end = start
    return pieces


def lines(piece: str, room: Room) -> tuple[str, ...]:
    """A piece as the lines it is shown in: one where it fits, else two of about equal length."""
    atoms = _atoms(piece.strip())
    if room.fits(piece) or len(atoms) < 2:
        return (piece.strip(),)
    halves = [("".join(atoms[:at]).rstrip(), "".join(atoms[at:])) for at in range(1, len(atoms))]
    return min(halves, key=lambda pair: _unevenness(pair, room))


def _unevenness(pair: tuple[str, str], room: Room) -> float:
    longest = max(map(room.font.width, pair))
    at_mark = _SENTENCE_END.search(pair[0]) or _CLAUSE_END.search(pair[0])
    return longest - (0.3 * room.width if at_mark and longest <= room.width * 0.98 else 0.0)


def _candidates(atoms: list[str], end: int, best: list[tuple[float, int]], room: Room) -> Iterator[tuple[float, int]]:
    """Every way for the last piece before ``end``, with what the whole costs."""
    after = atoms[end] if end < len(atoms) else ""
    for start in range(end - 1, -1, -1):
        if start < end - 1 and not _readable_at_once(atoms[start:end], room):
            return
        yield best[start][0] + _cost("".join(atoms[start:end]).strip(), after), start


def _cost(text: str, after: str) -> float:
    ending = 1.0 if _CLAUSE_END.search(text) else 3.0
    if not after or _ends_sentence(text, after):
        ending = 0.0
    return 2.0 + ending + 3.0 * (1 - min(_load(text), 1.0)) ** 2


def _ends_sentence(text: str, after: str) -> bool:
    return bool(_SENTENCE_END.search(text)) and not _ABBREVIATION.search(text) and not after[0].islower()


def _readable_at_once(atoms: list[str], room: Room) -> bool:
    if sum(map(_load, atoms)) > 1:
        return False
    taken, used = 0, 0.0
    for atom in atoms:
        alone = room.font.width(atom.rstrip())
        if used + alone > room.width:
            taken, used = taken + 1, 0.0
        if alone > room.width or taken > 1:
            return False
        used += room.font.width(atom)
    return True


def _load(text: str) -> float:
    """How much of what can be read in one subtitle the text is."""
    return sum(1 / WIDE_CUE if is_wide(character) else 1 / LATIN_CUE for character in text)


def _broken(atom: str, room: Room) -> list[str]:
    """An atom; in parts of a line's width where it would have to be made too small."""
    if room.font.width(atom.strip()) * SMALLEST <= room.width:
        return [atom]
    parts = [""]
    for character in atom:
        if parts[-1] and not unicodedata.combining(character) and not room.fits(parts[-1] + character):
            parts.append("")
        parts[-1] += character
    return parts


def _atoms(text: str) -> list[str]:
    """The text at every place where it may be broken; white space belongs to what is before it."""
    places = [0, *(at for at in range(1, len(text)) if _may_break(text, at)), len(text)]
    return [text[start:end] for start, end in pairwise(places) if end > start]


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if before.isspace():
        sticks = after.isspace() or _sticks_to_what_is_before(after)
        return not sticks and not _belongs_together(text[: at - 1], text[at:])
    if after.isspace() or not (is_wide(before) or is_wide(after)):
        return False
    return not (_sticks_to_what_is_before(after) or _opens(before) or _inside_a_number(text, at))


def _belongs_together(before: str, after: str) -> bool:
    """Whether the space stands between a title and a name, or a number and what it counts."""
    last, first = before.rsplit(None, 1)[-1:], after.split(None, 1)[0]
    if not last:
        return False
    counts = last[0][-1].isdigit() and (first[0].isdigit() or len(first.strip(".,;:!?")) <= 3)
    return counts or bool(_TITLE.search(last[0]))


def _sticks_to_what_is_before(character: str) -> bool:
    return character in _NEVER_FIRST or unicodedata.category(character) in ("Pe", "Pf", "Mn", "Mc", "Me")


def _opens(character: str) -> bool:
    return unicodedata.category(character) in ("Ps", "Pi")


def _inside_a_number(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if before in _NUMERALS and after in _NUMERALS:
        return True
    if before.isdigit() or after.isdigit():  # a number and the sign or word that counts with it
        return not (unicodedata.category(before) == "Po" and not text[at - 2 : at - 1].isdigit())
    return False
