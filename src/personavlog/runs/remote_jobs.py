"""Jobs on a provider's machine: the id is stored before the first poll, so that a crash never pays twice."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from personavlog.runs.database import Database


class RemoteJobs:
    """Ids of submitted remote jobs by request key."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def submitted(self, key: str, submit: Callable[[], Awaitable[str]]) -> str:
        """The id of the remote job for the request ``key``: the stored one, or a new one from ``submit``, stored before
        this returns.

        A crash between the provider's answer and the storing is the one gap left; providers that take an idempotency
        key close it when given ``key``.
        """
        stored = self.find(key)
        if stored is not None:
            return stored
        job = await submit()
        with self._db.writing() as db:
            db.execute("INSERT OR REPLACE INTO job VALUES(?,?,?)", (key, job, time.time()))
        return job

    def find(self, key: str) -> str | None:
        """The stored id for a request, or None."""
        known = self.since(key)
        return known[0] if known else None

    def since(self, key: str) -> tuple[str, float] | None:
        """The stored id for a request, and when it was stored (seconds since 1970)."""
        rows = self._db.rows("SELECT job, at FROM job WHERE key=?", (key,))
        return (str(rows[0][0]), float(str(rows[0][1]))) if rows else None

    def finish(self, key: str) -> None:
        """Forget a job that failed or expired at the provider; the next request submits a new one. One that delivered
        is forgotten when its result is stored."""
        with self._db.writing() as db:
            self.finish_in(db, key)

    def finish_in(self, db: sqlite3.Connection, key: str) -> None:
        """Forget a job in the transaction that stores what it delivered."""
        db.execute("DELETE FROM job WHERE key=?", (key,))


@dataclass(frozen=True)
class StepJob:
    """The remote job of one step: ``backbones.tools.RemoteJob``, bound to the step's key."""

    jobs: RemoteJobs
    key: str

    async def submitted(self, submit: Callable[[], Awaitable[str]]) -> str:
        """The job's id, stored before this returns."""
        return await self.jobs.submitted(self.key, submit)

    def since(self) -> tuple[str, float] | None:
        """Its id and when it was stored; None where none is."""
        return self.jobs.since(self.key)

    def finish(self) -> None:
        """Forget the job."""
        self.jobs.finish(self.key)
