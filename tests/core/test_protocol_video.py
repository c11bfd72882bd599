"""Clips from ``/v1/videos``: one job is submitted, found again after a crash, and given up only where it is lost."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import anyio
import pytest

from personavlog.backbones import polling
from personavlog.backbones.checking import check_clip
from personavlog.backbones.protocol import endpoints
from personavlog.backbones.protocol.video import OpenAIVideo
from personavlog.backbones.roles import AnimateResult
from personavlog.backbones.tools import Tools
from personavlog.errors import (
    BackboneError,
    BadMediaError,
    Cancelled,
    ConfigurationError,
    OutOfMemoryError,
    RateLimitedError,
    RefusedError,
    UnavailableError,
)
from personavlog.fake_server.server import FakeServer
from tests.core.protocol_calls import Room, failure, faulty, run, video


class Kept:
    """A remote job as a run stores it: what it holds outlives a process."""

    def __init__(self) -> None:
        self.stored: str | None = None

    async def submitted(self, submit: Callable[[], Awaitable[str]]) -> str:
        self.stored = self.stored or await submit()
        return self.stored

    def finish(self) -> None:
        self.stored = None


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def tools(room: Room, job: Kept, cancelled: Callable[[], bool] = lambda: False) -> Tools:
    return Tools(room.blobs, lambda share: None, job, cancelled)


def submits(*servers: FakeServer) -> int:
    return sum(line.status == 200 for server in servers for line in server.log.of("videos.submit"))


def test_a_clip_has_the_asked_size_length_and_rate(room: Room) -> None:
    with faulty(seconds=0.1) as server:
        backbone, request = video(server), room.move()
        made = run(partial(backbone.animate, request, room.tools))
        fields = [line.route for line in server.log.lines]
    check_clip(made.clip, request, "a-model", room.blobs)
    assert (made.clip.frames, made.clip.fps, made.receipt.money) == (17, 16.0, 1.0)
    assert fields[0] == "videos.submit" and fields[-1] == "videos.content" and "videos.poll" in fields


@pytest.mark.parametrize(
    ("fault", "kind", "says"),
    [
        ("videos.submit=busy", RateLimitedError, "at_once"),
        ("videos.submit=error", UnavailableError, "Try again"),
        ("videos.submit=unknown field", BackboneError, "num_inference_steps"),
        ("videos.submit=garbage", UnavailableError, "no JSON"),
        ("videos.submit=memory job", OutOfMemoryError, "smaller or shorter clip"),
        ("videos.submit=moderated job", RefusedError, "Change what the board shows"),
        ("videos.submit=failed", UnavailableError, "The worker died"),
        ("videos.submit=wrong size", BadMediaError, "32x96"),
        ("videos.content=damaged", BadMediaError, "no clip of use"),
        ("videos.content=half", UnavailableError, "could not be reached"),
        ("videos.content=error", UnavailableError, "Try again"),
    ],
)
def test_every_fault_is_an_error_that_says_what_to_do(
    room: Room, fault: str, kind: type[BackboneError], says: str
) -> None:
    with faulty(fault) as server:
        error = failure(partial(video(server).animate, room.move(), room.tools))
    assert type(error) is kind and says in str(error) and error.provider == "a-model"
    assert error.refused == ("board" if kind is RefusedError else "")


@pytest.mark.parametrize(
    ("fault", "says"), [("short", "8 frames"), ("wrong rate", "9 frames"), ("other picture", "begin")]
)
def test_a_clip_that_is_not_what_was_asked_for_is_found(room: Room, fault: str, says: str) -> None:
    with faulty(f"videos.submit={fault}") as server:
        request = room.move()
        made = run(partial(video(server).animate, request, room.tools))
    with pytest.raises(BadMediaError, match=says):
        check_clip(made.clip, request, "a-model", room.blobs)


def test_what_came_of_no_use_is_made_again_and_what_failed_on_its_way_is_fetched_again(room: Room) -> None:
    for fault, jobs in (("videos.content=damaged:1", 2), ("videos.content=half:1", 1), ("videos.poll=error:1", 1)):
        with faulty(fault) as server:
            backbone, job = video(server), Kept()
            try:
                run(partial(backbone.animate, room.move(), tools(room, job)))
            except BackboneError:
                run(partial(backbone.animate, room.move(), tools(room, job)))
            assert submits(server) == jobs, fault


def test_a_clip_that_was_found_wanting_later_is_another_job(room: Room) -> None:
    with faulty() as server:
        backbone, job = video(server), Kept()
        for _ in range(2):
            run(partial(backbone.animate, room.move(), tools(room, job)))
            job.finish()  # as a check beyond the backbone does that refuses its clip
        keys = {line.key for line in server.log.of("videos.submit")}
        assert submits(server) == 2 and len(keys) == 2


def test_a_process_that_died_finds_its_job_again_and_books_nothing(room: Room) -> None:
    job = Kept()
    with faulty(seconds=0.3) as server:

        async def killed() -> None:
            async with anyio.create_task_group() as group:
                group.start_soon(uncancelled, video(server), room, job)
                while not server.log.of("videos.poll"):
                    await anyio.sleep(0.01)
                group.cancel_scope.cancel()

        run(killed)
        assert job.stored is not None
        made = run(partial(video(server).animate, room.move(), tools(room, job)))
        assert submits(server) == 1 and made.receipt.money == 0.0
        assert made.receipt.request == job.stored.partition(" ")[2]


async def uncancelled(backbone: OpenAIVideo, room: Room, job: Kept) -> None:
    """As a process that is killed leaves its job: nothing is cancelled remotely."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(polling, "_cancelled", nothing)
        await backbone.animate(room.move(), tools(room, job))


async def nothing(*_: object) -> None:
    pass


def test_a_process_that_died_before_it_stored_its_job_gets_it_by_its_key(room: Room) -> None:
    class Dying(Kept):
        async def submitted(self, submit: Callable[[], Awaitable[str]]) -> str:
            await submit()
            raise KeyboardInterrupt

    with faulty() as server:
        with pytest.raises(KeyboardInterrupt):
            run(partial(video(server).animate, room.move(), tools(room, Dying())))
        run(partial(video(server).animate, room.move(), tools(room, Kept())))
        first, second = server.log.of("videos.submit")
    assert first.job == second.job and (first.paid, second.paid) == (1.0, 0.0)


@pytest.mark.parametrize("fault", ["videos.poll=forgotten:1", "videos.content=forgotten:1", "videos.content=expired:1"])
def test_a_forgotten_job_is_submitted_once_more_under_the_same_key(room: Room, fault: str) -> None:
    with faulty(fault) as server:
        run(partial(video(server).animate, room.move(), room.tools))
        keys = [line.key for line in server.log.of("videos.submit")]
    assert len(keys) == 2 and keys[0] == keys[1]


def test_a_job_that_is_forgotten_again_and_again_is_an_error(room: Room) -> None:
    with faulty("videos.poll=forgotten") as server:
        error = failure(partial(video(server).animate, room.move(), room.tools))
        assert submits(server) == 2
    assert type(error) is UnavailableError and "forgot a job of 'a-model' twice" in str(error)


def test_only_the_server_that_has_the_job_is_asked(room: Room) -> None:
    with faulty(seconds=0.1) as one, faulty(seconds=0.1) as other:
        backbone = video(one, other)

        async def both() -> None:
            async with anyio.create_task_group() as group:
                for seed in (1, 2):
                    group.start_soon(backbone.animate, room.move(seed=seed), Tools.alone(room.blobs))

        run(both)
        for server in (one, other):
            (submit,) = server.log.of("videos.submit")
            polls = [*server.log.of("videos.poll"), *server.log.of("videos.content")]
            assert len(polls) >= 2 and {line.job for line in polls} == {submit.job}


def test_a_job_of_a_server_that_left_the_profile_is_submitted_again(room: Room) -> None:
    job = Kept()
    job.stored = "0123456789ab video_1"
    with faulty() as server:
        run(partial(video(server).animate, room.move(), tools(room, job)))
        assert submits(server) == 1


def test_a_server_that_dies_with_its_job_is_replaced_by_another(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoints, "PAUSE", 0.05)
    with faulty(seconds=60) as dying, faulty() as other:
        backbone = video(dying, other, lost_after=0.1)

        async def made() -> AnimateResult:
            results: list[AnimateResult] = []

            async def one() -> None:
                results.append(await backbone.animate(room.move(), Tools.alone(room.blobs)))

            async with anyio.create_task_group() as group:
                group.start_soon(one)
                while not dying.log.of("videos.poll"):
                    await anyio.sleep(0.01)
                dying.http.server_close()
                await anyio.to_thread.run_sync(dying.http.shutdown)
            return results[0]

        made_there = run(made)
        assert submits(dying) == submits(other) == 1 and made_there.clip.frames == 17


def test_the_only_server_is_waited_for_and_its_job_stays_known(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "PATIENCE", 0.1)
    job = Kept()
    with faulty("videos.poll=down") as server:
        error = failure(partial(video(server, lost_after=0).animate, room.move(), tools(room, job)))
    assert type(error) is UnavailableError and job.stored is not None


def test_a_stopped_run_cancels_its_job_remotely(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "TICK", 0.01)
    job = Kept()
    with faulty(seconds=60) as server:
        stopped = tools(room, job, lambda: bool(server.log.of("videos.poll")))
        with pytest.raises(Cancelled):
            run(partial(video(server).animate, room.move(), stopped))
        (deleted,) = server.log.of("videos.delete")
        assert deleted.status == 200 and server.jobs.find(deleted.job) is None and job.stored is None


def test_a_job_that_does_not_end_is_given_up_and_stays_known(room: Room) -> None:
    job = Kept()
    with faulty(seconds=60) as server:
        error = failure(partial(video(server, at_most=0.1).animate, room.move(), tools(room, job)))
    assert "did not finish its job within 0.1 s" in str(error) and job.stored is not None


def test_an_unknown_model_must_be_described() -> None:
    with faulty() as server, pytest.raises(ConfigurationError, match="frame_step"):
        video(server, can={})


def test_openai_serves_no_video() -> None:
    with faulty() as server, pytest.raises(ConfigurationError, match="sglang, vllm-omni"):
        video(server, server="openai")
