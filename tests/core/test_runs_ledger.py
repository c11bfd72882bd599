"""The ledger: nothing is sent that the cap forbids, unknown is never zero, and nothing is forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personavlog.errors import CostLimitError
from personavlog.runs.folder import open_store
from personavlog.runs.ledger import Cap, Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return open_store(tmp_path)[1].ledger


def reserve(ledger: Ledger, high: float | None, cap: Cap, run: str = "run") -> int:
    return ledger.reserve(run, "clip/1/animate/0", "wan", low=high, high=high, cap=cap)


def test_the_high_estimate_is_set_aside_before_the_call(ledger: Ledger) -> None:
    cap = Cap(1.0)
    first = reserve(ledger, 0.7, cap)
    with pytest.raises(CostLimitError, match=r"may cost \$0.70.*leaves \$0.30.*--max-cost"):
        reserve(ledger, 0.7, cap)
    ledger.settle(first, "paid", money=0.2, model="wan2.1")
    reserve(ledger, 0.7, cap)
    totals = ledger.totals("run")
    assert (totals.paid, totals.reserved, totals.calls) == (0.2, 0.7, 2)


def test_an_unknown_price_is_refused_under_a_cap_and_never_counted_as_nothing(ledger: Ledger) -> None:
    with pytest.raises(CostLimitError, match="unknown"):
        reserve(ledger, None, Cap(100.0))
    entry = reserve(ledger, None, Cap(100.0, unknown=True))
    ledger.settle(entry, "paid", money=None)
    totals = ledger.totals("run")
    assert totals.paid == 0 and totals.unknown == 1 and totals.text == "$0.00 and 1 call of unknown price"


def test_a_failed_call_of_unknown_cost_keeps_its_reservation(ledger: Ledger) -> None:
    entry = reserve(ledger, 0.6, Cap(1.0))
    ledger.settle(entry, "failed", money=None, message="503")
    with pytest.raises(CostLimitError):
        reserve(ledger, 0.6, Cap(1.0))
    assert ledger.totals("run").failed == 1 and ledger.entries("run")[0].message == "503"


def test_what_a_killed_process_left_open_stays_reserved_and_is_called_interrupted(ledger: Ledger) -> None:
    reserve(ledger, 0.4, Cap())
    ledger.interrupt("run")
    (entry,) = ledger.entries("run")
    assert entry.outcome == "interrupted" and entry.money is None
    assert ledger.totals("run").reserved == 0.4 and ledger.totals("run").unknown == 1


def test_an_entry_is_settled_once(ledger: Ledger) -> None:
    entry = reserve(ledger, 0.4, Cap())
    ledger.settle(entry, "paid", money=0.3)
    ledger.settle(entry, "failed", money=9.0)
    assert ledger.entries("run")[0].money == 0.3


@given(st.lists(st.tuples(st.floats(0, 2), st.floats(0, 1)), max_size=12), st.floats(0, 6))
def test_what_is_paid_never_exceeds_the_cap_where_estimates_hold(calls: list[tuple[float, float]], most: float) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder))[1]
        for high, share in calls:
            try:
                entry = reserve(store.ledger, high, Cap(most))
            except CostLimitError:
                continue
            store.ledger.settle(entry, "paid", money=high * share)
        assert store.ledger.totals("run").paid <= most + 1e-6
        store.close()


def test_runs_are_booked_apart(ledger: Ledger) -> None:
    ledger.settle(reserve(ledger, 1.0, Cap(), "one"), "paid", money=1.0)
    assert ledger.totals("two").calls == 0
    reserve(ledger, 1.0, Cap(1.0), "two")
