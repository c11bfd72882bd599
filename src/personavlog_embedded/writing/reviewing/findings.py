"""Marks and wanted changes as reviewers find them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from personavlog.backbones.reviews import Change, CriterionScore

Wrong = Mapping[str, tuple[str, str]]
"""Problem and wish by target."""
THIRD, HALF = 1 / 3, 1 / 2


@dataclass
class Findings:
    """At most one change per target and criterion; ``scores`` has one mark a criterion."""

    changes: list[Change] = field(default_factory=list)
    scores: dict[str, CriterionScore] = field(default_factory=dict)

    def judge(self, criterion: str, wrong: Wrong, parts: int, seen: str, at_most: float = 5.0) -> None:
        """Mark a criterion: 5 with nothing wrong, down to 1 with everything, and ``at_most`` so much."""
        value = max(1.0, min(at_most, 5.0 - 4.0 * len(wrong) / max(1, parts)))
        self.scores[criterion] = CriterionScore(criterion=criterion, value=round(value, 2), reason=seen[:400])
        self.changes += [
            Change(target=target, problem=problem[:400], wanted=wanted[:400])
            for target, (problem, wanted) in wrong.items()
        ]


def joined(*found: Wrong) -> Wrong:
    """All that was found, with several problems of one target said after each other."""
    together: dict[str, tuple[str, str]] = {}
    for wrong in found:
        for target, (problem, wanted) in wrong.items():
            before = together.get(target)
            together[target] = (f"{before[0]} {problem}", f"{before[1]} {wanted}") if before else (problem, wanted)
    return together


def mark_of_share(share: float) -> float:
    """The mark of a share that should be a half: 1 for none, 4 for a third, 5 from a half on."""
    return 1 + 9 * share if share <= THIRD else min(5.0, 4 + (share - THIRD) / (HALF - THIRD))
