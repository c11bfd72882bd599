"""What the systems do differently. Each system's own way is played here by its name, on whatever runs the tests."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

import numpy as np
import pytest

from personavlog import system


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(variable, raising=False)
    return monkeypatch


@pytest.mark.parametrize(
    ("name", "data", "cache"),
    [
        ("linux", ".local/share", ".cache"),
        ("darwin", "Library/Application Support", "Library/Caches"),
        ("win32", "AppData/Local", "AppData/Local"),
    ],
)
def test_every_system_has_its_own_folders(bare: pytest.MonkeyPatch, name: str, data: str, cache: str) -> None:
    bare.setattr(sys, "platform", name)
    assert (system.data_folder(), system.cache_folder()) == (Path.home() / data, Path.home() / cache)


def test_folders_follow_the_environment(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bare.setattr(sys, "platform", "win32")
    bare.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert system.data_folder() == tmp_path / "local"
    bare.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert system.data_folder() == tmp_path / "data"


def test_the_way_to_stop_a_process_fits_the_system(bare: pytest.MonkeyPatch) -> None:
    bare.setattr(sys, "platform", "darwin")
    assert system.how_to_stop(7) == "with: kill -INT 7"
    bare.setattr(sys, "platform", "win32")
    assert "Ctrl-C" in system.how_to_stop(7) and "taskkill /F /PID 7" in system.how_to_stop(7)


@pytest.mark.parametrize(
    ("name", "command", "words"),
    [
        ("linux", "code --wait 'a b'", ["code", "--wait", "a b"]),
        ("win32", r'"C:\Program Files\Editor\e.exe" /w', [r"C:\Program Files\Editor\e.exe", "/w"]),
    ],
)
def test_a_command_line_is_read_as_its_system_writes_it(
    bare: pytest.MonkeyPatch, name: str, command: str, words: list[str]
) -> None:
    bare.setattr(sys, "platform", name)
    assert system.command_words(command) == words
    assert system.command_words(system.quoted("my runs")) == ["my runs"]


def _no_links(*_: object, **__: object) -> None:
    raise OSError(1314, "A required privilege is not held by the client")


@pytest.mark.parametrize("links", [True, False])
def test_what_is_lent_reads_as_its_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    if not links:
        monkeypatch.setattr(Path, "symlink_to", _no_links)
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "a.ttf").write_bytes(b"glyphs")
    system.lend(tmp_path / "fonts", tmp_path / "lent")
    system.lend(tmp_path / "fonts" / "a.ttf", tmp_path / "lent.ttf")
    assert (tmp_path / "lent" / "a.ttf").read_bytes() == (tmp_path / "lent.ttf").read_bytes() == b"glyphs"
    assert (tmp_path / "lent").is_symlink() is links


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="Only glibc keeps what was freed.")
def test_what_was_freed_between_what_is_kept_goes_back_to_the_system() -> None:
    pieces = [np.ones(12_000) for _ in range(1000)]
    kept = pieces[::10]
    full = _resident()
    del pieces
    system.give_memory_back()
    assert len(kept) == 100 and _resident() < full - 60e6


def test_a_c_library_that_keeps_nothing_is_not_asked(bare: pytest.MonkeyPatch) -> None:
    bare.setattr(system.ctypes, "CDLL", lambda _: object())
    for name in ("linux", "win32"):
        bare.setattr(sys, "platform", name)
        system.give_memory_back()


def _resident() -> int:
    """Bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
