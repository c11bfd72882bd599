"""Speech by a worker: CosyVoice with a cloned voice, or a model of your own behind the same contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import anyio.to_thread
import numpy as np

from personavlog.backbones import arrived
from personavlog.backbones.capabilities import SoundCapabilities
from personavlog.backbones.checking import check_sound
from personavlog.backbones.receipts import Receipt
from personavlog.backbones.roles import Estimate, SpeechRequest, SpeechResult
from personavlog.backbones.tools import Tools
from personavlog.backbones.workers.contract import PROVIDER, Workers
from personavlog.backbones.workers.cosyvoice_server import CosyVoiceServer
from personavlog.backbones.workers.pocket_server import PocketServer
from personavlog.backbones.workers.settings import SpeechSettings
from personavlog.media import Audio
from personavlog.media.arrays import Samples
from personavlog.runs.blobs import Blobs
from personavlog.script import Character

VERSION = 1
EDGE = 0.1
"""Seconds of silence that a line keeps at both ends."""
SILENCE = 0.01
"""Share of a line's peak below which it is silent: -40 dB."""
STRANGER = "No voice sample was given: the lines are spoken in the worker's own voice."
UNKNOWN_VOICE = "The worker has no named voices: the voice that was asked for is not followed."
UPSTREAM: Mapping[str, type[CosyVoiceServer] | type[PocketServer]] = {
    "cosyvoice-fastapi": CosyVoiceServer,
    "pocket-tts": PocketServer,
}
"""Servers that speak another protocol than the workers' contract."""


class WorkerSpeech:
    """Plays the role speech."""

    def __init__(self, **settings: Any) -> None:
        self._settings = SpeechSettings.model_validate(settings)
        self._can = self._settings.known()
        upstream = UPSTREAM.get(self._settings.speaks)
        self._upstream = upstream(self._settings) if upstream else None
        self._workers = Workers(self._settings.endpoints, "speech", self._settings.model)

    @property
    def capabilities(self) -> SoundCapabilities:
        """The model's; the servers of others take no seed."""
        return self._can.model_copy(update={"seed": False}) if self._upstream else self._can

    @property
    def fingerprint(self) -> str:
        """Model, and once open the worker's own version."""
        card = self._workers.card
        who = f" {card.worker} {card.version}" if card else ""
        return f"worker-speech-{VERSION} {self._settings.speaks} {self._settings.model}{who}"

    async def open(self) -> None:
        """See that the workers are there and are the right ones; raises as ``Workers.open`` does."""
        if self._upstream is None:
            await self._workers.open(self._can, self._settings.loading)

    async def aclose(self) -> None:
        """Nothing is held."""

    def estimate(self, request: SpeechRequest) -> Estimate:
        """Free; the time is the table's."""
        return self._settings.estimate()

    def choose_voice(self, language: str, character: Character) -> str | None:
        """It has no named voices."""
        return None

    async def speak(self, request: SpeechRequest, tools: Tools) -> SpeechResult:
        """A line in the sample's voice; raises ``BackboneError`` and its kinds."""
        sample = None if request.sample is None else tools.blobs.get(request.sample)
        if self._upstream is not None:
            audio = await self._upstream.spoken(request, sample, tools)
            receipt = Receipt(money=0.0, model=self._settings.model)
        else:
            answer = await self._workers.make(_asked(request), tools, sample)
            audio = await anyio.to_thread.run_sync(arrived.sound, answer.body, PROVIDER, tools.blobs)
            receipt = Receipt(money=0.0, model=self._settings.model, request=answer.headers.get("x-job", "")[:200])
        audio = await anyio.to_thread.run_sync(_line, audio, tools.blobs)
        tools.progress(1.0)
        voice = "the sample's" if sample is not None else "the worker's own"
        return SpeechResult(audio=audio, voice=voice, notes=self._notes(request), receipt=receipt)

    def _notes(self, request: SpeechRequest) -> tuple[str, ...]:
        notes = [STRANGER] if request.sample is None and self._can.clones else []
        notes += [UNKNOWN_VOICE] if request.voice is not None else []
        return (*notes, *(self._upstream.notes(request) if self._upstream else ()))


def _asked(request: SpeechRequest) -> dict[str, Any]:
    return {
        "text": request.text,
        "language": request.language,
        "transcript": (request.transcript or "")[:2000] if request.sample is not None else "",
        "speed": request.speed,
        "seed": request.seed,
    }


def _line(audio: Audio, blobs: Blobs) -> Audio:
    check_sound(audio, PROVIDER, blobs)
    samples = blobs.samples(audio)
    mono = samples if samples.ndim == 1 else samples.mean(axis=1)
    return blobs.put_audio(trimmed(np.asarray(mono, np.float32), audio.rate), audio.rate)


def trimmed(samples: Samples, rate: int) -> Samples:
    """(n,) without the silence at both ends beyond ``EDGE`` seconds."""
    loud = np.flatnonzero(np.abs(samples) > SILENCE * np.abs(samples).max())
    edge = round(EDGE * rate)
    return samples[max(int(loud[0]) - edge, 0) : int(loud[-1]) + 1 + edge]
