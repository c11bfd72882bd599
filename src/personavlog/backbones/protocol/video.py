"""Image to video by ``/v1/videos``: submitted as a form with the keyframe's bytes, asked for until it is done,
fetched."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

import anyio
import anyio.to_thread

from personavlog.backbones import arrived
from personavlog.backbones.capabilities import VideoCapabilities
from personavlog.backbones.polling import polled
from personavlog.backbones.protocol.endpoints import Place
from personavlog.backbones.protocol.served import Amounts, Served
from personavlog.backbones.protocol.settings import VideoSettings
from personavlog.backbones.protocol.shapes import part
from personavlog.backbones.remote import Server
from personavlog.backbones.remote_answers import REFUSAL, Answer, said
from personavlog.backbones.roles import AnimateRequest, AnimateResult, Estimate
from personavlog.backbones.tools import Tools
from personavlog.errors import (
    BackboneError,
    BadMediaError,
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


@dataclass(frozen=True)
class _Job:
    """A job and the server that has it; ``is_new``: submitted by this call, and so paid by it."""

    place: Place
    id: str
    is_new: bool

    @property
    def path(self) -> str:
        return f"{PATH}/{quote(self.id, safe='')}"


class _ForgottenError(Exception):
    """The server knows nothing of the job, or nobody will ever answer for it."""


class OpenAIVideo(Served):
    """The role image to video; built from ``VideoSettings``."""

    settings: VideoSettings

    def __init__(self, **settings: object) -> None:
        chosen = VideoSettings.model_validate(settings)
        super().__init__("video", chosen, chosen.capabilities())
        self.capabilities: VideoCapabilities = chosen.capabilities()
        self._fetched: set[str] = set()

    def estimate(self, request: AnimateRequest) -> Estimate:
        """By the profile or the table."""
        return self.estimated(_amounts(request))

    async def animate(self, request: AnimateRequest, tools: Tools) -> AnimateResult:
        """A clip of the asked size, length and rate; raises as ``Server.ask`` does, ``BadMediaError`` for what is none.

        The job is stored before it is asked for, and only its server is asked; a server that forgot it gets it once
        more, under the same key.
        """
        for again in (True, False):
            async with AsyncExitStack() as stack:
                job = await self._submitted(request, tools, stack)
                try:
                    data = await self._data(job, tools)
                except _ForgottenError as error:
                    tools.job.finish()
                    if again:
                        continue
                    raise UnavailableError(
                        f"The server at {job.place.address} forgot a job of {self.model!r} twice. Try again later.",
                        provider=self.model,
                    ) from error
            return await self._result(job, data, request, tools)
        raise AssertionError("the second round returns or raises")

    # --- the job ------------------------------------------------------------------------------------------------------

    async def _submitted(self, request: AnimateRequest, tools: Tools, stack: AsyncExitStack) -> _Job:
        """The job of this request, an earlier try's where there is one; its server counts as busy until ``stack``
        ends."""
        fresh: list[Place] = []

        async def submit() -> str:
            place, answer = await stack.enter_async_context(self.endpoints.asked(partial(self._send, request, tools)))
            fresh.append(place)
            return f"{place.id} {self._id(answer)}"

        stored = await tools.job.submitted(submit)
        if stored in self._fetched:  # its clip came, and was of no use
            tools.job.finish()
            stored = await tools.job.submitted(submit)
        identity, _, number = stored.partition(" ")
        place = self.endpoints.known(identity)
        if place is None or not number:  # the profile has that server no more
            tools.job.finish()
            return await self._submitted(request, tools, stack)
        if not fresh:
            await stack.enter_async_context(self.endpoints.joined(place))
        return _Job(place, number, bool(fresh))

    async def _send(self, request: AnimateRequest, tools: Tools, server: Server) -> Answer:
        image = request.keyframe.image
        fields = self.fields(
            prompt=request.prompt,
            size=f"{request.width}x{request.height}",
            frames=self.capabilities.durations.frames(request.duration),
            fps=request.fps,
            negative=request.negative or None,
            seed=request.seed if self.capabilities.seed else None,
        )
        form = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in fields.items()}
        file = (f"keyframe.{image.media_type.rpartition('/')[2]}", tools.blobs.get(image), image.media_type)
        return await server.ask(
            "POST", PATH, data=form, files=[(self.dialect.image, file)], headers=self.key(request), refused="board"
        )

    def _id(self, answer: Answer) -> str:
        found = part(answer.json(), "id")
        if not isinstance(found, str) or not 0 < len(found) <= LONGEST_ID or found != "".join(found.split()):
            raise UnavailableError(
                f"{self.model!r} answered without the id of a job. Check the server's address and its kind (server).",
                provider=self.model,
            )
        return found

    async def _data(self, job: _Job, tools: Tools) -> bytes:
        """The clip's file; raises ``_ForgottenError`` where the server does not have it."""
        server = job.place.server

        async def cancel() -> None:
            await server.ask("DELETE", job.path)

        look = self._patient(partial(self._look, job, tools), job.place)
        settings = self.settings
        await polled(look, tools, self.model, every=settings.every, at_most=settings.at_most, cancel=cancel)
        return (await _known(server.ask("GET", f"{job.path}/content"))).body

    async def _look(self, job: _Job, tools: Tools) -> bool | None:
        data = (await _known(job.place.server.ask("GET", job.path))).json()
        status = part(data, "status")
        if status in DONE:
            return True
        if status in FAILED:
            tools.job.finish()
            raise self._failed(part(data, "error"))
        if status not in RUNNING:
            raise BackboneError(
                f"The server at {job.place.address} says of its job {status!r:.80}, which nobody here knows. Update "
                "PersonaVlog, or check the server's address.",
                provider=self.model,
            )
        share = part(data, "progress")
        tools.progress(min(max(share / 100, 0.0), 1.0) if isinstance(share, int | float) else 0.0)
        return None

    def _patient(
        self, look: Callable[[], Awaitable[bool | None]], place: Place
    ) -> Callable[[], Awaitable[bool | None]]:
        """``look``, which gives a job up whose server has been gone for long where another server can make it."""
        reached = anyio.current_time()

        async def looked() -> bool | None:
            nonlocal reached
            try:
                found = await look()
            except (UnavailableError, TimedOutError) as error:
                place.failed(error)
                gone = anyio.current_time() - reached
                if error.status is None and gone >= self.settings.lost_after and self.endpoints.others(place):
                    raise _ForgottenError from error
                raise
            reached = anyio.current_time()
            return found

        return looked

    def _failed(self, error: Any) -> BackboneError:
        words = said(str(part(error, "message") or error or "no reason given").encode())
        code = str(part(error, "code") or "")
        if REFUSAL.search(f"{code} {words}"):
            text = f"{self.model!r} refused this clip: {words}. Change what the board shows."
            return RefusedError(text, provider=self.model, refused="board")
        if ran_out_of_memory(RuntimeError(words)):
            text = f"{self.model!r} ran out of memory: {words}. Ask for a smaller or shorter clip."
            return OutOfMemoryError(text, provider=self.model)
        return UnavailableError(f"{self.model!r} could not make its clip: {words}. Try again.", provider=self.model)

    # --- what came ----------------------------------------------------------------------------------------------------

    async def _result(self, job: _Job, data: bytes, request: AnimateRequest, tools: Tools) -> AnimateResult:
        self._fetched.add(f"{job.place.id} {job.id}")
        self.delivered(request)
        try:
            clip = await anyio.to_thread.run_sync(arrived.clip, data, request, self.model, tools.blobs)
        except BadMediaError:
            tools.job.finish()
            raise
        tools.progress(1.0)
        receipt = self.receipt(_amounts(request)).model_copy(update={"request": job.id})
        if not job.is_new:  # booked by the call that submitted it
            receipt = receipt.model_copy(update={"money": 0.0})
        return AnimateResult(clip=clip, prompt=request.prompt, receipt=receipt)


async def _known(asking: Awaitable[Answer]) -> Answer:
    try:
        return await asking
    except BackboneError as error:
        if error.status in GONE:
            raise _ForgottenError from error
        raise


def _amounts(request: AnimateRequest) -> Amounts:
    return {"call": 1, "second": request.duration, "minute": request.duration / 60}
