"""What has been made: stored results by key, and for every run its steps, kept versions and events."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from pydantic import JsonValue

from personavlog.errors import RunError
from personavlog.runs.begun import Begun
from personavlog.runs.database import Database
from personavlog.runs.edits import Edits
from personavlog.runs.exported import Exported
from personavlog.runs.ledger import Ledger
from personavlog.runs.remote_jobs import RemoteJobs
from personavlog.runs.removal import Removal
from personavlog.runs.run_rows import RunRows

Status = Literal["pending", "running", "done", "hit", "failed", "pinned", "stale"]

DAMAGED = "damaged"
"""The kind of an event that cannot be read any more."""
_EVENT = "SELECT id, run, at, kind, data FROM event"
_STEP = "run, name, status, key, made, take, fingerprint, inputs, seconds, message, at"


@dataclass(frozen=True)
class Action:
    """A stored result, shared by all runs: ``result`` is JSON, ``seconds`` what making it took, ``at`` seconds since
    1970."""

    key: str
    step: str
    result: str
    seconds: float
    at: float


@dataclass(frozen=True)
class StepRow:
    """The state of a step of a run.

    ``key`` is what the step's present inputs ask for, ``made`` what the usable result was made from (None: there is
    none yet). ``inputs`` are digests by input name. ``message`` is an error's text, or for a stale step the names of
    the inputs that changed.
    """

    run: str
    name: str
    status: Status
    key: str
    made: str | None = None
    take: int = 0
    fingerprint: str = ""
    inputs: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    message: str = ""
    at: float = 0.0

    @property
    def stale(self) -> bool:
        """There is a usable result, and it was made from something else than what is asked for now."""
        return self.made is not None and self.made != self.key


@dataclass(frozen=True)
class Event:
    """Something that happened in a run; ``id`` grows over all runs."""

    id: int
    run: str
    at: float
    kind: str
    data: dict[str, JsonValue]


class Index:
    """The index of one home folder. Threads may share it, processes may open it at the same time; local disks only
    (SQLite WAL)."""

    def __init__(self, path: Path, *, writable: bool = True) -> None:
        self._db = Database(path, writable=writable)
        self.path = path
        self.edits = Edits(self._db)
        self.jobs = RemoteJobs(self._db)
        self.ledger = Ledger(self._db)
        self.exported = Exported(self._db)
        self.begun = Begun(self._db)
        self.removal = Removal(self._db)
        self.rows = RunRows(self._db)

    def lock_file(self, run: str) -> Path:
        """The file that is locked while a run is made."""
        return self.path.parent / "locks" / f"{run}.lock"

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def action(self, key: str) -> Action | None:
        """The stored result under a key."""
        rows = self._db.rows("SELECT key, step, result, seconds, at FROM action WHERE key=?", (key,))
        return Action(*rows[0]) if rows else None  # type: ignore[arg-type]

    def maker(self, key: str) -> tuple[str, str] | None:
        """The run that made the stored result under a key, and its step; None where that run was deleted."""
        sql = """SELECT version.run, version.name FROM version JOIN event ON event.run=version.run
            WHERE version.key=? AND event.kind='done' AND instr(event.data, version.key) ORDER BY event.id DESC"""
        rows = self._db.rows(f"{sql} LIMIT 1", (key,))
        return (str(rows[0][0]), str(rows[0][1])) if rows else None

    def commit(self, row: StepRow, result: str, answered: Sequence[int] = ()) -> Event:
        """Store a finished step's result, its version and its status, and settle the calls that were answered for it
        (entries of the ledger) and forget its remote job, in one transaction. A result that was there under
        the same key was unusable (its media gone), or the step would not have been made: it is replaced."""
        with self._db.writing() as db:
            db.execute(
                "INSERT OR REPLACE INTO action VALUES(?,?,?,?,?)", (row.key, row.name, result, row.seconds, time.time())
            )
            self.ledger.paid_in(db, answered)
            self.jobs.finish_in(db, row.key)
            return self._write_step(db, row, "done")

    def mark(self, row: StepRow, kind: str, **data: JsonValue) -> Event:
        """Store a step's new status together with the event that reports it."""
        with self._db.writing() as db:
            return self._write_step(db, row, kind, **data)

    def steps(self, run: str) -> tuple[StepRow, ...]:
        """A run's steps in the order in which they were first asked for."""
        rows = self._db.rows(f"SELECT {_STEP} FROM step WHERE run=? ORDER BY rowid", (run,))
        return tuple(_step_row(row) for row in rows)

    def find_step(self, run: str, name: str) -> StepRow | None:
        """One step of a run, or None if it was never asked for."""
        rows = self._db.rows(f"SELECT {_STEP} FROM step WHERE run=? AND name=?", (run, name))
        return _step_row(rows[0]) if rows else None

    def need_step(self, run: str, name: str) -> StepRow:
        """One step of a run; raises ``RunError`` with the names there are."""
        row = self.find_step(run, name)
        if row is None:
            known = ", ".join(repr(step.name) for step in self.steps(run)) or "none yet"
            raise RunError(f"The run {run!r} has no step {name!r}. Its steps: {known}.")
        return row

    def release(self, run: str) -> None:
        """Mark as pending what a killed process left running."""
        with self._db.writing() as db:
            db.execute("UPDATE step SET status='pending' WHERE run=? AND status='running'", (run,))

    def made_inputs(self, run: str, name: str, key: str) -> dict[str, str]:
        """The input digests that a version was made from; empty if it is not known."""
        rows = self._db.rows("SELECT inputs FROM version WHERE run=? AND name=? AND key=?", (run, name, key))
        return _object(rows[0][0]) or {} if rows else {}

    def kept(self, run: str, name: str, take: int) -> str | None:
        """The key of the usable version of a take: the one in use, else the newest."""
        sql = """SELECT version.key FROM version JOIN step ON step.run=version.run AND step.name=version.name
            WHERE version.run=? AND version.name=? AND version.take=?
            ORDER BY version.key IS step.made DESC, version.at DESC"""
        rows = self._db.rows(sql, (run, name, take))
        return str(rows[0][0]) if rows else None

    def emit(self, run: str, kind: str, data: dict[str, JsonValue]) -> Event:
        """Append an event."""
        with self._db.writing() as db:
            return _append(db, run, kind, data)

    def events(
        self, run: str, after: int = 0, *, kinds: Collection[str] = (), about: str = "", most: int = -1
    ) -> tuple[Event, ...]:
        """A run's events with an id above ``after``, oldest first: those of ``kinds`` (none: all) that are about the
        step named ``about`` ("": any), the first ``most`` of them (negative: all)."""
        of_kinds, values = _of_kinds(kinds)
        name = f'"name": {json.dumps(about)}' if about else ""
        sql = f"{_EVENT} WHERE run=? AND id>? AND {of_kinds} AND (?='' OR instr(data, ?)) ORDER BY id LIMIT ?"
        return tuple(_event(row) for row in self._db.rows(sql, (run, after, *values, name, name, most)))

    def newest(
        self, run: str, kinds: Collection[str], *, before: int | None = None, most: int = 1
    ) -> tuple[Event, ...]:
        """The last ``most`` events of these kinds with an id below ``before`` (None: any), newest first."""
        of_kinds, values = _of_kinds(kinds)
        sql = f"{_EVENT} WHERE run=? AND {of_kinds} AND (? IS NULL OR id<?) ORDER BY id DESC LIMIT ?"
        return tuple(_event(row) for row in self._db.rows(sql, (run, *values, before, before, most)))

    def last_event(self, run: str) -> int:
        """The id of a run's last event, 0 where it has none."""
        return int(str(self._db.rows("SELECT ifnull(max(id), 0) FROM event WHERE run=?", (run,))[0][0]))

    def changed_at(self, run: str) -> float | None:
        """When something last happened to a run or was decided about it, seconds since 1970; None: never."""
        sql = "SELECT max(at) FROM (SELECT max(at) AS at FROM event WHERE run=? UNION ALL SELECT max(at) FROM snapshot "
        found = self._db.rows(f"{sql} WHERE run=?)", (run, run))[0][0]
        return None if found is None else float(str(found))

    def results(self, keys: Collection[str]) -> dict[str, str]:
        """The stored results under these keys, as JSON; what is not there is left out."""
        sql = "SELECT key, result FROM action WHERE key IN (SELECT value FROM json_each(?))"
        return {str(key): str(result) for key, result in self._db.rows(sql, (json.dumps(list(keys)),))}

    def _write_step(self, db: sqlite3.Connection, row: StepRow, kind: str, **data: JsonValue) -> Event:
        event = _append(db, row.run, kind, {"name": row.name, "key": row.key, **data})
        row = replace(row, at=event.at)
        values = (
            row.run,
            row.name,
            row.status,
            row.key,
            row.made,
            row.take,
            row.fingerprint,
            json.dumps(row.inputs),
            row.seconds,
            row.message,
            row.at,
        )
        update = (
            "status=excluded.status, key=excluded.key, made=excluded.made, take=excluded.take, "
            "fingerprint=excluded.fingerprint, inputs=excluded.inputs"
        )
        update += ", seconds=excluded.seconds, message=excluded.message, at=excluded.at"
        db.execute(
            f"INSERT INTO step({_STEP}) VALUES(?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(run, name) DO UPDATE SET {update}",
            values,
        )
        if row.status in ("done", "hit"):
            version = (row.run, row.name, row.key, row.take, json.dumps(row.inputs), 0.0, row.at)
            db.execute("INSERT OR IGNORE INTO version VALUES(?,?,?,?,?,?,?)", version)
        return event


def _of_kinds(kinds: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """A condition of a query, and its values."""
    return (f"kind IN ({', '.join('?' * len(kinds))})" if kinds else "1"), tuple(kinds)


def _append(db: sqlite3.Connection, run: str, kind: str, data: dict[str, JsonValue]) -> Event:
    at = time.time()
    cursor = db.execute(
        "INSERT INTO event(run, at, kind, data) VALUES(?,?,?,?)", (run, at, kind, json.dumps(data, ensure_ascii=False))
    )
    return Event(cursor.lastrowid or 0, run, at, kind, data)


def _event(row: tuple[object, ...]) -> Event:
    """The event; one whose data somebody damaged is of the kind "damaged" and says of which it was."""
    number, run, at, kind, text = row
    data = _object(text)
    known = (str(kind), data) if data is not None else (DAMAGED, {"kind": str(kind), "id": number})
    return Event(number, run, at, *known)  # type: ignore[arg-type]


def _step_row(row: tuple[object, ...]) -> StepRow:
    """The step; where its inputs are damaged, they count as unknown: they only tell what changed."""
    values: list[Any] = [*row[:7], _object(row[7]) or {}, *row[8:]]
    return StepRow(*values)


def _object(text: object) -> dict[str, Any] | None:
    """A JSON object; None where the text is none."""
    try:
        found = json.loads(str(text))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
