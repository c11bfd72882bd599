"""Options and arguments that several commands share."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from personavlog import api
from personavlog.cli.console import remember_runs
from personavlog.system import quoted

CommandT = TypeVar("CommandT", bound=Callable[..., None])

RunsOption = Annotated[Path, typer.Option("--runs", callback=remember_runs, help="The folder that holds the runs.")]
RunArgument = Annotated[str, typer.Argument(help='A run: its id, the beginning of it, or "last".')]
RunOption = Annotated[str, typer.Option("--run", help='A run: its id, the beginning of it, or "last".')]
OfflineOption = Annotated[bool, typer.Option("--offline", help="Never fetch anything.")]
MaxCostOption = Annotated[
    float | None,
    typer.Option(
        "--max-cost", min=0, help="US dollars that the run may cost in all; nothing is sent that may exceed it."
    ),
]
UnknownPricesOption = Annotated[
    bool, typer.Option("--allow-unknown-prices", help="Under --max-cost, send also calls whose price is unknown.")
]


def cap(most: float | None, unknown: bool) -> api.Cap:
    """What ``--max-cost`` and ``--allow-unknown-prices`` ask for."""
    return api.Cap(most, unknown)


def set_offline(offline: bool) -> None:
    """Follow ``--offline``; where it is not given the environment says it."""
    from personavlog import weights

    weights.set_offline(offline or weights.is_offline())


def where(runs: Path) -> str:
    """The option that a further command needs to find the run: with a space before it, or nothing."""
    return f" --runs {quoted(str(runs))}" if runs != api.RUNS else ""


def options_of(command: Callable[..., None], *, but: str) -> Callable[[CommandT], CommandT]:
    """Give a command that takes ``**options`` those of another one, all ``but`` one."""
    known = inspect.signature(command, eval_str=True).parameters
    options = [one for name, one in known.items() if name != but]

    def given(taker: CommandT) -> CommandT:
        taker.__signature__ = inspect.Signature(options)  # type: ignore[attr-defined]
        taker.__annotations__ = {one.name: one.annotation for one in options}
        return taker

    return given
