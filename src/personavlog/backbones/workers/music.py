"""Music by a worker: AudioX, or a model of your own behind the same contract."""

from __future__ import annotations

from typing import Any

import anyio.to_thread

from personavlog.backbones import arrived
from personavlog.backbones.capabilities import SoundCapabilities
from personavlog.backbones.checking import check_sound
from personavlog.backbones.receipts import Receipt
from personavlog.backbones.roles import Estimate, MusicRequest, MusicResult
from personavlog.backbones.tools import Tools
from personavlog.backbones.workers.contract import PROVIDER, Workers
from personavlog.backbones.workers.settings import MusicSettings
from personavlog.errors import BackboneError
from personavlog.media import Audio
from personavlog.runs.blobs import Blobs

VERSION = 1


class WorkerMusic:
    """Plays the role music."""

    def __init__(self, **settings: Any) -> None:
        self._settings = MusicSettings.model_validate(settings)
        self.capabilities: SoundCapabilities = self._settings.known()
        self._workers = Workers(self._settings.endpoints, "music", self._settings.model)

    @property
    def fingerprint(self) -> str:
        """Model, and once open the worker's own version."""
        card = self._workers.card
        who = f" {card.worker} {card.version}" if card else ""
        return f"worker-music-{VERSION} {self._settings.model}{who}"

    async def open(self) -> None:
        """See that the workers are there and are the right ones; raises as ``Workers.open`` does."""
        await self._workers.open(self.capabilities, self._settings.loading)

    async def aclose(self) -> None:
        """Nothing is held."""

    def estimate(self, request: MusicRequest) -> Estimate:
        """Free; the time is the table's."""
        return self._settings.estimate()

    async def compose(self, request: MusicRequest, tools: Tools) -> MusicResult:
        """Music of the asked length; raises ``BackboneError`` and its kinds."""
        longest = self.capabilities.max_duration
        if request.duration > longest:
            raise BackboneError(
                f"{self._settings.model!r} makes at most {longest:g} s of music, the film lasts "
                f"{request.duration:.0f}. Ask for a shorter film, or choose other music in the profile.",
                provider=PROVIDER,
            )
        answer = await self._workers.make(_asked(request), tools)
        audio = await anyio.to_thread.run_sync(_heard, answer.body, request.duration, tools.blobs)
        tools.progress(1.0)
        receipt = Receipt(money=0.0, model=self._settings.model, request=answer.headers.get("x-job", "")[:200])
        source = f"{self._settings.model} ({self.capabilities.licence.name})"
        return MusicResult(audio=audio, source=source, receipt=receipt)


def _asked(request: MusicRequest) -> dict[str, Any]:
    prompt = f"Instrumental background music: {request.description.text}"
    return {"prompt": prompt, "seconds": max(request.duration, 1.0), "seed": request.seed}


def _heard(data: bytes, duration: float, blobs: Blobs) -> Audio:
    audio = arrived.sound(data, PROVIDER, blobs)
    check_sound(audio, PROVIDER, blobs, at_least=duration)
    return audio
