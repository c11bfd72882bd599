"""Takes of a part, and what feedback and rollback did in each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from personavlog.errors import RunError
from personavlog.feedback.attempts import Corrected
from personavlog.feedback.clip import CorrectedClip
from personavlog.feedback.decision import Comparison
from personavlog.feedback.keyframe import CorrectedKeyframe
from personavlog.metrics import clarity, clothes, identity, seams
from personavlog.metrics.person import limbs
from personavlog.metrics.score import Score
from personavlog.report.judged import Judged, found, judged, winner
from personavlog.runs.index import Index
from personavlog.saved import told_loops
from personavlog.steps import RETAKES
from personavlog.studio.looking.stored import inside, result_media, table
from personavlog.studio.models import Attempt, Measure, Media, PartName, Take

_LOOPS: Mapping[str, type[Corrected[Any, Any, Any]]] = {"keyframe": CorrectedKeyframe, "clip": CorrectedClip}
_FLOORS = {
    clarity.CLARITY: clarity.CLARITY_FLOOR,
    clarity.EXPOSURE: clarity.EXPOSURE_FLOOR,
    limbs.NAME: limbs.FLOOR,
    clothes.NAME: clothes.FLOOR,
    seams.NAME: seams.FLOOR,
}


def takes(index: Index, run: str, number: int, part: PartName, standing: Media | None, style: str) -> tuple[Take, ...]:
    """Every take of a part of the shot with this number, oldest first, with its attempts; ``standing`` is what is in
    the film now."""
    try:
        versions = index.edits.takes(run, str(RETAKES[part](number)))
    except RunError:  # never asked for
        return ()
    loops = _loops(index, run, number, part)
    found: list[Take] = []
    for version in versions:
        made = result_media(table(version.result))
        loop = loops.get(made.digest) if made else None
        tried = _attempts(part, loop, standing, identity.floor_of(style)) if loop else ()
        media = result_media(inside(loop, "attempts", loop.get("kept", 0), "made")) if loop else None
        shown = {one.media for one in tried} | {media or made}
        found.append(
            Take(
                number=version.number,
                stands=version.stands and (standing is None or standing in shown),
                media=media or made,
                at=version.at,
                attempts=tried,
            )
        )
    return tuple(found)


def unreadable(index: Index, run: str, number: int, part: PartName) -> bool:
    """Whether another version told something of this part that cannot be read."""
    return any(_typed(part, loop) is None for loop in _loops(index, run, number, part).values())


def _loops(index: Index, run: str, number: int, part: PartName) -> dict[str, dict[str, Any]]:
    return told_loops(index, run, part, number) if part in _LOOPS else {}


def _typed(part: PartName, loop: Mapping[str, Any]) -> Corrected[Any, Any, Any] | None:
    try:
        return _LOOPS[part].model_validate(loop)
    except ValidationError:
        return None


def _attempts(part: PartName, loop: Mapping[str, Any], standing: Media | None, likeness: float) -> tuple[Attempt, ...]:
    corrected = _typed(part, loop)
    if corrected is None:
        return ()
    decided = {one.number: one for one in judged(corrected)}
    return tuple(_attempt(one, decided.get(one.number), standing, likeness) for one in corrected.attempts)


def _attempt(one: Any, decided: Judged | None, standing: Media | None, likeness: float) -> Attempt:
    media = result_media(one.made.model_dump(mode="json")) if one.made is not None else None
    floors = {**_FLOORS, identity.NAME: likeness}
    plain = {
        "number": one.number,
        "media": media,
        "stands": media is not None and media == standing,
        "found": found(one.finding),
    }
    if decided is None:
        return Attempt(verdict="first", measures=_alone(one.scores, floors), **plain)
    return Attempt(
        verdict="rolled-back" if decided.verdict == "rolled back" else decided.verdict,
        asked=decided.asked,
        against=decided.against,
        rule=decided.rule,
        reason=decided.reason,
        measures=tuple(_compared(comparison, floors) for comparison in decided.comparisons),
        **plain,
    )


def _alone(scores: Iterable[Score], floors: Mapping[str, float]) -> tuple[Measure, ...]:
    return tuple(
        Measure(name=score.name, after=score.value, tolerance=score.tolerance, floor=floors.get(score.name))
        for score in scores
    )


def _compared(one: Comparison, floors: Mapping[str, float]) -> Measure:
    return Measure(
        name=one.name,
        before=one.before,
        after=one.after,
        tolerance=one.tolerance,
        floor=floors.get(one.name),
        winner=winner(one),
    )
