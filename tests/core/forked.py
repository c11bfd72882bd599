"""Films made in processes that are killed: a server forks, so that a hundred starts cost no hundred imports."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

Making = Callable[[Path, int, Callable[[], None]], None]
"""Makes or resumes a film by its number in a home folder, and calls the last argument once it is ready."""


def serve(make: Making) -> None:
    """Usage: python SCRIPT HOME. Every line on standard input is a film's number and the seconds from its readiness to
    its SIGKILL (negative: it may live); its wait status is printed when it is gone."""
    for line in sys.stdin:
        film, life = int(line.split()[0]), float(line.split()[1])
        listen, ready = os.pipe()
        child = os.fork()
        if child == 0:
            _make_in_child(make, Path(sys.argv[1]), film, ready)
        os.close(ready)
        os.read(listen, 1)
        os.close(listen)
        if life >= 0:
            time.sleep(life)
            os.kill(child, signal.SIGKILL)  # not reaped yet, so the number is still its own
        print(os.waitpid(child, 0)[1], flush=True)


def _make_in_child(make: Making, home: Path, film: int, ready: int) -> None:
    try:
        make(home, film, lambda: os.write(ready, b"r") and None)
        os._exit(0)
    finally:
        traceback.print_exc()
        os._exit(1)


class Server:
    """The forking server of a module beside this one."""

    def __init__(self, module: str, home: Path) -> None:
        command = [sys.executable, "-m", f"tests.core.{module}", str(home)]
        root = Path(__file__).parents[2]
        self._server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root)

    def make(self, film: int, life: float = -1.0) -> int:
        """Make a film in a process that is killed ``life`` seconds after it got ready (negative: never); its wait
        status."""
        assert self._server.stdin and self._server.stdout
        self._server.stdin.write(f"{film} {life}\n")
        self._server.stdin.flush()
        return int(self._server.stdout.readline())

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.communicate(timeout=10)
