"""What the small steps of the feedback loops keep."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from personavlog.backbones.findings import ClipFinding, ImageFinding
from personavlog.metrics.score import Score


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Scored(_Kept):
    """The scores of one picture or clip."""

    scores: tuple[Score, ...]


class ImageVerdict(_Kept):
    """What the image quality agent said; None: qualified."""

    finding: ImageFinding | None


class ClipVerdict(_Kept):
    """What the video quality agent said; None: qualified."""

    finding: ClipFinding | None


class Instruction(_Kept):
    """What the edit agent wrote; empty: nothing is left to try."""

    text: str
