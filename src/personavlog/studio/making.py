"""Films in the making: each is a process of its own, which outlives the page and the server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


class FilmQueue:
    """What waits its turn and what is being made."""

    def __init__(self, folder: Path, *, at_once: int = 1, limits: Mapping[str, int] | None = None) -> None:
        self._file = folder / "queue.json"
        self._at_once, self._limits = at_once, dict(limits or {})

    @contextmanager
    def running(self) -> Iterator[None]:
        """Go on with what waits for as long as the block lasts."""
        yield
