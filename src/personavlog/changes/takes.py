"""Another take of a part, or back to an earlier one."""

from __future__ import annotations

from pathlib import Path

from personavlog.changes.changing import Changing, changing
from personavlog.errors import RunError
from personavlog.runs import RUNS
from personavlog.steps import MUSIC, OWN_PARTS, RETAKES, STYLISE, StepName


def redo(run: str, shot: int, part: str, *, take: int | None = None, runs: Path = RUNS) -> int:
    """Ask for a new take of one part of the shot at a place of the film (from 1), or go back to an earlier ``take``;
    returns the take's number."""
    with changing(run, runs) as change:
        if part not in RETAKES:
            raise RunError(f"A shot has the parts {', '.join(RETAKES)}; received {part!r}.")
        number = change.number(shot)
        if change.job.index.edits.pinned(change.run, str(OWN_PARTS[part](number))) is not None:
            raise RunError(
                f"The {part} of shot {shot} is your own, so another take would not be seen. Take it out first with: "
                f"personavlog unuse {shot} --part {part} --run {change.run}"
            )
        return _retake(change, RETAKES[part](number), f"the {part} of shot {shot}", f"Shot {shot} has no {part}", take)


def redo_person(run: str, *, take: int | None = None, runs: Path = RUNS) -> int:
    """Ask for a new take of the person in the style, which every keyframe is drawn from, or go back to an earlier one;
    returns the take's number."""
    with changing(run, runs) as change:
        return _retake(change, STYLISE, "the person", f"The run {change.run!r} has no stylised person", take)


def redo_music(run: str, *, take: int | None = None, runs: Path = RUNS) -> int:
    """Ask for a new take of the music, or go back to an earlier one; returns the take's number."""
    with changing(run, runs) as change:
        return _retake(change, MUSIC, "the music", f"The run {change.run!r} has no music", take)


def _retake(change: Changing, step: StepName, what: str, absent: str, take: int | None) -> int:
    edits, name = change.job.index.edits, str(step)
    if change.job.index.find_step(change.run, name) is None:
        raise RunError(f"{absent} yet. Finish the film first with: personavlog resume {change.run}")
    if take is None:
        change.remember(f"another take of {what}")
        return edits.new_take(change.run, name)
    known = sorted({kept.number for kept in edits.takes(change.run, name)})
    if take not in known:
        there = ", ".join(map(str, known)) or "none yet"
        raise RunError(f"{what[0].upper()}{what[1:]} has no take {take}. Its takes: {there}.")
    change.remember(f"take {take} of {what}")
    edits.choose_take(change.run, name, take)
    return take
