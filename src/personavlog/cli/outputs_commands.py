"""``personavlog bench score``, ``judge``, ``check-judge`` and ``validate``: what methods made; ``evaluate``: a film."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from personavlog import api
from personavlog.cli.console import EXIT_STOPS, errors_in_words, say, say_table, warn
from personavlog.cli.measuring_commands import named_files
from personavlog.cli.options import OfflineOption, RunArgument, RunsOption, set_offline

if TYPE_CHECKING:
    from personavlog.benchmark.judging.trials import Trial
    from personavlog.benchmark.outputs import Outputs, Problem
    from personavlog.benchmark.rows import Row

Folders = Annotated[
    list[Path], typer.Argument(help="A method's outputs, or a folder that holds those of several methods.")
]
DataOption = Annotated[list[Path] | None, typer.Option("--data", help="A TOML file of people of your own.")]
WeightsOption = Annotated[
    list[str] | None, typer.Option("--weights", help="NAME=FILE: a network's weights file, instead of the cache's.")
]
OnlyOption = Annotated[
    str | None, typer.Option(help="Measures or groups, with commas: pictures, clips, film, correction, cost, ...")
]
DeviceOption = Annotated[str, typer.Option(help="cpu, cuda, cuda:1, ...")]
JudgeOption = Annotated[
    list[str] | None,
    typer.Option("--judge", help="A chat model such as openai:gpt-4.1, or a judge's TOML file; again for more judges."),
]
RepeatsOption = Annotated[int, typer.Option(min=1, help="How often a judge is asked about each storyboard.")]

MOST_SHOWN = 20
"""So many problems of outputs are told; the others are counted."""


def score(
    outputs: Folders,
    only: OnlyOption = None,
    unit: Annotated[
        Literal["clip", "vlog", "both"],
        typer.Option(help="Whether VBench's dimensions are measured for each clip or each whole vlog."),
    ] = "clip",
    weights_files: WeightsOption = None,
    device: DeviceOption = "cpu",
    flow_side: Annotated[
        int | None,
        typer.Option(
            min=128, help="Reduce frames to this short side in px for our own measures by RAFT, not for VBench's."
        ),
    ] = None,
    data: DataOption = None,
    offline: OfflineOption = False,
) -> None:
    """Measure what methods made; what was measured before is not measured again."""
    with errors_in_words("the same command"):
        set_offline(offline)
        counted = _Counted()
        found = api.score_outputs(
            outputs,
            measures=names_in(only),
            unit=unit,
            weights_files=named_files(weights_files or []),
            device=device,
            flow_side=flow_side,
            data=tuple(data or ()),
            on_row=counted.row,
            on_problem=_warn_problem,
        )
        _tell_read(found)
        say(f"{counted.known} numbers, {counted.missing} missing. Next: personavlog bench table {_words(outputs)}")


def judge(
    outputs: Folders,
    judges: JudgeOption = None,
    repeats: RepeatsOption = 1,
    lines: Annotated[bool, typer.Option("--lines", help="Show judges the spoken lines too.")] = False,
) -> None:
    """Let chat models mark the storyboards (Eq. 13); every answer is kept and never asked again."""
    from personavlog.benchmark.judging.agreement import told

    with errors_in_words("the same command"):
        rows: list[Row] = []
        _tell_read(api.judge_outputs(outputs, judges or (), repeats=repeats, lines=lines, on_row=rows.append))
        if not judges:
            warn('No judge was named, so none was asked: tables say "no judge", or show the marks that there are. Name '
                 "one with --judge MODEL.")  # fmt: skip
            return
        known = sum(row.value is not None for row in rows)
        say("\n".join((f"{known} marks, {len(rows) - known} missing.", *told(rows))))


def check_judge(
    outputs: Folders,
    judges: JudgeOption = None,
    repeats: RepeatsOption = 1,
    most: Annotated[int | None, typer.Option(min=1, help="Only so many vlogs of each method.")] = None,
    seed: Annotated[int, typer.Option(help="Another seed worsens the storyboards in other places.")] = 0,
) -> None:
    """Make storyboards worse on purpose and see whether judges mark them lower."""
    from personavlog.benchmark.judging.trials import check_judges
    from personavlog.benchmark.reading import read_all

    def tell(trial: Trial) -> None:
        say(f"{trial.vlog}, {trial.way}: original {trial.named}{f' ({trial.why})' if trial.why else ''}")

    with errors_in_words("the same command"):
        for one in read_all(outputs):
            trials = check_judges(one, judges or (), repeats=repeats, seed=seed, most=most, on_trial=tell)
            say(f"{one.method.title}\n{trials.text}")


def validate(outputs: Folders) -> None:
    """Say what is wrong with outputs; exit status 1 where a vlog cannot be scored."""
    from personavlog.benchmark.reading import by_name, method_folders, validated

    with errors_in_words("the same command"):
        found = {place: validated(place) for folder in outputs for place in method_folders(folder)}
        for place, one in found.items():
            say("\n".join((str(place), *one.lines)))
        by_name(outputs)
    if not all(one.sound for one in found.values()):
        raise typer.Exit(EXIT_STOPS)


def evaluate(
    run: RunArgument = "last",
    judges: JudgeOption = None,
    repeats: RepeatsOption = 1,
    only: OnlyOption = None,
    weights_files: WeightsOption = None,
    device: DeviceOption = "cpu",
    runs: RunsOption = api.RUNS,
    offline: OfflineOption = False,
) -> None:
    """Print a finished film's numbers, as the benchmark takes them."""
    with errors_in_words("the same command"):
        set_offline(offline)
        found = api.evaluate_run(
            run,
            runs=runs,
            judges=judges or (),
            repeats=repeats,
            measures=names_in(only),
            weights_files=named_files(weights_files or []),
            device=device,
            on_problem=_warn_problem,
        )
        columns: dict[str, int | None] = {
            "Group": None,
            "Measure": None,
            "Value": None,
            "Of": None,
            "Why there is none": 48,
        }
        say_table(columns, map(_cells, found))


def _cells(one: api.MeasuredFilm) -> tuple[str, ...]:
    from personavlog.benchmark.tables.grid import heading, number

    value = "none" if one.value is None else number(one.value, one.definition)
    return one.definition.group, heading(one.definition), value, f"{one.known}/{one.units}", one.note


class _Counted:
    """How many rows have a number."""

    def __init__(self) -> None:
        self.known = self.missing = 0

    def row(self, row: Row) -> None:
        if row.value is None:
            self.missing += 1
        else:
            self.known += 1


def _tell_read(found: tuple[Outputs, ...]) -> None:
    for outputs in found:
        say(f"{outputs.method.title}: {len(outputs.vlogs)} vlog{'s' if len(outputs.vlogs) != 1 else ''}.")
        for problem in outputs.problems[:MOST_SHOWN]:
            _warn_problem(problem)
        if (more := len(outputs.problems) - MOST_SHOWN) > 0:
            warn(f"{more} more; all of them: personavlog bench validate {outputs.folder}")


def _warn_problem(problem: Problem) -> None:
    warn(f"{problem.file}: {problem.text}")


def names_in(only: str | None) -> tuple[str, ...]:
    """What an option lists with commas."""
    return tuple(filter(None, map(str.strip, (only or "").split(","))))


def _words(paths: list[Path]) -> str:
    return " ".join(map(str, paths))
