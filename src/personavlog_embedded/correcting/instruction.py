"""Free words of an edit agent, cut into single requests: bounded, without control characters, fillers and strength
words."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 2000
"""Characters of an instruction that are read."""
MOST = 24
"""Wishes of an instruction that are read."""
CLAUSE = 240
"""Characters of one request that are read."""

VERBS = (
    "add|include|insert|remove|delete|erase|take|replace|swap|change|make|move|shift|put|place|turn|bring|brighten|darken|lighten|sharpen|blur|zoom|raise|"
    "lower|let|have|give|show|keep|fix|correct|set|use|reduce|increase|enlarge|shrink|crop|reframe|center|centre|she|he|they|it|her|his|their|the|there|look|"
    "redraw|clean|hide|get|open|close|brighter|darker|bigger|smaller|sharper|closer|wider|happier|sadder|less|more"
)
"""Words that begin a new request after "and" or a comma."""
_STOPS = re.compile(r"(?<!^\d)(?<!\n\d)[.!?](?=\s|$)|[;\n。！？；]|(?<=[\u4e00-\u9fff])[，、]")
_JOINTS = re.compile(
    r"\s*(?:,\s*(?:and\s+|then\s+|but\s+|also\s+)*|\s+and\s+(?:then\s+|also\s+)?|\s+then\s+"
    rf"|\s+but\s+)(?=(?:{VERBS})\b)|(?:并且|然后|同时|另外|并)",
    re.IGNORECASE,
)
_FILLERS = re.compile(
    r"^(?:(?:\d+[.)]|[-*•]|please|kindly|also|and|then|but|so|next|finally|first|second|third|additionally|moreover"
    r"|just|perhaps|maybe|instead|now|next,|"
    r"(?:could|can|would|will) you|you (?:should|must|can|could)|try to|make sure(?: that)?|ensure(?: that)?|be sure to"
    r"|i(?:'d| would) (?:like|prefer)(?: to)?|"
    r"i want to|we (?:need|want) to|it would be (?:better|nice|good) (?:if|to)|let'?s|remember to"
    r"|in the (?:picture|image|scene|photo|keyframe|shot),?|"
    r"请|麻烦|帮我|希望|另外|再|还要|也)[\s,:，]*)+",
    re.IGNORECASE,
)
_LITTLE = re.compile(
    r"\b(?:slightly|a (?:tiny |little )?bit(?: more)?|a little(?: more)?|a touch(?: more)?|somewhat|subtly)\s*"
    r"|稍微|略微|一点点",
    re.IGNORECASE,
)
_MUCH = re.compile(
    r"\b(?:much|a lot|far(?= (?:too|more|bigger|smaller|brighter|darker))|significantly|considerably|dramatically"
    r"|way(?= (?:too|more)))\s*|很多|非常|大幅",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Clause:
    """One request: the words to show, the words to read, and how strongly it is meant (0.5, 1 or 2)."""

    said: str
    plain: str
    amount: float = 1.0


def clauses(words: str) -> list[Clause]:
    """The requests of an instruction, at most ``MOST``; empty ones are left out."""
    printable = "".join(
        character if character.isprintable() or character == "\n" else " " for character in words[:LONGEST]
    )
    pieces = (piece for sentence in _STOPS.split(printable) for piece in _JOINTS.split(_canonical(sentence)))
    return [clause for piece in pieces if (clause := _clause(piece)).plain][:MOST]


def _canonical(sentence: str) -> str:
    """One blank between words, straight quotes."""
    return re.sub(
        r"\s+", " ", sentence.replace("\u2019", "'").replace('"', "").replace("\u201c", "").replace("\u201d", "")
    ).strip()


def _clause(piece: str) -> Clause:
    said = piece.strip(" ,:，.-")[:CLAUSE]
    amount = 0.5 if _LITTLE.search(said) else 2.0 if _MUCH.search(said) else 1.0
    plain = _FILLERS.sub("", _MUCH.sub("", _LITTLE.sub("", said))).strip(" ,:，")
    return Clause(said, re.sub(r"[ ,]*(?:please|as well|too|instead|吧)$", "", plain, flags=re.IGNORECASE), amount)
