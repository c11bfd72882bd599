"""What is saved of a run: the brief that it was begun with, the script that it uses now, and its shots' own numbers.

Nothing that makes films is imported here, so that a look at the runs (``views``) is quick.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w
from pydantic import ValidationError

from personavlog.brief import Brief
from personavlog.errors import ConfigurationError, PersonaVlogError
from personavlog.frozen import Frozen
from personavlog.media.file import read_bytes
from personavlog.profiles import Profile
from personavlog.runs.blobs import Blobs
from personavlog.runs.folder import RunFolder, find_run, open_store, write_file
from personavlog.runs.index import Index, StepRow
from personavlog.runs.keys import digest
from personavlog.script import Monologue, Script
from personavlog.steps import NARRATION, OWN_PARTS, SCRIPT


class SavedBrief(Frozen):
    """The content of ``brief.toml``: enough to continue the run."""

    brief: Brief
    profile: Profile
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenRun:
    """A run that was begun, with everything that is needed to go on with it."""

    brief: Brief
    profile: Profile
    folder: RunFolder
    store: Blobs
    index: Index
    notes: tuple[str, ...] = ()


def find(run: str, runs: Path) -> tuple[RunFolder, Blobs, Index]:
    """A run's folder by its id, the beginning of one, or "last", with the store and the index; raises ``RunError``."""
    store, index = open_store()
    return find_run(runs, run, index.begun.times()), store, index


def write_brief(folder: RunFolder, saved: SavedBrief) -> None:
    """Write a run's ``brief.toml``; raises ``MachineError``."""
    write_file(folder.brief, tomli_w.dumps(saved.model_dump(mode="json", exclude_none=True)).encode())


def read_brief(folder: RunFolder) -> SavedBrief:
    """Read a run's ``brief.toml``; raises ``ConfigurationError`` for an absent or damaged one."""
    try:
        return SavedBrief.model_validate(tomllib.loads(read_bytes(folder.brief, "brief").decode()))
    except (PersonaVlogError, tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        why = "its brief.toml is nested too deeply." if isinstance(error, RecursionError) else str(error)
        raise ConfigurationError(
            f"The run {folder.run!r} cannot be used: {why} Restore its brief.toml, or begin anew with: personavlog make"
        ) from error
    except ValidationError as error:
        raise ConfigurationError(
            f"The brief {str(folder.brief)!r} does not fit: {what_is_wrong(error)}. Restore it, or begin anew "
            "with: personavlog make"
        ) from error


def what_is_wrong(error: ValidationError) -> str:
    """The first five fields that do not fit, in words."""
    return "; ".join(
        f"{'.'.join(map(str, problem['loc'])) or 'the file'}: {problem['msg']}" for problem in error.errors()[:5]
    )


def current_script(index: Index, run: str) -> Script | None:
    """The script that the run uses now, word for word as it is spoken: the pinned one, else the agents' with the lines
    that had to be shortened; None before there is one."""
    pinned = index.edits.pinned(run, str(SCRIPT))
    text = pinned or _made(index, index.find_step(run, str(SCRIPT)))
    try:
        script = Script.model_validate_json(text) if text else None
    except ValidationError:
        return None
    return script if pinned or script is None else _as_spoken(index, run, script)


def shot_numbers(index: Index, run: str, shots: int) -> tuple[int, ...]:
    """Each shot's own number in the film's order; takes and pins go by it, whatever its place is."""
    order = index.edits.order(run)
    return order if order is not None and len(order) == shots else tuple(range(1, shots + 1))


def told_loops(index: Index, run: str, part: str, number: int) -> dict[str, dict[str, Any]]:
    """What feedback and rollback last did with each take of the keyframe or clip of the shot with this number, as JSON
    (a ``Corrected``), by the digest of its first attempt."""
    name, field = str(OWN_PARTS[part](number)), {"keyframe": "image", "clip": "clip"}[part]
    found: dict[str, dict[str, Any]] = {}
    for event in index.events(run, kinds=(part,), about=name):
        corrected: Any = event.data.get("corrected")
        try:
            first = corrected["attempts"][0]["made"][field]["digest"]
        except (KeyError, IndexError, TypeError):  # told by a version that told it otherwise
            continue
        if event.data.get("name") == name:
            found[str(first)] = corrected
    return found


def _as_spoken(index: Index, run: str, script: Script) -> Script:
    """With the narration's words, where it was made for these lines."""
    row = index.find_step(run, str(NARRATION))
    text = _made(index, row)
    if row is None or text is None or row.inputs.get("texts") != digest(script.monologues):
        return script
    lines = tuple(Monologue(text=line["text"]) for line in json.loads(text)["lines"])
    return script.model_copy(update={"monologues": lines})


def _made(index: Index, row: StepRow | None) -> str | None:
    action = index.action(row.made) if row and row.made else None
    return action.result if action else None
