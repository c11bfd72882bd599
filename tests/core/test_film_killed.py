"""A hundred kill -9 at random instants of whole films: nothing that was delivered is paid again, and every film ends as
it would have undisturbed."""

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
    """How often each step of a film was delivered and booked."""
    return Counter(
        entry.step for entry in film(home, number).index.ledger.entries(f"film-{number}") if entry.outcome == "paid"
    )


@pytest.mark.slow
def test_a_hundred_kills_pay_nothing_twice_that_was_delivered(tmp_path: Path) -> None:
    chance = random.Random(11)
    number = kills = amid = 0
    with Server("killed_film", tmp_path) as server:
        begun = time.monotonic()
        assert server.make(number) == 0
        whole, number = time.monotonic() - begun, 1
        while kills < KILLS:
            before = paid(tmp_path, number)
            status = server.make(number, life=chance.uniform(0, 0.7 * whole))
            after = paid(tmp_path, number)
            assert status in (0, signal.SIGKILL)
            assert all(after[step] == count for step, count in before.items()), "delivered and paid again"
            kills += status == signal.SIGKILL
            amid += status == signal.SIGKILL and 0 < after.total() < ALL
            number += status == 0
        assert server.make(number) == 0
    print(f"{number + 1} films, {kills} kills, {amid} of them with a part of the film paid for")
    assert amid > KILLS // 3, "most kills missed the film"
    sent = len(calls(tmp_path / "calls.jsonl"))
    lost = 0
    for done in range(number + 1):
        kept = film(tmp_path, done)
        assert paid(tmp_path, done).total() == ALL and set(paid(tmp_path, done).values()) == {1}
        lost += sum(entry.outcome == "interrupted" for entry in kept.index.ledger.entries(f"film-{done}"))
        assert kept.make().film.duration > 0
    assert len(calls(tmp_path / "calls.jsonl")) == sent <= ALL * (number + 1) + lost, "a call that nobody wrote down"
    assert_store_intact(tmp_path)
    undisturbed = film(tmp_path / "other", 0).make()
    assert undisturbed.film.video == film(tmp_path, 0).make().film.video
