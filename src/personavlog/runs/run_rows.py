"""The rows of one run in every table that is needed to look at it, taken out as data and put in elsewhere."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, JsonValue

from personavlog.frozen import Frozen
from personavlog.runs.database import Database

Key = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
RunId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,99}$")]
_Whole = Annotated[int, Field(ge=0, lt=2**53)]

COLUMNS = {
    "action": "key, step, result, seconds, at",
    "step": "run, name, status, key, made, take, fingerprint, inputs, seconds, message, at",
    "version": "run, name, key, take, inputs, cost, at",
    "event": "run, at, kind, data",
    "pin": "run, name, result, at",
    "chosen": "run, name, take",
    "shot_order": "run, ids",
    "ledger": "run, step, provider, low, high, outcome, money, model, request, message, at",
    "exported": "run, path, digest",
}
"""The columns of each table in the order in which ``Rows`` has their values; ids that count up are given anew."""
_ORDERED = {"event": "id", "ledger": "id", "step": "rowid", "version": "at, rowid"}
_KEYS = "SELECT key FROM version WHERE run=? UNION SELECT made FROM step WHERE run=? AND made IS NOT NULL"


class Rows(Frozen):
    """All rows of one run; ``action`` are the stored results that it uses. What was decided before each change
    (snapshots) and what is still under way (jobs) is not taken along. Strict: a number is no text."""

    model_config = ConfigDict(strict=True)

    run: RunId
    begun: float
    action: tuple[tuple[Key, str, str, float, float], ...] = ()
    step: tuple[tuple[RunId, str, str, Key, Key | None, _Whole, str, str, float, str, float], ...] = ()
    version: tuple[tuple[RunId, str, Key, _Whole, str, float, float], ...] = ()
    event: tuple[tuple[RunId, float, str, str], ...] = ()
    pin: tuple[tuple[RunId, str, str, float], ...] = ()
    chosen: tuple[tuple[RunId, str, _Whole], ...] = ()
    shot_order: tuple[tuple[RunId, str], ...] = ()
    ledger: tuple[
        tuple[RunId, str, str, float | None, float | None, str, float | None, str, str, str, float],
        ...,
    ] = ()
    exported: tuple[tuple[RunId, str, Key], ...] = ()

    @property
    def foreign(self) -> tuple[str, ...]:
        """The tables with a row of another run, or with a stored result that no step of this one uses."""
        own = {row[2] for row in self.version} | {row[4] for row in self.step}
        found = [table for table in COLUMNS if table != "action" and {row[0] for row in self.of(table)} - {self.run}]
        return (*found, *(["action"] if {row[0] for row in self.action} - own else []))

    def of(self, table: str) -> tuple[tuple[JsonValue, ...], ...]:
        """The rows of one table."""
        rows: tuple[tuple[JsonValue, ...], ...] = getattr(self, table)
        return rows


class RunRows:
    """Taking a run's rows out of the index, and putting them in."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def take(self, run: str) -> Rows:
        """A run's rows; the index keeps them."""
        found = {table: self._rows(table, run) for table in COLUMNS}
        begun = self._db.rows("SELECT at FROM begun WHERE run=?", (run,))
        return Rows.model_validate({"run": run, "begun": begun[0][0] if begun else 0.0, **found})

    def put(self, rows: Rows) -> None:
        """Put a run's rows in, all or none; results that are known already stay as they are. A run of which the index
        knows a step or an event stays as it is."""
        with self._db.writing() as db:
            if db.execute(
                "SELECT 1 FROM event WHERE run=? UNION SELECT 1 FROM step WHERE run=?", (rows.run,) * 2
            ).fetchone():
                return
            for table, columns in COLUMNS.items():
                marks = ", ".join("?" for _ in columns.split(","))
                db.executemany(f"INSERT OR IGNORE INTO {table}({columns}) VALUES({marks})", rows.of(table))

    def _rows(self, table: str, run: str) -> tuple[tuple[object, ...], ...]:
        where, values = ("run=?", (run,)) if table != "action" else (f"key IN ({_KEYS})", (run, run))
        order = _ORDERED.get(table, "1, 2")
        return tuple(self._db.rows(f"SELECT {COLUMNS[table]} FROM {table} WHERE {where} ORDER BY {order}", values))
