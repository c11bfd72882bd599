"""Things in the hand: that one comes from somewhere, and does not vanish.

A thing that can be held comes by the theme, by an earlier board, or by an action that takes it up or names it as new
("a map"); what is held is shown. One that was carried through two shots and is then never seen again has vanished,
unless an action puts it down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from personavlog.script import Board
from personavlog_embedded.things.models.model import MODELS
from personavlog_embedded.writing.reviewing.words import content, named

_DEFINITE = re.compile(
    r"(?:\b(at|on|onto|behind|beside|under|over|around|past) )?\b(?:the|his|her|their|its) ([\w'-]+)", re.IGNORECASE
)
"""A thing spoken of as known, with the preposition that makes it a place ("at the microphone")."""
_OWN = frozenset(
    ("phone", "mobile phone", "watch", "bag", "handbag", "backpack", "hat", "cap", "scarf", "shoe", "shoes")
)
_TAKEN = re.compile(
    r"\b(takes?|picks?|gets?|finds?|buys?|fetch\w*|unpacks?|opens?|pulls?|lifts?|catch\w*|receives?|grabs?|borrows?|wins?|"
    r"digs?|discovers?|draws?|unwraps?|unrolls?|unfolds?|collects?|gathers?|raises?|reach\w*|is given|is handed)\b",
    re.IGNORECASE,
)
_PUT_DOWN = re.compile(
    r"\b(puts?|leaves?|gives?|sets?|hangs?|throws?|drops?|packs?|hands?|returns?|eats?|drinks?|lays?|pours?|sells?|los\w+|"
    r"empties|releases?|closes?|roll\w*|falls?|slips?|spills?)\b",
    re.IGNORECASE,
)


def from_nowhere(theme: str, boards: Sequence[Board]) -> dict[int, str]:
    """Boards (from 0) with a thing that nothing brought, and the thing. The first board may show what it likes."""
    found = {}
    for number, board in enumerate(boards[1:], 1):
        known = f"{theme} ; " + " ; ".join(map(_shown, boards[:number]))
        new = next((thing for thing in _supposed(board) if not named(content(thing), known)), None)
        if new:
            found[number] = new
    return found


def vanished(boards: Sequence[Board]) -> dict[int, str]:
    """Boards (from 0) after which a thing that was held in this and the shot before is gone, and the thing."""
    found = {}
    for number in range(1, len(boards) - 2):
        one, two = boards[number - 1], boards[number]
        later = boards[number + 1 :]
        for thing in two.holds:
            words = content(thing)
            kept = any(named(words, held) for held in one.holds)
            gone = not any(named(words, _shown(board)) for board in later)
            if words and kept and gone and not _PUT_DOWN.search(two.action):
                found[number] = thing
    return found


def _supposed(board: Board) -> Iterator[str]:
    """Things that the board speaks of as known already: held without being shown or named, or called "the" and small
    enough for a hand, but for what everybody carries."""
    shown = " ; ".join((board.action, *board.props))
    yield from (thing for thing in board.holds if not named(content(thing), shown))
    if not _TAKEN.search(board.action):
        for match in _DEFINITE.finditer(board.action):
            if not match[1] and match[2].lower() in _small() - _OWN:
                yield match[2]


def _shown(board: Board) -> str:
    return " ; ".join((board.place, board.action, *board.props, *board.holds))


@cache
def _small() -> frozenset[str]:
    """Names of the things that a hand can hold."""
    return frozenset(name for name, model in MODELS.items() if model.hold)
