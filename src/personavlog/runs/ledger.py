"""What was spent, call by call: append-only, failures included, and what is unknown is called unknown.

A call is reserved at its high estimate before it is sent and settled when it ended, however it ended. One that was
answered stays open, at what it cost, until its step's result is stored: both in one transaction, so that after a kill
a call is paid and its result is there, or it was interrupted. What was reserved and never answered counts at its high
estimate.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from personavlog.errors import CostLimitError
from personavlog.runs.database import Database

Outcome = Literal["open", "paid", "failed", "interrupted"]

_ENTRY = "id, run, step, provider, low, high, outcome, money, model, request, message, at"


@dataclass(frozen=True)
class Cap:
    """``most`` US dollars a run may cost, None for no cap; ``unknown``: calls of unknown price may be sent under it.

    ``beside`` are other runs that spend from the same dollars; it may grow while they are made.
    """

    most: float | None = None
    unknown: bool = False
    beside: Collection[str] = ()


NO_CAP = Cap()


@dataclass(frozen=True)
class Entry:
    """One call. ``low`` and ``high`` are its estimate in US dollars, ``money`` what it cost; None: unknown."""

    id: int
    run: str
    step: str
    provider: str
    low: float | None
    high: float | None
    outcome: Outcome
    money: float | None
    model: str
    request: str
    message: str
    at: float


@dataclass(frozen=True)
class Totals:
    """Of one run, in US dollars: ``paid`` what is known to be paid, ``reserved`` the high estimates of what is under
    way or of unknown price, ``unknown`` how many calls cost nobody knows what, ``failed`` how many failed."""

    paid: float
    reserved: float
    calls: int
    unknown: int
    failed: int

    @property
    def text(self) -> str:
        """In words, such as "$1.20 and 2 calls of unknown price"."""
        rest = f" and {self.unknown} call{'s' if self.unknown > 1 else ''} of unknown price" if self.unknown else ""
        return f"${self.paid:.2f}{rest}"


class Ledger:
    """The entries of all runs of one home folder."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def reserve(
        self, run: str, step: str, provider: str, *, low: float | None, high: float | None, cap: Cap = NO_CAP
    ) -> int:
        """Set ``high`` aside for a call and return the entry's id; raises ``CostLimitError`` where the cap forbids
        it."""
        with self._db.writing() as db:
            if cap.most is not None:
                self._within(run, provider, high, cap)
            cursor = db.execute(
                "INSERT INTO ledger(run, step, provider, low, high, outcome, money, model, request, message, at) "
                "VALUES(?,?,?,?,?,'open',NULL,'','','',?)",
                (run, step, provider, low, high, time.time()),
            )
            return int(cursor.lastrowid or 0)

    def _within(self, run: str, provider: str, high: float | None, cap: Cap) -> None:
        assert cap.most is not None
        if high is None:
            if cap.unknown:
                return
            raise CostLimitError(
                f"The price of a call of {provider!r} is unknown, so it cannot be held under the cap of "
                f"${cap.most:.2f}. Nothing was sent. Allow it with --allow-unknown-prices, or choose a backbone whose "
                "price is known."
            )
        spent = [self.totals(one) for one in {run, *cap.beside}]
        left = cap.most - sum(totals.paid + totals.reserved for totals in spent)
        if high > left + 1e-9:
            raise CostLimitError(
                f"The next call of {provider!r} may cost ${high:.2f}, and the cap of ${cap.most:.2f} leaves "
                f"${max(left, 0):.2f}. Nothing was sent, everything finished is kept. Raise it "
                + ("and go on." if cap.beside else f"and go on with: personavlog resume {run} --max-cost AMOUNT")
            )

    def answered(self, entry: int, *, money: float | None, model: str = "", request: str = "") -> None:
        """Say what a reserved call cost that was answered; ``money`` None: nobody knows. It stays open until its
        result is stored (``paid_in``), or until it is known that none will be (``paid``)."""
        with self._db.writing() as db:
            db.execute(
                "UPDATE ledger SET money=?, model=?, request=? WHERE id=? AND outcome='open'",
                (money, model, request, entry),
            )

    def paid(self, entries: Sequence[int]) -> None:
        """Settle answered calls of which no result is stored."""
        if entries:
            with self._db.writing() as db:
                self.paid_in(db, entries)

    def paid_in(self, db: sqlite3.Connection, entries: Sequence[int]) -> None:
        """Settle answered calls in the transaction that stores what came of them."""
        db.executemany(
            "UPDATE ledger SET outcome='paid' WHERE id=? AND outcome='open'", [(entry,) for entry in entries]
        )

    def settle(
        self,
        entry: int,
        outcome: Outcome,
        *,
        money: float | None,
        model: str = "",
        request: str = "",
        message: str = "",
    ) -> None:
        """Say how a reserved call ended; ``money`` None: nobody knows what it cost."""
        with self._db.writing() as db:
            db.execute(
                "UPDATE ledger SET outcome=?, money=?, model=?, request=?, message=? WHERE id=? AND outcome='open'",
                (outcome, money, model, request, message[:400], entry),
            )

    def found_again(self, entry: int, since: float, money: float) -> None:
        """Say that ``entry`` was answered by a job that an earlier call of its step had submitted at ``since``, which
        is paid once: with ``entry``, or, where that one cost nothing (``money`` 0), with the call that submitted it,
        at its estimate if that is one price."""
        same = "run=(SELECT run FROM ledger WHERE id=:entry) AND step=(SELECT step FROM ledger WHERE id=:entry)"
        first = f"(SELECT max(id) FROM ledger WHERE {same} AND at<=:since)"
        unsure = f"{same} AND id<:entry AND money IS NULL AND outcome IN ('interrupted', 'failed')"
        said = "message='its job was found again'"
        with self._db.writing() as db:
            values = {"entry": entry, "since": since}
            if money == 0:
                db.execute(f"UPDATE ledger SET money=high, {said} WHERE {unsure} AND id={first} AND low=high", values)
            db.execute(f"UPDATE ledger SET money=0, {said} WHERE {unsure} AND id>{first}", values)
            if money > 0:
                db.execute(f"UPDATE ledger SET money=0, {said} WHERE {unsure} AND id={first}", values)

    def interrupt(self, run: str) -> None:
        """Settle what a dead process left open: what was not answered may have been paid, nobody knows."""
        with self._db.writing() as db:
            db.execute("UPDATE ledger SET outcome='interrupted' WHERE run=? AND outcome='open'", (run,))

    def entries(self, run: str) -> tuple[Entry, ...]:
        """A run's calls, oldest first."""
        rows = self._db.rows(f"SELECT {_ENTRY} FROM ledger WHERE run=? ORDER BY id", (run,))
        return tuple(Entry(*row) for row in rows)  # type: ignore[arg-type]

    def totals(self, run: str) -> Totals:
        """What a run has cost so far."""
        entries = self.entries(run)
        unsure = [one for one in entries if one.money is None]
        return Totals(
            paid=sum(one.money for one in entries if one.money is not None),
            reserved=sum(one.high or 0.0 for one in unsure),
            calls=len(entries),
            unknown=sum(one.outcome != "open" for one in unsure),
            failed=sum(one.outcome == "failed" for one in entries),
        )
