"""What the command line prints, and how errors end it: a sentence and an exit status, never a traceback."""

from __future__ import annotations

import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape

from personavlog.errors import BackboneError, BriefError, Cancelled, ConfigurationError, MachineError, MediaError, PersonaVlogError, RunError, WeightsError

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

EXIT_CALLER, EXIT_MACHINE, EXIT_PROVIDER, EXIT_DEFECT, EXIT_INTERRUPTED = 2, 3, 4, 70, 130
_STATUS: tuple[tuple[type[PersonaVlogError], int], ...] = (
    (Cancelled, EXIT_INTERRUPTED),
    (BriefError, EXIT_CALLER),
    (ConfigurationError, EXIT_CALLER),
    (MediaError, EXIT_CALLER),
    (RunError, EXIT_CALLER),
    (MachineError, EXIT_MACHINE),
    (WeightsError, EXIT_MACHINE),
    (BackboneError, EXIT_PROVIDER),
)


def say(text: str) -> None:
    """Print one plain sentence; the text is never read as markup."""
    out.print(escape(text))


def warn(text: str) -> None:
    """Print one sentence that the user should not miss."""
    err.print(f"[yellow]Note:[/] {escape(text)}")


@contextmanager
def spoken_errors() -> Iterator[None]:
    """Turn every error into a sentence on standard error and an exit status."""
    try:
        yield
    except PersonaVlogError as error:
        err.print(f"[red]{_title(error)}:[/] {escape(str(error))}")
        raise typer.Exit(status(error)) from error
    except KeyboardInterrupt as stop:
        err.print("Stopped. Everything finished is kept; go on with: personavlog resume last")
        raise typer.Exit(EXIT_INTERRUPTED) from stop
    except (typer.Exit, typer.Abort):
        raise
    except Exception as error:
        err.print(f"[red]This is a defect in personavlog[/] ({escape(type(error).__name__)}). Nothing finished is lost; 'personavlog resume last' tries again.")
        err.print(f"The details are in {escape(str(_keep_traceback()))}; please report them.")
        raise typer.Exit(EXIT_DEFECT) from error


def status(error: PersonaVlogError) -> int:
    """The exit status of an error: 2 the caller, 3 the machine or network, 4 a provider, 130 stopped."""
    return next((code for kind, code in _STATUS if isinstance(error, kind)), EXIT_MACHINE)


def _title(error: PersonaVlogError) -> str:
    return {EXIT_CALLER: "Please change this", EXIT_MACHINE: "The machine is in the way", EXIT_PROVIDER: "A model did not deliver"}.get(
        status(error), "Stopped"
    )


def _keep_traceback() -> Path:
    with tempfile.NamedTemporaryFile("w", prefix="personavlog-defect-", suffix=".txt", delete=False, encoding="utf-8") as file:
        traceback.print_exception(*sys.exc_info(), file=file)
    return Path(file.name)
