"""``personavlog bench inputs`` and ``import``: other methods take part (docs/benchmark-methods.md)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from personavlog.cli.console import errors_in_words, say, warn
from personavlog.cli.outputs_commands import DataOption
from personavlog.errors import ConfigurationError

if TYPE_CHECKING:
    from personavlog.benchmark.outputs import Outputs

VISTORY = "vistorybench"
MethodArgument = Annotated[
    str, typer.Argument(help="storydiffusion, instantcharacter, mm-storyagent, movieagent or vlogger.")
]
OursOption = Annotated[
    Path, typer.Option("--ours", help="A method's outputs of ours whose storyboards the other method gets.")
]


def inputs(
    method: MethodArgument,
    ours: OursOption,
    into: Annotated[Path, typer.Option("--into", help="The folder to write to; a folder in it for each vlog.")],
    data: DataOption = None,
) -> None:
    """Write the input of another method, made from our storyboards."""
    from personavlog.benchmark.dataset import load
    from personavlog.benchmark.methods import write_inputs
    from personavlog.benchmark.reading import read_outputs

    with errors_in_words("the same command"):
        words = {("female", False): "woman", ("female", True): "girl", ("male", False): "man", ("male", True): "boy"}
        kinds = {name: words[one.group, one.child] for name, one in load(tuple(data or ())).people.items()}
        read = read_outputs(ours)
        _tell_problems(read)
        written = write_inputs(method, read, into, kinds)
        say(f"{len(written)} inputs in {into}. How to run {method}: docs/benchmark-methods.md")


def take_over(
    method: Annotated[str, typer.Argument(help=f"A method as for bench inputs, or {VISTORY}.")],
    source: Annotated[Path, typer.Argument(help="Its outputs: a folder for each vlog, or a run of ViStoryBench.")],
    into: Annotated[Path, typer.Option("--into", help="The method's new outputs folder.")],
    ours: Annotated[Path | None, typer.Option("--ours", help="The outputs of ours that its inputs were of.")] = None,
    stories: Annotated[
        Path | None, typer.Option("--stories", help=f"{VISTORY}: its folder of stories; then --name too.")
    ] = None,
    name: Annotated[str | None, typer.Option(help=f"{VISTORY}: what the method is called here.")] = None,
) -> None:
    """Copy what another method made into our layout."""
    from personavlog.benchmark.methods import import_outputs, import_vistory
    from personavlog.benchmark.reading import read_outputs

    with errors_in_words("the same command"):
        if method == VISTORY:
            if stories is None or name is None:
                raise ConfigurationError(f"For {VISTORY} give --stories FOLDER and --name NAME.")
            _tell(import_vistory(source, stories, into, name=name))
        elif ours is None:
            raise ConfigurationError("Say with --ours which outputs of ours its inputs were made of.")
        else:
            _tell(import_outputs(method, source, read_outputs(ours), into))


def _tell(taken: Outputs) -> None:
    _tell_problems(taken)
    say(f"{len(taken.vlogs)} vlogs of {taken.method.title} in {taken.folder}.")


def _tell_problems(outputs: Outputs) -> None:
    for problem in outputs.problems:
        warn(f"{problem.file}: {problem.text}")
