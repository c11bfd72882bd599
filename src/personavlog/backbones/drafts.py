"""What the writers hand in where one answer holds a list: the chat role's output types besides those of
``personavlog.script``."""

from __future__ import annotations

from pydantic import Field

from personavlog.frozen import Frozen
from personavlog.script import Board, Monologue, VideoDescription


class Storyboards(Frozen):
    """The seg agent's boards, one per shot (Eq. 2)."""

    boards: tuple[Board, ...] = Field(min_length=1, max_length=24)


class VideoDescriptions(Frozen):
    """The video agent's descriptions, one per shot (Eq. 3)."""

    videos: tuple[VideoDescription, ...] = Field(min_length=1, max_length=24)


class Monologues(Frozen):
    """The mono agent's lines, one per shot (Eq. 4)."""

    monologues: tuple[Monologue, ...] = Field(min_length=1, max_length=24)
