"""Requests of every role for the backbones that are reached through servers, and the servers they go to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import anyio
import numpy as np

from personavlog.backbones.fake_media import sounded
from personavlog.backbones.protocol.image import OpenAIImage
from personavlog.backbones.protocol.music import OpenAIMusic
from personavlog.backbones.protocol.speech import OpenAISpeech
from personavlog.backbones.protocol.video import OpenAIVideo
from personavlog.backbones.roles import AnimateRequest, EditRequest, Keyframe, MusicRequest, SpeechRequest
from personavlog.backbones.tools import Tools
from personavlog.errors import BackboneError
from personavlog.fake_server.faults import Fault
from personavlog.fake_server.server import Behaviour, FakeServer, serving
from personavlog.runs.blobs import Blobs
from personavlog.script import Board, MusicDescription, VideoDescription

T = TypeVar("T")
MODEL = "a-model"
BOARD = Board(place="a beach", action="She waves", time_of_day="morning", framing="medium", emotion="calm")
DURATIONS = {"fps": 16, "frame_step": 4, "frame_offset": 1, "shortest": 0.5, "longest": 5.0625}


@contextmanager
def faulty(*faults: str, **behaviour: Any) -> Iterator[FakeServer]:
    """A server with these faults, each "route=fault" or "route=fault:times:after"."""
    told = [fault.replace("=", ":").split(":") for fault in faults]
    read = [
        Fault(route=route, name=name, times=int(rest[0]) if rest else None, after=int(rest[1]) if rest[1:] else 0)
        for route, name, *rest in told
    ]
    with serving(Behaviour(faults=tuple(read), price=1.0, **behaviour)) as server:
        yield server


def settings(*servers: FakeServer, **changes: Any) -> dict[str, Any]:
    endpoints = [{"url": f"{server.address}/v1"} for server in servers]
    return {"model": MODEL, "endpoints": endpoints, "price": 1.0, **changes}


def image(*servers: FakeServer, **changes: Any) -> OpenAIImage:
    return OpenAIImage(**settings(*servers, **changes))


def video(*servers: FakeServer, **changes: Any) -> OpenAIVideo:
    can = {"durations": DURATIONS, "sizes": {"multiple": 16}}
    return OpenAIVideo(**settings(*servers, **{"can": can, "every": 0.02, **changes}))


def speech(*servers: FakeServer, **changes: Any) -> OpenAISpeech:
    return OpenAISpeech(**settings(*servers, **changes))


def music(*servers: FakeServer, **changes: Any) -> OpenAIMusic:
    return OpenAIMusic(**settings(*servers, **changes))


class Room:
    """A store with a picture and a sound in it, and the requests that use them."""

    def __init__(self, folder: Path) -> None:
        self.blobs = Blobs(folder / "blobs")
        self.tools = Tools.alone(self.blobs)
        rows, columns = np.mgrid[0:96, 0:64]
        picture = np.dstack([rows * 2, columns * 3, np.full_like(rows, 90)]).astype(np.uint8)
        self.picture = self.blobs.put_image(picture)
        self.sample = self.blobs.put_audio(sounded(1.0, 140.0), 24_000)

    def edit(self, **changes: Any) -> EditRequest:
        plain = {"purpose": "keyframe", "reference": self.picture, "style": "anime", "board": BOARD, "width": 144}
        return EditRequest.model_validate({**plain, "height": 160, "seed": 7, "prompt": "A beach.", **changes})

    def move(self, **changes: Any) -> AnimateRequest:
        description = VideoDescription(camera="static", motion="She waves", atmosphere="calm air")
        plain = {"keyframe": Keyframe(image=self.picture), "description": description, "board": BOARD, "width": 64}
        words = {"prompt": "She waves.", "negative": "blur"}
        length = {"height": 96, "duration": 17 / 16, "fps": 16, "seed": 7}
        return AnimateRequest.model_validate({**plain, **length, **words, **changes})

    def line(self, **changes: Any) -> SpeechRequest:
        return SpeechRequest.model_validate({"text": "What a day by the sea.", "language": "en", **changes})

    def score(self, **changes: Any) -> MusicRequest:
        wanted = MusicDescription(emotions=("calm",), instruments=("piano",), style="ambient", tempo=80)
        return MusicRequest.model_validate({"description": wanted, "duration": 8.0, "seed": 3, **changes})


def run(work: Callable[[], Awaitable[T]]) -> T:
    async def alone() -> T:
        return await work()

    return anyio.run(alone)


def failure(work: Callable[[], Awaitable[object]]) -> BackboneError:
    """The error that the work ends with."""
    try:
        run(work)
    except BackboneError as error:
        return error
    raise AssertionError("it did not fail")
