"""Clips by Gemini Omni: the Interactions API, in the background.

Documented (ai.google.dev/gemini-api/docs/omni): the address, ``model``, ``input`` and ``output_video``. From the types
of google-genai 2.34 and what it sends: the form of ``input``, ``background``, ``response_format``, ``video_config``,
the states and the way to cancel. How a length is written ("8s") is said by neither.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any
from urllib.parse import quote

from personavlog.backbones.google.api import VERSION, inline, part, refused, rows
from personavlog.backbones.google.clips import ClipSettings, GoogleVideo, aspect, nothing, whole_seconds
from personavlog.backbones.remote_answers import REFUSAL, said
from personavlog.backbones.roles import AnimateRequest
from personavlog.backbones.tools import Tools
from personavlog.errors import BackboneError, UnavailableError

RUNNING = ("queued", "in_progress", "requires_continuation")


class OmniSettings(ClipSettings):
    """As every clip's."""

    model: str = "gemini-omni-1.2-flash"


class OmniVideo(GoogleVideo):
    """Image to video."""

    can_cancel = True

    def __init__(self, **settings: Any) -> None:
        super().__init__(OmniSettings.model_validate(settings))

    async def submit(self, request: AnimateRequest, tools: Tools) -> str:
        """The interaction's id."""
        [(data, kind)] = await inline([request.keyframe.image], tools.blobs)
        body = {
            "model": self.settings.model,
            "input": [
                {
                    "type": "user_input",
                    "content": [
                        {"type": "image", "data": data, "mime_type": kind},
                        {"type": "text", "text": request.prompt},
                    ],
                }
            ],
            "generation_config": {"video_config": {"task": "image_to_video"}},
            "response_format": {
                "type": "video",
                "aspect_ratio": aspect(request),
                "resolution": self.settings.resolution,
                "duration": f"{whole_seconds(request)}s",
                "delivery": "uri",
            },
            "background": True,
        }
        identity = part((await self.server.ask("POST", f"{VERSION}/interactions", json=body)).json(), "id")
        if not isinstance(identity, str) or not identity:
            raise nothing("no id of an interaction")
        return identity

    async def look(self, job: str) -> Any:
        """The interaction, once it ended."""
        answer = (await self.server.ask("GET", _path(job))).json()
        return None if part(answer, "status") in RUNNING else answer

    async def cancel(self, job: str) -> None:
        """Stop it there."""
        await self.server.ask("POST", f"{_path(job)}/cancel")

    def result(self, found: Any) -> str | bytes:
        """Address or bytes of the clip; raises ``RefusedError`` where the reason says so."""
        video = part(found, "output_video") or _last_video(found)
        if isinstance(address := part(video, "uri"), str) and address:
            return address
        if isinstance(data := part(video, "data"), str) and data:
            return _decoded(data)
        raise _failed(found)


def _path(job: str) -> str:
    return f"{VERSION}/interactions/{quote(job, safe='')}"


def _last_video(found: Any) -> Any:
    videos = [
        one
        for step in rows(part(found, "steps"))
        for one in rows(part(step, "content"))
        if part(one, "type") == "video"
    ]
    return videos[-1] if videos else None


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise nothing("a clip that is no base64") from error


def _failed(found: Any) -> BackboneError:
    steps = [part(step, "error", "message") for step in rows(part(found, "steps"))]
    errors = [part(one, "message") for one in rows(part(found, "errors"))]
    heard = [part(one, "text") for step in rows(part(found, "steps")) for one in rows(part(step, "content"))]
    reason = said("; ".join(str(one) for one in (*errors, *steps, *heard) if one).encode()) or "no reason was given"
    if REFUSAL.search(reason) or "safety" in reason.lower() or "policy" in reason.lower():
        return refused("motion", reason)
    status = str(part(found, "status") or "no state")[:40]
    if status == "cancelled":
        return BackboneError("The interaction was cancelled at Google. Resume to send it again.", provider="google")
    if status == "completed":
        return nothing(f"no clip ({reason})")
    return UnavailableError(f"Omni's interaction ended as {status!r}: {reason}. It is sent again.", provider="google")
