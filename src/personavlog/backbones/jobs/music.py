"""Music by a job service."""

from __future__ import annotations

from functools import partial

from personavlog.backbones import arrived, records
from personavlog.backbones.capabilities import SoundCapabilities
from personavlog.backbones.jobs.backbone import JobBackbone
from personavlog.backbones.jobs.bill import estimated, receipt_of
from personavlog.backbones.jobs.failures import Asked
from personavlog.backbones.jobs.inputs import body_of, length_of
from personavlog.backbones.jobs.job import Service
from personavlog.backbones.jobs.job_server import Body
from personavlog.backbones.kept import kept
from personavlog.backbones.roles import Estimate, MusicRequest, MusicResult
from personavlog.backbones.tools import Tools

SPARE = 0.5
"""Seconds that are asked for beyond the film's: encoders cut the end."""
SHORTEST = 3.0


class JobMusic(JobBackbone):
    """Text to music."""

    role = "music"

    @property
    def capabilities(self) -> SoundCapabilities:
        """The model's, from the table or the settings."""
        found = self._chosen.record.sound
        assert found is not None, "a model of this role has these capabilities"
        return found

    def estimate(self, request: MusicRequest) -> Estimate:
        """From the table's prices."""
        return estimated(self._chosen, self._amounts(request))

    async def compose(self, request: MusicRequest, tools: Tools) -> MusicResult:
        """The music; raises ``BackboneError`` and its kinds."""
        service = Service(self._chosen, Asked("music description"))
        came = await service.deliver(partial(self._body, request), tools)
        audio = await kept(partial(arrived.sound, came.data, self._chosen.name, tools.blobs), tools)
        licence = self.capabilities.licence
        source = f"{self._chosen.model} of {self._chosen.provider} ({licence.name})"
        return MusicResult(audio=audio, source=source, receipt=receipt_of(self._chosen, came, self._amounts(request)))

    async def _body(self, request: MusicRequest) -> Body:
        values = {
            "prompt": f"Instrumental background music without singing: {request.description.text}",
            "seconds": length_of(self._chosen.inputs, self._seconds(request)),
            "seed": request.seed if self.capabilities.seed else None,
        }
        return body_of(self._chosen.inputs, values, self._chosen.settings.extra)

    def _seconds(self, request: MusicRequest) -> float:
        return min(max(request.duration + SPARE, SHORTEST), self.capabilities.max_duration)

    def _amounts(self, request: MusicRequest) -> dict[records.Unit, float]:
        seconds = self._seconds(request)
        return {"call": 1, "second": seconds, "minute": seconds / 60}
