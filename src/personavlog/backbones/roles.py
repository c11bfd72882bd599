"""The roles a backbone can play: protocols, requests, results and capabilities.

The chat role is a pydantic-ai model and has no protocol here. A media backbone is found by name (``registry.load``),
gets the blob store when it is built, takes a frozen request and returns media references. Capabilities are data, so
planning and tests need no client.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, Protocol, runtime_checkable

from pydantic import Field

from personavlog.backbones.corrections import Correction
from personavlog.frozen import Frozen
from personavlog.media import Audio, Blob, Clip, Image
from personavlog.scene import SceneRecord
from personavlog.script import Board, Character, MusicDescription, VideoDescription

OnProgress = Callable[[float], None]
"""Called with the finished share, 0 to 1, from any thread; raises ``Cancelled`` when the run was stopped."""


class Licence(Frozen):
    """Licence of a backbone's weights or service, and the limits a user must know."""

    name: str
    limits: str = ""


class Estimate(Frozen):
    """What a request will cost: ``seconds`` of wall time, ``money`` in US dollars, ``gpu_memory`` in bytes."""

    seconds: float = Field(ge=0)
    money: float = Field(default=0, ge=0)
    gpu_memory: int = Field(default=0, ge=0)


# --- image edit: F_edit, Eq. 6 and 8, and the stylised reference ------------------------------------------------------


class EditRequest(Frozen):
    """One call of F_edit.

    ``purpose`` "stylise": redraw ``reference`` (the photo I_r) in ``style``. "keyframe": place the person of
    ``reference`` (I_s, the stylised reference) into ``board``. ``correction`` is the edit agent's instruction (Eq. 8),
    applied to what ``previous`` shows.
    """

    purpose: Literal["stylise", "keyframe"]
    reference: Image
    style: str
    width: int = Field(gt=0, le=4096)
    height: int = Field(gt=0, le=4096)
    seed: int = 0
    photo: Image | None = Field(default=None, description="I_r, for backbones that can use the unstylised person too")
    face: int | None = Field(default=None, description="Which face of the photo, counted from the left, 0 first")
    character: Character | None = None
    board: Board | None = None
    shot: int = Field(default=0, description="The shot's number in the film, from 0")
    correction: str | None = None
    previous: EditResult | None = None


class EditResult(Frozen):
    """A picture; ``attachments`` are the backbone's own side products by name, which only its own family reads."""

    image: Image
    prompt: str = Field(description="The words the backbone was given")
    scene: SceneRecord | None = None
    seen: str = Field(
        default="", description="What is known of the person in words (hair, clothes), for writers that see no pictures"
    )
    attachments: Mapping[str, Blob] = {}


class ImageCapabilities(Frozen):
    """Sizes are in px; ``multiple`` is what both sides must be a multiple of. ``repeats``: to be asked to draw the same
    again gives the same picture.

    ``styles``: by name what each looks like, where the backbone knows styles by name. ``corrections``: the fixed
    phrases that it understands; none where it reads prose.
    """

    min_side: int
    max_side: int
    multiple: int = 1
    references: int = 1
    seed: bool = True
    repeats: bool = False
    styles: Mapping[str, str] = {}
    corrections: frozenset[Correction] = frozenset()
    licence: Licence


@runtime_checkable
class ImageEdit(Protocol):
    """Role: image edit."""

    @property
    def fingerprint(self) -> str: ...
    @property
    def capabilities(self) -> ImageCapabilities: ...
    def estimate(self, request: EditRequest) -> Estimate: ...
    async def edit(self, request: EditRequest, progress: OnProgress) -> EditResult: ...


# --- image to video: F_i2v, Eq. 9 and 11 ------------------------------------------------------------------------------


class AnimateRequest(Frozen):
    """One call of F_i2v; ``duration`` in seconds, already legal for the backbone
    (``VideoCapabilities.legal_duration``)."""

    keyframe: EditResult
    description: VideoDescription
    board: Board
    duration: float = Field(gt=0, le=60)
    fps: int = Field(default=24, gt=0, le=60)
    seed: int = 0
    speech: Audio | None = Field(default=None, description="What is spoken over the clip, for lip or gesture timing")


class AnimateResult(Frozen):
    """A silent clip whose first frame is the keyframe.

    ``held``: how many frames each drawing stands on purpose, as in stop motion; 1 where every frame is a new one.
    """

    clip: Clip
    prompt: str
    notes: tuple[str, ...] = ()
    held: int = Field(default=1, ge=1)


class VideoCapabilities(Frozen):
    """Frame rule: ``frames = frame_step * k + frame_offset`` (Wan: 4k + 1); durations in seconds."""

    fps: int
    frame_step: int = 1
    frame_offset: int = 0
    min_duration: float
    max_duration: float
    seed: bool = True
    licence: Licence

    def legal_duration(self, wanted: float) -> float:
        """The shortest legal length in seconds that is not shorter than ``wanted``, or the longest legal one."""
        frames = (
            -(-(max(wanted, self.min_duration) * self.fps - self.frame_offset) // self.frame_step) * self.frame_step
            + self.frame_offset
        )
        while frames / self.fps > self.max_duration + 1e-9:
            frames -= self.frame_step
        return frames / self.fps


@runtime_checkable
class ImageToVideo(Protocol):
    """Role: image to video."""

    @property
    def fingerprint(self) -> str: ...
    @property
    def capabilities(self) -> VideoCapabilities: ...
    def estimate(self, request: AnimateRequest) -> Estimate: ...
    async def animate(self, request: AnimateRequest, progress: OnProgress) -> AnimateResult: ...


# --- music and speech: F_i2m and F_i2s, Eq. 12 ------------------------------------------------------------------------


class MusicRequest(Frozen):
    """Background music for a cut of ``duration`` seconds; ``cuts`` are the shot changes in seconds from its start."""

    description: MusicDescription
    duration: float = Field(gt=0, le=600)
    cuts: tuple[float, ...] = ()
    seed: int = 0


class MusicResult(Frozen):
    """Music of the asked length; ``source`` says where it comes from and under which licence."""

    audio: Audio
    source: str


class SoundCapabilities(Frozen):
    """``languages`` as ISO 639-1; ``voices`` is each voice's language by name; ``clones``: takes a voice sample;
    ``transcript``: and needs its text."""

    rate: int
    max_duration: float
    languages: tuple[str, ...] = ()
    voices: Mapping[str, str] = {}
    clones: bool = False
    transcript: bool = False
    licence: Licence


@runtime_checkable
class Music(Protocol):
    """Role: text to music."""

    @property
    def fingerprint(self) -> str: ...
    @property
    def capabilities(self) -> SoundCapabilities: ...
    def estimate(self, request: MusicRequest) -> Estimate: ...
    async def compose(self, request: MusicRequest, progress: OnProgress) -> MusicResult: ...


class SpeechRequest(Frozen):
    """One spoken line; ``voice`` a name of the backbone's or None (chosen from ``character``); ``speed`` 1 is
    natural."""

    text: str = Field(min_length=1, max_length=600)
    language: str
    voice: str | None = None
    sample: Audio | None = None
    character: Character | None = None
    emotion: str = "calm"
    speed: float = Field(default=1.0, ge=0.8, le=1.25)


class SpeechResult(Frozen):
    """Spoken audio without leading or trailing silence beyond 0.1 s; ``heard`` is what the recogniser understood, where
    one is there."""

    audio: Audio
    voice: str
    heard: str | None = None
    word_error_rate: float | None = Field(default=None, ge=0)
    notes: tuple[str, ...] = Field(
        default=(), description="What could not be followed, one sentence each, to be said to the user"
    )


@runtime_checkable
class Speech(Protocol):
    """Role: text to speech."""

    @property
    def fingerprint(self) -> str: ...
    @property
    def capabilities(self) -> SoundCapabilities: ...
    def estimate(self, request: SpeechRequest) -> Estimate: ...
    async def speak(self, request: SpeechRequest, progress: OnProgress) -> SpeechResult: ...
