"""``personavlog plan``: what a film will about cost and take, without making anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from personavlog import api, profiles
from personavlog.brief import Aspect
from personavlog.cli.console import errors_in_words, out, say, say_table

if TYPE_CHECKING:
    from personavlog.estimate.numbers import FilmEstimate

COLUMNS: dict[str, int | None] = {"For": None, "Backbone": 22, "Calls": None, "Money": 34, "Time": None}


def plan(
    profile: Annotated[
        str, typer.Option(help="A shipped profile or the path of your own .toml file.")
    ] = profiles.DEFAULT,
    writer: Annotated[str | None, typer.Option(help="Who writes, in place of the profile's.")] = None,
    length: Annotated[float, typer.Option(help="Wanted length in seconds, 6 to 180.")] = 30.0,
    shots: Annotated[int | None, typer.Option(help="Number of shots; otherwise chosen from the length.")] = None,
    aspect: Annotated[Aspect, typer.Option(help="The film's shape.")] = Aspect.WIDE,
    language: Annotated[str, typer.Option(help="Spoken language: en or zh.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="The same as JSON.")] = False,
) -> None:
    """Say what a film will about cost and take; nothing is made, nothing is sent, no photo or key is needed."""
    with errors_in_words():
        estimate = api.plan(
            profile=profile, writer=writer, length=length, shots=shots, aspect=aspect, language=language
        )
        if as_json:
            out.print(estimate.model_dump_json(indent=1), markup=False)
        else:
            tell_plan(estimate)


def tell_plan(estimate: FilmEstimate) -> None:
    """The table, where its prices are from, and what is not known."""
    from personavlog.estimate.numbers import money_words, time_words

    say(f"{estimate.length:g} s in {estimate.shots} shots with the profile {estimate.profile!r}")
    rows = [
        (one.stage.value, one.backbone, span(one.calls), money_words(one.money), time_words(one.seconds))
        for one in estimate.stages
    ]
    say_table(COLUMNS, rows)
    say(f"In all: {money_words(estimate.money, estimate.without_price)}; {time_words(estimate.wall)}")
    say("From: no corrections. To: every round, correction and rewrite that the profile allows.")
    for one in estimate.stages:
        for text in one.prices:
            say(f"Price of {one.stage}: {text}")
        for text in one.unknown:
            say(f"Not known for {one.stage}: {text}")


def span(calls: tuple[int, int]) -> str:
    """Such as "6 to 18"."""
    fewest, most = calls
    return f"{fewest}" if fewest == most else f"{fewest} to {most}"
