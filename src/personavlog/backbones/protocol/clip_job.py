"""One job of ``/v1/videos`` on the server that took it: asked for until it is done, fetched, cancelled."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any
from urllib.parse import quote

import anyio

from personavlog.backbones.polling import polled
from personavlog.backbones.protocol.endpoints import Endpoints, Place
from personavlog.backbones.protocol.settings import VideoSettings
from personavlog.backbones.protocol.shapes import part
from personavlog.backbones.remote_answers import REFUSAL, Answer, said
from personavlog.backbones.tools import Tools
from personavlog.errors import (
    BackboneError,
    OutOfMemoryError,
    RefusedError,
    TimedOutError,
    UnavailableError,
    ran_out_of_memory,
)

PATH = "/videos"
GONE = (404, 410)
RUNNING, DONE, FAILED = ("queued", "in_progress", "processing", "pending"), ("completed",), ("failed", "cancelled")
LONGEST_ID = 200

Body = dict[str, Any]


class ForgottenError(Exception):
    """The server knows nothing of the job, or nobody will ever answer for it."""


class ClipJob:
    """The job ``id`` at ``place``, one of ``endpoints``."""

    def __init__(self, place: Place, identity: str, endpoints: Endpoints, settings: VideoSettings) -> None:
        self.place, self.id = place, identity
        self._endpoints, self._settings = endpoints, settings
        self._path = f"{PATH}/{quote(identity, safe='')}"
        self._reached = anyio.current_time()

    async def data(self, tools: Tools) -> bytes:
        """The clip's file; raises ``ForgottenError`` where nobody has it, ``RefusedError``, ``OutOfMemoryError`` or
        ``UnavailableError`` for a job that failed, and as ``polled`` does."""

        async def look() -> Body | None:
            return await self._look(tools)

        settings = self._settings
        every, at_most = settings.every, settings.at_most
        ended = await polled(look, tools, settings.model, every=every, at_most=at_most, cancel=self._cancel)
        if ended["status"] in FAILED:
            tools.job.finish()
            raise _failure(ended.get("error"), settings.model)
        return (await self._asked("GET", "/content")).body

    async def _cancel(self) -> None:
        await self.place.server.ask("DELETE", self._path)

    async def _look(self, tools: Tools) -> Body | None:
        """The job's state once it has ended."""
        try:
            data = (await self._asked("GET")).json()
        except (UnavailableError, TimedOutError) as error:
            self._give_up_where_another_serves(error)
            raise
        self._reached = anyio.current_time()
        status = part(data, "status")
        if status in (*DONE, *FAILED):
            return dict(data)
        if status not in RUNNING:
            raise BackboneError(
                f"The server at {self.place.address} says of its job {status!r:.80}, which nobody here knows. Update "
                "PersonaVlog, or check the server's address.",
                provider=self._settings.model,
            )
        share = part(data, "progress")
        tools.progress(min(max(share / 100, 0.0), 1.0) if isinstance(share, int | float) else 0.0)
        return None

    def _give_up_where_another_serves(self, error: BackboneError) -> None:
        """A server that has been gone for long has lost its jobs; they are kept in its memory."""
        self.place.failed(error)
        gone = anyio.current_time() - self._reached
        if error.status is None and gone >= self._settings.lost_after and self._endpoints.has_others(self.place):
            raise ForgottenError from error

    async def _asked(self, method: str, rest: str = "") -> Answer:
        return await _known(self.place.server.ask(method, f"{self._path}{rest}"))


def id_of(answer: Answer, model: str) -> str:
    """The id of a job that was submitted; raises ``UnavailableError`` for an answer without one."""
    found = part(answer.json(), "id")
    if not isinstance(found, str) or not 0 < len(found) <= LONGEST_ID or found != "".join(found.split()):
        raise UnavailableError(
            f"{model!r} answered without the id of a job. Check the server's address and its kind (server).",
            provider=model,
        )
    return found


async def _known(asking: Awaitable[Answer]) -> Answer:
    try:
        return await asking
    except BackboneError as error:
        if error.status in GONE:
            raise ForgottenError from error
        raise


def _failure(error: Any, model: str) -> BackboneError:
    words = said(str(part(error, "message") or error or "no reason given").encode())
    if REFUSAL.search(f"{part(error, 'code') or ''} {words}"):
        text = f"{model!r} refused this clip: {words}. Change what the board shows."
        return RefusedError(text, provider=model, refused="board")
    if ran_out_of_memory(RuntimeError(words)):
        text = f"{model!r} ran out of memory: {words}. Ask for a smaller or shorter clip."
        return OutOfMemoryError(text, provider=model)
    return UnavailableError(f"{model!r} could not make its clip: {words}. Try again.", provider=model)
