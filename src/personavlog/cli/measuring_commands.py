"""The commands that measure instead of making: ``check-judge`` and ``measure``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from personavlog import api, weights
from personavlog.cli.console import out, say, say_table, spoken_errors
from personavlog.judge.check import Report
from personavlog.judge.trial import Verdict

RUNS = Path("runs")


def check_judge(
    run: Annotated[str, typer.Argument(help='A finished run: its id, the beginning of it, or "last".')] = "last",
    stranger: Annotated[Path | None, typer.Option(help="A photo of somebody else, for the defects 'wrong person' and 'identity switch'.")] = None,
    loop: Annotated[bool, typer.Option("--loop/--no-loop", help="Also run the feedback loop on every defect that was found.")] = True,
    seed: Annotated[int, typer.Option(help="Another seed plants other defects.")] = 0,
    runs: Annotated[Path, typer.Option("--runs", help="The folder that holds the runs.")] = RUNS,
    offline: Annotated[bool, typer.Option("--offline", help="Never fetch anything.")] = False,
) -> None:
    """Plant known defects in a run's keyframes and clips and see whether the profile's quality agents find them."""
    with spoken_errors():
        weights.set_offline(offline or weights.is_offline())
        with out.status("Planting defects ...") as status:
            checked = api.check_judge(
                run, stranger=stranger, loop=loop, seed=seed, runs=runs, heard=lambda verdict, number, count: status.update(_line(verdict, number, count))
            )
        _print(checked.report)
        say(f"Every trial: {checked.file}")


def _line(verdict: Verdict, number: int, count: int) -> str:
    return f"{number}/{count}: {verdict.what}, {verdict.defect or 'untouched'}"


def _print(report: Report) -> None:
    rows = [(row.what, row.defect, row.found.text, row.named.text, f"{row.better}/{row.equal}/{row.worse}") for row in report.rows]
    alarms = [(what, "none (false alarms)", report.false_alarms(what).text, "", "") for what in ("keyframe", "clip")]
    say_table({"What": None, "Defect": None, "Found (95 %)": None, "Kind named": None, "Loop +/=/-": None}, [*rows, *alarms])
    say("Found: hits of trials with Wilson's interval. Loop: ended better, equal or worse by measures that it does not use.")
