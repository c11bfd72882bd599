"""The one engine of all job services: submit, poll, download at once; a job is never submitted while one is known."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import anyio
from pydantic import ValidationError

from personavlog.backbones.jobs.failures import Asked, flagged
from personavlog.backbones.jobs.job_server import Body, JobServer, address_of
from personavlog.backbones.jobs.key_paths import first_text, found
from personavlog.backbones.jobs.settings import Chosen
from personavlog.backbones.polling import polled
from personavlog.backbones.tools import Tools
from personavlog.errors import (
    BackboneError,
    BadMediaError,
    RateLimitedError,
    TimedOutError,
    UnavailableError,
)
from personavlog.frozen import Frozen

PASSING = (UnavailableError, TimedOutError, RateLimitedError)
"""Failures that say nothing about the job."""
KEY = (401, 403)


class Submitted(Frozen):
    """A job as it is stored before the first poll: where it is asked, and what it costs in US dollars where that was
    said."""

    id: str
    state: str
    result: str = ""
    cancel: str = ""
    cost: float | None = None


@dataclass(frozen=True)
class Came:
    """A result, with what is known of its making."""

    data: bytes
    cost: float | None = None
    served: str = ""
    request: str = ""


@dataclass(frozen=True)
class _Ended:
    """A job that is over; ``error`` None: it is done."""

    data: Any
    error: BackboneError | None


class _ForgottenError(Exception):
    """The service does not know the job."""


class Service:
    """One service, for one role; ``asked`` says what a refusal is a refusal of."""

    def __init__(self, chosen: Chosen, asked: Asked) -> None:
        self.chosen, self.server = chosen, JobServer(chosen, asked)

    async def deliver(self, body: Callable[[], Awaitable[Body]], tools: Tools, *, voice: str = "") -> Came:
        """The result's bytes. ``body`` is called only where something is submitted; it may upload.

        Raises what ``Server.ask`` raises, ``RefusedError`` naming the input, ``BadMediaError`` for a result that cannot
        be fetched. The job is forgotten only where nothing can come of it any more.
        """
        if self.chosen.way.answers != "job":
            return await self._at_once(await body(), voice)
        for _ in range(2):
            stored = await tools.job.submitted(partial(self._submit, body))
            try:
                return await self._result(self._read(stored, tools), tools)
            except _ForgottenError:
                tools.job.finish()
        raise BackboneError(f"{self.chosen.name!r} forgot a job twice. Try again later.", provider=self.chosen.name)

    # --- at once ------------------------------------------------------------------------------------------------------

    async def _at_once(self, body: Body, voice: str) -> Came:
        answer = await self.server.post(body, voice)
        request = answer.headers.get(self.chosen.map.request or "", "")
        if self.chosen.way.answers == "media":
            return Came(answer.body, request=request)
        data = answer.json()
        request = first_text(data, ["request_id"]) or request
        return Came(await self.server.fetched(data), request=request)

    # --- a job --------------------------------------------------------------------------------------------------------

    async def _submit(self, body: Callable[[], Awaitable[Body]]) -> str:
        data, job = (await self.server.post(await body())).json(), self.chosen.job
        identity = first_text(data, job.id) or self.server.strange("no id of a job")
        places = {
            name: address_of(data, place, identity) or self.server.strange(f"no address for its job's {name}")
            for name in ("state", "result", "cancel")
            if (place := getattr(job, name)) is not None
        }
        cost = found(data, job.cost) if job.cost else None
        money = float(cost) * job.unit if isinstance(cost, int | float) and cost >= 0 else None
        submitted = Submitted(id=identity[:200], cost=money, **places)
        return submitted.model_dump_json()

    def _read(self, stored: str, tools: Tools) -> Submitted:
        try:
            return Submitted.model_validate_json(stored)
        except ValidationError:  # stored by another version, or by a backbone that stood here before
            tools.job.finish()
            raise UnavailableError(
                f"The job of {self.chosen.name!r} that was stored cannot be read; it is submitted again.",
                provider=self.chosen.name,
            ) from None

    async def _result(self, job: Submitted, tools: Tools) -> Came:
        data = await self._done(job, tools)
        came = await self._fetched_again(data, job, tools)
        served = first_text(data, self.chosen.job.served)
        return Came(came, cost=job.cost, served=served, request=job.id)

    async def _done(self, job: Submitted, tools: Tools) -> Any:
        """What the job's result lies in, once it is done."""
        shape, settings = self.chosen.job, self.chosen.settings
        cancel = partial(self.server.ask, shape.cancel, job.cancel) if shape.cancel and job.cancel else None
        ended = await polled(
            partial(self._look, job, anyio.current_time() + shape.settles, tools),
            tools,
            self.chosen.name,
            every=settings.every or shape.every,
            at_most=settings.at_most or shape.at_most,
            cancel=cancel,
        )
        if ended.error is not None:
            tools.job.finish()
            raise ended.error
        if shape.result is None:
            return self._unflagged(ended.data, tools)
        try:
            return self._unflagged((await self.server.ask(shape.result, job.result)).json(), tools)
        except PASSING:
            raise
        except BackboneError as error:
            if error.status not in KEY:
                tools.job.finish()
            raise

    async def _look(self, job: Submitted, settled: float, tools: Tools) -> _Ended | None:
        shape = self.chosen.job
        try:
            data = (await self.server.ask(shape.state, job.state)).json()
        except BackboneError as error:
            if error.status != 404:
                raise
            self._unknown(settled)
            return None
        word = first_text(data, [shape.word])
        if word in shape.running:
            share = found(data, shape.progress) if shape.progress else None
            tools.progress(min(max(float(share), 0.0), 1.0) if isinstance(share, int | float) else 0.0)
            return None
        if word in shape.lost:
            self._unknown(settled)
            return None
        reason = first_text(data, shape.error)
        fine = word in shape.done and not reason
        return _Ended(data, None if fine else self._error(word, data, reason))

    def _unknown(self, settled: float) -> None:
        if anyio.current_time() > settled:
            raise _ForgottenError

    def _error(self, word: str, data: Any, reason: str) -> BackboneError:
        shape, name = self.chosen.job, self.chosen.name
        if word in shape.cancelled:
            return BackboneError(f"The job was cancelled at {name!r}. Resume to send it again.", provider=name)
        if word in (*shape.done, *shape.failed, *shape.refused):
            return self.server.failures.of_job(data, reason, refused=word in shape.refused)
        return BackboneError(
            f"{name!r} says of its job {word!r:.60}, which this version does not know. Update PersonaVlog.",
            provider=name,
        )

    def _unflagged(self, data: Any, tools: Tools) -> Any:
        if flagged(data, self.chosen.job.flags):
            tools.job.finish()
            raise self.server.failures.of_job(data, "the result was blacked out by a content filter", refused=True)
        return data

    # --- where the bytes are ------------------------------------------------------------------------------------------

    async def _fetched_again(self, data: Any, job: Submitted, tools: Tools) -> bytes:
        """The result; where its address has expired, that of a second look."""
        try:
            return await self.server.fetched(data)
        except BadMediaError:
            pass
        try:
            return await self.server.fetched(await self._done(job, tools))
        except BadMediaError as error:
            tools.job.finish()
            life = self.chosen.map.life
            within = f" Results can be fetched there for {life / 60:g} minutes." if life is not None else ""
            raise BadMediaError(f"{error}{within}", provider=self.chosen.name, status=error.status) from error
