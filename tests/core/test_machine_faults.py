"""What a machine does to a run: a reader that goes away, a terminal that hangs up, processes that were killed, memory
that runs out, a network that is switched off."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import anyio
import pytest

from personavlog import weights
from personavlog.cli import console
from personavlog.errors import MachineError, MissingWeightsError
from personavlog.runs.engine import Engine
from personavlog.runs.folder import open_store, write_file
from personavlog.runs.interrupt import stopped_by_signals
from personavlog.runs.leftovers import OLD, sweep_half_written, sweep_temporary
from personavlog.runs.machine import machine_errors

PRINTER = """
import sys
from pathlib import Path
from personavlog.cli.console import forgiving_streams, say
forgiving_streams()
for number in range(20000):
    say(f"line {number}")
Path(sys.argv[1]).touch()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close otherwise there")
@pytest.mark.parametrize("full", [False, True])
def test_a_closed_or_full_output_is_said_once_and_the_work_goes_on(tmp_path: Path, full: bool) -> None:
    done = tmp_path / "done"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", PRINTER, str(done)]
    with ExitStack() as stack:
        target = stack.enter_context(Path("/dev/full").open("wb")) if full else subprocess.PIPE
        maker = stack.enter_context(
            subprocess.Popen(command, stdout=target, stderr=subprocess.PIPE, text=True, env=environment)
        )
        if maker.stdout:
            maker.stdout.readline()
            maker.stdout.close()
        assert maker.stderr is not None
        said = maker.stderr.read()
    assert maker.returncode == 0 and done.exists()
    assert said.count("nothing more can be printed here") == 1
    assert "Traceback" not in said and "free" not in said.lower()


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="no terminal hangs up there")
@pytest.mark.anyio
@pytest.mark.parametrize("ignored", [False, True])
async def test_a_terminal_that_goes_away_is_a_clean_stop_unless_it_is_to_be_ignored(
    tmp_path: Path, ignored: bool
) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN if ignored else signal.SIG_DFL)
    try:
        engine = Engine(*open_store(tmp_path), "film", {})
        with stopped_by_signals(engine):
            os.kill(os.getpid(), signal.SIGHUP)
            await anyio.sleep(0.05)
            assert engine.cancelled is not ignored
    finally:
        signal.signal(signal.SIGHUP, before)


def test_what_killed_processes_left_is_swept_when_it_is_old(tmp_path: Path) -> None:
    old, young, other = (tmp_path / name for name in ("personavlog-cut-a", "personavlog-b", "elsewhere"))
    for folder in (old, young, other):
        folder.mkdir()
        (folder / "segment.mp4").write_bytes(b"x")
    (tmp_path / "personavlog-link").symlink_to(other)
    long_ago = time.time() - OLD - 60
    for folder in (old, other):
        os.utime(folder, (long_ago, long_ago))
    assert sweep_temporary(tmp_path) == 1
    assert not old.exists() and young.is_dir() and (other / "segment.mp4").exists()
    assert sweep_temporary(tmp_path / "nowhere") == 0


def test_half_written_files_go_when_the_next_one_is_written(tmp_path: Path) -> None:
    old, young = tmp_path / ".new-a.mp4", tmp_path / ".new-b.mp4"
    for path in (old, young):
        path.write_bytes(b"half")
    long_ago = time.time() - OLD - 60
    os.utime(old, (long_ago, long_ago))
    write_file(tmp_path / "whole.txt", b"whole")
    assert {path.name for path in tmp_path.iterdir()} == {".new-b.mp4", "whole.txt"}
    assert sweep_half_written(tmp_path) == 0


def test_a_run_sweeps_when_it_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = tmp_path / "personavlog-cut-x"
    left.mkdir()
    os.utime(left, (1, 1))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Engine(*open_store(tmp_path / "home"), "film", {}).making():
        assert not left.exists()


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError("[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : std::bad_alloc"),
        RuntimeError("OpenCV(5.0.0) error: (-4:Insufficient memory) Failed to allocate 4000000 bytes"),
    ],
)
def test_no_memory_is_the_machines_matter_whatever_library_says_so(error: Exception) -> None:
    with pytest.raises(MachineError, match="memory is used up"), machine_errors():
        raise error
    with pytest.raises(ValueError, match="else"), machine_errors():
        raise ValueError("else")


def test_offline_with_an_empty_cache_names_everything_that_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERSONAVLOG_OFFLINE", "1")
    monkeypatch.setattr("personavlog.weights.cache.complete", lambda weight: False)
    names = list(weights.catalogue())[:4]
    with pytest.raises(MissingWeightsError, match="4 entries of model files") as raised:
        weights.fetch(names)
    assert all(name in str(raised.value) for name in names) and "weights fetch" in str(raised.value)
    with pytest.raises(MissingWeightsError, match="The model file"):
        weights.fetch(names[:1])


def test_commands_that_are_named_find_the_run() -> None:
    console.remember_runs(console.RUNS)
    assert console.advised("Go on with: personavlog resume film-1") == "Go on with: personavlog resume film-1"
    console.remember_runs(Path("my runs"))
    try:
        assert console.advised("Go on with: personavlog resume film-1.") == (
            "Go on with: personavlog resume film-1 --runs 'my runs'."
        )
        assert console.advised("personavlog make, or personavlog show x") == (
            "personavlog make, or personavlog show x --runs 'my runs'"
        )
        assert console.advised("personavlog redo 1 --runs here") == "personavlog redo 1 --runs here"
    finally:
        console.remember_runs(console.RUNS)
