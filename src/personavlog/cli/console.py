"""What the command line prints, and how errors end it: a sentence and an exit status, never a traceback."""

from __future__ import annotations

import io
import re
import shlex
import sys
import tempfile
import traceback
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.markup import escape

from personavlog.cli.streams import LastingStream
from personavlog.errors import (
    BackboneError,
    BriefError,
    Cancelled,
    ConfigurationError,
    CostLimitError,
    MachineError,
    MediaError,
    PersonaVlogError,
    RunError,
    ShotsFailedError,
    WeightsError,
)
from personavlog.redaction import without_keys
from personavlog.runs import RUNS
from personavlog.runs.machine import machine_errors

if TYPE_CHECKING:
    from personavlog.notes import Note


class PlainConsole(Console):
    """Prints text without control characters: what a server said or a file holds must not steer a terminal."""

    def print(self, *objects: Any, **options: Any) -> None:
        """As rich prints; only texts are changed."""
        super().print(*(steerless(one) if isinstance(one, str) else one for one in objects), **options)


def steerless(text: str) -> str:
    """Without control characters and overrides of the direction; what joins letters and emoji stays."""
    return "".join(one for one in text if one in "\n\t" or not (unicodedata.category(one) == "Cc" or one in _TURNS))


_TURNS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

out = PlainConsole(highlight=False, soft_wrap=True)
err = PlainConsole(stderr=True, highlight=False, soft_wrap=True)

TABLE_WIDTH = 100

_runs_folder: ContextVar[Path] = ContextVar("runs", default=RUNS)
_OF_A_RUN = re.compile(r"personavlog (?:resume|redo|edit|show|check-judge|use|unuse|undo|delete|cost)(?: [\w-]+)*")
"""The commands that look for a run, with what follows them."""

EXIT_STOPS = 1
"""``doctor`` found something that would stop a film."""
EXIT_CALLER, EXIT_MACHINE, EXIT_PROVIDER, EXIT_DEFECT, EXIT_INTERRUPTED = 2, 3, 4, 70, 130
_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (Cancelled, EXIT_INTERRUPTED),
    (BriefError, EXIT_CALLER),
    (ConfigurationError, EXIT_CALLER),
    (CostLimitError, EXIT_CALLER),
    (MediaError, EXIT_CALLER),
    (RunError, EXIT_CALLER),
    (MachineError, EXIT_MACHINE),
    (WeightsError, EXIT_MACHINE),
    (BackboneError, EXIT_PROVIDER),
    (ShotsFailedError, EXIT_PROVIDER),
)


def say(text: str) -> None:
    """Print one plain sentence; the text is never read as markup."""
    out.print(escape(advised(text)))


def remember_runs(folder: Path) -> Path:
    """Let every command that is named from now on carry the runs folder, where it is not the usual one."""
    _runs_folder.set(folder)
    return folder


def advised(text: str) -> str:
    """A sentence whose commands find the run that it speaks of: with ``--runs`` where that is needed."""
    folder = _runs_folder.get()
    if folder == RUNS or "--runs" in text:
        return text
    return _OF_A_RUN.sub(lambda command: f"{command[0]} --runs {shlex.quote(str(folder))}", text)


def say_table(columns: Mapping[str, int | None], rows: Iterable[Sequence[str]]) -> None:
    """Print rows of plain text, each on one line of at most 100 characters; ``columns`` are titles with their widest,
    or None for as wide as its cells.

    The last column is cropped to what is left.
    """
    lines = list(rows)
    widths = [
        min(max(cell_len(text) for text in (title, *(line[number] for line in lines))), widest or TABLE_WIDTH)
        for number, (title, widest) in enumerate(columns.items())
    ]
    widths[-1] = min(widths[-1], max(8, TABLE_WIDTH - sum(widths[:-1]) - 2 * len(widths[:-1])))
    out.print(_line(list(columns), widths), style="bold", markup=False)
    for line in lines:
        out.print(_line(line, widths), markup=False)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(_fitted(text, width) for text, width in zip(cells, widths, strict=True)).rstrip()


def _fitted(text: str, width: int) -> str:
    return set_cell_size(text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…", width)


def forgiving_streams() -> None:
    """Let a terminal that cannot show a character get a stand-in for it, since text of users may hold anything, and a
    reader that goes away cost nothing but what it does not read."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.stdout, sys.stderr = LastingStream(sys.stdout), LastingStream(sys.stderr)


def warn(text: str) -> None:
    """Print one sentence that the user should not miss."""
    err.print(f"[yellow]Note:[/] {escape(advised(text))}")


def tell(notes: Sequence[Note], said: Sequence[Note] = ()) -> None:
    """Print a making's notes by rank, but for those that the run's making before ``said``."""
    from personavlog.notes import ranked

    for note in ranked(notes):
        if note not in ranked(said):
            warn(note.sentence)


@contextmanager
def errors_in_words(again: str = "personavlog resume last") -> Iterator[None]:
    """Turn every error into a sentence on standard error and an exit status; ``again`` is what goes on after a stop."""
    try:
        with machine_errors():
            yield
    except (PersonaVlogError, Cancelled) as error:
        err.print(f"[red]{_title(error)}:[/] {escape(advised(str(error)))}")
        raise typer.Exit(status(error)) from error
    except KeyboardInterrupt as stop:
        err.print(escape(advised(f"Stopped. Everything finished is kept; go on with: {again}")))
        raise typer.Exit(EXIT_INTERRUPTED) from stop
    except (typer.Exit, typer.Abort):
        raise
    except Exception as error:
        again = advised(f"Nothing finished is lost; try again with: {again}")
        err.print(f"[red]This is a defect in personavlog[/] ({escape(type(error).__name__)}). {escape(again)}")
        err.print(f"The details are in {escape(_keep_traceback())}; please report them.")
        raise typer.Exit(EXIT_DEFECT) from error


def status(error: PersonaVlogError | Cancelled) -> int:
    """The exit status of an error: 2 the caller, 3 the machine or network, 4 a provider, 130 stopped. Where shots
    failed it is that of who must act first: the caller, else the machine."""
    if isinstance(error, ShotsFailedError):
        return min(map(status, error.shots.values()), default=EXIT_PROVIDER)
    return next((code for kind, code in _STATUS if isinstance(error, kind)), EXIT_MACHINE)


def _title(error: PersonaVlogError | Cancelled) -> str:
    return {
        EXIT_CALLER: "Please change this",
        EXIT_MACHINE: "The machine is in the way",
        EXIT_PROVIDER: "A model did not deliver",
    }.get(status(error), "Stopped")


def _keep_traceback() -> str:
    """Where the traceback was written, or that it could not be."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="personavlog-defect-", suffix=".txt", delete=False, encoding="utf-8", errors="replace"
        ) as file:
            file.write(without_keys(traceback.format_exc()))
    except OSError as error:
        return f"no file, since none can be written ({error.strerror})"
    return file.name
