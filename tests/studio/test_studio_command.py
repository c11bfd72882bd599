"""``personavlog studio`` and ``serve`` say what keeps them from starting."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from tests.shared.command_line import CommandLine, Ended


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    monkeypatch.setenv("PERSONAVLOG_HOME", str(tmp_path / "home"))
    return CommandLine(tmp_path / "runs", profile="doubles", writer="fake:writer")


def called(cli: CommandLine, command: str, *options: str) -> Ended:
    return cli.call(command, *(["--no-browser"] if command == "studio" else []), *options)


@pytest.mark.parametrize("command", ["studio", "serve"])
@pytest.mark.parametrize("absent", ["fastapi", "uvicorn", "python_multipart"])
def test_without_the_extra_the_install_line_is_said(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, command: str, absent: str
) -> None:
    monkeypatch.setitem(sys.modules, absent, None)
    ended = called(cli, command)
    assert ended.status == 2 and "pip install 'personavlog[studio]'" in ended.err


@pytest.mark.parametrize("command", ["studio", "serve"])
def test_others_are_let_in_with_a_password_only(cli: CommandLine, command: str) -> None:
    ended = called(cli, command, "--host", "0.0.0.0", "--port", "0")
    assert ended.status == 2 and "PERSONAVLOG_STUDIO_PASSWORD" in ended.err


@pytest.mark.parametrize("limit", ["hosted", "=3", "hosted=", "hosted=0", "hosted=-1", "hosted=many"])
def test_a_limit_that_is_none_is_refused(cli: CommandLine, limit: str) -> None:
    ended = called(cli, "serve", "--limit", limit)
    assert ended.status == 2 and "PROFILE=N" in ended.err


def test_a_profile_that_does_not_load_is_refused_before_anything_is_served(cli: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("hat = 'red'")
    ended = called(cli, "serve", "--port", "0", "--profile", str(tmp_path / "own.toml"))
    assert ended.status == 2 and "hat" in ended.err


def test_a_port_that_is_taken_is_told(cli: CommandLine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = called(cli, "serve", "--port", str(port))
    assert ended.status == 3 and f"port {port}" in ended.err


def test_the_password_and_the_keys_do_not_stay_in_the_environment(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = {"PERSONAVLOG_STUDIO_PASSWORD": "correct horse", "PERSONAVLOG_STUDIO_KEYS": "alice=0123456789abcdef"}
    for name, secret in secrets.items():
        monkeypatch.setenv(name, secret)
    with socket.create_server(("0.0.0.0", 0)) as taken:
        ended = called(cli, "serve", "--host", "0.0.0.0", "--port", str(taken.getsockname()[1]))
    assert ended.status == 3, "it came as far as the port"
    assert not os.environ.keys() & secrets.keys(), "films are processes that inherit it"
    assert not any(secret in ended.out + ended.err for secret in ("correct horse", "0123456789abcdef"))
