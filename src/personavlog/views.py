"""Looking at runs without changing them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from personavlog import profiles
from personavlog.backbones import registry
from personavlog.errors import PersonaVlogError, RunError
from personavlog.runs.folder import RUNS, RunFolder, find_run, list_runs, machine_errors, open_store
from personavlog.runs.index import Index, StepRow
from personavlog.runs.lock import alone
from personavlog.runs.record import ending
from personavlog.saved import current_script, read_brief
from personavlog.script import Script
from personavlog.steps import RETAKES

_STATES = {"hit": "done", "pending": "waiting", "running": "waiting", "pinned": "your own"}
"""Words for a step's status; the others say it themselves."""


@dataclass(frozen=True)
class RunView:
    """What ``personavlog show`` prints; ``rows`` hold each shot's number, place, line and the states of its keyframe,
    clip and voice."""

    folder: RunFolder
    title: str
    outcome: str
    message: str
    rows: tuple[tuple[str, ...], ...]
    stale: tuple[str, ...]


@machine_errors()
def view(run: str = "last", *, runs: Path = RUNS) -> RunView:
    """The state of a run."""
    folder = find_run(runs, run)
    with closing(open_store()[1]) as index:
        return _view(folder, index)


def _view(folder: RunFolder, index: Index) -> RunView:
    brief = read_brief(folder).brief
    script = current_script(index, folder.run)
    steps = {row.name: row for row in index.steps(folder.run)}
    rows = tuple(_row(script, steps, shot) for shot in range(1, brief.shots + 1))
    stale = tuple(
        f"{row.name} was made before a change of {row.message or 'its inputs'}; it is still used."
        for row in steps.values()
        if row.stale
    )
    return RunView(folder, script.story.title if script else brief.theme, *_outcome(folder, index), rows, stale)


def _outcome(folder: RunFolder, index: Index) -> tuple[str, str]:
    """How the latest making ended, in words, and an error's text."""
    events = index.events(folder.run)
    if not events:
        return ("finished", "") if folder.film.is_file() else ("not begun", "")
    outcome, message, _ = ending(events)
    if outcome != "running":
        return {"done": "finished", "cancelled": "stopped"}.get(outcome, outcome), message
    try:
        with alone(index.lock_file(folder.run), "run"):
            return "interrupted", ""
    except RunError:
        return "being made", ""


@machine_errors()
def summaries(runs: Path = RUNS) -> tuple[tuple[str, str, str], ...]:
    """Id, outcome and title of every run of a folder, oldest first; a damaged run is listed as such."""
    names = list_runs(runs)
    with closing(open_store()[1]) as index:
        return tuple(_summary(RunFolder(runs, name), index) for name in names)


def _summary(folder: RunFolder, index: Index) -> tuple[str, str, str]:
    try:
        view = _view(folder, index)
    except PersonaVlogError as error:
        return folder.run, "damaged", str(error)
    return folder.run, view.outcome, view.title


def styles(profile: str = profiles.DEFAULT) -> Mapping[str, str]:
    """The styles that a profile's image backbone knows by name, and what each looks like; empty where it takes any
    words."""
    known = registry.capabilities("image", profiles.load(profile).image.backbone)
    return known.styles if known else {}


def voices(profile: str = profiles.DEFAULT) -> Mapping[str, str]:
    """The voices that a profile's speech backbone has, and the language of each; empty where it has none by name."""
    known = registry.capabilities("speech", profiles.load(profile).speech.backbone)
    return known.voices if known else {}


def _row(script: Script | None, steps: dict[str, StepRow], shot: int) -> tuple[str, ...]:
    place, line = (script.boards[shot - 1].place, script.monologues[shot - 1].text) if script else ("", "")
    return (str(shot), place, line, *(_state(steps.get(str(step(shot)))) for step in RETAKES.values()))


def _state(row: StepRow | None) -> str:
    if row is None:
        return "not made"
    state = _STATES.get(row.status, row.status)
    return f"{state}, take {row.take}" if row.take else state
