"""A hundred kill -9 at random instants of whole films: what was paid is stored and paid once, what was under way is
called interrupted, and every film ends as it would have undisturbed."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.core.doubles import SHOTS, calls
from tests.core.forked import Server
from tests.core.killed_film import film
from tests.core.test_runs_kill import assert_store_intact

KILLS = 100
ALL = 2 + 3 * SHOTS
"""Calls of a film that nothing goes wrong in."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="The server forks.")


def paid(home: Path, number: int) -> Counter[str]:
    """How often each step of a film that the log tells of (the writers are not in it) was delivered and booked."""
    entries = film(home, number).index.ledger.entries(f"film-{number}")
    return Counter(one.step for one in entries if one.outcome == "paid" and not one.step.startswith("write/"))


def stored(home: Path, number: int) -> set[str]:
    """The steps of a film whose result is stored."""
    index = film(home, number).index
    return {row.name for row in index.steps(f"film-{number}") if row.key and index.action(row.key)}


def assert_paid_is_stored(home: Path, number: int) -> None:
    """Every call is paid and its step's result is there, or it is open, and nobody calls it paid."""
    entries = film(home, number).index.ledger.entries(f"film-{number}")
    lost = {one.step for one in entries if one.outcome == "paid"} - stored(home, number)
    assert not lost, "paid, and not stored"
    assert all(one.outcome in ("paid", "open", "interrupted") for one in entries)


def ended(home: Path, number: int) -> bool:
    """Whether the film is there."""
    return any(name.startswith("cut/film") for name in stored(home, number))


@pytest.mark.slow
def test_a_hundred_kills_pay_for_nothing_twice_that_is_stored(tmp_path: Path) -> None:
    chance = random.Random(11)
    number = kills = amid = 0
    with Server("killed_film", tmp_path) as server:
        assert server.make(0) == 0
        begun = time.monotonic()
        assert server.make(1) == 0
        whole, number = time.monotonic() - begun, 2
        while kills < KILLS:
            before, done = paid(tmp_path, number), stored(tmp_path, number)
            status = server.make(number, life=chance.uniform(0, 0.7 * whole))
            after = paid(tmp_path, number)
            assert status in (0, signal.SIGKILL)
            assert all(after[step] == before[step] for step in done), "stored, and paid again"
            assert_paid_is_stored(tmp_path, number)
            kills += status == signal.SIGKILL
            amid += status == signal.SIGKILL and bool(stored(tmp_path, number)) and not ended(tmp_path, number)
            number += status == 0
        assert server.make(number) == 0
    print(f"{number + 1} films, {kills} kills, {amid} of them with a part of the film stored")
    assert amid > KILLS // 3, "most kills missed the film"
    sent, lost, known = len(calls(tmp_path / "calls.jsonl")), 0, 0
    for one in range(number + 1):
        entries = film(tmp_path, one).index.ledger.entries(f"film-{one}")
        media = [entry for entry in entries if not entry.step.startswith("write/")]
        lost += sum(entry.outcome == "interrupted" for entry in media)
        known += sum(entry.outcome == "interrupted" and entry.money is not None for entry in media)
        counts = paid(tmp_path, one)
        assert len(counts) == counts.total() == ALL, "paid twice"
        assert film(tmp_path, one).make().film.duration > 0
    print(f"{lost} calls were under way when they were killed, {known} of them answered and not stored yet")
    assert len(calls(tmp_path / "calls.jsonl")) == sent <= ALL * (number + 1) + lost, "a call nobody wrote down"
    assert_store_intact(tmp_path)
    undisturbed = film(tmp_path / "other", 0).make()
    assert undisturbed.film.video == film(tmp_path, 0).make().film.video
