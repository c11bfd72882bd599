"""What the fake job services share: pictures out of what they are sent, and addresses of what they made."""

from __future__ import annotations

import base64
import binascii
import json
import math
from functools import partial
from typing import Any

from personavlog.fake_server.drawing import mp4, picture_of, png
from personavlog.fake_server.jobs import Job
from personavlog.fake_server.routes import Call, Route
from personavlog.fake_server.wire import BadRequestError, Reply, json_reply, media_reply
from personavlog.media.arrays import Pixels

JOBS = frozenset({"moderated job", "failed job", "memory job", "private address", "no result", "strange state"})
"""What may go wrong with a job of any service, told to the route that submits it."""
CLIPS = frozenset({"short", "other picture"})
PRIVATE = "https://10.0.0.7/result"
URL_SAFE = str.maketrans("-_", "+/")
"""Google's client writes base64 as addresses take it."""
AREA = 1_000_000
"""Square px of a picture whose shape alone was asked for."""
WORDS = {
    "failed job": "The worker died.",
    "memory job": "CUDA out of memory. Tried to allocate 9.00 GiB.",
    "moderated job": "The content was flagged as sensitive.",
}


def shown(call: Call, text: object) -> Pixels:
    """The picture of base64, a data URI, or the address of an upload to this server."""
    if not isinstance(text, str) or not text:
        raise BadRequestError("An image is required.", 422)
    if text.startswith(call.address):
        return picture_of(call.kept.get(text.rpartition("/")[2], b""))
    try:
        coded = (text.partition(";base64,")[2] or text).translate(URL_SAFE)
        return picture_of(base64.b64decode(coded, validate=True))
    except binascii.Error as error:
        raise BadRequestError("The image is neither base64 nor an address of ours.", 422) from error


def sides(aspect: str) -> tuple[int, int]:
    """(width, height) of a shape such as "16:9", multiples of 16."""
    wide, _, high = aspect.partition(":")
    if not (wide.isdecimal() and high.isdecimal() and int(wide) and int(high)):
        raise BadRequestError(f"Invalid aspect ratio {aspect!r}.", 422)
    width = math.sqrt(AREA * int(wide) / int(high))
    return round(width / 16) * 16, round(width * int(high) / int(wide) / 16) * 16


def picture_job(call: Call, kind: str, first: Pixels, size: tuple[int, int], seed: int) -> Job:
    """A job that draws a picture."""
    note = {"ending": "png", "model": call.places.get("model", "")}
    return call.jobs.submit(kind, partial(png, first, *size, seed), seconds=call.seconds, fault=call.fault, note=note)


def clip_job(call: Call, kind: str, first: Pixels, frames: int, fps: float, side: int = 0) -> Job:
    """A job that films a clip in the picture's shape, ``side`` px on its short side (0: the picture's own)."""
    height, width = first.shape[:2]
    scale = side / min(height, width) if side else 1.0
    size = round(width * scale / 2) * 2, round(height * scale / 2) * 2
    frames = max(frames // 2, 1) if call.fault == "short" else frames
    picture = 255 - first if call.fault == "other picture" else first
    make = partial(mp4, picture, *size, frames, fps)
    return call.jobs.submit(kind, make, seconds=call.seconds, fault=call.fault, note={"ending": "mp4"})


def known(call: Call) -> Job | None:
    """The job that the path names; with the fault "forgotten" it is forgotten first."""
    identity = call.places.get("id") or call.request.query.get("id", "")
    if call.fault == "forgotten":
        call.jobs.forget(identity)
    return call.jobs.find(identity)


def address_of(call: Call, job: Job) -> str:
    """Where the result lies."""
    return PRIVATE if job.fault == "private address" else f"{call.address}/results/{job.id}.{job.note['ending']}"


def remember(call: Call, name: str) -> dict[str, Any]:
    """The JSON that was sent, kept under the route's name for whoever looks."""
    call.kept[name] = json.dumps(call.request.data).encode()
    return call.request.data


def _result(call: Call) -> Reply:
    job = call.jobs.find(call.places["name"].partition(".")[0])
    if call.fault == "expired" or job is None:
        return json_reply({"detail": "The link has expired."}, 403)
    data = job.result[: len(job.result) // 2] if call.fault == "damaged" else job.result
    return media_reply(data, "video/mp4" if job.note["ending"] == "mp4" else "image/png")


ROUTES = (Route("results", "GET", "/results/{name}", _result, public=True, faults=frozenset({"expired", "damaged"})),)
