"""What both of Google's video models share: a job that is submitted, polled and fetched."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import partial
from typing import Any, Literal

from personavlog.backbones import arrived, records
from personavlog.backbones.capabilities import SizeRule, VideoCapabilities
from personavlog.backbones.google.api import GoogleSettings, estimated
from personavlog.backbones.kept import kept
from personavlog.backbones.polling import polled
from personavlog.backbones.roles import AnimateRequest, AnimateResult, Estimate, Resident
from personavlog.backbones.tools import Tools
from personavlog.errors import BackboneError, BadMediaError, ConfigurationError

Resolution = Literal["360p", "720p", "1080p", "4k"]


SIDES: Mapping[Resolution, tuple[int, int]] = {
    "360p": (640, 360),
    "720p": (1280, 720),
    "1080p": (1920, 1080),
    "4k": (3840, 2160),
}
"""Long and short side of a clip in px."""


class ClipSettings(GoogleSettings):
    """``resolution``: a clip's short side."""

    resolution: Resolution = "720p"


class ForgottenError(Exception):
    """Google does not know the job any more."""


class GoogleVideo(Resident, ABC):
    """Image to video. Subclasses say how a job is submitted, asked, cancelled and read."""

    def __init__(self, settings: ClipSettings) -> None:
        self.settings = settings
        self.record, self.server = settings.known(), settings.server()
        if self.record.video is None:
            raise ConfigurationError(f"Google's model {settings.model!r} makes no clips. Choose another.")

    @property
    def capabilities(self) -> VideoCapabilities:
        """The model's, from the table or the settings; the size follows the resolution."""
        found = self.record.video
        assert found is not None, "checked when it was built"
        if found.sizes is None:
            return found
        long, short = SIDES[self.settings.resolution]
        return found.model_copy(update={"sizes": SizeRule(allowed=((long, short), (short, long)))})

    @property
    def fingerprint(self) -> str:
        """Model and resolution."""
        return f"google-video {self.settings.model} {self.settings.resolution}"

    def estimate(self, request: AnimateRequest) -> Estimate:
        """From the table's prices."""
        return estimated(self.record, _amounts(request))

    async def animate(self, request: AnimateRequest, tools: Tools) -> AnimateResult:
        """The clip without its sound; raises ``RefusedError`` naming the input, else ``BackboneError`` and its
        kinds."""
        data, job = await self._delivered(request, tools)
        clip = await kept(partial(arrived.clip, data, request, "google", tools.blobs), tools)
        receipt = records.receipt(self.record.prices, _amounts(request), model=self.settings.model, request=job)
        return AnimateResult(clip=clip, prompt=request.prompt, receipt=receipt)

    async def _delivered(self, request: AnimateRequest, tools: Tools) -> tuple[bytes, str]:
        for _ in range(2):
            job = await tools.job.submitted(partial(self.submit, request, tools))
            try:
                found = await polled(
                    partial(self._look, job),
                    tools,
                    "google",
                    every=self.settings.every,
                    at_most=self.settings.at_most,
                    cancel=partial(self.cancel, job) if self.can_cancel else None,
                )
            except ForgottenError:
                tools.job.finish()
                continue
            return await self._read(found, tools), job
        raise BackboneError("Google forgot a job twice. Try again later.", provider="google")

    async def _look(self, job: str) -> Any:
        try:
            return await self.look(job)
        except BackboneError as error:
            if error.status == 404:
                raise ForgottenError from error
            raise

    async def _read(self, found: Any, tools: Tools) -> bytes:
        try:
            result = self.result(found)
        except BackboneError:
            tools.job.finish()
            raise
        if isinstance(result, bytes):
            return result
        try:
            return await self.server.fetch(result)
        except BadMediaError:
            tools.job.finish()
            raise

    can_cancel = False

    @abstractmethod
    async def submit(self, request: AnimateRequest, tools: Tools) -> str:
        """The id of a new job."""

    @abstractmethod
    async def look(self, job: str) -> Any:
        """What Google says of a job that ended, None of one that has not; raises ``ForgottenError`` for what is no
        job."""

    @abstractmethod
    def result(self, found: Any) -> str | bytes:
        """Address or bytes of the clip; raises what went wrong with the job."""

    async def cancel(self, job: str) -> None:
        """Stop it there."""


def nothing(what: str) -> BadMediaError:
    """The error of an answer without what it should hold."""
    return BadMediaError(f"Google answered with {what}. It is asked once more.", provider="google")


def aspect(request: AnimateRequest) -> str:
    """The models make wide and tall clips only."""
    return "16:9" if request.width >= request.height else "9:16"


def whole_seconds(request: AnimateRequest) -> int:
    """A clip's length as the models take it."""
    return math.ceil(request.duration - 1e-6)


def _amounts(request: AnimateRequest) -> dict[records.Unit, float]:
    return {"call": 1, "second": whole_seconds(request)}
