"""What a reviewer says about a draft: approved or not, a mark per criterion, and the changes it wants.

Written by chat models (through the agents) and by measuring reviewers alike, so it lies below both.
"""

from __future__ import annotations

from pydantic import Field

from personavlog.backbones.rubric import RUBRIC, Pair
from personavlog.brief import CleanText
from personavlog.frozen import Frozen

__all__ = ["RUBRIC", "Change", "CriterionScore", "Pair", "Review"]


MOST_CHANGES = 30


class CriterionScore(Frozen):
    """One mark. ``value`` is 1 (fails) to 5 (nothing to improve)."""

    criterion: CleanText = Field(min_length=1, max_length=60)
    value: float = Field(ge=1, le=5)
    reason: CleanText = Field(default="", max_length=400)


class Change(Frozen):
    """One wanted change; ``target`` names the part, counted from 1: "beat 3", "board 2", "monologue 2", "music"."""

    target: CleanText = Field(min_length=1, max_length=60)
    problem: CleanText = Field(min_length=1, max_length=400)
    wanted: CleanText = Field(min_length=1, max_length=400)

    @property
    def text(self) -> str:
        """The change as one sentence for the writer's notes."""
        return f"{self.target}: {self.problem} Wanted: {self.wanted}"


class Review(Frozen):
    """A reviewer's verdict on one draft."""

    approved: bool
    scores: tuple[CriterionScore, ...] = Field(min_length=1, max_length=12)
    changes: tuple[Change, ...] = Field(default=(), max_length=MOST_CHANGES)

    @property
    def mark(self) -> float:
        """The mean of the criteria, 1 to 5; what drafts are compared by when none was approved."""
        return sum(score.value for score in self.scores) / len(self.scores)
