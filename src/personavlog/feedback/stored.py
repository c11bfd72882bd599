"""What the small steps of the feedback loops keep."""

from __future__ import annotations

from personavlog.backbones.corrections import Corrections
from personavlog.backbones.findings import ClipFinding, ImageFinding
from personavlog.frozen import Frozen
from personavlog.metrics.score import Score


class StoredScores(Frozen):
    """The scores of one picture or clip."""

    scores: tuple[Score, ...]


class StoredImageFinding(Frozen):
    """What the image quality agent found; None: qualified."""

    finding: ImageFinding | None


class StoredClipFinding(Frozen):
    """What the video quality agent found; None: qualified."""

    finding: ClipFinding | None


class StoredCorrections(Frozen):
    """What the edit agent asked for; none: nothing is left to try."""

    corrections: Corrections
