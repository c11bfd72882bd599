"""What happens to a film, as it happens: server-sent events, from any point on."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Annotated

import anyio
from fastapi import APIRouter, Depends, Header, HTTPException, Query
from fastapi.sse import EventSourceResponse, ServerSentEvent

from personavlog.frozen import Frozen
from personavlog.own.script import MOST as MOST_SHOTS
from personavlog.runs.folder import RunFolder, open_store
from personavlog.runs.index import Event, Index
from personavlog.runs.lock import held
from personavlog.saved import shot_numbers
from personavlog.steps import StepName
from personavlog.studio.finding import found
from personavlog.studio.looking.activity import place_of
from personavlog.studio.looking.texts import texts
from personavlog.studio.studio import Server

POLL_SECONDS = 0.25
LOOKS = 4
"""Every so many polls it is looked whether a person changed the film, or its maker died."""
PAGE = 200
MOST = 64
"""Streams that are open at once; a browser keeps one a page."""
CHANGED, DELETED = "changed", "deleted"

router = APIRouter()


class Happened(Frozen):
    """One thing that happened. ``kind`` is the engine's ("started", "progress", "done", "keyframe", "end"), "changed"
    where a person decided something or the maker came or went, or "deleted". ``name`` is the step, ``place`` the shot
    that it belongs to (0: none), ``share`` how much of it is done, 0 to 1."""

    id: int
    kind: str
    name: str = ""
    place: int = 0
    share: float | None = None


@dataclass
class Connections:
    """How many streams are open."""

    most: int = MOST
    count: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def one(self) -> Iterator[None]:
        """Count one in; raises ``HTTPException`` where there are too many."""
        with self._lock:
            if self.count >= self.most:
                raise HTTPException(503, "Too many pages watch films at once. Close some.", {"retry-after": "5"})
            self.count += 1
        try:
            yield
        finally:
            with self._lock:
                self.count -= 1


connections = Connections()


@dataclass(frozen=True)
class Watched:
    """A film that somebody watches."""

    folder: RunFolder
    index: Index

    @property
    def is_there(self) -> bool:
        """Whether it was not deleted."""
        return self.folder.path.is_dir()

    def stands(self) -> tuple[str, bool]:
        """What was decided about it, and whether it is being made."""
        run = self.folder.run
        return self.index.edits.revision(run), held(self.index.lock_file(run))

    def after(self, last: int) -> tuple[Happened, ...]:
        """What happened after the event ``last``, at most a page of it."""
        events = self.index.events(self.folder.run, last, most=PAGE)
        numbers = self._numbers() if events else ()
        return tuple(_happened(event, numbers) for event in events)

    def _numbers(self) -> tuple[int, ...]:
        return shot_numbers(self.index, self.folder.run, len(texts(self.index, self.folder.run).boards) or MOST_SHOTS)


def watched(run: str, server: Server) -> Iterator[Watched]:
    """The film, as long as somebody watches it; raises ``NoSuchThingError``."""
    folder = found(run, server.runs)
    with connections.one(), closing(open_store()[1]) as index:
        yield Watched(folder, index)


@router.get("/films/{run}/events", response_class=EventSourceResponse)
async def events(
    film: Annotated[Watched, Depends(watched)],
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
    last_event_id: Annotated[str | None, Header()] = None,
) -> AsyncIterator[ServerSentEvent]:
    """What happens to a film after the event with this id; ends when the film is deleted."""
    said = last_event_id or ""
    async for one in happenings(film, int(said) if said.isascii() and said.isdigit() and len(said) < 17 else after):
        yield ServerSentEvent(data=one, id=None if one.kind == CHANGED else str(one.id))


async def happenings(film: Watched, last: int) -> AsyncIterator[Happened]:
    """Everything after the event ``last``, as it comes, until the film is deleted."""
    stood, polls = await anyio.to_thread.run_sync(film.stands), 0
    while film.is_there:
        for one in await anyio.to_thread.run_sync(film.after, last):
            last = one.id
            yield one
        await anyio.sleep(POLL_SECONDS)
        polls += 1
        if polls % LOOKS == 0 and film.is_there:
            stands = await anyio.to_thread.run_sync(film.stands)
            if stands != stood:
                stood = stands
                yield Happened(id=last, kind=CHANGED)
    yield Happened(id=last, kind=DELETED)


def _happened(event: Event, numbers: tuple[int, ...]) -> Happened:
    name = str(event.data.get("name", ""))
    share = event.data.get("share")
    return Happened(
        id=event.id,
        kind=event.kind,
        name=name,
        place=place_of(numbers, StepName.parse(name)),
        share=float(share) if isinstance(share, int | float) else None,
    )
