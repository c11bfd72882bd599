"""Our pictures as services take them: of bounded area, as a text or as bytes."""

from __future__ import annotations

import base64
import math
from collections.abc import Sequence

import anyio.to_thread

from personavlog.backbones.jobs.inputs import Inputs
from personavlog.backbones.jobs.job_server import JobServer
from personavlog.media import Image
from personavlog.runs.blobs import Blobs

MOST_PIXELS = 1_048_576
"""Of a picture that is sent: services bill and bound what comes in, and look at a megapixel of it."""


async def written(pictures: Sequence[Image], inputs: Inputs, server: JobServer, blobs: Blobs) -> list[str]:
    """Each picture as the text that the service wants: base64, a data URI, or the address of an upload."""
    return [await _written(picture, inputs, server, blobs) for picture in pictures]


async def _written(picture: Image, inputs: Inputs, server: JobServer, blobs: Blobs) -> str:
    data, media_type = await anyio.to_thread.run_sync(bounded, picture, blobs)
    if inputs.picture == "upload":
        return await server.upload(data, media_type)
    text = base64.b64encode(data).decode()
    return text if inputs.picture == "base64" else f"data:{media_type};base64,{text}"


def bounded(picture: Image, blobs: Blobs) -> tuple[bytes, str]:
    """The picture's file and media type; one of more than ``MOST_PIXELS`` is scaled down."""
    if picture.width * picture.height <= MOST_PIXELS:
        return blobs.get(picture), picture.media_type
    import cv2

    scale = math.sqrt(MOST_PIXELS / (picture.width * picture.height))
    size = max(int(picture.width * scale), 1), max(int(picture.height * scale), 1)
    small = cv2.resize(blobs.pixels(picture), size, interpolation=cv2.INTER_AREA)
    return cv2.imencode(".png", cv2.cvtColor(small, cv2.COLOR_RGB2BGR))[1].tobytes(), "image/png"
