"""Progress as it happens: one row per stage, one mark per shot, and the time that is left."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.console import Console, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from personavlog.steps import Section, StepName, Until

if TYPE_CHECKING:
    from personavlog.notes import Note
    from personavlog.runs.index import Event

SECONDS = {
    Section.PERSON: 18.0,
    Section.SCRIPT: 3.0,
    Section.VOICES: 5.0,
    Section.KEYFRAMES: 20.0,
    Section.CLIPS: 8.0,
    Section.MUSIC: 4.0,
    Section.CUT: 3.0,
}
"""The stages of a film, with typical seconds of one unit; only their ratios matter, for the time that is left."""
PER_SHOT = (Section.VOICES, Section.KEYFRAMES, Section.CLIPS)
UP_TO = {
    Until.SCRIPT: (Section.PERSON, Section.SCRIPT),
    Until.PICTURES: (Section.PERSON, Section.SCRIPT, Section.KEYFRAMES),
    Until.CLIPS: (Section.PERSON, Section.SCRIPT, Section.VOICES, Section.KEYFRAMES, Section.CLIPS),
}
"""The sections of a film that is made up to a point."""
STOPPING = "Stopping as soon as it can; everything finished is kept."
_MARKS = {"waiting": "·", "running": "▸", "done": "✓", "failed": "✗"}


@dataclass
class StageProgress:
    """How far one stage is: a state per unit (a shot, or the stage as a whole), the share of the running ones and since
    when they run."""

    units: dict[int, str]
    shares: dict[int, float] = field(default_factory=dict)
    reused: set[int] = field(default_factory=set)
    since: dict[int, float] = field(default_factory=dict)

    def finished(self, unit: int) -> float:
        """The finished share of one unit, 0 to 1."""
        return 1.0 if self.units[unit] == "done" else self.shares.get(unit, 0.0)

    def presumed(self, unit: int, seconds: float) -> float:
        """``finished``, or more where a unit that typically takes ``seconds`` is under way for long and has not told
        much."""
        if self.units[unit] != "running":
            return self.finished(unit)
        return max(self.finished(unit), min(0.8, (time.monotonic() - self.since[unit]) / (2 * seconds)))


class Progress:
    """Follows a run's events; ``listen`` may be called from any thread. ``shots`` counts until the run says which shots
    it has; with ``until`` only the stages up to there are followed."""

    def __init__(self, shots: int, until: Until | None = None) -> None:
        self._began = time.monotonic()
        self._sections = tuple(SECONDS) if until is None else UP_TO[until]
        self._set(range(1, shots + 1))
        self.notes: list[Note] = []
        self._stopping = False

    def _set(self, numbers: Sequence[int]) -> None:
        """Follow shots of these numbers, in the film's order."""
        self._places = {number: place for place, number in enumerate(numbers, 1)}
        self._stages = {
            name: StageProgress({n: "waiting" for n in (self._places.values() if name in PER_SHOT else (0,))})
            for name in self._sections
        }

    def listen(self, event: Event) -> None:
        """Take in one event of the engine."""
        if event.kind == "shots":
            self._set([int(str(number)) for number in event.data["numbers"]])  # type: ignore[union-attr]
        if event.kind == "note":
            from personavlog.notes import Note

            self.notes.append(Note.of(event.data))
        self._stopping = self._stopping or event.kind == "stopping"
        found = self._place(str(event.data.get("name", "")))
        if found is None or found[0] not in self._stages or found[1] not in self._stages[found[0]].units:
            return
        stage, unit = self._stages[found[0]], found[1]
        if event.kind == "progress":
            stage.shares[unit] = float(str(event.data["share"]))
        elif event.kind == "started":
            if stage.units[unit] != "running":
                stage.since[unit] = time.monotonic()
            stage.units[unit] = "running"
            stage.reused.discard(unit)
        elif event.kind in ("hit", "pinned") and stage.units[unit] == "waiting":
            stage.reused.add(unit)
        elif event.kind == "failed":
            stage.units[unit] = "failed"
        elif event.kind == "finished":
            stage.units[unit] = "done"

    def seconds_left(self) -> float | None:
        """An estimate from what is finished so far, in seconds; None while nothing is."""
        total = done = 0.0
        for name, stage in self._stages.items():
            for unit in stage.units.keys() - stage.reused:
                total += SECONDS[name]
                done += SECONDS[name] * stage.presumed(unit, SECONDS[name])
        elapsed = time.monotonic() - self._began
        return elapsed * (total - done) / done if done > 0.04 * total else None

    def line(self, event: Event) -> str | None:
        """The line that an event is worth: what it finished ("Keyframe 3 of 6"), or that the run is being stopped; None
        for every other event."""
        if event.kind == "stopping":
            return STOPPING
        found = self._place(str(event.data.get("name", ""))) if event.kind == "finished" else None
        if found is None or found[0] not in self._stages:
            return None
        stage, unit = self._stages[found[0]], found[1]
        title = found[0].value
        words = f"{title.removesuffix('s')} {unit} of {len(stage.units)}" if unit else title
        return f"{words}, as it was" if unit in stage.reused else words

    def _place(self, step: str) -> tuple[Section, int] | None:
        """A step's section and the place of its shot, 0 for what has none."""
        name = StepName.parse(step)
        return None if name is None else (name.section, self._places.get(name.shot or 0, name.shot or 0))

    def __rich__(self) -> RenderableType:
        table = Table.grid(padding=(0, 2))
        for name, stage in self._stages.items():
            table.add_row(name.value, _marks(stage), _share(stage))
        table.add_row(
            Text(f"{time.monotonic() - self._began:.0f} s", style="dim"), Text(self._remark(), style="dim"), ""
        )
        return table

    def _remark(self) -> str:
        if self._stopping:
            return STOPPING
        left = self.seconds_left()
        return "" if left is None else f"about {left:.0f} s left"


def _marks(stage: StageProgress) -> Text:
    text = Text()
    for unit in sorted(stage.units):
        state = stage.units[unit]
        text.append(
            ("↺" if unit in stage.reused and state == "done" else _MARKS[state]) + " ",
            style={"done": "green", "failed": "red"}.get(state, ""),
        )
    return text


def _share(stage: StageProgress) -> str:
    share = sum(map(stage.finished, stage.units)) / len(stage.units)
    return f"{share:4.0%}" if share else ""


@contextmanager
def shown(progress: Progress, console: Console) -> Iterator[Callable[[Event], None]]:
    """Show the progress of the events that the yielded listener gets: live on a terminal, one plain line per finished
    part elsewhere."""

    def tell(event: Event) -> None:
        progress.listen(event)
        line = progress.line(event)
        if line is not None:
            console.print(line)

    if console.is_terminal:
        with Live(progress, console=console, refresh_per_second=4, transient=True):
            yield progress.listen
    else:
        yield tell
