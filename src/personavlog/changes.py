"""What a person changes about a film: another take of a part of a shot, another script."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from personavlog.errors import ConfigurationError, RunError
from personavlog.jobs import reopen
from personavlog.media.file import read_bytes
from personavlog.runs.folder import RUNS, machine_errors
from personavlog.saved import current_script, what_is_wrong
from personavlog.script import Script
from personavlog.steps import RETAKES, SCRIPT


@machine_errors()
def redo(run: str, shot: int, part: str, *, take: int | None = None, runs: Path = RUNS) -> int:
    """Ask for a new take of one part of a shot (from 1), or go back to an earlier ``take``; returns the take's number.

    ``reopen`` and ``make`` then cut the film again.
    """
    job = reopen(run, runs=runs)
    if part not in RETAKES:
        raise RunError(f"A shot has the parts {', '.join(RETAKES)}; received {part!r}.")
    if not 1 <= shot <= job.brief.shots:
        raise RunError(f"The run {job.folder.run!r} has the shots 1 to {job.brief.shots}; received {shot}.")
    step, edits = str(RETAKES[part](shot)), job.index.edits
    if job.index.find_step(job.folder.run, step) is None:
        raise RunError(
            f"Shot {shot} has no {part} yet. Finish the film first with: personavlog resume {job.folder.run}"
        )
    if take is None:
        return edits.new_take(job.folder.run, step)
    known = sorted({kept.number for kept in edits.takes(job.folder.run, step)})
    if take not in known:
        raise RunError(
            f"The {part} of shot {shot} has no take {take}. Its takes: {', '.join(map(str, known)) or 'none yet'}."
        )
    edits.choose_take(job.folder.run, step, take)
    return take


@machine_errors()
def replace_script(run: str, file: Path, *, runs: Path = RUNS) -> bool:
    """Pin a hand-edited script; False if it says what the run's script says already.

    Raises ``BriefError`` for a file that cannot be read, ``ConfigurationError`` naming what does not fit, ``RunError``
    before the run has a script.
    """
    job = reopen(run, runs=runs)
    try:
        script = Script.model_validate_json(read_bytes(file, "script"))
    except ValidationError as error:
        raise ConfigurationError(
            f"The script {str(file)!r} does not fit, so nothing was changed: {what_is_wrong(error)}."
        ) from error
    if job.index.find_step(job.folder.run, str(SCRIPT)) is None:
        raise RunError(
            f"The run {job.folder.run!r} has no script yet. Finish it first with: personavlog resume {job.folder.run}"
        )
    if len(script.boards) != job.brief.shots:
        raise ConfigurationError(
            f"The script has {len(script.boards)} shots, the run has {job.brief.shots}. Keep their number, or "
            "make a new vlog with --shots."
        )
    if current_script(job.index, job.folder.run) == script:
        return False
    job.index.edits.pin(job.folder.run, str(SCRIPT), script)
    return True
