"""Image to video by a job service."""

from __future__ import annotations

import math
from functools import partial

from personavlog.backbones import arrived, records
from personavlog.backbones.capabilities import VideoCapabilities
from personavlog.backbones.jobs.backbone import JobBackbone
from personavlog.backbones.jobs.bill import estimated, receipt_of
from personavlog.backbones.jobs.failures import Asked
from personavlog.backbones.jobs.inputs import body_of, length_of, nearest_aspect, nearest_resolution, put_images
from personavlog.backbones.jobs.job import Service
from personavlog.backbones.jobs.job_server import Body
from personavlog.backbones.jobs.pictures import written
from personavlog.backbones.kept import kept
from personavlog.backbones.roles import AnimateRequest, AnimateResult, Estimate
from personavlog.backbones.tools import Tools


class JobVideo(JobBackbone):
    """Image to video."""

    role = "video"

    @property
    def capabilities(self) -> VideoCapabilities:
        """The model's, from the table or the settings."""
        found = self._chosen.record.video
        assert found is not None, "a model of this role has these capabilities"
        return found

    def estimate(self, request: AnimateRequest) -> Estimate:
        """From the table's prices."""
        return estimated(self._chosen, _amounts(request))

    async def animate(self, request: AnimateRequest, tools: Tools) -> AnimateResult:
        """The clip without its sound, downloaded at once; raises ``BackboneError`` and its kinds."""
        service = Service(self._chosen, Asked("motion", "keyframe"))
        came = await service.deliver(partial(self._body, request, service, tools), tools)
        clip = await kept(partial(arrived.clip, came.data, request, self._chosen.name, tools.blobs), tools)
        receipt = receipt_of(self._chosen, came, _amounts(request))
        return AnimateResult(clip=clip, prompt=request.prompt, receipt=receipt)

    async def _body(self, request: AnimateRequest, service: Service, tools: Tools) -> Body:
        names, size = self._chosen.inputs, (request.width, request.height)
        values = {
            "prompt": request.prompt,
            "negative": request.negative,
            "seed": request.seed if self.capabilities.seed else None,
            "width": request.width,
            "height": request.height,
            "aspect": nearest_aspect(*size, names.aspects),
            "resolution": nearest_resolution(*size, names.resolutions),
            "frames": self.capabilities.durations.frames(request.duration),
            "fps": request.fps,
            "seconds": length_of(names, request.duration),
        }
        body = body_of(names, values, self._chosen.settings.extra)
        put_images(body, names, await written([request.keyframe.image], names, service.server, tools.blobs))
        return body


def _amounts(request: AnimateRequest) -> dict[records.Unit, float]:
    """Services bill whole seconds."""
    return {"call": 1, "second": math.ceil(request.duration - 1e-6)}
