"""The words that ask for a thing, taken apart: how many, in which colour, how old, how large, and the thing itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from personavlog_embedded.render.canvas import Colour, mix
from personavlog_embedded.things.models.model import rgb

MOST = 4
"""Copies of one thing that are drawn."""
COLOURS: dict[str, Colour] = {
    name: rgb(code)
    for name, code in (
        ("red", "bf3b34"),
        ("crimson", "a32d35"),
        ("scarlet", "c63a2c"),
        ("blue", "3f6aa6"),
        ("navy", "2f4468"),
        ("turquoise", "45a09c"),
        ("teal", "3b807f"),
        ("green", "558b4a"),
        ("olive", "7c7f45"),
        ("white", "ece8df"),
        ("cream", "eadfc4"),
        ("ivory", "ebe3cf"),
        ("beige", "d5c2a0"),
        ("black", "35353a"),
        ("grey", "8c8f92"),
        ("gray", "8c8f92"),
        ("silver", "b3b8bb"),
        ("yellow", "e3bb45"),
        ("golden", "cfa144"),
        ("gold", "cfa144"),
        ("brass", "bd9648"),
        ("copper", "b06f45"),
        ("orange", "dc853a"),
        ("pink", "dd8f9c"),
        ("purple", "7f5b98"),
        ("violet", "7f5b98"),
        ("lavender", "a592c4"),
        ("brown", "7d5637"),
        ("wooden", "a0713f"),
        ("wood", "a0713f"),
        ("leather", "8a5534"),
        ("tin", "a2a8aa"),
        ("stone", "9a968d"),
        ("paper", "e9dfc8"),
    )
}
"""Colours and materials, as paint has them."""
MATERIALS = frozenset(("wood", "leather", "tin", "stone", "paper", "copper", "brass", "silver", "gold"))
"""Of these, the words that are part of many names: a paper boat is no boat."""
_COUNTS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 4,
    "several": 3,
    "some": 1,
    "couple": 2,
    "pair": 1,
    "few": 3,
    "many": 4,
    "2": 2,
    "3": 3,
    "4": 4,
}
_SIZES = {
    "tiny": 0.6,
    "small": 0.78,
    "little": 0.78,
    "mini": 0.6,
    "baby": 0.6,
    "big": 1.3,
    "large": 1.3,
    "huge": 1.7,
    "giant": 1.9,
    "enormous": 1.9,
    "tall": 1.2,
}
_OLD = frozenset(
    (
        "old",
        "worn",
        "weathered",
        "faded",
        "rusty",
        "ancient",
        "dusty",
        "vintage",
        "shabby",
        "antique",
        "broken",
        "battered",
    )
)
_EMPTY = frozenset(("a", "an", "the", "of", "his", "her", "its", "their", "my", "your", "our"))


@dataclass(frozen=True)
class Phrase:
    """``noun`` without what is said about it; ``colour`` None where none is named; ``size`` a factor; ``count`` 1 to
    ``MOST``."""

    noun: str
    count: int = 1
    colour: Colour | None = None
    size: float = 1.0
    old: bool = False

    def painted(self, own: Colour) -> Colour:
        """The thing's main colour as the words want it."""
        wanted = own if self.colour is None else self.colour
        return mix(wanted, (0.47, 0.42, 0.36), 0.38) if self.old else wanted


def read_phrase(asked: str, names: frozenset[str] | None = None) -> Phrase:
    """What the words ask for; ``names`` are whole names out of which no material is taken."""
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", asked.lower()[:120])
    out = Phrase("")
    while len(words) > 1 and not (words[0] in MATERIALS and names and " ".join(words) in names):
        taken = _taken(out, words[0])
        if taken is None:
            break
        out, words = taken, words[1:]
    return Phrase(" ".join(words), out.count, out.colour, out.size, out.old)


def _taken(so_far: Phrase, word: str) -> Phrase | None:
    """What is known once a leading word is read; None where it belongs to the name."""
    if word in _EMPTY:
        return so_far
    if word in _COUNTS:
        return Phrase("", min(MOST, _COUNTS[word]), so_far.colour, so_far.size, so_far.old)
    if word in _SIZES:
        return Phrase("", so_far.count, so_far.colour, so_far.size * _SIZES[word], so_far.old)
    if word in _OLD:
        return Phrase("", so_far.count, so_far.colour, so_far.size, True)
    if word in COLOURS:
        return Phrase(
            "", so_far.count, COLOURS[word] if so_far.colour is None else so_far.colour, so_far.size, so_far.old
        )
    return None
