"""The command line on the shipped profile, offline, with a home of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shared.command_line import CommandLine


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    monkeypatch.setenv("PERSONAVLOG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PERSONAVLOG_OFFLINE", "1")
    return CommandLine(tmp_path / "runs", profile="embedded", writer="embedded:planner")
