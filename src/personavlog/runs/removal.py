"""What of the store and the index belongs to one run alone, and taking it away."""

from __future__ import annotations

import re
from collections.abc import Iterable

from personavlog.runs.database import Database

DELETED = "deleted"
"""The run under which the ledger keeps what deleted runs cost."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_KEYS = "SELECT key FROM version WHERE run{0}? UNION SELECT made FROM step WHERE run{0}? AND made IS NOT NULL"
_TEXTS = {"pin": "result", "snapshot": "state", "event": "data", "begun": "blobs"}
_ROWS = ("step", "version", "event", "pin", "chosen", "shot_order", "snapshot", "exported", "begun")


def digests_in(text: str) -> frozenset[str]:
    """Everything in a text that may be a blob's digest."""
    return frozenset(_DIGEST.findall(text))


class Removal:
    """Removing runs from the index."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def runs(self) -> frozenset[str]:
        """Every run that the index knows something of."""
        rows = self._db.rows(" UNION ".join(f"SELECT DISTINCT run FROM {table}" for table in _ROWS))
        return frozenset(str(row[0]) for row in rows)

    def needed(self, besides: str = "") -> frozenset[str]:
        """The digests that any run but ``besides``, or a stored result that it does not own alone, may point at."""
        texts = [f"SELECT {column} FROM {table} WHERE run<>?" for table, column in _TEXTS.items()]
        own = self._own_keys(besides)
        found = _digests(row[0] for sql in texts for row in self._db.rows(sql, (besides,)))
        results = self._db.rows("SELECT key, result FROM action")
        return found | _digests(result for key, result in results if key not in own)

    def only_of(self, run: str, handed_over: Iterable[str] = ()) -> frozenset[str]:
        """The digests that this run and nothing else may point at, with those of ``handed_over``."""
        texts = [f"SELECT {column} FROM {table} WHERE run=?" for table, column in _TEXTS.items()]
        own = self._own_keys(run)
        found = _digests(row[0] for sql in texts for row in self._db.rows(sql, (run,)))
        results = self._db.rows("SELECT key, result FROM action")
        mine = found | _digests(result for key, result in results if key in own) | frozenset(handed_over)
        return mine - self.needed(run)

    def forget(self, run: str) -> None:
        """Delete the run's rows, and the stored results that no other run uses. The ledger keeps what was spent, under
        no run's name and without a word of what was asked."""
        own = [(key,) for key in self._own_keys(run)]
        with self._db.writing() as db:
            db.executemany("DELETE FROM action WHERE key=?", own)
            db.executemany("DELETE FROM job WHERE key=?", own)
            for table in _ROWS:
                db.execute(f"DELETE FROM {table} WHERE run=?", (run,))
            db.execute("UPDATE ledger SET run=?, request='', message='' WHERE run=?", (DELETED, run))
        self._db.truncate_log()

    def _own_keys(self, run: str) -> frozenset[str]:
        own, others = _KEYS.format("="), _KEYS.format("<>")
        return frozenset(str(row[0]) for row in self._db.rows(f"{own} EXCEPT SELECT * FROM ({others})", (run,) * 4))


def _digests(texts: Iterable[object]) -> frozenset[str]:
    return frozenset[str]().union(*(digests_in(str(text)) for text in texts))
