"""Text to speech by ``POST /v1/audio/speech``, with the bytes of a sample and its words where a voice is cloned."""

from __future__ import annotations

import base64

import anyio.to_thread
import numpy as np

from personavlog.backbones import arrived
from personavlog.backbones.capabilities import SoundCapabilities
from personavlog.backbones.protocol.served import Amounts, Served
from personavlog.backbones.protocol.settings import SpeechSettings
from personavlog.backbones.remote import Server
from personavlog.backbones.remote_answers import Answer
from personavlog.backbones.roles import Estimate, SpeechRequest, SpeechResult
from personavlog.backbones.tools import Tools
from personavlog.backbones.waves import trimmed
from personavlog.errors import BadMediaError, BriefError
from personavlog.languages import LANGUAGES
from personavlog.media import Audio
from personavlog.runs.blobs import Blobs
from personavlog.script import Character

PATH = "/audio/speech"
CLONED = "cloned"


class OpenAISpeech(Served):
    """The role text to speech; built from ``SpeechSettings``."""

    settings: SpeechSettings

    def __init__(self, **settings: object) -> None:
        chosen = SpeechSettings.model_validate(settings)
        self.capabilities: SoundCapabilities = chosen.capabilities()
        super().__init__("speech", chosen)

    def estimate(self, request: SpeechRequest) -> Estimate:
        """By the profile or the table."""
        return self.estimated(_amounts(request))

    def choose_voice(self, language: str, character: Character) -> str | None:
        """The profile's voice, or the model's first for the language."""
        voices = self.capabilities.voices
        fitting = (name for name, spoken in voices.items() if spoken == language)
        return self.settings.voice or next(fitting, next(iter(voices), None))

    async def speak(self, request: SpeechRequest, tools: Tools) -> SpeechResult:
        """The spoken line; raises as ``Server.ask`` does, ``BadMediaError`` for what is no speech."""
        tools.progress(0.0)
        sample = request.sample if self.capabilities.clones else None
        body = {"input": request.text, **self._fields(request, sample, tools.blobs)}
        key = self.key(request)

        async def send(server: Server) -> Answer:
            return await server.ask("POST", PATH, json=body, headers=key, refused="line")

        async with self.endpoints.asked(send) as (_, answer):
            self.delivered(request)
        audio = await anyio.to_thread.run_sync(_spoken, answer.body, self.model, tools.blobs)
        tools.progress(1.0)
        voice = CLONED if sample is not None else request.voice or self.model
        return SpeechResult(audio=audio, voice=voice, receipt=self.receipt(_amounts(request), answer))

    def _fields(self, request: SpeechRequest, sample: Audio | None, blobs: Blobs) -> dict[str, object]:
        can = self.capabilities
        voice = None if sample is not None else request.voice
        described = request.description if can.describes and sample is None else ""
        if can.needs_sample and sample is None:
            raise BriefError(
                f"The speech model {self.model!r} has no voice of its own. Give one with --voice-sample FILE and its "
                "words with --voice-transcript, or choose another model."
            )
        task = "Base" if sample is not None else "VoiceDesign" if described and voice is None else "CustomVoice"
        return self.fields(
            voice=voice,
            instructions=_instructions(described, request.emotion),
            speed=request.speed if request.speed != 1.0 else None,
            language=_named(request.language),
            sample=None if sample is None else _data_uri(sample, blobs),
            transcript=request.transcript if sample is not None else None,
            task=task if can.clones or can.describes else None,
            seed=request.seed if can.seed else None,
        )


def _instructions(described: str, emotion: str) -> str:
    return " ".join(part for part in (f"{described}." if described else "", f"Speak in a {emotion} tone.") if part)


def _data_uri(sample: Audio, blobs: Blobs) -> str:
    return f"data:{sample.media_type};base64,{base64.b64encode(blobs.get(sample)).decode()}"


def _spoken(data: bytes, provider: str, blobs: Blobs) -> Audio:
    """The line without the silence around it, in mono; raises ``BadMediaError`` for one that is nothing else."""
    sound = arrived.sound(data, provider, blobs)
    samples = blobs.samples(sound)
    line = trimmed(samples if samples.ndim == 1 else samples.mean(axis=1, dtype=np.float32), sound.rate)
    if not line.size:
        raise BadMediaError(
            f"The speech model {provider!r} delivered silence. It was asked once more; if it goes on, choose another "
            "voice or model in the profile.",
            provider=provider,
        )
    return blobs.put_audio(line, sound.rate)


def _named(language: str) -> str | None:
    """As vLLM-Omni's speech models call it."""
    return LANGUAGES[language].name if language in LANGUAGES else None


def _amounts(request: SpeechRequest) -> Amounts:
    return {"call": 1, "character": len(request.text)}
