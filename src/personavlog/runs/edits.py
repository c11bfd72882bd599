"""What a person decided: pins, which replace a step's result, takes, which ask for another one and keep all of them,
and the order of the shots; and what was decided before each change, so that it can be taken back."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from personavlog.errors import ConfigurationError, RunError
from personavlog.runs.database import Database


@dataclass(frozen=True)
class Take:
    """One kept version of a step's result. ``result`` is JSON; two versions of one ``number`` were made from different
    inputs."""

    number: int
    key: str
    result: str
    at: float
    stands: bool


class Edits:
    """Pins and takes of all runs."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def pin(self, run: str, step: str, result: BaseModel, *, ahead: bool = False) -> None:
        """Let ``step`` return ``result`` from now on. What was made from the old result becomes stale and stays
        usable.

        Raises ``RunError`` for a step that was never asked for, unless ``ahead`` says that it will be.
        """
        if not ahead:
            self._need(run, step)
        with self._db.writing() as db:
            db.execute("INSERT OR REPLACE INTO pin VALUES(?,?,?,?)", (run, step, result.model_dump_json(), time.time()))
            db.execute("UPDATE step SET status='pinned' WHERE run=? AND name=?", (run, step))

    def unpin(self, run: str, step: str) -> None:
        """Let ``step`` return what was made for it again; raises ``RunError`` if it is not pinned."""
        if self.pinned(run, step) is None:
            raise RunError(f"The step {step!r} of the run {run!r} is not pinned.")
        with self._db.writing() as db:
            db.execute("DELETE FROM pin WHERE run=? AND name=?", (run, step))
            db.execute("UPDATE step SET status='pending' WHERE run=? AND name=?", (run, step))

    def pinned(self, run: str, step: str) -> str | None:
        """The pinned result as JSON, or None."""
        rows = self._db.rows("SELECT result FROM pin WHERE run=? AND name=?", (run, step))
        return str(rows[0][0]) if rows else None

    def pins(self, run: str) -> dict[str, str]:
        """All pinned results of a run as JSON, by step name."""
        return {
            str(name): str(result)
            for name, result in self._db.rows("SELECT name, result FROM pin WHERE run=? ORDER BY name", (run,))
        }

    def order(self, run: str) -> tuple[int, ...] | None:
        """The numbers of the film's shots in the order that a person gave them; None where nobody did."""
        rows = self._db.rows("SELECT ids FROM shot_order WHERE run=?", (run,))
        try:
            return tuple(map(int, json.loads(str(rows[0][0])))) if rows else None
        except (TypeError, ValueError) as error:
            raise ConfigurationError(
                f"The order of the shots of the run {run!r} cannot be read any more. Give it again, or begin anew "
                "with: personavlog make"
            ) from error

    def set_order(self, run: str, ids: Sequence[int]) -> None:
        """Let the film have these shots in this order. A shot keeps its number, and with it its takes and pins."""
        with self._db.writing() as db:
            db.execute("INSERT OR REPLACE INTO shot_order VALUES(?,?)", (run, json.dumps(list(ids))))

    def remember(self, run: str, change: str) -> None:
        """Keep what is decided now, before ``change`` ("another take of the clip of shot 2") changes it."""
        with self._db.writing() as db:
            sql = "INSERT INTO snapshot(run, at, change, state) VALUES(?,?,?,?)"
            db.execute(sql, (run, time.time(), change, self._state(run)))

    def undo(self, run: str) -> str:
        """Decide again what was decided before the last change, and return that change's words; raises ``RunError``
        where there is nothing to take back."""
        with self._db.writing() as db:
            sql = "SELECT id, change, state FROM snapshot WHERE run=? ORDER BY id DESC"
            for number, change, state in db.execute(sql, (run,)).fetchall():
                db.execute("DELETE FROM snapshot WHERE id=?", (number,))
                if state != self._state(run):  # a change that was kept and then not made, because the process died
                    self._restore(db, run, json.loads(state))
                    return str(change)
        raise RunError(f"The run {run!r} has no change to take back.")

    def undoable(self, run: str) -> str:
        """What ``undo`` would take back, in the change's words; "" where there is nothing."""
        state = self._state(run)
        rows = self._db.rows("SELECT change, state FROM snapshot WHERE run=? ORDER BY id DESC", (run,))
        return next((str(change) for change, before in rows if before != state), "")

    def revision(self, run: str) -> str:
        """A short digest of all that is decided now; another one after every change."""
        return hashlib.sha256(self._state(run).encode()).hexdigest()[:16]

    def past_orders(self, run: str) -> tuple[tuple[int, ...], ...]:
        """The orders of shots that ``undo`` could bring back."""
        states = [json.loads(str(row[0])) for row in self._db.rows("SELECT state FROM snapshot WHERE run=?", (run,))]
        return tuple(tuple(state["order"]) for state in states if state["order"] is not None)

    def _state(self, run: str) -> str:
        chosen = self._db.rows("SELECT name, take FROM chosen WHERE run=?", (run,))
        order = self.order(run)
        state = {"pins": self.pins(run), "chosen": dict(chosen), "order": None if order is None else list(order)}  # type: ignore[arg-type]
        return json.dumps(state, sort_keys=True)

    def _restore(self, db: sqlite3.Connection, run: str, state: dict[str, Any]) -> None:
        now, pins = time.time(), state["pins"]
        for name in self.pins(run).keys() - pins.keys():
            db.execute("UPDATE step SET status='pending' WHERE run=? AND name=?", (run, name))
        for table in ("pin", "chosen", "shot_order"):
            db.execute(f"DELETE FROM {table} WHERE run=?", (run,))
        db.executemany("INSERT INTO pin VALUES(?,?,?,?)", [(run, name, text, now) for name, text in pins.items()])
        db.executemany("UPDATE step SET status='pinned' WHERE run=? AND name=?", [(run, name) for name in pins])
        chosen = [(run, name, take) for name, take in state["chosen"].items()]
        db.executemany("INSERT INTO chosen VALUES(?,?,?)", chosen)
        if state["order"] is not None:
            db.execute("INSERT INTO shot_order VALUES(?,?)", (run, json.dumps(state["order"])))

    def takes(self, run: str, step: str) -> tuple[Take, ...]:
        """All kept versions of a step, oldest first; raises ``RunError`` for a step that was never asked for."""
        self._need(run, step)
        sql = """SELECT version.take, version.key, action.result, version.at, version.key IS step.made
            FROM version JOIN action USING (key) JOIN step ON step.run=version.run AND step.name=version.name
            WHERE version.run=? AND version.name=? ORDER BY version.at"""
        rows = self._db.rows(sql, (run, step))
        return tuple(Take(int(number), key, result, at, bool(stands)) for number, key, result, at, stands in rows)  # type: ignore[arg-type, call-overload]

    def new_take(self, run: str, step: str) -> int:
        """Ask for another take of ``step`` and return its number; the next making of the run makes it."""
        self._need(run, step)
        with self._db.writing() as db:
            sql = (
                "SELECT MAX(take) FROM (SELECT take FROM version WHERE run=? AND name=? UNION ALL SELECT take FROM "
                "chosen WHERE run=? AND name=?)"
            )
            newest = db.execute(sql, (run, step, run, step)).fetchone()[0]
            number = 1 if newest is None else int(newest) + 1
            db.execute("INSERT OR REPLACE INTO chosen VALUES(?,?,?)", (run, step, number))
        return number

    def choose_take(self, run: str, step: str, number: int) -> None:
        """Go back to take ``number``; raises ``RunError`` with the numbers there are."""
        known = sorted({take.number for take in self.takes(run, step)})
        if number not in known:
            raise RunError(
                f"The step {step!r} of the run {run!r} has no take {number}. Its takes: "
                f"{', '.join(map(str, known)) or 'none yet'}."
            )
        with self._db.writing() as db:
            db.execute("INSERT OR REPLACE INTO chosen VALUES(?,?,?)", (run, step, number))

    def chosen(self, run: str, step: str) -> int | None:
        """The take that was chosen or asked for, or None where nobody did."""
        rows = self._db.rows("SELECT take FROM chosen WHERE run=? AND name=?", (run, step))
        return int(rows[0][0]) if rows else None  # type: ignore[call-overload]

    def chosen_takes(self, run: str) -> dict[str, int]:
        """Every take that was chosen or asked for, by step name."""
        rows = self._db.rows("SELECT name, take FROM chosen WHERE run=?", (run,))
        return {str(name): int(str(take)) for name, take in rows}

    def asked(self, run: str, step: str) -> bool:
        """Whether somebody asked for a take that is not made yet."""
        sql = """SELECT 1 FROM chosen WHERE run=? AND name=?
            AND NOT EXISTS (SELECT 1 FROM version
                WHERE version.run=chosen.run AND version.name=chosen.name AND version.take=chosen.take)"""
        return bool(self._db.rows(sql, (run, step)))

    def _need(self, run: str, step: str) -> None:
        if not self._db.rows("SELECT 1 FROM step WHERE run=? AND name=?", (run, step)):
            raise RunError(f"The run {run!r} has no step {step!r}. List its steps with: personavlog show {run}")
