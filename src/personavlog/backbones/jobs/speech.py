"""Speech by a job service, with its own voices or a voice that is cloned there."""

from __future__ import annotations

from functools import partial
from typing import Any

from personavlog.backbones import arrived, records
from personavlog.backbones.capabilities import SoundCapabilities
from personavlog.backbones.jobs.backbone import JobBackbone
from personavlog.backbones.jobs.bill import estimated, receipt_of
from personavlog.backbones.jobs.enrolment import Enrolled
from personavlog.backbones.jobs.failures import Asked
from personavlog.backbones.jobs.inputs import body_of
from personavlog.backbones.jobs.job import Came, Service
from personavlog.backbones.jobs.job_server import Body
from personavlog.backbones.kept import kept
from personavlog.backbones.roles import Estimate, SpeechRequest, SpeechResult
from personavlog.backbones.tools import Tools
from personavlog.errors import BackboneError, ConfigurationError
from personavlog.media import Audio
from personavlog.script import Character

SPEEDS = (0.8, 1.2)
"""What services take; a request's own range is a little wider."""


class JobSpeech(JobBackbone):
    """Built with the service's name; the settings are ``JobSettings``. A cloned voice is made once and deleted there
    when the film is made, unless ``keep_voice`` says otherwise."""

    role = "speech"

    def __init__(self, provider: str, **settings: Any) -> None:
        super().__init__(provider, **settings)
        self._service = Service(self._chosen, Asked("line", "voice sample"))
        self._enrolled = Enrolled(self._chosen, self._service.server.plain)

    @property
    def capabilities(self) -> SoundCapabilities:
        """The model's, with the voices of the settings; it clones only where it has all that it needs for that."""
        found = self._chosen.record.sound
        assert found is not None, "a model of this role has these capabilities"
        voices = {name: voice.language for name, voice in self._chosen.settings.voices.items()}
        clones = found.clones and self._enrolled.possible
        return found.model_copy(update={"voices": voices, "clones": clones, "needs_sample": clones and not voices})

    async def aclose(self) -> None:
        """Delete the voice that was cloned there."""
        if not self._chosen.settings.keep_voice:
            await self._enrolled.delete()

    def estimate(self, request: SpeechRequest) -> Estimate:
        """From the table's prices."""
        return estimated(self._chosen, _amounts(request))

    def choose_voice(self, language: str, character: Character) -> str | None:
        """The first voice of the settings that speaks the language."""
        return next((name for name, voice in self._chosen.settings.voices.items() if voice.language == language), None)

    async def speak(self, request: SpeechRequest, tools: Tools) -> SpeechResult:
        """The line; raises ``ConfigurationError`` where there is neither a voice nor a sample that can be cloned, else
        ``BackboneError`` and its kinds."""
        name, voice = await self._voice(request, tools)
        try:
            came = await self._said(request, voice, tools)
        except BackboneError as error:
            if error.status != 404 or not self._enrolled.forget(request.sample):
                raise
            name, voice = await self._voice(request, tools)  # deleted there meanwhile
            came = await self._said(request, voice, tools)
        audio = await kept(partial(self._decoded, came, tools), tools)
        return SpeechResult(audio=audio, voice=name, receipt=receipt_of(self._chosen, came, _amounts(request)))

    async def _voice(self, request: SpeechRequest, tools: Tools) -> tuple[str, str]:
        """Name and id of the voice that speaks."""
        voices, can = self._chosen.settings.voices, self._chosen.record.sound
        if request.sample is not None and can is not None and can.clones:
            return "the cloned voice", await self._enrolled.voice(request.sample, tools.blobs)
        if request.voice is not None and request.voice in voices:
            return request.voice, voices[request.voice].id
        raise ConfigurationError(
            f"{self._chosen.name!r} needs a voice for {request.language!r}. Name one of the account's in the profile: "
            f'settings.voices = {{ Anna = {{ id = "...", language = "{request.language}" }} }}; or give a voice sample.'
        )

    async def _said(self, request: SpeechRequest, voice: str, tools: Tools) -> Came:
        return await self._service.deliver(partial(self._body, request, voice), tools, voice=voice)

    async def _body(self, request: SpeechRequest, voice: str) -> Body:
        values = {
            "prompt": request.text,
            "voice": voice,
            "language": request.language,
            "seed": request.seed if self.capabilities.seed else None,
            "speed": None if request.speed == 1 else min(max(request.speed, SPEEDS[0]), SPEEDS[1]),
        }
        return body_of(self._chosen.inputs, values, self._chosen.settings.extra)

    def _decoded(self, came: Came, tools: Tools) -> Audio:
        if self._chosen.way.pcm is not None:
            return arrived.pcm(came.data, self._chosen.way.pcm, self._chosen.name, tools.blobs)
        return arrived.sound(came.data, self._chosen.name, tools.blobs)


def _amounts(request: SpeechRequest) -> dict[records.Unit, float]:
    return {"call": 1, "character": len(request.text)}
