"""Simulated backbones: real media of the right size and length, made after a settable time, at a settable price, with
the faults that real providers have. They are what the core is tested and measured with.

Found by the registry as ``image.fake``, ``video.fake``, ``music.fake``, ``speech.fake``; the settings are
``Behaviour``'s.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import time
from pathlib import Path
from typing import Literal

import anyio
import anyio.to_thread
from pydantic import Field

from personavlog.backbones.capabilities import (
    DurationRule,
    ImageCapabilities,
    Licence,
    SizeRule,
    SoundCapabilities,
    VideoCapabilities,
)
from personavlog.backbones.fake_media import (
    RATE,
    filmed,
    music_pitch,
    painted,
    sounded,
    speech_pitch,
    spoken_seconds,
)
from personavlog.backbones.findings import ClipInspection, ImageInspection, QualityAgents
from personavlog.backbones.receipts import Receipt
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
from personavlog.errors import RateLimitedError, RefusedError, TimedOutError, UnavailableError
from personavlog.frozen import Frozen
from personavlog.languages import LANGUAGES
from personavlog.media import Audio, Clip, Image
from personavlog.runs.blobs import Blobs
from personavlog.scene import SceneRecord
from personavlog.script import Character

Fault = Literal[
    "", "refuse", "rate limit", "unavailable", "time out", "damaged", "wrong size", "short", "other picture"
]
LICENCE = Licence(name="none", limits="Simulated: no model made this.")
TICKS = 20
"""How often a call reports progress, and may be stopped."""


class Behaviour(Frozen):
    """``seconds`` a call takes and ``price`` it costs (None: unknown); ``faults`` are what goes wrong in the calls in
    their order, "" for nothing, and after the last one ``rate`` is the share of calls that go wrong with ``fault``.
    ``log`` is a file that gets a line of JSON for every call that was sent, so that what was paid can be counted across
    processes."""

    seconds: float = Field(default=0.0, ge=0)
    price: float | None = Field(default=0.0, ge=0)
    faults: tuple[Fault, ...] = ()
    rate: float = Field(default=0.0, ge=0, le=1)
    fault: Fault = "unavailable"
    retry_after: float = Field(default=0.01, ge=0)
    log: Path | None = None


class _Simulated(Resident):
    """What all four share: the time, the price, the faults and the log."""

    def __init__(self, role: str, settings: dict[str, object]) -> None:
        self.behaviour = Behaviour.model_validate(settings)
        self.role, self.calls = role, 0
        self.opened = 0

    @property
    def fingerprint(self) -> str:
        """The role: what is made depends on the request alone."""
        return f"fake-{self.role}-1"

    async def open(self) -> None:
        """Count the openings."""
        self.opened += 1

    async def aclose(self) -> None:
        """Count the closings."""
        self.opened -= 1

    def _estimate(self) -> Estimate:
        return Estimate(seconds=self.behaviour.seconds, low=self.behaviour.price, high=self.behaviour.price)

    async def _call(self, seed: int, tools: Tools) -> Fault:
        """Take the time and say what goes wrong with the result; raises what goes wrong with the call."""
        number, self.calls = self.calls, self.calls + 1
        fault = self._fault(number, seed)
        self._write(seed, fault)
        for tick in range(TICKS if self.behaviour.seconds else 1):
            tools.progress(tick / TICKS)
            await anyio.sleep(self.behaviour.seconds / TICKS)
        self._raise(fault)
        tools.progress(1.0)
        return fault

    def _fault(self, number: int, seed: int) -> Fault:
        if number < len(self.behaviour.faults):
            return self.behaviour.faults[number]
        drawn = int.from_bytes(hashlib.sha256(f"{self.role}/{number}/{seed}".encode()).digest()[:4], "big") / 2**32
        return self.behaviour.fault if drawn < self.behaviour.rate else ""

    def _raise(self, fault: Fault) -> None:
        provider = f"fake-{self.role}"
        if fault == "refuse":
            raise RefusedError(f"{provider} refused the board. Change it.", provider=provider, refused="board")
        if fault == "rate limit":
            wait = self.behaviour.retry_after
            raise RateLimitedError(f"{provider} is busy. Wait.", provider=provider, status=429, retry_after=wait)
        if fault == "unavailable":
            raise UnavailableError(f"{provider} is down. Try later.", provider=provider, status=503, retry_after=0.01)
        if fault == "time out":
            raise TimedOutError(f"{provider} did not answer. Try later.", provider=provider, retry_after=0.01)

    def _write(self, seed: int, fault: Fault) -> None:
        if self.behaviour.log is not None:
            line = json.dumps({"role": self.role, "seed": seed, "fault": fault, "at": time.time()})
            with self.behaviour.log.open("a", encoding="utf-8") as file:
                file.write(line + "\n")

    def _receipt(self) -> Receipt:
        behaviour = self.behaviour
        return Receipt(
            money=behaviour.price, model=self.fingerprint, seconds=behaviour.seconds, request=f"{self.calls}"
        )


class FakeImage(_Simulated):
    """The reference on a ground whose colour follows the seed."""

    def __init__(self, **settings: object) -> None:
        super().__init__("image", settings)

    @property
    def capabilities(self) -> ImageCapabilities:
        """Sides of 64 to 2048 px, multiples of 16."""
        return ImageCapabilities(sizes=SizeRule(min_side=64, max_side=2048, multiple=16), records=True, licence=LICENCE)

    def estimate(self, request: EditRequest) -> Estimate:
        """As it was set."""
        return self._estimate()

    async def edit(self, request: EditRequest, tools: Tools) -> EditResult:
        """A picture after its time; raises as it was set."""
        fault = await self._call(request.seed, tools)
        image = await anyio.to_thread.run_sync(_painted, request, fault, tools.blobs)
        return EditResult(image=image, prompt=request.prompt, scene=_scene(request), receipt=self._receipt())


class FakeVideo(_Simulated):
    """A slow zoom into the keyframe; 4k + 1 frames at 16 a second, at most 81, as Wan2.1 makes them."""

    def __init__(self, **settings: object) -> None:
        super().__init__("video", settings)

    @property
    def capabilities(self) -> VideoCapabilities:
        """Wan2.1's frame rule."""
        durations = DurationRule(fps=16, frame_step=4, frame_offset=1, shortest=1.0, longest=81 / 16)
        sizes = SizeRule(min_side=64, max_side=1280, multiple=16)
        return VideoCapabilities(durations=durations, sizes=sizes, licence=LICENCE)

    def estimate(self, request: AnimateRequest) -> Estimate:
        """As it was set."""
        return self._estimate()

    async def animate(self, request: AnimateRequest, tools: Tools) -> AnimateResult:
        """A clip after its time; raises as it was set."""
        fault = await self._call(request.seed, tools)
        clip = await anyio.to_thread.run_sync(_filmed, request, fault, tools.blobs)
        return AnimateResult(clip=clip, prompt=request.prompt, receipt=self._receipt())


class FakeMusic(_Simulated):
    """A chord that swells and falls."""

    def __init__(self, **settings: object) -> None:
        super().__init__("music", settings)

    @property
    def capabilities(self) -> SoundCapabilities:
        """Stereo of any length up to ten minutes."""
        return SoundCapabilities(rate=RATE, max_duration=600, seed=True, licence=LICENCE)

    def estimate(self, request: MusicRequest) -> Estimate:
        """As it was set."""
        return self._estimate()

    async def compose(self, request: MusicRequest, tools: Tools) -> MusicResult:
        """Music after its time; raises as it was set."""
        fault = await self._call(request.seed, tools)
        seconds = request.duration / 2 if fault == "short" else request.duration
        audio = _sounded(seconds, music_pitch(request.seed), fault, tools.blobs)
        return MusicResult(audio=audio, source="a chord", receipt=self._receipt())


class FakeSpeech(_Simulated):
    """A hum as long as the line takes to say."""

    def __init__(self, **settings: object) -> None:
        super().__init__("speech", settings)

    @property
    def capabilities(self) -> SoundCapabilities:
        """Clones voices in words only: takes a sample and does as if."""
        return SoundCapabilities(
            rate=RATE,
            max_duration=60,
            languages=tuple(LANGUAGES),
            seed=True,
            describes=True,
            clones=True,
            licence=LICENCE,
        )

    def estimate(self, request: SpeechRequest) -> Estimate:
        """As it was set."""
        return self._estimate()

    def choose_voice(self, language: str, character: Character) -> str | None:
        """It has no named voices."""
        return None

    async def speak(self, request: SpeechRequest, tools: Tools) -> SpeechResult:
        """A line after its time; raises as it was set."""
        fault = await self._call(request.seed, tools)
        seconds = spoken_seconds(request.text, request.language)
        audio = _sounded(seconds, speech_pitch(request.seed), fault, tools.blobs)
        return SpeechResult(audio=audio, voice="hum", receipt=self._receipt())


def _painted(request: EditRequest, fault: Fault, blobs: Blobs) -> Image:
    width = request.width // 2 if fault == "wrong size" else request.width
    reference = blobs.pixels(request.reference)
    image = blobs.put_image(painted(reference, width, request.height, (request.seed, request.shot)))
    return image if fault != "damaged" else _broken(image, blobs)


def _broken(image: Image, blobs: Blobs) -> Image:
    blob = blobs.put(blobs.get(image)[: image.size // 3], "image/png")
    return image.model_copy(update={"digest": blob.digest, "size": blob.size})


def _filmed(request: AnimateRequest, fault: Fault, blobs: Blobs) -> Clip:
    picture = blobs.pixels(request.keyframe.image)
    picture = 255 - picture if fault == "other picture" else picture
    frames = round(request.duration * request.fps) // (2 if fault == "short" else 1)
    shape = {"width": request.width, "height": request.height, "frames": frames}
    with tempfile.TemporaryDirectory(prefix="personavlog-") as folder:
        target = Path(folder) / "clip.mp4"
        filmed(picture, target, fps=request.fps, **shape)
        if fault == "damaged":
            target.write_bytes(target.read_bytes()[:900])
        return blobs.put_clip(target, fps=float(request.fps), **shape)


def _sounded(seconds: float, pitch: float, fault: Fault, blobs: Blobs) -> Audio:
    audio = blobs.put_audio(sounded(seconds, pitch), RATE)
    if fault != "damaged":
        return audio
    blob = blobs.put(blobs.get(audio)[:30], "audio/wav")
    return audio.model_copy(update={"digest": blob.digest, "size": blob.size})


def _scene(request: EditRequest) -> SceneRecord | None:
    """It paints no places, so it can only say what was asked."""
    if request.board is None:
        return None
    board = request.board
    return SceneRecord(
        place=board.place,
        asked_place=board.place,
        place_similarity=1.0,
        time_of_day=board.time_of_day.value,
        weather=board.weather.value,
        framing=board.framing.value,
        style=request.style,
    )


class FakeQuality:
    """Finds nothing."""

    fingerprint = "fake-quality-1"

    async def inspect(self, request: ImageInspection | ClipInspection) -> None:
        """Nothing is wrong."""
        return None


def quality(agents: str, blobs: Blobs) -> QualityAgents:
    """Quality agents that are content with everything; ``agents`` is any name."""
    return QualityAgents(image=FakeQuality(), video=FakeQuality())
