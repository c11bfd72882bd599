"""The four media roles: each gives the same small thing whatever is asked, and remembers what it was asked."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import numpy as np

from personavlog.backbones.capabilities import (
    DurationRule,
    ImageCapabilities,
    Licence,
    SizeRule,
    SoundCapabilities,
    VideoCapabilities,
)
from personavlog.backbones.receipts import FREE
from personavlog.backbones.roles import (
    AnimateRequest,
    AnimateResult,
    EditRequest,
    EditResult,
    Estimate,
    MusicRequest,
    MusicResult,
    Resident,
    SpeechRequest,
    SpeechResult,
)
from personavlog.backbones.tools import Tools
from personavlog.media.encode import encoding
from personavlog.runs.blobs import Blobs
from personavlog.script import Character
from sample_backbones import shot

LICENCE = Licence(name="CC0-1.0")
FPS, RATE = 24, 24_000


@dataclass
class Painter(Resident):
    """Gives the sample picture; ``repeats`` and ``records`` are what it says of itself."""

    repeats: bool = True
    records: bool = True
    asked: list[EditRequest] = field(default_factory=list)
    fingerprint: str = "sample"

    @property
    def capabilities(self) -> ImageCapabilities:
        """Pictures of one size in one style."""
        return ImageCapabilities(
            sizes=SizeRule(allowed=((shot.WIDTH, shot.HEIGHT),)),
            repeats=self.repeats,
            records=self.records,
            styles={"plain": "boxes of one colour"},
            licence=LICENCE,
        )

    def estimate(self, request: EditRequest) -> Estimate:
        """Nothing."""
        return Estimate(seconds=0)

    async def edit(self, request: EditRequest, tools: Tools) -> EditResult:
        """The sample picture."""
        self.asked.append(request)
        return EditResult(image=tools.blobs.put_image(shot.picture()), prompt="", receipt=FREE)

    def parts(self, keyframe: EditResult, blobs: Blobs) -> shot.PictureParts:
        """The person in the sample picture."""
        return shot.PictureParts()


@dataclass
class Animator(Resident):
    """Gives the sample clip."""

    asked: list[AnimateRequest] = field(default_factory=list)
    fingerprint: str = "sample"
    capabilities: ClassVar = VideoCapabilities(
        durations=DurationRule(fps=FPS, shortest=0.5, longest=10), licence=LICENCE
    )

    def estimate(self, request: AnimateRequest) -> Estimate:
        """Nothing."""
        return Estimate(seconds=0)

    async def animate(self, request: AnimateRequest, tools: Tools) -> AnimateResult:
        """The sample clip."""
        self.asked.append(request)
        return self.sound(tools.blobs)

    def sound(self, blobs: Blobs) -> AnimateResult:
        """The sample clip as it is stored."""
        shown = shot.frames()
        height, width = shown[0].shape[:2]
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "sound.mp4"
            with encoding(target, width, height, FPS) as pipe:
                for frame in shown:
                    pipe.write(np.dstack([frame, np.full((height, width), 255, np.uint8)]))
                pipe.finish()
            clip = blobs.put_clip(target, width=width, height=height, fps=FPS, frames=len(shown))
        return AnimateResult(clip=clip, prompt="", receipt=FREE)


@dataclass
class Composer(Resident):
    """Gives a hum of the asked length."""

    fingerprint: str = "sample"
    capabilities: ClassVar = SoundCapabilities(rate=RATE, max_duration=600, licence=LICENCE)

    def estimate(self, request: MusicRequest) -> Estimate:
        """Nothing."""
        return Estimate(seconds=0)

    async def compose(self, request: MusicRequest, tools: Tools) -> MusicResult:
        """The hum."""
        audio = tools.blobs.put_audio(_hum(110, request.duration), RATE)
        return MusicResult(audio=audio, source="a hum, CC0-1.0", receipt=FREE)


@dataclass
class Speaker(Resident):
    """Gives a hum of a quarter of a second per word."""

    fingerprint: str = "sample"
    capabilities: ClassVar = SoundCapabilities(
        rate=RATE, max_duration=60, languages=("en", "zh"), voices={"ada": "en", "lin": "zh"}, licence=LICENCE
    )

    def estimate(self, request: SpeechRequest) -> Estimate:
        """Nothing."""
        return Estimate(seconds=0)

    def choose_voice(self, language: str, character: Character) -> str | None:
        """The only one of its language."""
        return {"en": "ada", "zh": "lin"}[language]

    async def speak(self, request: SpeechRequest, tools: Tools) -> SpeechResult:
        """The hum."""
        seconds = 0.25 * max(len(request.text.split()), 1)
        audio = tools.blobs.put_audio(_hum(220, seconds), RATE)
        return SpeechResult(audio=audio, voice=request.voice or "ada", receipt=FREE)


def _hum(pitch: float, seconds: float) -> np.ndarray:
    return (0.1 * np.sin(2 * np.pi * pitch * np.arange(round(seconds * RATE)) / RATE)).astype(np.float32)
