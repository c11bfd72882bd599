"""The ledger: nothing is sent that the cap forbids, unknown is never zero, and nothing is forgotten."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from personavlog.backbones.receipts import Delivered, Receipt
from personavlog.backbones.retrying import RetryPolicy
from personavlog.backbones.roles import Estimate
from personavlog.errors import BackboneError, CostLimitError, MachineError
from personavlog.production.calls import Account, Call, answered
from personavlog.runs.engine import Engine, StepRun
from personavlog.runs.folder import open_store
from personavlog.runs.index import Event, Index
from personavlog.runs.ledger import Cap, Ledger
from personavlog.runs.remote_jobs import RemoteJobs, StepJob

EVENT = Event(0, "run", 0.0, "started", {})


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


def test_runs_beside_each_other_spend_from_one_cap(ledger: Ledger) -> None:
    runs = ["one"]
    ledger.settle(reserve(ledger, 0.6, Cap(1.0, beside=runs), "one"), "paid", money=0.6)
    with pytest.raises(CostLimitError, match=r"leaves \$0\.40.*Raise it and go on\.$"):
        reserve(ledger, 0.6, Cap(1.0, beside=runs), "two")
    reserve(ledger, 0.3, Cap(1.0, beside=runs), "two")
    runs.append("two")
    with pytest.raises(CostLimitError, match=r"leaves \$0\.10"):
        reserve(ledger, 0.3, Cap(1.0, beside=runs), "three")


def test_an_answered_call_counts_at_its_price_and_stays_open_until_its_result_is_stored(ledger: Ledger) -> None:
    cap = Cap(1.0)
    entry = reserve(ledger, 0.9, cap)
    ledger.answered(entry, money=0.2, model="wan2.1", request="r1")
    (open_,) = ledger.entries("run")
    assert (open_.outcome, open_.money, ledger.totals("run").reserved) == ("open", 0.2, 0.0)
    reserve(ledger, 0.8, cap)
    ledger.paid([entry])
    (paid, other) = ledger.entries("run")
    assert (paid.outcome, paid.money, paid.model, paid.request) == ("paid", 0.2, "wan2.1", "r1")
    assert other.outcome == "open"


def test_what_was_answered_and_never_stored_is_interrupted_at_its_known_price(ledger: Ledger) -> None:
    ledger.answered(reserve(ledger, 0.9, Cap()), money=0.2)
    ledger.interrupt("run")
    (entry,) = ledger.entries("run")
    assert (entry.outcome, entry.money) == ("interrupted", 0.2) and ledger.totals("run").text == "$0.20"


class Text(BaseModel):
    text: str


def making(ledger_of: Path, work: Callable[[StepRun], Awaitable[Text]]) -> Index:
    """One step of a run whose work is ``work``; the index, whatever became of it."""
    store, index = open_store(ledger_of)
    engine = Engine(store, index, "run", {})
    with suppress(MachineError, BackboneError):
        anyio.run(
            lambda: engine.step("clip/1", work, version=1, fingerprint="f", uses="video", inputs={}, returns=Text)
        )
    return index


def test_a_result_and_what_was_paid_for_it_are_stored_together_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(tmp_path)[1]

    async def work(run: StepRun) -> Text:
        entry = reserve(store.ledger, 1.0, Cap())
        store.ledger.answered(entry, money=1.0)
        run.answered.append(entry)
        return Text(text=run.key)

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(Index, "_write_step", lambda self, db, row, kind, **data: full() if kind == "done" else EVENT)
        making(tmp_path, work)
    assert [entry.outcome for entry in store.ledger.entries("run")] == ["open"] and store.find_step(
        "run", "clip/1"
    ) is None
    index = making(tmp_path, work)
    row = index.need_step("run", "clip/1")
    assert [entry.outcome for entry in store.ledger.entries("run")] == ["open", "paid"] and index.action(row.key)


def test_a_remote_job_is_forgotten_when_its_result_is_stored_and_not_before(tmp_path: Path) -> None:
    store = open_store(tmp_path)[1]
    known: list[str | None] = []

    async def submit() -> str:
        return "job-1"

    async def work(run: StepRun) -> Text:
        await store.jobs.submitted(run.key, submit)
        known.append(store.jobs.find(run.key))
        return Text(text=run.key)

    index = making(tmp_path, work)
    assert known == ["job-1"] and index.jobs.find(index.need_step("run", "clip/1").key) is None


def test_what_was_answered_for_a_step_that_fails_is_paid(tmp_path: Path) -> None:
    store = open_store(tmp_path)[1]

    async def work(run: StepRun) -> Text:
        entry = reserve(store.ledger, 1.0, Cap())
        store.ledger.answered(entry, money=0.3)
        run.answered.append(entry)
        raise BackboneError("The second request failed.")

    making(tmp_path, work)
    assert [(entry.outcome, entry.money) for entry in store.ledger.entries("run")] == [("paid", 0.3)]


def test_an_answer_that_comes_while_the_run_is_stopped_is_kept(ledger: Ledger) -> None:
    answered_: list[int] = []

    async def stopped() -> Delivered | None:
        kept = None
        with anyio.CancelScope() as scope:

            async def send() -> Delivered:
                scope.cancel()
                return Delivered(receipt=Receipt(money=1.0))

            call = Call(Estimate(seconds=0, low=1.0, high=1.0), send, lambda made: None)
            account = Account(ledger, Cap(), "run", "clip/1", "wan", answered_)
            kept = await answered(call, account, RetryPolicy(), lambda error, wait: None)
        return kept

    assert anyio.run(stopped) is not None
    (entry,) = ledger.entries("run")
    assert (entry.outcome, entry.money, answered_) == ("open", 1.0, [entry.id])


def _polled(ledger: Ledger, jobs: RemoteJobs, money: float | None, forgets: bool = False) -> None:
    """A call whose job was submitted by an earlier one, or which has to submit another."""
    one = StepJob(jobs, "key")

    async def send() -> Delivered:
        if forgets:
            one.finish()
        await one.submitted(lambda: _given("job-2"))
        return Delivered(receipt=Receipt(money=money))

    call = Call(Estimate(seconds=0, low=0.5, high=0.5), send, lambda made: None)
    account = Account(ledger, Cap(), "run", "clip/1", "wan", [], one)
    anyio.run(lambda: answered(call, account, RetryPolicy(), lambda error, wait: None))


async def _given(job: str) -> str:
    return job


def _killed(ledger: Ledger, jobs: RemoteJobs, *submitted: str) -> None:
    for job in submitted:
        ledger.reserve("run", "clip/1", "wan", low=0.5, high=0.5)
        jobs.finish("key")
        anyio.run(StepJob(jobs, "key").submitted, lambda job=job: _given(job))
        ledger.interrupt("run")


def test_a_call_that_was_killed_costs_nothing_more_once_its_job_is_found_again(tmp_path: Path) -> None:
    index = open_store(tmp_path)[1]
    _killed(index.ledger, index.jobs, "job-1")
    assert index.ledger.totals("run").unknown == 1
    _polled(index.ledger, index.jobs, 0.5)
    totals = index.ledger.totals("run")
    assert (totals.paid, totals.unknown, totals.reserved) == (0.5, 0, 0.0)


def test_a_found_job_that_costs_nothing_more_was_paid_by_the_call_that_submitted_it(tmp_path: Path) -> None:
    index = open_store(tmp_path)[1]
    _killed(index.ledger, index.jobs, "job-1")
    _polled(index.ledger, index.jobs, 0.0)
    assert [entry.money for entry in index.ledger.entries("run")] == [0.5, 0.0], "its estimate is one price"


def test_a_call_whose_job_is_lost_stays_of_unknown_price(tmp_path: Path) -> None:
    index = open_store(tmp_path)[1]
    _killed(index.ledger, index.jobs, "job-0", "job-1")
    _polled(index.ledger, index.jobs, 0.5)
    assert index.ledger.totals("run").unknown == 1, "job-0 may have been paid as well"
    other = open_store(tmp_path / "other")[1]
    _killed(other.ledger, other.jobs, "job-1")
    _polled(other.ledger, other.jobs, 0.5, forgets=True)
    assert other.ledger.totals("run").unknown == 1, "another job was submitted"


def test_a_found_job_of_unknown_price_leaves_one_call_of_unknown_price_open(tmp_path: Path) -> None:
    index = open_store(tmp_path)[1]
    _killed(index.ledger, index.jobs, "job-1")
    _polled(index.ledger, index.jobs, None)
    assert [entry.money for entry in index.ledger.entries("run")] == [None, None]
