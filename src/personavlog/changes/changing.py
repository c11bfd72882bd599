"""What every change begins with: the run's lock, and what was decided before it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from personavlog.errors import ChangedElsewhereError, RunError
from personavlog.jobs import Job, reopen
from personavlog.own.folder import take_over
from personavlog.runs import RUNS
from personavlog.runs.lock import alone
from personavlog.runs.machine import machine_errors
from personavlog.saved import current_script, find, shot_numbers
from personavlog.script import Script

_expected: ContextVar[str | None] = ContextVar("expected revision", default=None)


@dataclass(frozen=True)
class Changing:
    """A run that nobody else makes or changes now; ``notes`` are what became of files that were changed by hand."""

    job: Job
    notes: tuple[str, ...]

    @property
    def run(self) -> str:
        """The run's id."""
        return self.job.folder.run

    @property
    def numbers(self) -> tuple[int, ...]:
        """Each shot's own number, in the film's order."""
        script = current_script(self.job.index, self.run)
        return shot_numbers(self.job.index, self.run, len(script.boards) if script else self.job.brief.shots)

    def number(self, shot: int) -> int:
        """The own number of the shot at a place of the film, from 1; raises ``RunError``."""
        if not 1 <= shot <= len(self.numbers):
            raise RunError(f"The run {self.run!r} has the shots 1 to {len(self.numbers)}; received {shot}.")
        return self.numbers[shot - 1]

    def script(self) -> Script:
        """The script as it stands, word for word as it is spoken; raises ``RunError`` before there is one."""
        script = current_script(self.job.index, self.run)
        if script is None:
            raise RunError(
                f"The run {self.run!r} has no script yet. Write it first with: personavlog resume {self.run}"
            )
        return script

    def remember(self, change: str) -> None:
        """Keep what is decided now, right before ``change`` is made."""
        self.job.index.edits.remember(self.run, change)


@contextmanager
def changing(run: str, runs: Path, *, but: Path | None = None) -> Iterator[Changing]:
    """Hold a run while it is changed, with files that were changed by hand taken over, all ``but`` one.

    Raises ``RunError`` where the run is being made or changed by somebody else, ``ChangedElsewhereError`` where it is
    not as ``expecting`` says: nothing was changed then.
    """
    folder, _, index = find(run, runs)
    with closing(index), machine_errors(), alone(index.lock_file(folder.run), f"run {folder.run!r}"):
        job = reopen(folder.run, runs=runs)
        with closing(job.index):
            _expect(job)
            yield Changing(job, take_over(job, but=but))


@contextmanager
def expecting(revision: str) -> Iterator[None]:
    """Let the first change inside be made only where everything is decided as it was at ``revision``
    (``Edits.revision``): whoever else changed the run meanwhile is not overruled. Raises ``ChangedElsewhereError``."""
    before = _expected.set(revision)
    try:
        yield
    finally:
        _expected.reset(before)


def _expect(job: Job) -> None:
    expected = _expected.get()
    _expected.set(None)  # what comes after follows from this change
    if expected not in (None, job.index.edits.revision(job.folder.run)):
        raise ChangedElsewhereError(
            f"The run {job.folder.run!r} was changed elsewhere since you looked at it. Look at it again, then decide; "
            "nothing was changed."
        )


def undo(run: str = "last", *, runs: Path = RUNS) -> str:
    """Take back the last change, and the one before when asked again; returns what was taken back. Raises ``RunError``
    where nothing was changed."""
    with changing(run, runs) as change:
        return change.job.index.edits.undo(change.run)
