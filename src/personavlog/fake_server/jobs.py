"""Jobs: made in the background of a server that answers at once, and asked for later."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count


@dataclass
class Job:
    """One job; ``make`` gives its result, which is kept. ``fault`` is what shall go wrong with it, ``note`` what its
    route wants to remember, ``begun`` and ``ready`` are monotonic times in seconds."""

    id: str
    make: Callable[[], bytes]
    fault: str
    begun: float
    ready: float
    note: dict[str, str] = field(default_factory=dict)
    cancelled: bool = False
    _made: bytes | None = None
    _making: threading.Lock = field(default_factory=threading.Lock)

    @property
    def done(self) -> bool:
        """Whether its time is over."""
        return time.monotonic() >= self.ready

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        return 1.0 if self.done else (time.monotonic() - self.begun) / (self.ready - self.begun)

    @property
    def result(self) -> bytes:
        """What it made."""
        with self._making:
            if self._made is None:
                self._made = self.make()
            return self._made


class Jobs:
    """A server's jobs by id."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._numbers = count(1)

    def submit(
        self,
        kind: str,
        make: Callable[[], bytes],
        *,
        seconds: float,
        fault: str = "",
        note: dict[str, str] | None = None,
    ) -> Job:
        """A new job that takes ``seconds``; its id begins with ``kind``."""
        return self.submit_as(f"{kind}_{next(self._numbers):06d}", make, seconds=seconds, fault=fault, note=note)

    def submit_as(
        self,
        identity: str,
        make: Callable[[], bytes],
        *,
        seconds: float,
        fault: str = "",
        note: dict[str, str] | None = None,
    ) -> Job:
        """A new job under an id that the client chose."""
        now = time.monotonic()
        job = Job(identity, make, fault, now, now + seconds, note or {})
        self._jobs[job.id] = job
        return job

    def find(self, identity: str) -> Job | None:
        """The job, None where there is none or it was forgotten."""
        return self._jobs.get(identity)

    def forget(self, identity: str) -> None:
        """Know nothing of it any more."""
        self._jobs.pop(identity, None)

    def all(self) -> tuple[Job, ...]:
        """Every job, the oldest first."""
        return tuple(self._jobs.values())
