"""Subtitles from the spoken lines: what is shown, in how many lines, from when to when."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from personavlog.cut.breaks import clusters
from personavlog.cut.font import ESTIMATED, Font
from personavlog.cut.pieces import SHORTEST, Piece, Room, split
from personavlog.cut.timeline import Timeline
from personavlog.frozen import Frozen

SIDE_MARGIN = 0.08
"""Share of the picture's width that stays free at each side."""
_BLANKS = re.compile(r"[^\S\u00a0\u2007\u202f\u3000]+")
"""White space but the kinds that somebody chose: the ones that do not break, and the Chinese one."""
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Signs that turn the order of all that follows: cut in pieces they would have no end."""


class Cue(Frozen):
    """One subtitle of one or two ``lines``, ``start`` and ``end`` in seconds of the film."""

    start: float
    end: float
    lines: tuple[str, ...]


def cues(timeline: Timeline, font: Font = ESTIMATED) -> tuple[Cue, ...]:
    """Every line cut into readable pieces, each shown as long as its share of the line is spoken, but never for a
    moment only: it then stays, or comes sooner, within its shot."""
    room, result, shown_until = room_of(timeline, font), list[Cue](), 0.0
    for (start, end), (first, last), shot in zip(
        timeline.line_times(), _seen_alone(timeline), timeline.shots, strict=True
    ):
        text = readable(shot.line)
        if not text or end <= start:
            continue
        first, last = max(min(first, start), shown_until), max(last, end)
        pieces = _shown_long_enough(split(text, room, end - start), last - first)
        times = _times([piece.load for piece in pieces], start, end, first, last)
        for piece, (begin, until) in zip(pieces, pairwise(times), strict=True):
            result.append(Cue(start=begin, end=until, lines=piece.lines(room)))
        shown_until = times[-1]
    return tuple(result)


def room_of(timeline: Timeline, font: Font) -> Room:
    """The space between the margins of a film's picture."""
    return Room(timeline.width * (1 - 2 * SIDE_MARGIN) / (text_size(timeline) / font.height), font)


def text_size(timeline: Timeline) -> int:
    """The subtitles' size in px of the picture, as the ASS format counts it."""
    return round(min(timeline.width, timeline.height) * (0.074 if timeline.height > timeline.width else 0.068))


def unshown(timeline: Timeline, font: Font) -> tuple[str, ...]:
    """The characters of the lines that the font has not, each once, in order."""
    text = " ".join(readable(shot.line) for shot in timeline.shots)
    return tuple(dict.fromkeys(one for one in clusters(text) if not font.shows(one) and not one.isspace()))


def readable(line: str) -> str:
    """The line without control characters, its white space single."""
    blanks = _BLANKS.sub(" ", line)
    return "".join(c for c in blanks if unicodedata.category(c) not in ("Cc", "Cs") and c not in _REORDERING).strip()


def _seen_alone(timeline: Timeline) -> tuple[tuple[float, float], ...]:
    """When every shot is seen, without the crossfade into the next one: start and end in seconds of the film."""
    starts = [start / timeline.fps for start in (*timeline.starts, timeline.frames)]
    return tuple(pairwise(starts))


def _shown_long_enough(pieces: list[Piece], seconds: float) -> list[Piece]:
    """As few pieces as can be shown in the time: the shortest neighbours are shown together."""
    while len(pieces) > 1 and len(pieces) * SHORTEST > seconds:
        at = min(range(len(pieces) - 1), key=lambda one: pieces[one].load + pieces[one + 1].load)
        pieces = [*pieces[:at], pieces[at] + pieces[at + 1], *pieces[at + 2 :]]
    return pieces


def _times(loads: list[float], start: float, end: float, first: float, last: float) -> list[float]:
    """Where the pieces of a line that is spoken from ``start`` to ``end`` begin, and where the last one ends; all
    between ``first`` and ``last``, and none shorter than ``SHORTEST`` where that is possible."""
    needed = len(loads) * SHORTEST
    end = min(last, max(end, start + needed))
    start = max(first, min(start, end - needed))
    least, all_of_it = min(SHORTEST, (end - start) / len(loads)), sum(loads)
    lasts = [(end - start) * load / all_of_it for load in loads]
    missing = sum(max(least - one, 0.0) for one in lasts)
    spare = sum(max(one - least, 0.0) for one in lasts)
    kept = 1 - missing / spare if spare else 1.0
    times = [start]
    for one in lasts:
        times.append(times[-1] + least + max(one - least, 0.0) * kept)
    return [*times[:-1], end]
