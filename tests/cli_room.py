"""A place to call the command line from: its own store and runs folder, and a guard that no film is made by
accident."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pytest
from typer.testing import CliRunner

from personavlog.cli.main import app

needs_devices = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no devices among its files.")
PORTRAIT = Path(str(files("personavlog.example") / "portrait.png"))
ASKED = {"--photo": str(PORTRAIT), "--theme": "a day in Lisbon", "--style": "anime", "--writer": "embedded:planner"}


@dataclass(frozen=True)
class Said:
    """How a command ended."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Room:
    """Where the commands of one test live."""

    runs: Path

    def call(self, *arguments: str) -> Said:
        """Run a command as a user would; a traceback is never an answer."""
        done = CliRunner().invoke(app, list(arguments))
        assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
        assert "Traceback" not in done.output
        return Said(done.exit_code, done.stdout, " ".join(done.stderr.split()))

    def make(self, consent: bool = True, **options: str) -> Said:
        """``personavlog make`` with sensible options, but for the given ones."""
        asked = {**ASKED, **{f"--{name.replace('_', '-')}": value for name, value in options.items()}}
        flags = ["--offline", "--i-may-use-this-likeness"] if consent else ["--offline"]
        return self.call(
            "make", "--runs", str(self.runs), *flags, *(f"{name}={value}" for name, value in asked.items())
        )

    def begun(self) -> list[str]:
        """The runs that there are."""
        return sorted(path.name for path in self.runs.iterdir()) if self.runs.is_dir() else []
