"""Several servers of one model: who is asked, who is left alone, who comes back, what is said when nobody serves."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path

import anyio
import pytest

from personavlog.backbones.protocol import endpoints
from personavlog.backbones.protocol.endpoints import Endpoints
from personavlog.backbones.remote import Endpoint, Server
from personavlog.backbones.retrying import RetryPolicy, retried
from personavlog.backbones.roles import EditResult
from personavlog.errors import RateLimitedError, UnavailableError
from personavlog.fake_server import faults
from personavlog.fake_server.server import FakeServer
from tests.core.protocol_calls import Room, failure, faulty, image, run

GONE = "http://127.0.0.1:9/v1"


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoints, "PAUSE", 0.1)


def pool(*at_once: int) -> Endpoints:
    return Endpoints.of([Endpoint(url=f"http://server-{n}/v1", at_once=limit) for n, limit in enumerate(at_once)], "m")


async def answer(server: Server) -> str:
    return server.endpoint.url


def edits(server: FakeServer) -> int:
    return sum(line.status == 200 for line in server.log.of("images.edits"))


def test_the_server_with_the_fewest_requests_for_its_limit_is_asked_first() -> None:
    async def taken() -> Counter[str]:
        servers, seen = pool(1, 2, 4), Counter[str]()
        async with anyio.create_task_group() as group:
            stop = anyio.Event()

            async def one() -> None:
                async with servers.asked(answer) as (place, _):
                    seen[place.address] += 1
                    await stop.wait()

            for _ in range(9):
                group.start_soon(one)
            await anyio.wait_all_tasks_blocked()
            assert seen.total() == 7, "no server gets more than its limit"
            stop.set()
        assert all(place.outstanding == 0 for place in servers.places)
        return seen

    assert run(taken).total() == 9


def test_callers_are_served_in_the_order_in_which_they_came() -> None:
    async def order() -> list[int]:
        servers, served = pool(1), list[int]()
        async with anyio.create_task_group() as group:

            async def one(number: int) -> None:
                async with servers.asked(answer):
                    served.append(number)
                    await anyio.sleep(0)

            for number in range(20):
                group.start_soon(one, number)
                await anyio.wait_all_tasks_blocked()
        return served

    assert run(order) == list(range(20))


def test_a_caller_that_goes_away_leaves_no_trace() -> None:
    async def given_up() -> None:
        servers = pool(1)
        async with servers.asked(answer):
            with anyio.move_on_after(0.01):
                async with servers.asked(answer):
                    raise AssertionError("it was taken")
        async with servers.asked(answer) as (place, _):
            assert place.outstanding == 1 and not servers._queue

    run(given_up)


def test_one_of_two_dies_and_the_film_goes_on(room: Room) -> None:
    with faulty() as alive, faulty() as dying:
        backbone = image(dying, alive)

        async def made() -> list[EditResult]:
            first = await backbone.edit(room.edit(seed=1), room.tools)
            dying.http.server_close()
            await anyio.to_thread.run_sync(dying.http.shutdown)
            return [first, *[await backbone.edit(room.edit(seed=seed), room.tools) for seed in range(2, 6)]]

        assert len({result.image.digest for result in run(made)}) == 5
        assert edits(dying) == 1 and edits(alive) == 4


def test_a_server_that_comes_back_is_looked_at_first_and_used_again(room: Room) -> None:
    with faulty("images.edits=down:2", "models=down:1") as resting, faulty(seconds=0.3) as other:
        endpoints = [{"url": f"{server.address}/v1", "at_once": 1} for server in (resting, other)]
        backbone = image(other, endpoints=endpoints)

        async def two(seed: int) -> None:
            async with anyio.create_task_group() as group:
                for one in (seed, seed + 1):
                    group.start_soon(backbone.edit, room.edit(seed=one), room.tools)
            await anyio.sleep(0.5)

        async def made() -> None:
            for seed in (1, 2):
                await backbone.edit(room.edit(seed=seed), room.tools)
            await anyio.sleep(0.25)
            await two(3)
            await two(5)

        run(made)
        routes = [line.route for line in resting.log.lines]
    assert routes[:2] == ["images.edits", "images.edits"], "it failed twice"
    assert routes[2:4] == ["models", "models"], "it was looked at, and once more after a while"
    assert routes[4] == "images.edits", "it serves again"


def test_a_busy_server_is_left_alone_for_as_long_as_it_asks(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "RETRY_AFTER", 60)
    with faulty("images.edits=busy:1") as busy, faulty() as other:
        backbone = image(busy, other)

        async def made() -> float:
            for seed in range(3):
                await backbone.edit(room.edit(seed=seed), room.tools)
            return backbone.endpoints.places[0].resting - anyio.current_time()

        assert 30 < run(made) <= 60
        assert edits(busy) == 0 and edits(other) == 3


def test_an_answer_that_was_under_way_ends_no_rest_that_was_asked_for() -> None:
    async def answered() -> None:
        servers = pool(2, 2)
        place = servers.places[0]
        async with servers.asked(answer):
            place.failed(RateLimitedError("Wait.", provider="m", retry_after=30.0))
        place.served()
        assert place.resting - anyio.current_time() > 29

    run(answered)


def test_nobody_waits_longer_than_a_minute_for_a_busy_server() -> None:
    async def waited() -> None:
        servers = pool(1, 1)
        for place in servers.places:
            place.failed(RateLimitedError("Wait.", provider="m", retry_after=3600.0))
        with pytest.raises(RateLimitedError, match="None of the 2 servers") as caught:
            async with servers.asked(answer):
                pass
        assert caught.value.retry_after is not None and 3590 < caught.value.retry_after <= 3600

    run(waited)


def test_a_short_rest_is_waited_for_without_an_error() -> None:
    async def waited() -> float:
        servers, began = pool(1), anyio.current_time()
        servers.places[0].failed(RateLimitedError("Wait.", provider="m", retry_after=0.1))
        async with servers.asked(answer):
            return anyio.current_time() - began

    assert 0.09 < run(waited) < 2


def test_when_nobody_serves_each_is_named_with_its_reason(room: Room) -> None:
    with faulty("images.edits=down") as down:
        backbone = image(down, endpoints=[{"url": GONE}, {"url": f"{down.address}/v1"}])
        error = failure(partial(backbone.edit, room.edit(), room.tools))
    assert type(error) is UnavailableError and "None of the 2 servers of 'a-model' serves now" in str(error)
    assert "127.0.0.1:9: " in str(error) and "could not be reached" in str(error) and "HTTP 503" in str(error)


def test_the_retry_policy_outlasts_a_short_outage(room: Room) -> None:
    with faulty("images.edits=down:2") as one:
        backbone, waits = image(one), list[float]()

        async def made() -> EditResult:
            policy = RetryPolicy(first_wait=0.01, longest_wait=1.0)
            work = partial(backbone.edit, room.edit(), room.tools)
            return await retried(work, policy, on_retry=lambda error, wait: waits.append(wait))

        run(made)
        assert len(waits) >= 1 and edits(one) == 1


def test_a_request_that_may_have_been_paid_is_not_sent_to_another_server(room: Room) -> None:
    for fault in ("error", "half", "drop"):
        with faulty(f"images.edits={fault}:1") as one, faulty() as other:
            error = failure(partial(image(one, other).edit, room.edit(), room.tools))
            assert type(error) is UnavailableError and edits(other) == 0, fault


def test_an_error_of_the_request_ejects_nobody(room: Room) -> None:
    with faulty("images.edits=moderated") as one, faulty("images.edits=moderated") as other:
        backbone = image(one, other)
        for _ in range(3):
            failure(partial(backbone.edit, room.edit(), room.tools))
        assert all(place.reason is None for place in backbone.endpoints.places)


def test_a_server_is_the_same_wherever_it_stands_in_the_list() -> None:
    one, two = Endpoint(url="http://a/v1"), Endpoint(url="http://b/v1/")
    ids = [[place.id for place in Endpoints.of(order, "m").places] for order in ((one, two), (two, one))]
    assert ids[0] == ids[1][::-1]
    assert len(Endpoints.of([one, one], "m").places) == 1
    assert Endpoints.of([one], "m").known(ids[0][1]) is None


def test_two_films_share_a_server_that_takes_one_request_at_a_time(room: Room, tmp_path: Path) -> None:
    others = Room(tmp_path / "other")
    with faulty(at_once=1, seconds=0.05) as server:
        films = [(image(server), room), (image(server), others)]

        async def both() -> None:
            async with anyio.create_task_group() as group:
                for backbone, where in films:
                    for seed in range(3):
                        work = partial(backbone.edit, where.edit(seed=seed), where.tools)
                        group.start_soon(retried, work, RetryPolicy(longest_wait=2.0))

        run(both)
        lines = server.log.of("images.edits")
    assert sum(line.status == 200 for line in lines) == 6 and sum(line.paid for line in lines) == 3
