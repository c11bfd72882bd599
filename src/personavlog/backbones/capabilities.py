"""What a backbone can do, as data: known without a client, obeyed by ``legal``."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise

from pydantic import Field, model_validator

from personavlog.backbones.corrections import Correction
from personavlog.frozen import Frozen

EDGE = 1e-9
"""Seconds by which a length may miss a bound: floating point, no tolerance."""


class Licence(Frozen):
    """Licence of a backbone's weights or service, and the limits a user must know; ``territory`` says where it may not
    be used, in words, "" for no such limit."""

    name: str
    limits: str = ""
    territory: str = ""


class SizeRule(Frozen):
    """Which pictures, in px, a backbone makes: sides from ``min_side`` to ``max_side``, both a multiple of
    ``multiple``, at most ``max_area`` px together; or only those of ``allowed`` (width, height)."""

    min_side: int = Field(default=16, gt=0)
    max_side: int = Field(default=4096, gt=0)
    multiple: int = Field(default=2, gt=0)
    max_area: int | None = Field(default=None, gt=0)
    allowed: tuple[tuple[int, int], ...] = ()

    @model_validator(mode="after")
    def _possible(self) -> SizeRule:
        if self.min_side > self.max_side or -(-self.min_side // self.multiple) * self.multiple > self.max_side:
            raise ValueError(f"no multiple of {self.multiple} lies between {self.min_side} and {self.max_side} px")
        if self.max_area is not None and self.max_area < self._smallest() ** 2:
            raise ValueError(f"{self.max_area} px are fewer than the smallest sides make")
        return self

    def _smallest(self) -> int:
        return -(-self.min_side // self.multiple) * self.multiple

    def nearest(self, width: int, height: int) -> tuple[int, int]:
        """The legal size that is nearest to ``width`` x ``height``: the shape counts more than the area."""
        if self.allowed:
            return min(self.allowed, key=lambda size: _distance(size, (width, height)))
        scale = min(1.0, self.max_side / max(width, height))
        if self.max_area is not None:
            scale = min(scale, math.sqrt(self.max_area / (width * height)))
        scale = max(scale, self.min_side / min(width, height))
        near = [
            (w, h)
            for w in self._around(width * scale)
            for h in self._around(height * scale)
            if self.max_area is None or w * h <= self.max_area
        ]
        smallest = (self._smallest(), self._smallest())
        return min(near, key=lambda size: _distance(size, (width * scale, height * scale)), default=smallest)

    def _around(self, side: float) -> tuple[int, ...]:
        low, high = self._smallest(), self.max_side // self.multiple * self.multiple
        below = math.floor(side / self.multiple) * self.multiple
        return tuple({min(max(one, low), high) for one in (below, below + self.multiple)})


def _distance(size: tuple[int, int], wanted: tuple[float, float]) -> tuple[float, float]:
    shape = abs(math.log(size[0] / size[1] * wanted[1] / wanted[0]))
    area = abs(math.log(size[0] * size[1] / (wanted[0] * wanted[1])))
    return round(4 * shape + area, 9), area


class DurationRule(Frozen):
    """Which clips a backbone makes: ``frame_step * k + frame_offset`` frames (Wan: 4k + 1) at ``fps``, from
    ``shortest`` to ``longest`` seconds; or only the lengths of ``allowed``, seconds."""

    fps: int = Field(gt=0, le=120)
    frame_step: int = Field(default=1, gt=0)
    frame_offset: int = Field(default=0, ge=0)
    shortest: float = Field(gt=0)
    longest: float = Field(gt=0)
    allowed: tuple[float, ...] = ()

    @model_validator(mode="after")
    def _possible(self) -> DurationRule:
        if self.allowed:
            return self
        if self.shortest > self.longest or self._last_step() < self._first_step():
            raise ValueError(
                f"no clip of {self.frame_step}k+{self.frame_offset} frames at {self.fps} fps lasts {self.shortest:g} "
                "to "
                f"{self.longest:g} s"
            )
        return self

    def _first_step(self) -> int:
        return max(math.ceil((self.shortest * self.fps - self.frame_offset) / self.frame_step - EDGE), 0)

    def _last_step(self) -> int:
        return math.floor((self.longest * self.fps - self.frame_offset) / self.frame_step + EDGE)

    @property
    def step(self) -> float:
        """Seconds by which two neighbouring legal lengths differ; for a list of lengths the smallest difference."""
        if self.allowed:
            ordered = sorted(self.allowed)
            return min((b - a for a, b in pairwise(ordered)), default=ordered[0])
        return self.frame_step / self.fps

    @property
    def bounds(self) -> tuple[float, float]:
        """The shortest and the longest legal length in seconds."""
        return self.at_least(0.0), self.at_least(math.inf)

    def at_least(self, seconds: float) -> float:
        """The shortest legal length that is not shorter than ``seconds``, or the longest legal one."""
        if self.allowed:
            fitting = [one for one in self.allowed if one >= seconds - EDGE]
            return min(fitting) if fitting else max(self.allowed)
        first, last = self._first_step(), self._last_step()
        if math.isinf(seconds):
            return (self.frame_step * last + self.frame_offset) / self.fps
        wanted = math.ceil((seconds * self.fps - self.frame_offset) / self.frame_step - EDGE)
        return (self.frame_step * min(max(wanted, first), last) + self.frame_offset) / self.fps

    def frames(self, seconds: float) -> int:
        """How many frames a legal length has."""
        return round(seconds * self.fps)


class ImageCapabilities(Frozen):
    """``references``: how many pictures it takes. ``seed``: equal seeds give equal pictures. ``repeats``: to be asked
    to draw the same again gives the same picture. ``needs_photo``: works from the real photo and not from the stylised
    reference alone, so the photo is sent to it. ``records``: says what its pictures show (``SceneRecord``).
    ``prompt_tokens``: what of a prompt it reads.

    ``styles``: by name what each looks like, where the backbone knows styles by name. ``corrections``: the fixed
    phrases that it understands; none where it reads prose.
    """

    sizes: SizeRule = SizeRule()
    references: int = Field(default=1, ge=1)
    seed: bool = True
    repeats: bool = False
    needs_photo: bool = False
    records: bool = False
    prompt_tokens: int | None = Field(default=None, gt=0)
    styles: Mapping[str, str] = {}
    corrections: frozenset[Correction] = frozenset()
    licence: Licence


class VideoCapabilities(Frozen):
    """``sizes`` None: the clip has the keyframe's size. ``uses_speech``: moves lips or hands to the line, so the line
    is part of its input. ``native_audio``: its clips come with sound, which is not used. ``last_frame``: takes one."""

    durations: DurationRule
    sizes: SizeRule | None = None
    seed: bool = True
    uses_speech: bool = False
    native_audio: bool = False
    last_frame: bool = False
    prompt_tokens: int | None = Field(default=None, gt=0)
    licence: Licence

    @property
    def fps(self) -> int:
        """Frames per second."""
        return self.durations.fps


class SoundCapabilities(Frozen):
    """``languages`` as ISO 639-1; ``voices`` is each voice's language by name; ``describes``: takes a voice's
    description in words; ``clones``: takes a voice sample; ``needs_transcript``: and needs its words; ``needs_sample``:
    speaks with no other voice. By language, ``notes`` say how well it is spoken and ``absent`` names the extra that has
    to be installed before it is."""

    rate: int = Field(gt=0)
    max_duration: float = Field(gt=0)
    languages: tuple[str, ...] = ()
    voices: Mapping[str, str] = {}
    notes: Mapping[str, str] = {}
    absent: Mapping[str, str] = {}
    seed: bool = False
    describes: bool = False
    clones: bool = False
    needs_transcript: bool = False
    needs_sample: bool = False
    licence: Licence
