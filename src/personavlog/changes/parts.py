"""A keyframe, clip or voice of a person's own, and taking it out again."""

from __future__ import annotations

from pathlib import Path

from personavlog.changes.changing import changing
from personavlog.errors import RunError
from personavlog.own import parts
from personavlog.runs import RUNS
from personavlog.steps import OWN_PARTS


def use(
    run: str,
    shot: int,
    *,
    keyframe: Path | None = None,
    clip: Path | None = None,
    voice: Path | None = None,
    runs: Path = RUNS,
) -> tuple[str, ...]:
    """Put files of one's own in the place of a shot's parts; returns what is to be known about them, a sentence each.

    ``shot`` is its place in the film, from 1. A clip is made from an own keyframe unless it is given too; an own clip
    keeps its content and lasts as long as the shot's line. Raises ``BriefError`` or ``MediaError`` for a file that does
    not fit, ``RunError`` for a shot that is not there; nothing is changed then.
    """
    given = {"keyframe": keyframe, "clip": clip, "voice": voice}
    files = {part: path for part, path in given.items() if path is not None}
    if not files:
        raise RunError("Which part? Give a file for the keyframe, the clip or the voice.")
    with changing(run, runs) as change:
        number = change.number(shot)
        own = {part: parts.read(change.job, part, path) for part, path in files.items()}
        change.remember(f"your own {' and '.join(own)} of shot {shot}")
        for part, one in own.items():
            parts.pin(change.job, part, number, one)
        return (*change.notes, *(note for one in own.values() for note in one.notes))


def unuse(run: str, shot: int, part: str, *, runs: Path = RUNS) -> None:
    """Take one's own ``part`` of a shot out again: what was made for it stands in its place. Raises ``RunError`` where
    it is not one's own."""
    with changing(run, runs) as change:
        if part not in OWN_PARTS:
            raise RunError(f"A shot has the parts {', '.join(OWN_PARTS)}; received {part!r}.")
        step = str(OWN_PARTS[part](change.number(shot)))
        if change.job.index.edits.pinned(change.run, step) is None:
            raise RunError(f"The {part} of shot {shot} is not your own; there is nothing to take out.")
        change.remember(f"taking your own {part} of shot {shot} out")
        change.job.index.edits.unpin(change.run, step)
