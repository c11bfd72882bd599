"""``personavlog bench``: the benchmark ThemeVlogEval; here ``bench run``, which makes its vlogs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from personavlog import api, profiles
from personavlog.cli import methods_commands, outputs_commands, tables_commands, weights_commands
from personavlog.cli.console import errors_in_words, say, status, warn
from personavlog.cli.options import MaxCostOption, OfflineOption, UnknownPricesOption, cap, set_offline
from personavlog.errors import PersonaVlogError

if TYPE_CHECKING:
    from personavlog.benchmark.running import VlogEvent

app = typer.Typer(no_args_is_help=True, help="The benchmark ThemeVlogEval: make, measure and compare vlogs.")
IntoOption = Annotated[Path, typer.Option("--into", help="The outputs folder; a folder in it for each method.")]
DataOption = Annotated[
    list[Path] | None, typer.Option("--data", help="A TOML file with people, styles, themes and splits of your own.")
]


@app.command()
def run(
    into: IntoOption,
    split: Annotated[str, typer.Option(help="Which part of the data: mini, full, or one of your own.")] = "mini",
    method: Annotated[
        str | None,
        typer.Option(help="Methods of ours, with commas: ours, ours-single, ours-agents, ours-frm-i, ours-frm-v."),
    ] = None,
    profile: Annotated[
        str, typer.Option(help="A shipped profile or the path of your own .toml file.")
    ] = profiles.DEFAULT,
    data: DataOption = None,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="How many vlogs are made at once.")] = 1,
    length: Annotated[float, typer.Option(help="Length of a vlog in seconds, 6 to 180.")] = 30.0,
    shots: Annotated[int | None, typer.Option(help="Number of shots; otherwise chosen from the length.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Another seed, other vlogs.")] = 0,
    runs: Annotated[Path | None, typer.Option("--runs", help="The folder of the runs, otherwise INTO/runs.")] = None,
    i_may_use_these_likenesses: Annotated[
        bool,
        typer.Option(
            "--i-may-use-these-likenesses", help="You state that you may use the people whom your --data adds."
        ),
    ] = False,
    max_cost: MaxCostOption = None,
    allow_unknown_prices: UnknownPricesOption = False,
    offline: OfflineOption = False,
) -> None:
    """Make the benchmark's vlogs by our own methods; those that exist are not made again."""
    with errors_in_words("the same command"):
        set_offline(offline)
        asked = {} if method is None else {"methods": tuple(filter(None, map(str.strip, method.split(","))))}
        bench = api.Bench(
            api.BenchOptions(
                into=into,
                split=split,
                profile=profile,
                data=tuple(data or ()),
                runs=runs,
                length=length,
                shots=shots,
                seed=seed,
                i_may_use_these_likenesses=i_may_use_these_likenesses,
                **asked,
            )
        )
        missing, count = len(bench.missing), len(bench.vlogs)
        say(f"{count} vlogs by {', '.join(bench.methods)}; {count - missing} are there already.")
        if missing:
            say(f"To make: {missing}, one by one: {bench.estimate().line}. What methods share is made and paid once.")
            weights_commands.fetch_shown(bench.profile.weights)
        failed = _made(bench, jobs, cap(max_cost, allow_unknown_prices))
        _tell_end(bench, failed)
    if failed:
        raise typer.Exit(_status(failed))


def _made(bench: api.Bench, jobs: int, limit: api.Cap) -> tuple[VlogEvent, ...]:
    count, done = len(bench.missing), 0

    def tell(event: VlogEvent) -> None:
        nonlocal done
        if event.what == "begun":
            say(f"{event.vlog.name}: run {event.run}")
            return
        done += 1
        if event.error is None:
            say(f"{done}/{count}  {event.vlog.name}: made in {event.seconds:.0f} s")
        else:
            warn(f"{done}/{count}  {event.vlog.name} failed after {event.seconds:.0f} s: {event.error}")

    return bench.make(jobs=jobs, cap=limit, on_event=tell)


def _tell_end(bench: api.Bench, failed: tuple[VlogEvent, ...]) -> None:
    """What is there, what failed, and how to go on; raises what was a defect of ours."""
    into = bench.options.into
    left = sum(not bench.is_exported(one) for one in bench.vlogs)
    say(f"{len(bench.vlogs) - left} of {len(bench.vlogs)} vlogs are in {str(into)!r}.")
    if not failed:
        say(f"Next: personavlog bench score {into}")
        return
    names = ", ".join(one.vlog.name for one in failed)
    warn(
        f"{len(failed)} failed: {names}. Do what their errors ask for, then run the same command again; what is "
        "finished is kept."
    )
    if others := left - len(failed):
        warn(f"{others} were not begun, because they would have failed for the same reason.")
    for one in failed:
        if one.error is not None and not isinstance(one.error, PersonaVlogError):
            raise one.error


def _status(failed: tuple[VlogEvent, ...]) -> int:
    return min(status(one.error) for one in failed if isinstance(one.error, PersonaVlogError))


app.command()(outputs_commands.score)
app.command()(outputs_commands.judge)
app.command()(tables_commands.table)
app.command()(tables_commands.plot)
app.command()(tables_commands.page)
app.command()(outputs_commands.validate)
app.command()(tables_commands.schema)
app.command(name="check-judge")(outputs_commands.check_judge)
app.command()(methods_commands.inputs)
app.command(name="import")(methods_commands.take_over)
