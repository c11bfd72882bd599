"""Pictures and clips by a workflow of the user's own in ComfyUI."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import anyio.to_thread
from pydantic import Field

from personavlog.backbones import arrived
from personavlog.backbones.capabilities import DurationRule, ImageCapabilities, Licence, SizeRule, VideoCapabilities
from personavlog.backbones.chat_settings import Address, Seconds, Variable
from personavlog.backbones.jobs.comfyui_server import NAME, ComfyServer, Kind
from personavlog.backbones.jobs.image import shown_pictures
from personavlog.backbones.jobs.pictures import bounded
from personavlog.backbones.jobs.workflow import Graph, Input, Workflow
from personavlog.backbones.kept import kept
from personavlog.backbones.receipts import Receipt
from personavlog.backbones.remote import Endpoint
from personavlog.backbones.roles import AnimateRequest, AnimateResult, EditRequest, EditResult, Estimate, Resident
from personavlog.backbones.tools import Tools
from personavlog.frozen import Frozen
from personavlog.media import Image

LICENCE = Licence(name="as the workflow's models", limits="Look at the licences of the models that the workflow loads.")
SIZES = SizeRule(min_side=64, max_side=2048, multiple=16)
USUAL_SECONDS = 120.0


class ComfySettings(Frozen):
    """``workflow``: a file that ComfyUI exported in API format. ``titles``: which node takes what, by title, "Title" or
    "Title.input"; ``output`` the title of the node whose file is wanted, where the workflow saves several. ``price`` of
    a call in US dollars, None unknown; ``at_most`` and ``every`` in seconds. The rest is what the workflow can do."""

    workflow: Path
    base_url: Address = "http://127.0.0.1:8188"
    key_env: Variable | None = None
    titles: Mapping[Input, str] = {}
    output: str | None = None
    timeout: Seconds = 120.0
    at_most: float = Field(default=7200.0, gt=0, le=86400)
    every: float = Field(default=1.0, gt=0, le=60)
    price: float | None = Field(default=0.0, ge=0)
    seconds: float = Field(default=USUAL_SECONDS, ge=0)
    sizes: SizeRule = SIZES
    durations: DurationRule = DurationRule(fps=16, frame_step=4, frame_offset=1, shortest=1.0, longest=81 / 16)
    prompt_tokens: int | None = Field(default=None, gt=0)
    licence: Licence = LICENCE


class _Comfy(Resident):
    """What pictures and clips share."""

    kind: Kind

    def __init__(self, **settings: Any) -> None:
        self.settings = ComfySettings.model_validate(settings)
        self.workflow = Workflow(self.settings.workflow, self.settings.titles)
        self.output = None if self.settings.output is None else self.workflow.node(self.settings.output)
        endpoint = Endpoint(url=self.settings.base_url, key_env=self.settings.key_env, timeout=self.settings.timeout)
        self.server = ComfyServer(endpoint, self.workflow, every=self.settings.every, at_most=self.settings.at_most)

    @property
    def fingerprint(self) -> str:
        """The workflow and its bindings, whatever its file is called."""
        return f"{NAME}-{self.kind} {self.workflow.digest} {self.output or ''}".strip()

    def _estimate(self) -> Estimate:
        price = self.settings.price
        return Estimate(seconds=self.settings.seconds, low=price, high=price)

    async def _made(self, values: Mapping[Input, object], picture: Image, tools: Tools) -> tuple[bytes, Receipt]:
        async def graph() -> Graph:
            data, media_type = await anyio.to_thread.run_sync(bounded, picture, tools.blobs)
            name = f"personavlog-{picture.digest[:16]}.{media_type.rpartition('/')[2]}"
            return self.workflow.filled({**values, "image": await self.server.upload(data, name, media_type)})

        made, job = await self.server.made(graph, self.kind, tools, self.output)
        return made, Receipt(money=self.settings.price, model=f"workflow {self.workflow.digest}", request=job)


class ComfyImage(_Comfy):
    """Image edit."""

    kind: Kind = "image"

    @property
    def capabilities(self) -> ImageCapabilities:
        """What the settings say of the workflow; one picture is uploaded."""
        said = self.settings
        return ImageCapabilities(
            sizes=said.sizes,
            seed=self.workflow.takes("seed"),
            prompt_tokens=said.prompt_tokens,
            licence=said.licence,
        )

    def estimate(self, request: EditRequest) -> Estimate:
        """As the settings say."""
        return self._estimate()

    async def edit(self, request: EditRequest, tools: Tools) -> EditResult:
        """The picture that the workflow saves; raises ``BackboneError`` and its kinds."""
        values = _common(request)
        data, receipt = await self._made(values, shown_pictures(request, 1)[0], tools)
        image = await kept(partial(arrived.picture, data, request, NAME, tools.blobs), tools)
        return EditResult(image=image, prompt=request.prompt, receipt=receipt)


class ComfyVideo(_Comfy):
    """Image to video."""

    kind: Kind = "video"

    @property
    def capabilities(self) -> VideoCapabilities:
        """What the settings say of the workflow."""
        said = self.settings
        return VideoCapabilities(
            durations=said.durations,
            sizes=said.sizes if self.workflow.takes("width") else None,
            seed=self.workflow.takes("seed"),
            prompt_tokens=said.prompt_tokens,
            licence=said.licence,
        )

    def estimate(self, request: AnimateRequest) -> Estimate:
        """As the settings say."""
        return self._estimate()

    async def animate(self, request: AnimateRequest, tools: Tools) -> AnimateResult:
        """The clip that the workflow saves, without sound; raises ``BackboneError`` and its kinds."""
        values: dict[Input, object] = {
            **_common(request),
            "frames": self.settings.durations.frames(request.duration),
            "fps": request.fps,
        }
        data, receipt = await self._made(values, request.keyframe.image, tools)
        clip = await kept(partial(arrived.clip, data, request, NAME, tools.blobs), tools)
        return AnimateResult(clip=clip, prompt=request.prompt, receipt=receipt)


def _common(request: EditRequest | AnimateRequest) -> dict[Input, object]:
    """What the workflows of both roles may take."""
    return {
        "prompt": request.prompt,
        "negative": request.negative,
        "seed": request.seed,
        "width": request.width,
        "height": request.height,
    }
