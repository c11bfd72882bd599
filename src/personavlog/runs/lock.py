"""One maker at a time: a file lock that the system drops when its holder dies, however it dies.

Two files lie beside the lock. The holder's process id is in one of its own, because Windows lets nobody read a locked
file. The gate is held for an instant by whoever takes the lock or looks whether it is held: one who looks must try to
take it, and nobody may fail to take it because of somebody who only looks.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from personavlog.errors import MachineError, RunError
from personavlog.system import how_to_stop

POLL_SECONDS = 0.01
_FOREVER = -1


@contextmanager
def alone(path: Path, what: str) -> Iterator[None]:
    """Hold the lock file ``path`` while making ``what`` ("run 'x'").

    Raises ``RunError`` naming the holder's process id if another process, or another maker in this one, holds it;
    ``MachineError`` if the folder cannot be written to. A killed holder leaves the file behind but not the lock.
    """
    with ExitStack() as lock:
        with queued(_gate(path)):
            try:
                lock.enter_context(_locked(path, seconds=0))
            except Timeout as error:
                raise _being_made(what, holder(path)) from error
            _write_holder(path)
        yield


def held(path: Path) -> bool:
    """Whether somebody holds the lock file ``path`` now, in this process or another; asking disturbs no maker."""
    with queued(_gate(path)):
        try:
            with _locked(path, seconds=0):
                return False
        except Timeout:
            return True


@contextmanager
def queued(path: Path) -> Iterator[None]:
    """Hold the lock file ``path`` for a moment, waiting for whoever holds it now; raises ``MachineError``."""
    with _locked(path, seconds=_FOREVER):
        yield


@contextmanager
def _locked(path: Path, seconds: float) -> Iterator[None]:
    # Not bound to a thread: a run may be left on another thread than it was entered on.
    lock = FileLock(path, thread_local=False)
    with _explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(seconds, poll_interval=POLL_SECONDS)
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except Timeout:  # an OSError too, but no fault
        raise
    except (OSError, NotImplementedError) as error:
        raise MachineError(
            f"Cannot lock {str(path)!r}: {getattr(error, 'strerror', None) or error}. Choose another folder with "
            "PERSONAVLOG_HOME, or make it writable."
        ) from error


def _being_made(what: str, holder: str) -> RunError:
    if not holder.isdigit():
        return RunError(f"The {what} is being made by another process. Wait until it has finished.")
    return RunError(
        f"The {what} is being made by process {holder}. Wait until it has finished, or stop it "
        f"{how_to_stop(int(holder))}"
    )


def _write_holder(path: Path) -> None:
    with _explained(path):
        _holder_file(path).write_text(str(os.getpid()), encoding="ascii")


def holder(path: Path) -> str:
    """The holder's process id; empty where it wrote none, as earlier versions did."""
    try:
        return _holder_file(path).read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""


def _holder_file(path: Path) -> Path:
    return path.with_suffix(".pid")


def _gate(path: Path) -> Path:
    return path.with_suffix(".gate")
