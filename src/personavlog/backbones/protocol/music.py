"""Text to music by ``POST /v1/audio/generate``; what is longer than the model makes is put together of pieces."""

from __future__ import annotations

import anyio.to_thread

from personavlog.backbones import arrived
from personavlog.backbones.capabilities import SoundCapabilities
from personavlog.backbones.protocol.served import Amounts, Served
from personavlog.backbones.protocol.settings import MusicSettings
from personavlog.backbones.remote import Server
from personavlog.backbones.remote_answers import Answer
from personavlog.backbones.roles import Estimate, MusicRequest, MusicResult
from personavlog.backbones.tools import Tools
from personavlog.backbones.waves import Pieces
from personavlog.errors import BadMediaError
from personavlog.media import Audio
from personavlog.runs.blobs import Blobs

PATH = "/audio/generate"
SHORT = 0.05
"""Seconds by which a piece may be shorter than asked."""


class OpenAIMusic(Served):
    """The role text to music; built from ``MusicSettings``."""

    settings: MusicSettings

    def __init__(self, **settings: object) -> None:
        chosen = MusicSettings.model_validate(settings)
        self.capabilities: SoundCapabilities = chosen.capabilities()
        super().__init__("music", chosen)

    def estimate(self, request: MusicRequest) -> Estimate:
        """By the profile or the table, over all pieces."""
        estimate = self.estimated(self._amounts(request))
        return estimate.model_copy(update={"seconds": estimate.seconds * self._pieces(request).count})

    async def compose(self, request: MusicRequest, tools: Tools) -> MusicResult:
        """Music of the asked length; raises as ``Server.ask`` does, ``BadMediaError`` for what is none or too short."""
        pieces, answers = self._pieces(request), list[Answer]()
        for number in range(pieces.count):
            tools.progress(number / pieces.count)
            answers.append(await self._asked(request, number, pieces.length / self.capabilities.rate))
        for number in range(pieces.count):
            self.delivered(request, number)
        audio = await anyio.to_thread.run_sync(self._together, answers, pieces, request.duration, tools.blobs)
        tools.progress(1.0)
        licence = self.capabilities.licence.name
        source = f"{self.model} ({licence})"
        return MusicResult(audio=audio, source=source, receipt=self.receipt(self._amounts(request), *answers))

    async def _asked(self, request: MusicRequest, number: int, seconds: float) -> Answer:
        seed = request.seed + number if self.capabilities.seed else None
        text = f"{request.description.text}, instrumental"
        body = {"input": text, **self.fields(seconds=round(seconds, 3), seed=seed)}
        key = self.key(request, number)

        async def send(server: Server) -> Answer:
            return await server.ask("POST", PATH, json=body, headers=key, refused="music")

        async with self.endpoints.asked(send) as (_, answer):
            return answer

    def _pieces(self, request: MusicRequest) -> Pieces:
        return Pieces.of(request.duration, self.capabilities.max_duration, self.capabilities.rate)

    def _amounts(self, request: MusicRequest) -> Amounts:
        pieces = self._pieces(request)
        seconds = pieces.count * pieces.length / self.capabilities.rate
        return {"call": pieces.count, "second": seconds, "minute": seconds / 60}

    def _together(self, answers: list[Answer], pieces: Pieces, duration: float, blobs: Blobs) -> Audio:
        sounds = [arrived.sound(answer.body, self.model, blobs) for answer in answers]
        rate, channels = sounds[0].rate, min(sound.channels for sound in sounds)
        came = pieces.at(rate / self.capabilities.rate)
        if any(sound.rate != rate or sound.samples < came.length - SHORT * rate for sound in sounds):
            lengths = ", ".join(f"{sound.duration:.1f}" for sound in sounds)
            raise BadMediaError(
                f"The music model {self.model!r} delivered {lengths} s where {came.length / rate:.1f} s were asked "
                "for. It was asked once more; if it goes on, set can = { max_duration = ... } in the profile to what "
                "it makes.",
                provider=self.model,
            )
        parts = [blobs.samples(sound).reshape(sound.samples, sound.channels)[:, :channels] for sound in sounds]
        whole = came.joined([part[: came.length] for part in parts], round(duration * rate))
        return blobs.put_audio(whole[:, 0] if channels == 1 else whole, rate)
