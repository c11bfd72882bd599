"""Backbones called as the house calls them: made legal, estimated, booked, tried again, checked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import anyio
import cv2
import numpy as np

from personavlog.backbones import records
from personavlog.backbones.checking import check_clip, check_picture, check_sound
from personavlog.backbones.legal import legal_animate, legal_edit
from personavlog.backbones.receipts import Delivered
from personavlog.backbones.retrying import RetryPolicy
from personavlog.backbones.roles import (
    AnimateRequest,
    AnimateResult,
    EditRequest,
    EditResult,
    Estimate,
    Keyframe,
    MusicRequest,
    MusicResult,
    SpeechRequest,
    SpeechResult,
)
from personavlog.backbones.tools import Tools
from personavlog.errors import BackboneError, BadMediaError, Cancelled
from personavlog.media import Audio, Image
from personavlog.production.calls import Account, Call, answered
from personavlog.runs.folder import open_store
from personavlog.runs.ledger import NO_CAP, Cap, Entry
from personavlog.runs.remote_jobs import StepJob
from personavlog.script import Board, MusicDescription, VideoDescription

ResultT = TypeVar("ResultT", bound=Delivered)
KEY = "k-verysecret-123456789"
VARIABLES = (
    *("BFL_API_KEY", "FAL_KEY", "REPLICATE_API_TOKEN", "DASHSCOPE_API_KEY", "ELEVENLABS_API_KEY"),
    "GOOGLE_API_KEY",
)
QUICK = RetryPolicy(first_wait=0.001, longest_wait=2.0)
BOARD = Board(
    place="a harbour",
    action="She waves at a boat.",
    framing="medium",
    time_of_day="morning",
    weather="clear",
    emotion="joyful",
)
MOTION = VideoDescription(
    motion="She raises her arm and waves.", camera="static", atmosphere="Calm light.", detail="The boat rocks."
)


def small(family: str, model: str) -> dict[str, Any]:
    """The record of a clip model, for clips of the keyframe's size, which are quick to make."""
    row = records.record(family, model)
    assert row.video is not None
    return row.model_copy(update={"video": row.video.model_copy(update={"sizes": None})}).model_dump(mode="json")


@dataclass
class House:
    """A home with one run; ``stop`` is asked whether the run was stopped."""

    path: Path
    cap: Cap = NO_CAP
    stop: Callable[[], bool] = lambda: False
    retries: list[BackboneError] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.blobs, self.index = open_store(self.path)

    def picture(self, width: int = 480, height: int = 272) -> Image:
        """A picture with broad shapes, which survive every codec."""
        drawn = np.full((height, width, 3), (90, 130, 180), np.uint8)
        cv2.circle(drawn, (width // 2, height // 2), height // 4, (220, 170, 150), -1)
        return self.blobs.put_image(drawn)

    def sample(self) -> Audio:
        """Two seconds of a hum."""
        time = np.arange(2 * 24_000) / 24_000
        return self.blobs.put_audio(np.asarray(0.3 * np.sin(2 * np.pi * 180 * time), np.float32), 24_000)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What was booked."""
        return self.index.ledger.entries("film")

    def edit(self, backbone: Any, key: str = "edit", **changes: Any) -> EditResult:
        """A keyframe."""
        plain: dict[str, Any] = {"purpose": "keyframe", "reference": self.picture(), "style": "watercolour"}
        wanted = EditRequest(**{**plain, "width": 1280, "height": 720, "seed": 7, "board": BOARD, **changes})
        request = legal_edit(wanted, backbone.capabilities).request
        return self._call(
            key,
            backbone.estimate(request),
            lambda tools: backbone.edit(request, tools),
            lambda made: check_picture(made.image, request, "x", self.blobs),
        )

    def animate(self, backbone: Any, key: str = "animate", **changes: Any) -> AnimateResult:
        """A clip from a keyframe."""
        request = self.clip_request(backbone, **changes)
        return self._call(
            key,
            backbone.estimate(request),
            lambda tools: backbone.animate(request, tools),
            lambda made: check_clip(made.clip, request, "x", self.blobs),
        )

    def clip_request(self, backbone: Any, **changes: Any) -> AnimateRequest:
        """What a clip is asked for with."""
        plain: dict[str, Any] = {"description": MOTION, "board": BOARD, "style": "watercolour", "duration": 2.0}
        keyframe = Keyframe(image=self.picture(320, 176))
        wanted = AnimateRequest(**{**plain, "keyframe": keyframe, "width": 320, "height": 176, "seed": 7, **changes})
        return legal_animate(wanted, backbone.capabilities).request

    def compose(self, backbone: Any, seconds: float = 6.0) -> MusicResult:
        """Music for a short film."""
        music = MusicDescription(emotions=("calm",), instruments=("piano",), style="ambient", tempo=80)
        request = MusicRequest(description=music, duration=seconds)
        return self._call(
            "music",
            backbone.estimate(request),
            lambda tools: backbone.compose(request, tools),
            lambda made: check_sound(made.audio, "x", self.blobs, at_least=seconds),
        )

    def speak(self, backbone: Any, key: str = "voice", **changes: Any) -> SpeechResult:
        """One line."""
        request = SpeechRequest(**{"text": "The boats come home at noon.", "language": "en", **changes})
        return self._call(
            key,
            backbone.estimate(request),
            lambda tools: backbone.speak(request, tools),
            lambda made: check_sound(made.audio, "x", self.blobs),
        )

    def job(self, key: str) -> str | None:
        """The stored job of a call."""
        return self.index.jobs.find(key)

    def tools(self, key: str) -> Tools:
        """What a call gets."""

        def progress(share: float) -> None:
            if self.stop():
                raise Cancelled("The run was stopped.")

        return Tools(self.blobs, progress, StepJob(self.index.jobs, key), self.stop)

    def _call(
        self,
        key: str,
        estimate: Estimate,
        send: Callable[[Tools], Awaitable[ResultT]],
        check: Callable[[ResultT], None],
    ) -> ResultT:
        account = Account(self.index.ledger, self.cap, "film", key, "hosted", [])

        def checked(made: ResultT) -> None:
            try:
                check(made)
            except BadMediaError:
                self.index.jobs.finish(key)
                raise

        async def work() -> ResultT:
            call = Call(estimate, lambda: send(self.tools(key)), checked)
            return await answered(call, account, QUICK, lambda error, wait: self.retries.append(error))

        made = anyio.run(work)
        with self.index._db.writing() as db:  # as a step's result is stored
            self.index.ledger.paid_in(db, account.answered)
            self.index.jobs.finish_in(db, key)
        return made
