"""Keep or roll back: pure rules by name, comparing what was measured before and after a correction."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from pydantic import Field

from personavlog.errors import ConfigurationError
from personavlog.frozen import Frozen
from personavlog.metrics.score import Score

Outcome = Literal["higher", "level", "lower", "lost", "not compared"]


class Comparison(Frozen):
    """One score before and after, in its unit. "lost": measured before and not any more; "not compared": not measured
    before."""

    name: str
    before: float | None
    after: float | None
    tolerance: float = Field(default=0.0, ge=0)
    outcome: Outcome
    why: str


class Decision(Frozen):
    """What a rule decided; ``keep`` takes the correction, else the earlier one stays (roll back)."""

    keep: bool
    rule: str
    reason: str
    comparisons: tuple[Comparison, ...]


def decide(rule: str, before: Sequence[Score], after: Sequence[Score]) -> Decision:
    """Compare two measurements of one picture or clip by the rule "paper" or "measured".

    Scores are matched by name. Raises ``ConfigurationError`` for an unknown rule or a name that occurs twice.
    """
    if rule not in RULES:
        raise ConfigurationError(f"There is no feedback rule {rule!r}. Choose one of {sorted(RULES)!r}.")
    tolerant, wins = RULES[rule]
    known, new = (_by_name(scores if tolerant else [one for one in scores if one.paper]) for scores in (before, after))
    comparisons = _compared(known, new, tolerant)
    keep, reason = wins(comparisons)
    return Decision(keep=keep, rule=rule, reason=reason, comparisons=comparisons)


Wins = Callable[[Sequence[Comparison]], tuple[bool, str]]


def _all_higher(comparisons: Sequence[Comparison]) -> tuple[bool, str]:
    """The paper, Section FRM: "if both scores are higher" (keyframe), "if all scores are higher" (clip)."""
    counted = [one for one in comparisons if one.outcome != "not compared"]
    short = [one.name for one in counted if one.outcome != "higher"]
    if not counted:
        return False, "Nothing could be compared, so the earlier one stays."
    return not short, f"Not higher: {', '.join(short)}." if short else f"All {len(counted)} scores are higher."


def _none_lower(comparisons: Sequence[Comparison]) -> tuple[bool, str]:
    """No score is lower by more than its noise, and at least one is higher by more than its noise; above what is sound
    there is no higher and no lower.

    Without that last part a frozen clip could never be replaced: nothing is more consistent with itself.
    """
    worse = [one.name for one in comparisons if one.outcome in ("lower", "lost")]
    better = [one.name for one in comparisons if one.outcome == "higher"]
    if worse:
        return False, f"Lower: {', '.join(worse)}."
    return bool(
        better
    ), f"Higher: {', '.join(better)}; nothing lower." if better else "Nothing is higher by more than its tolerance."


RULES: Mapping[str, tuple[bool, Wins]] = {"paper": (False, _all_higher), "measured": (True, _none_lower)}
"""Name to whether the scores' tolerances count, and the rule. The paper's rule sees the paper's measures only, and no
tolerance."""


def _by_name(scores: Sequence[Score]) -> dict[str, Score]:
    named = {score.name: score for score in scores}
    if len(named) != len(scores):
        raise ConfigurationError(
            f"A score's name occurs twice in {[score.name for score in scores]!r}; every measure needs its own name."
        )
    return named


def _compared(before: Mapping[str, Score], after: Mapping[str, Score], tolerant: bool) -> tuple[Comparison, ...]:
    names = [*before, *(name for name in after if name not in before)]
    return tuple(_comparison(name, before.get(name), after.get(name), tolerant) for name in names)


def _comparison(name: str, before: Score | None, after: Score | None, tolerant: bool) -> Comparison:
    old, new = _value(before), _value(after)
    enough = (
        min(
            (score.enough for score in (before, after) if score is not None and score.enough is not None),
            default=math.inf,
        )
        if tolerant
        else math.inf
    )
    tolerance = (
        max((score.tolerance for score in (before, after) if score is not None), default=0.0) if tolerant else 0.0
    )
    outcome, why = _outcome(old, new, tolerance, enough)
    return Comparison(name=name, before=old, after=new, tolerance=tolerance, outcome=outcome, why=why)


def _value(score: Score | None) -> float | None:
    return score.value if score is not None and score.value is not None and math.isfinite(score.value) else None


def _outcome(old: float | None, new: float | None, tolerance: float, enough: float) -> tuple[Outcome, str]:
    if old is None:
        return "not compared", "not measured before the correction"
    if new is None:
        return "lost", "measured before the correction and not after it"
    change = f"{old:.4g} to {new:.4g}, tolerance {tolerance:.4g}" + (
        f", sound from {enough:.4g} on" if math.isfinite(enough) else ""
    )
    old, new = min(old, enough), min(new, enough)
    if new > old + tolerance:
        return "higher", change
    return ("lower", change) if new < old - tolerance else ("level", change)
