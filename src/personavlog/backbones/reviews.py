"""What a reviewer says about a draft: approved or not, a mark per criterion, and the changes it wants.

Written by chat models (through the agents) and by measuring reviewers alike, so it lies below both.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from pydantic import Field

from personavlog.brief import CleanText
from personavlog.frozen import Frozen

Pair = Literal["story", "seg", "video", "mono", "music"]
"""The five writer pairs of the paper, by the agent's name."""

RUBRIC: Mapping[Pair, Mapping[str, str]] = MappingProxyType(
    {
        "story": {
            "story interest": (
                "Something is at stake, something unexpected happens, and the ending answers the beginning."
            ),
            "temporal continuity": "The beats follow each other in time; nothing happens before its cause.",
            "behavioural diversity": "The person does a visibly different thing in every beat.",
            "thematic consistency": (
                "Every beat belongs to the theme, and a stranger could guess the theme from the story."
            ),
            "character fit": (
                "The appearance is what the picture shows, and the personality explains what the person does."
            ),
        },
        "seg": {
            "belongs to the theme": (
                "Seen without words, the boards name the theme: its place opens the film, its things are in half "
                "of them."
            ),
            "distinct places": "No two boards show the same spot in the same way.",
            "distinct behaviours": "No two boards show the same action.",
            "temporal continuity": "The time of day only moves forward, and weather changes are possible.",
            "story coverage": "The boards together tell the whole story, in its order, and nothing else.",
            "filmable": (
                "Each board is one moment that a single picture can show: one action, concrete things, a framing "
                "that shows them."
            ),
        },
        "video": {
            "matches board": "What moves is what the board shows; place, weather and mood agree.",
            "camera variety": "Neighbouring shots move the camera differently, and the movement suits the emotion.",
            "plausible motion": "A person could do it in one take of a few seconds.",
            "atmosphere": "Light, air and sound of the place can be felt; a cultural detail fits the place.",
        },
        "mono": {
            "first person": "Every line is the person's own inner voice: I, my, me.",
            "refers to what is seen": "Every line speaks of what its shot shows.",
            "speakable": "Every line fits into its shot's seconds at a natural pace.",
            "voice": "The lines sound like this character and do not repeat each other.",
        },
        "music": {
            "fits emotions": "The emotions are those of the boards, and their change is possible in one piece.",
            "fits theme": "Instruments and style belong to the theme's world.",
            "under speech": "It leaves room for a speaking voice.",
        },
    }
)
"""Criterion name to the question behind it, per pair; a review has one score for each of its pair's criteria."""


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
    changes: tuple[Change, ...] = Field(default=(), max_length=30)

    @property
    def mark(self) -> float:
        """The mean of the criteria, 1 to 5; what drafts are compared by when none was approved."""
        return sum(score.value for score in self.scores) / len(self.scores)
