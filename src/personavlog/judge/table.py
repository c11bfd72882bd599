"""The table of a check: how often each defect was found, and how the loop ended by each rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from personavlog.judge.clips import MOVING_DEFECTS
from personavlog.judge.rates import Rate
from personavlog.judge.sound import Ending
from personavlog.judge.stills import STILL_DEFECTS
from personavlog.judge.verdict import Verdict

DEFECTS = (*(("keyframe", one.name) for one in STILL_DEFECTS), *(("clip", one.name) for one in MOVING_DEFECTS))


@dataclass(frozen=True)
class LoopCounts:
    """How often the loop ended better, equal or worse."""

    better: int
    equal: int
    worse: int

    @property
    def text(self) -> str:
        """As tables print it."""
        return f"{self.better}/{self.equal}/{self.worse}"


@dataclass(frozen=True)
class TableRow:
    """What was found of one defect ("" for untouched ones): ``found`` at all, ``named`` by its kind; and the loop on
    those that were found, by rule."""

    what: str
    defect: str
    found: Rate
    named: Rate
    measured: LoopCounts
    paper: LoopCounts

    def as_json(self) -> dict[str, object]:
        """Counts and intervals, for the file."""
        rates = {
            name: {"hits": rate.hits, "trials": rate.trials, "interval": rate.interval}
            for name, rate in (("found", self.found), ("named", self.named))
        }
        return {
            "what": self.what,
            "defect": self.defect,
            **rates,
            "measured": asdict(self.measured),
            "paper": asdict(self.paper),
        }


@dataclass(frozen=True)
class Report:
    """All verdicts."""

    verdicts: tuple[Verdict, ...]

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """One per defect, in the order of the defects."""
        return tuple(self._row([(what, name)]) for what, name in DEFECTS)

    @property
    def alarms(self) -> tuple[TableRow, ...]:
        """The untouched keyframes and clips: what is found in them is a false alarm."""
        return tuple(self._row([(what, "")]) for what in ("keyframe", "clip"))

    @property
    def all(self) -> TableRow:
        """Every planted defect together."""
        return self._row(DEFECTS)

    def _row(self, which: Sequence[tuple[str, str]]) -> TableRow:
        trials = [one for one in self.verdicts if one.fits and (one.what, one.defect) in which]
        found, named = (
            Rate(sum(hits), len(trials)) for hits in ([one.found for one in trials], [one.named for one in trials])
        )
        what, defect = which[0] if len(which) == 1 else ("all", "")
        return TableRow(what, defect, found, named, _loop(trials, "measured"), _loop(trials, "paper"))


def _loop(trials: Sequence[Verdict], rule: str) -> LoopCounts:
    endings: list[Ending] = [one.endings[rule] for one in trials if rule in one.endings]
    return LoopCounts(endings.count("better"), endings.count("equal"), endings.count("worse"))
