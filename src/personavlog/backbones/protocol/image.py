"""Image edit by ``POST /v1/images/edits``: a form with the pictures' bytes, answered with a picture's."""

from __future__ import annotations

from typing import Any

import anyio.to_thread
import cv2
import numpy as np

from personavlog.backbones import arrived
from personavlog.backbones.capabilities import ImageCapabilities
from personavlog.backbones.protocol.forms import FormFile, file_of, form_of
from personavlog.backbones.protocol.served import PASSING, Amounts, Served
from personavlog.backbones.protocol.settings import ImageSettings
from personavlog.backbones.protocol.shapes import decoded, part
from personavlog.backbones.remote import Server
from personavlog.backbones.remote_answers import Answer
from personavlog.backbones.roles import EditRequest, EditResult, Estimate
from personavlog.backbones.tools import Tools
from personavlog.errors import BadMediaError
from personavlog.media import Image
from personavlog.media.arrays import Pixels
from personavlog.media.picture import decode
from personavlog.runs.blobs import Blobs

PATH = "/images/edits"


class OpenAIImage(Served):
    """The role image edit; built from ``ImageSettings``."""

    settings: ImageSettings

    def __init__(self, **settings: object) -> None:
        chosen = ImageSettings.model_validate(settings)
        self.capabilities: ImageCapabilities = chosen.capabilities()
        super().__init__("image", chosen)

    def estimate(self, request: EditRequest) -> Estimate:
        """By the profile or the table."""
        return self.estimated(_amounts(request))

    async def open(self) -> None:
        """Look at the servers, and where it was asked for, at what the seed does."""
        await super().open()
        if self.settings.probe_seed and self.capabilities.seed:
            try:
                await self._probe_seed()
            except PASSING as error:
                self._remark(f"What the seed of {self.model!r} does was not seen: {error}")

    async def edit(self, request: EditRequest, tools: Tools) -> EditResult:
        """A picture of the asked size; raises as ``Server.ask`` does, ``BadMediaError`` for what is none."""
        tools.progress(0.0)
        pictures = [file_of(image, tools.blobs) for image in _images(request)]
        fields = self.fields(
            size=f"{request.width}x{request.height}",
            negative=request.negative or None,
            seed=request.seed if self.capabilities.seed else None,
        )
        key = self.key(request)
        answer = await self._asked({"prompt": request.prompt, **fields}, pictures, key, _refused(request))
        data = answer.json()
        self.delivered(request)
        image = await anyio.to_thread.run_sync(self._picture, data, request, tools.blobs)
        tools.progress(1.0)
        return EditResult(image=image, prompt=request.prompt, receipt=self.receipt(_amounts(request), answer))

    async def _asked(
        self, fields: dict[str, object], pictures: list[FormFile], key: dict[str, str], refused: str
    ) -> Answer:
        files = [(self.dialect.image, picture) for picture in pictures]

        async def send(server: Server) -> Answer:
            return await server.ask("POST", PATH, data=form_of(fields), files=files, headers=key, refused=refused)

        async with self.endpoints.asked(send) as (_, answer):
            return answer

    def _picture(self, data: Any, request: EditRequest, blobs: Blobs) -> Image:
        return arrived.picture(self._bytes(data), request, self.model, blobs)

    def _bytes(self, data: Any) -> bytes:
        text = part(data, "data", 0, "b64_json")
        if not isinstance(text, str) or not text:
            raise BadMediaError(
                f"{self.model!r} answered without a picture. It is asked once more; if it goes on, check that the "
                "server's kind (server) is right.",
                provider=self.model,
            )
        return decoded(text, self.model)

    async def _probe_seed(self) -> None:
        """Whether two seeds give two pictures and one seed the same twice; what a server ignores it does not say."""
        first, other, again = [await self._probed(seed) for seed in (1, 2, 1)]
        if np.array_equal(first, other) or not np.array_equal(first, again):
            self.capabilities = self.capabilities.model_copy(update={"seed": False})
            why = "two seeds gave the same picture" if np.array_equal(first, other) else "one seed gave two pictures"
            self._remark(
                f"The image model {self.model!r} does not follow the seed ({why}): another take may be the same, and "
                "a film cannot be made again alike."
            )

    async def _probed(self, seed: int) -> Pixels:
        width, height = self.capabilities.sizes.nearest(256, 256)
        fields = {"prompt": "A plain room by the sea.", **self.fields(size=f"{width}x{height}", seed=seed)}
        answer = await self._asked(fields, [("image.png", _sample(), "image/png")], {}, "")
        return decode(self._bytes(answer.json()), "The probe").rgb


def _images(request: EditRequest) -> list[Image]:
    """What is edited, and behind it the further references where the profile wants any."""
    if not request.corrections or request.previous is None:
        return [request.reference, *request.extra_references]
    more = (request.reference, *request.extra_references) if request.extra_references else ()
    return [request.previous.image, *more]


def _sample() -> bytes:
    """A picture to be edited where any will do: a gradient."""
    rows, columns = np.mgrid[0:256, 0:256]
    return cv2.imencode(".png", np.dstack([rows, columns, 255 - rows]).astype(np.uint8))[1].tobytes()


def _refused(request: EditRequest) -> str:
    return "photo" if request.purpose == "stylise" else "board"


def _amounts(request: EditRequest) -> Amounts:
    return {"call": 1, "picture": 1, "megapixel": request.width * request.height / 1e6}
