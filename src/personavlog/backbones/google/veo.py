"""Clips by Veo: ``predictLongRunning``, then the operation until it is done, then its file."""

from __future__ import annotations

import re
from typing import Any, Literal

from personavlog.backbones.capabilities import VideoCapabilities
from personavlog.backbones.google.api import VERSION, inline, part, refused, rows
from personavlog.backbones.google.clips import ClipSettings, ForgottenError, GoogleVideo, aspect, nothing, whole_seconds
from personavlog.backbones.remote_answers import REFUSAL, said
from personavlog.backbones.roles import AnimateRequest
from personavlog.backbones.tools import Tools
from personavlog.errors import BackboneError, UnavailableError

_OPERATION = re.compile(r"^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*){1,8}$")


class VeoSettings(ClipSettings):
    """``people``: what Veo calls personGeneration, where a region asks for it ("allow_adult"). Veo's 4k has another
    price than the table's."""

    model: str = "veo-3.1-generate-preview"
    resolution: Literal["720p", "1080p"] = "720p"
    people: str | None = None


class VeoVideo(GoogleVideo):
    """Image to video. The Gemini API cancels no operation, so a stopped run finds its clip again."""

    def __init__(self, **settings: Any) -> None:
        chosen = VeoSettings.model_validate(settings)
        super().__init__(chosen)
        self._people = chosen.people

    @property
    def capabilities(self) -> VideoCapabilities:
        """Clips of 1080p are always the longest."""
        found = super().capabilities
        if self.settings.resolution != "1080p":
            return found
        longest = found.durations.bounds[1]
        return found.model_copy(
            update={"durations": found.durations.model_copy(update={"shortest": longest, "allowed": (longest,)})}
        )

    async def submit(self, request: AnimateRequest, tools: Tools) -> str:
        """The operation's name."""
        [(data, kind)] = await inline([request.keyframe.image], tools.blobs)
        instance = {"prompt": request.prompt, "image": {"bytesBase64Encoded": data, "mimeType": kind}}
        parameters: dict[str, Any] = {
            "aspectRatio": aspect(request),
            "durationSeconds": whole_seconds(request),
            "resolution": self.settings.resolution,
        }
        if request.negative:
            parameters["negativePrompt"] = request.negative
        if self._people is not None:
            parameters["personGeneration"] = self._people
        path = f"{VERSION}/models/{self.settings.model}:predictLongRunning"
        answer = await self.server.ask("POST", path, json={"instances": [instance], "parameters": parameters})
        name = part(answer.json(), "name")
        if not isinstance(name, str) or not _OPERATION.match(name):
            raise nothing("no name of an operation")
        return name

    async def look(self, job: str) -> Any:
        """The operation, once it is done."""
        if not _OPERATION.match(job):
            raise ForgottenError
        answer = (await self.server.ask("GET", f"{VERSION}/{job}")).json()
        return answer if part(answer, "done") is True else None

    def result(self, found: Any) -> str | bytes:
        """Address of the clip; raises ``RefusedError`` for one that was filtered."""
        error = part(found, "error")
        if error:
            raise _failed(error)
        made = part(found, "response", "generateVideoResponse")
        address = part(made, "generatedSamples", 0, "video", "uri")
        if isinstance(address, str) and address:
            return address
        reasons = [str(one) for one in rows(part(made, "raiMediaFilteredReasons"))]
        if reasons or part(made, "raiMediaFilteredCount"):
            raise refused("motion", "; ".join(reasons))
        raise nothing("no clip")


def _failed(error: Any) -> BackboneError:
    text = said(str(part(error, "message") or "no reason was given").encode())
    if REFUSAL.search(text) or "safety" in text.lower() or "usage guidelines" in text.lower():
        return refused("motion", text)
    return UnavailableError(f"Veo's operation failed: {text}. It is sent again.", provider="google")
