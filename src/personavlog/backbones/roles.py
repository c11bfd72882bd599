"""The roles a backbone can play: protocols, requests, results.

The chat role is a pydantic-ai model and has no protocol here. A media backbone is found by name (``registry.load``),
built from its settings alone, opened before a film and closed after it; every call gets a frozen request and ``Tools``
and returns media references with a receipt. What it can do is data (``capabilities``), and a request is made legal by
it (``legal``) before it is sent. Inputs are narrow: a request holds what the result depends on and nothing else.

Errors of all roles: ``BackboneError`` and its kinds, with provider, status and what was refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol, runtime_checkable

from pydantic import Field

from personavlog.backbones.capabilities import ImageCapabilities, SoundCapabilities, VideoCapabilities
from personavlog.backbones.corrections import Corrections
from personavlog.backbones.receipts import Delivered
from personavlog.backbones.tools import Tools
from personavlog.frozen import Frozen
from personavlog.media import Audio, Blob, Clip, Image
from personavlog.scene import SceneRecord
from personavlog.script import Board, Character, MusicDescription, VideoDescription

OWN = "your own"
"""The prompt, or the voice, of what a person put in a backbone's place."""
CHOSEN = "A person chose this attempt, whatever the rule said."
"""Among the notes of an attempt that a person lets stand."""


class Estimate(Frozen):
    """What a request will cost: ``seconds`` of wall time, ``low`` and ``high`` US dollars (None: unknown),
    ``gpu_memory`` in bytes."""

    seconds: float = Field(ge=0)
    low: float | None = Field(default=0.0, ge=0)
    high: float | None = Field(default=0.0, ge=0)
    gpu_memory: int = Field(default=0, ge=0)


class Backbone(Protocol):
    """What all media roles share."""

    @property
    def fingerprint(self) -> str:
        """Model, revision, settings: goes into cache keys and the record; never holds a key."""
        ...

    async def open(self) -> None:
        """Load or connect, once before a film; raises ``BackboneError``, ``WeightsError`` or ``ConfigurationError``."""
        ...

    async def aclose(self) -> None:
        """Give back what ``open`` took; also after a failure."""
        ...


class Resident:
    """Base of backbones that hold nothing open."""

    async def open(self) -> None:
        """Nothing to load."""

    async def aclose(self) -> None:
        """Nothing to give back."""


# --- image edit: F_edit, Eq. 6 and 8, and the stylised reference ------------------------------------------------------


class Keyframe(Frozen):
    """A keyframe as other calls need it; ``attachments`` are its maker's own side products by name, which only its own
    family reads."""

    image: Image
    attachments: Mapping[str, Blob] = {}


class EditRequest(Frozen):
    """One call of F_edit.

    ``purpose`` "stylise": redraw ``reference`` (the photo I_r) in ``style``. "keyframe": place the person of
    ``reference`` (I_s, the stylised reference) into ``board``. ``corrections`` are what the edit agent asks for
    (Eq. 8), applied to ``previous``; none in a first picture. ``prompt`` and ``negative`` are the words for backbones
    that read prose (``words``).
    ``extra_references`` are further pictures of the same person, only for backbones that take several references.
    """

    purpose: Literal["stylise", "keyframe"]
    reference: Image
    style: str
    width: int = Field(gt=0, le=4096)
    height: int = Field(gt=0, le=4096)
    seed: int = 0
    photo: Image | None = Field(default=None, description="I_r, only for backbones that need the real photo")
    face: int | None = Field(default=None, description="Which face of the photo, counted from the left, 0 first")
    appearance: str = Field(default="", description="The character's, in words")
    board: Board | None = None
    shot: int = Field(default=0, ge=0, description="The shot's number in the film, from 0")
    corrections: Corrections = ()
    previous: Keyframe | None = None
    extra_references: tuple[Image, ...] = ()
    prompt: str = ""
    negative: str = ""


class EditResult(Delivered):
    """A picture; ``seen`` is what is known of the person in words (hair, clothes), for writers that see no pictures;
    ``notes`` are what was done otherwise than asked, one sentence each, for the user."""

    image: Image
    prompt: str = Field(description="The words the backbone was given")
    scene: SceneRecord | None = None
    seen: str = ""
    notes: tuple[str, ...] = ()
    attachments: Mapping[str, Blob] = {}

    @property
    def keyframe(self) -> Keyframe:
        """What other calls need of it."""
        return Keyframe(image=self.image, attachments=self.attachments)


@runtime_checkable
class ImageEdit(Backbone, Protocol):
    """Role: image edit."""

    @property
    def capabilities(self) -> ImageCapabilities: ...
    def estimate(self, request: EditRequest) -> Estimate: ...
    async def edit(self, request: EditRequest, tools: Tools) -> EditResult: ...


# --- image to video: F_i2v, Eq. 9 and 11 ------------------------------------------------------------------------------


class AnimateRequest(Frozen):
    """One call of F_i2v; ``duration`` in seconds and the size in px are legal for the backbone. ``speech`` is what is
    spoken over the clip, only for backbones that use it."""

    keyframe: Keyframe
    description: VideoDescription
    board: Board
    style: str = ""
    width: int = Field(gt=0, le=4096)
    height: int = Field(gt=0, le=4096)
    duration: float = Field(gt=0, le=60)
    fps: int = Field(default=24, gt=0, le=120)
    seed: int = 0
    speech: Audio | None = None
    prompt: str = ""
    negative: str = ""


class AnimateResult(Delivered):
    """A silent clip whose first frame is the keyframe.

    ``held``: how many frames each drawing stands on purpose, as in stop motion; 1 where every frame is a new one.
    """

    clip: Clip
    prompt: str
    notes: tuple[str, ...] = ()
    held: int = Field(default=1, ge=1)


@runtime_checkable
class ImageToVideo(Backbone, Protocol):
    """Role: image to video."""

    @property
    def capabilities(self) -> VideoCapabilities: ...
    def estimate(self, request: AnimateRequest) -> Estimate: ...
    async def animate(self, request: AnimateRequest, tools: Tools) -> AnimateResult: ...


# --- music and speech: F_i2m and F_i2s, Eq. 12 ------------------------------------------------------------------------


class MusicRequest(Frozen):
    """Background music for a cut of ``duration`` seconds; ``cuts`` are the shot changes in seconds from its start."""

    description: MusicDescription
    duration: float = Field(gt=0, le=600)
    cuts: tuple[float, ...] = ()
    seed: int = 0


class MusicResult(Delivered):
    """Music of the asked length; ``source`` says where it comes from and under which licence."""

    audio: Audio
    source: str


@runtime_checkable
class Music(Backbone, Protocol):
    """Role: text to music."""

    @property
    def capabilities(self) -> SoundCapabilities: ...
    def estimate(self, request: MusicRequest) -> Estimate: ...
    async def compose(self, request: MusicRequest, tools: Tools) -> MusicResult: ...


class SpeechRequest(Frozen):
    """One spoken line. ``voice`` is a name of the backbone's, None where it has none; ``description`` is a voice in
    words, for backbones that make one; ``sample`` a recording to clone, with its ``transcript`` where it is needed.
    ``speed`` 1 is natural; ``take`` is which take a person asked for, for backbones without a seed."""

    text: str = Field(min_length=1, max_length=600)
    language: str
    voice: str | None = None
    description: str = ""
    sample: Audio | None = None
    transcript: str | None = None
    emotion: str = "calm"
    speed: float = Field(default=1.0, ge=0.8, le=1.25)
    seed: int = 0
    take: int = Field(default=0, ge=0)


class SpeechResult(Delivered):
    """Spoken audio without leading or trailing silence beyond 0.1 s; ``heard`` is what the recogniser understood, where
    one is there; ``notes`` are what could not be followed, one sentence each, for the user."""

    audio: Audio
    voice: str
    heard: str | None = None
    word_error_rate: float | None = Field(default=None, ge=0)
    notes: tuple[str, ...] = ()


@runtime_checkable
class Speech(Backbone, Protocol):
    """Role: text to speech."""

    @property
    def capabilities(self) -> SoundCapabilities: ...
    def estimate(self, request: SpeechRequest) -> Estimate: ...
    def choose_voice(self, language: str, character: Character) -> str | None:
        """The backbone's voice that fits a character best, by name, without loading anything; None where it has no
        named voices. Chosen once a film, so that a line depends on the voice and not on who wears which coat."""
        ...

    async def speak(self, request: SpeechRequest, tools: Tools) -> SpeechResult: ...
