"""Image edit by a job service."""

from __future__ import annotations

from functools import partial

from personavlog.backbones import arrived, records
from personavlog.backbones.capabilities import ImageCapabilities
from personavlog.backbones.jobs.backbone import JobBackbone
from personavlog.backbones.jobs.bill import estimated, receipt_of
from personavlog.backbones.jobs.failures import Asked
from personavlog.backbones.jobs.inputs import body_of, nearest_aspect, put_images
from personavlog.backbones.jobs.job import Service
from personavlog.backbones.jobs.job_server import Body
from personavlog.backbones.jobs.pictures import written
from personavlog.backbones.kept import kept
from personavlog.backbones.roles import EditRequest, EditResult, Estimate
from personavlog.backbones.tools import Tools
from personavlog.media import Image


class JobImage(JobBackbone):
    """Image edit."""

    role = "image"

    @property
    def capabilities(self) -> ImageCapabilities:
        """The model's, from the table or the settings."""
        found = self._chosen.record.image
        assert found is not None, "a model of this role has these capabilities"
        return found

    def estimate(self, request: EditRequest) -> Estimate:
        """From the table's prices."""
        return estimated(self._chosen, _amounts(request))

    async def edit(self, request: EditRequest, tools: Tools) -> EditResult:
        """The picture, downloaded at once; raises ``BackboneError`` and its kinds."""
        service = Service(self._chosen, _asked(request))
        came = await service.deliver(partial(self._body, request, service, tools), tools)
        image = await kept(partial(arrived.picture, came.data, request, self._chosen.name, tools.blobs), tools)
        receipt = receipt_of(self._chosen, came, _amounts(request))
        return EditResult(image=image, prompt=request.prompt, receipt=receipt)

    async def _body(self, request: EditRequest, service: Service, tools: Tools) -> Body:
        names = self._chosen.inputs
        values = {
            "prompt": request.prompt,
            "negative": request.negative,
            "seed": request.seed if self.capabilities.seed else None,
            "width": request.width,
            "height": request.height,
            "aspect": nearest_aspect(request.width, request.height, names.aspects),
        }
        body = body_of(names, values, self._chosen.settings.extra)
        shown = shown_pictures(request, self.capabilities.references)
        put_images(body, names, await written(shown, names, service.server, tools.blobs))
        return body


def shown_pictures(request: EditRequest, most: int) -> list[Image]:
    """What the model sees, the picture to be changed first: the keyframe that a correction is for, the reference, and
    what further pictures of the person there are."""
    corrected = [request.previous.image] if request.corrections and request.previous is not None else []
    return [*corrected, request.reference, *request.extra_references][:most]


def _asked(request: EditRequest) -> Asked:
    return Asked("style", "photo") if request.purpose == "stylise" else Asked("board", "reference picture")


def _amounts(request: EditRequest) -> dict[records.Unit, float]:
    return {"call": 1, "picture": 1, "megapixel": request.width * request.height / 1e6}
