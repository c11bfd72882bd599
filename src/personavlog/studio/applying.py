"""A person's change of a film, carried out: the same for the page's forms and for programs."""

from __future__ import annotations

import json
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from personavlog import api
from personavlog.errors import RunError
from personavlog.removing import Removed
from personavlog.saved import current_script, find
from personavlog.script import Board, Script
from personavlog.studio.commands import (
    AddShot,
    ChooseAttempt,
    ChooseTake,
    Command,
    EditMusic,
    EditShot,
    MoveShot,
    Redo,
    RedoWhole,
    RemoveShot,
    TakeOut,
    Undo,
)
from personavlog.studio.finding import found
from personavlog.studio.studio import Studio


def apply(studio: Studio, run: str, command: Command, revision: str) -> None:
    """Make a change that was decided at ``revision``.

    Raises ``NoSuchThingError``, ``ChangedElsewhereError`` where something else was decided meanwhile, ``RunError``
    while the film is being made, and as the change itself does: nothing was changed then.
    """
    found(run, studio.runs)
    with api.expecting(revision):
        _made(command, run, studio.runs)


def own(studio: Studio, run: str, shot: int, part: str, file: Path, revision: str) -> tuple[str, ...]:
    """Put a person's own file in the place of a part; returns what is to be known about it, a sentence each, and raises
    as ``apply`` does."""
    found(run, studio.runs)
    with api.expecting(revision):
        return api.use(run, shot, **{part: file}, runs=studio.runs)


def _made(command: Command, run: str, runs: Path) -> None:
    match command:
        case Redo(shot=shot, part=part):
            api.redo(run, shot, part, runs=runs)
        case RedoWhole(what="person"):
            api.redo_person(run, runs=runs)
        case RedoWhole():
            api.redo_music(run, runs=runs)
        case ChooseTake(shot=shot, part=part, take=take):
            api.redo(run, shot, part, take=take, runs=runs)
        case ChooseAttempt(shot=shot, part=part, attempt=attempt):
            api.keep_attempt(run, shot, part, attempt, runs=runs)
        case TakeOut(shot=shot, part=part):
            api.unuse(run, shot, part, runs=runs)
        case AddShot(at=at, line=line, board=board):
            api.add_shot(run, at, board or _before(_script(run, runs), at), line.text, runs=runs)
        case MoveShot(shot=shot, to=to):
            api.move_shot(run, shot, to, runs=runs)
        case RemoveShot(shot=shot):
            api.remove_shot(run, shot, runs=runs)
        case EditShot():
            _replace(_edited(_script(run, runs), command), run, runs)
        case EditMusic(music=music):
            _replace(_script(run, runs).model_copy(update={"music": music}), run, runs)
        case Undo():
            api.undo(run, runs=runs)


def _before(script: Script, at: int) -> Board:
    """The board of the shot before a place."""
    return script.boards[min(max(at - 2, 0), len(script.boards) - 1)]


def _edited(script: Script, edit: EditShot) -> Script:
    if edit.shot > len(script.boards):
        raise RunError(f"The film has the shots 1 to {len(script.boards)}; received {edit.shot}.")
    given = {"boards": edit.board, "videos": edit.video, "monologues": edit.line}
    changes = {name: _with(getattr(script, name), edit.shot, one) for name, one in given.items() if one is not None}
    return script.model_copy(update=changes)


def _with(entries: tuple[Any, ...], shot: int, one: object) -> tuple[Any, ...]:
    return (*entries[: shot - 1], one, *entries[shot:])


def _script(run: str, runs: Path) -> Script:
    """The script as it stands; the revision says whether it stands so when it is replaced."""
    folder, _, index = find(run, runs)
    with closing(index):
        script = current_script(index, folder.run)
    if script is None:
        raise RunError(f"The run {run!r} has no script yet, so nothing in it can be changed. Make it first.")
    return script


def _replace(script: Script, run: str, runs: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="personavlog-") as folder:
        file = Path(folder) / "script.json"
        file.write_text(json.dumps(script.model_dump(mode="json")), encoding="utf-8")
        api.replace_script(run, file, runs=runs)


def export(studio: Studio, run: str, target: str) -> api.Exported:
    """Write a finished film for another program into its folder; raises as ``api.export`` does,
    ``NoSuchThingError``."""
    return api.export(found(run, studio.runs).run, to=target, runs=studio.runs)


def delete(studio: Studio, run: str) -> Removed:
    """Delete a film with its photo, also one that waits to be made; raises ``NoSuchThingError``, ``RunError`` while it
    is being made."""
    folder = found(run, studio.runs)
    if studio.queue.waits(run):
        studio.queue.stop(run)
    removed = api.delete(folder.run, runs=studio.runs)
    studio.queue.forget(run)
    return removed
