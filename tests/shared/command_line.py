"""The command line called as a user would, with a runs folder of its own."""

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
ASKED = {"photo": str(PORTRAIT), "theme": "a day in Lisbon", "style": "anime"}


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class CommandLine:
    """Commands that make runs in ``runs`` with this profile and writer."""

    runs: Path
    profile: str
    writer: str

    def call(self, *arguments: str) -> Ended:
        """Run a command; a traceback is never an answer."""
        done = CliRunner().invoke(app, list(arguments))
        assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
        assert "Traceback" not in done.output
        return Ended(done.exit_code, done.stdout, " ".join(done.stderr.split()))

    def make(self, consent: bool = True, /, **options: str) -> Ended:
        """``personavlog make`` with sensible options, but for the given ones."""
        asked = {"runs": str(self.runs), **ASKED, "profile": self.profile, "writer": self.writer, **options}
        flags = ["--offline", "--i-may-use-this-likeness"] if consent else ["--offline"]
        named = [f"--{name.replace('_', '-')}={value}" for name, value in asked.items()]
        return self.call("make", *flags, *named)

    def begun(self) -> list[str]:
        """The runs that there are."""
        return sorted(path.name for path in self.runs.iterdir()) if self.runs.is_dir() else []
