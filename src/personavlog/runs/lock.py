"""One maker at a time: a file lock that the kernel drops when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from personavlog.errors import MachineError, RunError


@contextmanager
def alone(path: Path, what: str) -> Iterator[None]:
    """Hold the lock file ``path`` while making ``what`` ("run 'x'").

    Raises ``RunError`` naming the holder's process id if another process, or another maker in this one, holds it. A
    killed holder leaves the file behind but not the lock. The file is never deleted: two makers could then hold locks
    on two files of the same name.
    """
    with _opened(path) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            pid = os.pread(handle, 20, 0).decode("ascii", "replace").strip() or "unknown"
            raise RunError(
                f"The {what} is being made by process {pid}. Wait until it has finished, or stop it with: kill "
                f"-INT {pid}"
            ) from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield


@contextmanager
def queued(path: Path) -> Iterator[None]:
    """Hold the lock file ``path`` for a moment, waiting for whoever holds it now."""
    with _opened(path) as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise MachineError(
            f"Cannot write to {str(path.parent)!r}: {error.strerror}. Choose another folder with "
            "PERSONAVLOG_HOME, or make it writable."
        ) from error
    try:
        yield handle
    finally:
        os.close(handle)
