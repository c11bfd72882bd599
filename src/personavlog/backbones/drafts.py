"""What the writers hand in where one answer holds a list: the chat role's output types besides those of
``personavlog.script``."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from personavlog.brief import CleanText
from personavlog.frozen import Frozen
from personavlog.script import Board, Monologue, StoryDraft, VideoDescription

MOST_READINGS, LONGEST_READING = 4, 400
Reading = Annotated[CleanText, Field(max_length=LONGEST_READING)]


class ConsideredStory(StoryDraft):
    """What the story agent answers with (Eq. 1): readings of the theme that it weighed, which of them it chose (from 1;
    0 where it did not say), and the draft.

    The thinking stays in the record of the round; the film is made from ``story_draft``.
    """

    readings: tuple[Reading, ...] = Field(default=(), max_length=MOST_READINGS)
    chosen: int = Field(default=0, ge=0, le=MOST_READINGS)

    @property
    def story_draft(self) -> StoryDraft:
        """The draft alone."""
        return StoryDraft(character=self.character, story=self.story)


class Storyboards(Frozen):
    """The seg agent's boards, one per shot (Eq. 2)."""

    boards: tuple[Board, ...] = Field(min_length=1, max_length=24)


class VideoDescriptions(Frozen):
    """The video agent's descriptions, one per shot (Eq. 3)."""

    videos: tuple[VideoDescription, ...] = Field(min_length=1, max_length=24)


class Monologues(Frozen):
    """The mono agent's lines, one per shot (Eq. 4)."""

    monologues: tuple[Monologue, ...] = Field(min_length=1, max_length=24)
