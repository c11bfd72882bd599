"""A film that took results over costs what it would have cost alone; what nobody knows is unknown."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from personavlog.benchmark.costing import cost_of
from personavlog.benchmark.outputs import Cost
from personavlog.runs.index import StepRow
from personavlog.runs.removal import DELETED
from personavlog.steps import Until
from tests.core.benchmark.corrected_film import CorrectedFilm

PAID = {"writer": "fake:writer?price=0.01", "image_quality": "fake:none", "video_quality": "fake:none", "at_once": 4}
ROWS = {"all": 1, "agents": 0}
"""Corrections of a keyframe, by row."""
PICTURE = 0.25


def made(home: Path, row: str, *, run: str = "", until: Until = Until.PICTURES) -> CorrectedFilm:
    """A row of the ablation up to its pictures."""
    feedback = {"keyframe_corrections": ROWS[row], "clip_corrections": 0}
    film = CorrectedFilm(
        home,
        {"image": {"price": PICTURE}},
        run=run or row,
        until=until,
        changes={"feedback": feedback, "chat": PAID},
    )
    film.make()
    return film


def cost(film: CorrectedFilm) -> Cost:
    return cost_of(film.opened)


def one_second_each(*films: CorrectedFilm) -> None:
    """Steps take what they take; that the same ones are counted is seen by their number."""
    for film in films:
        with sqlite3.connect(film.index.path) as index:
            index.execute("UPDATE action SET seconds=1")
        index.close()


def counted(film: CorrectedFilm) -> list[str]:
    """Steps whose seconds are counted: not a writer pair's, which hold its rounds' and the waiting for a turn."""
    names = [row.name for row in film.index.steps(film.run)]
    return [name for name in names if not (name.startswith("write/") and name.count("/") == 1)]


@pytest.fixture(scope="module")
def sharing(tmp_path_factory: pytest.TempPathFactory) -> dict[str, CorrectedFilm]:
    """Rows in one home: the second one finds most in the store, the third all."""
    home = tmp_path_factory.mktemp("sharing")
    return {run: made(home, row, run=run) for run, row in (("all", "all"), ("agents", "agents"), ("again", "all"))}


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> CorrectedFilm:
    """The second row in a home of its own."""
    return made(tmp_path_factory.mktemp("alone"), "agents")


def test_a_row_that_took_steps_over_costs_what_it_costs_alone(
    sharing: dict[str, CorrectedFilm], alone: CorrectedFilm
) -> None:
    assert not [one for one in sharing["agents"].index.ledger.entries("agents") if "paint" in one.step], "it sent none"
    one_second_each(alone, *sharing.values())
    shared, own = cost(sharing["agents"]), cost(alone)
    assert shared.calls == own.calls and own.calls["image"] == 1 + 3 and own.calls["chat"] == 10
    assert shared.dollars == own.dollars == pytest.approx(4 * PICTURE + 10 * 0.01)
    assert shared.seconds == own.seconds and own.seconds == len(counted(alone)) > 10
    assert own.wall is not None and own.wall > 0 and shared.wall is None, "its wall time is another film's"


def test_a_row_of_which_all_was_there_costs_what_the_one_that_made_it_did(sharing: dict[str, CorrectedFilm]) -> None:
    first, again = cost(sharing["all"]), cost(sharing["again"])
    assert first.calls["image"] == 1 + 3 + 2, "two were corrected"
    assert again == first.model_copy(update={"wall": None}) and first.wall is not None


def test_calls_that_failed_count_and_so_does_a_step_that_came_to_nothing(tmp_path: Path) -> None:
    film = made(tmp_path, "agents", until=Until.SCRIPT)
    one_second_each(film)
    before, ledger = cost(film), film.index.ledger
    for step in ("stylise", "keyframe/1/paint/0"):
        ledger.settle(ledger.reserve("agents", step, "fake", low=0, high=1), "failed", money=0.5, message="no")
    after = cost(film)
    assert after.calls == {**before.calls, "image": before.calls["image"] + 1}, "the film has no step of the second"
    assert before.dollars is not None and after.dollars == pytest.approx(before.dollars + 0.5)
    ledger.settle(ledger.reserve("agents", "voice/1", "fake", low=0, high=1), "failed", money=None, message="no")
    film.index.mark(StepRow("agents", "voice/1", "failed", "0" * 64, seconds=7.0, message="no"), "failed")
    assert cost(film).calls["speech"] == 1 and cost(film).dollars is None, "nobody knows what it cost"
    assert before.seconds is not None and cost(film).seconds == before.seconds + 7


def test_what_another_run_did_not_know_or_took_with_it_is_unknown(tmp_path: Path) -> None:
    first, second = (made(tmp_path, row, until=Until.SCRIPT) for row in ("all", "agents"))
    known = cost(second)
    assert known == cost(first).model_copy(update={"wall": None}) and known.dollars
    with sqlite3.connect(first.index.path) as index:
        index.execute("UPDATE ledger SET money=NULL WHERE step='stylise'")
    index.close()
    assert cost(second) == known.model_copy(update={"dollars": None})
    first.index.removal.forget("all")
    assert first.index.ledger.entries(DELETED) and cost(second) == Cost(), "the run was deleted"
