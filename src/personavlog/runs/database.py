"""The SQLite file under the index: schema, transactions, and what its errors mean for a user."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from personavlog.errors import MachineError
from personavlog.runs.lock import queued

VERSION = 3
"""1: without the ledger; 2: without snapshots, exported files and where runs were begun. Every statement of the schema
only adds, so that an older file is brought up by running it."""
BUSY_SECONDS = 30.0

SCHEMA = """
CREATE TABLE IF NOT EXISTS action(
    key TEXT PRIMARY KEY, step TEXT NOT NULL, result TEXT NOT NULL, seconds REAL NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS step(
    run TEXT NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL, key TEXT NOT NULL, made TEXT, take INTEGER NOT NULL,
    fingerprint TEXT NOT NULL, inputs TEXT NOT NULL, seconds REAL NOT NULL, message TEXT NOT NULL, at REAL NOT NULL,
    PRIMARY KEY(run, name));
CREATE TABLE IF NOT EXISTS version(
    run TEXT NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL, take INTEGER NOT NULL, inputs TEXT NOT NULL,
    cost REAL NOT NULL, at REAL NOT NULL, PRIMARY KEY(run, name, key));
CREATE TABLE IF NOT EXISTS pin(
    run TEXT NOT NULL, name TEXT NOT NULL, result TEXT NOT NULL, at REAL NOT NULL, PRIMARY KEY(run, name));
CREATE TABLE IF NOT EXISTS chosen(
    run TEXT NOT NULL, name TEXT NOT NULL, take INTEGER NOT NULL, PRIMARY KEY(run, name));
CREATE TABLE IF NOT EXISTS event(
    id INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, at REAL NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS event_of_run ON event(run, id);
CREATE TABLE IF NOT EXISTS job(key TEXT PRIMARY KEY, job TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS shot_order(run TEXT PRIMARY KEY, ids TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ledger(
    id INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, step TEXT NOT NULL, provider TEXT NOT NULL, low REAL,
    high REAL, outcome TEXT NOT NULL, money REAL, model TEXT NOT NULL, request TEXT NOT NULL, message TEXT NOT NULL,
    at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS ledger_of_run ON ledger(run, id);
CREATE TABLE IF NOT EXISTS snapshot(
    id INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, at REAL NOT NULL, change TEXT NOT NULL,
    state TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS snapshot_of_run ON snapshot(run, id);
CREATE TABLE IF NOT EXISTS exported(
    run TEXT NOT NULL, path TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY(run, path, digest));
CREATE TABLE IF NOT EXISTS begun(run TEXT PRIMARY KEY, root TEXT NOT NULL, blobs TEXT NOT NULL, at REAL NOT NULL);
"""


class Database:
    """One connection, safe to use from any thread. Every write is one transaction, on disk when the call returns (WAL,
    synchronous=FULL)."""

    def __init__(self, path: Path, *, writable: bool = True) -> None:
        self.path = path
        self._lock = threading.RLock()
        if not writable:
            with self._explained():
                self._db = _opened_to_look(path)
            return
        # Turning WAL on is the one moment in which SQLite does not wait for a busy neighbour, so opening is done one
        # process at a time.
        with queued(path.parent / "locks" / "index.lock"), self._explained():
            self._db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.execute("PRAGMA secure_delete=ON")  # what a person deletes must not stay in free pages
            self._migrate()

    def close(self) -> None:
        """Close the connection; the object is of no use afterwards."""
        self._db.close()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """All rows of a query."""
        with self._lock, self._explained():
            return self._db.execute(sql, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is kept or, when the block raises, nothing."""
        with self._lock, self._explained():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def truncate_log(self) -> None:
        """Write the log into the file and empty it, so that what was deleted is in neither."""
        with self._lock, self._explained():
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _migrate(self) -> None:
        found = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        if found > VERSION:
            raise MachineError(
                f"The index {str(self.path)!r} was written by a newer PersonaVlog (format {found}, this one "
                f"knows {VERSION}). Update PersonaVlog."
            )
        if found < VERSION:
            self._db.executescript(SCHEMA)
            self._db.execute(f"PRAGMA user_version={VERSION}")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.ProgrammingError, sqlite3.InterfaceError, sqlite3.NotSupportedError):
            raise  # a fault of the program, which no user can mend
        except sqlite3.DatabaseError as error:
            raise MachineError(f"The index {str(self.path)!r} cannot be used: {error}. {_advice(error)}") from error


def _opened_to_look(path: Path) -> sqlite3.Connection:
    """The file for reading only; where its folder takes no files beside it, as a file that nobody changes."""
    place = path.resolve().as_uri()
    for mode in ("mode=ro", "mode=ro&immutable=1"):
        db = sqlite3.connect(f"{place}?{mode}", uri=True, isolation_level=None, check_same_thread=False)
        try:
            db.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.OperationalError:
            db.close()
            if "immutable" in mode:
                raise
        else:
            return db
    raise AssertionError("the second way returned or raised")


def _advice(error: sqlite3.DatabaseError) -> str:
    text = str(error)
    if "full" in text:
        return "Free some disk space and resume the run."
    if any(sign in text for sign in ("malformed", "not a database", "no such table", "no such column")):
        return "Move it away; runs keep their own files, but finished steps will be made again."
    if "locked" in text:
        return f"Another process kept it busy for {BUSY_SECONDS:.0f} s; stop that one or try again."
    if any(sign in text for sign in ("readonly", "unable to open", "authorization", "disk I/O")):
        return "Make the folder writable, or choose another with PERSONAVLOG_HOME."
    if "out of memory" in text:
        return "Close other programs and resume the run."
    return "Move it away and resume the run; if that helps, please report it."
