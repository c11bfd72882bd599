"""F_edit on this machine: the stylised reference, keyframes and their corrections (Eq. 6 and 8)."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from personavlog.backbones.capabilities import ImageCapabilities, Licence
from personavlog.backbones.local.backbone import DiffusionBackbone
from personavlog.backbones.local.extra import imported
from personavlog.backbones.local.family import Asked
from personavlog.backbones.local.sizes import check_size
from personavlog.backbones.roles import EditRequest, EditResult, Estimate
from personavlog.backbones.tools import Tools
from personavlog.media import Image
from personavlog.runs.blobs import Blobs


class LocalImage(DiffusionBackbone):
    """``settings`` are those of ``PictureSettings``."""

    role: Literal["image", "video"] = "image"

    @property
    def capabilities(self) -> ImageCapabilities:
        """The table's; for a folder that it does not know those of the model that it is like, without a licence."""
        known = self.record.image
        assert known is not None, "looked up by its role"
        return known if self._known() else known.model_copy(update={"licence": UNKNOWN})

    def estimate(self, request: EditRequest) -> Estimate:
        """No money."""
        return self._estimate()

    async def edit(self, request: EditRequest, tools: Tools) -> EditResult:
        """A picture of exactly the request's size; raises ``OutOfMemoryError``, ``BadMediaError``, ``WeightsError``,
        or ``ConfigurationError`` for a size that the model does not make."""
        check_size(self.capabilities.sizes, request.width, request.height, self.source.name)
        image, receipt, notes = await self._made(lambda pipeline: self._painted(pipeline, request, tools))
        return EditResult(image=image, prompt=request.prompt, receipt=receipt, notes=notes)

    def _painted(self, pipeline: Any, request: EditRequest, tools: Tools) -> Image:
        asked = Asked(
            prompt=request.prompt,
            negative=request.negative,
            pictures=tuple(_opened(one, tools.blobs) for one in self._pictures(request)),
            width=request.width,
            height=request.height,
            steps=self.pace.steps,
            guidance=self.pace.guidance,
        )
        picture = self._called(pipeline, asked, request.seed, tools).images[0]
        if not np.isfinite(picture).all():
            raise self._broken()
        image = tools.blobs.put_image((picture * 255).round().astype(np.uint8))
        tools.progress(1.0)
        return image

    def _pictures(self, request: EditRequest) -> tuple[Image, ...]:
        """What is edited first: the picture to be corrected, with the person beside it where the model takes several,
        else the reference; then further pictures of the person."""
        corrected = () if not request.corrections or request.previous is None else (request.previous.image,)
        return (*corrected, request.reference, *request.extra_references)[: self.family.references]


UNKNOWN = Licence(name="unknown", limits="Weights of your own: you know their licence.")


def _opened(image: Image, blobs: Blobs) -> Any:
    return imported("PIL.Image", "A local model").fromarray(blobs.pixels(image))
