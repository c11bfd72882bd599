"""What a board's person does (``data/acts.toml``): as the board says, else the act whose description is nearest in
meaning to the board's action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Literal

from pydantic import ConfigDict

from personavlog.metrics import text
from personavlog.metrics.text_table import table
from personavlog.script import Act, Board
from personavlog_embedded import data
from personavlog_embedded.scene.expression import AS_IN_PHOTO, Expression

Move = Literal[
    "walk",
    "run",
    "wave",
    "point",
    "read",
    "drink",
    "hold",
    "cheer",
    "dance",
    "work",
    "look",
    "crouch",
    "kneel",
    "talk",
    "laugh",
    "nod",
    "reach",
    "turn",
    "sit down",
    "stand up",
    "carry",
]
"""What a clip can let a posed body do."""
NEAR = 0.72
"""Least cosine of an action and an act's description that counts."""


@dataclass(frozen=True)
class ActRow:
    """How an act is shown; the fields are explained in the file."""

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    name: Act
    about: tuple[str, ...]
    poses: tuple[str, ...]
    moves: tuple[Move, ...] = ()
    face: Expression = AS_IN_PHOTO
    thing: str = ""


ACTS: Mapping[str, ActRow] = data.read_rows(ActRow, "acts", by="name")


def row_of(board: Board) -> ActRow | None:
    """What the board's person does; None where the board names no act and its action is near none. Needs the sentence
    embeddings for a board without an act."""
    return ACTS[board.act] if board.act is not None else nearest(board.action)


@lru_cache(maxsize=64)
def nearest(action: str) -> ActRow | None:
    """The act whose description means what the action says; None where none is near."""
    known = [(about, row) for row in ACTS.values() for about in row.about]
    scores = table([about for about, _ in known]) @ text.embed([action])[0]
    best = int(scores.argmax())
    return known[best][1] if scores[best] >= NEAR else None
