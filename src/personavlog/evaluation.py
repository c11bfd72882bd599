"""Measuring the judge on a finished run, and clips of any origin."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
from pydantic import ValidationError

from personavlog import intake
from personavlog.errors import ConfigurationError, RunError
from personavlog.jobs import reopen
from personavlog.judge.check import OnVerdict, check_quality_agents, conditions
from personavlog.judge.table import Report
from personavlog.judge.verdict import TrialLog
from personavlog.metrics.published.extra import require
from personavlog.production.building import build_production, limits, open_backbones
from personavlog.runs import RUNS
from personavlog.runs.engine import Engine
from personavlog.runs.folder import write_file
from personavlog.runs.interrupt import stopped_by_signals
from personavlog.runs.lock import alone
from personavlog.runs.machine import machine_errors
from personavlog.runs.record import Entry, read_record
from personavlog.saved import what_is_wrong
from personavlog.vlog import Made

if TYPE_CHECKING:
    from personavlog.metrics.published.folder import Row


@dataclass(frozen=True)
class Checked:
    """What ``check_judge`` found; ``file`` holds every single trial."""

    report: Report
    file: Path


@machine_errors()
def check_judge(
    run: str = "last",
    *,
    stranger: Path | None = None,
    loop: bool = True,
    seed: int = 0,
    runs: Path = RUNS,
    on_verdict: OnVerdict = lambda *_: None,
) -> Checked:
    """Plant known defects in the keyframes and clips of a finished run and ask its profile's quality agents about them,
    blind.

    ``stranger`` is a photo of somebody else; ``loop`` also runs the feedback loop on what was found, by both rules. An
    interrupted check continues where it stopped. Raises ``RunError`` for a run without a film, ``BriefError`` for a
    stranger's photo that cannot be used.
    """
    job = reopen(run, runs=runs)
    films = read_record(job.folder).of_kind("film")
    if not films:
        raise RunError(
            f"The run {job.folder.run!r} has no film yet. Finish it first with: personavlog resume {job.folder.run}"
        )
    other = None if stranger is None else intake.read_photo(stranger, job.store).image
    engine = Engine(job.store, job.index, job.folder.run, limits(job.profile))
    production = build_production(job.brief, job.profile, engine, job.cap)
    made = _made(films[-1], job.folder.run)
    log = TrialLog(job.folder.path / "judge.jsonl", conditions(production, made, other, seed, loop=loop))

    async def checked() -> Report:
        with stopped_by_signals(engine):
            async with open_backbones(production):
                return await check_quality_agents(
                    production, made, log, stranger=other, seed=seed, loop=loop, on_verdict=on_verdict
                )

    with alone(job.index.lock_file(job.folder.run), f"run {job.folder.run!r}"):
        report = anyio.run(checked)
    file = job.folder.path / "judge.json"
    rows = {"planted": report.rows, "all": [report.all], "untouched": report.alarms}
    table = {name: [row.as_json() for row in these] for name, these in rows.items()}
    write_file(
        file,
        json.dumps({"table": table, "trials": [asdict(verdict) for verdict in report.verdicts]}, indent=1).encode(),
    )
    return Checked(report, file)


def _made(film: Entry, run: str) -> Made:
    """What the record says the film was made of."""
    try:
        return Made.model_validate(film.data.get("made"))
    except ValidationError as error:
        raise ConfigurationError(
            f"The film's entry in the record of {run!r} does not fit: {what_is_wrong(error)}. Write it anew with: "
            f"personavlog resume {run}"
        ) from error


@machine_errors()
def measure_clips(
    place: Path,
    target: Path,
    *,
    names: tuple[str, ...] = ("raft",),
    weights_files: Mapping[str, Path] | None = None,
    compat: bool = False,
    device: str = "cpu",
    on_row: Callable[[Row], None] = lambda row: None,
) -> Sequence[Row]:
    """Measure a clip or a folder of clips with the published measures' networks; ``target`` gets one line of JSON per
    clip, and clips that it already holds are skipped; the rows are read from it when they are asked for.

    ``names`` are networks of ``published.loading.PARTS``; ``compat`` repeats VBench's quirks. Raises
    ``MissingExtraError`` without the extra ``[metrics]``.
    """
    require()
    from personavlog.metrics.published import folder, loading

    return folder.measure_all(
        place, loading.networks(names, weights_files, device), target, compat=compat, on_row=on_row
    )
