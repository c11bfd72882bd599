"""``personavlog show``, ``report``, ``runs``, ``cost``, ``styles`` and ``voices``: what there is."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from personavlog import api
from personavlog.cli.console import errors_in_words, out, say, say_table, warn
from personavlog.cli.options import RunArgument, RunsOption, where
from personavlog.cli.planning_commands import span
from personavlog.steps import StepName

if TYPE_CHECKING:
    from personavlog.runs.ledger import Entry


def show(run: RunArgument = "last", runs: RunsOption = api.RUNS) -> None:
    """Show a run: its script, where each shot stands, what was changed and what making it again takes."""
    with errors_in_words():
        view = api.view(run, runs=runs)
        out.print(f"[bold]{escape(view.title)}[/]")
        say(f"{view.folder.run}  {view.outcome}{', the script is your own' if view.own_script else ''}")
        if view.message:
            warn(view.message)
        say_table({"Shot": None, "Place": 20, "Line": 32, "Keyframe": None, "Clip": None, "Voice": None}, view.rows)
        if view.folder.film.is_file():
            say(f"{view.folder.film}")
            say(f"{view.folder.report}")
        for line in view.stale:
            warn(line)
        if view.stale or view.outcome not in ("finished", "being made"):
            say(f"Go on with: personavlog resume {view.folder.run}{where(runs)}")


def report(
    run: RunArgument,
    to: Annotated[Path, typer.Option("--to", help="A folder that is empty or not there yet.")],
    runs: RunsOption = api.RUNS,
) -> None:
    """Copy a run's report with the film and clips that it plays into a folder that any web host can serve."""
    with errors_in_words():
        page = api.export_report(run, to, runs=runs)
        say(f"{page}")
        say("Whoever opens it sees the photo that the film was made from.")


def list_runs(runs: RunsOption = api.RUNS) -> None:
    """List the runs of a folder."""
    with errors_in_words():
        rows = api.summaries(runs)
        if not rows:
            say(f"There is no run in {str(runs)!r}. Make one with: personavlog make")
            return
        say_table({"Run": None, "Outcome": 14, "Title": None}, rows)


def cost(run: RunArgument = "last", runs: RunsOption = api.RUNS) -> None:
    """Show what a run has cost: every call that was paid, failed, was interrupted or has no known price."""
    with errors_in_words():
        entries, totals = api.costs(run, runs=runs)
        if not entries:
            say("Nothing was asked of a backbone yet.")
            return
        say_table({"Step": 30, "Backbone": 16, "Outcome": None, "Cost": None, "Remark": None}, map(_call, entries))
        out.print()
        say_table({"For": None, "Calls": None, "Cost": None}, _sums(entries))
        _tell_estimate(run, runs)
        reserved = f"; ${totals.reserved:.2f} are set aside for those" if totals.reserved else ""
        say(f"In all: {totals.text}, {totals.calls} calls, {totals.failed} failed{reserved}")


def _tell_estimate(run: str, runs: Path) -> None:
    """The estimate that the run was begun with, against what was booked."""
    from personavlog.estimate.numbers import money_words

    estimate, rows = api.estimated(run, runs=runs)
    if estimate is None:
        return
    out.print()
    say_table(
        {"Stage": None, "Estimated": 30, "Calls": 12, "Booked": None, "Cost": None, "": None},
        [
            (
                row.stage.value,
                money_words(row.estimated.money) if row.estimated else "",
                span(row.estimated.calls) if row.estimated else "",
                str(row.calls),
                f"${row.paid:.2f}{f' and {row.unknown} unknown' if row.unknown else ''}",
                row.verdict,
            )
            for row in rows
        ],
    )
    say(f"Estimated for the whole film: {money_words(estimate.money, estimate.without_price)}")


def _call(entry: Entry) -> tuple[str, ...]:
    return entry.step, entry.provider, entry.outcome, _money(entry.money), entry.message or entry.model


def _sums(entries: tuple[Entry, ...]) -> list[tuple[str, ...]]:
    """One row for each kind of work."""
    kinds: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        name = StepName.parse(entry.step)
        kinds[name.section.value if name else "Other"].append(entry)
    return [(kind, str(len(calls)), _sum(calls)) for kind, calls in kinds.items()]


def _sum(calls: list[Entry]) -> str:
    unknown = sum(call.money is None for call in calls)
    known = sum(call.money for call in calls if call.money is not None)
    return f"${known:.2f}{f' and {unknown} unknown' if unknown else ''}"


def _money(money: float | None) -> str:
    return "unknown" if money is None else f"${money:.4f}"


def styles() -> None:
    """List the styles that the default profile knows by name."""
    with errors_in_words():
        say_table({"Style": None, "What it looks like": None}, list(api.styles().items()))


def voices() -> None:
    """List the voices that the default profile speaks with, and what is to be known of each language."""
    with errors_in_words():
        known = api.speaking()
        for language in sorted(set(known.voices.values())):
            names = "  ".join(name for name, its in known.voices.items() if its == language)
            say(f"{language}: {names}")
            extra = f"pip install 'personavlog[{known.absent[language]}]'" if language in known.absent else ""
            lacks = "; ".join(filter(None, (f"needs {extra}" if extra else "", known.notes.get(language, ""))))
            if lacks:
                say(f"    {lacks}")
