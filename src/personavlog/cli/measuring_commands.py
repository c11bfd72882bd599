"""The commands that measure instead of making: ``check-judge`` and ``measure``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from personavlog import api
from personavlog.cli.console import errors_in_words, remember_runs, say, say_table, warn
from personavlog.cli.options import set_offline
from personavlog.errors import ConfigurationError

if TYPE_CHECKING:
    from personavlog.judge.table import Report
    from personavlog.judge.table import TableRow as Tried
    from personavlog.judge.verdict import Verdict
    from personavlog.metrics.published.folder import Row
    from personavlog.metrics.published.summary import Mean

NAMED = 5
"""So many files that were not looked at are named; the others are counted."""


def check_judge(
    run: Annotated[str, typer.Argument(help='A finished run: its id, the beginning of it, or "last".')] = "last",
    stranger: Annotated[
        Path | None,
        typer.Option(help="A photo of somebody else, for the defects 'wrong person' and 'identity switch'."),
    ] = None,
    loop: Annotated[
        bool, typer.Option("--loop/--no-loop", help="Also run the feedback loop on every defect that was found.")
    ] = True,
    seed: Annotated[int, typer.Option(help="Another seed plants other defects.")] = 0,
    runs: Annotated[
        Path, typer.Option("--runs", callback=remember_runs, help="The folder that holds the runs.")
    ] = api.RUNS,
    offline: Annotated[bool, typer.Option("--offline", help="Never fetch anything.")] = False,
) -> None:
    """Plant known defects in a run's keyframes and clips and see whether the profile's quality agents find them."""
    with errors_in_words():
        set_offline(offline)
        if stranger is None:
            warn("Without --stranger PHOTO the defects 'wrong person' and 'identity switch' are not tried.")
        checked = api.check_judge(run, stranger=stranger, loop=loop, seed=seed, runs=runs, on_verdict=_tell_verdict)
        _print(checked.report)
        say(f"Every trial: {checked.file}")


def measure(
    place: Annotated[Path, typer.Argument(help="A clip, or a folder of clips.")],
    out_file: Annotated[
        Path,
        typer.Option(
            "--out", help="Results, one line of JSON per clip; clips that it holds already are not measured again."
        ),
    ] = Path("measures.jsonl"),
    only: Annotated[
        str, typer.Option(help="Networks to use, with commas: dino, clip-b, clip-l, musiq, raft, amt.")
    ] = "raft",
    weights_files: Annotated[
        list[str] | None, typer.Option("--weights", help="NAME=FILE: a network's weights file, instead of the cache's.")
    ] = None,
    compat: Annotated[
        bool, typer.Option("--compat-vbench", help="Repeat VBench's own quirks where they change a number.")
    ] = False,
    device: Annotated[str, typer.Option(help="cpu, cuda, cuda:1, ...")] = "cpu",
    offline: Annotated[bool, typer.Option("--offline", help="Never fetch anything.")] = False,
) -> None:
    """Measure clips with the networks of the published measures (VBench's dimensions)."""
    with errors_in_words():
        set_offline(offline)
        names = tuple(name.strip() for name in only.split(",") if name.strip())
        rows = api.measure_clips(
            place,
            out_file,
            names=names,
            weights_files=named_files(weights_files or []),
            compat=compat,
            device=device,
            on_row=_tell_row,
        )
        found = _means(rows)
        say_table(
            {"Measure": None, "Mean of clips": 13, "Mean of frames": 14, "Clips": 6, "Without": 7}, map(_cells, found)
        )
        for one in found:
            if one.missing:
                warn(
                    f"{one.name} has no number for {one.missing} clips: {'; '.join(one.reasons) or 'no reason given'}."
                )
        skipped = [row.error for row in rows if row.error]
        for error in skipped:
            warn(f"Passed over: {error}")
        if others := _passed_by(place, out_file):
            more = f" and {len(others) - NAMED} more" if len(others) > NAMED else ""
            named = ", ".join(name if name.isprintable() else repr(name) for name in others[:NAMED])
            warn(f"Not looked at, because they are no clips by their names: {named}{more} ({len(others)} files).")
        say(f"{len(rows) - len(skipped)} clips measured, {len(skipped)} passed over. Every clip: {out_file}")


def named_files(options: list[str]) -> dict[str, Path]:
    """What ``--weights NAME=FILE`` names; raises ``ConfigurationError``."""
    pairs = [option.partition("=") for option in options]
    if wrong := [option for option, (name, _, file) in zip(options, pairs, strict=True) if not name or not file]:
        raise ConfigurationError(f"--weights takes NAME=FILE; received {wrong[0]!r}.")
    return {name: Path(file) for name, _, file in pairs}


def _tell_row(row: Row) -> None:
    name = row.file if row.file.isprintable() else repr(row.file)
    say(f"{name}: {row.error or ', '.join(f'{one.definition.name} {_number(one.value)}' for one in row.measures)}")


def _means(rows: Iterable[Row]) -> tuple[Mean, ...]:
    from personavlog.metrics.published.summary import means

    return means(one for row in rows for one in row.measures)


def _passed_by(place: Path, target: Path) -> list[str]:
    from personavlog.metrics.published.folder import passed_by

    return passed_by(place, target)


def _cells(one: Mean) -> tuple[str, ...]:
    return one.name, _number(one.video_weighted), _number(one.frame_weighted), str(one.clips), str(one.missing)


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:.4f}"


def _tell_verdict(verdict: Verdict, number: int, count: int) -> None:
    said = ("found" if verdict.found else "nothing found") if verdict.fits else "cannot be planted here"
    ends = "".join(f", {rule}: {ending}" for rule, ending in verdict.endings.items())
    say(f"{number}/{count}  {verdict.what} {verdict.shot + 1}, {verdict.defect or 'untouched'}: {said}{ends}")


def _print(report: Report) -> None:
    rows = [*report.rows, report.all, *report.alarms]
    columns = {
        "What": None,
        "Planted": None,
        "Found (95 %)": None,
        "Kind named": None,
        "measured +/=/-": None,
        "paper +/=/-": None,
    }
    say_table(
        columns,
        [
            (
                row.what,
                _planted(row),
                row.found.text,
                row.named.text if _planted(row) else "",
                row.measured.text,
                row.paper.text,
            )
            for row in rows
        ],
    )
    say(
        "Found: trials in which the agent said that something is wrong, with Wilson's interval; in untouched "
        "ones these are false alarms."
    )
    say(
        "+/=/-: how often the feedback loop ended better, equal or worse by that rule, measured by what it "
        "does not use."
    )


def _planted(row: Tried) -> str:
    return row.defect or ("every defect" if row.what == "all" else "nothing")
