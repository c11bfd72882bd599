"""Events: everything once and in order, from any point on, until the film is deleted."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import anyio
import pytest
from fastapi import HTTPException

from personavlog import api
from personavlog.runs.folder import RunFolder, open_store
from personavlog.studio import events
from personavlog.studio.events import Connections, Happened, Watched, happenings
from tests.studio.films import FakeFilms
from tests.studio.served import client


@contextmanager
def watching(films: FakeFilms, run: str) -> Iterator[Watched]:
    with closing(open_store(films.home)[1]) as index:
        yield Watched(RunFolder(films.runs, run), index)


async def first(film: Watched, last: int, count: int) -> list[Happened]:
    found: list[Happened] = []
    async for one in happenings(film, last):
        found.append(one)
        if len(found) == count:
            break
    return found


@pytest.mark.anyio
async def test_a_page_that_comes_back_gets_what_it_missed_and_nothing_twice(films: FakeFilms) -> None:
    with watching(films, films.changed) as film:
        everything = film.index.events(films.changed)
        middle = everything[40].id
        got = await first(film, middle, len(everything) - 41)
    assert [one.id for one in got] == [event.id for event in everything[41:]]


@pytest.mark.anyio
async def test_an_event_names_the_place_of_its_shot_in_the_order_that_a_person_gave(films: FakeFilms) -> None:
    with watching(films, films.changed) as film:
        got = await first(film, 0, len(film.index.events(films.changed)))
    assert {one.place for one in got if one.name == "keyframe/4"} == {1}
    assert {one.place for one in got if one.name == "clip/1/animate/0"} == {2}
    assert {one.place for one in got if one.name == "music"} == {0}


@pytest.mark.anyio
async def test_what_a_person_decides_is_told_without_an_id_of_its_own(own_films: FakeFilms) -> None:
    with watching(own_films, own_films.finished) as film:
        last = film.index.last_event(own_films.finished)
        got: list[Happened] = []

        async def watch() -> None:
            got.extend(await first(film, last, 1))

        async with anyio.create_task_group() as group:
            group.start_soon(watch)
            await anyio.sleep(0.5)
            await anyio.to_thread.run_sync(lambda: api.redo(own_films.finished, 1, "clip", runs=own_films.runs))
    assert got == [Happened(id=last, kind=events.CHANGED)]


def test_the_stream_resumes_by_the_browsers_header_and_ends_with_the_film(own_films: FakeFilms) -> None:
    with watching(own_films, own_films.draft) as film:
        ids = [event.id for event in film.index.events(own_films.draft)]
    place = RunFolder(own_films.runs, own_films.draft).path
    threading.Timer(1.0, shutil.rmtree, (place,)).start()
    with client(own_films.runs) as ask:
        path = f"/films/{own_films.draft}/events?after={ids[0]}"
        answer = ask.get(path, headers={"last-event-id": str(ids[-4])})
        assert ask.get(path).status_code == 404
    assert answer.headers["content-type"].startswith("text/event-stream")
    blocks = [block.splitlines() for block in answer.text.strip().split("\n\n") if block and not block.startswith(":")]
    told = [json.loads(line.removeprefix("data: ")) for lines in blocks for line in lines if line.startswith("data:")]
    assert [one["id"] for one in told if one["kind"] not in ("deleted", "changed")] == ids[-3:]
    assert told[-1]["kind"] == "deleted" and set(told[0]) == {"id", "kind", "name", "place", "share"}


def test_there_are_only_so_many_streams() -> None:
    few = Connections(most=1)
    with few.one():
        with pytest.raises(HTTPException) as refused, few.one():
            pass
        assert refused.value.status_code == 503
    with few.one():
        assert few.count == 1
    assert few.count == 0
