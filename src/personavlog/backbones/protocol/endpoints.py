"""The servers of one model: who is asked next, who is left alone for a while, and who is asked again."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlsplit

import anyio

from personavlog.backbones.listing import PROBE_SECONDS, look_at
from personavlog.backbones.receipts import unbilled
from personavlog.backbones.remote import Endpoint, Server
from personavlog.errors import BackboneError, RateLimitedError, TimedOutError, UnavailableError

PAUSE = 5.0
"""Seconds for which a server that failed is left alone the first time; doubled each time up to ``LONGEST_PAUSE``."""
LONGEST_PAUSE = 60.0
LONGEST_WAIT = 60.0
"""Seconds for which a request waits for servers that take no more now."""
FAILURES = 2
"""Failed requests in a row after which a server that can be reached is left alone."""

T = TypeVar("T")


@dataclass
class Place:
    """One server: ``id`` stays the same wherever it stands in the list; ``resting`` until that time, because of
    ``reason``."""

    server: Server
    id: str
    outstanding: int = 0
    failures: int = 0
    resting: float = 0.0
    reason: BackboneError | None = None

    @property
    def address(self) -> str:
        """Host and port."""
        return urlsplit(self.server.endpoint.url).netloc

    @property
    def is_down(self) -> bool:
        """Whether it failed, and was not merely busy."""
        return self.reason is not None and not isinstance(self.reason, RateLimitedError)

    @property
    def load(self) -> float:
        """Share of what it takes at a time that is under way."""
        return self.outstanding / self.server.endpoint.at_once

    def failed(self, error: BackboneError) -> None:
        """It did not answer, or not now: leave it alone for as long as it asks, or as experience says."""
        now = anyio.current_time()
        if isinstance(error, RateLimitedError):
            wait = PAUSE if error.retry_after is None else error.retry_after
        else:
            self.failures += 1
            if self.failures < FAILURES and not unbilled(error):
                return
            wait = error.retry_after or min(PAUSE * 2.0 ** (self.failures - 1), LONGEST_PAUSE)
        self.resting, self.reason = now + wait, error

    def served(self) -> None:
        """It answered; what it asked for when it was busy still holds."""
        self.failures = 0
        if self.is_down:
            self.resting, self.reason = 0.0, None


@dataclass
class Endpoints:
    """Gives every request to the server with the fewest under way, first come, first served; a server that failed is
    left alone for a while and then looked at before it gets another request."""

    places: tuple[Place, ...]
    provider: str
    _queue: list[object] = field(default_factory=list)
    _changed: anyio.Event | None = None

    @classmethod
    def of(cls, endpoints: Sequence[Endpoint], provider: str) -> Endpoints:
        """The servers of a profile."""
        places = (Place(Server(one, provider), _identity(one)) for one in endpoints)
        return cls(tuple({place.id: place for place in places}.values()), provider)

    def known(self, identity: str) -> Place | None:
        """The server of this id, None where the profile has it no more."""
        return next((place for place in self.places if place.id == identity), None)

    @asynccontextmanager
    async def asked(self, send: Callable[[Server], Awaitable[T]]) -> AsyncIterator[tuple[Place, T]]:
        """The server that answered and its answer; it counts as busy until the block ends.

        A server that takes no request, or that nobody could have reached, is passed over for the next. Raises what
        ``send`` raises; where nobody serves, an error that names each and why.
        """
        failed: dict[str, BackboneError] = {}
        while True:
            place = await self._taken(failed)
            try:
                try:
                    answer = await send(place.server)
                except (RateLimitedError, UnavailableError, TimedOutError) as error:
                    place.failed(error)
                    if not _nothing_was_made(error):
                        raise
                    failed[place.id] = error
                    continue
                place.served()
                yield place, answer
                return
            finally:
                self._give_back(place)

    @asynccontextmanager
    async def joined(self, place: Place) -> AsyncIterator[None]:
        """Count a job that this server works on already."""
        place.outstanding += 1
        try:
            yield
        finally:
            self._give_back(place)

    def has_others(self, place: Place) -> bool:
        """Whether another server than this is there and not known to be down."""
        return any(one is not place and not one.is_down for one in self.places)

    async def _taken(self, failed: Mapping[str, BackboneError]) -> Place:
        ticket = object()
        self._queue.append(ticket)
        began = anyio.current_time()
        try:
            while True:
                if self._queue[0] is ticket:
                    place = self._free(failed)
                    if place is not None and await self._is_back(place):
                        place.outstanding += 1
                        return place
                    if place is not None:
                        continue
                    self._check(failed, anyio.current_time() - began)
                await self._change()
        finally:
            self._queue.remove(ticket)
            self._announce()

    def _rests(self, place: Place, now: float) -> bool:
        """Whether it is to be left alone; the only server there is only where it asks for that, as whoever is refused
        waits by itself before the next try."""
        return place.resting > now and not (place.is_down and len(self.places) == 1)

    def _free(self, failed: Mapping[str, BackboneError]) -> Place | None:
        now = anyio.current_time()
        free = [
            place for place in self.places if place.id not in failed and not self._rests(place, now) and place.load < 1
        ]
        return min(free, key=lambda place: (place.is_down, place.load), default=None)

    async def _is_back(self, place: Place) -> bool:
        """Whether a server serves again; one that was down is looked at first, which costs nothing."""
        if not place.is_down or len(self.places) == 1:
            return True
        place.resting = anyio.current_time() + PROBE_SECONDS  # nobody else looks meanwhile
        try:
            await look_at(place.server)
        except (RateLimitedError, UnavailableError, TimedOutError) as error:
            place.failed(error)
            return False
        except BackboneError:
            pass  # it answers; what is wrong with the request it says to the request
        place.served()
        return True

    def _check(self, failed: Mapping[str, BackboneError], waited: float) -> None:
        """Raises where nobody that was not tried will serve soon."""
        now = anyio.current_time()
        left = [place for place in self.places if place.id not in failed]
        if any(not self._rests(place, now) for place in left):
            return  # busy with our own requests
        if any(not place.is_down and place.resting - now + waited <= LONGEST_WAIT for place in left):
            return
        reasons = {place.id: place.reason for place in left if place.reason} | dict(failed)
        if len(self.places) == 1:
            raise next(iter(reasons.values()))
        raise self._nobody(reasons, min((place.resting for place in self.places), default=now) - now)

    def _nobody(self, reasons: Mapping[str, BackboneError], soonest: float) -> BackboneError:
        said = "; ".join(f"{place.address}: {reasons[place.id]}" for place in self.places if place.id in reasons)
        text = f"None of the {len(self.places)} servers of {self.provider!r} serves now. {said}"
        kind = RateLimitedError if any(isinstance(one, RateLimitedError) for one in reasons.values()) else None
        return (kind or UnavailableError)(text, provider=self.provider, retry_after=max(soonest, 0.0))

    async def _change(self) -> None:
        """Wait until a request ends, or a server's rest does."""
        now = anyio.current_time()
        self._changed = self._changed or anyio.Event()
        soonest = min((place.resting - now for place in self.places if place.resting > now), default=LONGEST_WAIT)
        with anyio.move_on_after(soonest):
            await self._changed.wait()

    def _give_back(self, place: Place) -> None:
        place.outstanding -= 1
        self._announce()

    def _announce(self) -> None:
        if self._changed is not None:
            self._changed.set()
            self._changed = None


def _identity(endpoint: Endpoint) -> str:
    return hashlib.sha256(endpoint.url.rstrip("/").encode()).hexdigest()[:12]


def _nothing_was_made(error: BackboneError) -> bool:
    """Whether asking another server cannot pay twice."""
    return error.status == 503 or unbilled(error)
