"""F_i2v on this machine: a keyframe moves (Eq. 9)."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.backbones.capabilities import VideoCapabilities
from personavlog.backbones.local.backbone import DiffusionBackbone
from personavlog.backbones.local.extra import imported
from personavlog.backbones.local.family import Asked
from personavlog.backbones.local.image import UNKNOWN
from personavlog.backbones.local.sizes import check_size
from personavlog.backbones.roles import AnimateRequest, AnimateResult, Estimate
from personavlog.backbones.tools import Tools
from personavlog.errors import ConfigurationError
from personavlog.media import Clip
from personavlog.media.encode import encoding


class LocalVideo(DiffusionBackbone):
    """``settings`` are those of ``PictureSettings``."""

    role: Literal["image", "video"] = "video"

    @property
    def capabilities(self) -> VideoCapabilities:
        """The table's; for a folder that it does not know those of the model that it is like, without a licence."""
        known = self.record.video
        assert known is not None, "looked up by its role"
        return known if self._known() else known.model_copy(update={"licence": UNKNOWN})

    def estimate(self, request: AnimateRequest) -> Estimate:
        """No money."""
        return self._estimate()

    async def animate(self, request: AnimateRequest, tools: Tools) -> AnimateResult:
        """A clip of exactly the request's size and length at the model's own rate; raises as ``LocalImage.edit``."""
        can = self.capabilities
        assert can.sizes is not None, "every model of the table has sizes"
        check_size(can.sizes, request.width, request.height, self.source.name)
        if request.fps != can.fps or can.durations.at_least(request.duration) < request.duration - 0.5 / can.fps:
            raise ConfigurationError(
                f"The model {self.source.name!r} makes clips of at most {can.durations.bounds[1]:.2f} s at {can.fps} "
                f"frames a second, not {request.duration:g} s at {request.fps}."
            )
        clip, receipt, notes = await self._made(lambda pipeline: self._filmed(pipeline, request, tools))
        return AnimateResult(clip=clip, prompt=request.prompt, receipt=receipt, notes=notes)

    def _filmed(self, pipeline: Any, request: AnimateRequest, tools: Tools) -> Clip:
        """As many frames as the model's rule asks for, of which those that were asked for are kept."""
        rule = self.capabilities.durations
        asked = Asked(
            prompt=request.prompt,
            negative=request.negative,
            pictures=(_fitted(tools.blobs.pixels(request.keyframe.image), request.width, request.height),),
            width=request.width,
            height=request.height,
            steps=self.pace.steps,
            guidance=self.pace.guidance,
            frames=rule.frames(rule.at_least(request.duration)),
            fps=rule.fps,
        )
        frames = self._called(pipeline, asked, request.seed, tools).frames[0][: rule.frames(request.duration)]
        if not np.isfinite(frames).all():
            raise self._broken()
        clip = _encoded(frames, request, tools)
        tools.progress(1.0)
        return clip


def _fitted(pixels: NDArray[np.uint8], width: int, height: int) -> Any:
    """The keyframe scaled to cover the clip, its edges cut: pipelines would stretch it."""
    image = imported("PIL.Image", "A local model").fromarray(pixels)
    if image.size == (width, height):
        return image
    return imported("PIL.ImageOps", "A local model").fit(image, (width, height))


def _encoded(frames: NDArray[np.float32], request: AnimateRequest, tools: Tools) -> Clip:
    size = (request.width, request.height)
    with tempfile.TemporaryDirectory(prefix="personavlog-") as folder:
        target = Path(folder) / "clip.mp4"
        with encoding(target, *size, request.fps) as pipe:
            for frame in frames:
                picture = (frame * 255).round().astype(np.uint8)
                if picture.shape[:2] != size[::-1]:
                    picture = np.asarray(_fitted(picture, *size))
                pipe.write(cv2.cvtColor(picture, cv2.COLOR_RGB2RGBA))
            pipe.finish()
        width, height = size
        return tools.blobs.put_clip(target, width=width, height=height, fps=float(request.fps), frames=len(frames))
