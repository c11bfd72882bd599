"""Locks: one maker at a time, whoever dies; looking disturbs nobody; a killed holder holds nothing."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from personavlog import system
from personavlog.errors import MachineError, RunError
from personavlog.runs.lock import alone, held, queued

HOLDER = """
import sys, time
from pathlib import Path
from personavlog.runs.lock import alone
with alone(Path(sys.argv[1]), "run 'x'"):
    print("held", flush=True)
    time.sleep(60)
"""

LOOKER = """
import sys
from pathlib import Path
from personavlog.runs.lock import held
print("looking", flush=True)
while True:
    held(Path(sys.argv[1]))
"""


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return tmp_path / "locks" / "run-1.lock"


@contextmanager
def beside(script: str, lock: Path) -> Iterator[subprocess.Popen[str]]:
    """Another Python process that runs ``script`` until the block ends; it has said its first line."""
    with subprocess.Popen([sys.executable, "-c", script, str(lock)], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout and process.stdout.readline()
            yield process
        finally:
            process.kill()


def test_a_refusal_names_the_holder_and_how_to_stop_it(lock: Path) -> None:
    with beside(HOLDER, lock) as holder:
        wanted = f"'x' is being made by process {holder.pid}.*stop it {system.how_to_stop(holder.pid)}"
        with pytest.raises(RunError, match=wanted), alone(lock, "run 'x'"):
            pass
        lock.with_suffix(".pid").unlink()
        with pytest.raises(RunError, match=r"by another process\. Wait"), alone(lock, "run 'x'"):
            pass


def test_a_killed_holder_leaves_the_file_but_not_the_lock(lock: Path) -> None:
    with beside(HOLDER, lock) as holder:
        assert held(lock)
        holder.kill()
        holder.wait()
        assert lock.with_suffix(".pid").read_text() == str(holder.pid)
        assert not held(lock)
        with alone(lock, "run 'x'"):
            assert held(lock)


def test_two_makers_inside_one_process_exclude_each_other(lock: Path) -> None:
    with alone(lock, "run 'x'"):
        with pytest.raises(RunError, match="being made"), alone(lock, "run 'x'"):
            pass
        assert held(lock), "the one that was refused has not let go for the other"
    assert not held(lock)


def test_a_maker_that_fails_lets_go(lock: Path) -> None:
    with pytest.raises(ZeroDivisionError), alone(lock, "run 'x'"):
        raise ZeroDivisionError
    assert not held(lock)


def test_a_lock_may_be_left_on_another_thread_than_it_was_taken_on(lock: Path) -> None:
    maker = alone(lock, "run 'x'")
    maker.__enter__()
    leaving = threading.Thread(target=maker.__exit__, args=(None, None, None))
    leaving.start()
    leaving.join()
    assert not held(lock)


def test_looking_never_makes_a_maker_fail(lock: Path) -> None:
    with beside(LOOKER, lock), beside(LOOKER, lock) as looker:
        for _ in range(60):
            with alone(lock, "run 'x'"):
                pass
        assert looker.poll() is None, "the looker has looked all the time"


def test_a_queue_waits_for_its_turn(lock: Path) -> None:
    begun, seen = threading.Event(), []

    def first() -> None:
        with queued(lock):
            begun.set()
            time.sleep(0.3)
            seen.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    assert begun.wait(5)
    with queued(lock):
        seen.append("second")
    thread.join()
    assert seen == ["first", "second"]


def test_a_folder_that_cannot_hold_a_lock_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for ask in (queued, held):
        with pytest.raises(MachineError, match="PERSONAVLOG_HOME"):
            result = ask(tmp_path / "file" / "run-1.lock")
            if not isinstance(result, bool):
                result.__enter__()
