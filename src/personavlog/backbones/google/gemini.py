"""Pictures by Gemini's image models: ``generateContent`` with pictures and words in, a picture out."""

from __future__ import annotations

import base64
import binascii
from functools import partial
from typing import Any

from personavlog.backbones import arrived, records
from personavlog.backbones.capabilities import ImageCapabilities
from personavlog.backbones.google.api import (
    REFUSALS,
    VERSION,
    GoogleSettings,
    estimated,
    inline,
    part,
    refused,
    rows,
)
from personavlog.backbones.kept import kept
from personavlog.backbones.roles import EditRequest, EditResult, Estimate, Resident
from personavlog.backbones.tools import Tools
from personavlog.errors import BackboneError, BadMediaError, ConfigurationError
from personavlog.media import Image

TOKENS = 1290
"""Of a picture of one megapixel, at the most."""
ASPECTS = {"16:9": 16 / 9, "9:16": 9 / 16, "1:1": 1.0, "4:3": 4 / 3, "3:4": 3 / 4, "3:2": 3 / 2, "2:3": 2 / 3}
"""Shapes that the models make (imageConfig.aspectRatio); the others are no film's."""


class GeminiSettings(GoogleSettings):
    """As Google's; pictures come at the models' own default, a megapixel."""

    model: str = "gemini-nano-banana-2.1"


class GeminiImage(Resident):
    """Image edit; takes several references."""

    def __init__(self, **settings: Any) -> None:
        self._settings = GeminiSettings.model_validate(settings)
        self._record, self._server = self._settings.known(), self._settings.server()
        if self._record.image is None:
            raise ConfigurationError(f"Google's model {self._settings.model!r} makes no pictures. Choose another.")

    @property
    def capabilities(self) -> ImageCapabilities:
        """The model's, from the table or the settings."""
        assert self._record.image is not None, "checked when it was built"
        return self._record.image

    @property
    def fingerprint(self) -> str:
        """The model."""
        return f"google-image {self._settings.model}"

    def estimate(self, request: EditRequest) -> Estimate:
        """From the table's prices."""
        return estimated(self._record, {"call": 1, "picture": 1, "output token": TOKENS})

    async def edit(self, request: EditRequest, tools: Tools) -> EditResult:
        """The picture; raises ``RefusedError`` naming the input, ``BadMediaError`` where none came, else
        ``BackboneError`` and its kinds."""
        path = f"{VERSION}/models/{self._settings.model}:generateContent"
        answer = (await self._server.ask("POST", path, json=await self._body(request, tools))).json()
        data = _picture(answer, _words(request), _shown(request))
        image = await kept(partial(arrived.picture, data, request, "google", tools.blobs), tools)
        tokens = part(answer, "usageMetadata", "candidatesTokenCount")
        amounts: dict[records.Unit, float] = {"call": 1, "picture": 1}
        if isinstance(tokens, int) and tokens > 0:
            amounts["output token"] = tokens
        model = part(answer, "modelVersion")
        receipt = records.receipt(
            self._record.prices,
            amounts,
            model=model if isinstance(model, str) else self._settings.model,
            request=str(part(answer, "responseId") or ""),
        )
        return EditResult(image=image, prompt=request.prompt, receipt=receipt)

    async def _body(self, request: EditRequest, tools: Tools) -> dict[str, Any]:
        shown = await inline(_pictures(request, self.capabilities.references), tools.blobs)
        parts: list[dict[str, Any]] = [{"inlineData": {"mimeType": kind, "data": data}} for data, kind in shown]
        avoid = f" Avoid: {request.negative}." if request.negative else ""
        shape = request.width / request.height
        config = {"aspectRatio": min(ASPECTS, key=lambda aspect: abs(ASPECTS[aspect] / shape - 1))}
        return {
            "contents": [{"role": "user", "parts": [*parts, {"text": request.prompt + avoid}]}],
            "generationConfig": {"responseModalities": ["IMAGE"], "imageConfig": config},
        }


def _pictures(request: EditRequest, most: int) -> list[Image]:
    """What the model sees, the picture that is to be changed first."""
    corrected = [request.previous.image] if request.corrections and request.previous is not None else []
    return [*corrected, request.reference, *request.extra_references][:most]


def _words(request: EditRequest) -> str:
    return "style" if request.purpose == "stylise" else "board"


def _shown(request: EditRequest) -> str:
    return "photo" if request.purpose == "stylise" else "reference picture"


def _picture(answer: Any, words: str, shown: str) -> bytes:
    """The last picture that is no thought of the model's."""
    blocked = part(answer, "promptFeedback", "blockReason")
    if isinstance(blocked, str) and blocked:
        reason = part(answer, "promptFeedback", "blockReasonMessage") or blocked
        raise refused(shown if blocked.startswith("IMAGE") else words, str(reason))
    candidate = part(answer, "candidates", 0)
    found = [
        part(one, "inlineData", "data")
        for one in rows(part(candidate, "content", "parts"))
        if part(one, "thought") is not True and part(one, "inlineData", "data")
    ]
    if found and isinstance(found[-1], str):
        return _decoded(found[-1])
    raise _without(candidate, words)


def _without(candidate: Any, words: str) -> BackboneError:
    reason = str(part(candidate, "finishReason") or "no reason was given")
    if reason in REFUSALS:
        return refused(words, str(part(candidate, "finishMessage") or reason))
    texts = [str(part(one, "text")) for one in rows(part(candidate, "content", "parts")) if part(one, "text")]
    heard = f" and said {texts[0][:160]!r}" if texts else ""
    return BadMediaError(
        f"Google's model made no picture ({reason[:60]}){heard}. It is asked once more; if it goes on, change the "
        "board.",
        provider="google",
    )


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadMediaError("Google's picture is no base64. It is asked once more.", provider="google") from error
