"""Films are made by processes of their own, one after the other, and nothing that dies takes them along."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from personavlog import api
from personavlog.errors import ConfigurationError, MachineError, RunError
from personavlog.runs.folder import open_store
from personavlog.runs.lock import alone, held, holder
from personavlog.steps import Until
from personavlog.studio import orders
from personavlog.studio.errors import NoSuchThingError
from personavlog.studio.making import FilmQueue, command
from personavlog.studio.orders import Order, Orders
from personavlog.studio.settings import folder
from tests.studio.films import scripted
from tests.studio.served import begun, outcome, server, wait


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    with scripted(tmp_path / "home"):
        yield tmp_path / "home"


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    return tmp_path / "runs"


def order(run: str, owner: str = "a", profile: str = "p") -> Order:
    return Order(run=run, runs=Path("runs"), owner=owner, profile=profile)


def turns(waiting: Orders, at_once: int = 100, **limits: int) -> list[str]:
    """The runs in the order in which they are begun, none of them ending."""
    found = []
    while (one := waiting.next(at_once, limits)) is not None:
        found.append(one.run)
        waiting = waiting.started(one)
    return found


def lock_of(run: str) -> Path:
    with closing(open_store()[1]) as index:
        return index.lock_file(run)


def makings(run: str) -> int:
    """How often it was begun to be made."""
    with closing(open_store()[1]) as index:
        return [event.kind for event in index.events(run)].count("begin")


def test_owners_take_turns_and_each_ones_films_keep_their_order() -> None:
    waiting = Orders()
    for run, owner in (("a1", "a"), ("a2", "a"), ("a3", "a"), ("b1", "b"), ("c1", "c"), ("b2", "b")):
        waiting = waiting.added(order(run, owner))
    assert turns(waiting) == ["a1", "b1", "c1", "a2", "b2", "a3"]


def test_whoever_had_no_turn_yet_comes_before_who_had() -> None:
    served = Orders(served=("a", "b"))
    assert turns(served.added(order("b1", "b")).added(order("a1", "a")).added(order("c1", "c"))) == ["c1", "a1", "b1"]


def test_no_more_films_at_once_than_the_limits_say() -> None:
    waiting = Orders()
    for run, profile in (("h1", "hosted"), ("h2", "hosted"), ("e1", "embedded"), ("h3", "hosted"), ("e2", "embedded")):
        waiting = waiting.added(order(run, profile=profile))
    assert turns(waiting, at_once=2) == ["h1", "h2"]
    assert turns(waiting, hosted=1, embedded=1) == ["h1", "e1"], "a full profile holds nobody else up"
    assert turns(waiting, hosted=2) == ["h1", "h2", "e1", "e2"]


def test_what_is_asked_for_reaches_the_command_line() -> None:
    asked = Order(run="x", runs=Path("/r"), owner="a", profile="p", until=Until.SCRIPT, max_cost=2.5, unknown=True)
    assert command(asked)[3:] == [
        "resume",
        "x",
        "--runs",
        str(Path("/r")),
        "--until",
        "script",
        "--max-cost",
        "2.5",
        "--allow-unknown-prices",
    ]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"waiting": 3}', '{"waiting": [{"run": "x"}]}', "null"])
def test_a_damaged_queue_is_an_empty_one(tmp_path: Path, text: str) -> None:
    (tmp_path / "queue.json").write_text(text)
    assert orders.read(tmp_path / "queue.json") == Orders()


def test_films_are_made_one_after_the_other_however_often_each_is_asked_for(home: Path, runs: Path) -> None:
    first, second = begun(runs, "One", seconds=0.3), begun(runs, "Two")
    queue = FilmQueue(folder(), runs)
    with queue.running():
        assert [queue.start(first), queue.start(first), queue.start(second), queue.start(second)] == [
            "making",
            "making",
            "waiting",
            "waiting",
        ]
        assert (queue.ahead(first), queue.ahead(second)) == (0, 1)
        wait(lambda: held(lock_of(first)))
        assert queue.start(first) == "making" and queue.place(second) == "waiting"
        wait(lambda: queue.place(first) is None and queue.place(second) is None)
    assert [outcome(run, runs) for run in (first, second)] == ["finished", "finished"]
    assert makings(first) == 1


def test_a_film_stops_at_its_next_step_and_goes_on_from_there(home: Path, runs: Path) -> None:
    run = begun(runs, seconds=1.0)
    queue = FilmQueue(folder(), runs)
    with queue.running():
        queue.start(run)
        wait(lambda: outcome(run, runs) == "being made")
        assert queue.stop(run) == "making"
        assert queue.stop(run) == "making", "a second click does not kill it"
        wait(lambda: queue.place(run) is None)
        assert outcome(run, runs) == "stopped" and queue.stop(run) is None
        assert queue.trouble(run) == ""
        queue.start(run)
        wait(lambda: queue.place(run) is None)
    assert outcome(run, runs) == "finished"


def test_a_film_that_waits_can_be_taken_out(home: Path, runs: Path) -> None:
    first, second = begun(runs, "One", seconds=0.2), begun(runs, "Two")
    queue = FilmQueue(folder(), runs)
    queue.start(first)
    queue.start(second)
    assert queue.stop(second) == "waiting" and queue.place(second) is None
    assert orders.read(folder() / "queue.json").waiting == ()
    queue.stop(first)
    wait(lambda: queue.place(first) is None)
    queue.advance()
    assert outcome(second, runs) == "not begun"


def test_what_only_changes_a_film_is_not_taken_for_its_making(home: Path, runs: Path) -> None:
    run = begun(runs)
    queue = FilmQueue(folder(), runs)
    with alone(lock_of(run), "run"):
        assert queue.place(run) is None and queue.stop(run) is None, "a stop would hit this very process"


def test_a_film_that_cannot_be_made_says_why(home: Path, runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = begun(runs)
    job = api.reopen(run, runs=runs)
    job.store.path(job.brief.photo).unlink()
    job.index.close()
    queue = FilmQueue(folder(), runs)
    with queue.running():
        queue.start(run)
        wait(lambda: queue.trouble(run))
        assert "photo" in queue.trouble(run) and "Traceback" not in queue.trouble(run)
        assert queue.place(run) is None


def test_a_run_that_is_not_there_or_damaged_is_not_queued(home: Path, runs: Path) -> None:
    run = begun(runs)
    (runs / run / "brief.toml").write_text("this is = no [brief")
    queue = FilmQueue(folder(), runs)
    with pytest.raises(ConfigurationError):
        queue.start(run)
    for wrong in ("", "last", run[:10], "../x", f"../runs/{run}"):
        with pytest.raises(NoSuchThingError):
            queue.start(wrong)
    assert orders.read(folder() / "queue.json") == Orders()


def test_a_full_queue_refuses(home: Path, runs: Path) -> None:
    waiting = tuple(order(f"film-{number}", profile="none") for number in range(200))
    folder().mkdir(parents=True)
    orders.write(folder() / "queue.json", Orders(waiting=waiting))
    with pytest.raises(RunError, match="200 films wait"):
        FilmQueue(folder(), runs, limits={"none": 0}).start(begun(runs))


def test_a_process_that_cannot_be_started_is_told_and_forgotten(
    home: Path, runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begun(runs)
    folder().mkdir(parents=True)
    (folder() / "output").write_text("a file in the way")
    queue = FilmQueue(folder(), runs)
    with pytest.raises(MachineError):
        queue.start(run)
    assert orders.read(folder() / "queue.json").waiting == ()


def test_the_film_outlives_its_server_and_the_queue_goes_on_with_the_next(home: Path, runs: Path) -> None:
    first, second = begun(runs, "One", seconds=1.5), begun(runs, "Two")
    asked = Orders(waiting=tuple(Order(run=run, runs=runs, owner="a", profile="doubles") for run in (first, second)))
    folder().mkdir(parents=True)
    orders.write(folder() / "queue.json", asked)
    with server(home, runs) as killed:
        wait(lambda: held(lock_of(first)))
        maker = holder(lock_of(first))
        killed.kill()
        assert held(lock_of(first)) and holder(lock_of(first)) == maker
    queue = FilmQueue(folder(), runs)
    assert (queue.place(first), queue.place(second)) == ("making", "waiting")
    with server(home, runs):
        wait(lambda: outcome(second, runs) == "finished")
    assert outcome(first, runs) == "finished"
    assert makings(first) == 1, "by one process"


def test_a_second_server_of_one_home_folder_is_refused(home: Path, runs: Path) -> None:
    with server(home, runs) as first:
        with server(home, runs) as second:
            assert second.process.wait(30) == 2
        said = " ".join(second.output.read_text().split())
        assert f"runs already, as process {first.process.pid}" in said


def test_ctrl_c_ends_the_server_and_no_film(home: Path, runs: Path) -> None:
    run = begun(runs, seconds=1.0)
    folder().mkdir(parents=True)
    waiting = Orders(waiting=(Order(run=run, runs=runs, owner="a", profile="doubles"),))
    orders.write(folder() / "queue.json", waiting)
    with server(home, runs) as stopped:
        wait(lambda: held(lock_of(run)))
        os.kill(stopped.process.pid, signal.SIGINT)
        stopped.process.wait(10)
        assert "Traceback" not in stopped.output.read_text()
    wait(lambda: not held(lock_of(run)))
    assert outcome(run, runs) == "finished"
