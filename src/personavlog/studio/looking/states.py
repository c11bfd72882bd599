"""How a part of a shot stands, and what the shot as a whole is shown as."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from personavlog.backbones.roles import OWN
from personavlog.metrics import identity
from personavlog.runs.index import StepRow
from personavlog.steps import OWN_PARTS, RETAKES, StepName, Work
from personavlog.studio.looking.facts import PARTS, Facts
from personavlog.studio.looking.stored import Table, inside, listed, result_media
from personavlog.studio.models import CardState, NextStep, Outcome, PartName

_AT_WORK = {Work.PAINT: CardState.PAINTING, Work.ANIMATE: CardState.ANIMATING}
_WORKING = (CardState.PAINTING, CardState.ANIMATING, CardState.SPEAKING, CardState.JUDGED)
_BY_WEIGHT = (
    *_WORKING,
    CardState.FAILED,
    CardState.CANCELLED,
    CardState.STALE,
    CardState.BELOW_FLOOR,
    CardState.ROLLED_BACK,
    CardState.PINNED,
    CardState.CORRECTED,
    CardState.KEPT,
    CardState.PLANNED,
)
"""A shot is shown as the first of these that one of its parts is."""
_NEXT: Mapping[CardState, NextStep] = {
    CardState.FAILED: NextStep.RETRY,
    CardState.CANCELLED: NextStep.MAKE,
    CardState.STALE: NextStep.REMAKE,
    CardState.BELOW_FLOOR: NextStep.LOOK,
    CardState.ROLLED_BACK: NextStep.LOOK,
}

States = Mapping[PartName, tuple[CardState, str]]


def states(facts: Facts, place: int) -> States:
    """The state of each part of the shot at a place, from 1, and what is to be said of it."""
    return {part: _state(facts, place, part) for part in PARTS}


def shown(of_parts: States) -> tuple[CardState, str]:
    """The state and message of a whole shot."""
    return min((of_parts[part] for part in PARTS), key=lambda one: _BY_WEIGHT.index(one[0]))


def next_step(facts: Facts, place: int, of_parts: States) -> NextStep:
    """What a shot needs next."""
    state, _ = shown(of_parts)
    if state in _WORKING or (facts.making and state is not CardState.FAILED):
        return NextStep.NOTHING
    if state in _NEXT:
        return _NEXT[state]
    if any(one is CardState.PLANNED for one, _ in of_parts.values()) and facts.texts.script is not None:
        return NextStep.MAKE
    number = facts.numbers[place - 1]
    left = any(_finding(facts, number, part) for part in PARTS)
    return NextStep.LOOK if left else NextStep.NOTHING


def share(facts: Facts, number: int) -> float | None:
    """The finished share, 0 to 1, of what is painted, animated or spoken of a shot now."""
    rows = (row for part in PARTS for row in facts.rows.get((number, part), ()) if row.status == "running")
    return next((facts.shares[row.name] for row in rows if row.name in facts.shares), None)


def likeness(facts: Facts, number: int) -> float | None:
    """The identity of the keyframe that stands (cosine); None where it was not measured, or lies below the floor and
    the judge held nothing against it: so small a face tells nobody."""
    step = OWN_PARTS["keyframe"](number)
    standing = result_media(facts.result(step))
    for attempt in listed(facts.judged.get(str(step)), "attempts"):
        made = result_media(inside(attempt, "made"))
        if made is not None and standing is not None and made.digest == standing.digest:
            value, found = _score(attempt), inside(attempt, "finding")
            passes = value is None or value >= identity.floor_of(facts.saved.brief.style)
            return value if passes or found is not None else None
    return None


def is_file(result: Table) -> bool:
    """Whether a result is a person's own file."""
    return OWN in (result.get("prompt"), result.get("voice"))


def _score(attempt: Table) -> float | None:
    values = (
        score.get("value")
        for score in listed(attempt, "scores")
        if isinstance(score, dict) and score.get("name") == identity.NAME
    )
    return next((float(value) for value in values if isinstance(value, int | float)), None)


def _state(facts: Facts, place: int, part: PartName) -> tuple[CardState, str]:
    number = facts.numbers[place - 1]
    whole = OWN_PARTS[part](number)
    rows = facts.rows.get((number, part), ())
    if facts.making and (working := _working(rows, part)):
        return working, ""
    if str(whole) in facts.pins:
        return CardState.PINNED, ""
    standing = facts.steps.get(str(whole))
    if failure := _failure(facts, rows, standing):
        return CardState.FAILED, failure
    if standing is None or standing.made is None:
        return _unmade(facts, rows), ""
    if _is_stale(facts, place, part, standing):
        return CardState.STALE, standing.message if standing.status == "stale" else ""
    return _made(facts, number, part), ""


def _working(rows: Iterable[StepRow], part: PartName) -> CardState | None:
    for row in rows:
        if row.status == "running" and (name := StepName.parse(row.name)):
            otherwise = CardState.SPEAKING if part == "voice" else CardState.JUDGED
            return _AT_WORK.get(name.work, otherwise) if name.work else otherwise
    return None


def _failure(facts: Facts, rows: Iterable[StepRow], standing: StepRow | None) -> str:
    """The last failure that nothing good came after; in a film that is being made, of this making only."""
    failed = [row for row in rows if row.status == "failed" and (not facts.making or row.at >= facts.begun_at)]
    last = max(failed, key=lambda row: row.at, default=None)
    if last is None or (standing is not None and standing.made and standing.at > last.at):
        return ""
    return last.message


def _unmade(facts: Facts, rows: Iterable[StepRow]) -> CardState:
    begun = [row for row in rows if row.status in ("pending", "running") or row.made]
    if facts.making:
        return CardState.JUDGED if any(row.made for row in begun) else CardState.PLANNED
    stopped = facts.outcome in (Outcome.STOPPED, Outcome.INTERRUPTED, Outcome.FAILED)
    return CardState.CANCELLED if begun and stopped else CardState.PLANNED


def _is_stale(facts: Facts, place: int, part: PartName, standing: StepRow) -> bool:
    named = facts.changed.shots.get(place, ()) if facts.changed else ()
    asked = str(RETAKES[part](facts.numbers[place - 1])) in facts.asked
    return standing.status == "stale" or part in named or asked


def _made(facts: Facts, number: int, part: PartName) -> CardState:
    if part == "voice":
        return CardState.KEPT
    value = likeness(facts, number) if part == "keyframe" else None
    if value is not None and value < identity.floor_of(facts.saved.brief.style):
        return CardState.BELOW_FLOOR
    told = facts.judged.get(str(OWN_PARTS[part](number)))
    if inside(told, "kept"):
        return CardState.CORRECTED
    rolled_back = any(inside(attempt, "decision", "keep") is False for attempt in listed(told, "attempts"))
    return CardState.ROLLED_BACK if rolled_back else CardState.KEPT


def _finding(facts: Facts, number: int, part: PartName) -> bool:
    """Whether something is left that was found in what stands."""
    told = facts.judged.get(str(OWN_PARTS[part](number)))
    return inside(told, "attempts", inside(told, "kept") or 0, "finding") is not None
