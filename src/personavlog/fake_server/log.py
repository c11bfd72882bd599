"""What a server was asked, a line of JSON a call, so that what was paid can be counted by whoever tests with it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

from personavlog.frozen import Frozen


class Line(Frozen):
    """One call. ``asked`` is a digest of its content, ``key`` its Idempotency-Key; ``paid`` US dollars, 0 where nothing
    was made; ``repeat``: the stored answer to an earlier call of the same key; ``job`` the job that it speaks of."""

    at: float
    route: str
    method: str
    target: str
    status: int
    asked: str = ""
    key: str = ""
    fault: str = ""
    paid: float = 0.0
    repeat: bool = False
    job: str = ""
    agent: str = ""


class Log:
    """Lines in memory, and appended to a file where there is one."""

    def __init__(self, file: Path | None = None) -> None:
        self.lines: list[Line] = []
        self._file, self._writing = file, threading.Lock()

    def write(self, **fields: object) -> None:
        """Keep one call."""
        line = Line.model_validate({"at": time.time(), **fields})
        with self._writing:
            self.lines.append(line)
            if self._file is not None:
                with self._file.open("a", encoding="utf-8") as file:
                    file.write(line.model_dump_json() + "\n")

    def of(self, route: str) -> list[Line]:
        """The calls of a route, in order."""
        return [line for line in self.lines if line.route == route]


def read_log(file: Path) -> Iterator[Line]:
    """The lines that a server wrote to ``file``."""
    for line in file.read_text(encoding="utf-8").splitlines():
        yield Line.model_validate_json(line)
