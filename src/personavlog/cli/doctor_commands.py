"""``personavlog doctor``: whether a profile could make a film here now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from personavlog import api, profiles
from personavlog.cli.console import EXIT_STOPS, errors_in_words, out, say
from personavlog.cli.options import OfflineOption

if TYPE_CHECKING:
    from personavlog.doctor.report import Check, Report

_STYLES = {"fine": "green", "note": "yellow", "stop": "red"}


def doctor(
    profile: Annotated[
        str, typer.Option(help="A shipped profile or the path of your own .toml file.")
    ] = profiles.DEFAULT,
    as_json: Annotated[bool, typer.Option("--json", help="The same as JSON.")] = False,
    offline: OfflineOption = False,
) -> None:
    """Look whether a film could be made now: packages, keys, servers, model files, disk, GPU, licences, ends of models.

    Nothing is paid for. Exit status 0: nothing would stop a film; 1: something would; 2: the profile does not load.
    """
    with errors_in_words():
        report = api.examine(profile, offline=offline)
        if as_json:
            out.print(report.model_dump_json(indent=1), markup=False)
        else:
            (_tell_table if out.is_terminal else _tell_plain)(report)
        if report.stops:
            raise typer.Exit(EXIT_STOPS)


def _tell_plain(report: Report) -> None:
    """A line each, cut nowhere, for files and pipes."""
    for check in report.checks:
        mend = f"  [{check.mend}]" if check.mend else ""
        say(f"{check.state.value}  {check.topic.value}  {check.name}: {check.text}{mend}")
    _tell_end(report)


def _tell_table(report: Report) -> None:
    from rich.table import Table
    from rich.text import Text

    from personavlog.cli.console import steerless

    def cell(text: str, style: str = "") -> Text:
        return Text(steerless(text), style=style, overflow="fold")

    table = Table(title=f"Profile {steerless(report.profile)}", title_justify="left", show_lines=False)
    for title in ("", "Of", "What", "Found", "Do this"):
        table.add_column(title, overflow="fold")
    for check in report.checks:
        state = check.state.value
        row = (check.topic.value, check.name, check.text, check.mend)
        table.add_row(cell(state, _STYLES[state]), *map(cell, row))
    out.print(table)
    _tell_end(report)


def _tell_end(report: Report) -> None:
    if report.offline:
        say("No server was asked.")
    for fit in report.fits:
        say(f"The profile {fit.profile!r} {f'lacks: {_some(fit.lacks)}' if fit.lacks else 'fits this machine'}")
    stops: tuple[Check, ...] = report.stops
    if stops:
        say(f"{len(stops)} thing{'s' if len(stops) > 1 else ''} would stop a film of {report.profile!r}.")
    else:
        say(f"Nothing that was looked at would stop a film of {report.profile!r}.")


def _some(lacks: tuple[str, ...], most: int = 3) -> str:
    more = f"; and {len(lacks) - most} more" if len(lacks) > most else ""
    return "; ".join(lacks[:most]) + more
