"""What was found, asked and decided in a loop of feedback and rollback, in words: for the report and the studio."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from personavlog.backbones.corrections import Corrections, instruction
from personavlog.backbones.findings import ClipFinding, ImageFinding
from personavlog.feedback.attempts import Corrected
from personavlog.feedback.decision import Comparison
from personavlog.script import VideoDescription

Winner = Literal["before", "after", ""]
Verdict = Literal["kept", "rolled back", "failed"]
_WINNERS: dict[str, Winner] = {"higher": "after", "lower": "before", "lost": "before"}


@dataclass(frozen=True)
class Judged:
    """One correction. ``mended`` is what was found that it was to mend, ``asked`` the instruction; it was compared with
    the attempt ``against``. ``rule`` is empty where it could not be made, and ``reason`` says why then."""

    number: int
    against: int
    mended: tuple[str, ...]
    asked: str
    comparisons: tuple[Comparison, ...]
    rule: str
    reason: str
    verdict: Verdict


def judged(corrected: Corrected[Any, Any, Any]) -> tuple[Judged, ...]:
    """Every correction of a loop, in order."""
    best, steps = corrected.attempts[0], []
    for attempt in corrected.attempts[1:]:
        steps.append(_judged(attempt, best))
        if attempt.decision is not None and attempt.decision.keep:
            best = attempt
    return tuple(steps)


def _judged(attempt: Any, best: Any) -> Judged:
    decision = attempt.decision
    return Judged(
        number=attempt.number,
        against=best.number if attempt.against is None else attempt.against,
        mended=found(best.finding),
        asked=_asked(attempt.order),
        comparisons=decision.comparisons if decision else (),
        rule=decision.rule if decision else "",
        reason=decision.reason if decision else attempt.failure,
        verdict="failed" if attempt.failure else "kept" if decision and decision.keep else "rolled back",
    )


def found(finding: ImageFinding | ClipFinding | None) -> tuple[str, ...]:
    """One sentence per defect; a clip's fault comes with the reason for its revision."""
    if finding is None:
        return ()
    if isinstance(finding, ImageFinding):
        return tuple(f"{defect.kind.value}: {defect.evidence}" for defect in finding.defects)
    return (f"{finding.kind}: {finding.evidence}", finding.reason)


def winner(one: Comparison) -> Winner:
    """Which side of a comparison is ahead by more than the tolerance."""
    return _WINNERS.get(one.outcome, "")


def _asked(order: VideoDescription | Corrections | None) -> str:
    return order.text if isinstance(order, VideoDescription) else instruction(order or ())
