"""The outcome of one trial, and the file that keeps trials, so that an interrupted check continues where it stopped."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from personavlog.errors import MachineError
from personavlog.judge.sound import Ending

Key = tuple[str, str, int]


@dataclass(frozen=True)
class Verdict:
    """``defect`` is "" for a sound picture or clip, ``shot`` counts from 0; ``fits`` is False where this shot cannot
    have the defect.

    ``found``: the agent reported a defect; ``named``: one of the right kind. ``endings``: how the loop
    ended, by rule; empty where it was not run.
    """

    what: str
    defect: str
    shot: int
    fits: bool = True
    found: bool = False
    named: bool = False
    evidence: str = ""
    endings: Mapping[str, Ending] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """Which trial it was."""
        return self.what, self.defect, self.shot


class TrialLog:
    """A file with one line of JSON for each trial. Its first line says what was tried with what; a file of another
    beginning is written anew."""

    def __init__(self, file: Path, conditions: Mapping[str, object]) -> None:
        self._file, self._first = file, json.dumps(conditions, sort_keys=True)
        lines = _lines(file)
        if not lines or lines[0] != self._first:
            _append(file, self._first, anew=True)
            lines = [self._first]
        self.known = {verdict.key: verdict for verdict in _verdicts(lines[1:])}

    def add(self, verdict: Verdict) -> None:
        """Keep a trial; raises ``MachineError`` where the disk is full."""
        self.known[verdict.key] = verdict
        _append(self._file, json.dumps(asdict(verdict)))


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines() if file.is_file() else []


def _verdicts(lines: Iterable[str]) -> Iterable[Verdict]:
    for line in lines:
        try:
            yield Verdict(**json.loads(line))
        except (ValueError, TypeError):
            continue  # the last line of a check that was killed while it wrote


def _append(file: Path, line: str, *, anew: bool = False) -> None:
    try:
        with file.open("w" if anew else "a", encoding="utf-8") as target:
            target.write(line + "\n")
            target.flush()
            os.fsync(target.fileno())
    except OSError as error:
        raise MachineError(f"Cannot write {str(file)!r}: {error.strerror or error}. Free some disk space.") from error
