"""What is saved of a run: the brief that it was begun with, and the script that it uses now.

Nothing that makes films is imported here, so that a look at the runs (``views``) is quick.
"""

from __future__ import annotations

import tomllib

import tomli_w
from pydantic import ValidationError

from personavlog.brief import Brief
from personavlog.errors import ConfigurationError, PersonaVlogError
from personavlog.frozen import Frozen
from personavlog.media.file import read_bytes
from personavlog.profiles import Profile
from personavlog.runs.folder import RunFolder, write_file
from personavlog.runs.index import Index
from personavlog.script import Script
from personavlog.steps import SCRIPT


class SavedBrief(Frozen):
    """The content of ``brief.toml``: enough to continue the run."""

    brief: Brief
    profile: Profile
    notes: tuple[str, ...] = ()


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
    """The script that the run uses now: the pinned one, else the agents'; None before there is one."""
    pinned = index.edits.pinned(run, str(SCRIPT))
    row = index.find_step(run, str(SCRIPT))
    action = index.action(row.made) if row and row.made else None
    text = pinned or (action.result if action else None)
    try:
        return Script.model_validate_json(text) if text else None
    except ValidationError:
        return None
