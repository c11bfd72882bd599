"""The four media roles: each gives the same small thing whatever is asked, and remembers what it was asked."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import numpy as np

from personavlog.backbones.roles import (
    AnimateRequest,
    AnimateResult,
    EditRequest,
    EditResult,
    Estimate,
    ImageCapabilities,
    Licence,
    MusicRequest,
    MusicResult,
    OnProgress,
    SoundCapabilities,
    SpeechRequest,
    SpeechResult,
    VideoCapabilities,
)
from personavlog.media.encode import encoding
from personavlog.runs.blobs import Blobs
from sample_backbones import shot

LICENCE = Licence(name="CC0-1.0")
FPS, RATE = 24, 24_000


@dataclass
class Painter:
    """Gives the sample picture; ``repeats`` is what it says of itself."""

    blobs: Blobs
    repeats: bool = True
    asked: list[EditRequest] = field(default_factory=list)
    fingerprint: str = "sample"

    @property
    def capabilities(self) -> ImageCapabilities:
        """Small pictures in one style."""
        return ImageCapabilities(
            min_side=16, max_side=640, repeats=self.repeats, styles={"plain": "boxes of one colour"}, licence=LICENCE
        )

    def estimate(self, request: EditRequest) -> Estimate:
        """Nothing."""
        return Estimate(seconds=0)

    async def edit(self, request: EditRequest, progress: OnProgress) -> EditResult:
        """The sample picture."""
        self.asked.append(request)
        return EditResult(image=self.blobs.put_image(shot.picture()), prompt="")

    def parts(self, keyframe: EditResult) -> shot.PictureParts:
        """The person in the sample picture."""
        return shot.PictureParts()


@dataclass
class Animator:
    """Gives the sample clip."""

    blobs: Blobs
    asked: list[AnimateRequest] = field(default_factory=list)
    fingerprint: str = "sample"
    capabilities: ClassVar = VideoCapabilities(fps=FPS, min_duration=0.5, max_duration=10, licence=LICENCE)

    def estimate(self, request: AnimateRequest) -> Estimate:
        """Nothing."""
        return Estimate(seconds=0)

    async def animate(self, request: AnimateRequest, progress: OnProgress) -> AnimateResult:
        """The sample clip."""
        self.asked.append(request)
        return self.sound()

    def sound(self) -> AnimateResult:
        """The sample clip as it is stored."""
        shown = shot.frames()
        height, width = shown[0].shape[:2]
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "sound.mp4"
            with encoding(target, width, height, FPS) as pipe:
                for frame in shown:
                    pipe.write(np.dstack([frame, np.full((height, width), 255, np.uint8)]))
                pipe.finish()
            clip = self.blobs.put_clip(target, width=width, height=height, fps=FPS, frames=len(shown))
        return AnimateResult(clip=clip, prompt="")


@dataclass
class Composer:
    """Gives a hum of the asked length."""

    blobs: Blobs
    fingerprint: str = "sample"
    capabilities: ClassVar = SoundCapabilities(rate=RATE, max_duration=600, licence=LICENCE)

    def estimate(self, request: MusicRequest) -> Estimate:
        """Nothing."""
        return Estimate(seconds=0)

    async def compose(self, request: MusicRequest, progress: OnProgress) -> MusicResult:
        """The hum."""
        return MusicResult(audio=self.blobs.put_audio(_hum(110, request.duration), RATE), source="a hum, CC0-1.0")


@dataclass
class Speaker:
    """Gives a hum of a quarter of a second per word."""

    blobs: Blobs
    fingerprint: str = "sample"
    capabilities: ClassVar = SoundCapabilities(
        rate=RATE, max_duration=60, languages=("en", "zh"), voices={"ada": "en", "lin": "zh"}, licence=LICENCE
    )

    def estimate(self, request: SpeechRequest) -> Estimate:
        """Nothing."""
        return Estimate(seconds=0)

    async def speak(self, request: SpeechRequest, progress: OnProgress) -> SpeechResult:
        """The hum."""
        seconds = 0.25 * max(len(request.text.split()), 1)
        return SpeechResult(audio=self.blobs.put_audio(_hum(220, seconds), RATE), voice=request.voice or "ada")


def _hum(pitch: float, seconds: float) -> np.ndarray:
    return (0.1 * np.sin(2 * np.pi * pitch * np.arange(round(seconds * RATE)) / RATE)).astype(np.float32)
