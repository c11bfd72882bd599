"""Looking at runs without changing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from personavlog import profiles
from personavlog.backbones import registry
from personavlog.backbones.capabilities import SoundCapabilities
from personavlog.backbones.roles import CHOSEN, OWN
from personavlog.errors import PersonaVlogError
from personavlog.pending import pending, sentences
from personavlog.runs import RUNS
from personavlog.runs.folder import RunFolder, list_runs, open_store
from personavlog.runs.index import Event, Index, StepRow
from personavlog.runs.ledger import Entry, Totals
from personavlog.runs.lock import held
from personavlog.runs.machine import machine_errors
from personavlog.runs.record import ending
from personavlog.saved import current_script, find, read_brief, shot_numbers
from personavlog.script import Script
from personavlog.steps import OWN_PARTS, RETAKES, SCRIPT

_STATES = {"hit": "done", "pending": "waiting", "running": "waiting"}
"""Words for a step's status; the others say it themselves."""
_MAKING = ("begin", "end", "until")


@dataclass(frozen=True)
class RunView:
    """What ``personavlog show`` prints; ``rows`` hold each shot's number, place, line and the states of its keyframe,
    clip and voice, ``stale`` what was changed since the film was made and what making it again takes."""

    folder: RunFolder
    title: str
    outcome: str
    message: str
    rows: tuple[tuple[str, ...], ...]
    stale: tuple[str, ...]
    own_script: bool = False


@machine_errors()
def view(run: str = "last", *, runs: Path = RUNS) -> RunView:
    """The state of a run."""
    folder, _, index = find(run, runs)
    with closing(index):
        return _view(folder, index)


def _view(folder: RunFolder, index: Index) -> RunView:
    brief = read_brief(folder).brief
    script = current_script(index, folder.run)
    steps = {row.name: row for row in index.steps(folder.run)}
    pins = index.edits.pins(folder.run)
    numbers = shot_numbers(index, folder.run, len(script.boards) if script else brief.shots)
    rows = tuple(_row(script, steps, pins, place, number) for place, number in enumerate(numbers, 1))
    found = pending(index, folder.run)
    stale = sentences(index, folder.run, found) if found else ()
    title = script.story.title if script else brief.theme
    return RunView(folder, title, *outcome(folder, index), rows, stale, str(SCRIPT) in pins)


def outcome(folder: RunFolder, index: Index) -> tuple[str, str]:
    """How the latest making ended, in words ("finished", "until pictures", "not begun", "stopped", "failed", "being
    made", "interrupted"), and an error's text."""
    events = index.events(folder.run, kinds=_MAKING)
    if not events:
        return ("finished", "") if folder.film.is_file() else ("not begun", "")
    ended, message, _ = ending(events)
    if ended == "done" and (until := _until(events)):
        return f"until {until}", ""
    if ended != "running":
        return {"done": "finished", "cancelled": "stopped"}.get(ended, ended), message
    return "being made" if held(index.lock_file(folder.run)) else "interrupted", ""


def _until(events: Sequence[Event]) -> str:
    """Up to where the latest making went; "" where it left nothing out."""
    begun = max((number for number, event in enumerate(events) if event.kind == "begin"), default=0)
    return next((str(event.data.get("until", "")) for event in events[begun:] if event.kind == "until"), "")


@machine_errors()
def summaries(runs: Path = RUNS) -> tuple[tuple[str, str, str], ...]:
    """Id, outcome and title of every run of a folder, the one that was begun first before all others; a damaged run is
    listed as such."""
    with closing(open_store()[1]) as index:
        names = list_runs(runs, index.begun.times())
        return tuple(_summary(RunFolder(runs, name), index) for name in names)


@machine_errors()
def costs(run: str = "last", *, runs: Path = RUNS) -> tuple[tuple[Entry, ...], Totals]:
    """Every call of a run that was booked, oldest first, and their sum."""
    folder, _, index = find(run, runs)
    with closing(index):
        return index.ledger.entries(folder.run), index.ledger.totals(folder.run)


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
    return speaking(profile).voices


def speaking(profile: str = profiles.DEFAULT) -> SoundCapabilities:
    """What a profile's speech backbone speaks, with what voices, and what it lacks in each language."""
    choice = profiles.load(profile).speech
    known: SoundCapabilities | None = registry.capabilities("speech", choice.backbone)
    return known or registry.load("speech", choice.backbone, choice.settings).capabilities


def _row(
    script: Script | None, steps: Mapping[str, StepRow], pins: Mapping[str, str], place: int, number: int
) -> tuple[str, ...]:
    """The shot at ``place`` of the film, from 1, whose own number is ``number``."""
    where, line = (script.boards[place - 1].place, script.monologues[place - 1].text) if script else ("", "")
    states = (
        _whose(pins[name]) if (name := str(OWN_PARTS[part](number))) in pins else _state(steps.get(str(step(number))))
        for part, step in RETAKES.items()
    )
    return (str(place), where, line, *states)


def _whose(pinned: str) -> str:
    return "your choice" if CHOSEN in pinned else OWN


def _state(row: StepRow | None) -> str:
    if row is None:
        return "not made"
    state = _STATES.get(row.status, row.status)
    return f"{state}, take {row.take}" if row.take else state
