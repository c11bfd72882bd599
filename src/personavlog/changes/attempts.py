"""An attempt of feedback and rollback that a person lets stand, whatever the rule said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from personavlog.backbones.roles import CHOSEN, AnimateResult, EditResult
from personavlog.changes.changing import Changing, changing
from personavlog.errors import RunError
from personavlog.runs import RUNS
from personavlog.runs.results import missing_blobs
from personavlog.saved import told_loops
from personavlog.steps import OWN_PARTS, RETAKES

_RESULTS: Mapping[str, type[EditResult] | type[AnimateResult]] = {"keyframe": EditResult, "clip": AnimateResult}


def keep_attempt(run: str, shot: int, part: str, attempt: int, *, runs: Path = RUNS) -> None:
    """Let ``attempt`` (from 0, the first) at the keyframe or clip of the shot at a place of the film (from 1) stand:
    one that was rolled back, or an earlier one than was kept. What follows from it is made again with the film, as for
    a picture of one's own; ``unuse`` takes it out.

    Raises ``RunError`` for a shot, part or attempt that is not there; nothing is changed then.
    """
    with changing(run, runs) as change:
        number = change.number(shot)
        if part not in _RESULTS:
            raise RunError(f"Attempts are made at {' and '.join(_RESULTS)}; received {part!r}.")
        made = _made(change, part, number)
        if attempt not in made:
            there = ", ".join(map(str, made)) or "none yet"
            raise RunError(f"The {part} of shot {shot} has no attempt {attempt}. Its attempts: {there}.")
        change.remember(f"attempt {attempt + 1} at the {part} of shot {shot}")
        chosen = made[attempt].model_copy(update={"notes": (*made[attempt].notes, CHOSEN)})
        change.job.index.edits.pin(change.run, str(OWN_PARTS[part](number)), chosen, ahead=True)


def _made(change: Changing, part: str, number: int) -> dict[int, EditResult | AnimateResult]:
    """The attempts of the take that stands, by their number; none whose file is gone or that another version told."""
    loops = told_loops(change.job.index, change.run, part, number)
    step = str(RETAKES[part](number))
    known = change.job.index.find_step(change.run, step) is not None
    takes = [take for take in change.job.index.edits.takes(change.run, step) if take.stands] if known else []
    found: dict[int, EditResult | AnimateResult] = {}
    for take in takes:
        first = _read(part, take.result)
        for one in loops.get(_digest(first), {}).get("attempts", ()) if first else ():
            made = _read(part, one.get("made"))
            if made is not None and not missing_blobs(made, change.job.store):
                found[int(one["number"])] = made
    return found


def _read(part: str, made: Any) -> EditResult | AnimateResult | None:
    kind = _RESULTS[part]
    try:
        return kind.model_validate_json(made) if isinstance(made, str) else kind.model_validate(made)
    except ValidationError:
        return None


def _digest(made: EditResult | AnimateResult) -> str:
    return made.image.digest if isinstance(made, EditResult) else made.clip.digest
