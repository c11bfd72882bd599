"""Everything that the board is drawn from, read in a few queries whatever the number of shots, takes and events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from personavlog.backbones.roles import CHOSEN
from personavlog.notes import Note, ranked
from personavlog.pending import Pending, pending
from personavlog.runs.blobs import Blobs
from personavlog.runs.folder import RunFolder
from personavlog.runs.index import Event, Index, StepRow
from personavlog.runs.machine import machine_errors
from personavlog.saved import SavedBrief, find, read_brief, shot_numbers
from personavlog.script import Board
from personavlog.steps import OWN_PARTS, Part, StepName, Work
from personavlog.studio.looking.stored import Table, table
from personavlog.studio.looking.texts import Texts, texts
from personavlog.studio.models import Outcome, PartName
from personavlog.views import outcome

PARTS: tuple[PartName, ...] = ("keyframe", "clip", "voice")
_PARTS_OF = {
    Part.KEYFRAME: "keyframe",
    Part.CLIP: "clip",
    Part.VOICE: "voice",
    Part.SHORTEN: "voice",
}
OUTCOMES = {
    "not begun": Outcome.NOT_BEGUN,
    "being made": Outcome.MAKING,
    "finished": Outcome.FINISHED,
    "stopped": Outcome.STOPPED,
    "interrupted": Outcome.INTERRUPTED,
    "failed": Outcome.FAILED,
}
_JUDGED = ("keyframe", "clip")
_ATTEMPTS = (Work.PAINT, Work.ANIMATE)
_PAGE = 64
_RUNNING = 256


@dataclass(frozen=True)
class Facts:
    """A run as it stands. ``steps`` are its rows by name and ``results`` what stands of them, as JSON; ``judged`` the
    last thing that was told of each keyframe and clip by the name of its step, ``shares`` how far the running steps
    are; ``told`` are the events of the last making that notes are read from."""

    folder: RunFolder
    saved: SavedBrief
    texts: Texts
    numbers: tuple[int, ...]
    steps: Mapping[str, StepRow]
    pins: Mapping[str, str]
    results: Mapping[str, str]
    judged: Mapping[str, object]
    shares: Mapping[str, float]
    outcome: Outcome
    message: str
    begun_at: float
    told: tuple[Event, ...]
    changed: Pending | None
    asked: frozenset[str]
    film: Table

    @property
    def making(self) -> bool:
        """Whether somebody makes it now."""
        return self.outcome is Outcome.MAKING

    @cached_property
    def rows(self) -> Mapping[tuple[int, str], tuple[StepRow, ...]]:
        """The rows of each part of each shot, by the shot's own number and the part."""
        found: dict[tuple[int, str], list[StepRow]] = defaultdict(list)
        for row in self.steps.values():
            name = StepName.parse(row.name)
            if name is not None and name.shot is not None:
                found[name.shot, _PARTS_OF[name.part]].append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """What the last making said, the gravest first."""
        return ranked(note for event in self.told if (note := note_of(event)))

    def board(self, place: int) -> Board | None:
        """What is to be seen in the shot at a place, from 1; None before it is written."""
        return self.texts.boards[place - 1] if place <= len(self.texts.boards) else None

    def result(self, step: StepName) -> Table:
        """What stands of a step: what a person put there, else what was made; empty where there is nothing."""
        return table(self.pins.get(str(step)) or self.results.get(str(step)))

    def attempt(self, number: int, part: PartName) -> Table:
        """The newest attempt at a part of which nothing is final yet."""
        done = [row for row in self.rows.get((number, part), ()) if row.name in self.results and _is_attempt(row.name)]
        return table(self.results[max(done, key=lambda row: row.at).name]) if done else {}


@contextmanager
def opened(run: str, runs: Path) -> Iterator[tuple[RunFolder, Blobs, Index]]:
    """A run with the store and the index, to look at; raises ``RunError`` for one that is not there."""
    with machine_errors():
        folder, store, index = find(run, runs)
        with closing(index):
            yield folder, store, index


def facts(folder: RunFolder, index: Index) -> Facts:
    """Read a run; raises ``ConfigurationError`` where its brief is damaged."""
    run, saved = folder.run, read_brief(folder)
    written = texts(index, run)
    numbers = shot_numbers(index, run, len(written.boards) or saved.brief.shots)
    steps, pins = {row.name: row for row in index.steps(run)}, index.edits.pins(run)
    how, message = outcome(folder, index)
    begun = next(iter(index.newest(run, ("begin",))), None)
    film = next(iter(index.newest(run, ("film",))), None)
    return Facts(
        folder=folder,
        saved=saved,
        texts=written,
        numbers=numbers,
        steps=steps,
        pins=pins,
        results=_results(index, steps),
        judged=_judged(index, run, steps, pins, numbers),
        shares=_shares(index, run, begun) if how == "being made" else {},
        outcome=OUTCOMES.get(how, Outcome.DRAFT),
        message=message,
        begun_at=begun.at if begun else 0.0,
        told=index.events(run, begun.id if begun else 0, kinds=("note",)),
        changed=_changed(index, run),
        asked=frozenset(
            name for name, take in index.edits.chosen_takes(run).items() if name in steps and steps[name].take != take
        ),
        film=film.data if film else {},
    )


def _changed(index: Index, run: str) -> Pending | None:
    """What was changed since the film was made; None where no film was, or one of another form."""
    try:
        return pending(index, run)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        return None


def _results(index: Index, steps: Mapping[str, StepRow]) -> dict[str, str]:
    """The results of parts, and of the attempts at parts of which nothing is final."""
    keys = {name: row.made for name, row in steps.items() if row.made and _shown(name, steps)}
    stored = index.results(set(keys.values()))
    return {name: stored[key] for name, key in keys.items() if key in stored}


def _shown(text: str, steps: Mapping[str, StepRow]) -> bool:
    name = StepName.parse(text)
    if name is None or name.part is Part.CUT or name.part is Part.WRITE:
        return False
    if name.work is None:
        return True
    whole = steps.get(str(name.whole))
    return _is_attempt(text) and (whole is None or whole.made is None)


def _is_attempt(text: str) -> bool:
    name = StepName.parse(text)
    return name is not None and name.work in _ATTEMPTS


def _judged(
    index: Index, run: str, steps: Mapping[str, StepRow], pins: Mapping[str, str], numbers: tuple[int, ...]
) -> dict[str, object]:
    """Read backwards until there is something of every part that stands: each making tells all of them again."""
    names = {str(OWN_PARTS[part](number)) for number in numbers for part in _JUDGED}
    wanted = {name for name in names if name in steps and steps[name].made and CHOSEN in pins.get(name, CHOSEN)}
    found: dict[str, object] = {}
    before: int | None = None
    while wanted - found.keys() and (page := index.newest(run, _JUDGED, before=before, most=_PAGE)):
        for event in page:
            found.setdefault(str(event.data.get("name")), event.data.get("corrected"))
        before = page[-1].id
    return found


def _shares(index: Index, run: str, begun: Event | None) -> dict[str, float]:
    found: dict[str, float] = {}
    for event in index.newest(run, ("progress",), most=_RUNNING):
        share = event.data.get("share")
        if begun is not None and event.id > begun.id and isinstance(share, int | float):
            found.setdefault(str(event.data.get("name")), float(share))
    return found


def note_of(event: Event) -> Note | None:
    """The note of an event; None for one of another form."""
    try:
        return Note.of(event.data)
    except ValidationError:
        return None
