"""A scores file while it is being filled, and its rows once it is: neither takes memory for what it holds."""

from __future__ import annotations

import secrets
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import overload

from personavlog.benchmark.rows import Row, append, walk
from personavlog.errors import MachineError


class Scores(Sequence[Row]):
    """The rows of one scoring, in the order in which they were taken; each is read from ``path`` when it is asked
    for."""

    def __init__(self, path: Path) -> None:
        """Raises ``ConfigurationError`` for a line that is no score."""
        self.path = path
        self._runs: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._taken, self._stale = array("q"), array("q")
        rows = list(_starts(path)) if path.exists() else []
        for (at, vlog), (end, _) in pairwise(rows):
            self._runs[vlog].append((at, end))

    @property
    def vlogs(self) -> Collection[str]:
        """Of which the file held rows."""
        return self._runs.keys()

    def of(self, vlog: str) -> dict[str, tuple[int, Row]]:
        """The vlog's rows that are there, by their keys, with their places; of one key the last."""
        return {row.key: (at, row) for start, end in self._runs.get(vlog, ()) for at, row in self._between(start, end)}

    def take(self, row: Row, at: int | None = None) -> None:
        """Count a row; one without a place is written first."""
        self._taken.append(append(self.path, [row]) if at is None else at)

    def drop(self, at: int) -> None:
        """The row at that place says what is not so any more."""
        self._stale.append(at)

    def finished(self) -> Scores:
        """With the file cleaned of what was dropped. Raises ``MachineError`` for a full disk."""
        if self._stale:
            self._clean()
        return self

    def __len__(self) -> int:
        return len(self._taken)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        with self.path.open("rb") as stream:
            stream.seek(self._taken[index])
            return Row.model_validate_json(stream.readline())

    def _between(self, start: int, end: int) -> Iterator[tuple[int, Row]]:
        with self.path.open("rb") as stream:
            stream.seek(start)
            while (at := stream.tell()) < end:
                yield at, Row.model_validate_json(stream.readline())

    def _clean(self) -> None:
        """The file without the stale lines, in one step: a crash leaves the old one or the new one."""
        stale, moved, gone = set(self._stale), dict.fromkeys(self._taken, 0), 0
        new = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}")
        try:
            with self.path.open("rb") as old, new.open("wb") as kept:
                while True:
                    at = old.tell()
                    if not (line := old.readline()):
                        break
                    if at in stale:
                        gone += len(line)
                        continue
                    if at in moved:
                        moved[at] = gone
                    kept.write(line)
            new.replace(self.path)
        except OSError as error:
            new.unlink(missing_ok=True)
            raise MachineError(
                f"Cannot write {str(self.path)!r}: {error.strerror or error}. Free some disk space."
            ) from error
        self._taken, self._stale = array("q", (at - moved[at] for at in self._taken)), array("q")


def _starts(path: Path) -> Iterator[tuple[int, str]]:
    """Where each vlog's rows begin, one for every run of rows of the same vlog, and the end of the last."""
    last, end = None, 0
    for at, row in walk(path):
        if row.vlog != last:
            yield at, row.vlog
        last, end = row.vlog, at
    with path.open("rb") as stream:
        stream.seek(end)
        yield end + (len(stream.readline()) if last is not None else 0), ""
