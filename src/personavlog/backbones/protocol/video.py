"""Image to video by ``/v1/videos``: a form with the keyframe's bytes is submitted, and its job followed."""

from __future__ import annotations

from contextlib import AsyncExitStack
from functools import partial

import anyio.to_thread

from personavlog.backbones import arrived
from personavlog.backbones.capabilities import VideoCapabilities
from personavlog.backbones.protocol.clip_job import PATH, ClipJob, ForgottenError, id_of
from personavlog.backbones.protocol.endpoints import Place
from personavlog.backbones.protocol.forms import file_of, form_of
from personavlog.backbones.protocol.served import Amounts, Served
from personavlog.backbones.protocol.settings import VideoSettings
from personavlog.backbones.remote import Server
from personavlog.backbones.remote_answers import Answer
from personavlog.backbones.roles import AnimateRequest, AnimateResult, Estimate
from personavlog.backbones.tools import Tools
from personavlog.errors import BadMediaError, UnavailableError


class OpenAIVideo(Served):
    """The role image to video; built from ``VideoSettings``."""

    settings: VideoSettings

    def __init__(self, **settings: object) -> None:
        chosen = VideoSettings.model_validate(settings)
        self.capabilities: VideoCapabilities = chosen.capabilities()
        super().__init__("video", chosen)

    def estimate(self, request: AnimateRequest) -> Estimate:
        """By the profile or the table."""
        return self.estimated(_amounts(request))

    async def animate(self, request: AnimateRequest, tools: Tools) -> AnimateResult:
        """A clip of the asked size, length and rate; raises as ``Server.ask`` and ``ClipJob.data`` do,
        ``BadMediaError`` for what is no such clip.

        The job is stored before it is asked for, and only its server is asked; where that forgot it, it is submitted
        once more under the same key.
        """
        for again in (True, False):
            async with AsyncExitStack() as stack:
                job, is_new = await self._job(request, tools, stack)
                try:
                    data = await job.data(tools)
                except ForgottenError as error:
                    tools.job.finish()
                    if again:
                        continue
                    raise UnavailableError(
                        f"The server at {job.place.address} forgot a job of {self.model!r} twice. Try again later.",
                        provider=self.model,
                    ) from error
            return await self._result(job, data, request, tools, is_new=is_new)
        raise AssertionError("the second round returns or raises")

    async def _job(self, request: AnimateRequest, tools: Tools, stack: AsyncExitStack) -> tuple[ClipJob, bool]:
        """The job of this request, and whether this call submitted it; its server counts as busy until ``stack``
        ends."""
        submitted: list[Place] = []

        async def submit() -> str:
            place, answer = await stack.enter_async_context(self.endpoints.asked(partial(self._send, request, tools)))
            submitted.append(place)
            return f"{place.id} {id_of(answer, self.model)}"

        stored = await tools.job.submitted(submit)
        identity, _, number = stored.partition(" ")
        place = self.endpoints.known(identity)
        if place is None:  # an earlier try's, and the profile has that server no more
            tools.job.finish()
            return await self._job(request, tools, stack)
        if not submitted:
            await stack.enter_async_context(self.endpoints.joined(place))
        return ClipJob(place, number, self.endpoints, self.settings), bool(submitted)

    async def _send(self, request: AnimateRequest, tools: Tools, server: Server) -> Answer:
        fields = self.fields(
            size=f"{request.width}x{request.height}",
            frames=self.capabilities.durations.frames(request.duration),
            fps=request.fps,
            negative=request.negative or None,
            seed=request.seed if self.capabilities.seed else None,
        )
        file = (self.dialect.image, file_of(request.keyframe.image, tools.blobs))
        key = self.key(request)
        form = form_of({"prompt": request.prompt, **fields})
        return await server.ask("POST", PATH, data=form, files=[file], headers=key, refused="board")

    async def _result(
        self, job: ClipJob, data: bytes, request: AnimateRequest, tools: Tools, *, is_new: bool
    ) -> AnimateResult:
        self.delivered(request)
        try:
            clip = await anyio.to_thread.run_sync(arrived.clip, data, request, self.model, tools.blobs)
        except BadMediaError:
            tools.job.finish()
            raise
        tools.progress(1.0)
        # A job of an earlier try was booked by the call that submitted it.
        money = self.estimated(_amounts(request)).high if is_new else 0.0
        receipt = self.receipt(_amounts(request)).model_copy(update={"request": job.id, "money": money})
        return AnimateResult(clip=clip, prompt=request.prompt, receipt=receipt)


def _amounts(request: AnimateRequest) -> Amounts:
    return {"call": 1, "second": request.duration, "minute": request.duration / 60}
