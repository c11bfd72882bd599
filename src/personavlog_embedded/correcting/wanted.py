"""What an instruction was understood to ask for, and the small steps of understanding that all rules share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from personavlog.backbones.corrections import Correction
from personavlog_embedded.correcting import words

ANOTHER_POSE = "another"
"""The pose that is asked for where limbs look wrong."""
THING = 60
"""Characters of a thing, place, pose or expression that are kept."""


@dataclass(frozen=True)
class Order:
    """One correction; ``amount`` is 0.5 for "slightly", 2 for "much"."""

    correction: Correction
    thing: str = ""
    amount: float = 1.0


Answer = tuple[Order | str, ...]
"""What shall be done, and sentences that say what cannot be done; empty where the request is that something stays as it
is."""
Rule = Callable[[str], Answer | None]
Kind = TypeVar("Kind", bound=StrEnum)
ARTICLE = re.compile(
    r"^(?:(?:an?|the|some|any|more|another|all|one|his|her|their|its|that|this|those|these|of) )+", re.IGNORECASE
)
_TAIL = re.compile(
    r"\s+(?:from|in|on|onto|into|to|next to|beside|besides|behind|near|nearby|at|by|under|below|above|around|over"
    r"|across"
    r"|in front of|that|which|who|where|so that|because|for|"
    r"floating|standing|lying|hanging|visible|instead|falling|flying|sitting)(?=\s|$).*$",
    re.IGNORECASE,
)


def first_named(plain: str, table: Mapping[str, Kind]) -> Kind | None:
    """The first of a table's meanings that the words hold."""
    return next((meaning for pattern, meaning in table.items() if re.search(pattern, plain, re.IGNORECASE)), None)


def thing_of(raw: str) -> str:
    """A noun phrase without article and without where it is, bounded."""
    return _TAIL.sub("", ARTICLE.sub("", raw.strip(" .:'"))).strip(" .:'")[:THING]


def has(pattern: str, plain: str) -> bool:
    """Whether the words hold the pattern, in any case."""
    return re.search(pattern, plain, re.IGNORECASE) is not None


def one(correction: Correction, thing: str = "") -> Answer:
    """An answer of one order."""
    return (Order(correction, thing[:THING]),)


def light(plain: str) -> tuple[Order, ...]:
    """Time of day and weather that the words name."""
    time, weather = first_named(plain, words.TIMES), first_named(plain, words.WEATHERS)
    orders = [] if time is None else [Order(Correction.TIME, time.value)]
    return (*orders, *([] if weather is None else [Order(Correction.WEATHER, weather.value)]))


def only_light(raw: str) -> Answer:
    """Time and weather, if the words name nothing else."""
    rest = raw
    for pattern in (*words.TIMES, *words.WEATHERS):
        rest = re.sub(pattern, "", rest, flags=re.IGNORECASE)
    rest = re.sub(
        r"\b(?:an?|the|some|more|light|heavy|gentle|soft|warm|thick|dense|falling|fall|bit|of|little|sky|skies|weather"
        r"|scene"
        r"|time|early|late|lots?|many|bright|very|and|with|effects?|flakes|drops|from|in|background)\b|[ ,.]",
        "",
        rest,
        flags=re.IGNORECASE,
    )
    return light(raw) if not rest else ()
