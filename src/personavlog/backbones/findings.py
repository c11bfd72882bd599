"""What the quality agents look at and what they find (Eq. 7 and 10), shared by the chat agents, measuring agents and
the feedback loops."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol

from pydantic import Field

from personavlog.backbones.corrections import Correction, Remedy
from personavlog.backbones.roles import AnimateResult, EditResult
from personavlog.brief import CleanText
from personavlog.frozen import Frozen
from personavlog.media import Image
from personavlog.metrics.score import Score
from personavlog.runs.blobs import Blobs
from personavlog.script import Board, Character, VideoDescription


class DefectKind(StrEnum):
    """The paper's six kinds of keyframe defect, in its order."""

    LIMBS = "incorrect number of limbs or body parts"
    POSE = "abnormal expression or pose"
    SCENE = "abnormal background or foreground"
    CLOTHES = "unreasonable clothing or accessories"
    CLARITY = "insufficient resolution or clarity"
    MISALIGNED = "inconsistent with the description"


class Defect(Frozen):
    """One defect and what shows it: a measured number or a seen detail."""

    kind: DefectKind
    evidence: CleanText = Field(min_length=3, max_length=300)


class ImageFinding(Frozen):
    """T_mod of Eq. 7. ``remedies`` are the suggestion in the painter's vocabulary, where the inspector knows it, most
    needed first."""

    defects: tuple[Defect, ...] = Field(min_length=1, max_length=12)
    suggestion: CleanText = Field(min_length=3, max_length=600)
    remedies: tuple[Remedy, ...] = Field(default=(), max_length=12)

    def without(self, useless: Correction) -> ImageFinding:
        """The same finding without a remedy that cannot change anything."""
        return self.model_copy(
            update={"remedies": tuple(remedy for remedy in self.remedies if remedy.correction is not useless)}
        )


class ClipFinding(Frozen):
    """The revised description (T_video with a hat) and its reason (T_reason) of Eq. 10."""

    kind: Literal["misaligned", "anomaly"]
    evidence: CleanText = Field(min_length=3, max_length=400)
    revised: VideoDescription
    reason: CleanText = Field(min_length=3, max_length=400)


class ImageInspection(Frozen):
    """x of Eq. 7: T_board, T_c, I_s, I_key with what the painter knows about it, and the similarities m_i2i and
    m_i2t; ``style`` is what the film is drawn in."""

    board: Board
    character: Character
    reference: Image
    keyframe: EditResult
    scores: tuple[Score, ...]
    style: CleanText = ""


class ClipInspection(Frozen):
    """y of Eq. 10: T_video, V and its scores; the board says what is shown, ``style`` what it is drawn in."""

    board: Board
    description: VideoDescription
    clip: AnimateResult
    scores: tuple[Score, ...]
    style: CleanText = ""


class ImageQuality(Protocol):
    """A_quality^image, Eq. 7: None where nothing is wrong."""

    @property
    def fingerprint(self) -> str:
        """Who inspects, for cache keys and the record."""
        ...

    async def inspect(self, request: ImageInspection) -> ImageFinding | None:
        """The defects of a keyframe and what to change, or None."""
        ...


class VideoQuality(Protocol):
    """A_quality^video, Eq. 10: None where nothing is wrong."""

    @property
    def fingerprint(self) -> str:
        """Who inspects, for cache keys and the record."""
        ...

    async def inspect(self, request: ClipInspection) -> ClipFinding | None:
        """What is wrong with a clip and its revised description, or None."""
        ...


@dataclass(frozen=True)
class QualityAgents:
    """Both quality agents of one family that measures instead of asking a chat model."""

    image: ImageQuality
    video: VideoQuality


QualityMaker = Callable[[str, Blobs], QualityAgents]
"""What an entry point ``quality.<prefix>`` names: the agents' name after the colon and the blob store make them."""
