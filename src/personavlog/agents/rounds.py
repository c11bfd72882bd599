"""What the rounds of a writer pair leave behind: drafts and reviews, each a result of its own, and what was taken."""

from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import BaseModel, Field

from personavlog.agents.transcript import Transcript, Usage
from personavlog.backbones.reviews import Change, Review
from personavlog.frozen import Frozen

DraftT = TypeVar("DraftT", bound=BaseModel)


class Drafted(Frozen, Generic[DraftT]):
    """One answer of a generator; ``said`` are the messages of this answer alone, ``writer`` is who gave it."""

    draft: DraftT
    said: Transcript
    usage: Usage
    writer: str


class Reviewed(Frozen):
    """One answer of a reviewer."""

    review: Review
    said: Transcript
    usage: Usage
    reviewer: str


class Round(Frozen, Generic[DraftT]):
    """One exchange of a pair. ``number`` counts from 1; ``checked`` is what code wanted changed before the reviewer was
    asked, and ``left`` what of it the writer did not do. ``writer`` and ``reviewer`` are the models' fingerprints; both
    ``review`` and ``reviewer`` are empty where the profile has no reviewer, and where it gave no review that fits."""

    number: int = Field(ge=1)
    draft: DraftT
    checked: tuple[Change, ...] = ()
    left: tuple[Change, ...] = ()
    review: Review | None = None
    writer: str
    reviewer: str = ""
    usage: Usage

    @property
    def wanted(self) -> tuple[Change, ...]:
        """What the next round is to change; nothing without a review."""
        return () if self.review is None else (*self.review.changes, *self.left)


class Refined(Frozen, Generic[DraftT]):
    """The draft that was taken and how it came about; ``approved`` is False where no round was, and then ``taken`` is
    the best-marked one. ``stopped`` is why there is no review, or no later round."""

    draft: DraftT
    approved: bool
    taken: int = Field(ge=1, description="The number of the round whose draft was taken")
    rounds: tuple[Round[DraftT], ...] = Field(min_length=1)
    written: Transcript
    reviewed: Transcript
    stopped: str = ""

    @property
    def note(self) -> str:
        """What the user should know, or nothing."""
        review = self.rounds[self.taken - 1].review
        if self.approved:
            return ""
        if review is None:
            return f"No review came, so the first draft stands as it is. {self.stopped}" if self.stopped else ""
        stands = f"(round {self.taken}, {review.mark:.1f} of 5)"
        if self.stopped:
            failed = f"Round {len(self.rounds) + 1} could not be made"
            return f"{failed}; the best draft before it was taken {stands}. {self.stopped}"
        return f"No draft was approved in {len(self.rounds)} rounds; the best-reviewed one was taken {stands}."
