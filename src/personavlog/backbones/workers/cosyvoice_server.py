"""The FastAPI server of CosyVoice's own repository (``runtime/python/fastapi/server.py``), where somebody runs a mended
one: as it is in the repository it fails for every voice sample."""

from __future__ import annotations

import re

import anyio.to_thread

from personavlog.backbones import arrived
from personavlog.backbones.remote import Server
from personavlog.backbones.roles import SpeechRequest
from personavlog.backbones.tools import Tools
from personavlog.backbones.workers.contract import MOST_SOUND, PROVIDER
from personavlog.backbones.workers.settings import SpeechSettings
from personavlog.errors import RefusedError, UnavailableError
from personavlog.media import Audio

OPENING = "You are a helpful assistant.<|endofprompt|>"
"""What CosyVoice 3 is given before every prompt; that server does not add it."""
_CONTROLS = re.compile(r"[<>|\[\]]+")
BROKEN = "CosyVoice's own server fails for every voice sample unless it was mended: read docs/cosyvoice.md."


class CosyVoiceServer:
    """Speaks its routes. It answers with headerless 16-bit mono samples, whose rate only the model's table says."""

    def __init__(self, settings: SpeechSettings) -> None:
        self._servers = [Server(endpoint, PROVIDER) for endpoint in settings.endpoints]
        self._rate = settings.known().rate
        self._opening = OPENING if "CosyVoice3" in settings.model else ""
        self._turn = 0

    async def spoken(self, request: SpeechRequest, sample: bytes | None, tools: Tools) -> Audio:
        """A line; raises ``RefusedError`` without a sample, else as ``Server.ask`` does."""
        if sample is None:
            raise RefusedError(
                "CosyVoice's own server speaks only in the voice of a sample. Give one with --voice-sample and its "
                "words with --voice-transcript.",
                provider=PROVIDER,
                refused="voice sample",
            )
        words = _plain(request.transcript or "")
        form = {"tts_text": _plain(request.text), "prompt_text": f"{self._opening}{words}"}
        route = "/inference_zero_shot"
        if not words:
            form, route = {"tts_text": f"{self._opening}{form['tts_text']}"}, "/inference_cross_lingual"
        server = self._servers[self._turn % len(self._servers)]
        self._turn += 1
        try:
            files = {"prompt_wav": ("sample.wav", sample, "audio/wav")}
            answer = await server.ask("POST", route, data=form, files=files, most=MOST_SOUND)
        except UnavailableError as error:
            raise UnavailableError(f"{error} {BROKEN}", provider=PROVIDER, status=error.status) from error
        return await anyio.to_thread.run_sync(arrived.pcm, answer.body, self._rate, PROVIDER, tools.blobs)

    def notes(self, request: SpeechRequest) -> tuple[str, ...]:
        """What it cannot follow."""
        return () if request.speed == 1 else ("CosyVoice's own server has one speed; the asked one is not followed.",)


def _plain(text: str) -> str:
    """Without the characters of CosyVoice's control marks, which nobody pronounces."""
    return " ".join(_CONTROLS.sub(" ", text).split())
