"""The judge is judged: how often it ranks a storyboard above the same one made worse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Literal

import anyio

from personavlog.benchmark.judging.answering import Given, Panel
from personavlog.benchmark.judging.asking import DIMENSIONS, Dimension, shown
from personavlog.benchmark.judging.judgements import JUDGEMENTS, Judgements
from personavlog.benchmark.judging.judges import Judge, JudgeModel, opened
from personavlog.benchmark.judging.judging import AT_ONCE, mean_of
from personavlog.benchmark.judging.worsened import WAYS, Worsened, worsened
from personavlog.benchmark.outputs import Outputs, Vlog
from personavlog.errors import ConfigurationError
from personavlog.judge.rates import Rate
from personavlog.runs.flow import flowing

Rank = Literal["above", "tied", "below", "missing"]


@dataclass(frozen=True)
class Trial:
    """One storyboard against the same one made worse, before one judge: where the original stands by the mark of the
    dimension that should fall, and by the mean of all four. Marks are means over the repeats."""

    judge: str
    vlog: str
    way: str
    dimension: Dimension
    named: Rank
    mean: Rank
    why: str = ""


@dataclass(frozen=True)
class Tally:
    """How often the original stood above, level and below; ``missing`` trials count nowhere else."""

    above: int
    tied: int
    below: int
    missing: int

    @classmethod
    def of(cls, ranks: Iterable[Rank]) -> Tally:
        """Counted."""
        found = list(ranks)
        return cls(*(found.count(rank) for rank in ("above", "tied", "below", "missing")))

    @property
    def rate(self) -> Rate:
        """Above among all that were marked, ties included; Wilson's interval."""
        return Rate(self.above, self.above + self.tied + self.below)

    @property
    def decided(self) -> Rate:
        """Above among those that were not tied: a coin has a half."""
        return Rate(self.above, self.above + self.below)


@dataclass(frozen=True)
class Trials:
    """All trials. ``text`` is a table: a line for each judge and way, and one for all ways of a judge."""

    trials: tuple[Trial, ...]

    @property
    def judges(self) -> tuple[str, ...]:
        """Their fingerprints, in order."""
        return tuple(dict.fromkeys(one.judge for one in self.trials))

    def tally(self, judge: str, way: str = "", *, by: Literal["named", "mean"] = "named") -> Tally:
        """A judge's ranks of one way ("" for all), by the named dimension or by the mean of all four."""
        ranks: Iterable[Rank] = (getattr(one, by) for one in self.trials if one.judge == judge and way in ("", one.way))
        return Tally.of(ranks)

    def tells(self, judge: str) -> bool:
        """Whether a judge tells worse from better at all: what it decides by the named dimension is right more often
        than a coin's, by the interval."""
        return self.tally(judge).decided.interval[0] > 0.5

    @property
    def text(self) -> str:
        """For a terminal."""
        lines = [_HEAD]
        for judge in self.judges:
            lines += [judge, *(self._line(judge, way.name, way.dimension) for way in WAYS), self._line(judge, "", "")]
            lines.append(_TELLS if self.tells(judge) else _DOES_NOT)
        return "\n".join(lines)

    def _line(self, judge: str, way: str, dimension: str) -> str:
        named, mean = self.tally(judge, way), self.tally(judge, way, by="mean")
        counts = f"{named.tied:>5} {named.below:>5} {named.missing:>8}"
        return f"  {way or 'all':<16} {dimension:<21} {named.rate.text:<34} {counts}  {mean.rate.text}".rstrip()


_HEAD = (
    f"  {'made worse by':<16} {'should fall':<21} {'original above':<34} {'tied':>5} {'below':>5} {'missing':>8}"
    "  above by the mean of all four"
)
_TELLS = "  What it decides is right more often than a coin."
_DOES_NOT = "  It is not shown to tell worse from better: do not report its marks as scores."


def check_judges(
    outputs: Outputs,
    models: Sequence[JudgeModel],
    *,
    repeats: int = 1,
    seed: int = 0,
    most: int | None = None,
    target: Path | None = None,
    on_trial: Callable[[Trial], None] = lambda trial: None,
    at_once: int = AT_ONCE,
) -> Trials:
    """Worsen the storyboards of a method in every way and let each judge mark them beside the original, blind.

    The first ``most`` vlogs are taken (None: all); foreign boards come from all of them. Only boards are shown, as
    lines would give the plant away. Answers are kept and never asked again, as by ``judging.judge``, whose answers to
    the originals serve here as well. Raises as it does, and ``ConfigurationError`` without a judge or a vlog.
    """
    judges = opened(models)
    if not judges or not outputs.vlogs:
        raise ConfigurationError("To check judges, name at least one, and outputs with at least one sound vlog.")
    panel = Panel(judges, Judgements((target or outputs.folder) / JUDGEMENTS), repeats=repeats, at_once=at_once)

    async def one(vlog: Vlog) -> list[Trial]:
        theme = vlog.meta.theme_text
        given = await panel.on(vlog.name, shown(theme, vlog.shots))
        found: list[Trial] = []
        for worse in worsened(vlog, outputs.vlogs, seed):
            other = await panel.on(f"{vlog.name} ({worse.way.name})", shown(theme, worse.shots))
            found += [_trial(judge, vlog, worse, given, other) for judge in judges]
        for trial in found:
            on_trial(trial)
        return found

    async def all_of_them() -> Trials:
        async with flowing() as flow:
            later = [flow.start(one(vlog)) for vlog in outputs.vlogs[:most]]
            return Trials(tuple([trial for trials in later for trial in await trials.value()]))

    return anyio.run(all_of_them)


def _trial(judge: Judge, vlog: Vlog, worse: Worsened, given: Sequence[Given], other: Sequence[Given]) -> Trial:
    marks = [[mean_of(answers, judge, name) for name in DIMENSIONS] for answers in (given, other)]
    place = DIMENSIONS.index(worse.way.dimension)
    whole = [None if None in row else fmean(mark for mark in row if mark is not None) for row in marks]
    why = next((one.why for one in (*given, *other) if one.judge is judge and one.why), "")
    named, mean = _rank(marks[0][place], marks[1][place]), _rank(whole[0], whole[1])
    return Trial(judge.fingerprint, vlog.name, worse.way.name, worse.way.dimension, named, mean, why)


def _rank(original: float | None, worse: float | None) -> Rank:
    if original is None or worse is None:
        return "missing"
    return "tied" if original == worse else "above" if original > worse else "below"
