"""The server that comes with Pocket TTS (``pocket-tts serve``): one route, a form with the text and perhaps a voice."""

from __future__ import annotations

from itertools import count

import anyio.to_thread

from personavlog.backbones import arrived
from personavlog.backbones.remote import Server
from personavlog.backbones.roles import SpeechRequest
from personavlog.backbones.tools import Tools
from personavlog.backbones.workers.contract import MOST_SOUND, PROVIDER
from personavlog.backbones.workers.settings import SpeechSettings
from personavlog.media import Audio

ROUTE = "/tts"


class PocketServer:
    """Speaks its route; without a sample in the voice that the server was started with (``--default-voice``). It takes
    no seed."""

    def __init__(self, settings: SpeechSettings) -> None:
        self._servers = [Server(endpoint, PROVIDER) for endpoint in settings.endpoints]
        self._turns = count()

    async def spoken(self, request: SpeechRequest, sample: bytes | None, tools: Tools) -> Audio:
        """A line; raises as ``Server.ask`` and ``arrived.sound`` do."""
        server = self._servers[next(self._turns) % len(self._servers)]
        files = {} if sample is None else {"voice_wav": ("sample.wav", sample, "audio/wav")}
        answer = await server.ask("POST", ROUTE, data={"text": request.text}, files=files, most=MOST_SOUND)
        return await anyio.to_thread.run_sync(arrived.sound, answer.body, PROVIDER, tools.blobs)

    def notes(self, request: SpeechRequest) -> tuple[str, ...]:
        """What it cannot follow."""
        return () if request.speed == 1 else ("Pocket TTS' own server has one speed; the asked one is not followed.",)
