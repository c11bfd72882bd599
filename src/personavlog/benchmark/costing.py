"""What one vlog took, counted so that films which share results can be compared: every result that a film consists of
counts as what its making took, whichever run made it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from personavlog.benchmark.outputs import Cost
from personavlog.runs.index import Event, Index, StepRow
from personavlog.runs.ledger import Entry
from personavlog.saved import OpenRun
from personavlog.steps import Part, StepName, Work

_BY_WORK = {Work.PAINT: "image", Work.ANIMATE: "video", Work.INSPECT: "chat", Work.INSTRUCT: "chat"}
_BY_PART = {
    Part.STYLISE: "image",
    Part.WRITE: "chat",
    Part.SHORTEN: "chat",
    Part.VOICE: "speech",
    Part.MUSIC: "music",
}


@dataclass(frozen=True)
class _Making:
    """One result's making: the run and the step in whose names its calls are booked, and its seconds."""

    run: str
    step: str
    seconds: float


class _MakerGone(Exception):
    """The run that made a result was deleted, and with it what the making took."""


def cost_of(run: OpenRun) -> Cost:
    """Seconds, US dollars and calls by role of all results that the film consists of, checks of the judge not among
    them. Each counts once, with all calls that its making sent, failed ones too; what a try that came to nothing took
    counts as well.

    A film that took results over from another run has the cost that it would have had alone. Where that run was
    deleted nothing is known, as no sum of the rest could be compared. Agents that measure instead of asking a model are
    no calls. ``wall`` is there only where nothing was taken over.
    """
    try:
        makings = list(_makings(run.index, run.folder.run))
    except _MakerGone:
        return Cost()
    entries = [entry for one in makings for entry in _entries(run.index, one)]
    prices = [one.money for one in entries if one.money is not None]
    own = all(one.run == run.folder.run for one in makings)
    return Cost(
        seconds=round(math.fsum(one.seconds for one in makings), 3) if makings else None,
        dollars=math.fsum(prices) if len(prices) == len(entries) else None,
        calls=dict(Counter(_role(one.step) for one in entries)),
        wall=round(_wall(run.index.events(run.folder.run)), 3) if makings and own else None,
    )


def _makings(index: Index, run: str) -> Iterator[_Making]:
    """Each result once, also where two steps have the same."""
    seen = set[str]()
    for row in index.steps(run):
        if _part(row) is not Part.JUDGE:
            yield from _of_step(index, row, seen)


def _of_step(index: Index, row: StepRow, seen: set[str]) -> Iterator[_Making]:
    """A writer pair's result took what its rounds took, which are steps of the run that made it; its own seconds hold
    theirs and the waiting for a turn."""
    if row.made is None:
        yield _Making(row.run, row.name, 0.0 if _part(row) is Part.WRITE else row.seconds)
    elif row.made not in seen:
        seen.add(row.made)
        maker, action = index.maker(row.made), index.action(row.made)
        if maker is None or action is None:
            raise _MakerGone
        rounds = [one for one in index.steps(maker[0]) if one.name.startswith(f"{maker[1]}/")]
        if _part(row) is Part.WRITE and rounds:
            for one in rounds:
                yield from _of_step(index, one, seen)
        else:
            yield _Making(*maker, action.seconds)


def _part(row: StepRow) -> Part | None:
    name = StepName.parse(row.name)
    return name.part if name else None


def _entries(index: Index, making: _Making) -> list[Entry]:
    known = index.ledger.entries(making.run) if _role(making.step) else ()
    return [entry for entry in known if entry.step == making.step]


def _role(step: str) -> str:
    """The role that a step asks; "" for none."""
    name = StepName.parse(step)
    if name is None or name.part is Part.JUDGE:
        return ""
    return _BY_PART.get(name.part, "") if name.work is None else _BY_WORK.get(name.work, "")


def _wall(events: Sequence[Event]) -> float:
    """Seconds of all makings together, each from its begin to its end, or to its last event where it was killed."""
    total, begun, last = 0.0, None, 0.0
    for event in events:
        if event.kind == "begin":
            total += 0.0 if begun is None else last - begun
            begun = event.at
        if begun is not None:
            last = event.at
        if event.kind == "end" and begun is not None:
            total, begun = total + event.at - begun, None
    return total + (0.0 if begun is None else last - begun)
