"""Who is with the person, and what the hands need: a board completed with what its act, its hands and its company say
shall be seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import ClassVar

from pydantic import ConfigDict

from personavlog.metrics import text
from personavlog.script import Board
from personavlog_embedded import data
from personavlog_embedded.body.acts import ACTS
from personavlog_embedded.figure.outfit import Hair
from personavlog_embedded.things.thing import Thing, find

MOST_PROPS = 5
ANYBODY = "friend"
"""Who is drawn for a person of whom only the calling is known."""
PERSON = ("a person", "a man or a woman", "somebody at work", "a group of people", "relatives")
ANIMAL = ("an animal", "a bird or a beast", "a pet", "a group of animals")
"""What a noun that no row has is compared with. Of 36 such nouns, 33 fall on the right side; falconers, shepherds and
jockeys, who do not, have their row."""


@dataclass(frozen=True)
class PersonWords:
    """A figure that can be drawn beside the person, and the nouns that mean it.

    ``years`` are the youngest and the oldest, ``ages`` those of words that mean others. Who is in neither ``she`` nor
    ``he`` is ``male`` by this share (0 to 1) of chance. ``kin`` are words for relatives, who take after the person.
    ``hers`` and ``his`` are haircuts (``figure.hair``).
    """

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    name: str
    words: tuple[str, ...]
    years: tuple[float, float] = (24, 45)
    male: float = 0.5
    hers: tuple[Hair, ...] = ("long", "bob", "tail", "bun", "curly")
    his: tuple[Hair, ...] = ("short", "crop", "parting", "curly")
    she: tuple[str, ...] = ()
    he: tuple[str, ...] = ()
    kin: tuple[str, ...] = ()
    ages: Mapping[str, float] = field(default_factory=dict)


PEOPLE: Mapping[str, PersonWords] = data.read_rows(PersonWords, "companions", by="name")


@lru_cache(maxsize=64)
def person_of(named: str) -> str:
    """Which figure the noun phrase means; "" for an animal. Needs the sentence embeddings for nouns that are in no
    row."""
    plain = named.casefold()
    for row in PEOPLE.values():
        if any(re.search(rf"\b{re.escape(word)}(?:e?s)?\b", plain) for word in row.words):
            return row.name
    person, animal = (float(text.similarity([named], kinds).max()) for kinds in (PERSON, ANIMAL))
    return ANYBODY if person > animal else ""


def completed(board: Board) -> Board:
    """The board whose props name all that must be drawn: what is held, the animals that are there, and the thing
    without which the act cannot be seen, where the hands have none."""
    holds = board.holds or _needed(board)
    animals = tuple(named for named in board.company if not person_of(named))
    props: dict[str, str] = {}
    for named in (*holds, *board.props, *animals):
        props.setdefault(named.casefold(), named)
    return board.model_copy(update={"holds": holds, "props": tuple(props.values())[:MOST_PROPS]})


def invented(board: Board, figures: int) -> str:
    """What is said where so many figures are drawn for the people of a board."""
    people = ", ".join(named for named in board.company if person_of(named))
    stands = "one invented figure stands" if figures == 1 else f"{figures} invented figures stand"
    return f"No photo shows who is with the person ({people}); {stands} for them."


def _needed(board: Board) -> tuple[str, ...]:
    """A prop that is held as the act's own thing is, else that thing."""
    wanted = ACTS[board.act].thing if board.act is not None else ""
    own = _drawn(wanted) if wanted else None
    if own is None or own.model is None:
        return ()
    for prop in board.props:
        thing = _drawn(prop)
        if thing is not None and thing.model is not None and thing.model.hold == own.model.hold:
            return (prop,)
    return (wanted,)


def _drawn(named: str) -> Thing | None:
    hit = find(named)
    return hit[0] if hit is not None and not hit[0].placelike else None
