"""An estimate against what the ledger says was spent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from personavlog.estimate.numbers import EstimateStage, FilmEstimate, StageEstimate
from personavlog.runs import RUNS
from personavlog.runs.index import Event
from personavlog.runs.ledger import Entry
from personavlog.runs.machine import machine_errors
from personavlog.saved import find
from personavlog.steps import Part, StepName, Work

_MEASURING = (Work.MEASURE, Work.INSPECT, Work.INSTRUCT)
_STAGES = {
    Part.STYLISE: EstimateStage.PICTURES,
    Part.WRITE: EstimateStage.SCRIPT,
    Part.SCRIPT: EstimateStage.SCRIPT,
    Part.SHORTEN: EstimateStage.SCRIPT,
    Part.VOICE: EstimateStage.SPEECH,
    Part.KEYFRAME: EstimateStage.PICTURES,
    Part.CLIP: EstimateStage.CLIPS,
    Part.MUSIC: EstimateStage.MUSIC,
}


@dataclass(frozen=True)
class Compared:
    """One stage: what was estimated (None: nothing was), the calls that were booked, US dollars known to be paid, and
    how many calls cost nobody knows what."""

    stage: EstimateStage
    estimated: StageEstimate | None
    calls: int
    paid: float
    unknown: int

    @property
    def verdict(self) -> str:
        """How what was paid lies to the estimate, in words; "" where that cannot be said."""
        if self.estimated is None or self.estimated.money.high is None or self.unknown:
            return ""
        if self.paid > self.estimated.money.high + 1e-9:
            return "more than estimated"
        return "less than estimated" if self.paid < self.estimated.money.low - 1e-9 else "as estimated"


def stage_of(step: str) -> EstimateStage | None:
    """What a step's calls are told under; None for one that no estimate has."""
    name = StepName.parse(step)
    if name is None:
        return None
    return EstimateStage.MEASURING if name.work in _MEASURING else _STAGES.get(name.part)


@machine_errors()
def estimated(run: str = "last", *, runs: Path = RUNS) -> tuple[FilmEstimate | None, tuple[Compared, ...]]:
    """The estimate that a run was begun with (None: it has none), and each stage of it against what was booked."""
    folder, _, index = find(run, runs)
    with closing(index):
        estimate = kept_estimate(index.events(folder.run, kinds=("estimate",)))
        return estimate, compared(estimate, index.ledger.entries(folder.run))


def kept_estimate(events: Sequence[Event]) -> FilmEstimate | None:
    """The estimate that a run was begun with, of its events; None where it has none, or one of another form."""
    told = next((event.data.get("estimate") for event in events if event.kind == "estimate"), None)
    try:
        return None if told is None else FilmEstimate.model_validate(told)
    except ValidationError:
        return None  # written by a version that estimated otherwise


def compared(estimate: FilmEstimate | None, entries: Sequence[Entry]) -> tuple[Compared, ...]:
    """Every stage that was estimated or booked, in the film's order."""
    known = {one.stage: one for one in estimate.stages} if estimate else {}
    rows = (_compared(stage, known.get(stage), _of(entries, stage)) for stage in EstimateStage)
    return tuple(row for row in rows if row.estimated is not None or row.calls)


def _of(entries: Iterable[Entry], stage: EstimateStage) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if stage_of(entry.step) is stage)


def _compared(stage: EstimateStage, estimated: StageEstimate | None, entries: tuple[Entry, ...]) -> Compared:
    return Compared(
        stage=stage,
        estimated=estimated,
        calls=len(entries),
        paid=sum(entry.money for entry in entries if entry.money is not None),
        unknown=sum(entry.money is None for entry in entries),
    )
