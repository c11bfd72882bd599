"""A deadline for reading from and writing to a process: both block without end where it hangs."""

from __future__ import annotations

import math
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Watchdog:
    """Kills ``process`` when one wait for it takes longer than ``patience`` seconds; what was waiting then ends as it
    does for a process that died.

    A thread that looks at the clock, because pipes can be waited for with a time limit on POSIX only.
    """

    def __init__(self, process: subprocess.Popen[bytes], patience: float) -> None:
        self.patience, self.barked = patience, False
        self._process, self._deadline, self._over = process, math.inf, threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)
        self._thread.start()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Wait for the process inside this block, and nowhere else: time between two waits is our own."""
        self._deadline = time.monotonic() + self.patience
        try:
            yield
        finally:
            self._deadline = math.inf

    def close(self) -> None:
        """Stop looking."""
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(min(1.0, self.patience / 4)):
            if time.monotonic() > self._deadline:
                self.barked = True
                self._process.kill()
                return
