"""ffmpeg as a process: errors in words, no shell, nothing left running, nothing waited for without end."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import anyio

from personavlog.errors import MachineError
from personavlog.media.arguments import command
from personavlog.media.watchdog import Watchdog
from personavlog.system import CREATION_FLAGS, OWN_SESSION

PATIENCE = 300.0
"""Seconds that an ffmpeg may let us wait for one frame, or for its end after the last one."""
LONGEST = 3600.0
"""Seconds that an ffmpeg may take for a whole file."""
_TAIL = 600


class Process:
    """A running ffmpeg whose frames go through a pipe; made by ``running``."""

    def __init__(self, arguments: Sequence[str], errors: IO[bytes]) -> None:
        self._process = subprocess.Popen(
            command(*arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=OWN_SESSION,
            creationflags=CREATION_FLAGS,
        )
        self._errors, self._watchdog = errors, Watchdog(self._process, PATIENCE)

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def read(self, size: int) -> bytes:
        """The next ``size`` bytes; fewer when it has ended, or was killed because they did not come."""
        assert self._process.stdout is not None
        with self._watchdog.waiting():
            return self._process.stdout.read(size)

    def write(self, data: memoryview) -> None:
        """Hand over bytes; raises ``OSError`` when it has ended, or was killed because it did not take them."""
        assert self._process.stdin is not None
        with self._watchdog.waiting():
            self._process.stdin.write(data)

    def finish(self) -> int:
        """Say that there is no more to come, wait for its end and return its exit status; raises ``OSError`` as
        ``write`` does."""
        assert self._process.stdin is not None
        with self._watchdog.waiting():
            self._process.stdin.close()
            return self._process.wait()

    def stop(self) -> None:
        """Kill it where it still runs, and wait until it is gone."""
        if self.alive:
            self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # bytes for a reader that was just killed have nowhere to go
                if pipe is not None:
                    pipe.close()
        self._process.wait()
        self._watchdog.close()

    def reason(self) -> str:
        """Why it failed, in its own last words where it said any; ends it."""
        self.stop()
        if self._watchdog.barked:
            return f"it hung for {PATIENCE:g} seconds and was stopped"
        self._errors.seek(0)
        return _last_words(self._errors.read())


@contextmanager
def running(*arguments: str) -> Iterator[Process]:
    """An ffmpeg that is ended with the block, whatever happens in it; raises ``MachineError`` as ``binary`` does."""
    with tempfile.TemporaryFile() as errors:
        process = Process(arguments, errors)
        try:
            yield process
        finally:
            process.stop()


async def run_ffmpeg(*arguments: str, folder: Path) -> None:
    """Run ffmpeg in ``folder`` to its end; a cancelled task kills it.

    Raises ``MachineError`` with the end of its messages when it fails.
    """
    line = command(*arguments)
    try:
        with anyio.fail_after(LONGEST):
            done = await anyio.run_process(
                line, cwd=folder, check=False, start_new_session=OWN_SESSION, creationflags=CREATION_FLAGS
            )
    except TimeoutError as error:
        raise MachineError(
            f"ffmpeg did not end within {LONGEST / 60:g} minutes and was stopped. Close other programs and run "
            "'personavlog resume'."
        ) from error
    if done.returncode:
        raise _failed(done.returncode, _last_words(done.stderr))


def _failed(status: int, said: str) -> MachineError:
    advice = (
        "The disk is full: free some space and run 'personavlog resume'."
        if "No space left" in said
        else "If the disk and the memory are fine, please report it."
    )
    return MachineError(f"ffmpeg ended with status {status}. {advice} It said: {said}")


def _last_words(said: bytes) -> str:
    return said.decode("utf-8", "replace").strip()[-_TAIL:] or "no reason given"
