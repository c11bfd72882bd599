"""Media as references: small frozen records onto the content-addressed blob store, never arrays."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from personavlog.frozen import Frozen

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the bytes, lower-case hex")]


class Blob(Frozen):
    """Any stored bytes. ``size`` is in bytes."""

    digest: Digest
    size: int = Field(ge=0)
    media_type: str = "application/octet-stream"


class Image(Blob):
    """A still picture, stored as PNG or JPEG; ``width`` and ``height`` in px, EXIF already applied and stripped."""

    media_type: Literal["image/png", "image/jpeg"] = "image/png"
    width: int = Field(gt=0)
    height: int = Field(gt=0)


class Clip(Blob):
    """A moving picture without sound, H.264 in MP4; ``fps`` in frames per second, ``frames`` their exact count."""

    media_type: Literal["video/mp4"] = "video/mp4"
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    fps: float = Field(gt=0)
    frames: int = Field(gt=0)

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return self.frames / self.fps


class Audio(Blob):
    """Sound, stored as WAV; ``rate`` in Hz, ``samples`` per channel."""

    media_type: Literal["audio/wav"] = "audio/wav"
    rate: int = Field(gt=0)
    samples: int = Field(gt=0)
    channels: int = Field(ge=1, le=2)

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return self.samples / self.rate
