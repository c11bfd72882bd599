"""What was written into run folders last, by digest: how a file that a person changed is told from one of ours."""

from __future__ import annotations

from personavlog.runs.database import Database


class Exported:
    """Digests by run and path; while a file is being replaced it has two, since the process may die in between."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def digests(self, run: str, path: str) -> frozenset[str]:
        """What the file may hold without anybody having changed it; empty where we never wrote it."""
        rows = self._db.rows("SELECT digest FROM exported WHERE run=? AND path=?", (run, path))
        return frozenset(str(row[0]) for row in rows)

    def paths(self, run: str) -> tuple[str, ...]:
        """All files that we wrote, relative to the run folder."""
        rows = self._db.rows("SELECT DISTINCT path FROM exported WHERE run=? ORDER BY path", (run,))
        return tuple(str(row[0]) for row in rows)

    def add(self, run: str, path: str, digest: str) -> None:
        """Say what the file will hold, before it is written."""
        with self._db.writing() as db:
            db.execute("INSERT OR IGNORE INTO exported VALUES(?,?,?)", (run, path, digest))

    def settle(self, run: str, path: str, digest: str) -> None:
        """Say what the file holds, now that it is written."""
        with self._db.writing() as db:
            db.execute("DELETE FROM exported WHERE run=? AND path=? AND digest<>?", (run, path, digest))
            db.execute("INSERT OR IGNORE INTO exported VALUES(?,?,?)", (run, path, digest))

    def forget(self, run: str, path: str) -> None:
        """Say that the file is not there any more."""
        with self._db.writing() as db:
            db.execute("DELETE FROM exported WHERE run=? AND path=?", (run, path))
